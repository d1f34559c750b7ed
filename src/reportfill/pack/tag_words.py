"""What is said of a tag that names no field, in English and in Chinese."""

from __future__ import annotations

from collections.abc import Collection


def single_braces(path: str) -> tuple[str, str]:
    """That a field stands between one pair of braces."""
    return (
        f"{path} stands between single braces; a tag is written {{{{ {path} }}}}",
        f"{path}只有一对花括号；标签写作 {{{{ {path} }}}}",
    )


def unknown_path(path: str, paths: Collection[str]) -> tuple[str, str]:
    """That the schema lacks a path, with what may have been meant, in both languages."""
    if any(known.startswith(f"{path}.") for known in paths):
        return f"{path} is a group of fields, not a field", f"{path}是一组栏目，不是一个栏目"
    from difflib import get_close_matches

    close = get_close_matches(path, paths, n=1, cutoff=0.8)
    return (
        f"the schema has no field {path}" + (f"; is {close[0]} meant?" if close else ""),
        f"schema.json里没有{path}" + (f"；是否应为{close[0]}？" if close else ""),
    )

"""Write the inputs of tests/cases/, all of them or those named.

usage: python -m tools.make_cases [NAME…]      (from the project's root)

A case is a folder with its case.toml, written by hand; a recipe of the same name makes its input from the sample that
case.toml names as its base.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from tools.make_cases.all_recipes import RECIPES
from tools.make_cases.surgery import lighter

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases"
SAMPLE_OF = {"weihui": "weihui-xinfang-2023.xlsx", "hongze": "hongze-2023-corrected.xlsx"}


def base_of(name: str) -> bytes:
    """The completed workbook from which a case's input is made; one that holds nothing is made from Weihui's."""
    case = tomllib.loads((CASES / name / "case.toml").read_text("utf-8"))
    sample = SAMPLE_OF.get(case["base"], SAMPLE_OF["weihui"])
    return lighter((ROOT / "sample_inputs" / sample).read_bytes())


def made(name: str) -> bytes:
    """A case's input as its recipe makes it."""
    return RECIPES[name].make(base_of(name))


def main(names: list[str]) -> None:
    """Write the input of every case named, or of all."""
    for name in names or sorted(RECIPES):
        path = CASES / name / f"input.{RECIPES[name].suffix}"
        path.write_bytes(made(name))
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    main(sys.argv[1:])

"""Whether an intake.xlsx can be filled in: a cell for each field, tags that are understood, nothing that gets lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from reportfill.model.fields import Fields
from reportfill.office.grid import Grid, lies_under
from reportfill.office.package import parts_of
from reportfill.pack.braces import folded_braces, loose_brace, meant_path
from reportfill.pack.form import Form, read_intake, texts_of
from reportfill.pack.intake_contents import INTAKE, intake_contents_problems
from reportfill.pack.problems import PackProblem
from reportfill.pack.tag_words import incomplete, single_braces, unknown_path
from reportfill.pack.tags import TAG, is_form_tag, tag_paths
from reportfill.place import Cell
from reportfill.text import word_list

_PATH = re.compile(r"\w+(?:\.\w+)*")

FORM_TAGS = (
    *(f"form.balance.{part}" for part in word_list("title place left right difference verdict failures")),
    *(f"form.open.{part}" for part in word_list("sheet count first total")),
)
"""What the tool itself can put into a workbook; docs/packs.md says what each stands for."""


def intake_problems(content: bytes, fields: Fields | None) -> Iterator[PackProblem]:
    """What is wrong with an intake.xlsx that has been found to be a sound package; `fields` are None where the schema
    cannot be used. Raises PackError where its cells cannot be read."""
    yield from intake_contents_problems(parts_of(content))
    grid, form = read_intake(content, {})
    yield from _form_problems(form)
    typed = list(_typed_wrongly(grid, fields or {}))
    yield from (problem for problem, _ in typed)
    if fields is not None:
        for path, cells in form.inputs.items():
            yield from _input_problems(path, cells, fields)
        yield from _shown_problems(form, fields)
        named = {path for _, paths in typed for path in paths}
        yield from (
            PackProblem(
                INTAKE,
                f"no cell has the tag {{{{ {path} }}}} ({field.label})",
                f"没有单元格写着 {{{{ {path} }}}}（{field.label}）",
            )
            for path, field in fields.items()
            if path not in form.inputs and path not in named
        )


def former_words_problems(content: bytes, formerly: Mapping[str, Sequence[str]]) -> Iterator[PackProblem]:
    """What pack.toml says of earlier words of the form without any effect."""
    form = read_intake(content, {})[1]
    for now, was in formerly.items():
        if not form.says(now):
            yield PackProblem(
                "pack.toml formerly",
                f"no cell of {INTAKE} says “{now}”",
                f"{INTAKE}中没有单元格写着“{now}”",
                is_usable=True,
            )
        for former in filter(form.says, was):
            yield PackProblem(
                "pack.toml formerly",
                f"“{former}” stands in {INTAKE} now, and cannot have been “{now}”",
                f"{INTAKE}中现有“{former}”，不能作为“{now}”的原用词",
                is_usable=True,
            )


def _form_problems(form: Form) -> Iterator[PackProblem]:
    for path, cells in form.tools.items():
        if path not in FORM_TAGS:
            yield _at(
                cells[0],
                f"the tool knows no tag {path}; there are: {', '.join(FORM_TAGS)}",
                f"工具不认识标签{path}；可用的有：{'、'.join(FORM_TAGS)}",
            )
    for path, cells in form.inputs.items():
        for cell in cells:
            if any(lies_under(cell, merge) for merge in form.merged.get(cell.sheet, ())):
                yield _at(
                    cell,
                    f"the tag {path} stands under a merged cell, where nobody can type",
                    f"标签{path}被合并单元格遮住，无法填写",
                )


def _typed_wrongly(grid: Grid, fields: Fields) -> Iterator[tuple[PackProblem, list[str]]]:
    """Cells with braces that make no tag (of another width, single, without an end, or around a statement), each with
    the fields that are named there: these are missing for that reason."""
    for cell, text in texts_of(grid):
        rest = TAG.sub(" ", text)
        meant = meant_path(rest, fields)
        if meant or loose_brace(rest):
            shown = incomplete(" ".join(text.split())[:60]) if loose_brace(rest) else single_braces(meant)
            yield _at(cell, *shown), [path for path in _PATH.findall(folded_braces(rest)) if path in fields]


def _input_problems(path: str, cells: tuple[Cell, ...], fields: Fields) -> Iterator[PackProblem]:
    field = fields.get(path)
    if field is None:
        yield _at(cells[0], *unknown_path(path, fields))
    elif field.kind.is_list or field.rows:
        first = cells[0]
        if any(cell != first._replace(row=first.row + down) for down, cell in enumerate(cells)):
            yield _at(
                cells[0],
                f"the rows of {path} must stand one below the other without a gap",
                f"{path}的各行须上下相连，当中不能空行",
            )
    else:
        for cell in cells[1:]:
            yield _at(
                cell,
                f"the tag {path} stands twice; first in {cells[0]}",
                f"标签{path}重复；第一处在{cells[0]}",
            )


def _shown_problems(form: Form, fields: Fields) -> Iterator[PackProblem]:
    for cell, text in form.shown.items():
        for path in tag_paths(text):
            if is_form_tag(path):
                yield _at(
                    cell, f"the tag {path} must be all that its cell holds", f"标签{path}须单独占一个单元格"
                )
            elif path not in fields:
                yield _at(cell, *unknown_path(path, fields))
            elif fields[path].rows:
                yield _at(
                    cell,
                    f"the tag {path} stands in rows and must be all that its cell holds",
                    f"标签{path}在各行里，须单独占一个单元格",
                )
            elif path not in form.inputs:
                yield _at(
                    cell,
                    f"{path} is shown here, but no cell of its own has the tag",
                    f"这里显示{path}，但没有单元格单独写着这个标签",
                )


def _at(cell: Cell, message: str, chinese: str) -> PackProblem:
    return PackProblem(f"{INTAKE} {cell}", message, chinese)

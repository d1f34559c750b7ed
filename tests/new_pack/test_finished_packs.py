"""Forms made of the packs that come with the tool, by taking their tags out: what a keeper would begin with."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from new_pack.truths import kind_in
from places import ROOT

from reportfill.new_pack.reading import read_draft
from reportfill.new_pack.word_form import opened_form
from reportfill.office.word_revisions import W
from reportfill.office.word_text import ParagraphText
from reportfill.office.xml import Element
from reportfill.pack.pack import Pack, pack_in
from reportfill.pack.tags import tag_paths

KINDS = {"integer": "count", "number": "amount", "string": "text", "array": "paragraphs", "boolean": "yes_no"}
PACKS = [path.parent for path in sorted(ROOT.glob("templates/*/pack.toml"))]


LOOP = re.compile(r"\{%tr for (?P<one>\w+) in (?P<rows>[\w.]+) %\}")


def without_tags(pack: Pack) -> tuple[bytes, dict[str, str]]:
    """The report of a pack as a blank form, and the path of each field that is printed in a cell, by its place."""
    report = opened_form(pack.report)
    root = report.root
    rows_of = without_control_rows(root)
    paths: dict[Element, list[str]] = {}
    for paragraph in list(root.iter(f"{W}p")):
        text = ParagraphText(paragraph)
        around = rows_of.get(next(paragraph.iterancestors(f"{W}tr"), None), {})
        paths[paragraph] = [in_rows(path, around) for path in tag_paths(text.text)]
        if text.text.strip().startswith("{%p"):
            parent = paragraph.getparent()
            assert parent is not None
            parent.remove(paragraph)
        elif "title_lines" in text.text:
            text.replace(0, len(text.text), f"××单位20  年{pack.manifest.title}")
        else:
            for tag in reversed(list(re.finditer(r"\{\{.*?\}\}|\{%.*?%\}", text.text))):
                text.replace(*tag.span(), "")
    blank = report.saved()
    form = opened_form(blank)
    printed = {}
    for made, before in zip(form.root.iter(f"{W}p"), root.iter(f"{W}p"), strict=True):
        place = form.places[made]
        printed |= {str(place): path for path in paths[before] if place.table and path in pack.fields}
    return blank, printed


def without_control_rows(root: Element) -> dict[Element | None, dict[str, str]]:
    """The rows that are printed for each of some rows, with what these are called there; the rows that say so, and
    those of a first alternative, are taken out."""
    loops: dict[Element | None, dict[str, str]] = {}
    around: dict[str, str] = {}
    is_left_out = False
    for row in list(root.iter(f"{W}tr")):
        text = "".join(ParagraphText(paragraph).text for paragraph in row.iter(f"{W}p")).strip()
        is_control = text.startswith("{%tr")
        loop = LOOP.match(text)
        if loop:
            around = around | {loop["one"]: in_rows(loop["rows"], around)}
        elif text.startswith("{%tr endfor"):
            around = dict(list(around.items())[:-1])
        elif is_control:
            is_left_out = text.startswith("{%tr if")
        if is_control or is_left_out:
            parent = row.getparent()
            assert parent is not None
            parent.remove(row)
        else:
            loops[row] = around
    return loops


def in_rows(path: str, around: dict[str, str]) -> str:
    """A path from the root of the report: of row.name where row is one of bodies, bodies.name."""
    first, dot, rest = path.partition(".")
    return f"{around[first]}{dot}{rest}" if first in around else path


def asked_for(pack: Pack, path: str) -> tuple[str, bool]:
    """The kind of a field, and whether it has to be filled in, in a part that may be left out
    or in a row whether it has to where that is there."""
    field = pack.fields[path]
    return KINDS.get(field.kind.name, field.kind.name), field.required or field.required_within


def is_of_rows_around_rows(pack: Pack, path: str) -> bool:
    """Whether a field stands in rows with rows within them, which no blank form shows."""
    rows = pack.fields[path].rows
    return any(one.within and rows in (one.path, one.within) for one in pack.rows.values())


@pytest.mark.parametrize("folder", PACKS, ids=lambda folder: folder.name)
def test_a_form_gives_the_fields_of_its_finished_pack(folder: Path) -> None:
    pack = pack_in(folder)
    blank, everywhere = without_tags(pack)
    printed = {place: path for place, path in everywhere.items() if not is_of_rows_around_rows(pack, path)}
    taken = {str(one.place): one.asked for one in read_draft(opened_form(blank)).blanks}
    right = [
        place
        for place, path in printed.items()
        if place in taken
        and (kind_in(taken[place].schema), taken[place].is_required) == asked_for(pack, path)
    ]
    assert len(right) >= 0.9 * len(printed) > 9
    for page in ("packs.md", "packs.zh-CN.md"):
        told = (ROOT / "docs" / page).read_text("utf-8")
        assert f"| `{folder.name}` | {len(printed)} | {len(right)} |" in told

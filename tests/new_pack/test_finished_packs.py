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
from reportfill.pack.pack import Pack, pack_in
from reportfill.pack.tags import TAG

KINDS = {"integer": "count", "number": "amount", "string": "text", "array": "paragraphs", "boolean": "yes_no"}
PACKS = [path.parent for path in sorted(ROOT.glob("templates/annual-report-*/pack.toml"))]


def without_tags(pack: Pack) -> tuple[bytes, dict[str, str]]:
    """The report of a pack as a blank form, and the path of each field that is printed in a cell, by its place."""
    form = opened_form(pack.report)
    printed: dict[str, str] = {}
    for paragraph in list(form.root.iter(f"{W}p")):
        text = ParagraphText(paragraph)
        place = form.places[paragraph]
        printed |= {
            str(place): path for path in TAG.findall(text.text) if place.table and path in pack.fields
        }
        if text.text.strip().startswith("{%p"):
            parent = paragraph.getparent()
            assert parent is not None
            parent.remove(paragraph)
        elif "title_lines" in text.text:
            text.replace(0, len(text.text), f"××单位20  年{pack.manifest.title}")
        else:
            for tag in reversed(list(re.finditer(r"\{\{.*?\}\}|\{%.*?%\}", text.text))):
                text.replace(*tag.span(), "")
    return form.saved(), printed


@pytest.mark.parametrize("folder", PACKS, ids=lambda folder: folder.name)
def test_a_form_gives_the_fields_of_its_finished_pack(folder: Path) -> None:
    pack = pack_in(folder)
    blank, printed = without_tags(pack)
    taken = {str(one.place): one.asked for one in read_draft(opened_form(blank)).blanks}
    assert set(taken) >= set(printed)
    right = [
        place
        for place, path in printed.items()
        if place in taken
        and (kind_in(taken[place].schema), taken[place].is_required)
        == (KINDS.get(pack.fields[path].kind.name), pack.fields[path].required)
    ]
    assert len(right) == len(printed)

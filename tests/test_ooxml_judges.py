"""The judges of OOXML find what is wrong, so that finding nothing means something."""

from __future__ import annotations

import zipfile
from pathlib import Path

import ooxml_judges
import pytest
from ooxml_judges import Judge, judges, ooxml_problems
from places import PACK_FOLDER

TEMPLATES = ("intake.xlsx", "report.docx")

DAMAGE = {
    "an element that the standard does not know in a sheet": (
        "intake.xlsx",
        "xl/worksheets/sheet2.xml",
        (b"<sheetData", b"<made-up/><sheetData"),
    ),
    "parts of a sheet in another order": (
        "intake.xlsx",
        "xl/worksheets/sheet2.xml",
        (b"</sheetData>", b'</sheetData><sheetFormatPr defaultRowHeight="15"/>'),
    ),
    "a font with a part that fonts do not have": (
        "intake.xlsx",
        "xl/styles.xml",
        (b"<font>", b"<font><fill/>"),
    ),
    "a merge that neither begins nor goes on": (
        "report.docx",
        "word/document.xml",
        (b'<w:vMerge w:val="restart"/>', b'<w:vMerge w:val="somewhere"/>'),
    ),
    "a row before the columns of its table": (
        "report.docx",
        "word/document.xml",
        (b"<w:tbl>", b"<w:tbl><w:tr/>"),
    ),
    "a relationship that leads to nowhere": (
        "report.docx",
        "word/_rels/document.xml.rels",
        (b'Target="styles.xml"', b'Target="nowhere.xml"'),
    ),
}


def damaged(name: str, part: str, change: tuple[bytes, bytes], folder: Path) -> Path:
    """A copy of a template with one thing changed in one part."""
    target = folder / name
    with zipfile.ZipFile(PACK_FOLDER / name) as whole, zipfile.ZipFile(target, "w") as copy:
        for info in whole.infolist():
            content = whole.read(info)
            if info.filename == part:
                assert change[0] in content
                content = content.replace(*change, 1)
            copy.writestr(info, content)
    return target


def test_at_least_one_judge_is_at_hand() -> None:
    assert judges()


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_is_sound_is_called_sound(name: str) -> None:
    assert ooxml_problems(PACK_FOLDER / name) == []


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("judge", judges())
def test_every_judge_finds_what_word_or_excel_would_not_take(
    damage: str, judge: Judge, tmp_path: Path
) -> None:
    assert judge(damaged(*DAMAGE[damage], tmp_path)) != []


def test_without_a_judge_nothing_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ooxml_judges, "judges", lambda: ())
    with pytest.raises(AssertionError, match="no judge"):
        ooxml_problems(PACK_FOLDER / TEMPLATES[0])

"""Formats of cells: one that is there is used, another one is added."""

from __future__ import annotations

import pytest
from lxml import etree

from reportfill.office.edited_package import UnusualPackageError
from reportfill.office.workbook.styles import NO_FILL, Styles, solid
from reportfill.office.xml import SPREADSHEET

RED = "FFFF9C9C"
STYLES = f"""<styleSheet xmlns="{SPREADSHEET}">
<fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>
<fills count="3"><fill><patternFill/></fill><fill><patternFill patternType="gray125"/></fill>
<fill><patternFill patternType="solid"><fgColor theme="4"/><bgColor indexed="64"/></patternFill></fill></fills>
<borders count="1"><border><left/></border></borders>
<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="2" fontId="0" fillId="2" borderId="0" xfId="0" applyFill="1"><protection locked="0"/></xf></cellXfs>
</styleSheet>"""


@pytest.fixture
def root() -> etree._Element:
    """The part with two formats, one of them that of an input."""
    return etree.fromstring(STYLES.encode())


def numbers(root: etree._Element) -> list[tuple[int, str]]:
    """How many elements each list has, and how many it says."""
    return [
        (len(root.find(f"{{*}}{kind}")), root.find(f"{{*}}{kind}").get("count"))
        for kind in ("fills", "cellXfs")
    ]


def test_a_fill_changes_nothing_but_the_fill(root: etree._Element) -> None:
    styles = Styles(root)
    marked = styles.changed(1, fill=solid(RED))
    assert marked == 2
    assert styles.changed(1, fill=solid(RED)) == marked
    made = root.find("{*}cellXfs")[marked]
    assert (made.get("numFmtId"), made.get("fillId")) == ("2", "3")
    assert not styles.is_locked(marked)
    assert styles.is_locked(0)
    assert numbers(root) == [(4, "4"), (3, "3")]


def test_a_fill_taken_back_gives_the_format_that_there_was(root: etree._Element) -> None:
    styles = Styles(root)
    theirs = styles.fill_of(1)
    assert "theme" in theirs
    assert Styles(root).changed(styles.changed(1, fill=solid(RED)), fill=theirs) == 1
    assert styles.changed(styles.changed(0, fill=solid(RED)), fill=NO_FILL) == 0


def test_formats_are_found_by_the_colour_of_their_fill(root: etree._Element) -> None:
    styles = Styles(root)
    assert styles.formats_filled([RED]) == frozenset()
    assert {styles.changed(0, fill=solid(RED)), styles.changed(1, fill=solid(RED))} == styles.formats_filled(
        [RED]
    )


def test_a_format_of_several_things_is_made_once(root: etree._Element) -> None:
    made = Styles(root).format(font='<sz val="11"/><name val="宋体"/>', alignment='wrapText="1"')
    assert Styles(root).format(font='<sz val="11"/><name val="宋体"/>', alignment='wrapText="1"') == made == 2
    assert len(root.find("{*}fonts")) == 1


def test_formats_that_are_not_there_are_refused(root: etree._Element) -> None:
    with pytest.raises(UnusualPackageError):
        Styles(root).changed(7, fill=NO_FILL)
    with pytest.raises(UnusualPackageError):
        Styles(etree.fromstring(f'<styleSheet xmlns="{SPREADSHEET}"/>')).fill_of(0)

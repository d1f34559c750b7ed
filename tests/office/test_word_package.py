"""Between the relationships and content types of a package may stand what is none: comments and instructions."""

from __future__ import annotations

from printing import a_report

from reportfill.office.libreoffice.word_file import word_file
from reportfill.office.package import composed, parts_of
from reportfill.office.relationships import parts_related_by
from reportfill.office.word_package import MAIN, word_package
from reportfill.office.word_structure import structure_faults


def test_comments_and_instructions_say_nothing_of_the_parts() -> None:
    parts = {
        name: part.replace(b"</", b"<!-- said --><?said so?></", 1)
        if name.endswith((".rels", "].xml"))
        else part
        for name, part in parts_of(a_report()).items()
    }
    assert word_package(parts).kind == MAIN
    assert parts_related_by("word/document.xml", "styles", parts) == ["word/styles.xml"]
    assert structure_faults(composed(parts)) == []
    assert word_file(composed(parts)).faces == word_file(a_report()).faces

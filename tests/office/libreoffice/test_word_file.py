"""What LibreOffice may have: a Word file that leads nowhere."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import SAMPLES
from printing import a_report
from word_links import LINKED, linking_to

from reportfill.office.compound_file import CompoundFile
from reportfill.office.libreoffice.word_file import NotConvertedError, word_file
from reportfill.office.package import composed, parts_of


def code_of(content: bytes) -> str:
    """Why a file is refused."""
    with pytest.raises(NotConvertedError) as error:
        word_file(content)
    return error.value.why.code


def bomb() -> bytes:
    """A Word file of a few KB, of which a part has 100 MB."""
    return composed(parts_of(a_report()) | {"word/media/a.bin": bytes(100 << 20)}, level=9)


REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "nothing": ("document.not_word", lambda: b""),
    "a text": ("document.not_word", lambda: "报告".encode()),
    "a page": ("document.not_word", lambda: b"<html><body>report</body></html>"),
    "an RTF document": ("document.not_word", lambda: b"{\\rtf1 report}"),
    "a PDF": ("document.not_word", lambda: b"%PDF-1.7\n"),
    "an old Word file": ("document.not_word", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)),
    "a workbook": ("document.not_word", (SAMPLES / "weihui-xinfang-2023.xlsx").read_bytes),
    "an archive": ("document.not_word", lambda: composed({"a.txt": b"a"})),
    "half a file": ("document.damaged", lambda: a_report()[:-400]),
    "no XML within": (
        "document.damaged",
        lambda: composed(parts_of(a_report()) | {"word/_rels/document.xml.rels": b"<"}),
    ),
    "no XML as its text": (
        "document.damaged",
        lambda: composed(parts_of(a_report()) | {"word/document.xml": b"<"}),
    ),
    "styles that end in the middle": (
        "document.damaged",
        lambda: composed(parts_of(a_report()) | {"word/styles.xml": b"<w:styles"}),
    ),
    "another text": (
        "document.damaged",
        lambda: composed(parts_of(a_report()) | {"word/document.xml": b"<a/>"}),
    ),
    "a bomb": ("document.unsafe", bomb),
    "entities": (
        "document.unsafe",
        lambda: composed(parts_of(a_report()) | {"word/a.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}),
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_word_file_is_refused(what: str) -> None:
    code, content = REFUSED[what]
    assert code_of(content()) == code


def test_a_file_with_a_password_is_refused() -> None:
    pytest.importorskip("msoffcrypto")
    from reportfill.office.encryption import locked_with

    locked = locked_with("secret", a_report())
    assert CompoundFile(locked).names
    assert code_of(locked) == "document.encrypted"


def test_a_report_stays_as_it_is_and_names_its_faces() -> None:
    report = a_report()
    file = word_file(report)
    assert file.content is report
    assert file.faces == ("方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体")
    assert file.findings == ()


@pytest.mark.parametrize("kind", LINKED)
def test_what_leads_out_of_it_is_cut_and_told(kind: str) -> None:
    file = word_file(linking_to("http://127.0.0.1:9/there", kind))
    assert [found.code for found in file.findings] == ["document.outside"]
    assert "http://127.0.0.1:9/there" in file.findings[0].message.zh
    assert not any(b"127.0.0.1" in part for part in parts_of(file.content).values())


def test_a_link_that_a_reader_clicks_stays() -> None:
    content = linking_to("https://www.example.gov.cn/", "hyperlink")
    assert word_file(content).content == content
    assert word_file(content).findings == ()


def test_a_document_with_macros_is_a_word_file() -> None:
    parts = parts_of(a_report())
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    with_macros = parts["[Content_Types].xml"].replace(
        plain, b"application/vnd.ms-word.document.macroEnabled.main+xml"
    )
    assert word_file(composed(parts | {"[Content_Types].xml": with_macros})).faces


def test_an_archive_of_word_files_is_none() -> None:
    saved = BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        archive.writestr("报告.docx", a_report())
    assert code_of(saved.getvalue()) == "document.not_word"


@given(data=st.data())
def test_whatever_befalls_a_part_it_is_a_word_file_or_refused(data: st.DataObject) -> None:
    parts = parts_of(a_report())
    name = data.draw(st.sampled_from(sorted(parts)))
    part = parts[name]
    start = data.draw(st.integers(0, len(part)))
    end = data.draw(st.integers(start, min(len(part), start + 200)))
    put = data.draw(
        st.sampled_from([b"", b"<", b"<!-- -->", b"<?a b?>", b"\0", b"\xff", b"&lt;", part[:100], b"x" * 50])
    )
    with suppress(NotConvertedError):
        assert word_file(composed(parts | {name: part[:start] + put + part[end:]})).content

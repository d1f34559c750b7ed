"""PDFs of reports: what readers and archives look for is in them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pdf_judges import preflight, verapdf
from pdf_texts import lines_of, text_of
from places import ROOT
from printing import a_long_report, a_report, report_of_pack
from word import paragraphs_of

from reportfill import load_pack
from reportfill.office.libreoffice.office import Office
from reportfill.office.libreoffice.pdf_form import PdfForm
from reportfill.office.libreoffice.program import require_office, talking_python
from reportfill.office.libreoffice.setup import OfficeSetup
from reportfill.office.libreoffice.warm_worker import WarmWorker
from reportfill.office.typefaces import installed_typefaces
from reportfill.outputs.kind import KINDS
from reportfill.outputs.pages import Pages

PACKS = sorted(path.name for path in (ROOT / "templates").iterdir() if (path / "pack.toml").exists())
TITLE = "卫辉市信访局2023年政府信息公开工作年度报告"


@pytest.fixture(scope="module", params=PACKS)
def report(request: pytest.FixtureRequest) -> bytes:
    """A report of each pack."""
    return report_of_pack(load_pack(request.param))


@pytest.fixture
def archived(report: bytes, pdf_office: Office) -> bytes:
    """It as PDF/A."""
    (output,) = KINDS["pdfa"].outputs(Pages(report, pdf_office))
    assert output.ending == "（归档）.pdf"
    return output.content


def structure(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """The elements of a tagged PDF."""

    def below(element: Any) -> Iterator[Any]:
        if isinstance(element, pikepdf.Array):
            for one in element:
                yield from below(one)
        elif isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                yield element
            yield from below(element.get("/K", pikepdf.Array()))

    return below(pdf.Root.StructTreeRoot.K)


def fonts_in(pdf: pikepdf.Pdf) -> list[Any]:
    """The fonts of all pages."""
    return [font for page in pdf.pages for font in page.resources.get("/Font", {}).values()]


def has_file(font: Any) -> bool:
    """Whether the letters of a font are in the PDF."""
    inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    return any(f"/FontFile{number}" in inner.FontDescriptor for number in ("", "2", "3"))


def test_an_archived_report_says_that_it_is_pdf_a_2b_and_has_all_that_it_needs(
    archived: bytes, tmp_path: Path
) -> None:
    with pikepdf.open(BytesIO(archived)) as pdf:
        with pdf.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "B")
            assert metadata["dc:title"] == str(pdf.docinfo["/Title"])
        (intent,) = pdf.Root.OutputIntents
        assert intent.DestOutputProfile.read_bytes()
        assert not pdf.is_encrypted
        assert pdf.check_pdf_syntax() == []
        assert fonts_in(pdf)
        for font in fonts_in(pdf):
            assert has_file(font), font.BaseFont
            assert "/ToUnicode" in font, font.BaseFont
    (tmp_path / "a.pdf").write_bytes(archived)
    assert verapdf(tmp_path / "a.pdf") == ""


def test_its_language_is_chinese_and_its_title_stands_in_the_window(archived: bytes) -> None:
    with pikepdf.open(BytesIO(archived)) as pdf:
        assert str(pdf.Root.Lang) == "zh-CN"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo["/Title"])


def test_it_is_tagged_and_knows_headings_tables_and_their_heads(archived: bytes) -> None:
    with pikepdf.open(BytesIO(archived)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        kinds = [str(element.S) for element in structure(pdf)]
        assert {str(element.Lang) for element in structure(pdf) if "/Lang" in element} <= {"zh-CN"}
    assert "/H1" in kinds
    assert "/Table" in kinds
    assert kinds.count("/TH") >= kinds.count("/Table")
    assert "/TD" in kinds


def test_a_report_has_the_bookmarks_of_its_headings(report: bytes, pdf_office: Office) -> None:
    (output,) = KINDS["pdf"].outputs(Pages(report, pdf_office))
    assert output.ending == ".pdf"
    with pikepdf.open(BytesIO(output.content)) as pdf, pdf.open_outline() as outline:
        bookmarks = [one.title for one in outline.root]
    assert bookmarks
    paragraphs = {paragraph.strip() for paragraph in paragraphs_of(report)}
    assert set(bookmarks) <= paragraphs


def test_a_report_has_all_its_words(report: bytes, pdf_office: Office) -> None:
    text = text_of(pdf_office.pdf(report))
    for paragraph in paragraphs_of(report):
        first_words = "".join(paragraph.split())[:12]
        assert first_words in text or len(first_words) < 12 or not first_words.isalnum()


def test_each_form_is_made_once(pdf_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    make = pdf_office.pdf

    def counted(content: bytes, form: PdfForm = PdfForm.PLAIN) -> bytes:
        asked.append(form)
        return make(content, form)

    monkeypatch.setattr(pdf_office, "pdf", counted)
    pages = Pages(a_report(), pdf_office)
    assert pages.pdf() is pages.pdf(PdfForm.PLAIN)
    assert pages.pdf(PdfForm.ARCHIVE) is pages.pdf(PdfForm.ARCHIVE)
    assert asked == [PdfForm.PLAIN, PdfForm.ARCHIVE]


def test_preflight_finds_nothing_in_it_as_pdf_a_1b(
    stand_ins: Path, no_chinese: None, office: object, tmp_path: Path
) -> None:
    """The one judge of PDF/A that is to be had knows A-1 alone, and fonts of TrueType."""
    program = require_office()
    python = talking_python(program)
    assert python is not None
    worker = WarmWorker(OfficeSetup(program, installed_typefaces(stand_ins).replacements, stand_ins), python)
    plain, archived = (
        worker.pdfs([a_report()], PdfForm.ARCHIVE.value | {"SelectPdfVersion": version})[0]
        for version in (0, 1)
    )
    worker.close()
    for name, made in (("plain", plain), ("archived", archived)):
        assert isinstance(made, bytes)
        (tmp_path / f"{name}.pdf").write_bytes(made)
    assert preflight(tmp_path / "archived.pdf") == ""
    assert "Metadata is not a stream" in preflight(tmp_path / "plain.pdf")


def test_a_report_of_many_pages_is_whole(pdf_office: Office) -> None:
    made = pdf_office.pdf(a_long_report())
    with pikepdf.open(BytesIO(made)) as pdf:
        assert len(pdf.pages) > 30
    assert text_of(made).count("卫辉市信访局") >= 1


def test_lines_and_pages_break_alike_whatever_stands_in(
    report: bytes,
    pdf_office: Office,
    stand_ins: Path,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """With four typefaces of Debian, and with one alone."""
    reports = (report, a_long_report())
    usual = [lines_of(pdf_office.pdf(one)) for one in reports]
    folder = tmp_path_factory.mktemp("fonts")
    shutil.copy(stand_ins / "uming.ttc", folder)
    request.getfixturevalue("no_chinese")
    with Office(processes=1, fonts=folder) as other:
        assert [lines_of(other.pdf(one)) for one in reports] == usual

"""OFD documents of the PDFs that LibreOffice makes of reports, read back by programs that others wrote."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from lxml import etree
from ofd_readers import DRAWN_LARGER, drawn, opened, pages_of
from pdfplumber import open as open_pdf
from pictures import photo
from PIL import Image, ImageChops, ImageDraw, ImageFilter
from places import ROOT

from reportfill import Submission, load_pack, render
from reportfill.office.libreoffice.office import Office
from reportfill.office.package import parts_of
from reportfill.office.word_faces import WordFaces
from reportfill.outputs.ofd_document.document import ofd_document
from reportfill.outputs.ofd_document.parts import Resources
from reportfill.trials.sample_data import sample_data

PACKS = sorted(folder.name for folder in (ROOT / "templates").iterdir())
OFD = "{http://www.ofdspec.org/2016}"
MM = 25.4 / 72
NEAR = 5
"""Ink within two pixels is in its place."""


@dataclass(frozen=True)
class Made:
    """A report, its PDF and its OFD."""

    pdf: bytes
    ofd: bytes

    @property
    def pages(self) -> list[Any]:
        parts = parts_of(self.ofd)
        names = sorted(name for name in parts if name.endswith("Content.xml"))
        return [etree.fromstring(parts[name]) for name in names]

    @property
    def fonts(self) -> dict[str, str]:
        resources = etree.fromstring(parts_of(self.ofd)["Doc_0/PublicRes.xml"])
        return {font.get("ID"): font.get("FontName") for font in resources.iter(f"{OFD}Font")}

    def texts(self, written: str) -> list[Any]:
        """The objects that write a text, of which each may be a part."""
        every = [text for page in self.pages for text in page.iter(f"{OFD}TextObject")]
        return [
            text
            for text in every
            if text.findtext(f"{OFD}TextCode").strip() and text.findtext(f"{OFD}TextCode") in written
        ]


def made(report: bytes, office: Office) -> Made:
    pdf = office.pdf(report)
    return Made(pdf, ofd_document(pdf, WordFaces(report)))


@pytest.fixture(scope="module")
def made_of(pdf_office: Office) -> Callable[[str], Made]:
    """A function that gives the documents of a pack's made-up report, or of one that has all that reports may."""
    known: dict[str, Made] = {}

    def made_once(name: str) -> Made:
        if name not in known:
            known[name] = made(_report(name), pdf_office)
        return known[name]

    return made_once


def _report(name: str) -> bytes:
    if name == VARIED:
        return varied_report()
    pack = load_pack(ROOT / "templates" / name)
    return render(Submission.from_data(pack, sample_data(pack)))


VARIED = "varied"
W = nsdecls("w")
A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def varied_report() -> bytes:
    """A report with all that may be drawn: letters of all kinds, lines, shades, turned texts and pictures."""
    document = docx.Document()
    words = document.add_paragraph()
    write(words, "加粗Bold", bold=True)
    write(words, "斜体Italic", italic=True)
    write(words, "红色").font.color.rgb = RGBColor(220, 0, 0)
    write(words, "收窄")._element.rPr.append(parse_xml(f'<w:w {W} w:val="66"/>'))
    write(document.add_paragraph(), "生僻字：𬭳𠮷㙍，①Ⅷ½m²，office")
    write(
        document.add_paragraph(),
        f"{'网址' * 15}www.example.gov.cn/annual-report-on-disclosure-of-information",
    )
    table(document)
    pictures(document)
    shapes(document.add_paragraph())
    section = document.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    write(document.add_paragraph(), "横向的一页")
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def write(paragraph: Paragraph, words: str, **look: bool) -> Any:
    run = paragraph.add_run(words)
    run.font.name, run.font.size = "Times New Roman", Pt(16)
    run._element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋_GB2312")
    for name, is_so in look.items():
        setattr(run, name, is_so)
    return run


def table(document: Document) -> None:
    made = document.add_table(2, 3)
    sides = (("top", "double", "000000"), ("left", "dashed", "FF0000"), ("insideV", "dotDash", "008000"))
    borders = "".join(
        f'<w:{side} w:val="{kind}" w:sz="8" w:color="{colour}"/>' for side, kind, colour in sides
    )
    made._tbl.tblPr.append(parse_xml(f"<w:tblBorders {W}>{borders}</w:tblBorders>"))
    for cell, (words, look) in zip(
        made._cells,
        (
            ("有底色", '<w:shd {W} w:val="clear" w:fill="C6D9F1"/>'),
            ("竖排12", '<w:textDirection {W} w:val="tbRlV"/>'),
            ("转向", '<w:textDirection {W} w:val="btLr"/>'),
        ),
        strict=False,
    ):
        cell.text = words
        cell._tc.get_or_add_tcPr().append(parse_xml(look.replace("{W}", W)))


def pictures(document: Document) -> None:
    """A photo with its edge cut off, and a seal, which is transparent and turned."""
    seal = Image.new("RGBA", (300, 300))
    ImageDraw.Draw(seal).ellipse((10, 10, 290, 290), outline=(220, 0, 0, 200), width=12)
    saved = BytesIO()
    seal.save(saved, "PNG")
    for content in (photo(), photo(), saved.getvalue()):
        document.add_picture(BytesIO(content), width=Cm(3))
    fills = [
        *document.element.body.iter("{http://schemas.openxmlformats.org/drawingml/2006/picture}blipFill")
    ]
    fills[1].insert(1, parse_xml(f'<a:srcRect xmlns:a="{A}" l="30000" t="10000"/>'))
    [*document.element.body.iter(f"{{{A}}}xfrm")][-1].set("rot", "1800000")


def shapes(paragraph: Paragraph) -> None:
    """A shape that is half transparent, and one that goes over from red into blue."""
    stops = "".join(
        f'<a:gs pos="{at}"><a:srgbClr val="{colour}"/></a:gs>'
        for at, colour in ((0, "FF0000"), (100000, "0000FF"))
    )
    fills = (
        '<a:solidFill><a:srgbClr val="00AA00"><a:alpha val="40000"/></a:srgbClr></a:solidFill>',
        f'<a:gradFill><a:gsLst>{stops}</a:gsLst><a:lin ang="0"/></a:gradFill>',
    )
    for number, fill in enumerate(fills, 901):
        paragraph._p.append(
            parse_xml(
                f'<w:r {nsdecls("w", "wp", "a")} xmlns:wps="http://schemas.microsoft.com/office/word/2010/'
                'wordprocessingShape"><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
                f'<wp:extent cx="1440000" cy="720000"/><wp:docPr id="{number}" name="s"/><a:graphic><a:graphicData '
                'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr/>'
                '<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1440000" cy="720000"/></a:xfrm><a:prstGeom '
                f'prst="rect"><a:avLst/></a:prstGeom>{fill}</wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData>'
                "</a:graphic></wp:inline></w:drawing></w:r>"
            )
        )


@pytest.mark.parametrize("name", [*PACKS, VARIED])
def test_every_character_of_the_pdf_is_there_in_its_order_and_its_place(
    made_of: Callable[[str], Made], name: str
) -> None:
    documents = made_of(name)
    read = opened(documents.ofd)
    with open_pdf(BytesIO(documents.pdf)) as pdf:
        assert len(read.pages) == len(pdf.pages)
        for page, source in zip(read.pages, pdf.pages, strict=True):
            letters = [(sign, one) for one in source.chars for sign in one["text"] if not sign.isspace()]
            runs = [run for run in page.runs if run.text.strip()]
            assert "".join("".join(run.text.split()) for run in runs) == "".join(sign for sign, _ in letters)
            read_before = 0
            for run in runs:
                x, y = letters[read_before][1]["matrix"][4:]
                if not run.text[0].isspace():
                    assert (run.x, run.y) == pytest.approx((x * MM, (source.height - y) * MM), abs=0.01)
                read_before += len("".join(run.text.split()))


@pytest.mark.parametrize("name", PACKS)
def test_ink_is_where_it_is_in_the_pdf(made_of: Callable[[str], Made], name: str, tmp_path: Path) -> None:
    documents = made_of(name)
    of_pdf, pages = pages_of(documents.pdf), pages_of(drawn(documents.ofd, tmp_path), DRAWN_LARGER)
    compared = 0
    for source, page, content in zip(of_pdf, pages, documents.pages, strict=True):
        assert page.size == pytest.approx(source.size, abs=1)
        if not has_bars(content):
            page = page.resize(source.size)
            moved = ImageChops.offset(page, 0, NEAR)
            assert share_elsewhere(source, page) < 0.08 < share_elsewhere(source, moved)
            assert share_elsewhere(page, source) < 0.02
            compared += 1
    assert compared > 1


def has_bars(content: Any) -> bool:
    """Whether a page has dark shapes, such as the bars of a chart: easyofd leaves all shapes empty."""
    fills = content.iterfind(f".//{OFD}PathObject[@Fill='true']/{OFD}FillColor")
    return any(sum(map(int, fill.get("Value").split())) < 450 for fill in fills)


def share_elsewhere(page: Image.Image, other: Image.Image) -> float:
    """How much of the ink of a page is not near any of another one."""
    thickened = other.filter(ImageFilter.MinFilter(NEAR))
    ink, near = (one.point(lambda grey: 255 if grey < 160 else 0) for one in (page, thickened))
    return ImageChops.subtract(ink, near).histogram()[255] / max(1, ink.histogram()[255])


@pytest.mark.parametrize("name", [*PACKS, VARIED])
def test_lines_and_shapes_lie_where_they_lie_in_the_pdf(made_of: Callable[[str], Made], name: str) -> None:
    documents = made_of(name)
    with open_pdf(BytesIO(documents.pdf)) as pdf:
        for content, page in zip(documents.pages, pdf.pages, strict=True):
            of_pdf = [*page.lines, *page.rects, *page.curves]
            wanted = sorted(
                centre([one[side] * MM for side in ("x0", "top", "x1", "bottom")]) for one in of_pdf
            )
            found = sorted(centre(box_of(path)) for path in content.iter(f"{OFD}PathObject"))
            assert len(found) == len(wanted)
            assert all(one == pytest.approx(other, abs=0.1) for one, other in zip(found, wanted, strict=True))


def box_of(drawn: Any) -> list[float]:
    left, top, width, height = map(float, drawn.get("Boundary").split())
    return [left, top, left + width, top + height]


def centre(box: list[float]) -> tuple[float, float]:
    left, top, right, bottom = box
    return round((left + right) / 2, 1), round((top + bottom) / 2, 1)


def test_pages_are_as_large_as_paper_and_lie_across_where_they_do(made_of: Callable[[str], Made]) -> None:
    pages = opened(made_of("law-enforcement-statistics").ofd).pages
    upright, across = (0, 0, 210, 297), (0, 0, 297, 210)
    assert [page.box for page in pages] == [upright, upright, across, upright, upright]


def test_texts_look_as_they_do_in_the_report(made_of: Callable[[str], Made]) -> None:
    varied = made_of(VARIED)
    (bold,), (italic,), (red,), (narrow,) = map(varied.texts, ("Bold", "Italic", "红色", "收窄"))
    assert (bold.get("Weight"), bold.get("Size")) == ("700", f"{16 * MM:.3f}")
    assert italic.get("Italic") == "true"
    assert red.find(f"{OFD}FillColor").get("Value") == "220 0 0"
    assert matrix_of(narrow) == pytest.approx([0.66, 0, 0, 1, 0, 0], abs=0.01)


def matrix_of(text: Any) -> list[float]:
    return [float(part) for part in text.get("CTM").split()]


@pytest.mark.parametrize("name", PACKS)
def test_fonts_have_the_names_of_the_faces_that_the_report_prescribes(
    made_of: Callable[[str], Made], name: str
) -> None:
    fonts = made_of(name).fonts
    prescribed = {"方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "宋体", "Times New Roman"}
    assert {"方正小标宋简体", "黑体", "仿宋_GB2312", "宋体"} <= set(fonts.values()) <= prescribed


def test_a_font_that_stands_in_for_two_faces_is_either(made_of: Callable[[str], Made]) -> None:
    report = made_of("annual-report-2021")
    in_table, in_text = report.texts("信息内容")[0], report.texts("示例文字的第二段")[-1]
    assert (report.fonts[in_table.get("Font")], in_table.get("Size")) == ("宋体", f"{10.5 * MM:.3f}")
    assert (report.fonts[in_text.get("Font")], in_text.get("Size")) == ("仿宋_GB2312", f"{16 * MM:.3f}")


def test_turned_texts_are_turned(made_of: Callable[[str], Made]) -> None:
    varied = made_of(VARIED)
    (one, other), (digit, _) = varied.texts("转向"), varied.texts("12")
    assert matrix_of(one) == matrix_of(other) == [0, -1, 1, 0, 0, 0]
    assert matrix_of(digit) == [0, 1, -1, 0, 0, 0]


def test_letters_that_are_drawn_as_one_share_its_width(made_of: Callable[[str], Made]) -> None:
    (office,) = made_of(VARIED).texts("office")
    steps = [float(step) for step in office.find(f"{OFD}TextCode").get("DeltaX").split()]
    assert min(steps) > 0.5


def test_lines_have_their_width_their_colour_and_their_dashes(made_of: Callable[[str], Made]) -> None:
    paths = [path for page in made_of(VARIED).pages for path in page.iter(f"{OFD}PathObject")]
    dashed = [path for path in paths if path.get("DashPattern")]
    assert {path.find(f"{OFD}StrokeColor").get("Value") for path in dashed} == {"255 0 0", "0 128 0"}
    assert {path.get("LineWidth") for path in dashed} == {f"{MM:.3f}"}
    shades = {fill.get("Value") for path in paths for fill in path.iterfind(f"{OFD}FillColor")}
    assert "198 217 241" in shades


def test_what_is_half_transparent_stays_so(made_of: Callable[[str], Made]) -> None:
    paths = [path for page in made_of(VARIED).pages for path in page.iter(f"{OFD}PathObject")]
    (green,) = [path for path in paths if path.findtext(f"{OFD}FillColor[@Value='0 170 0']") is not None]
    assert green.get("Alpha") == "102"


def pictures_of(documents: Made) -> list[tuple[Any, bytes]]:
    parts = parts_of(documents.ofd)
    resources = etree.fromstring(parts["Doc_0/DocumentRes.xml"])
    files = {
        media.get("ID"): parts[f"Doc_0/Res/{media.findtext(f'{OFD}MediaFile')}"]
        for media in resources.iter(f"{OFD}MultiMedia")
    }
    every = [picture for page in documents.pages for picture in page.iter(f"{OFD}ImageObject")]
    return [(picture, files[picture.get("ResourceID")]) for picture in every]


def test_pictures_lie_in_their_places_with_what_is_transparent_in_them(
    made_of: Callable[[str], Made],
) -> None:
    varied = made_of(VARIED)
    with open_pdf(BytesIO(varied.pdf)) as pdf:
        wanted = [
            [one[side] * MM for side in ("x0", "top", "x1", "bottom")]
            for page in pdf.pages
            for one in page.images
        ]
    whole, cut, seal = (picture for picture, _ in pictures_of(varied)[:3])
    assert box_of(whole) == pytest.approx(wanted[0], abs=0.05)
    assert box_of(seal) == pytest.approx(wanted[2], abs=0.05)
    left, top, right, bottom = box_of(cut)
    assert (right - left, bottom - top) == pytest.approx((30, 20), abs=0.5)
    assert (right, bottom) == pytest.approx(tuple(wanted[1][2:]), abs=0.1)
    files = [content for _, content in pictures_of(varied)[:3]]
    assert files[0].startswith(b"\xff\xd8")
    with Image.open(BytesIO(files[2])) as image:
        middle = image.getpixel((image.width // 2, image.height // 2))
        reds = [pixel for pixel in image.get_flattened_data() if pixel[3] == 200]
        assert middle[3] == 0
        assert len(reds) > 1000
        assert set(reds) == {(220, 0, 0, 200)}


def test_a_picture_that_is_on_every_page_is_there_once() -> None:
    resources = Resources()
    assert (
        resources.picture("png", b"one")
        == resources.picture("png", b"one")
        != resources.picture("png", b"other")
    )


def test_what_goes_over_into_another_colour_is_a_picture_of_that(made_of: Callable[[str], Made]) -> None:
    _, content = pictures_of(made_of(VARIED))[-1]
    with Image.open(BytesIO(content)) as image:
        middle = image.height // 2
        left, right = (
            image.convert("RGB").getpixel((x, middle)) for x in (image.width // 10, image.width * 9 // 10)
        )
    assert left[0] > 200 > 60 > left[2]
    assert right[2] > 200 > 60 > right[0]


@pytest.mark.parametrize("name", [*PACKS, VARIED])
def test_every_number_is_there_once_and_leads_somewhere(made_of: Callable[[str], Made], name: str) -> None:
    documents = made_of(name)
    parts = {
        name: etree.fromstring(part)
        for name, part in parts_of(documents.ofd).items()
        if name.endswith(".xml")
    }
    roots = [root for name, root in parts.items() if name != "OFD.xml"]
    assert {root.nsmap["ofd"] for root in parts.values()} == {"http://www.ofdspec.org/2016"}
    numbers = [one.get("ID") for root in roots for one in root.iter() if one.get("ID")]
    assert len(set(numbers)) == len(numbers)
    assert max(map(int, numbers)) == int(parts["Doc_0/Document.xml"].findtext(f".//{OFD}MaxUnitID"))
    resources = {
        one.get("ID") for name in ("Public", "Document") for one in parts[f"Doc_0/{name}Res.xml"].iter()
    }
    used = {one.get(kind) for root in roots for one in root.iter() for kind in ("Font", "ResourceID")} - {
        None
    }
    assert used <= resources


def test_the_outline_is_that_of_the_pdf(made_of: Callable[[str], Made]) -> None:
    document = etree.fromstring(parts_of(made_of("annual-report-2021").ofd)["Doc_0/Document.xml"])
    headings = document.findall(f"{OFD}Outlines/{OFD}OutlineElem")
    assert [heading.get("Title")[:2] for heading in headings] == [
        "一、",
        "二、",
        "三、",
        "四、",
        "五、",
        "六、",
    ]
    pages = [page.get("ID") for page in document.iter(f"{OFD}Page")]
    targets = [target for heading in headings for target in heading.iter(f"{OFD}Dest")]
    assert [pages.index(target.get("PageID")) for target in targets] == sorted(
        pages.index(target.get("PageID")) for target in targets
    )
    assert all(0 < float(target.get("Top")) < 297 for target in targets)


def test_it_says_whose_it_is_and_not_when_it_was_made(made_of: Callable[[str], Made]) -> None:
    about = opened(made_of("annual-report-2021").ofd).info
    assert (about.title, about.author) == ("0000示例2021年政府信息公开工作年度报告", "0000示例")
    assert about.creator == "reportfill"
    assert about.creation_date is None


def test_equal_pages_make_equal_bytes(made_of: Callable[[str], Made], pdf_office: Office) -> None:
    first = made_of("annual-report-2021")
    again = made(_report("annual-report-2021"), pdf_office)
    assert again.pdf != first.pdf
    assert again.ofd == first.ofd


def test_several_threads_make_them_at_a_time(made_of: Callable[[str], Made]) -> None:
    documents = made_of("university-disclosure")
    faces = WordFaces(_report("university-disclosure"))
    with ThreadPoolExecutor(4) as threads:
        made = [*threads.map(lambda _: ofd_document(documents.pdf, faces), range(8))]
    assert set(made) == {documents.ofd}

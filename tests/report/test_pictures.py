"""Pictures in printed reports: in the frames of the template, upright and whole, with their alternative texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.shared import Cm
from lxml import etree
from ooxml_judges import ooxml_problems
from pdfplumber import open as open_pdf
from pictures import photo, png
from PIL import Image, ImageOps

from reportfill import PackError, SubmissionError
from reportfill.model.fields import fields_of
from reportfill.office.package import parts_of
from reportfill.office.pictures import inspected_picture
from reportfill.office.properties import Properties
from reportfill.office.word_structure import structure_faults
from reportfill.report.drawings import Shown
from reportfill.report.pictures import ShownPicture, shown_picture
from reportfill.report.template import compiled_template

NOTHING_SAID = Properties("", "", {})
PLACEHOLDER = png(8, 8, "green")
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def template(*tags: str, change: Callable[[Any], object] = lambda document: None) -> bytes:
    """A Word file with a frame of 4 by 3 cm for each alternative text."""
    document = docx.Document()
    document.add_paragraph("{{ year }}")
    for tag in tags:
        document.add_picture(BytesIO(PLACEHOLDER), width=Cm(4), height=Cm(3))
        [*document.element.body.iter(f"{WP}docPr")][-1].set("descr", tag)
    change(document)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def printed(content: bytes, *shown: bytes | None) -> bytes:
    pictures = [None if one is None else ShownPicture(inspected_picture(one), "公章") for one in shown]
    return compiled_template(content).printed({"year": 2025}, NOTHING_SAID, Shown((), pictures))


def with_footer(document: Any) -> None:
    document.sections[0].footer.paragraphs[0].text = "{{ year }}"


def drawings(report: bytes) -> list[etree._Element]:
    return list(etree.fromstring(parts_of(report)["word/document.xml"]).iter(f"{WP}inline"))


def size_in_cm(drawing: etree._Element) -> tuple[float, float]:
    extent = drawing.find(f"{WP}extent")
    return round(int(extent.get("cx")) / 360_000, 2), round(int(extent.get("cy")) / 360_000, 2)


@pytest.mark.parametrize(("change", "is_fast"), [(lambda document: None, True), (with_footer, False)])
def test_both_ways_of_printing_put_pictures_into_their_frames(
    change: Callable[[Any], object], is_fast: bool, tmp_path: Path
) -> None:
    content = template("{{ picture: seal }}", "现场 {{ 图片：view }}", change=change)
    assert (compiled_template(content).reasons == ()) is is_fast
    report = printed(content, png(60, 40), photo())
    one, other = drawings(report)
    assert [size_in_cm(one), size_in_cm(other)] == [(4, 2.67), (4, 2.67)]
    assert [each.find(f"{WP}docPr").get("descr") for each in (one, other)] == ["公章", "现场"]
    media = {name: part for name, part in parts_of(report).items() if name.startswith("word/media/")}
    assert sorted(media.values()) == sorted(
        inspected_picture(each).content for each in (png(60, 40), photo())
    )
    assert structure_faults(report) == []
    for name, file in (("template", content), ("report", report)):
        (tmp_path / f"{name}.docx").write_bytes(file)
    assert ooxml_problems(tmp_path / "report.docx") == ooxml_problems(tmp_path / "template.docx")
    assert report == printed(content, png(60, 40), photo())


def in_header(document: Any) -> None:
    document.sections[0].header.paragraphs[0].add_run().add_picture(
        BytesIO(PLACEHOLDER), width=Cm(4), height=Cm(3)
    )
    properties = next(document.sections[0].header._element.iter(f"{WP}docPr"))
    properties.set("descr", "{{ picture: seal }}")


def test_a_picture_may_stand_in_a_header(tmp_path: Path) -> None:
    content = template(change=in_header)
    for shown in (png(60, 40), None):
        report = printed(content, shown)
        assert structure_faults(report) == []
        kept = [part for name, part in parts_of(report).items() if name.startswith("word/media/")]
        assert kept == ([] if shown is None else [inspected_picture(shown).content])
        (tmp_path / "report.docx").write_bytes(report)
        (tmp_path / "template.docx").write_bytes(content)
        assert ooxml_problems(tmp_path / "report.docx") == ooxml_problems(tmp_path / "template.docx")


def floating(document: Any) -> None:
    """Let the picture float over the text, as a seal does."""
    inline = next(document.element.body.iter(f"{WP}inline"))
    anchor = etree.fromstring(
        f'<wp:anchor xmlns:wp="{WP[1:-1]}" distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1"'
        ' behindDoc="1" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="column"><wp:posOffset>720000</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV></wp:anchor>'
    )
    parts = list(inline)
    made = inline.makeelement(f"{WP}anchor", dict(anchor.attrib))
    made.extend([*anchor, parts[0]])
    wrap = made.makeelement(f"{WP}wrapNone")
    made.extend([wrap, *parts[1:]])
    inline.getparent().replace(inline, made)


def test_a_seal_may_float_over_the_text(tmp_path: Path) -> None:
    content = template("{{ picture: seal }}", change=floating)
    report = printed(content, png(60, 40))
    [anchor] = etree.fromstring(parts_of(report)["word/document.xml"]).iter(f"{WP}anchor")
    assert size_in_cm(anchor) == (4, 2.67)
    names = [etree.QName(part).localname for part in anchor]
    assert names[3:6] == ["extent", "effectExtent", "wrapNone"]
    for name, file in (("template", content), ("report", report)):
        (tmp_path / f"{name}.docx").write_bytes(file)
    assert ooxml_problems(tmp_path / "report.docx") == ooxml_problems(tmp_path / "template.docx")


@pytest.mark.parametrize("change", [lambda document: None, with_footer])
def test_the_frame_of_a_picture_that_is_not_there_is_left_out(change: Callable[[Any], object]) -> None:
    content = template("{{ picture: seal }}", "{{ picture: view }}", change=change)
    report = printed(content, None, png())
    assert len(drawings(report)) == 1
    assert structure_faults(report) == []
    assert drawings(printed(content, None, None)) == []
    assert structure_faults(printed(content, None, None)) == []


def test_a_picture_of_the_keepers_own_stays_beside_one_that_is_filled_in() -> None:
    content = template("标志", "{{ picture: seal }}")
    report = printed(content, png(60, 40))
    assert [each.find(f"{WP}docPr").get("descr") for each in drawings(report)] == ["标志", "公章"]
    assert size_in_cm(drawings(report)[0]) == (4, 3)
    assert PLACEHOLDER in parts_of(report).values()
    assert structure_faults(report) == []


def test_one_picture_may_stand_several_times_and_is_kept_once() -> None:
    content = template("{{ picture: seal }}", "{{ picture: seal }}", change=copied_number)
    report = printed(content, png(), png())
    assert len(drawings(report)) == 2
    assert structure_faults(report) == []
    assert sum(name.startswith("word/media/") for name in parts_of(report)) == 1


def copied_number(document: Any) -> None:
    for properties in document.element.body.iter(f"{WP}docPr"):
        properties.set("id", "7")


def test_photos_stand_upright_in_libreoffice(convert: Callable[[Path, str], Path], tmp_path: Path) -> None:
    taken = [photo(orientation) for orientation in range(1, 9)]
    path = tmp_path / "report.docx"
    path.write_bytes(printed(template(*["{{ picture: view }}"] * len(taken)), *taken))
    with open_pdf(convert(path, "pdf")) as pdf:
        pages = [page.to_image(resolution=72).original.convert("RGB") for page in pdf.pages]
    seen = [red_corner(one) for page in pages for one in photos_on(page)]
    upright = [red_corner(ImageOps.exif_transpose(Image.open(BytesIO(one))).convert("RGB")) for one in taken]
    assert seen == upright


def photos_on(page: Image.Image) -> Iterator[Image.Image]:
    """The pictures of a page, which has them below each other."""
    painted = [
        page.crop((0, y, page.width, y + 1)).convert("L").getextrema()[0] < 120 for y in range(page.height)
    ]
    painted[: page.height // 9] = [False] * (page.height // 9)  # the year at the top
    top = 0
    for is_painted, run in groupby(painted):
        height = len(list(run))
        if is_painted and height > 20:
            strip = page.crop((0, top, page.width, top + height))
            yield strip.crop(
                ImageOps.invert(strip.convert("L").point(lambda v: 255 if v > 160 else 0)).getbbox()
            )
        top += height


def red_corner(image: Image.Image) -> tuple[bool, bool, bool]:
    """Whether a photo is wider than high, and in which corner it is red: whether on the left and at the top."""
    pixels = [(x, y, image.getpixel((x, y))) for x in range(image.width) for y in range(image.height)]
    red = [(x, y) for x, y, (r, g, b) in pixels if r > 180 and b < 80]
    middle = (sum(x for x, _ in red) / len(red), sum(y for _, y in red) / len(red))
    return image.width > image.height, middle[0] < image.width / 2, middle[1] < image.height / 2


def test_a_template_with_pictures_but_no_report_says_so() -> None:
    with pytest.raises(PackError, match="only a report has charts and pictures"):
        compiled_template(template("{{ picture: seal }}")).printed({"year": 2025}, NOTHING_SAID)


def test_what_a_field_says_of_a_picture_is_not_enough_to_print_it() -> None:
    """Data of a report keep the name of a picture alone."""
    schema = {
        "type": "object",
        "properties": {"seal": {"title": "公章", "type": "string", "format": "picture"}},
    }
    field = fields_of(schema)["seal"]
    assert shown_picture(field, {"seal": ""}) is None
    assert shown_picture(field, {"seal": inspected_picture(png())}) == (inspected_picture(png()), "公章")
    with pytest.raises(SubmissionError, match="not at hand"):
        shown_picture(field, {"seal": str.__str__(inspected_picture(png()))})

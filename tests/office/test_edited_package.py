"""A package that is changed part by part: what is not touched stays, and what nothing leads to goes."""

from __future__ import annotations

import pytest

from reportfill.office.edited_package import ROOT, EditedPackage, UnusualPackageError
from reportfill.office.package import CONTENT_TYPES

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relationships(**targets: str) -> bytes:
    """The part with relationships by their id; each target is given with its kind: "image media/a.xml"."""
    split = {identifier: target.split(" ") for identifier, target in targets.items()}
    entries = "".join(
        f'<Relationship Id="{identifier}" Type="{KIND}/{kind}" Target="{target}"/>'
        for identifier, (kind, target) in split.items()
    )
    return f'<Relationships xmlns="{RELATIONSHIPS}">{entries}</Relationships>'.encode()


def parts() -> dict[str, bytes]:
    """A package of a book, two sheets that share a picture, and one that has a drawing of its own."""
    names = ("/book.xml", "/one.xml", "/two.xml", "/picture.xml", "/drawing.xml", "/lost.xml")
    overrides = "".join(f'<Override PartName="{name}" ContentType="text/xml"/>' for name in names)
    return {
        CONTENT_TYPES: f'<Types xmlns="{TYPES}">{overrides}</Types>'.encode(),
        "_rels/.rels": relationships(rId1="officeDocument book.xml"),
        "book.xml": b"<book>  <!-- as it came -->\n</book>",
        "_rels/book.xml.rels": relationships(rId1="sheet one.xml", rId2="sheet /two.xml"),
        "one.xml": b"<one/>",
        "_rels/one.xml.rels": relationships(rId1="image picture.xml", rId2="drawing ./drawing.xml"),
        "two.xml": b"<two/>",
        "_rels/two.xml.rels": relationships(rId1="image picture.xml", rId2="sheet one.xml"),
        "picture.xml": b"<picture/>",
        "drawing.xml": b"<drawing/>",
    }


def test_what_is_not_changed_stays_byte_for_byte() -> None:
    package = EditedPackage(parts())
    package.edit("one.xml").set("changed", "1")
    package.read("book.xml")
    after = package.parts()
    assert b'changed="1"' in after["one.xml"]
    assert {name: part for name, part in after.items() if name != "one.xml"} == {
        name: part for name, part in parts().items() if name not in ("one.xml", CONTENT_TYPES)
    } | {CONTENT_TYPES: after[CONTENT_TYPES]}


def test_what_nothing_leads_to_is_left_out_with_its_content_type() -> None:
    after = EditedPackage(parts() | {"lost.xml": b"<lost/>", "__MACOSX/._one.xml": b"\0"}).parts()
    assert set(after) == set(parts())
    assert b"lost" not in after[CONTENT_TYPES]


def test_a_part_goes_when_the_last_relationship_to_it_ends_with_all_to_which_it_led() -> None:
    package = EditedPackage(parts())
    package.unrelate("book.xml", "one.xml")
    assert set(package.parts()) == set(parts())  # the second sheet leads there
    package.unrelate("two.xml", "one.xml")
    gone = {"one.xml", "drawing.xml", "_rels/one.xml.rels"}
    assert set(package.parts()) == set(parts()) - gone
    package.unrelate("two.xml", "picture.xml")
    assert set(package.parts()) == set(parts()) - gone - {"picture.xml", "_rels/two.xml.rels"}


def test_parts_are_found_by_what_they_are_to_others() -> None:
    package = EditedPackage(parts())
    assert package.related(ROOT, "officeDocument") == ["book.xml"]
    assert package.related("book.xml", "sheet") == ["one.xml", "two.xml"]
    assert package.target("one.xml", "rId2") == "drawing.xml"
    with pytest.raises(UnusualPackageError):
        package.target("one.xml", "rId9")


def test_a_new_part_is_declared_and_related_under_an_id_that_is_free() -> None:
    package = EditedPackage(parts())
    name = package.free_name("{}.xml")
    package.add(name, "text/new", b"<new/>")
    assert package.relate("one.xml", "sheet", name) == "rId3"
    assert package.relate("picture.xml", "sheet", name) == "rId1"
    package.add("shapes.vml", "text/shapes", b"<xml/>")
    package.relate("one.xml", "drawing", "shapes.vml")
    after = EditedPackage(package.parts())
    assert after.target("one.xml", "rId3") == name == "1.xml"
    assert after.read(name).tag == "new"
    assert b'Extension="vml" ContentType="text/shapes"' in package.parts()[CONTENT_TYPES]


@pytest.mark.parametrize("content", [b"", b"<unfinished", b"\xff\xfe<"])
def test_a_part_that_is_no_xml_is_refused(content: bytes) -> None:
    with pytest.raises(UnusualPackageError):
        EditedPackage(parts() | {"one.xml": content}).read("one.xml")


def test_shapes_of_excel_need_not_be_well_formed() -> None:
    shapes = {"shapes.vml": b"<xml><div>one<br>two</div></xml>"}
    related = {"_rels/one.xml.rels": relationships(rId1="drawing shapes.vml")}
    package = EditedPackage(parts() | shapes | related)
    assert "".join(package.read("shapes.vml").itertext()) == "onetwo"

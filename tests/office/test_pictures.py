"""Pictures from outside: known by their bytes, freed of what they tell, refused where they are none or too large."""

from __future__ import annotations

import pickle
import re
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pictures import SECRET, declared_png, photo, png
from PIL import Image

from reportfill.office import pictures
from reportfill.office.pictures import PictureError, PictureFault, inspected_picture


@pytest.mark.parametrize(
    "content", [photo(), photo(progressive=True), png(60, 40)], ids=["JPEG", "progressive", "PNG"]
)
def test_a_picture_keeps_its_pixels_and_nothing_that_it_tells(content: bytes) -> None:
    assert SECRET in content
    kept = inspected_picture(content)
    assert (kept.width, kept.height) == (60, 40)
    assert SECRET not in kept.content
    with Image.open(BytesIO(content)) as before, Image.open(BytesIO(kept.content)) as after:
        assert before.convert("RGB").tobytes() == after.convert("RGB").tobytes()
        assert dict(after.getexif()) == {}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_how_a_photo_was_held_is_told(orientation: int) -> None:
    assert inspected_picture(photo(orientation)).orientation == orientation


@pytest.mark.parametrize("content", [*map(photo, range(1, 9)), png(), png(orientation=6)])
def test_as_a_file_a_picture_says_again_how_it_was_held_and_nothing_else(content: bytes) -> None:
    picture = inspected_picture(content)
    again = inspected_picture(picture.file_content)
    assert (again, again.content, again.orientation) == (picture, picture.content, picture.orientation)
    assert SECRET not in picture.file_content
    with Image.open(BytesIO(picture.file_content)) as opened:
        assert opened.getexif().get(0x0112, 1) == picture.orientation


def test_the_same_picture_has_the_same_name_also_in_another_process() -> None:
    one = inspected_picture(photo(6))
    other = pickle.loads(pickle.dumps(one))
    assert re.fullmatch(r"[0-9a-f]{64}\.jpeg 60x40", one)
    assert (other, other.content, other.orientation) == (one, one.content, 6)
    assert inspected_picture(one.content) == one


def test_what_a_phone_puts_behind_a_photo_is_left() -> None:
    assert inspected_picture(photo() + b"a film" + SECRET).content == inspected_picture(photo()).content


@pytest.mark.parametrize(
    ("content", "fault", "said"),
    [
        (b"GIF89a" + bytes(20), PictureFault.OTHER, "GIF"),
        (b"BM" + bytes(20), PictureFault.OTHER, "BMP"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', PictureFault.OTHER, "SVG"),
        (b"nothing", PictureFault.OTHER, ""),
        (b"", PictureFault.OTHER, ""),
        (png()[:-20], PictureFault.DAMAGED, ""),
        (png().replace(b"IDAT", b"IDAU"), PictureFault.DAMAGED, ""),
        (photo()[:-30], PictureFault.DAMAGED, ""),
        (photo()[:10], PictureFault.DAMAGED, ""),
        (declared_png(0, 20), PictureFault.DAMAGED, ""),
        (declared_png(60_000, 60_000), PictureFault.TOO_MANY_PIXELS, "60000×60000"),
    ],
)
def test_what_is_no_picture_or_too_many_pixels_is_refused(
    content: bytes, fault: PictureFault, said: str
) -> None:
    with pytest.raises(PictureError) as error:
        inspected_picture(content)
    assert (error.value.fault, error.value.said) == (fault, said)


def test_a_picture_of_too_many_bytes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "LARGEST_PICTURE", 100)
    with pytest.raises(PictureError) as error:
        inspected_picture(photo())
    assert error.value.fault is PictureFault.TOO_LARGE


@given(start=st.sampled_from([png(), photo(6)]), at=st.integers(0, 900), what=st.binary(max_size=40))
def test_bytes_of_any_kind_are_a_picture_or_refused(start: bytes, at: int, what: bytes) -> None:
    try:
        kept = inspected_picture(start[:at] + what + start[at + len(what) :])
    except PictureError:
        return
    assert kept.width * kept.height <= pictures.MOST_PIXELS

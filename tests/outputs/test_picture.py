"""The picture of a report is an image that other programs open, that says in words what it shows, and is the same for
the same report."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from browser import Browser, browser
from lxml import etree
from outputs.of_all_packs import REPORTS, material_of, report_of
from pack.small_pack import small_pack
from PIL import Image, ImageChops, ImageStat
from places import SAMPLES

from reportfill import Submission, UsageError, load_pack
from reportfill.outputs.infographic import typeface as typefaces
from reportfill.outputs.infographic.typeface import typeface
from reportfill.outputs.material import Material
from reportfill.outputs.picture import picture_files, picture_in_words

PNG, SVG = "（图解）.png", "（图解）.svg"
S = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A Chromium. On a developer's machine without it such tests are left out; in CI never."""
    program = shutil.which("chromium")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is not installed")
        pytest.skip("Chromium is not installed")
    with browser(program, tmp_path_factory.mktemp("chromium")) as running:
        yield running


@pytest.mark.parametrize("name", REPORTS)
def test_a_png_has_the_words_in_its_texts_and_nothing_of_the_program(name: str) -> None:
    material = material_of(name)
    with Image.open(BytesIO(picture_files(material)[PNG])) as image:
        image.load()
        said: dict[str, str] = image.text  # type: ignore[attr-defined]
        assert image.size[0] == 1239
        assert said["Description"] == picture_in_words(material)
        assert said["Title"].endswith("图解")
        assert said["Author"] == material.submission.agency
        assert set(said) == {"Title", "Author", "Description"}
        assert round(image.info["dpi"][0]) == 150


@pytest.mark.parametrize("name", REPORTS)
def test_an_svg_says_what_it_is_and_needs_nothing_from_elsewhere(name: str) -> None:
    material = material_of(name)
    content = picture_files(material)[SVG]
    root = etree.fromstring(content, etree.XMLParser(load_dtd=False, no_network=True))
    assert root.get("role") == "img"
    assert [root[0].tag, root[1].tag] == [f"{S}title", f"{S}desc"]
    assert (root.get("aria-labelledby"), root.get("aria-describedby")) == (
        root[0].get("id"),
        root[1].get("id"),
    )
    assert root[1].text == picture_in_words(material)
    links = root.xpath("//@xlink:href", namespaces={"xlink": "http://www.w3.org/1999/xlink"})
    assert {link[:1] for link in links} <= {"#"}
    assert root.find(f".//{S}text") is None
    assert not {element.tag for element in root.iter()} & {f"{S}image", f"{S}script", f"{S}foreignObject"}
    assert b"Matplotlib" not in content


@pytest.mark.parametrize("name", ["annual-report-2021", "law-enforcement-statistics"])
def test_a_browser_shows_the_svg_as_the_png_is(name: str, tmp_path: Path, chromium: Browser) -> None:
    files = picture_files(material_of(name))
    (tmp_path / "图解.svg").write_bytes(files[SVG])
    page = f'<body style="margin:0"><img src="{(tmp_path / "图解.svg").as_uri()}" style="width:620px"></body>'
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    with Image.open(BytesIO(files[PNG])) as drawn:
        height = round(drawn.height * 620 / drawn.width)
        wanted = drawn.convert("L").resize((620, height))
    shown = chromium.picture((tmp_path / "page.html").as_uri(), 620, height)
    with Image.open(BytesIO(shown)) as seen:
        difference = ImageStat.Stat(ImageChops.difference(wanted, seen.convert("L"))).mean[0]
    blank = ImageStat.Stat(ImageChops.difference(wanted, Image.new("L", wanted.size, 255))).mean[0]
    assert difference < blank / 10


def test_the_same_report_gives_the_same_bytes_in_any_process() -> None:
    code = (
        "import sys; from hashlib import sha256; from pathlib import Path; from reportfill import read_workbook\n"
        "from reportfill.outputs.material import Material; from reportfill.outputs.picture import picture_files\n"
        "files = picture_files(Material(read_workbook(Path(sys.argv[1])), b''))\n"
        "print(*(sha256(content).hexdigest() for content in files.values()))"
    )
    path = SAMPLES / "qinghe-nongye-2023.xlsx"
    digests = {
        subprocess.run(
            [sys.executable, "-c", code, str(path)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            encoding="utf-8",
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_pictures_do_not_tell_on_each_other() -> None:
    first = picture_files(material_of("annual-report-2021"))
    picture_files(material_of("university-disclosure"))
    again = picture_files(material_of("annual-report-2021"))
    assert {name: sha256(content).digest() for name, content in again.items()} == {
        name: sha256(content).digest() for name, content in first.items()
    }


@pytest.mark.parametrize("words", ["清河县<档案>&“馆”\"'", "𠮷野家\u0378馆", "$x$局", "甲\\乙_{丙}^2局"])
def test_whatever_an_agency_is_called_is_drawn_as_it_stands(words: str) -> None:
    report = report_of("annual-report-2021")
    named = Submission(report.pack, {**report.values, "agency.name": words})
    files = picture_files(Material(named, b""))
    root = etree.fromstring(files[SVG])
    assert root[0].text == f"{words}2023年政府信息公开工作年度报告图解"
    with Image.open(BytesIO(files[PNG])) as image:
        assert image.text["Author"] == words  # type: ignore[attr-defined]


def test_without_a_typeface_with_chinese_one_line_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typefaces, "FACES", ("No Such Face",))
    typeface.cache_clear()
    with pytest.raises(UsageError, match="apt install fonts-noto-cjk") as caught:
        typeface(bold=False)
    assert "需要中文字体" in caught.value.chinese
    typeface.cache_clear()


def test_a_report_without_any_figures_is_a_page_with_a_title(tmp_path: Path) -> None:
    pack = load_pack(small_pack(tmp_path / "pack"))
    files = picture_files(Material(Submission(pack, {"agency.name": "Office"}), b""))
    with Image.open(BytesIO(files[PNG])) as image:
        assert image.height < image.width

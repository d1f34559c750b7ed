"""fill --to html: the page, and what the user's settings say of the website."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from places import SAMPLES
from web_pages import tags_of

WORKBOOK = SAMPLES / "weihui-xinfang-2023.xlsx"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of the user's settings, which is not there yet."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    place = tmp_path / "config" / "reportfill" / "settings.toml"
    place.parent.mkdir(parents=True)
    return place


def test_the_page_has_the_tags_of_the_settings(
    reportfill: Callable[..., Any], settings: Path, tmp_path: Path
) -> None:
    settings.write_text('[publish]\nSiteName = "卫辉市人民政府"\n', encoding="utf-8")
    done = reportfill("fill", WORKBOOK, "--to", "html", "-o", tmp_path / "out")
    assert done.status == 0
    (page,) = (tmp_path / "out").glob("*.html")
    assert tags_of(page.read_bytes())["SiteName"] == "卫辉市人民政府"
    assert "SiteName" not in done.err
    assert done.err.count("SiteDomain") == 1
    assert str(settings) in done.err


def test_what_is_not_known_is_said_once_for_many_files(
    reportfill: Callable[..., Any], settings: Path, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.xlsx").write_bytes(WORKBOOK.read_bytes())
    done = reportfill(
        "fill", tmp_path / "a.xlsx", tmp_path / "b.xlsx", "--to", "html", "-o", tmp_path / "out"
    )
    assert done.err.count("SiteIDCode") == 1


def test_word_alone_asks_for_no_settings(
    reportfill: Callable[..., Any], settings: Path, tmp_path: Path
) -> None:
    settings.write_text("[publish]\nnonsense = 1\n", encoding="utf-8")
    assert reportfill("fill", WORKBOOK, "-o", tmp_path / "out").status == 0
    done = reportfill("fill", WORKBOOK, "--to", "html", "-o", tmp_path / "out")
    assert done.status == 2
    assert "nonsense" in done.err
    assert len(done.err.strip().splitlines()) == 1


def test_doctor_names_the_place_of_the_settings_and_what_is_wrong_in_them(
    reportfill: Callable[..., Any], settings: Path
) -> None:
    assert f"用户设置：{settings}（没有这个文件）" in reportfill("doctor").out
    settings.write_text('[publish]\nSiteIDCode = "1"\n', encoding="utf-8")
    assert "SiteIDCode“1”不是10位的网站标识码" in reportfill("doctor").out

"""The user's settings: a series and a website, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import platformdirs
import pytest

from reportfill.errors import UsageError
from reportfill.outputs.publication import publication_of_user
from reportfill.user_settings import user_settings


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the settings are looked for."""
    monkeypatch.setattr(platformdirs, "user_config_path", lambda *_, **__: tmp_path)
    return tmp_path / "settings.toml"


def test_without_a_file_there_are_none() -> None:
    assert user_settings() == {}
    assert publication_of_user().tags == {}


def test_series_and_website_stand_beside_each_other(file: Path) -> None:
    file.write_text('series = "waters"\n[publish]\nSiteName = "某市"\n', encoding="utf-8-sig")
    assert user_settings()["series"] == "waters"
    assert publication_of_user().site_name == "某市"


@pytest.mark.parametrize(
    "content", ["series = ", "series = 3", 'publish = "x"', "[publisch]", "a=" + "[" * 5000]
)
def test_anything_else_is_refused_in_one_line_with_the_place(file: Path, content: str) -> None:
    file.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=re.escape(str(file))) as caught:
        user_settings()
    assert "\n" not in caught.value.english


def test_a_mistake_in_the_website_names_the_file(file: Path) -> None:
    file.write_text('[publish]\nSiteIDCode = "1"\n', encoding="utf-8")
    with pytest.raises(UsageError, match=re.escape(str(file))):
        publication_of_user()

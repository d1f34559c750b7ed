"""The catalogue is read table by table, as much of it as is asked for."""

from __future__ import annotations

import tomllib
from dataclasses import asdict
from pathlib import Path

import pytest

from reportfill import catalogue
from reportfill.catalogue import CATALOGUE, EXPLANATIONS, CatalogueEntry, titles

FOLDER = Path(catalogue.__file__).parent


def test_every_entry_is_what_the_whole_file_says() -> None:
    whole = tomllib.loads((FOLDER / "catalogue.toml").read_text("utf-8"))
    assert list(CATALOGUE) == list(whole)
    assert len(CATALOGUE) == len(whole)
    assert all(
        asdict(CATALOGUE[code]) == asdict(CatalogueEntry(code, **entry)) for code, entry in whole.items()
    )


def test_every_explanation_is_what_the_whole_file_says() -> None:
    assert dict(EXPLANATIONS) == tomllib.loads((FOLDER / "explanations.toml").read_text("utf-8"))


def test_an_entry_that_is_not_there_is_no_entry() -> None:
    assert CATALOGUE.get("no.such") is None
    with pytest.raises(KeyError):
        CATALOGUE["no.such"]


def test_each_title_is_of_an_entry() -> None:
    assert set(titles()) <= set(CATALOGUE)

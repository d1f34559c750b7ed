"""reportfill explain: what a finding means."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from reportfill.catalogue import CATALOGUE


@pytest.mark.parametrize("code", CATALOGUE)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_code_is_explained(reportfill: Callable[..., Any], code: str, lang: str) -> None:
    run = reportfill("explain", code, "--lang", lang)
    entry = CATALOGUE[code]
    assert run.status == 0
    assert entry.in_example(entry.message, lang) in run.out
    assert entry.in_example(entry.hint, lang) in run.out
    assert entry.cause[lang] in run.out
    assert entry.cure[lang] in run.out
    assert entry.example in run.out
    assert entry.source in run.out


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_that_explains_shows_a_placeholder(reportfill: Callable[..., Any], lang: str) -> None:
    shown = [
        reportfill("explain", *code, "--lang", lang).out for code in ((), *((code,) for code in CATALOGUE))
    ]
    assert [braced for out in shown if (braced := re.findall(r"\{[^\"}]*\}", out))] == []


def test_without_a_code_all_are_listed(reportfill: Callable[..., Any]) -> None:
    out = reportfill("explain").out
    assert all(code in out for code in CATALOGUE)


def test_a_code_that_is_misspelt_is_refused_with_what_may_have_been_meant(
    reportfill: Callable[..., Any],
) -> None:
    run = reportfill("explain", "cell.blnk")
    assert run.status == 2
    assert "cell.blank" in run.err

"""The kinds of output are found by their names and by the names of their files."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportfill.errors import UsageError
from reportfill.outputs.kind import KINDS, OutputKind, kind_of_suffix, kinds_named, suffix_of_ending
from reportfill.text import Text


def test_names_may_stand_in_one_text_and_count_once() -> None:
    (kind,) = kinds_named(["docx,DOCX", " docx "])
    assert kind.name == "docx"


@pytest.mark.parametrize(
    "named", ["docx,html", "docx，html", "docx、html", "docx; html", "docx；html", "docx html"]
)
def test_names_are_told_apart_by_whatever_people_put_between_them(named: str) -> None:
    assert [kind.name for kind in kinds_named([named])] == ["docx", "html"]


def test_a_name_that_is_none_is_refused_with_the_nearest_and_with_all() -> None:
    with pytest.raises(UsageError) as caught:
        kinds_named(["docx,docs"])
    assert "did you mean docx" in caught.value.english
    assert "没有“docs”这种输出格式，是否为docx" in caught.value.chinese
    assert all(name in caught.value.english for name in KINDS)


@pytest.mark.parametrize("named", [[], [""], [","], [" ，"]])
def test_no_name_at_all_is_refused(named: list[str]) -> None:
    with pytest.raises(UsageError, match="say what is to be made"):
        kinds_named(named)


def test_a_kind_that_needs_what_is_not_installed_says_how_to_install_it() -> None:
    kind = OutputKind("x", Text("某种", "something"), "no:no", (".x",), module="no_such_module", extra="xs")
    with pytest.raises(UsageError) as caught:
        kind.require()
    assert caught.value.english == 'for something, run: python -m pip install "reportfill[xs]"'
    assert caught.value.chinese == '输出某种，请先运行：python -m pip install "reportfill[xs]"'


def test_a_file_is_of_the_kind_that_has_its_suffix() -> None:
    kind = kind_of_suffix(Path("a/报告.DOCX"))
    assert kind is not None
    assert kind.name == "docx"
    assert kind_of_suffix(Path("a/报告.txt")) is None
    assert kind_of_suffix(Path("a/docx")) is None


def test_no_two_kinds_give_files_of_one_name() -> None:
    endings = [ending for kind in KINDS.values() for ending in kind.endings]
    assert len(set(endings)) == len(endings)
    assert all(suffix_of_ending(ending).startswith(".") for ending in endings)

"""Shares, and what grew or fell since last year, in the words that reports have for it."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from pack.small_pack import DATA, LINES, small_pack

from reportfill import Pack, PackError, Submission, check, load_pack, render
from reportfill.model.kinds.blank_figure import BLANK_FIGURE
from reportfill.pack.check import pack_problems
from reportfill.report.comparing import difference, growth, share_of

PRINTED = (
    "{{ visits.sites | 百分比(visits.total) }}；{{ visits.total | 增减(last.visits.total, '次') }}；"
    "{{ visits.total | 增幅(last.visits.total) }}",
    "{% if last %}上年{{ last.visits.total }}次{% else %}没有上年数据{% endif %}",
)


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (5, 6, "83.3%"),
        (1, 3, "33.3%"),
        (1, 1, "100%"),
        (0, 6, "0%"),
        (0, 0, "—"),
        (Decimal("0.5"), 8, "6.3%"),
    ],
)
def test_a_share_is_told_in_per_cent(part: Any, whole: Any, said: str) -> None:
    assert share_of(part, whole) == said


def test_a_share_has_the_decimals_that_are_asked_for() -> None:
    assert (share_of(1, 3, 2), share_of(2, 3, 0)) == ("33.33%", "67%")


@pytest.mark.parametrize(
    ("now", "before", "differs", "grows"),
    [
        (13, 12, "增加1件", "增长8.3%"),
        (9, 12, "减少3件", "下降25%"),
        (12, 12, "持平", "持平"),
        (0, 0, "持平", "持平"),
        (3, 0, "增加3件", "—"),
        (0, 3, "减少3件", "下降100%"),
        (Decimal("1.5"), Decimal("1.2"), "增加0.3件", "增长25%"),
        (5, BLANK_FIGURE, "", ""),
    ],
)
def test_what_changed_is_told_in_words(now: Any, before: Any, differs: str, grows: str) -> None:
    assert (difference(now, before, "件"), growth(now, before)) == (differs, grows)


def test_what_is_no_figure_is_not_compared() -> None:
    with pytest.raises(PackError):
        difference("五", 3)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small pack, which prints figures of last year."""
    return small_pack(
        tmp_path / "last", report=lambda document: [document.add_paragraph(line) for line in PRINTED]
    )


@pytest.fixture
def pack(folder: Path) -> Pack:
    """That pack, loaded."""
    return load_pack(folder)


def printed(pack: Pack, last: Any) -> list[str]:
    """What the lines of the test become beside that last year."""
    submission = Submission.from_data(pack, DATA)
    assert [f for f in check(submission, last) if f.severity.value == "error"] == []
    report = docx.Document(BytesIO(render(submission, last)))
    return [one.text for one in report.paragraphs][len(LINES) - 1 :]


def test_the_pack_is_sound_and_says_which_figures_it_prints(folder: Path, pack: Pack) -> None:
    assert pack_problems(folder) == []
    assert pack.last_printed == ("visits.total",)


def test_last_years_figures_are_printed_where_they_are_known(pack: Pack) -> None:
    last = DATA | {"year": 2024, "visits": {"sites": 2, "shops": 2, "total": 4}}
    assert printed(pack, last) == ["33.3%；减少1次；下降25%", "上年4次"]
    assert printed(pack, Submission.from_data(pack, last)) == ["33.3%；减少1次；下降25%", "上年4次"]


def test_where_last_year_is_not_known_nothing_is_said_of_it(pack: Pack) -> None:
    assert printed(pack, None) == ["33.3%；；", "没有上年数据"]


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("{{ last.visits.totel }}", "no field visits.totel"),
        ("{% for p in last.text %}{{ p }}{% endfor %}", "of last year only figures are known"),
    ],
)
def test_what_is_not_known_of_last_year_is_named(tmp_path: Path, tag: str, said: str) -> None:
    made = small_pack(tmp_path / "odd", report=lambda document: document.add_paragraph(tag))
    assert any(said in problem.message for problem in pack_problems(made))


def test_no_field_is_called_as_last_year_is(tmp_path: Path) -> None:
    made = small_pack(
        tmp_path / "named",
        schema=lambda described: described["properties"].update(last={"title": "Last", "type": "integer"}),
    )
    assert any("what tags call the year before" in problem.message for problem in pack_problems(made))

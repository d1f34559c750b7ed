"""reportfill campaign links: what is said of links that are given, stay, or are withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from campaign.office import AGENCIES, campaign_in

URL = "https://tb.example.cn"


@pytest.fixture
def place(tmp_path: Path) -> str:
    """The folder of a campaign in which nothing came in."""
    return str(campaign_in(tmp_path / "2023").root)


def test_links_are_given_once_said_to_be_secrets_and_renewed(
    place: str, reportfill: Callable[..., tuple[int, str, str]]
) -> None:
    given = ("campaign", "links", place, "--url", URL, "--jobs", "1", "--lang", "zh")
    status, out, _ = reportfill(*given, "02", "--until", "2030-02-10", "--by", "王芳")
    assert status == 0
    for said in (
        "links.xlsx",
        "链接.txt",
        "二维码.docx",
        "已开通链接1个，有效期至2030-02-10",
        "链接等同于密码",
    ):
        assert said in out
    status, out, _ = reportfill(*given)
    assert f"已开通链接{len(AGENCIES) - 1}个" in out
    assert "已有链接的1个单位没有改动" in out
    status, out, _ = reportfill(*given, "--renew")
    assert f"已开通链接{len(AGENCIES)}个" in out
    _, out, _ = reportfill("campaign", "log", place, "--of", "02", "--lang", "zh")
    assert [line.split()[2:4] for line in out.splitlines() if "链接" in line] == [
        ["开通链接", "清河县档案馆"]
    ] * 2


def test_links_are_withdrawn(place: str, reportfill: Callable[..., tuple[int, str, str]]) -> None:
    withdraw = ("campaign", "links", place, "--withdraw", "--lang", "zh")
    assert "没有链接" in reportfill(*withdraw, "02")[1]
    reportfill("campaign", "links", place, "--url", URL, "--jobs", "1")
    assert "已停用链接（1个）：清河县档案馆" in reportfill(*withdraw, "02")[1]
    assert "已停用链接（3个）" in reportfill(*withdraw, "--under", "01")[1]


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ((), "请写明网页的地址"),
        (("--withdraw",), "请写明单位"),
        (("--withdraw", "02", "--renew"), "不能与"),
        (("--url", "tb.example.cn"), "不是网页地址"),
        (("--url", URL, "--until", "2001-01-01"), "早于报告年度"),
        (("--url", URL, "没有的单位"), "名册中没有"),
    ],
)
def test_what_cannot_be_is_refused_in_a_line(
    place: str, reportfill: Callable[..., tuple[int, str, str]], options: tuple[str, ...], why: str
) -> None:
    status, _, err = reportfill("campaign", "links", place, *options, "--lang", "zh")
    assert (status, why in err) == (2, True), err

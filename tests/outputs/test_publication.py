"""What [publish] says of a website: taken as it is, or refused in one line with all that is wrong."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportfill.errors import UsageError
from reportfill.outputs.publication import PRESCRIBED, Publication, publication_of

SOUND = {
    "SiteName": "卫辉市人民政府",
    "SiteDomain": "www.weihui.gov.cn",
    "SiteIDCode": "4107810001",
    "ColumnName": "政府信息公开年报",
    "ColumnDescription": "本市各单位的政府信息公开工作年度报告",
    "ColumnKeywords": "信息公开,年报",
    "ColumnType": "信息公开年报",
    "PubDate": "2024-01-20 09:30",
    "Author": "办公室",
    "Image": "https://www.weihui.gov.cn/nb/2023.png",
    "Url": "https://www.weihui.gov.cn/nb/",
}


def refused(**said: Any) -> UsageError:
    """Why a table is refused."""
    with pytest.raises(UsageError) as caught:
        publication_of(said, "campaign.toml")
    assert "\n" not in str(caught.value) + caught.value.chinese
    return caught.value


def test_a_sound_table_is_taken_as_it_is() -> None:
    publication = publication_of(SOUND, "campaign.toml")
    assert publication.missing == ()
    assert publication.tags == {tag: value for tag, value in SOUND.items() if tag != "Url"}


def test_of_an_empty_table_nothing_is_known_and_nothing_made_up() -> None:
    publication = publication_of({}, "campaign.toml")
    assert publication == Publication()
    assert publication.tags == {}
    assert publication.missing == PRESCRIBED


def test_a_page_lies_below_the_address_of_the_folder() -> None:
    publication = publication_of(SOUND, "campaign.toml")
    assert publication.at("信访局/1.html").tags["Url"] == (
        "https://www.weihui.gov.cn/nb/%E4%BF%A1%E8%AE%BF%E5%B1%80/1.html"
    )
    alone = publication_of({"Url": "https://www.weihui.gov.cn/1.html"}, "campaign.toml")
    assert alone.at("x") == alone
    assert Publication().at("x") == Publication()


@pytest.mark.parametrize(
    ("said", "english", "chinese"),
    [
        ({"sitename": "x"}, "there is no sitename; write SiteName", "没有“sitename”这一项，应为SiteName"),
        ({"SiteIdCode": "1"}, "write SiteIDCode", "应为SiteIDCode"),
        ({"column_type": "x"}, "write ColumnType", "应为ColumnType"),
        ({"电话": "1"}, "there are SiteName, SiteDomain", "可用的有SiteName、SiteDomain"),
        ({"SiteDomain": "http://www.x.gov.cn/a"}, "write it alone, such as www.x.gov.cn", "只写域名，例如www.x.gov.cn"),
        ({"SiteDomain": "某市政府"}, "is no domain", "不是域名"),
        ({"SiteIDCode": "123"}, "has 10 characters", "不是10位的网站标识码"),
        ({"SiteIDCode": 4107810001}, "SiteIDCode is a text", "SiteIDCode的值应放在英文双引号里"),
        ({"PubDate": "2024-01-20"}, "by the 24-hour clock", "24小时制"),
        ({"PubDate": "2024-1-20 09:30"}, "by the 24-hour clock", "24小时制"),
        ({"PubDate": "2024-01-20 24:30"}, "by the 24-hour clock", "24小时制"),
        ({"ColumnType": "政府信息公开年报"}, "write 信息公开年报", "应为信息公开年报"),
        ({"SiteName": "甲\x07乙"}, "holds a control character", "含有看不见的控制字符"),
        ({"Url": "www.x.gov.cn/1.html"}, "is no address", "不是以https://或http://开头的网址"),
        ({"Image": "javascript:alert(1)"}, "is no address", "不是以https://或http://开头的网址"),
        ({"Url": "http://[x"}, "is no address", "不是以https://或http://开头的网址"),
    ],
)  # fmt: skip
def test_each_mistake_says_what_is_right(said: dict[str, Any], english: str, chinese: str) -> None:
    error = refused(**said)
    assert english in error.english
    assert error.english.startswith("campaign.toml [publish]: ")
    assert chinese in error.chinese


def test_all_mistakes_are_said_at_once() -> None:
    error = refused(SiteIDCode="1", SiteDomain="https://x", PubDate="x", Nonsense=3)
    keys = ("SiteIDCode", "SiteDomain", "PubDate", "Nonsense")
    assert all(key in error.english and key in error.chinese for key in keys)


def test_a_type_of_columns_that_is_far_from_all_known_ones_is_taken() -> None:
    assert publication_of({"ColumnType": "工作动态"}, "x").column_type == "工作动态"


KEYS = st.sampled_from([*SOUND]) | st.text(max_size=5)
VALUES = st.text(max_size=30) | st.integers() | st.none()


def outcome(said: dict[str, Any]) -> Publication | UsageError:
    """What comes of a table."""
    try:
        return publication_of(said, "x.toml")
    except UsageError as error:
        return error


@given(said=st.dictionaries(KEYS, VALUES))
def test_whatever_stands_there_is_taken_or_refused_in_one_line(said: dict[str, Any]) -> None:
    made = outcome(said)
    if isinstance(made, UsageError):
        assert len((made.english + made.chinese).splitlines()) == 1
    else:
        assert set(made.tags) <= set(SOUND)

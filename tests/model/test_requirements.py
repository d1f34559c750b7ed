"""What is asked of a value, and values themselves, in words: never as Python spells them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from places import PACK_FOLDER

from reportfill import PackError
from reportfill.campaign.folder.settings import read_settings
from reportfill.errors import CampaignError
from reportfill.model.requirements import one_of, requirement, value_in_words
from reportfill.pack.manifest import read_manifest
from reportfill.text import Text

MANIFEST = (PACK_FOLDER / "pack.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (None, "空值", "nothing"),
        (True, "真", "true"),
        (Decimal("7730.2800"), "7730.28", "7730.28"),
        (10.5, "10.5", "10.5"),
        ("甲局", "“甲局”", '"甲局"'),
        ("长" * 60, f"“{'长' * 39}…”", f'"{"长" * 39}…"'),
        ({"a": None}, "一组数据", "a group of values"),
        ([None, True], "列表（2项）", "a list of 2 entries"),
    ],
)
def test_a_value_is_spelled_for_people(value: Any, zh: str, en: str) -> None:
    assert value_in_words(value) == Text(zh, en)


def test_values_to_choose_from_are_listed_as_people_do_and_not_without_end() -> None:
    assert one_of(["甲"]).zh == "“甲”"
    assert one_of(["甲", "乙", "丙"]) == Text("“甲”“乙”或“丙”", '"甲", "乙" or "丙"')
    assert one_of(range(31)) == Text(
        "0、1、2、3、4、5、6、7等31项之一", "0, 1, 2, 3, 4, 5, 6, 7, … (one of 31)"
    )


@pytest.mark.parametrize(
    ("keyword", "asked", "zh"),
    [
        ("type", ["integer", "null"], "应当是整数或空值"),
        ("multipleOf", Decimal("0.01"), "最多2位小数"),
        ("multipleOf", Decimal("0.05"), "必须是0.05的倍数"),
        ("maxItems", 3, "最多3项"),
        ("exclusiveMinimum", 0, "必须大于0"),
    ],
)
def test_a_demand_is_said_in_words(keyword: str, asked: Any, zh: str) -> None:
    assert requirement(keyword, asked, {}).zh == zh


@pytest.mark.parametrize(
    ("line", "other", "english", "chinese"),
    [
        ('language = "zh"', 'language = "fr"', 'must be "zh" or "en"', "只能是“zh”或“en”"),
        ('version = "1.0.0"', "version = true", "must be a text; is true", "应当是文字，现在是真"),
        (
            'series = "annual-report"',
            'series = "年报"',
            "prescribed form (a-z 0-9 -)",
            "规定的格式（a-z 0-9 -）",
        ),
        ("first = 2021", "first = [1, 2]", "must be a whole number", "应当是整数，现在是列表（2项）"),
        (
            'title = "政府信息公开工作年度报告"',
            'titel = "年报"',
            '"titel" is not known',
            "没有“titel”这样的项",
        ),
    ],
)
def test_a_wrong_pack_toml_is_told_without_python(line: str, other: str, english: str, chinese: str) -> None:
    assert line in MANIFEST
    with pytest.raises(PackError) as refused:
        read_manifest(MANIFEST.replace(line, other).encode())
    told = refused.value.english.replace(", and is", "; is") + refused.value.chinese
    assert english in told
    assert chinese in told
    assert not any(python in told for python in ("True", "None", "['", "{'", "[1"))


def test_a_wrong_campaign_toml_is_told_without_python() -> None:
    with pytest.raises(CampaignError) as refused:
        read_settings('pack = "annual-report-2021"\nyear = [1]\nissuer = "某办"\n')
    assert refused.value.chinese == "设置文件campaign.toml有误：year：应当是整数，现在是列表（1项）"
    with pytest.raises(CampaignError) as refused:
        read_settings('pack = "annual-report-2021"\nissuer = "某办"\n')
    assert refused.value.chinese == "设置文件campaign.toml有误：缺少“year”"

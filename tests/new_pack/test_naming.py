"""The names of fields: the words of their labels, as a tag can have them."""

from __future__ import annotations

import pytest

from reportfill.new_pack.naming import field_name
from reportfill.pack.tags import is_field_name


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("一、本年新收政府信息公开申请数量", "本年新收政府信息公开申请数量"),
        ("罚没金额（万元）", "罚没金额"),
        ("第二十条第（一）项", "第一项"),
        ("公开情况（已公开/校内公开/不涉及）", "公开情况"),
        ("2023年", "项2023年"),
        ("本年增/减", "本年增减"),
        ("……", "栏目3"),
        ("year", "项year"),
        ("主体类别", "主体类别"),
        ("是否建立安全生产责任制并且每年至少组织一次演练", "是否建立安全生产责任制并且每年至"),
    ],
)
def test_a_name_is_made_of_the_words_of_a_label(label: str, name: str) -> None:
    assert field_name(label, 3) == name
    assert is_field_name(name)

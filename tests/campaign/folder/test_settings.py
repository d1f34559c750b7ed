"""campaign.toml is written and read, and a broken one is refused in one line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from reportfill.campaign.folder.settings import Settings, read_settings, settings_text
from reportfill.errors import CampaignError


def test_what_is_written_is_read() -> None:
    settings = Settings(
        "annual-report-2021", 2025, "“卫辉市”人民政府办公室", date(2026, 1, 20), date(2026, 3, 1)
    )
    assert read_settings(settings_text(settings)) == settings
    more = replace(
        settings,
        workbook_name="{单位编码}-{简称}",
        report_name="{单位名称}{年度}年报",
        through=2,
        ledger="postgresql+psycopg://ledger",
        is_protected=True,
    )
    assert read_settings(settings_text(more)) == more


def test_the_deadlines_are_those_of_the_regulation_unless_others_are_given() -> None:
    settings = read_settings('pack = "annual-report-2021"\nyear = 2025\nissuer = "办公室"')
    assert settings == Settings("annual-report-2021", 2025, "办公室", date(2026, 1, 31), date(2026, 3, 31))


@pytest.mark.parametrize(
    "text",
    [
        "pack = ",
        'pack = "a"\nyear = 2025',
        'pack = "a"\nyear = "2025"\nissuer = "b"',
        'pack = "a"\nyear = 2025\nissuer = "b"\nother = 1',
        'pack = "a"\nyear = 2025\nissuer = "b"\n[deadlines]\nagency = "明天"',
        'pack = "a"\nyear = 2025\nissuer = "b"\n[naming]\nreport = "{机关}"',
        'pack = "a"\nyear = 2025\nissuer = "b"\n[naming]\nreport = "{单位名称"',
    ],
)
def test_a_broken_one_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(CampaignError) as error:
        read_settings(text)
    assert str(error.value).startswith("campaign.toml: ")
    assert "\n" not in str(error.value).strip()


def test_what_is_written_for_any_pack_speaks_of_no_annual_report() -> None:
    assert "年报" not in settings_text(Settings("assets", 2025, "清河县人民政府", None, None))


@pytest.mark.parametrize("repeated", ["[publish]\n[publish]", "[publish]\nUrl = 1\nUrl = 2"])
def test_what_stands_twice_is_said_to(repeated: str) -> None:
    with pytest.raises(CampaignError) as caught:
        read_settings(f'pack = "a"\nyear = 2025\nissuer = "b"\n{repeated}')
    assert "与前面重复" in caught.value.chinese

"""Copies that sync clients make of a conflict are named, and other files are not taken for them."""

from __future__ import annotations

from pathlib import Path

import pytest
from campaign.office import AGENCIES, campaign_in, completed, drop, taken

from reportfill import Pack
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.checked_journal import checked_journal
from reportfill.campaign.records.conflict_copies import conflict_copies


@pytest.fixture
def campaign(tmp_path: Path, pack: Pack) -> CampaignFolder:
    folder = campaign_in(tmp_path / "2023")
    drop(folder, "1.xlsx", completed(pack, AGENCIES[1]))
    taken(folder)
    return folder


@pytest.mark.parametrize(
    "copy",
    [
        "log/000001-DESKTOP-AB12CD3.csv",
        "log/000001 (1).csv",
        "log/000001_conflict-20260120-101500.csv",
        "log/000002（冲突，王芳，2026-01-20）.csv",
        "log/000001-qhbxkwzm-DESKTOP-AB12CD3.csv",
        "log/000001-qhbxkwzm (1).csv",
        "log/000001-qhbxkwzm - 副本.csv",
        "log/000001-qhbxkwzm-Wangfang-PC.csv",
        "log/000001-qhbxkwzm 2.csv",
        "log/000001-qhbxkwzm-王芳的MacBook Pro.csv",
        "log/000001-qhbxkwzm（王芳）.csv",
        "log/1000001-qhbxkwzm (1).csv",
        "campaign-PC-07.toml",
        "campaign-Wangfang-PC.toml",
        "campaign 2.toml",
        "roster - 複製.xlsx",
        "roster (王芳 的衝突複本 2026-01-20).xlsx",
        "roster (Konflikt 2026-01-20).xlsx",
        "campaign (1).toml",
        "roster - 副本.xlsx",
        "roster (王芳's conflicted copy 2026-01-20).xlsx",
        "封存清单-PC-07.json",
    ],
)
def test_such_a_copy_is_named_where_the_record_is_looked_at(campaign: CampaignFolder, copy: str) -> None:
    (campaign.root / copy).write_bytes(b"1")
    assert [(found.code, found.value) for found in checked_journal(campaign).damage] == [
        ("journal.conflict_copy", copy)
    ]


@pytest.mark.parametrize(
    "other",
    [
        "log/说明.txt",
        "log/000001-备注.csv",
        "log/202401汇总.csv",
        "roster-2024.xlsx",
        "roster-A.xlsx",
        "roster-2024-OLD.xlsx",
        "roster (2023).xlsx",
        "roster-副本说明.xlsx",
        "roster_copyright.xlsx",
        "roster（电脑导出）.xlsx",
        "roster备份.xlsx",
        "campaign.toml.bak",
        "notes (1).txt",
    ],
)
def test_other_files_are_none(campaign: CampaignFolder, other: str) -> None:
    (campaign.root / other).write_bytes(b"1")
    assert list(conflict_copies(campaign.store)) == []

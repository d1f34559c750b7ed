"""What campaign.toml wants of each report beside Word lies beside it, as long as the report counts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from campaign.office import AGENCIES, NOW, campaign_in, completed, drop, standing, taken, want
from held import Held
from lxml import html

from reportfill import Campaign, Pack
from reportfill.campaign.folder.parts import SETTINGS
from reportfill.campaign.operations.catching_up import Turns
from reportfill.campaign.operations.report_outputs import write_report_outputs
from reportfill.campaign.operations.review import review
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.errors import CampaignError
from reportfill.office.libreoffice.office import Office
from reportfill.workers import ProcessWorkers

LICENSING = "proactive.licensing.decisions"


def made(campaign: CampaignFolder) -> list[str]:
    """The outputs that are there beside Word."""
    files = (file.path for file in campaign.store.files("reports"))
    return sorted(path for path in files if not path.endswith(".docx"))


@pytest.fixture
def campaign(tmp_path: Path, pack: Pack) -> CampaignFolder:
    """A campaign that wants CSV too, in which one agency handed in a sound workbook."""
    folder = campaign_in(tmp_path / "2023")
    want(folder, "docx", "csv")
    drop(folder, "1.xlsx", completed(pack, AGENCIES[1]))
    taken(folder)
    return folder


def output_of(campaign: CampaignFolder, ending: str = ".csv") -> str:
    """Where an output of the agency's report goes."""
    return standing(campaign, "02").report.removesuffix(".docx") + ending


def test_they_lie_beside_the_report_under_its_name(campaign: CampaignFolder) -> None:
    assert made(campaign) == [output_of(campaign)]
    assert "清河县档案馆" in campaign.store.read(output_of(campaign)).decode("utf-8-sig")


def test_a_new_version_makes_them_anew_and_a_run_without_news_leaves_them(
    campaign: CampaignFolder, pack: Pack
) -> None:
    before = campaign.store.read(output_of(campaign))
    stamps = {file.path: file.stamp for file in campaign.store.files()}
    taken(campaign)
    written = [file for file in campaign.store.files("reports") if stamps.get(file.path) != file.stamp]
    assert written == []
    drop(campaign, "2.xlsx", completed(pack, AGENCIES[1], {LICENSING: 12}))
    taken(campaign)
    assert made(campaign) == [output_of(campaign)]
    assert campaign.store.read(output_of(campaign)) != before


def test_those_of_a_report_that_is_sent_back_go(campaign: CampaignFolder) -> None:
    review(campaign, "02", is_accepted=False, remark="请补充", by="王芳", now=NOW)
    taken(campaign)
    assert output_of(campaign, ".pdf") not in made(campaign)


def test_other_kinds_are_made_of_all_when_they_are_asked_for(campaign: CampaignFolder) -> None:
    want(campaign, "docx", "json")
    taken(campaign)
    assert made(campaign) == [output_of(campaign, "（数据）.json")]
    want(campaign, "docx")
    taken(campaign)
    assert output_of(campaign, ".pdf") not in made(campaign)


def test_one_that_was_lost_is_made_again(campaign: CampaignFolder) -> None:
    campaign.store.remove(output_of(campaign))
    taken(campaign)
    assert made(campaign) == [output_of(campaign)]


def test_what_somebody_has_put_in_its_place_is_kept(campaign: CampaignFolder, pack: Pack) -> None:
    campaign.store.write(output_of(campaign), b"typed by hand")
    drop(campaign, "2.xlsx", completed(pack, AGENCIES[1], {LICENSING: 12}))
    taken(campaign)
    kept = [path for path in made(campaign) if "/旧版/" in path]
    assert [campaign.store.read(path) for path in kept] == [b"typed by hand"]
    assert output_of(campaign) in made(campaign)


def test_one_that_is_open_elsewhere_is_told_and_made_by_the_next_run(
    campaign: CampaignFolder, pack: Pack, held: Held
) -> None:
    before = campaign.store.read(output_of(campaign))
    drop(campaign, "2.xlsx", completed(pack, AGENCIES[1], {LICENSING: 12}))
    held.hold(output_of(campaign))
    taken(campaign)
    held.let_go()
    assert [found.code for found in campaign.recorded] == ["campaign.file_held"]
    assert standing(campaign, "02").versions == 2
    taken(campaign)
    assert campaign.store.read(output_of(campaign)) != before
    assert made(campaign) == [output_of(campaign)]


def test_a_kind_that_is_none_is_refused_in_one_line(campaign: CampaignFolder) -> None:
    want(campaign, "docs")
    with pytest.raises(CampaignError, match=r"campaign\.toml: outputs\.kinds"):
        taken(campaign)


def test_pages_are_made_too_and_what_stands_in_is_said(campaign: CampaignFolder) -> None:
    want(campaign, "docx", "pdf")
    taken(campaign)
    assert made(campaign) == [output_of(campaign, ".pdf")]
    assert campaign.store.read(output_of(campaign, ".pdf")).startswith(b"%PDF")
    assert {found.code for found in campaign.recorded} <= {"document.stood_in"}


def test_as_many_libreoffices_may_work_as_processes_were_asked_for(
    campaign: CampaignFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever says --jobs 1 may have memory for one alone."""
    begin, asked = Office.__init__, []

    def noted(office: Office, processes: int, *more: Any) -> None:
        asked.append(processes)
        begin(office, processes, *more)

    monkeypatch.setattr(Office, "__init__", noted)
    want(campaign, "docx", "pdf")
    for jobs in (1, 2):
        write_outputs_by(campaign, ProcessWorkers(jobs))
    assert asked == [1, 2]


def test_pages_are_set_in_the_typefaces_that_were_asked_for(
    campaign: CampaignFolder, tmp_path: Path, stand_ins: Path
) -> None:
    want(campaign, "docx", "pdf")
    Campaign(campaign, only_prescribed_fonts=True).collect()
    assert any("方正小标宋简体" in one.message.zh for one in campaign.recorded)
    assert output_of(campaign, ".pdf") not in made(campaign)
    campaign.recorded.clear()
    Campaign(campaign, fonts=tmp_path).collect()
    assert any("没有字体文件" in one.message.zh for one in campaign.recorded)
    Campaign(campaign).collect()
    assert made(campaign) == [output_of(campaign, ".pdf")]


def write_outputs_by(campaign: CampaignFolder, workers: ProcessWorkers) -> None:
    """Have the outputs made by some workers."""
    write_report_outputs(campaign, Turns(campaign), workers)


def test_a_page_says_of_the_website_what_the_campaign_says_else_the_users_settings(
    campaign: CampaignFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "reportfill.toml"
    settings.write_text('[publish]\nSiteName = "用户网站"\n', "utf-8")
    monkeypatch.setattr("reportfill.user_settings.settings_file", lambda: settings)
    monkeypatch.setattr("reportfill.outputs.publication.settings_file", lambda: settings)
    want(campaign, "docx", "html")
    taken(campaign)
    assert site_name(campaign) == "用户网站"
    said = campaign.store.read(SETTINGS) + '[publish]\nSiteName = "本级网站"\n'.encode()
    campaign.store.write(SETTINGS, said)
    taken(campaign)
    assert site_name(campaign) == "本级网站"


def site_name(campaign: CampaignFolder) -> str:
    """The site that the page of the agency's report names."""
    page = html.fromstring(campaign.store.read(output_of(campaign, ".html")))
    return str(page.xpath('string(//meta[@name="SiteName"]/@content)'))


def test_without_the_program_for_a_kind_all_else_is_done_and_what_to_install_is_said(
    campaign: CampaignFolder, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    want(campaign, "docx", "pdf")
    drop(campaign, "2.xlsx", completed(pack, AGENCIES[2]))
    monkeypatch.setenv("PATH", "")
    (one,) = taken(campaign)
    assert one.version is not None
    (found,) = campaign.recorded
    assert found.code == "campaign.file_held"
    assert "LibreOffice" in found.message.zh

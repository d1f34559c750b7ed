"""The notice says what the campaign is about, prints in Word, and a template edited amiss is told in one line."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pdfplumber
import pytest
from campaign.office import AGENCIES, ISSUER, settings_for
from places import PACK_FOLDER
from word import lines_of

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.folder.settings import Contact, Settings
from reportfill.campaign.sending.letter_tags import letter_tags_of
from reportfill.campaign.sending.notice import notice
from reportfill.campaign.sending.templates import letter_template, neutral_template
from reportfill.errors import CampaignError
from reportfill.office.package import composed, parts_of
from reportfill.pack.discovery import manifest_of
from tools.make_notice import NOTICES, notice_docx

PACK = "annual-report-2021"
BEGINNING = letter_template(PACK, "notice.docx")
"""The template with which a campaign of the pack begins."""

DAY = date(2023, 12, 5)


def printed(
    template: bytes | None = None,
    agencies: tuple[Agency, ...] = AGENCIES,
    most_named: int = 100,
    settings: Settings | None = None,
) -> bytes:
    """The notice of the year 2023."""
    facts = letter_tags_of(settings or settings_for(), manifest_of(PACK))
    return notice(BEGINNING if template is None else template, facts, DAY, agencies, most_named=most_named)


def text_of(docx: bytes) -> str:
    """All that a notice says."""
    return "\n".join(lines_of(docx))


def edited(old: str, new: str, template: bytes | None = None) -> bytes:
    """The template with something in it changed."""
    parts = parts_of(template or BEGINNING)
    document = parts["word/document.xml"].decode()
    assert old in document
    return composed(parts | {"word/document.xml": document.replace(old, new, 1).encode()})


@pytest.mark.parametrize("place", NOTICES, ids=lambda place: "/".join(place.parts[-2:]))
def test_what_is_in_git_is_what_the_script_writes(place: Path) -> None:
    assert place.read_bytes() == notice_docx(NOTICES[place]), "run: python -m tools.make_notice"


def test_a_campaign_begins_with_the_notice_of_its_pack() -> None:
    assert (PACK_FOLDER / "notice.docx").read_bytes() == BEGINNING


def test_it_says_who_has_to_do_what_until_when_and_on_what_ground() -> None:
    lines = lines_of(printed())
    text = "\n".join(lines)
    assert lines[0] == f"{ISSUER}关于做好2023年政府信息公开工作年度报告编制工作的通知"
    assert "根据《中华人民共和国政府信息公开条例》（国务院令第711号）第四十九条、第五十条和" in text
    assert "附件所列4个单位均应编制年度报告，统计期限为2023年1月1日至12月31日。" in text
    assert "请各单位于2024年1月31日前将填报表原文件发送" in text
    assert "按照《中华人民共和国政府信息公开条例》（国务院令第711号）第四十九条、第五十条的规定" in text
    assert "本级政府年度报告将于2024年3月31日前公布。" in text
    assert lines[lines.index("2023年12月5日") - 1 :][:2] == [ISSUER, "2023年12月5日"]


def test_nothing_of_the_template_is_left() -> None:
    text = text_of(printed())
    assert "{" not in text
    assert "模板" not in text


def test_the_agencies_stand_below_their_superiors() -> None:
    lines = lines_of(printed())
    assert lines[lines.index("单位编码\t单位名称") + 1 : -1] == [
        "无上级单位（1个）",
        f"01\t{ISSUER}",
        f"{ISSUER}（3个）",
        "02\t清河县档案馆",
        "03\t清河县民政局",
        "04\t清河县信访局",
    ]


def test_a_roster_without_superiors_is_one_list() -> None:
    agencies = (Agency("1", "清河县档案馆"), Agency("2", "清河县民政局"))
    lines = lines_of(printed(agencies=agencies))
    assert lines[lines.index("单位编码\t单位名称") + 1 : -1] == ["1\t清河县档案馆", "2\t清河县民政局"]


def test_where_they_are_too_many_it_says_only_how_many_there_are() -> None:
    lines = lines_of(printed(most_named=3))
    assert lines[lines.index("上级单位\t报送单位数（个）") + 1 : -1] == [
        "无上级单位\t1",
        f"{ISSUER}\t3",
        "合计\t4",
    ]


def test_a_superior_outside_the_roster_goes_by_its_code() -> None:
    agency = Agency("02", "清河县档案馆", superior="410000")
    assert "410000\t1" in lines_of(printed(agencies=(agency,), most_named=0))


def test_a_name_is_printed_as_it_is() -> None:
    hostile = (Agency("1", "R&D <局> {{ issuer }} {% for %}"),)
    assert "1\tR&D <局> {{ issuer }} {% for %}" in lines_of(printed(agencies=hostile))


def test_the_same_facts_are_the_same_bytes() -> None:
    assert printed() == printed()


def test_what_the_office_writes_into_the_template_is_printed() -> None:
    template = edited("各有关单位：", "各乡镇人民政府，{{ issuer }}各科室：")
    assert f"各乡镇人民政府，{ISSUER}各科室：" in lines_of(printed(template))


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ("{{ day }}", "{{ date }}", "没有内容可以填入标签“date”"),
        ("{{ day }}", "{{ groups[0].name }}", "没有内容可以填入标签“name”"),
        ("{{ day }}", "{{ day", "标签写得不对"),
        ("{%p endif %}", "", "标签写得不对"),
        ("{{ day }}", "{{ day.__class__ }}", "含有不允许的标签"),
        ("{{ day }}", "{{ year / 0 }}", "标签算不出来"),
        ("</w:body>", "", "不是能读取的Word文件"),
    ],
)
def test_a_template_edited_amiss_is_told_in_one_line(old: str, new: str, cause: str) -> None:
    template = edited(old, new)
    with pytest.raises(CampaignError) as caught:
        printed(template)
    for said in (caught.value.english, caught.value.chinese):
        assert said.startswith("通知模板.docx")
        assert "\n" not in said
    assert cause in caught.value.chinese


def test_a_condition_that_ends_within_a_table_is_told() -> None:
    begun = edited("各有关单位：", "各有关单位：{% if not year %}")
    template = edited("单位编码", "{% endif %}单位编码", begun)
    with pytest.raises(CampaignError) as caught:
        printed(template)
    assert "开头和结尾不在同一段" in caught.value.chinese


@pytest.mark.parametrize("content", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\3\4"])
def test_what_is_no_word_file_is_told(content: bytes) -> None:
    with pytest.raises(CampaignError, match="is no Word file that can be read"):
        printed(content)


def test_it_opens_in_word_and_the_date_stands_on_the_page_of_the_text(
    tmp_path: Path,
    convert: Callable[[Path, str], Path],
    ooxml_problems: Callable[[Path], list[str]],
) -> None:
    target = tmp_path / "通知.docx"
    target.write_bytes(printed())
    assert ooxml_problems(target) == []
    for place in NOTICES:
        assert ooxml_problems(place) == []
    with pdfplumber.open(convert(target, "pdf")) as pages:
        texts = [page.extract_text().replace(" ", "") for page in pages.pages]
        assert (round(pages.pages[0].width), round(pages.pages[0].height)) == (595, 842)
    assert len(texts) == 3
    assert "附件：2023年" in texts[1]
    assert "2023年12月5日" in texts[1]
    assert texts[2].startswith("附件")


def test_it_says_whom_to_ask_or_leaves_room_to_write_it() -> None:
    contact = Contact("王芳", "0319-1234567", "wf@example.org")
    named = replace(settings_for(), contact=contact)
    assert "联系人：王芳；联系电话：0319-1234567；电子邮箱：wf@example.org。" in text_of(
        printed(settings=named)
    )
    assert "联系人：　　　　　；联系电话：　　　　　；电子邮箱：　　　　　。" in text_of(printed())


def test_a_pack_without_a_notice_gets_one_that_cites_no_law_and_no_day() -> None:
    manifest = replace(manifest_of(PACK), title="固定资产统计年报", legal_basis=())
    settings = Settings("assets", 2023, ISSUER, None, None)
    text = text_of(notice(neutral_template("zh", "notice.docx"), letter_tags_of(settings, manifest), DAY, []))
    assert "现就做好2023年固定资产统计年报填报工作有关事项通知如下" in text
    for foreign in ("条例", "政府信息公开", "第四十九条", "1月31日", "3月31日", "12月31日", "公布", "{"):
        assert foreign not in text
    founded = replace(manifest, legal_basis=("《中华人民共和国统计法》",))
    text = text_of(notice(neutral_template("zh", "notice.docx"), letter_tags_of(settings, founded), DAY, []))
    assert "根据《中华人民共和国统计法》，现就" in text


def test_a_copied_notice_cites_what_its_own_pack_rests_on() -> None:
    manifest = replace(manifest_of(PACK), title="固定资产统计年报", legal_basis=("《中华人民共和国统计法》",))
    text = text_of(notice(BEGINNING, letter_tags_of(settings_for(), manifest), DAY, []))
    assert "按照《中华人民共和国统计法》的规定" in text
    assert "政府信息公开" not in text


def test_a_pack_in_english_gets_one_in_english() -> None:
    manifest = replace(manifest_of(PACK), title="Visit report", language="en", legal_basis=())
    settings = Settings("visits", 2023, "Office A", date(2024, 1, 20), None, contact=Contact("Ann"))
    template, facts = neutral_template("en", "notice.docx"), letter_tags_of(settings, manifest)
    text = text_of(notice(template, facts, DAY, AGENCIES[:1]))
    assert "Notice on Visit report 2023" in text
    assert "by 20 January 2024." in text
    assert "Contact: Ann; telephone:" in text
    assert "5 December 2023" in text
    assert not re.search("[\u4e00-\u9fff]", text.replace(ISSUER, ""))

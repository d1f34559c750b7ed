"""The notice says what the campaign is about, prints in Word, and a template edited amiss is told in one line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pdfplumber
import pytest
from campaign.office import AGENCIES, ISSUER
from word import lines_of

from reportfill import Pack
from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.sending.notice import NoticeFacts, groups_of, notice, notice_template
from reportfill.errors import CampaignError
from reportfill.ooxml.package import composed, parts_of
from tools.make_notice import NOTICE, notice_docx


def facts(pack: Pack, agencies: tuple[Agency, ...] = AGENCIES, most_named: int = 100) -> NoticeFacts:
    """What the notice of the year 2023 says."""
    return NoticeFacts(
        ISSUER,
        2023,
        pack.manifest.title,
        pack.manifest.legal_basis,
        date(2024, 1, 31),
        date(2024, 3, 31),
        date(2023, 12, 5),
        groups_of(agencies, most_named),
    )


def edited(old: str, new: str, template: bytes | None = None) -> bytes:
    """The template with something in it changed."""
    parts = parts_of(template or notice_template())
    document = parts["word/document.xml"].decode()
    assert old in document
    return composed(parts | {"word/document.xml": document.replace(old, new, 1).encode()})


def test_what_is_in_git_is_what_the_script_writes() -> None:
    assert NOTICE.read_bytes() == notice_docx(), "run: python -m tools.make_notice"
    assert notice_template() == NOTICE.read_bytes()


def test_it_says_who_has_to_do_what_until_when_and_on_what_ground(pack: Pack) -> None:
    lines = lines_of(notice(notice_template(), facts(pack)))
    text = "\n".join(lines)
    assert lines[0] == f"{ISSUER}关于做好2023年政府信息公开工作年度报告编制工作的通知"
    assert "根据《中华人民共和国政府信息公开条例》（国务院令第711号）第四十九条、第五十条、" in text
    assert "附件所列4个单位均应编制年度报告，统计时限为2023年1月1日至12月31日。" in text
    assert "请各单位于2024年1月31日前将填报表原文件发送" in text
    assert "本级政府年度报告将于2024年3月31日前公布。" in text
    assert lines[lines.index("2023年12月5日") - 1 :][:2] == [ISSUER, "2023年12月5日"]


def test_nothing_of_the_template_is_left(pack: Pack) -> None:
    text = "\n".join(lines_of(notice(notice_template(), facts(pack))))
    assert "{" not in text
    assert "模板" not in text


def test_the_agencies_stand_below_their_superiors(pack: Pack) -> None:
    lines = lines_of(notice(notice_template(), facts(pack)))
    assert lines[lines.index("单位编码\t单位名称") + 1 : -1] == [
        "未列上级单位（1个）",
        f"01\t{ISSUER}",
        f"{ISSUER}（3个）",
        "02\t清河县档案馆",
        "03\t清河县民政局",
        "04\t清河县信访局",
    ]


def test_a_roster_without_superiors_is_one_list(pack: Pack) -> None:
    agencies = (Agency("1", "清河县档案馆"), Agency("2", "清河县民政局"))
    lines = lines_of(notice(notice_template(), facts(pack, agencies)))
    assert lines[lines.index("单位编码\t单位名称") + 1 : -1] == ["1\t清河县档案馆", "2\t清河县民政局"]


def test_where_they_are_too_many_it_says_only_how_many_there_are(pack: Pack) -> None:
    lines = lines_of(notice(notice_template(), facts(pack, most_named=3)))
    assert lines[lines.index("上级单位\t报送单位数（个）") + 1 : -1] == [
        "未列上级单位\t1",
        f"{ISSUER}\t3",
        "合计\t4",
    ]


def test_a_superior_outside_the_roster_goes_by_its_code() -> None:
    (group,) = groups_of([Agency("02", "清河县档案馆", superior="410000")])
    assert group.superior == "410000"


def test_a_name_is_printed_as_it_is(pack: Pack) -> None:
    hostile = (Agency("1", "R&D <局> {{ issuer }} {% for %}"),)
    assert "1\tR&D <局> {{ issuer }} {% for %}" in lines_of(notice(notice_template(), facts(pack, hostile)))


def test_the_same_facts_are_the_same_bytes(pack: Pack) -> None:
    assert notice(notice_template(), facts(pack)) == notice(notice_template(), facts(pack))


def test_what_the_office_writes_into_the_template_is_printed(pack: Pack) -> None:
    template = edited("各有关单位：", "各乡镇人民政府，{{ issuer }}各科室：")
    assert f"各乡镇人民政府，{ISSUER}各科室：" in lines_of(notice(template, facts(pack)))


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
def test_a_template_edited_amiss_is_told_in_one_line(pack: Pack, old: str, new: str, cause: str) -> None:
    template = edited(old, new)
    with pytest.raises(CampaignError) as caught:
        notice(template, facts(pack))
    for said in (caught.value.english, caught.value.chinese):
        assert said.startswith("通知模板.docx")
        assert "\n" not in said
    assert cause in caught.value.chinese


def test_a_condition_that_ends_within_a_table_is_told(pack: Pack) -> None:
    begun = edited("各有关单位：", "各有关单位：{% if not year %}")
    template = edited("单位编码", "{% endif %}单位编码", begun)
    with pytest.raises(CampaignError) as caught:
        notice(template, facts(pack))
    assert "开头和结尾不在同一段" in caught.value.chinese


@pytest.mark.parametrize("content", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\3\4"])
def test_what_is_no_word_file_is_told(pack: Pack, content: bytes) -> None:
    with pytest.raises(CampaignError, match="is no Word file that can be read"):
        notice(content, facts(pack))


def test_it_opens_in_word_and_the_date_stands_on_the_page_of_the_text(
    pack: Pack,
    tmp_path: Path,
    convert: Callable[[Path, str], Path],
    ooxml_problems: Callable[[Path], list[str]],
) -> None:
    printed = tmp_path / "通知.docx"
    printed.write_bytes(notice(notice_template(), facts(pack)))
    assert ooxml_problems(printed) == []
    assert ooxml_problems(NOTICE) == []
    with pdfplumber.open(convert(printed, "pdf")) as pages:
        texts = [page.extract_text().replace(" ", "") for page in pages.pages]
        assert (round(pages.pages[0].width), round(pages.pages[0].height)) == (595, 842)
    assert len(texts) == 3
    assert "附件：2023年" in texts[1]
    assert "2023年12月5日" in texts[1]
    assert texts[2].startswith("附件")

"""The form says until when it is to be sent back and whom to ask, and nothing else about it changes."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from places import SAMPLES

from reportfill import Pack, check, new_workbook, read_workbook
from reportfill.pack.tags import is_filled, is_note
from tools.make_cases.moving import opened

GUIDE, HAND_IN, STEP = "填报说明", "B21", "B9"


def texts(workbook: bytes) -> tuple[str, str]:
    """What the instructions say of the deadline and of whom to ask."""
    sheet = opened(workbook)[GUIDE]
    return str(sheet[HAND_IN].value), str(sheet[STEP].value)


def test_a_workbook_of_a_campaign_says_its_deadline_and_contact(pack: Pack) -> None:
    content = new_workbook(
        pack, year=2025, agency="甲局", deadline="2026年1月20日", contact="市政府办（王芳）"
    )
    hand_in, step = texts(content)
    assert hand_in.startswith("请在2026年1月20日前报送")
    assert "有误的，请与市政府办（王芳）联系。" in step


def test_one_of_no_campaign_names_no_day(pack: Pack) -> None:
    hand_in, step = texts(new_workbook(pack, year=2025))
    assert hand_in.startswith("请在规定的日期前报送")
    assert "请与主管部门联系" in step
    english = replace(pack, manifest=replace(pack.manifest, language="en"))
    assert "请在the day named by the office in charge前" in texts(new_workbook(english, year=2025))[0]


def test_a_long_contact_has_room(pack: Pack) -> None:
    contact = (
        "清河县人民政府办公室（王芳，电话0319-1234567转8021，邮箱xinxigongkai@qinghe.example.gov.cn）" * 2
    )
    sheet = opened(new_workbook(pack, year=2025, contact=contact))[GUIDE]
    assert sheet.row_dimensions[9].height > sheet.row_dimensions[10].height


def test_what_tells_workbooks_apart_does_not_depend_on_it(pack: Pack) -> None:
    one, other = (new_workbook(pack, year=2025, agency="甲局", deadline=day) for day in ("1月5日", "1月6日"))
    assert read_workbook(one).workbook == read_workbook(other).workbook


def test_a_workbook_of_before_is_read_as_before_also_where_its_instructions_moved() -> None:
    content = (SAMPLES / "weihui-xinfang-2023.xlsx").read_bytes()
    book = opened(content)
    book[GUIDE].unmerge_cells("B21:C21")
    book[GUIDE].insert_rows(8)
    saved = BytesIO()
    book.save(saved)
    codes = {found.code for found in check(read_workbook(saved.getvalue()))}
    assert "cell.outside" not in codes
    assert "text.outside" not in codes


def test_notes_are_told_from_other_texts() -> None:
    assert is_note("请在{{ form.deadline }}前交回")
    assert not is_note("请在前交回")
    assert not is_note("{{ agency.name }}请在{{ form.deadline }}前交回")
    assert is_filled("请在1月31日前交回", "请在{{ form.deadline }}前交回")
    assert not is_filled("请在1月31日交回", "请在{{ form.deadline }}前交回")
    assert is_filled("至5日，问王芳。", "至{{ form.deadline }}，问{{ form.contact }}。")
    assert not is_filled("前交回", "前{{ form.deadline }}前交回")

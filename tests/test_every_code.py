"""Every code of the catalogue comes out of something: of a case under tests/cases/, which test_cases.py reads, or of
what is made for it here. Whoever adds a code adds a case, or a line to one of these tables."""

from __future__ import annotations

import builtins
import json
import shutil
import tomllib
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from builders import LONG_ENOUGH, figures_only
from campaign.findings_made import IN_FILES, IN_ITS_OWN_WAY, OF_NOBODY, findings_in, why_of_nobody
from campaign.office import AGENCIES, NOW, campaign_in, drop, standing, taken, use_roster
from campaign.prepared import prepared
from excel import typed
from excel_95 import saved_by_excel_95
from excel_binary import xlsb
from openpyxl import Workbook
from pack.row_pack import row_pack
from pack.small_pack import small_pack
from pictures import declared_png, png, with_pictures
from places import PACK_FOLDER, ROOT, SAMPLES
from printing import a_report
from word_links import linking_to

from reportfill import Campaign, Finding, Pack, Submission, check, load_pack, new_workbook, read_workbook
from reportfill.campaign.agencies import roster_rows
from reportfill.campaign.agencies.agency import Agency, Holder
from reportfill.campaign.agencies.holder_matching import match_holders
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.agencies.roster_file import read_roster
from reportfill.campaign.aggregation.rolled_others import OthersBeingRolledUp
from reportfill.campaign.comparison.agency_matching import match_agencies, possible_renames
from reportfill.campaign.operations import review as reviewing
from reportfill.campaign.operations.distribute import distribute
from reportfill.campaign.operations.findings import identity_findings
from reportfill.campaign.operations.review import review
from reportfill.campaign.records.checked_journal import checked_journal
from reportfill.campaign.records.journal import read_journal, table_names, table_path
from reportfill.campaign.records.share_lock import LOCK, noticed
from reportfill.catalogue import CATALOGUE
from reportfill.intake.data import read_data
from reportfill.model.figures import with_values
from reportfill.office.encryption import locked_with
from reportfill.office.libreoffice.setup import ended_at, no_stand_ins
from reportfill.office.libreoffice.word_file import NotConvertedError, word_file
from reportfill.office.package import composed, parts_of
from reportfill.office.pictures import LARGEST_PICTURE
from reportfill.outputs.page_making import stood_in
from reportfill.pack.pack import pack_from, read_parts
from reportfill.pack.scaffold import copy_pack
from reportfill.processing import Job, process

WEIHUI = SAMPLES / "weihui-xinfang-2023.xlsx"
IN_CASES = frozenset(
    found["code"]
    for path in (ROOT / "tests" / "cases").glob("*/case.toml")
    for case in [tomllib.loads(path.read_text("utf-8"))]
    if "known_fault" not in case
    for found in (*case.get("findings", ()), *case.get("checks", ()))
)

OVERSIGHT, REQUESTS = "overview.oversight", "overview.disclosure_on_request"
IN_DATA: dict[str, Mapping[str, Any]] = {
    "cell.too_fine": {"proactive.fees.amount": Decimal("1e-400")},
    "schema.unknown": {"proactive.rulez": 1},
    "schema.type": {"proactive.rules.issued": [12]},
    "schema.invalid": {"year": 1999},
    "history.unknown": {},
    "mention.differs": {REQUESTS: ["共收到政府信息公开申请3件。"]},
    "mention.missing": {"other_matters": ["本年度没有其他需要报告的事项，特此说明。"]},
    "text.short": {OVERSIGHT: ["工作正常开展。"]},
    "text.heading": {OVERSIGHT: ["（五）监督保障", LONG_ENOUGH]},
    "text.year": {OVERSIGHT: ["2022 年，严格落实信息公开审核制度，内容真实有效。"]},
    "text.number_missing": {REQUESTS: ["受理公开申请件，已全部答复。"]},
    "text.number_split": {REQUESTS: ["收到公开申请1 2件。"]},
    "text.other_agency": {OVERSIGHT: ["2023年，新安县水利局严格落实信息公开审核制度。"]},
    "text.repeated": {OVERSIGHT: [LONG_ENOUGH, LONG_ENOUGH]},
    "privacy.identity_card": {OVERSIGHT: [f"{LONG_ENOUGH}联系方式：11010519491231002X。"]},
    "privacy.mobile_number": {OVERSIGHT: [f"{LONG_ENOUGH}联系方式：13800138000。"]},
    "privacy.bank_card": {OVERSIGHT: [f"{LONG_ENOUGH}联系方式：4111 1111 1111 1111。"]},
}
"""What is in a report, which is sound otherwise."""

BESIDE_LAST_YEAR: dict[str, tuple[Mapping[str, Any], Mapping[str, Any]]] = {
    "history.unequal": ({}, {"requests.carried_forward.natural_person": 3}),
    "history.doubtful": ({"proactive.licensing.decisions": 1000}, {"proactive.licensing.decisions": 1}),
}
"""What is in a report, and what was in last year's."""

JSON: dict[str, bytes] = {
    "file.json": b"[1]",
    "schema.missing": b"{}",
    "schema.twice": b'{"year": 2023, "year": 2024}',
    "schema.no_pack_for_year": b'{"year": 1999}',
}

SLOW = {
    "title": "前言",
    "type": "array",
    "items": {"type": "string", "maxLength": 5000, "pattern": "^(公|公开|开)+$"},
}
"""Paragraphs of a form over which one may sit for ever."""

PACKS: dict[str, tuple[Callable[[dict[str, Any]], object], Mapping[str, Any]]] = {
    "schema.needed": (
        lambda schema: schema["properties"]["agency"].update(dependentRequired={"name": ["code"]}),
        {},
    ),
    "schema.given_up": (
        lambda schema: schema["properties"].update(preamble=SLOW),
        {"preamble": ["公开" * 500 + "。"]},
    ),
}
"""What is changed in the schema of the annual report, and what is in a report."""


def csv_of(*rows: str, heading: str = "单位编码,单位名称,上级单位编码,级次,邮箱,不汇总") -> bytes:
    """A roster with these rows."""
    return "\r\n".join((heading, *rows)).encode()


def with_merged_superiors() -> bytes:
    """A roster in which two agencies share the cell of their superior."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (("单位编码", "单位名称", "上级单位编码"), ("1", "甲"), ("2", "乙", "1"), ("3", "丙")):
        sheet.append(row)
    sheet.merge_cells("C3:C4")
    target = BytesIO()
    book.save(target)
    return target.getvalue()


CHANGES = "单位编码,单位名称,上级单位编码,变动"
ROSTERS: dict[str, bytes] = {
    "roster.unreadable": b"%PDF-1.7",
    "roster.no_heading": csv_of("1,甲", heading="代码,部门"),
    "roster.heading_twice": csv_of("1,甲,乙", heading="单位编码,单位名称,单位名称"),
    "roster.empty": csv_of(),
    "roster.nobody": csv_of("1,甲,,撤销", heading=CHANGES),
    "roster.too_many": csv_of(*(f"{n},第{n}局,,,," for n in range(3))),
    "roster.quotes": '单位编码,单位名称\n1,"甲\n'.encode(),
    "roster.merged": with_merged_superiors(),
    "roster.code_missing": csv_of(",甲,,,,"),
    "roster.code_spoiled": csv_of("4.10781E+17,甲,,,,"),
    "roster.too_long": csv_of(f"1,{'甲' * 61},,,,"),
    "roster.code_twice": csv_of("1,甲,,,,", "1,乙,,,,"),
    "roster.name_missing": csv_of("1,,,,,"),
    "roster.name_twice": csv_of("1,甲,,,,", "2,甲,,,,"),
    "roster.similar_name": csv_of("1,清河县信访局,,,,", "2,清河县信访办,,,,"),
    "roster.superior_unknown": csv_of("1,甲,9,,,"),
    "roster.ring": csv_of("1,甲,1,,,"),
    "roster.level": csv_of("1,甲,,县级,,"),
    "roster.flag": csv_of("1,甲,,,,待定"),
    "roster.change": csv_of("1,甲,,并入", heading=CHANGES),
    "roster.successor": csv_of("1,甲,,并入9", heading=CHANGES),
    "roster.superior_closed": csv_of("1,甲,,撤销", "2,乙,1,", heading=CHANGES),
    "roster.email": csv_of("1,甲,,,a.gov.cn,"),
}

FIRST = Holder("001", "甲局")
HOLDERS: dict[str, tuple[Agency, Holder]] = {
    "agency.renamed": (Agency("001", "新局"), FIRST),
    "agency.code_changed": (Agency("002", "甲局"), FIRST),
    "agency.code_without_zeros": (Agency("1", "甲局"), FIRST),
    "agency.former_name": (Agency("101", "甲委员会", former_name="甲局"), FIRST),
    "agency.left": (Agency("101", "甲委员会"), FIRST),
}
"""Who is in a roster, and of whom something is recorded."""

Made = Callable[[Pack, Path, pytest.MonkeyPatch], Iterable[Finding]]


def _encrypted_untried(pack: Pack, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterable[Finding]:
    """Without the library that the extra `password` installs."""
    whole, locked = builtins.__import__, locked_with("2025", WEIHUI.read_bytes())

    def without_library(name: str, *arguments: Any) -> Any:
        if name.partition(".")[0] == "msoffcrypto":
            raise ImportError(name)
        return whole(name, *arguments)

    monkeypatch.setattr(builtins, "__import__", without_library)
    return read_workbook(locked).findings


def _pack_broken(pack: Pack, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterable[Finding]:
    copy_pack(PACK_FOLDER, folder / "templates" / "other", "other")
    (folder / "templates" / "other" / "schema.json").write_bytes(b"{")
    monkeypatch.chdir(folder)
    return read_workbook(typed(WEIHUI.read_bytes(), {"_reportfill!B1": "other"})).findings


def _pack_chosen(pack: Pack, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterable[Finding]:
    other = Path(shutil.copytree(PACK_FOLDER, folder / "templates" / "other"))
    told = (other / "pack.toml").read_text("utf-8").replace("annual-report", "other")
    (other / "pack.toml").write_text(told, encoding="utf-8")
    monkeypatch.chdir(folder)
    return read_data((ROOT / "tests" / "data" / "weihui-2023.json").read_bytes()).findings


def _other_form(pack: Pack, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterable[Finding]:
    workbook = typed(WEIHUI.read_bytes(), {"表二!A12": "行政处罚类"})
    return process(workbook, Job(pack, handed_out=workbook)).findings


def _journal_damaged(pack: Pack, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterable[Finding]:
    campaign = campaign_in(folder / "2023")
    drop(campaign, "1.xlsx", prepared(AGENCIES[1], 1))
    taken(campaign)
    (path,) = map(table_path, table_names(campaign.store))
    campaign.store.write(path, b"")
    return read_journal(campaign.store).damage


def _conflict_copy(pack: Pack, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterable[Finding]:
    campaign = campaign_in(folder / "2023")
    campaign.store.write("log/000001-PC-07.csv", b"")
    return checked_journal(campaign).damage


def _worked_on_elsewhere(pack: Pack, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterable[Finding]:
    said: list[Finding] = []
    hold = {"computer": "PC-07", "user": "王芳", "process": 1, "token": "1"}
    (folder / LOCK).write_text(json.dumps(hold), "utf-8")
    with noticed(folder, said):
        return said


def _extension_doubtful(pack: Pack, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterable[Finding]:
    campaign = campaign_in(folder / "2023")
    Campaign(campaign).extend("02", until="2024-02-10")
    use_roster(campaign, (AGENCIES[0], AGENCIES[1]._replace(name="清河县档案局")))
    return identity_findings(campaign)


def _link_doubtful(pack: Pack, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterable[Finding]:
    campaign = campaign_in(folder / "2023")
    Campaign(campaign).give_links("02")
    use_roster(campaign, (AGENCIES[0], AGENCIES[1]._replace(name="清河县档案局")))
    return identity_findings(campaign)


def _long_path(pack: Pack, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterable[Finding]:
    campaign = campaign_in(folder / ("文件夹" * 20) / ("年报工作" * 15) / "2023")
    return distribute(campaign).findings


def _journal_lost(pack: Pack, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterable[Finding]:
    campaign = campaign_in(folder / "2023")
    drop(campaign, "1.xlsx", prepared(AGENCIES[1], 1))
    taken(campaign)
    (path,) = map(table_path, table_names(campaign.store))
    campaign.store.remove(path)
    return checked_journal(campaign).damage


def _other_name(pack: Pack, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterable[Finding]:
    campaign = campaign_in(folder / "2023")
    (sent,) = (made.path for made in distribute(campaign).workbooks if made.agency == AGENCIES[1])
    drop(campaign, "1.xlsx", campaign.store.read(sent))
    renamed = AGENCIES[1]._replace(name="清河县档案局", former_name=AGENCIES[1].name)
    use_roster(campaign, (AGENCIES[0], renamed))
    taken(campaign)
    return standing(campaign, renamed.code).findings


def _sent_back(pack: Pack, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterable[Finding]:
    """What stands in the workbook that is returned."""
    campaign = campaign_in(folder / "2023")
    drop(campaign, "1.xlsx", prepared(AGENCIES[1], 1))
    taken(campaign)
    said: list[Finding] = []

    def listened(content: bytes, job: Job) -> Any:
        processed = process(content, job)
        said.extend(processed.findings)
        return processed

    monkeypatch.setattr(reviewing, "process", listened)
    review(campaign, "02", is_accepted=False, remark="请补充", by="王芳", now=NOW + timedelta(days=1))
    return said


def _code_doubtful(pack: Pack, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterable[Finding]:
    roster = Roster((Agency("003", "甲局"), Agency("001", "新局")))
    return match_holders(roster, [FIRST]).findings()


def _of_kind(node: dict[str, Any], value: Any, year: int = 2025) -> Made:
    """What a pack with a field of that kind says of a value of it."""

    def schema(described: dict[str, Any]) -> None:
        described["properties"]["it"] = {"title": "栏目", **node}
        described["required"].append("it")

    def made(pack: Pack, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterable[Finding]:
        own = load_pack(small_pack(folder / "kind", schema=schema))
        return check(Submission.from_data(own, {"year": year, "it": value}))

    return made


def _filled_rows(cells: dict[str, Any]) -> Iterable[Finding]:
    """What is said of a workbook with rows into which that was typed."""
    with TemporaryDirectory() as folder:
        pack = load_pack(row_pack(Path(folder) / "rows"))
    return check(
        read_workbook(
            typed(new_workbook(pack, year=2025), {f"Form!{at}": v for at, v in cells.items()}), pack
        )
    )


DAY = {"type": "string", "format": "date", "earliest": "year-01-01", "latest": "year-12-31"}
PICTURE = {"type": "string", "format": "picture"}


def _base64(content: bytes) -> str:
    return b64encode(content).decode()


def _several_pictures(pack: Pack, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterable[Finding]:
    def schema(described: dict[str, Any]) -> None:
        described["properties"]["it"] = {"title": "栏目", **PICTURE}

    def intake(book: Workbook) -> None:
        book["Form"].append(("栏目", "{{ it }}"))

    own = load_pack(small_pack(folder / "pictures", schema=schema, intake=intake))
    blank = new_workbook(own, agency="甲局", year=2025)
    return read_workbook(with_pictures(blank, "Form", [("B8", png()), ("B8", png())]), own).findings


LISTED = {"type": "array", "uniqueItems": True, "items": {"type": "string", "enum": ["甲", "乙"]}}
ROWS = {
    "type": "array",
    "unique_by": ["/name"],
    "sorted_by": ["/name"],
    "items": {"type": "object", "properties": {"name": {"type": "string"}}},
}


def _rolled_up(word: Any, times: int = 1) -> Made:
    """What is said of two reports rolled up, with so many rows each, of a pack that has this word for them."""

    def schema(root: dict[str, Any]) -> None:
        root["properties"]["units"]["rollup"] = word
        root["properties"]["grade"] = {"type": "string", "title": "等次", "enum": ["甲", "乙"]}

    def made(pack: Pack, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterable[Finding]:
        rolling = OthersBeingRolledUp(load_pack(row_pack(folder / "rows", schema=schema)), ["甲局", "乙局"])
        for kind, grade in (("office", "甲"), ("body", "乙")):
            rolling.take({"grade": grade, "units": [{"name": "甲", "kind": kind}] * times})
        return rolling.result(set()).findings

    return made


def _lacking(pack: Pack, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterable[Finding]:
    """Last year's report has one figure alone."""
    return check(
        Submission.from_data(pack, figures_only(pack, {})), {"proactive": {"rules": {"in_force": 0}}}
    )


def _document(content: Callable[[], bytes]) -> Made:
    """What is said of a file that is to become a PDF."""

    def made(pack: Pack, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterable[Finding]:
        try:
            return word_file(content()).findings
        except NotConvertedError as error:
            return [error.why]

    return made


MADE: dict[str, Made] = {
    "history.lacking": _lacking,
    "cell.not_chosen": _of_kind({"type": "boolean"}, None),
    "cell.not_listed": _of_kind({"type": "string", "enum": ["甲", "乙"]}, "丙"),
    "cell.not_an_address": _of_kind({"type": "string", "format": "uri"}, "信息公开网"),
    "rows.lacking": _of_kind({**ROWS, "prescribed": [{"name": "乙局"}]}, [{"name": "甲局"}]),
    "rollup.rows_left_out": _rolled_up("none"),
    "rollup.rows_differ": _rolled_up({"sum_by": ["/name"]}),
    "rollup.answers_differ": _rolled_up("join"),
    "rollup.too_many_rows": _rolled_up("join", 5_000),
    "rows.empty": _of_kind(ROWS, []),
    "rows.gap": lambda *_: _filled_rows({"B9": "甲局", "B11": "乙局"}),
    "rows.beyond": lambda *_: _filled_rows({"B9": "甲局", "B17": "乙局"}),
    "rows.total": lambda *_: _filled_rows({"B9": "甲局", "B10": "合计"}),
    "rows.twice": _of_kind(ROWS, [{"name": "甲局"}, {"name": "甲局"}]),
    "rows.unsorted": _of_kind(ROWS, [{"name": "b"}, {"name": "a"}]),
    "cell.chosen_twice": _of_kind(LISTED, ["甲", "乙", "甲"]),
    "cell.no_day": _of_kind(DAY, None),
    "cell.not_asked_for": _of_kind({"type": "integer", "applies_when": {"year": 2024}}, 5),
    "cell.not_a_day": _of_kind(DAY, "3/4/25"),
    "cell.day_as_number": _of_kind(DAY, 45000),
    "day.too_early": _of_kind(DAY, "2024-12-31"),
    "picture.missing": _of_kind(PICTURE, None),
    "picture.none": _of_kind(PICTURE, _base64(b"GIF89a")),
    "picture.too_large": _of_kind(PICTURE, _base64(bytes(LARGEST_PICTURE + 1))),
    "picture.too_many_pixels": _of_kind(PICTURE, _base64(declared_png(60_000, 60_000))),
    "picture.not_here": _of_kind(PICTURE, "seal.png"),
    "picture.several": _several_pictures,
    "day.too_late": _of_kind(DAY, "2026年1月1日"),
    "file.encrypted_untried": _encrypted_untried,
    "file.too_large": lambda *_: read_workbook(b"PK\x03\x04" + bytes(21 << 20)).findings,
    "file.formats_unseen": lambda *_: (
        read_roster(
            xlsb({"名册": {(0, 0): "单位编码", (0, 1): "单位名称", (1, 0): 123.0, (1, 1): "甲局"}}), "a.xlsb"
        ).findings
    ),
    "workbook.other_pack": lambda pack, *_: (
        read_workbook(WEIHUI, replace(pack, manifest=replace(pack.manifest, id="other"))).findings
    ),
    "workbook.pack_not_found": lambda *_: (
        read_workbook(typed(WEIHUI.read_bytes(), {"_reportfill!B1": "none"})).findings
    ),
    "workbook.pack_broken": _pack_broken,
    "workbook.other_form": _other_form,
    "cell.blank_as_zero": lambda *_: (
        read_workbook(typed(WEIHUI.read_bytes(), {"表二!B9": None}), blank_as_zero=True).findings
    ),
    "cell.text_cut": lambda *_: read_workbook(saved_by_excel_95(WEIHUI.read_bytes())).findings,
    "schema.pack_chosen": _pack_chosen,
    "agency.code_doubtful": _code_doubtful,
    "agency.extension_doubtful": _extension_doubtful,
    "agency.link_doubtful": _link_doubtful,
    "agency.unlisted": lambda *_: match_holders(Roster(()), [], [FIRST]).findings(),
    "agency.other_last_year": lambda *_: possible_renames(
        match_agencies([Agency("03", "清河县水务局")], [Agency("03", "清河县水利局")])
    ),
    "document.not_word": _document(lambda: "报告".encode()),
    "document.encrypted": _document(lambda: locked_with("secret", a_report())),
    "document.damaged": _document(lambda: a_report()[:-400]),
    "document.unsafe": _document(
        lambda: composed(parts_of(a_report()) | {"word/a.bin": bytes(100 << 20)}, level=9)
    ),
    "document.outside": _document(lambda: linking_to("https://www.example.gov.cn/a.png")),
    "document.faces_missing": lambda *_: [no_stand_ins(["方正小标宋简体"])],
    "document.stood_in": lambda *_: [stood_in({"楷体_GB2312": "AR PL UKai CN"})],
    "document.not_converted": lambda *_: [ended_at()],
    "campaign.long_path": _long_path,
    "journal.conflict_copy": _conflict_copy,
    "journal.damaged": _journal_damaged,
    "journal.lost": _journal_lost,
    "campaign.worked_on_elsewhere": _worked_on_elsewhere,
    "campaign.other_name": _other_name,
    "review.sent_back": _sent_back,
}
"""The rest, each in its own way."""

TABLES = (IN_DATA, BESIDE_LAST_YEAR, JSON, PACKS, ROSTERS, HOLDERS, IN_FILES, OF_NOBODY, IN_ITS_OWN_WAY, MADE)


def test_no_code_is_without_something_that_makes_it() -> None:
    assert set(CATALOGUE) == IN_CASES.union(*TABLES)


def codes(findings: Iterable[Finding]) -> set[str]:
    """Which codes there are."""
    return {found.code for found in findings}


@pytest.mark.parametrize("code", IN_DATA)
def test_a_report_makes_it(pack: Pack, code: str) -> None:
    assert code in codes(check(Submission.from_data(pack, figures_only(pack, IN_DATA[code]))))


@pytest.mark.parametrize("code", BESIDE_LAST_YEAR)
def test_a_report_beside_last_years_makes_it(pack: Pack, code: str) -> None:
    now, last = (figures_only(pack, figures) for figures in BESIDE_LAST_YEAR[code])
    assert code in codes(check(Submission.from_data(pack, now), last))


@pytest.mark.parametrize("code", JSON)
def test_data_of_another_system_make_it(code: str) -> None:
    assert code in codes(read_data(JSON[code]).findings)


@pytest.mark.parametrize("code", PACKS)
def test_a_report_makes_it_where_the_schema_asks_for_more(code: str) -> None:
    change, values = PACKS[code]
    parts = read_parts(PACK_FOLDER)
    schema = json.loads(parts["schema.json"])
    change(schema)
    pack = pack_from(parts | {"schema.json": json.dumps(schema).encode()})
    assert code in codes(check(Submission.from_data(pack, with_values(figures_only(pack, {}), values))))


@pytest.mark.parametrize("code", ROSTERS)
def test_a_roster_makes_it(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if code == "roster.too_many":
        monkeypatch.setattr(roster_rows, "MOST_AGENCIES", 2)
    assert code in codes(read_roster(ROSTERS[code], "roster").findings)


@pytest.mark.parametrize("code", HOLDERS)
def test_another_roster_makes_it(code: str) -> None:
    agency, recorded = HOLDERS[code]
    assert codes(match_holders(Roster((agency,)), [recorded]).findings()) == {code}


@pytest.mark.parametrize("code", IN_FILES)
def test_a_file_of_the_inbox_makes_it(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, content = IN_FILES[code]
    assert code in codes(findings_in(name, content(), monkeypatch))


@pytest.mark.parametrize("code", OF_NOBODY)
def test_a_file_that_is_nobodys_makes_it(code: str) -> None:
    assert codes(why_of_nobody(OF_NOBODY[code])) == {code}


@pytest.mark.parametrize("way", dict.fromkeys(IN_ITS_OWN_WAY.values()))
def test_a_campaign_makes_what_it_makes(
    way: Callable[[Path, pytest.MonkeyPatch], Iterable[Finding]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = {code for code, its_way in IN_ITS_OWN_WAY.items() if its_way is way}
    assert made <= codes(way(tmp_path, monkeypatch))


@pytest.mark.parametrize("code", MADE)
def test_it_is_made(code: str, pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert code in codes(MADE[code](pack, tmp_path, monkeypatch))

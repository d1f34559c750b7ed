"""A campaign of thirty made-up agencies in build/demo-campaign, from the notice to the roll-up.

usage: python -m tools.demo_campaign      (from the project's root)

Nine agencies are sound at the first try; nine have mistakes, and most of them correct these; some come late, in an
archive or attached to a mail; one sends last year's workbook, one is unknown, and some hand in nothing.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

from reportfill import load_pack, new_workbook
from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.roster_sheet import blank_roster
from reportfill.campaign.folder.parts import INBOX
from reportfill.campaign.folder.settings import Settings
from reportfill.campaign.operations.collect import collect
from reportfill.campaign.records.campaign_folder import (
    CampaignFolder,
    create_campaign_folder,
    open_campaign_folder,
)
from reportfill.campaign.sending.templates import letter_template
from reportfill.cli.main import status_of
from reportfill.model.figures import value_at, with_values

BASE = Path(__file__).resolve().parents[1]
BOTH = BASE / "build" / "demo-campaign"
ISSUER, YEAR = "清河县人民政府办公室", 2025
ROOT, LAST = BOTH / f"{YEAR}年报", BOTH / f"{YEAR - 1}年报"
_BUREAUS = [
    "发展和改革委员会",
    "教育局",
    "科学技术局",
    "工业和信息化局",
    "公安局",
    "民政局",
    "司法局",
    "财政局",
    "人力资源和社会保障局",
    "自然资源局",
    "生态环境局",
    "住房和城乡建设局",
    "交通运输局",
    "水利局",
    "农业农村局",
    "商务局",
    "文化和旅游局",
    "卫生健康委员会",
    "退役军人事务局",
    "应急管理局",
    "审计局",
    "市场监督管理局",
    "统计局",
    "医疗保障局",
    "信访局",
    "档案馆",
    "行政审批局",
    "城市管理局",
    "林业局",
]
AGENCIES = (
    Agency("130534", ISSUER, "县政府办"),
    *(
        Agency(
            f"130534-{number:02}",
            f"清河县{bureau}",
            bureau,
            "130534",
            2,
            email=f"nianbao{number:02}@example.cn",
        )
        for number, bureau in enumerate(_BUREAUS, 1)
    ),
)
_IN_FORCE = "proactive.normative_documents.in_force"
_CARRIED_FORWARD = "requests.carried_forward.natural_person"
_COUNTED = {"proactive.licensing.decisions": 3000, "proactive.penalties.decisions": 200}
_JUMPS = 0.06
_PARTS = {
    "overview.summary": "认真贯彻落实《中华人民共和国政府信息公开条例》，政府信息公开工作平稳有序。",
    "overview.proactive_disclosure": "通过政府网站和政务新媒体及时公开工作动态、财政预决算和重点领域信息。",
    "overview.disclosure_on_request": "进一步规范依申请公开的受理、审核和答复流程，按时答复每一件申请。",
    "overview.information_management": "严格执行信息发布保密审查制度，定期清理失效文件。",
    "overview.platform": "做好政府网站专栏的日常维护，保证栏目及时更新。",
    "overview.oversight": "明确分管领导和专职人员，全年组织业务培训两次。",
    "problems_and_improvements": "主动公开的内容还不够丰富，将加强培训，提高信息质量。",
    "other_matters": "本年度未收取信息处理费，没有其他需要报告的事项。",
}


def report_of(agency: Agency, random: Random, last: dict[str, Any] | None = None) -> dict[str, Any]:
    """A sound report of a made-up agency, which goes on from last year's where there is one."""
    pack = load_pack(YEAR)
    values: dict[str, Any] = {
        path: 0
        for path, field in pack.fields.items()
        if field.kind.is_number and path not in pack.rules.derived and path != "year"
    }
    before = {path: value_at(last or {}, path) or 0 for path in (*_COUNTED, _CARRIED_FORWARD, _IN_FORCE)}
    received, issued = random.randint(0, 40), random.randint(0, 9)
    carried_over, carried_forward = before[_CARRIED_FORWARD], random.randint(0, 2)
    received = max(received, carried_forward)
    denied = random.randint(0, (received - carried_forward) // 4)
    values |= {path: _near(before[path], most, random) for path, most in _COUNTED.items()}
    values |= {
        "proactive.normative_documents.issued": issued,
        _IN_FORCE: before[_IN_FORCE] + issued if last else random.randint(9, 60),
        "requests.received.natural_person": received,
        "requests.carried_over.natural_person": carried_over,
        _CARRIED_FORWARD: carried_forward,
        "requests.outcomes.granted.natural_person": received + carried_over - carried_forward - denied,
        "requests.outcomes.denied.third_party_rights.natural_person": denied,
    }
    values |= {path: [f"{agency.short_name}{text}"] for path, text in _PARTS.items()}
    return with_values({}, values)


def _near(before: int, most: int, random: Random) -> int:
    """A number near the year before's, now and then a jump; any where there was none."""
    if not before or random.random() < _JUMPS:
        return random.randint(0, most)
    return round(before * random.uniform(0.8, 1.25))


def handed_in(
    agency: Agency, data: dict[str, Any], changes: dict[str, Any] | None = None, year: int = YEAR
) -> bytes:
    """The workbook that an agency hands in, with some values other than they should be."""
    return new_workbook(
        load_pack(year),
        year=year,
        agency=agency.name,
        code=agency.code,
        data=with_values(data, changes or {}),
    )


def rounds(last: dict[str, dict[str, Any]]) -> Iterator[dict[str, bytes]]:
    """What comes in: at first, after the mistakes were sent back, and after the coordinator's remark."""
    random = Random(YEAR)
    reports = {agency.code: report_of(agency, random, last.get(agency.code)) for agency in AGENCIES}
    forgetful = AGENCIES[4].code
    in_force = value_at(reports[forgetful], _IN_FORCE)
    reports[forgetful] = with_values(reports[forgetful], {_IN_FORCE: in_force + 5})
    office, sound, faulty, late = AGENCIES[0], AGENCIES[1:10], AGENCIES[10:19], AGENCIES[19:26]
    first = {f"{agency.name}.xlsx": handed_in(agency, reports[agency.code]) for agency in sound}
    mistakes: list[dict[str, Any]] = [
        {"requests.received.natural_person": 99},
        {"overview.summary": []},
        {"proactive.licensing.decisions": -3},
        {"disputes.reconsideration.upheld": None},
        {"requests.carried_over.natural_person": 4},
    ] * 2
    first |= {
        f"{agency.short_name}-年报.xlsx": handed_in(agency, reports[agency.code], changes)
        for agency, changes in zip(faulty, mistakes, strict=False)
    }
    stranger = Agency("130599", "邻县档案馆", "邻县档案馆")
    first["发错的.xlsx"] = handed_in(stranger, report_of(stranger, random))
    first["去年的.xlsx"] = handed_in(late[0], reports[late[0].code], year=YEAR - 1)
    yield first
    second = {
        f"{agency.short_name}-改.xlsx": handed_in(agency, reports[agency.code]) for agency in faulty[:7]
    }
    second["补交/三个单位.zip"] = zipped(
        {f"{agency.name}.xlsx": handed_in(agency, reports[agency.code]) for agency in late[:3]}
    )
    second["补交/转发：年报.eml"] = mailed(late[3].name, handed_in(late[3], reports[late[3].code]))
    second |= {
        f"补交/{agency.name}.xlsx": handed_in(agency, reports[agency.code]) for agency in (office, *late[4:])
    }
    yield second
    longer = {"overview.platform": ["新建了政府信息公开专栏，整合了公开年报、公开指南和依申请公开的入口。"]}
    yield {f"{sound[0].name}（按意见修改）.xlsx": handed_in(sound[0], reports[sound[0].code], longer)}


def zipped(files: dict[str, bytes]) -> bytes:
    """An archive of these files."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def mailed(name: str, workbook: bytes) -> bytes:
    """A mail with a workbook attached."""
    mail = EmailMessage()
    mail["Subject"] = f"{name}年报"
    mail.set_content("填报表见附件，请查收。")
    mail.add_attachment(workbook, maintype="application", subtype="octet-stream", filename=f"{name}.xlsx")
    return mail.as_bytes()


def drop(campaign: CampaignFolder, files: dict[str, bytes]) -> None:
    """Put files into the inbox."""
    for name, content in files.items():
        campaign.store.write(f"{INBOX}/{name}", content)


def make_last_year() -> dict[str, dict[str, Any]]:
    """The campaign of the year before, in which two thirds of the agencies reported; their reports by code."""
    manifest = load_pack(YEAR - 1).manifest
    settings = Settings(manifest.id, YEAR - 1, ISSUER, *manifest.deadlines(YEAR - 1))
    folder = create_campaign_folder(
        LAST, settings, blank_roster(AGENCIES), letter_template(settings.pack, "notice.docx")
    )
    random = Random(YEAR - 1)
    reports = {agency.code: report_of(agency, random) for agency in AGENCIES[:20]}
    for agency in AGENCIES[:20]:
        drop(folder, {f"{agency.name}.xlsx": handed_in(agency, reports[agency.code], year=YEAR - 1)})
    for _ in collect(folder, datetime(YEAR, 1, 20, 9)):
        pass
    return reports


def main() -> None:
    """Run the campaign and say where to look."""
    shutil.rmtree(BOTH, ignore_errors=True)
    last = make_last_year()
    run("new", ROOT, "--year", str(YEAR), "--issuer", ISSUER)
    campaign = open_campaign_folder(ROOT)
    campaign.change_settings(_due_soon(campaign.settings()))
    campaign.store.write(campaign.roster_file, blank_roster(AGENCIES))
    run("distribute", ROOT, "--last", str(LAST), "--zip", "--mail")
    first, second, third = rounds(last)
    drop(campaign, first)
    run("collect", ROOT)
    run("status", ROOT, "--remind")
    drop(campaign, second)
    run("collect", ROOT)
    run("review", ROOT, AGENCIES[2].name, "--accept", "--by", "王芳")
    run("review", ROOT, AGENCIES[1].name, "--return", "公开平台建设部分过于简单，请补充", "--by", "王芳")
    drop(campaign, third)
    run("collect", ROOT)
    run("status", ROOT)
    run("rollup", ROOT)
    run("compare", ROOT, "--last", str(LAST))
    run("log", ROOT, "--of", AGENCIES[1].name)
    print("\n请看：")
    for name in ("status.html", "outgoing/通知.docx", "reminders", "returned", "reports", "rollup"):
        print(f"  {ROOT / name}")


def _due_soon(settings: Settings) -> Settings:
    """The settings with deadlines that lie ahead, whenever the demo is run."""
    today = date.today()
    return replace(
        settings, agency_deadline=today + timedelta(days=5), government_deadline=today + timedelta(days=64)
    )


def run(command: str, folder: Path, *options: str) -> None:
    """One command, as somebody would type it."""
    shown = " ".join(f'"{option}"' if "，" in option else option for option in options)
    print(f"\n$ reportfill campaign {command} {folder.relative_to(BASE)} {shown}", flush=True)
    status_of(["--lang", "zh", "campaign", command, str(folder), *options])


if __name__ == "__main__":
    main()

"""A campaign of thirty made-up agencies in build/demo-campaign, from the workbooks that go out to the sums.

usage: python -m tools.demo_campaign      (from the project's root)

Nine agencies are sound at the first try, nine have mistakes and correct most of them, some copy another's name, and
some hand in nothing.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from reportfill import load_pack, new_workbook
from reportfill.campaign.agency import Agency
from reportfill.campaign.folder import CampaignFolder, opened
from reportfill.campaign.roster_sheet import blank_roster
from reportfill.cli.main import status_of
from reportfill.pack.figures import with_values

ROOT = Path(__file__).resolve().parents[1] / "build" / "demo-campaign"
ISSUER, YEAR = "清河县人民政府办公室", 2025
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
        Agency(f"130534-{number:02}", f"清河县{bureau}", bureau, "130534", 2)
        for number, bureau in enumerate(_BUREAUS, 1)
    ),
)
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


def report_of(agency: Agency, random: Random) -> dict[str, Any]:
    """A sound report of a made-up agency."""
    pack = load_pack(YEAR)
    values: dict[str, Any] = {
        path: 0
        for path, field in pack.fields.items()
        if field.kind.is_number and path not in pack.rules.derived and path != "year"
    }
    received = random.randint(0, 40)
    denied = random.randint(0, received // 4)
    values |= {
        "proactive.normative_documents.issued": random.randint(0, 9),
        "proactive.normative_documents.in_force": random.randint(9, 60),
        "proactive.licensing.decisions": random.randint(0, 3000),
        "proactive.penalties.decisions": random.randint(0, 200),
        "requests.received.natural_person": received,
        "requests.outcomes.granted.natural_person": received - denied,
        "requests.outcomes.denied.third_party_rights.natural_person": denied,
    }
    values |= {path: [f"{agency.short_name}{text}"] for path, text in _PARTS.items()}
    return with_values({}, values)


def handed_in(agency: Agency, data: dict[str, Any], changes: dict[str, Any] | None = None) -> bytes:
    """The workbook that an agency hands in, with some values other than they should be."""
    pack = load_pack(YEAR)
    return new_workbook(
        pack, year=YEAR, agency=agency.name, code=agency.code, data=with_values(data, changes or {})
    )


def rounds() -> Iterator[list[tuple[str, bytes]]]:
    """What comes in: at first, and after the mistakes were sent back."""
    random = Random(2025)
    reports = {agency.code: report_of(agency, random) for agency in AGENCIES}
    sound, faulty, late = AGENCIES[1:10], AGENCIES[10:19], AGENCIES[19:24]
    first = [(f"{agency.name}.xlsx", handed_in(agency, reports[agency.code])) for agency in sound]
    first += [
        (f"{agency.short_name}-年报.xlsx", handed_in(agency, reports[agency.code], {path: value}))
        for agency, (path, value) in zip(
            faulty,
            [("requests.received.natural_person", 99), ("overview.summary", ["某某局XX年情况。"])] * 5,
            strict=False,
        )
    ]
    yield first
    second = [
        (f"{agency.short_name}-改.xlsx", handed_in(agency, reports[agency.code])) for agency in faulty[:7]
    ]
    second += [(f"补交/{agency.name}.xlsx", handed_in(agency, reports[agency.code])) for agency in late]
    yield second


def drop(campaign: CampaignFolder, files: list[tuple[str, bytes]]) -> None:
    """Put files into the inbox."""
    for name, content in files:
        path = campaign.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def main() -> None:
    """Run the campaign and say where to look."""
    shutil.rmtree(ROOT, ignore_errors=True)
    run("new", str(ROOT), "--year", str(YEAR), "--issuer", ISSUER)
    campaign = opened(ROOT)
    campaign.roster_file.write_bytes(blank_roster(AGENCIES))
    run("distribute", str(ROOT))
    for files in rounds():
        drop(campaign, files)
        run("collect", str(ROOT))
    run("status", str(ROOT))
    run("rollup", str(ROOT))


def run(*arguments: str) -> None:
    """One command, as somebody would type it."""
    print(f"\n$ reportfill campaign {' '.join(arguments)}", flush=True)
    status_of(["--lang", "zh", "campaign", *arguments])


if __name__ == "__main__":
    main()

"""Two campaigns as version 0.1.0 left them, for tests/data/campaigns-of-0.1.0.tar.xz: a closed one of 2022, and one of
2023 that is still going on, with a ledger each. The agencies are made up.

usage: python make_former_campaign.py FILE.tar.xz

It is run by the Python of an environment in which reportfill 0.1.0 is installed (commit d774420), not by that of this
one: all that it does is done by that version's command line, and by its `new_workbook` for what agencies hand in.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from reportfill import Pack, __version__, load_pack, new_workbook

ISSUER = "青禾县人民政府办公室"
AGENCIES = {
    "01": ISSUER,
    "02": "青禾县档案馆",
    "03": "青禾县民政局",
    "04": "青禾县水利局",
    "05": "青禾县信访局",
    "06": "青禾县气象局",
}
WRITTEN = "一年来认真落实政府信息公开条例的各项规定，按时公开应当公开的信息，答复每一件申请。"
CARRIED_FORWARD = "requests.carried_forward.natural_person"
CARRIED_OVER = "requests.carried_over.natural_person"
RECEIVED = "requests.received.natural_person"
GRANTED = "requests.outcomes.granted.natural_person"
LICENSING = "proactive.licensing.decisions"


def main(target: str) -> None:
    """Make both campaigns, and pack them."""
    assert __version__ == "0.1.0", f"this is {__version__}"
    with TemporaryDirectory() as place:
        former, current = Path(place, "2022"), Path(place, "2023")
        closed_campaign(former)
        campaign_going_on(current, former)
        with tarfile.open(target, "w:xz", preset=9) as archive:
            for folder in (former, current):
                archive.add(folder, folder.name, filter=anonymous)


def closed_campaign(folder: Path) -> None:
    """All handed in, all accepted, closed."""
    agencies = dict(list(AGENCIES.items())[:3])  # the others are new in 2023
    begin(folder, 2022, agencies)
    for number, code in enumerate(agencies, 1):
        figures = {LICENSING: 100 * number, RECEIVED: number, CARRIED_FORWARD: number}
        hand_in(folder, 2022, f"{code}.xlsx", code, figures)
    run("collect", folder)
    for code in agencies:
        run("review", folder, code, "--accept", "--by", "王芳")
    run("close", folder, "--by", "王芳")


def campaign_going_on(folder: Path, former: Path) -> None:
    """One accepted, one sent back, one faulty, one without a report of last year, one of another year, a stranger and
    a document; one has handed in nothing."""
    begin(folder, 2023, AGENCIES, "--last", str(former))
    answered = {RECEIVED: 8, GRANTED: 8}
    hand_in(folder, 2023, "县办.xlsx", "01", {LICENSING: 90, CARRIED_OVER: 1, **answered, GRANTED: 9})
    hand_in(folder, 2023, "档案馆.xlsx", "02", {LICENSING: 240, CARRIED_OVER: 2, **answered, GRANTED: 10})
    hand_in(folder, 2023, "民政局.xlsx", "03", {RECEIVED: 7, CARRIED_OVER: 3})
    hand_in(folder, 2023, "水利局.xlsx", "04", {LICENSING: 7, CARRIED_OVER: 9, GRANTED: 9})
    hand_in(folder, 2022, "信访局（上年的）.xlsx", "05", {})
    hand_in(folder, 2023, "不认识的.xlsx", "77", {})
    (folder / "inbox" / "说明.pdf").write_bytes(b"%PDF-1.7\n")
    run("collect", folder, done=1)
    run("review", folder, "01", "--accept", "--by", "王芳")
    run("review", folder, "02", "--return", "第五部分过于简单，请补充", "--by", "王芳")
    run("status", folder, done=None)


def begin(folder: Path, year: int, agencies: dict[str, str], *options: str) -> None:
    """A new campaign whose workbooks are handed out."""
    run("new", folder, "--year", str(year), "--issuer", ISSUER)
    (folder / "roster.xlsx").unlink()
    rows = [f"{code},{name},{'' if code == '01' else '01'}" for code, name in agencies.items()]
    (folder / "roster.csv").write_text("\n".join(["单位编码,单位名称,上级单位编码", *rows, ""]), "utf-8-sig")
    run("distribute", folder, *options)


def hand_in(folder: Path, year: int, file: str, code: str, figures: dict[str, int]) -> None:
    """Put what an agency filled in into the inbox: zeros but for these figures."""
    pack = load_pack("annual-report-2021")
    name = AGENCIES.get(code, "青禾县不存在的局")
    workbook = new_workbook(pack, year=year, agency=name, code=code, data=report(pack, name, year, figures))
    (folder / "inbox" / file).write_bytes(workbook)


def report(pack: Pack, name: str, year: int, figures: dict[str, int]) -> dict[str, Any]:
    """What an agency reports."""
    values: dict[str, Any] = {}
    for path, field in pack.fields.items():
        if field.kind.is_number and path not in pack.rules.derived:
            values[path] = 0
        # The kinds of version 0.1.0, which runs this, have names.
        elif getattr(field.kind, "name", "") == "PARAGRAPHS" and field.required:
            values[path] = [f"关于{field.title}：{WRITTEN}"]
    values |= {"agency.name": name, "year": year, "other_matters": [f"本年度没有收取信息处理费。{WRITTEN}"]}
    return nested(values | figures)


def nested(values: dict[str, Any]) -> dict[str, Any]:
    """Values by path as the data that they are in."""
    data: dict[str, Any] = {}
    for path, value in values.items():
        *groups, field = path.split(".")
        group = data
        for one in groups:
            group = group.setdefault(one, {})
        group[field] = value
    return data


def run(command: str, folder: Path, *options: str, done: int | None = 0) -> None:
    """Run a command of 0.1.0, which ends as it should."""
    line = [sys.executable, "-m", "reportfill", "campaign", command, str(folder), *options, "--lang", "zh"]
    ended = subprocess.run(line, check=False, stdout=subprocess.DEVNULL)
    assert done is None or ended.returncode == done, (command, ended.returncode)


def anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """A file of the archive as nobody's."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


if __name__ == "__main__":
    main(sys.argv[1])

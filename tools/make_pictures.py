"""Make the pictures of README and the guides from real renderings, through LibreOffice, Chromium and Xvfb,
and the program's icon.

usage: python -m tools.make_pictures [FOLDER]      (needs soffice, pdftoppm, chromium and Xvfb; default: docs/pictures)

The pictures of a campaign are of the made-up agencies of tools/demo_campaign.py, on days that are always the same.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from itertools import islice
from math import ceil
from pathlib import Path
from random import Random

from openpyxl import load_workbook
from openpyxl.worksheet.properties import PageSetupProperties
from PIL import Image, ImageChops, ImageDraw, ImageGrab, ImageOps

from reportfill import Submission, load_pack, new_workbook, read_workbook, render
from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.roster_sheet import blank_roster
from reportfill.campaign.aggregation.rollup import rollup
from reportfill.campaign.aggregation.rollup_files import contribution_tables
from reportfill.campaign.comparison.compare_page import compare_page
from reportfill.campaign.folder.settings import Contact, Settings
from reportfill.campaign.operations.collect import collect
from reportfill.campaign.operations.compare_years import compare_years
from reportfill.campaign.operations.dispatch import print_notice
from reportfill.campaign.operations.review import review
from reportfill.campaign.records.campaign_folder import CampaignFolder, create_campaign_folder
from reportfill.campaign.sending.templates import letter_template
from reportfill.campaign.status.campaign_status import campaign_status
from reportfill.campaign.status.status_page import status_page
from reportfill.model.figures import with_values
from reportfill.shortcuts import ICON
from tools.demo_campaign import AGENCIES, ISSUER, YEAR, drop, handed_in, report_of, rounds
from tools.screen import screen, wait_until

ROOT = Path(__file__).resolve().parents[1]
SAMPLES, PICTURES = ROOT / "sample_inputs", ROOT / "docs" / "pictures"
MISTAKES: Mapping[str, object] = {
    "requests.received.natural_person": 20,
    "requests.carried_over.business": None,
    "overview.information_management": [],
}
"""What is wrong with the report whose sheet 校验 is shown."""
GAP, EDGE, HEIGHT = 32, 12, 700
DAY, DAY_OF_NOTICE = date(YEAR + 1, 1, 26), date(YEAR, 12, 15)
DAYS = ((12, 15, 16), (19, 20, 22), (23,))
"""The days of January on which each round of the demonstration comes in."""

CONTACT = Contact("王芳", "0319-1000010", "nianbao@example.org")
REMARK = "主动公开部分过于简单，请补充重点领域信息公开的情况"
_COMPARED_HEIGHT, _STATUS_HEIGHT = 1600, 1260
_INSIDE = 80
"""Pixels from the edge of a web page within which its tables are."""

_PAGE_HEIGHT, _CHARACTERS_OF_LINE = 760, 64
_SECONDS_TO_DRAW = 2
_ICON = 256
_COLOURS_OF_PAGES, _COLOURS_OF_PRINT = 128, 48
_CHROMIUM = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--hide-scrollbars",
]


def pages(source: Path, folder: Path, resolution: int = 110) -> list[Image.Image]:
    """The pages of a document as pictures, cut to what is on them."""
    return [_cut(page) for page in whole_pages(source, folder, resolution)]


def whole_pages(source: Path, folder: Path, resolution: int = 110) -> list[Image.Image]:
    """The pages of a document as pictures."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    stem = folder / source.stem
    subprocess.run(["pdftoppm", "-r", str(resolution), "-png", f"{stem}.pdf", str(stem)], check=True)
    return [Image.open(path).convert("RGB") for path in sorted(folder.glob(f"{source.stem}-*.png"))]


def _cut(page: Image.Image) -> Image.Image:
    """A page without its margins and its foot."""
    end = 0.88 if page.height > page.width else 0.92
    body = page.crop((0, 0, page.width, int(page.height * end)))
    box = ImageChops.difference(body, Image.new("RGB", body.size, "white")).getbbox()
    return body.crop(box) if box else body


def with_table_on_one_page(submission: Submission) -> Submission:
    """The same report with a longer narrative, after which table 三 begins on a page of its own."""
    summary = submission.values["overview.summary"]
    return replace(submission, values={**submission.values, "overview.summary": summary * 3})


def side_by_side(pictures: list[Image.Image], height: int = HEIGHT) -> Image.Image:
    """Pictures of one height beside each other on white."""
    scaled = [
        p.resize((round(p.width * height / p.height), height), Image.Resampling.LANCZOS) for p in pictures
    ]
    width = sum(p.width for p in scaled) + GAP * (len(scaled) - 1) + 2 * EDGE
    sheet = Image.new("RGB", (width, height + 2 * EDGE), "white")
    left = EDGE
    for picture in scaled:
        sheet.paste(picture, (left, EDGE))
        left += picture.width + GAP
    return sheet


def screenshot(page: bytes, folder: Path, height: int, width: int = 1280) -> Image.Image:
    """The upper part of a web page as a browser shows it, down to the last whole row of the table at its end."""
    source, picture = folder / "page.html", folder / "page.png"
    source.write_bytes(page)
    command = [
        "chromium",
        *_CHROMIUM,
        f"--window-size={width},{height}",
        f"--screenshot={picture}",
        source.as_uri(),
    ]
    subprocess.run(command, check=True, capture_output=True)
    shown = Image.open(picture).convert("RGB")
    rows = (
        y
        for y in range(shown.height - 1, 0, -1)
        if _is_line(shown.crop((_INSIDE, y, width - _INSIDE, y + 1)))
    )
    return shown.crop((0, 0, width, next(rows, height) + 1))


def window_picture(folder: Path) -> Image.Image:
    """The window of the icon, after a sound workbook and two with mistakes were dropped onto it."""
    names = {
        "weihui-xinfang-2023.xlsx": "卫辉市信访局2023年政府信息公开工作年度报告（填报表）.xlsx",
        "hongze-2023.xlsx": "洪泽区人民政府2023年政府信息公开工作年度报告（填报表）.xlsx",
        "typical-mistakes-2023.xlsx": "清河县教育局2023年政府信息公开工作年度报告（填报表）.xlsx",
    }
    for sample, dropped in names.items():
        shutil.copy(SAMPLES / sample, folder / dropped)
    command = [sys.executable, "-P", "-m", "reportfill.cli.window", *names.values()]
    with screen() as display:
        environment = {**os.environ, "DISPLAY": display, "REPORTFILL_LANG": "zh"}
        with subprocess.Popen(command, cwd=folder, env=environment) as window:
            wait_until(lambda: len(list(folder.glob("*-需修改.xlsx"))) == 2)
            time.sleep(_SECONDS_TO_DRAW)
            shown = ImageGrab.grab(xdisplay=display)
            window.terminate()
    return framed(shown.crop(shown.getbbox()), 0)


def icon() -> Image.Image:
    """The icon: a report with a folded corner, on it the table of a workbook and a check mark."""
    side, size = 4 * _ICON, 4 * 16
    drawn = Image.new("RGBA", (side, side))
    pen = ImageDraw.Draw(drawn)
    page = [
        (3 * size, size),
        (10 * size, size),
        (13 * size, 4 * size),
        (13 * size, 15 * size),
        (3 * size, 15 * size),
    ]
    pen.polygon(page, "#ffffff")
    pen.line([*page, *page[:2]], "#2b579a", size * 3 // 4, "curve")
    pen.polygon([(10 * size, size), (13 * size, 4 * size), (10 * size, 4 * size)], "#2b579a")
    for row in range(3):
        for column in range(3):
            left, top = (4.4 + column * 2.6) * size, (5.4 + row * 1.8) * size
            pen.rectangle(
                (left, top, left + 2.1 * size, top + 1.3 * size), "#2b579a" if row == 0 else "#9fb8dc"
            )
    pen.line(
        [(5 * size, 12.5 * size), (7 * size, 14 * size), (12 * size, 10 * size)], "#1a7f37", 3 * size // 2
    )
    return drawn.resize((_ICON, _ICON), Image.Resampling.LANCZOS)


def _is_line(row: Image.Image) -> bool:
    """Whether a row of pixels is the line between two rows of a table: of one colour that is not white."""
    return row.getcolors(1) not in (None, [(row.width, (255, 255, 255))])


def framed(picture: Image.Image, edge: int = 2 * EDGE) -> Image.Image:
    """A page with a margin and a thin grey frame."""
    return ImageOps.expand(ImageOps.expand(picture, edge, "white"), 1, "#b0b0b0")


def save(picture: Image.Image, path: Path, colours: int = 64) -> None:
    """Save a picture small enough for a repository."""
    picture.quantize(colours, Image.Quantize.MAXCOVERAGE).save(path, optimize=True)
    print(path)


def example_roster() -> bytes:
    """A roster that is filled in, with one agency that its superior counts and one that was merged into another."""
    people = [("王芳", "10"), ("李强", "11"), ("张敏", "12"), ("刘洋", "13"), ("陈静", "14"), ("杨帆", "15")]
    filled = [
        agency._replace(contact=name, telephone=f"0319-10000{ending}")
        for agency, (name, ending) in zip(AGENCIES, people, strict=False)
    ]
    pension = Agency("130534-0901", "清河县社会保险事业服务中心", "社保中心", "130534-09", 3)
    office = Agency("130534-30", "清河县粮食局", "粮食局", "130534", 2, is_closed=True, successor="130534-01")
    rows = [*filled, *AGENCIES[6:10], pension._replace(is_counted_by_superior=True), office]
    book = load_workbook(BytesIO(blank_roster(rows)))
    book.worksheets[0].print_options.gridLines = True  # as Excel shows them
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def campaign_in(folder: Path) -> tuple[CampaignFolder, CampaignFolder]:
    """The demonstration's campaign as it stands some days before its end, and that of the year before."""
    former, now = (
        create_campaign_folder(
            folder / f"{year}年报",
            Settings(manifest.id, year, ISSUER, *manifest.deadlines(year), contact=CONTACT),
            blank_roster(AGENCIES),
            letter_template(year, "notice.docx"),
        )
        for year in (YEAR - 1, YEAR)
        for manifest in [load_pack(year).manifest]
    )
    random = Random(YEAR - 1)
    reports = {agency.code: report_of(agency, random) for agency in AGENCIES[:20]}
    before = {a.name: handed_in(a, reports[a.code], year=YEAR - 1) for a in AGENCIES[:20]}
    take_in(former, {f"{name}.xlsx": content for name, content in before.items()}, date(YEAR, 1, 20))
    for files, days in zip(rounds(reports), DAYS, strict=True):
        left = iter(files.items())
        for number, day in enumerate(days):
            some = -(-len(files) // len(days)) if number < len(days) - 1 else len(files)
            take_in(now, dict(islice(left, some)), date(YEAR + 1, 1, day))
    at = datetime(DAY.year, DAY.month, DAY.day, 9, 40)
    review(now, AGENCIES[2].code, is_accepted=True, remark="", by="王芳", now=at)
    review(now, AGENCIES[17].code, is_accepted=False, remark=REMARK, by="王芳", now=at)
    return now, former


def take_in(campaign: CampaignFolder, files: dict[str, bytes], day: date) -> None:
    """Let files come in on a day."""
    drop(campaign, files)
    for _ in collect(campaign, datetime(day.year, day.month, day.day, 16, 25)):
        pass


def sources_sheet(content: bytes) -> bytes:
    """The sheet 数据来源 of a roll-up's table alone, with the figures that anybody has, laid out to be printed."""
    book = load_workbook(BytesIO(content))
    for name in set(book.sheetnames) - {"数据来源"}:
        del book[name]
    sheet = book["数据来源"]
    for row in range(sheet.max_row, 1, -1):
        if not sheet.cell(row, 2).value:
            sheet.delete_rows(row)
    for row, cells in enumerate(sheet.iter_rows(min_row=2), 2):
        sheet.row_dimensions[row].height = 16 * ceil(len(str(cells[3].value)) / _CHARACTERS_OF_LINE)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.gridLines = True
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def pictures_of_a_campaign(folder: Path, target: Path) -> None:
    """Make the pictures of the coordinator's guide."""
    now, former = campaign_in(folder)
    standing = campaign_status(now, DAY)
    compared = compare_page(compare_years(now, former).comparison, ISSUER)
    for name, page, height in (
        ("status", status_page(standing), _STATUS_HEIGHT),
        ("compare", compared, _COMPARED_HEIGHT),
    ):
        save(screenshot(page, folder, height), target / f"campaign-{name}.png", _COLOURS_OF_PAGES)
    notice = folder / "notice.docx"
    notice.write_bytes(now.store.read(print_notice(now, DAY_OF_NOTICE)))
    printed = [framed(page, 0) for page in whole_pages(notice, folder)[:2]]
    save(side_by_side(printed, _PAGE_HEIGHT), target / "campaign-notice.png", _COLOURS_OF_PRINT)
    marked = next(one.returned for one in standing.agencies if one.agency == AGENCIES[17])
    sheets = {
        "roster": example_roster(),
        "remark": now.store.read(marked),
        "sources": sources_sheet(contribution_tables(rollup(now)).saved()),
    }
    for name, content in sheets.items():
        path = folder / f"{name}.xlsx"
        path.write_bytes(content)
        first = pages(path, folder)[0]
        save(framed(first), target / f"campaign-{name}.png", _COLOURS_OF_PRINT)


def main(arguments: list[str]) -> None:
    """Make every picture."""
    target = Path(arguments[0]) if arguments else PICTURES
    target.mkdir(parents=True, exist_ok=True)
    for suffix in (".png", ".ico"):
        icon().save(ICON.with_suffix(suffix))
    pack = load_pack(ROOT / "templates" / "annual-report-2021")
    sound = read_workbook(SAMPLES / "hongze-2023-corrected.xlsx", pack)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        report, workbook, wrong = (folder / name for name in ("report.docx", "form.xlsx", "wrong.xlsx"))
        report.write_bytes(render(with_table_on_one_page(sound)))
        for path, data in ((workbook, sound.exact_data), (wrong, with_values(sound.exact_data, MISTAKES))):
            path.write_bytes(new_workbook(pack, agency=sound.agency, year=2023, data=data))
        form, printed = pages(workbook, folder), pages(report, folder)
        save(side_by_side([form[3], printed[2]]), target / "workbook-and-report.png")
        save(form[0], target / "guide-sheet.png")
        save(pages(wrong, folder, 90)[6], target / "checks.png")
        dropped = folder / "dropped"
        dropped.mkdir()
        save(window_picture(dropped), target / "window.png")
        pictures_of_a_campaign(folder, target)


if __name__ == "__main__":
    main(sys.argv[1:])

"""Make the pictures of README and the guides from real renderings: workbook and report through LibreOffice.

usage: python -m tools.make_pictures [FOLDER]      (needs soffice and pdftoppm; default: docs/pictures)
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageChops

from reportfill import Submission, load_pack, read_workbook, render
from reportfill.pack.figures import value_at, with_values
from tools.make_samples import FOLDER as SAMPLES
from tools.make_samples import ROOT

PICTURES = ROOT / "docs" / "pictures"
GAP, EDGE, HEIGHT = 32, 12, 700


def pages(source: Path, folder: Path, resolution: int = 110) -> list[Image.Image]:
    """The pages of a document as pictures, cut to what is on them."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    stem = folder / source.stem
    subprocess.run(["pdftoppm", "-r", str(resolution), "-png", f"{stem}.pdf", str(stem)], check=True)
    return [_cut(Image.open(path).convert("RGB")) for path in sorted(folder.glob(f"{source.stem}-*.png"))]


def _cut(page: Image.Image) -> Image.Image:
    """A page without its margins and its foot."""
    end = 0.88 if page.height > page.width else 0.93
    body = page.crop((0, 0, page.width, int(page.height * end)))
    box = ImageChops.difference(body, Image.new("RGB", body.size, "white")).getbbox()
    return body.crop(box) if box else body


def with_table_on_one_page(submission: Submission) -> Submission:
    """The same report with a longer narrative, after which table 三 begins on a page of its own."""
    summary = value_at(submission.data, "overview.summary")
    return replace(submission, data=with_values(submission.data, {"overview.summary": summary * 3}))


def side_by_side(pictures: list[Image.Image]) -> Image.Image:
    """Pictures of one height beside each other on white."""
    scaled = [
        p.resize((round(p.width * HEIGHT / p.height), HEIGHT), Image.Resampling.LANCZOS) for p in pictures
    ]
    width = sum(p.width for p in scaled) + GAP * (len(scaled) - 1) + 2 * EDGE
    sheet = Image.new("RGB", (width, HEIGHT + 2 * EDGE), "white")
    left = EDGE
    for picture in scaled:
        sheet.paste(picture, (left, EDGE))
        left += picture.width + GAP
    return sheet


def save(picture: Image.Image, path: Path) -> None:
    """Save a picture small enough for a repository."""
    picture.quantize(64).save(path, optimize=True)
    print(path)


def main(arguments: list[str]) -> None:
    """Make every picture."""
    target = Path(arguments[0]) if arguments else PICTURES
    target.mkdir(parents=True, exist_ok=True)
    pack = load_pack(ROOT / "templates" / "annual-report-2021")
    workbook = SAMPLES / "hongze-2023-corrected.xlsx"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        report = folder / "report.docx"
        report.write_bytes(render(with_table_on_one_page(read_workbook(workbook, pack))))
        form, printed = pages(workbook, folder), pages(report, folder)
        save(side_by_side([form[3], printed[2]]), target / "workbook-and-report.png")
        save(form[0], target / "guide-sheet.png")
        wrong = pages(SAMPLES / "typical-mistakes-2023.xlsx", folder, 90)
        save(wrong[6], target / "checks.png")


if __name__ == "__main__":
    main(sys.argv[1:])

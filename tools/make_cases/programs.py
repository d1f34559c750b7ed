"""Workbooks that other programs saved: LibreOffice in its formats, and openpyxl."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from functools import partial
from pathlib import Path

from tools.make_cases.formulas import with_error
from tools.make_cases.layouts import with_comment
from tools.make_cases.moving import edited
from tools.make_cases.recipes import Recipe, add, recipe
from tools.make_cases.surgery import parts_of, with_cells, with_format, with_parts, with_texts

COUNT, AMOUNT, NARRATIVE = "表二!B9", "表二!B16", "总体情况!B31"


def saved_by_libreoffice(workbook: bytes, suffix: str) -> bytes:
    """The workbook as LibreOffice saves it in a format."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "填报表.xlsx"), Path(folder, "saved")
        source.write_bytes(workbook)
        program = shutil.which("soffice") or "soffice"
        command = [program, f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", suffix, "--outdir", str(target), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return (target / f"{source.stem}.{suffix}").read_bytes()


def _saved_slip(workbook: bytes, change: partial[bytes], suffix: str) -> bytes:
    return saved_by_libreoffice(change(workbook), suffix)


_SLIPS = {
    "date": partial(with_format, place=COUNT, value="45356", number_format=14),
    "error": partial(with_cells, cells={COUNT: '<c r="B9"{style} t="e"><f>1/0</f><v>#DIV/0!</v></c>'}),
    "error-in-the-narrative": partial(with_error, place=NARRATIVE),
    "line-breaks": partial(
        with_texts, texts={NARRATIVE: "全年共组织培训两次。\n参加培训的人员有八十人👍𠮷。"}
    ),
    "comment": partial(with_comment, place="总体情况!B30"),
    "percentage": partial(with_format, place=AMOUNT, value="0.5", number_format=9),
    "currency": partial(with_format, place=AMOUNT, value="7730.28", number_format='"¥"#,##0.00'),
    "divided-number": partial(with_format, place=AMOUNT, value="5000", number_format="#,##0,_)"),
    "digit-in-the-format": partial(with_format, place=COUNT, value="3", number_format='"1"0'),
    "word-for-a-number": partial(with_format, place=COUNT, value="3", number_format='[>1]"无";0'),
    "rounded-number": partial(with_format, place=AMOUNT, value="7730.28", number_format="#,##0"),
}

for _suffix in ("xlsx", "xls", "ods"):
    add(
        f"saved-by-libreoffice-as-{_suffix}",
        Recipe(partial(saved_by_libreoffice, suffix=_suffix), _suffix, by_program=True),
    )
for _name, _change in _SLIPS.items():
    for _suffix in ("xls", "ods"):
        _saved = partial(_saved_slip, change=_change, suffix=_suffix)
        add(f"{_name}-saved-as-{_suffix}", Recipe(_saved, _suffix, by_program=True))


@recipe("old-workbook-named-xlsx", "xlsx", by_program=True)
def _old_workbook(workbook: bytes) -> bytes:
    return saved_by_libreoffice(workbook, "xls")


@recipe("old-workbook-named-et", "et", by_program=True)
def _wps_workbook(workbook: bytes) -> bytes:
    """WPS names its workbooks .et; they are of the old kind."""
    return saved_by_libreoffice(workbook, "xls")


@recipe("flat-opendocument-named-ods", "ods", by_program=True)
def _flat(workbook: bytes) -> bytes:
    """OpenDocument in one file of XML: shortened here, no tool reads it anyway."""
    return saved_by_libreoffice(workbook, "fods")[:20000]


@recipe("opendocument-with-recorded-changes", "ods", by_program=True)
def _recorded_changes(workbook: bytes) -> bytes:
    """What stood in a cell before it was changed is kept in the file, as a cell."""
    saved = saved_by_libreoffice(workbook, "ods")
    change = (
        '<table:tracked-changes><table:cell-content-change table:id="ct1"><table:cell-address table:column="1" '
        'table:row="8" table:table="2"/><office:change-info><dc:creator>经办人</dc:creator><dc:date>2024-01-05T00:00:00'
        '</dc:date></office:change-info><table:previous><table:change-track-table-cell office:value-type="float" '
        'office:value="77"><text:p>77</text:p></table:change-track-table-cell></table:previous>'
        "</table:cell-content-change></table:tracked-changes>"
    )
    content = parts_of(saved)["content.xml"].decode()
    content, count = re.subn(r"(<office:spreadsheet>)", rf"\1{change}", content)
    assert count == 1
    return with_parts(saved, {"content.xml": content})


@recipe("opendocument-with-formatted-text", "ods", by_program=True)
def _formatted_text(workbook: bytes) -> bytes:
    """Spans, runs of spaces, a link and the reading of a word within a cell."""
    return _with_paragraph(
        workbook,
        "全年共<text:span>组织</text:span>培训两次，<text:ruby><text:ruby-base>参加</text:ruby-base><text:ruby-text>cānjiā"
        '</text:ruby-text></text:ruby>的有<text:s text:c="2"/><text:a>八十</text:a>人。',
    )


@recipe("opendocument-with-a-line-break", "ods", by_program=True)
def _line_break(workbook: bytes) -> bytes:
    """Not as LibreOffice writes it, which makes each line a paragraph."""
    return _with_paragraph(workbook, "全年共组织培训两次。<text:line-break/>参加培训的人员有八十人。")


def _with_paragraph(workbook: bytes, paragraph: str) -> bytes:
    """The workbook as an .ods in which the XML of one paragraph is given."""
    saved = saved_by_libreoffice(with_texts(workbook, {NARRATIVE: "此处替换"}), "ods")
    content = parts_of(saved)["content.xml"].decode()
    assert content.count("此处替换") == 1
    return with_parts(saved, {"content.xml": content.replace("此处替换", paragraph)})


@recipe("saved-by-openpyxl")
def _openpyxl(workbook: bytes) -> bytes:
    """By a program that does not calculate: the formulas are there, what they came to is not."""
    return edited(workbook, lambda book: None)

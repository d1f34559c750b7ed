"""A submission as the official Word report: word for word, whatever the text."""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from builders import figures_only
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from often import often
from places import DATA
from word import lines_of, paragraphs_of

from reportfill import PackError, Severity, Submission, SubmissionError, check, render
from reportfill.pack.pack import Pack
from reportfill.report.draft import REMARK, marked_as_draft


def plain(text: str) -> str:
    """A text as it is compared: width of characters and white space do not count."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def published_lines() -> Iterator[str]:
    """The published report line by line, with the one label put where the regulation has it: the hand-made table
    has 总计 in the first head row, the prescribed one in the second. Rows it tore out of 三、 read the same."""
    for line in (DATA / "weihui-2023.expected.txt").read_text("utf-8").splitlines():
        if "申请人情况" in line:
            line = line.replace("总计", "")
        elif line.split() == ["自然人", "法人或其他组织"]:
            line += "总计"
        if line.strip():
            yield plain(line)


def test_weihuis_report_comes_out_word_for_word(pack: Pack, weihui: dict[str, Any]) -> None:
    report = render(Submission.from_data(pack, weihui))
    assert [plain(line) for line in lines_of(report)] == list(published_lines())


# Anything that Unicode has, surrogates and controls too, and often what means something in XML or in a tag.
ANYTHING = st.characters(exclude_categories=()) | st.sampled_from(
    "{}%#_&<>\"'\t\n\r \0\x0b\x1f\x85\ud83d\uffff"
)


@settings(max_examples=often(150))
@given(text=st.text(ANYTHING, min_size=1, max_size=60))
def test_any_text_arrives_exactly_or_was_an_error(pack: Pack, text: str) -> None:
    texts = {"overview.oversight": [text], "table_notes.requests": ["一", text], "agency.name": text}
    sound = Submission.from_data(pack, figures_only(pack, {}))
    submission = replace(sound, values={**sound.values, **texts})
    refused = [found for found in check(submission) if found.code == "cell.control_characters"]
    if refused:
        assert {found.severity for found in refused} == {Severity.ERROR}
        with pytest.raises(SubmissionError, match="control character"):
            render(submission)
    else:
        report = render(submission)
        paragraphs = paragraphs_of(report)
        assert f"（五）监督保障：{text}" in paragraphs
        assert text in paragraphs
        assert f"{text}2023年政府信息公开工作年度报告" in paragraphs
        assert docx.Document(BytesIO(report)).core_properties.author == text


@pytest.mark.parametrize(
    "text",
    [
        "R&D <部>",
        "{{ agency.name }}",
        "{% if x %}",
        "{_{ a }_}",
        "{# b #}",
        "👨‍👩‍👧 🇨🇳",
        "𠀀𪚥",
        "“引号”'\"",
        "a\tb\nc",
        "]]>",
        "&amp;",
    ],
)
def test_text_that_looks_like_something_else_stays_text(pack: Pack, text: str) -> None:
    sound = Submission.from_data(pack, figures_only(pack, {}))
    values = {**sound.values, "overview.oversight": [text], "agency.name": "清河县R&D局"}
    assert f"（五）监督保障：{text}" in paragraphs_of(render(replace(sound, values=values)))


def test_white_space_at_the_ends_of_a_text_is_kept(pack: Pack) -> None:
    sound = Submission.from_data(pack, figures_only(pack, {}))
    texts_with_space = {"overview.oversight": ["  甲\t"], "problems_and_improvements": [" 乙 "]}
    submission = replace(sound, values={**sound.values, **texts_with_space})
    document = docx.Document(BytesIO(render(submission)))
    texts = [text for text in document.element.body.iter(qn("w:t")) if text.text != (text.text or "").strip()]
    assert len(texts) >= 2
    # Without this mark Word leaves out white space at both ends of a run.
    assert {text.get("{http://www.w3.org/XML/1998/namespace}space") for text in texts} == {"preserve"}


def test_the_same_submission_gives_the_same_bytes(pack: Pack, hongze: dict[str, Any]) -> None:
    reports = {render(Submission.from_data(pack, hongze)) for _ in range(3)}
    assert len(reports) == 1
    draft = render(Submission.from_data(pack, hongze), draft=True)
    marked_as_draft.cache_clear()
    assert render(Submission.from_data(pack, hongze), draft=True) == draft
    with zipfile.ZipFile(BytesIO(reports.pop())) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert len(package.namelist()) == len(set(package.namelist()))


@pytest.mark.parametrize(
    ("amount", "printed"),
    [
        ("7730.28", "7730.28"),
        ("12.50", "12.5"),
        ("1E+3", "1000"),
        ("0.000001", "0.000001"),
        ("100", "100"),
        ("0.0", "0"),
    ],
)
def test_decimals_are_printed_in_digits(pack: Pack, amount: str, printed: str) -> None:
    data = figures_only(pack, {"proactive.fees.amount": Decimal(amount)})
    assert f"行政事业性收费\t{printed}" in lines_of(render(Submission.from_data(pack, data)))


def test_the_documents_properties_say_what_it_is_and_where_it_comes_from(
    pack: Pack, weihui: dict[str, Any]
) -> None:
    submission = Submission.from_data(pack, weihui, digest="ab" * 32)
    report = render(submission)
    core = docx.Document(BytesIO(report)).core_properties
    assert (core.title, core.author) == ("卫辉市信访局2023年政府信息公开工作年度报告", "卫辉市信访局")
    with zipfile.ZipFile(BytesIO(report)) as package:
        custom = etree.fromstring(package.read("docProps/custom.xml"))
    assert {entry.get("name"): "".join(entry.itertext()) for entry in custom} == {
        "agency": "卫辉市信访局",
        "year": "2023",
        "pack": "annual-report-2021",
        "pack version": pack.version,
        "input SHA-256": "ab" * 32,
    }


def test_what_is_missing_is_refused_by_its_label(pack: Pack, weihui: dict[str, Any]) -> None:
    del weihui["proactive"]["rules"]["issued"]
    with pytest.raises(SubmissionError, match="规章 · 本年制发件数"):
        render(Submission.from_data(pack, weihui))


def test_optional_parts_that_are_missing_leave_nothing_behind(pack: Pack, weihui: dict[str, Any]) -> None:
    del weihui["preamble"]
    del weihui["table_notes"]
    assert [plain(line) for line in lines_of(render(Submission.from_data(pack, weihui)))] == list(
        published_lines()
    )


def test_notes_stand_under_their_tables(pack: Pack, weihui: dict[str, Any]) -> None:
    weihui["table_notes"]["proactive"] = ["含修订的文件。", "不含联合发文。"]
    lines = lines_of(render(Submission.from_data(pack, weihui)))
    assert lines[lines.index("行政事业性收费\t0") + 1 :][:2] == ["注：含修订的文件。", "不含联合发文。"]


def test_a_draft_leaves_blank_what_is_missing_and_keeps_the_headings(
    pack: Pack, weihui: dict[str, Any]
) -> None:
    del weihui["proactive"]["rules"]["issued"]
    weihui["overview"]["platform"] = []
    lines = lines_of(render(Submission.from_data(pack, weihui), draft=True))
    assert "规章\t\t0\t0" in lines
    assert "（四）政府信息公开平台建设：" in lines


def test_every_page_of_a_draft_is_marked(pack: Pack, weihui: dict[str, Any]) -> None:
    document = docx.Document(BytesIO(render(Submission.from_data(pack, weihui), draft=True)))
    for section in document.sections:
        for header in (section.header, section.even_page_header, section.first_page_header):
            assert "草稿" in header.paragraphs[0].text
            assert header._element.xml.count('string="草稿"') == 1
    assert document.settings.odd_and_even_pages_header_footer
    final = docx.Document(BytesIO(render(Submission.from_data(pack, weihui))))
    assert "草稿" not in final.sections[0].header._element.xml


def test_a_draft_keeps_the_headers_that_later_sections_repeat() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "机关文件"
    document.add_section(WD_SECTION.NEW_PAGE)
    annex = document.add_section(WD_SECTION.NEW_PAGE).header
    annex.is_linked_to_previous = False
    annex.paragraphs[0].text = "附件"
    saved = BytesIO()
    document.save(saved)
    marked = docx.Document(BytesIO(marked_as_draft(saved.getvalue())))
    assert [section.header.paragraphs[0].text for section in marked.sections] == [
        f"机关文件{REMARK}",
        f"机关文件{REMARK}",
        f"附件{REMARK}",
    ]


@pytest.mark.parametrize("draft", [False, True])
def test_a_pack_whose_report_is_no_word_file_is_refused_in_one_line(
    pack: Pack, weihui: dict[str, Any], draft: bool
) -> None:
    for content in (pack.intake, b"no Word file"):
        submission = Submission.from_data(replace(pack, report=content), weihui)
        messages = set()
        for _ in range(2):
            with pytest.raises(
                PackError, match=r"report\.docx: (is no Word file|it is another kind)"
            ) as error:
                render(submission, draft=draft)
            messages.add(str(error.value))
        assert len(messages) == 1
        assert "\n" not in messages.pop()


def test_every_kind_of_report_is_sound_for_word(
    pack: Pack,
    weihui: dict[str, Any],
    hongze: dict[str, Any],
    tmp_path: Path,
    ooxml_problems: Callable[[Path], list[str]],
) -> None:
    for number, (data, draft) in enumerate([(weihui, False), (hongze, False), (hongze, True)]):
        path = tmp_path / f"{number}.docx"
        path.write_bytes(render(Submission.from_data(pack, data), draft=draft))
        assert ooxml_problems(path) == []
        assert docx.Document(str(path)).element.body.findall(qn("w:tbl"))


def test_severities_do_not_keep_a_report_from_being_printed(pack: Pack, hongze: dict[str, Any]) -> None:
    submission = Submission.from_data(pack, hongze)
    assert Severity.ERROR in [found.severity for found in check(submission)]
    assert render(submission)


def test_a_file_that_could_not_be_read_cannot_be_printed() -> None:
    with pytest.raises(SubmissionError, match="nothing to print"):
        render(Submission(None, {}))

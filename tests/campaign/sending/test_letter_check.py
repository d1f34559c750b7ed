"""A pack's letters are written for every case before an office writes one."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from places import PACK_FOLDER

from reportfill.campaign.sending.letter_check import letter_problems
from reportfill.campaign.sending.templates import neutral_template
from reportfill.cli.main import status_of
from reportfill.pack.letters import LETTERS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the pack."""
    return Path(shutil.copytree(PACK_FOLDER, tmp_path / "pack"))


def said(folder: Path) -> list[str]:
    """What is wrong with the letters, in both languages."""
    return [f"{one.place}: {one.message}｜{one.chinese}" for one in letter_problems(folder)]


def test_the_letters_of_the_pack_can_be_written(folder: Path) -> None:
    assert said(folder) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_neutral_letters_can_be_written(folder: Path, language: str) -> None:
    for name in LETTERS:
        (folder / name).write_bytes(neutral_template(language, name))
    toml = (folder / "pack.toml").read_text("utf-8")
    (folder / "pack.toml").write_text(toml.replace('language = "zh"', f'language = "{language}"'), "utf-8")
    assert said(folder) == []


@pytest.mark.parametrize(
    ("name", "text", "english", "chinese"),
    [
        (
            "mail.txt",
            "主题\n\n{{ contact.fax }}",
            "line 3: there is no value for 'fax'",
            "没有内容可以填入标签“fax”",
        ),
        ("mail.txt", "主题\n\n{% if deadline %}", "line 3: it is not complete", "第3行有误：标签写得不对"),
        ("mail.txt", "{% if deadline %}{{ deadline }}{% endif %}\n\n正文", "the subject", "应当是邮件主题"),
        (
            "reminder.txt",
            "主题\n\n正文{% if is_sent_back %}{{ remarks }}{% endif %}",
            "'remarks'",
            "“remarks”",
        ),
        ("chat.txt", "{% for one in missing %}{{ one.names }}{% endfor %}", "'names'", "“names”"),
        ("notice.docx", "no Word file", "no Word file that can be read", "不是能读取的Word文件"),
    ],
)
def test_a_letter_that_cannot_always_be_written_is_named(
    folder: Path, name: str, text: str, english: str, chinese: str
) -> None:
    (folder / name).write_text(text, "utf-8")
    (problem,) = said(folder)
    assert problem.startswith(name)
    assert english in problem.partition("｜")[0]
    assert chinese in problem.partition("｜")[2]


@pytest.mark.parametrize(
    "tag", ["{%- if deadline -%}x{% endif %}", "{{- title }}", "{{p title }}", "｛｛ title }}"]
)
def test_tags_of_a_notice_that_are_typed_wrongly_are_named_with_their_place(folder: Path, tag: str) -> None:
    notice = docx.Document(str(folder / "notice.docx"))
    notice.sections[0].header.paragraphs[0].text = tag
    notice.save(str(folder / "notice.docx"))
    (problem, *_) = letter_problems(folder)
    assert problem.in_chinese.startswith("notice.docx页眉")
    assert tag[:5] in problem.chinese


def test_pack_check_says_so_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "mail.txt").write_text("主题\n\n{{ frist }}", "utf-8")
    assert status_of(["pack", "check", str(folder), "--lang", "en"]) == 1
    assert "mail.txt: line 3: there is no value for 'frist'" in capsys.readouterr().err


def test_letters_are_copied_with_their_pack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert status_of(["pack", "export", "annual-report-2021", "-o", str(tmp_path)]) == 0
    for name in ("notice.docx", "mail.txt"):
        copied = next(tmp_path.rglob(name))
        assert copied.read_bytes() == (PACK_FOLDER / name).read_bytes()


def test_what_a_notice_would_tell_of_its_keeper_is_named(folder: Path) -> None:
    notice = docx.Document(str(folder / "notice.docx"))
    notice.part.relate_to("file:///C:/Users/wangfang/seal.png", RT.IMAGE, is_external=True)
    notice.save(str(folder / "notice.docx"))
    [problem] = said(folder)
    assert problem.startswith("notice.docx word/document.xml: a linked picture")
    assert "｜链接的图片" in problem

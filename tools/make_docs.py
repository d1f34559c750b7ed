"""Write the parts of docs/ that are made from the code: findings.md, cli.md, api.md, pages.md, the tables of keywords
and rooms; the page templates of the packs that come with the tool, and what is known beforehand of these: the digests
of their schemas, and their compiled Word templates.

usage: python -m tools.make_docs [FOLDER]      (from the project's root; default: docs)
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from reportfill.catalogue import CATALOGUE
from reportfill.cli.campaign.app import COMMANDS as OF_CAMPAIGN
from reportfill.cli.campaign.key import keys
from reportfill.cli.campaign.user import users
from reportfill.cli.main import COMMANDS as OF_PROGRAM
from reportfill.cli.packs import packs
from reportfill.outputs.page_draft.drafting import drafted_page
from reportfill.pack.keywords import KEYWORDS
from reportfill.pack.known_packs import KNOWN as PACKS
from reportfill.pack.known_packs import pack_digest
from reportfill.pack.pack import PAGE, pack_in
from reportfill.pack.vocabulary import KNOWN, schema_digest
from reportfill.report.known_templates import FOLDER, file_name, file_text
from reportfill.report.template import compiled
from tools.api_page import api_page
from tools.keywords_in_chinese import IN_WORKBOOK, MEANINGS, PLACES
from tools.web_pages import pages_page

ROOT = Path(__file__).resolve().parents[1]
DOCS, TEMPLATES = ROOT / "docs", ROOT / "templates"
KNOWN_SCHEMAS = ROOT / "src" / "reportfill" / "pack" / KNOWN
KNOWN_PACKS = ROOT / "src" / "reportfill" / "pack" / PACKS
KNOWN_TEMPLATES = ROOT / "src" / "reportfill" / "report" / FOLDER
_GROUPS: Mapping[tuple[str, ...], Iterable[str]] = {
    (): OF_PROGRAM,
    ("pack",): [one.name or "" for one in packs.registered_commands],
    ("campaign",): OF_CAMPAIGN,
    ("campaign", "user"): [one.name or "" for one in users.registered_commands],
    ("campaign", "key"): [one.name or "" for one in keys.registered_commands],
}


def _commands(words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """A command and those below it, each by its words."""
    yield words
    for name in _GROUPS.get(words, ()):
        yield from _commands((*words, name))


COMMANDS = tuple(_commands())
"""All commands, each by its words, in the order of the help."""


def findings_page() -> str:
    """docs/findings.md: every code with its wording, cause and cure."""
    return "\n".join(_findings_lines())


def _findings_lines() -> Iterator[str]:
    yield "# Findings"
    yield ""
    yield "Everything that is wrong, doubtful or was tidied in a file is a finding. An **error** means that no report"
    yield "is written, a **warning** that it is written but should be looked at, a **note** that something was tidied"
    yield "and nothing lost. Codes are stable. This page is made from `src/reportfill/catalogue/catalogue.toml`"
    yield "(`python -m tools.make_docs`); words in braces are filled in."
    group = ""
    for entry in CATALOGUE.values():
        if entry.code.split(".")[0] != group:
            group = entry.code.split(".")[0]
            yield ""
            yield f"## {group}.*"
        yield ""
        yield f"### {entry.code}"
        yield ""
        yield f"*{entry.severity}*"
        yield ""
        yield f"- {entry.message['zh']}"
        yield f"- {entry.message['en']}"
        yield f"- Cause: {entry.cause['en']}"
        yield f"- Cure: {entry.cure['en']}"
        yield f"- 处理办法：{entry.hint['zh']}"
        yield f"- 原因：{entry.cause['zh']}"
        yield f"- 解决办法：{entry.cure['zh']}"
        yield f"- 例：{entry.example}"
        if entry.source:
            yield f"- 依据：{entry.source}"
    yield ""


def cli_page() -> str:
    """docs/cli.md: what --help prints, command by command."""
    return "\n".join(_cli_lines())


def _cli_lines() -> Iterator[str]:
    yield "# The command line"
    yield ""
    yield "What `--help` prints, made by `python -m tools.make_docs`. With `REPORTFILL_LANG=zh`, or on a Chinese"
    yield "system, all of it is in Chinese."
    yield ""
    yield "| exit status | meaning |"
    yield "|---|---|"
    yield "| 0 | done |"
    yield "| 1 | there are findings with errors (or, for `pack check`, problems); a sum or comparison is partial |"
    yield "| 2 | a call or a file that cannot be used; one line on stderr says why |"
    for command, text in zip(COMMANDS, help_texts(COMMANDS), strict=True):
        yield ""
        yield f"## {' '.join(('reportfill', *command))}"
        yield ""
        yield "```"
        yield text
        yield "```"
    yield ""


_ALL_HELP = """
import sys
from reportfill.cli.campaign.app import COMMANDS as OF_CAMPAIGN
from reportfill.cli.main import COMMANDS as OF_PROGRAM
from reportfill.cli.packs import packs
from reportfill.cli.campaign.key import keys
from reportfill.cli.campaign.user import users
from reportfill.cli.main import status_of
for command in sys.argv[1:]:
    assert status_of([*command.split(), "--help"]) == 0
    print(end="\f")
"""


def help_texts(commands: Sequence[tuple[str, ...]], language: str = "en") -> list[str]:
    """What each command prints for --help, 100 columns wide."""
    environment = {
        **os.environ,
        "REPORTFILL_LANG": language,
        "COLUMNS": "100",
        "NO_COLOR": "1",
        "TERM": "dumb",
    }
    arguments = [sys.executable, "-c", _ALL_HELP, *map(" ".join, commands)]
    done = subprocess.run(arguments, env=environment, capture_output=True, check=True, encoding="utf-8")
    printed = done.stdout.split("\f")[:-1]
    return ["\n".join(line.rstrip() for line in text.strip().splitlines()) for text in printed]


def architecture_page(page: str) -> str:
    """docs/architecture.md as it stands, with its table of rooms made anew."""
    return _with_table(page, _ROOMS_HEAD, (f"| `{name}/` | {purpose} |" for name, purpose in rooms()))


def rooms() -> Iterator[tuple[str, str]]:
    """Every package of the program by its place, with the first sentence that it says of itself."""
    top = ROOT / "src" / "reportfill"
    for path in sorted(top.rglob("__init__.py")):
        if path.parent != top:
            words = (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").partition("\n")[0]
            yield path.parent.relative_to(top).as_posix(), words


_ROOMS_HEAD = "| room | what is in it |\n|---|---|\n"


def vocabulary_page(page: str) -> str:
    """docs/schema-vocabulary.md as it stands, with its table of keywords made anew."""
    rows = (
        f"| `{word.name}` | {', '.join(word.places)} | {word.meaning} | {word.in_workbook} |"
        for word in KEYWORDS.values()
    )
    return _with_table(page, _TABLE_HEAD, rows)


def chinese_vocabulary_page(page: str) -> str:
    """docs/schema-vocabulary.zh-CN.md as it stands, with its table of keywords made anew."""
    rows = (
        f"| `{word.name}` | {'、'.join(PLACES[place] for place in word.places)} | {MEANINGS[word.name]} |"
        f" {IN_WORKBOOK[word.in_workbook]} |"
        for word in KEYWORDS.values()
    )
    return _with_table(page, _CHINESE_TABLE_HEAD, rows)


def _with_table(page: str, head: str, rows: Iterable[str]) -> str:
    """A page with the rows of the table of that head made anew."""
    before, _, rest = page.partition(head)
    behind = rest.partition("\n\n")[2] if rest.startswith("|") else rest.lstrip("\n")
    return f"{before}{head}{chr(10).join(rows)}\n\n{behind}"


_TABLE_HEAD = "| keyword | beside `type` | meaning | in the workbook |\n|---|---|---|---|\n"
_CHINESE_TABLE_HEAD = "| 关键字 | 写在哪种`type`旁边 | 意思 | 填报表中 |\n|---|---|---|---|\n"


def main(arguments: list[str]) -> None:
    """Write the pages into the folder named, or into docs/."""
    folder = Path(arguments[0]) if arguments else DOCS
    for name, page in (("findings.md", findings_page), ("cli.md", cli_page), ("api.md", api_page)):
        (folder / name).write_text(page(), encoding="utf-8")
        print(folder / name)
    for name, language in (("pages.md", "en"), ("pages.zh-CN.md", "zh")):
        (folder / name).write_text(pages_page(language), encoding="utf-8")
        print(folder / name)
    if folder == DOCS:
        for place, content in pages().items():
            place.write_bytes(content)
            print(place)
        KNOWN_SCHEMAS.write_text(known_schemas(), encoding="ascii")
        print(KNOWN_SCHEMAS)
        KNOWN_PACKS.write_text(known_packs(), encoding="ascii")
        print(KNOWN_PACKS)
        for old in KNOWN_TEMPLATES.glob("*.json"):
            old.unlink()
        for name, text in known_templates().items():
            (KNOWN_TEMPLATES / name).write_text(text, encoding="utf-8")
            print(KNOWN_TEMPLATES / name)
    for name, table_in in (
        ("schema-vocabulary.md", vocabulary_page),
        ("schema-vocabulary.zh-CN.md", chinese_vocabulary_page),
        ("architecture.md", architecture_page),
    ):
        place = folder / name
        if place.exists():
            place.write_text(table_in(place.read_text("utf-8")), encoding="utf-8")
            print(place)


def pages() -> dict[Path, bytes]:
    """The page templates of all shipped packs by their places, as they are drafted of the Word report."""
    packs = [pack_in(path.parent) for path in sorted(TEMPLATES.glob("*/schema.json"))]
    return {
        TEMPLATES / pack.id / PAGE: drafted_page(pack.report, pack.manifest).encode("utf-8") for pack in packs
    }


def known_schemas() -> str:
    """The digests of the schemas of all shipped packs, a line each."""
    return "".join(
        f"{schema_digest(path.read_bytes())}\n" for path in sorted(TEMPLATES.glob("*/schema.json"))
    )


def known_packs() -> str:
    """The digests of all shipped packs, a line each."""
    return "".join(
        f"{pack_digest(pack_in(path.parent))}\n" for path in sorted(TEMPLATES.glob("*/schema.json"))
    )


def known_templates() -> dict[str, str]:
    """The compiled templates of all shipped packs: what each file is called, and what it holds."""
    contents = [path.read_bytes() for path in sorted(TEMPLATES.glob("*/report.docx"))]
    return {file_name(content): file_text(compiled(content)[1]) for content in contents}


if __name__ == "__main__":
    main(sys.argv[1:])

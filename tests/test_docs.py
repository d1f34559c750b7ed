"""What the docs list is what the code does."""

from __future__ import annotations

import json
import plistlib
import re
import subprocess
import sys
from configparser import ConfigParser
from datetime import date
from pathlib import Path

import pytest
from places import ROOT
from printed import PRINTED

import reportfill
from reportfill.catalogue import CATALOGUE, LANGUAGES
from reportfill.checks.grammar import grammar_of
from reportfill.checks.statements import paragraph_statements
from reportfill.pack.keywords import KEYWORDS
from reportfill.pack.pack import pack_from, read_parts
from reportfill.pack.vocabulary import meta_schema
from tools.api_page import api_page
from tools.make_docs import (
    COMMANDS,
    architecture_page,
    chinese_vocabulary_page,
    cli_page,
    findings_page,
    vocabulary_page,
)
from tools.test_result import PAGE, with_result


def test_the_page_of_findings_is_the_catalogue() -> None:
    assert (ROOT / "docs/findings.md").read_text("utf-8") == findings_page(), "run: python -m tools.make_docs"


def test_the_page_of_the_command_line_is_what_help_prints() -> None:
    assert (ROOT / "docs/cli.md").read_text("utf-8") == cli_page(), "run: python -m tools.make_docs"


def test_the_page_of_the_tests_has_a_place_for_the_last_result() -> None:
    counts = {"passed": 6901, "skipped": 2, "xfailed": 0}
    page = with_result(PAGE.read_text("utf-8"), date(2024, 1, 31), counts, 21.6, 33.2)
    assert "\n2024-01-31: 6,901 passed, 2 skipped; 22 minutes, 33 of a processor.\n" in page


def test_every_room_of_the_code_is_on_the_page_of_the_architecture() -> None:
    page = (ROOT / "docs/architecture.md").read_text("utf-8")
    assert page == architecture_page(page), "run: python -m tools.make_docs"
    assert "| `campaign/operations/` |" in page


def test_the_page_of_the_api_is_what_the_code_says_of_itself() -> None:
    assert (ROOT / "docs/api.md").read_text("utf-8") == api_page(), "run: python -m tools.make_docs"


def test_the_page_of_the_api_has_every_public_name_and_its_own_words() -> None:
    entries = api_page().split("\n### ")[1:]
    assert {entry.partition("`\n")[0].strip("`") for entry in entries} == {*reportfill.__all__} - {
        "__version__"
    }
    for entry in entries:
        words = re.sub(r"```.*?```", "", entry.partition("\n")[2], flags=re.DOTALL)
        assert re.search(r"[a-z]{3,}", words), entry


def test_all_public_names_are_shown_before_they_are_used() -> None:
    listing = "import reportfill; print(*dir(reportfill))"
    shown = subprocess.run([sys.executable, "-c", listing], capture_output=True, check=True, encoding=PRINTED)
    assert set(reportfill.__all__) <= set(shown.stdout.split())


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_finding_is_worded_in_both_languages(code: str) -> None:
    entry = CATALOGUE[code]
    for texts in (entry.message, entry.hint):
        assert set(texts) == set(LANGUAGES)
        chinese = re.sub(r"--\w+[ {}\w]*|\{\w+\}", "", texts["zh"])
        assert not re.search(r"[,;!?](?![^“]*”)", chinese), "Chinese punctuation is full-width"


def test_the_table_of_keywords_is_the_list_by_which_a_schema_is_judged() -> None:
    page = (ROOT / "docs/schema-vocabulary.md").read_text("utf-8")
    assert page == vocabulary_page(page), "run: python -m tools.make_docs"
    chinese = (ROOT / "docs/schema-vocabulary.zh-CN.md").read_text("utf-8")
    assert chinese == chinese_vocabulary_page(chinese), "run: python -m tools.make_docs"
    assert [name for name in KEYWORDS if f"| `{name}` |" not in chinese] == []
    assert set(
        re.findall(
            r"^\| `([$\w]+)` \| (?:root|object|array|string|integer|choice|date|rows)", page, re.MULTILINE
        )
    ) == set(KEYWORDS)
    assert meta_schema()["propertyNames"]["enum"] == list(KEYWORDS)


@pytest.mark.parametrize("name", ["schema-vocabulary.md", "schema-vocabulary.zh-CN.md"])
def test_the_page_of_the_vocabulary_explains_every_keyword(name: str) -> None:
    page = (ROOT / "docs" / name).read_text("utf-8")
    schema = meta_schema()
    for keyword in schema["properties"]:
        assert re.search(rf"^#+ .*`{keyword}`", page, re.MULTILINE)
    for part in ("balance", "mention", "wordings"):
        for key in schema["$defs"][part]["properties"]:
            assert f"`{key}`" in page
    for relation in schema["$defs"]["balance"]["properties"]["relation"]["enum"]:
        assert f"`{relation}`" in page


def test_the_mention_that_the_page_of_the_vocabulary_shows_hears_what_it_says() -> None:
    page = (ROOT / "docs/schema-vocabulary.md").read_text("utf-8")
    shown = re.search(r'^(\{ "id": "hearings".*?\})\n```', page, re.DOTALL | re.MULTILINE)
    assert shown
    parts = read_parts(ROOT / "templates" / "annual-report-2021")
    schema = json.loads(parts["schema.json"])
    schema["mentions"].insert(0, json.loads(shown[1]))
    pack = pack_from(parts | {"schema.json": json.dumps(schema).encode()})
    heard = {
        text: [
            s.least for s in paragraph_statements(grammar_of(pack), text, 2025, "overview.summary").statements
        ]
        for text in (
            "举行听证会12次。",
            "召开了12场听证。",
            "听证会共举行12次。",
            "未举行听证。",
            "举行听证会、听证均为0次。",
        )
    }
    assert list(heard.values()) == [[12], [12], [12], [0], [0, 0]]


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_the_python_that_a_readme_shows_runs(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    shown = re.findall(r"```python\n(.*?)```", (ROOT / page).read_text("utf-8"), re.DOTALL)
    names: dict[str, object] = {}
    for block in shown:
        exec(block, names)
    assert isinstance(names["report"], bytes)


def test_what_the_page_of_the_drop_folder_hands_to_systems_can_be_read() -> None:
    page = (ROOT / "docs/watch.md").read_text("utf-8")
    (agent,) = re.findall(r"```xml\n(.*?)```", page, re.DOTALL)
    (unit,) = re.findall(r"```ini\n(.*?)```", page, re.DOTALL)
    service = ConfigParser(interpolation=None)
    service.read_string(unit)
    for arguments in (
        plistlib.loads(agent.encode())["ProgramArguments"],
        service["Service"]["ExecStart"].split(" "),
    ):
        program, command, _, output, *_ = arguments
        assert (Path(program).name, command, output) == ("reportfill", "watch", "-o")


def pages() -> list[Path]:
    """Every page for people."""
    return [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").glob("*.md"),
        *ROOT.glob("templates/*/*.md"),
        *ROOT.glob("*/README.md"),
    ]


@pytest.mark.parametrize("page", sorted(pages()), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_and_every_command_that_a_page_shows_exists(page: Path) -> None:
    text = page.read_text("utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert target.startswith("http") or (page.parent / target).exists(), target
    known = {" ".join(command) for command in COMMANDS}
    for words in re.findall(
        r"(?:^ {4}|`|\$ )reportfill ((?:pack |campaign )?[a-z]+(?:-[a-z]+)*)", text, re.MULTILINE
    ):
        assert words in known, words
    for target in re.findall(r"(?:^ {4}|`)make ([a-z]+(?:-[a-z]+)*)", text, re.MULTILINE):
        assert f"\n{target}:" in (ROOT / "Makefile").read_text("utf-8"), target


def test_the_rule_and_the_wording_that_the_keepers_guide_shows_can_be_used() -> None:
    guide = (ROOT / "docs/guide-keeper.zh-CN.md").read_text("utf-8")
    rule, wording = (
        json.loads(block)
        for block in re.findall(r"^    (\{ \"id\".*?\})\n\n", guide, re.DOTALL | re.MULTILINE)
    )
    parts = read_parts(ROOT / "templates" / "annual-report-2021")
    schema = json.loads(parts["schema.json"])
    schema["$defs"]["documents"]["balances"].append(rule)
    schema["mentions"].append(wording)
    pack = pack_from(parts | {"schema.json": json.dumps(schema).encode()})
    assert rule["id"] in {balance.id for balance in pack.rules.balances}
    assert wording["id"] in {mention.id for mention in pack.rules.mentions}


@pytest.mark.parametrize("page", ["packs.md", "packs.zh-CN.md"])
def test_the_page_of_packs_lists_those_that_come_with_the_tool(page: str) -> None:
    shipped = {place.parent.name for place in (ROOT / "templates").glob("*/pack.toml")}
    listed = re.findall(
        r"(?m)^\| `([a-z0-9-]+)` \| `[a-z0-9-]+` \|", (ROOT / "docs" / page).read_text("utf-8")
    )
    assert (set(listed), len(listed)) == (shipped, len(shipped))


def test_every_script_about_other_software_is_listed() -> None:
    page = (ROOT / "findings/README.md").read_text("utf-8")
    scripts = {path.name for path in (ROOT / "findings").glob("*.sh")} - {"common.sh"}
    assert scripts == set(re.findall(r"^\| ([\w-]+\.sh) ", page, re.MULTILINE))

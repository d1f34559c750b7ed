"""What the docs list is what the code does."""

from __future__ import annotations

import re

import pytest
from places import ROOT

from reportfill.checks.catalogue import CATALOGUE, LANGUAGES
from reportfill.pack.vocabulary import meta_schema
from tools.make_docs import cli_page, findings_page


def test_the_page_of_findings_is_the_catalogue() -> None:
    assert (ROOT / "docs/findings.md").read_text("utf-8") == findings_page(), "run: python -m tools.make_docs"


def test_the_page_of_the_command_line_is_what_help_prints() -> None:
    assert (ROOT / "docs/cli.md").read_text("utf-8") == cli_page(), "run: python -m tools.make_docs"


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_finding_is_made_somewhere_and_worded_in_both_languages(code: str) -> None:
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    group, kind = code.split(".")
    entry = CATALOGUE[code]
    assert f'"{code}"' in sources or (f'"{group}"' in sources and f'"{kind}"' in sources)
    for texts in (entry.message, entry.hint):
        assert set(texts) == set(LANGUAGES)
        chinese = re.sub(r"--\w+[ {}\w]*|\{\w+\}", "", texts["zh"])
        assert not re.search(r"[,;!?](?![^“]*”)", chinese), "Chinese punctuation is full-width"


def test_the_page_of_the_vocabulary_explains_every_keyword() -> None:
    page = (ROOT / "docs/schema-vocabulary.md").read_text("utf-8")
    schema = meta_schema()
    for keyword in schema["properties"]:
        assert f"## `{keyword}`" in page
    for part in ("balance", "mention"):
        for key in schema["$defs"][part]["properties"]:
            assert f"`{key}`" in page
    for relation in schema["$defs"]["balance"]["properties"]["relation"]["enum"]:
        assert f"`{relation}`" in page

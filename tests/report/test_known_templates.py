"""The templates that the tool comes with are not compiled by every run: here they are."""

from __future__ import annotations

import json
from typing import Any

import jinja2
import pytest

from reportfill.office.package import parts_of
from reportfill.office.properties import Properties
from reportfill.pack.pack import Pack
from reportfill.report import template as printing
from reportfill.report.known_templates import file_name, known_template
from reportfill.report.template import compiled, compiled_template
from tools.make_docs import KNOWN_TEMPLATES, TEMPLATES, known_templates

NOTHING_SAID = Properties("", "", {})
SHIPPED = [path.read_bytes() for path in sorted(TEMPLATES.glob("*/report.docx"))]


def test_the_known_ones_are_those_of_the_packs_that_are_shipped() -> None:
    assert SHIPPED
    kept = {path.name: json.loads(path.read_text("utf-8")) for path in KNOWN_TEMPLATES.iterdir()}
    made = {name: json.loads(text) for name, text in known_templates().items()}
    for said in (*kept.values(), *made.values()):
        said.pop("unchanged")  # another zlib may compress otherwise; the next test looks into it
    assert kept == made, "run: python -m tools.make_docs"


@pytest.mark.parametrize("content", SHIPPED, ids=file_name)
def test_what_is_known_is_what_compiling_gives(content: bytes) -> None:
    reasons, made = compiled(content)
    known = known_template(content)
    assert known is not None
    assert reasons == (), "what takes docxtpl's full pass cannot be kept"
    assert known._replace(unchanged=made.unchanged) == made
    assert parts_of(known.unchanged) == parts_of(made.unchanged)


def test_the_same_report_is_printed_by_either(
    pack: Pack, weihui: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    by_known = compiled_template(pack.report).printed(weihui, NOTHING_SAID)
    compiled_template.cache_clear()
    monkeypatch.setattr(printing, "known_template", lambda content: None)
    by_compiled = compiled_template(pack.report).printed(weihui, NOTHING_SAID)
    compiled_template.cache_clear()
    assert parts_of(by_known) == parts_of(by_compiled)


def test_any_other_template_is_compiled(pack: Pack) -> None:
    assert known_template(pack.report) is not None
    assert known_template(pack.report + b"\0") is None


def test_another_jinja_compiles_them_itself(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jinja2, "__version__", "3.1.0")
    assert known_template(pack.report) is None
    monkeypatch.delattr(jinja2, "__version__")
    assert known_template(pack.report) is None

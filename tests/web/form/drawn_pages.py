"""Forms as pages, and what a browser would post of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml import html

from reportfill import Finding, Pack
from reportfill.web.form.drawn_form import drawn_form


def fields_of_page(
    pack: Pack, data: Mapping[str, Any], findings: Sequence[Finding] = (), language: str = "zh"
) -> str:
    """The fields of a form within a page that has nothing else."""
    environment = Environment(
        loader=FileSystemLoader(str(files("reportfill.web").joinpath("templates"))),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    drawn = environment.get_template("form_fields.html.jinja").render(
        form=drawn_form(pack, data, findings),
        said=lambda chinese, english: english if language == "en" else chinese,
        told=lambda text: text.in_language(language),
    )
    head = '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>表</title></head><body>'
    return f'{head}<main><h1>表</h1><form method="post">{drawn}</form></main></body></html>'


def posted_by(page: str) -> list[tuple[str, str]]:
    """What a browser posts of a page when nothing was changed in it: text areas with line ends of its own."""
    [form] = html.document_fromstring(page).forms
    for area in form.iter("textarea"):
        # A browser leaves out the line break right behind the tag, lxml does not.
        area.text = (area.text or "").removeprefix("\n").replace("\n", "\r\n")
    return [(name, value or "") for name, value in form.form_values() if name.startswith("/")]

"""Whether a condition or loop of a template can leave half of something."""

from __future__ import annotations

import pytest

from reportfill.pack.pack import Pack
from reportfill.report.broken_xml import may_break
from reportfill.report.template import opened_template


@pytest.mark.parametrize(
    "source",
    [
        "<b><p>{{ x }}</p></b>",
        "<b>{% for x in y %}<p>{{ x }}</p>{% endfor %}</b>",
        "<b><p><r>{% if x %}a{% endif %}</r></p></b>",
        "<b>{% if x %}<p/>{% elif y %}<t/>{% else %}<p/>{% endif %}</b>",
        "<b>{% for x in y %}<p>{% if x %}a{% endif %}</p>{% endfor %}</b>",
        "<b><p><r>{% if x %}</r><r>heading</r><r>{% endif %}text</r></p></b>",
    ],
)
def test_what_begins_and_ends_with_the_same_elements_open_cannot_tear(source: str) -> None:
    assert not may_break(source)


@pytest.mark.parametrize(
    "source",
    [
        "<b><p>{% if x %}</p><t><p>{% endif %}</p></t></b>",
        "<b>{% if x %}<p>{% else %}</p>{% endif %}</b>",
        "<b><p>{% if x %}</p></b>",
        "<b>{% endif %}</b>",
        '<b><p a="{% if x %}1{% endif %}"/></b>',
        "<b>{% set x = 1 %}</b>",
    ],
)
def test_what_cannot_be_told_apart_from_that_may(source: str) -> None:
    assert may_break(source)


def test_the_annual_report_cannot_tear(pack: Pack) -> None:
    template = opened_template(pack.report)
    assert not may_break(template.patch_xml(template.get_xml()))

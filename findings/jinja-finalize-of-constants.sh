#!/usr/bin/env bash
# Jinja 3.1.6, autoescaping on: `finalize` is given what an expression comes to before it is printed. One template prints a
# constant, the other a variable of the same text.
# One would guess that `finalize` is given the same in both, and that what it gives back is escaped.
# Seen: a constant is escaped first, when the template is compiled, and comes as Markup; a variable comes as it is, and is
# escaped afterwards. So a finalize that counts, compares or looks up characters sees &amp; where the keeper wrote &, and what
# it gives back for a constant is printed unescaped.
. "$(dirname "$0")/common.sh"
install Jinja2==3.1.6
expect "constant: finalize is given Markup('A&amp;B'); printed: '7 letters <'
variable: finalize is given 'A&B'; printed: '3 letters &lt;'" <<'PYTHON'
from jinja2 import Environment

given = []


def letters(value):
    given.append(value)
    return f"{len(value)} letters <"


environment = Environment(autoescape=True, finalize=letters)
for words, source in (("constant", "{{ 'A&B' }}"), ("variable", "{{ text }}")):
    printed = environment.from_string(source).render(text="A&B")
    print(f"{words}: finalize is given {given[-1]!r}; printed: {printed!r}")
PYTHON

"""reportfill explain: what a finding means, why it comes about and what to do, in the words of its example."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Annotated

from reportfill.catalogue import CATALOGUE
from reportfill.cli.console import print_line, print_said, print_table
from reportfill.cli.language import language, say, told
from reportfill.cli.options import Lang, argument
from reportfill.errors import UsageError
from reportfill.finding import SEVERITY_NAMES, Severity

Code = Annotated[
    str,
    argument(
        "CODE",
        "问题的编号，如cell.blank；不写则列出全部。",
        "A finding's code, such as cell.blank; none lists all.",
    ),
]
HELP = say(
    """说明一种问题：处理办法、原因、例子和依据。

    例：reportfill explain balance.unequal""",
    """Explain a finding: its cause, its cure, an example, and where the regulation asks for it.

    Example: reportfill explain balance.unequal""",
)


def explain(code: Code = "", lang: Lang = None) -> None:
    """Print what the catalogue says of a code, or all codes."""
    if not code:
        headings = (say("编号", "Code"), say("类别", "Level"), say("问题", "What"))
        rows = [
            (e.code, _severity(e.severity), e.in_example(e.message, language())) for e in CATALOGUE.values()
        ]
        print_table(headings, rows)
        return
    entry = CATALOGUE.get(code)
    if entry is None:
        close = get_close_matches(code, CATALOGUE, n=1)
        meant = say(f"，是不是{close[0]}？", f"; is {close[0]} meant?") if close else ""
        raise UsageError(f"there is no finding {code}{meant}", f"没有这种问题：{code}{meant}")
    severity = _severity(entry.severity)
    print_said(f"{entry.code}（{severity}）", f"{entry.code} ({severity})")
    for heading, words in (
        (say("问题", "What"), entry.in_example(entry.message, language())),
        (say("处理办法", "What to do"), entry.in_example(entry.hint, language())),
        (say("原因", "Cause"), entry.cause[language()]),
        (say("解决办法", "Cure"), entry.cure[language()]),
        (say("例", "Example"), entry.example),
        (say("依据", "Source"), entry.source),
    ):
        if words:
            print_line(f"  {heading}{say('：', ': ')}{words}")


def _severity(name: str) -> str:
    return told(SEVERITY_NAMES[Severity(name)])

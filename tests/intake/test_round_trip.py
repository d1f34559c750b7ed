"""Data → workbook → data."""

from __future__ import annotations

from decimal import Decimal

from builders import figures_only
from hypothesis import given, settings
from hypothesis import strategies as st
from often import often

from reportfill import Pack, Submission, new_workbook, read_workbook
from reportfill.finding import Severity
from reportfill.model.figures import value_at

PATHS = [
    "requests.received.natural_person",
    "requests.outcomes.denied.state_secret.business",
    "disputes.reconsideration.upheld",
    "proactive.licensing.decisions",
]
COUNTS = st.integers(0, 999_999_999)
# What reading leaves as it is: no marks without width, no breaks, no space at the ends.
PARAGRAPH = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"], exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=60,
).filter(lambda text: text == text.strip())


@settings(max_examples=often(12))
@given(
    figures=st.dictionaries(st.sampled_from(PATHS), COUNTS),
    amount=st.decimals(0, 10**8, places=4),
    paragraphs=st.lists(PARAGRAPH, min_size=1, max_size=11),
)
def test_what_goes_into_a_workbook_comes_out_of_it(
    pack: Pack, figures: dict[str, int], amount: Decimal, paragraphs: list[str]
) -> None:
    data = figures_only(pack, {**figures, "proactive.fees.amount": amount, "overview.platform": paragraphs})
    workbook = new_workbook(pack, agency="清河县档案馆", year=2023, data=data)
    submission = read_workbook(workbook)
    expected = Submission.from_data(pack, data)
    findings = [found for found in submission.findings if found.severity is not Severity.NOTE]
    # General shows eleven characters, and an amount may have more.
    assert {found.code for found in findings} <= {"cell.shown_rounded"}
    assert len(findings) == (len(f"{amount.normalize():f}") > 11)
    for path in pack.fields:
        there, wanted = value_at(submission.exact_data, path), value_at(expected.exact_data, path)
        assert there == wanted or (there, wanted) in (([], None), (None, None))

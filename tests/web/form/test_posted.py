"""What is posted is what is read: nothing typed is lost, whatever the pack."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from often import often
from outputs.of_all_packs import REPORTS, data_of_pack, report_of
from pack.random_pack import flat
from page_judges import page_problems
from test_random_packs import Drawn, drawn, told, tried
from web.form.drawn_pages import fields_of_page, posted_by

from reportfill import Pack, Submission, check, load_pack
from reportfill.finding import Severity
from reportfill.web.form.posted import data_for_reading, data_of, posted_of

PACKS = tuple(REPORTS)


def read_back(pack: Pack, posted: list[tuple[str, str]]) -> Submission:
    """The submission that what was posted makes."""
    return Submission.from_data(pack, data_for_reading(pack, data_of(pack, posted)))


@tried(max_examples=often(75))
@given(one=drawn())
def test_any_form_posts_what_the_data_say(one: Drawn) -> None:
    submission = read_back(one.pack, list(posted_of(one.pack, one.data)))
    assert flat(one.made.root, submission.exact_data) == one.values
    assert told(submission) == []


@tried(max_examples=often(75))
@given(one=drawn())
def test_any_page_posts_what_the_data_say(one: Drawn) -> None:
    submission = read_back(one.pack, posted_by(fields_of_page(one.pack, one.data)))
    read, wanted = flat(one.made.root, submission.exact_data), one.values
    assert {path: in_any_order(value) for path, value in read.items()} == {
        path: in_any_order(value) for path, value in wanted.items()
    }
    assert told(submission) == []


def filled_in(submission: Submission) -> dict[str, Any]:
    """The values that are not blank."""
    return {path: value for path, value in submission.values.items() if value not in ([], {}, "")}


def in_any_order(value: Any) -> Any:
    """A value; of several choices which they are, for boxes are ticked in no order."""
    return sorted(value, key=str) if isinstance(value, list) else value


@pytest.mark.parametrize("pack", PACKS)
def test_a_report_goes_through_its_page_without_a_change(pack: str) -> None:
    report, loaded = report_of(pack), load_pack(pack)
    page = fields_of_page(loaded, report.exact_data)
    again = read_back(loaded, posted_by(page))
    assert filled_in(again) == filled_in(report)
    assert [found.code for found in check(again)] == [found.code for found in check(report)]


@pytest.mark.parametrize("pack", PACKS)
def test_every_field_that_is_typed_is_asked_for_once(pack: str) -> None:
    loaded = load_pack(pack)
    names = {name for name, _ in posted_by(fields_of_page(loaded, {}))}
    fields = [field for field in loaded.fields.values() if not loaded.is_derived(field.path)]
    asked = {field.path for field in fields if not field.kind.is_laid}
    assert {name.replace("/0", "")[1:].replace("/", ".") for name in names} == asked
    assert len(names) == len(asked)


def blank(loaded: Pack) -> Mapping[str, Any]:
    return data_for_reading(loaded, data_of(loaded, posted_by(fields_of_page(loaded, {}))))


@pytest.mark.parametrize("pack", PACKS)
def test_a_blank_form_lacks_what_a_blank_workbook_lacks(pack: str) -> None:
    loaded = load_pack(pack)
    lacking = {found.field for found in check(Submission.from_data(loaded, blank(loaded)))}
    assert "agency.name" in lacking
    assert "year" in lacking


@given(typed=st.text(alphabet="0123456789.-+ ，,万元件零无/abc", min_size=1, max_size=12))
def test_what_is_no_number_comes_back_as_it_was_typed(typed: str) -> None:
    pack = load_pack("annual-report-2021")
    name = "/requests/received/natural_person"
    data = data_of(pack, [(name, typed)])
    again = [text for at, text in posted_by(fields_of_page(pack, data)) if at == name]
    before = Submission.from_data(pack, {"requests": {"received": {"natural_person": typed}}})
    [said] = again
    assert said == (typed if typed.strip() else "") or data["requests"]["received"]["natural_person"] == int(
        typed
    )
    after = Submission.from_data(pack, data)
    assert after.values.get(name[1:].replace("/", ".")) == before.values.get(name[1:].replace("/", "."))


def test_what_is_wrong_is_said_beside_its_input_and_above_all() -> None:
    pack = load_pack("annual-report-2021")
    data = data_of_pack("annual-report-2021")
    data["requests"]["received"]["business"] = "三四件"
    submission = Submission.from_data(pack, data_for_reading(pack, data))
    findings = [found for found in check(submission) if found.severity is Severity.ERROR]
    page = fields_of_page(pack, data, findings)
    assert 'href="#/requests/received/business"' in page
    assert 'id="/requests/received/business" aria-invalid="true"' in page
    assert 'id="/requests/received/business-said"' in page
    assert 'value="三四件"' in page


def test_what_is_no_input_of_the_form_is_passed_over() -> None:
    pack = load_pack("law-enforcement-statistics")
    odd = [
        "",
        "/",
        "csrf",
        "/nothing",
        "/bodies/name",
        "/bodies/x/name",
        "/agency/0/name",
        "/bodies/1234567/name",
    ]
    odd += ["/bodies_total/posts", "/bodies/0", "/bodies/0/0/name", "//", "/agency", "/bodies/-1/name"]
    assert data_of(pack, [(name, "1") for name in odd]) == {}


def test_rows_keep_their_order_whatever_numbers_they_have() -> None:
    pack = load_pack("law-enforcement-statistics")
    posted = [("/bodies/11/name", "乙"), ("/bodies/2/name", "甲"), ("/bodies/5/name", "")]
    assert data_of(pack, posted) == {"bodies": [{"name": "甲"}, {"name": None}, {"name": "乙"}]}
    assert data_for_reading(pack, data_of(pack, posted))["bodies"] == [
        {"name": name, "kind": None, "posts": None, "staff": None} for name in ("甲", "乙")
    ]


@pytest.mark.parametrize("pack", PACKS)
def test_the_fields_are_html_as_the_w3c_has_it(pack: str, tmp_path: Path) -> None:
    blank_page, filled_page = tmp_path / "blank.html", tmp_path / "filled.html"
    loaded = load_pack(pack)
    findings = check(Submission.from_data(loaded, blank(loaded)))
    blank_page.write_text(fields_of_page(loaded, {}, findings), encoding="utf-8")
    filled_page.write_text(fields_of_page(loaded, report_of(pack).exact_data), encoding="utf-8")
    said = page_problems(blank_page, filled_page)
    assert [one for one in said if "is not supported in all browsers" not in one] == []

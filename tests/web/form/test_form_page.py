"""A form begins as a workbook does, takes files in, and gives them back with all that was typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from outputs.of_all_packs import REPORTS, report_of
from places import SAMPLES

from reportfill import PackError, check, load_pack, new_workbook, read_workbook
from reportfill.finding import errors_in
from reportfill.intake.data import read_data
from reportfill.outputs.json import json_files
from reportfill.outputs.material import Material
from reportfill.pack.discovery import find_pack_of_id
from reportfill.web.form.form_page import (
    FormFile,
    TypedForm,
    begun_form,
    checked_form,
    contents_of_file,
    data_for_workbook,
    json_of_form,
)
from reportfill.web.form.posted import data_of, posted_of

PACK_OF_SAMPLE = {
    "hongze-2023.xlsx": "annual-report-2021",
    "typical-mistakes-2023.xlsx": "annual-report-2021",
    "typical-mistakes-2020.xlsx": "annual-report-2019",
    "typical-mistakes-statistics-2023.xlsx": "law-enforcement-statistics",
    "typical-mistakes-university-2021.xlsx": "university-disclosure",
}


@pytest.mark.parametrize("pack", REPORTS)
def test_a_form_lacks_at_its_beginning_what_a_new_workbook_lacks(pack: str) -> None:
    loaded = load_pack(pack)
    year = report_of(pack).year
    assert year is not None
    of_workbook = check(read_workbook(new_workbook(loaded, year=year, agency="某单位"), loaded))
    of_form = checked_form(TypedForm(find_pack_of_id(pack), begun_form(loaded, year, "某单位")))
    assert {found.field for found in errors_in(of_form)} == {found.field for found in errors_in(of_workbook)}


def test_last_years_figures_are_where_a_workbook_has_them() -> None:
    pack = load_pack("annual-report-2021")
    last = report_of("annual-report-2021").exact_data
    begun = begun_form(pack, 2024, "某单位", last=last)
    assert (
        begun["requests"]["carried_over"]["natural_person"]
        == last["requests"]["carried_forward"]["natural_person"]
    )


def test_a_year_that_the_pack_does_not_serve_is_refused() -> None:
    with pytest.raises(PackError):
        begun_form(load_pack("annual-report-2021"), 1999)


@pytest.mark.parametrize("sample", PACK_OF_SAMPLE)
def test_what_stands_in_a_workbook_stands_in_the_form_whatever_is_wrong_with_it(sample: str) -> None:
    pack = load_pack(PACK_OF_SAMPLE[sample])
    content = Path(SAMPLES / sample).read_bytes()
    data, findings = contents_of_file(FormFile(find_pack_of_id(pack.id), content, is_data=False))
    submission = read_workbook(content, pack)
    assert {found.code for found in findings} >= {found.code for found in submission.findings}
    typed = TypedForm(find_pack_of_id(pack.id), data_of(pack, posted_of(pack, data)))
    again = typed.submission
    shown = {
        path
        for path, value in submission.values.items()
        if value not in ([], {}, "") and not pack.is_derived(path)
    }
    assert {path for path in shown if again.values.get(path) != submission.values[path]} == set()
    unread = {found.field for found in errors_in(submission.findings) if found.value not in (None, "")}
    assert {
        path for path in unread if not any(path.startswith(f.field) for f in checked_form(typed))
    } == set()


def test_the_json_of_a_sound_form_is_that_of_its_report() -> None:
    for name in REPORTS:
        report, pack = report_of(name), load_pack(name)
        typed = TypedForm(find_pack_of_id(pack.id), data_of(pack, posted_of(pack, report.exact_data)))
        [written] = json_files(Material(typed.submission, b"")).values()
        assert json_of_form(typed) == written
        assert read_data(json_of_form(typed), pack).exact_data == typed.submission.exact_data


def test_the_json_of_a_form_that_is_wrong_has_all_that_was_typed() -> None:
    pack = load_pack("annual-report-2021")
    name = "/requests/received/natural_person"
    posted = [
        ("/agency/name", "某局"),
        ("/year", "2025"),
        (name, "三四件"),
        ("/overview/summary", "甲\r\n\r\n乙"),
    ]
    written = json_of_form(TypedForm(find_pack_of_id(pack.id), data_of(pack, posted)))
    data, _ = contents_of_file(FormFile(find_pack_of_id(pack.id), written, is_data=True))
    assert data["requests"]["received"]["natural_person"] == "三四件"
    assert data["overview"]["summary"] == ["甲", "乙"]


def test_a_workbook_of_a_form_has_what_was_typed_as_it_was_typed() -> None:
    pack = load_pack("law-enforcement-statistics")
    posted = [
        ("/bodies/0/name", "甲局"),
        ("/bodies/1/name", ""),
        ("/bodies/3/name", "乙局"),
        ("/bodies/3/posts", "十个"),
    ]
    data = data_for_workbook(TypedForm(find_pack_of_id(pack.id), data_of(pack, posted)))
    workbook = new_workbook(pack, year=2025, agency="某区", data=data)
    again, _ = contents_of_file(FormFile(find_pack_of_id(pack.id), workbook, is_data=False))
    assert [row.get("name") for row in again["bodies"]] == ["甲局", "乙局"]
    assert again["bodies"][1]["posts"] == "十个"


@pytest.mark.parametrize("content", [b"", b"nothing", b"{", b"[1]", b"PK\x03\x04", b'{"a": ' * 100])
def test_a_file_that_cannot_be_read_is_named_and_brings_nothing(content: bytes) -> None:
    pack = load_pack("annual-report-2021")
    for is_data in (True, False):
        data, findings = contents_of_file(FormFile(find_pack_of_id(pack.id), content, is_data))
        assert data == {}
        assert errors_in(findings)


@pytest.mark.parametrize(
    "content",
    [
        '{"requests": 5}',
        '{"overview": {"summary": {"a": 1}}}',
        '{"year": 1e99999999, "agency": []}',
        '{"year": [2]}',
    ],
)
def test_data_of_another_structure_are_shown_as_far_as_the_form_has_places(content: str) -> None:
    pack = load_pack("annual-report-2021")
    data, findings = contents_of_file(FormFile(find_pack_of_id(pack.id), content.encode(), is_data=True))
    assert errors_in(findings)
    assert checked_form(TypedForm(find_pack_of_id(pack.id), data_of(pack, posted_of(pack, data))))

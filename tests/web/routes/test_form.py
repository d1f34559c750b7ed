"""A clerk fills in the form in the browser, without a script."""

from __future__ import annotations

from base64 import b64decode
from io import BytesIO
from typing import Any

import pytest
from httpx2 import Response
from lxml import html
from openpyxl import load_workbook
from outputs.of_all_packs import REPORTS, report_of
from pictures import photo
from places import SAMPLES
from web_visitor import TOKEN, Visitor

from reportfill import Submission, load_pack, read_workbook
from reportfill.intake.data import read_data
from reportfill.office.pictures import inspected_picture
from reportfill.web.form.posted import posted_of

LAW = "law-enforcement-statistics"


class FormVisitor:
    """A browser that has a form open."""

    def __init__(self, visitor: Visitor, address: str) -> None:
        self._visitor, self._address = visitor, address
        self.page = visitor.get(address)
        assert self.page.status_code == 200, self.page.text

    @property
    def entries(self) -> list[tuple[str, str]]:
        """What the form posts as it stands."""
        form = html.document_fromstring(self.page.text).get_element_by_id("form")
        for area in form.iter("textarea"):
            area.text = (area.text or "").removeprefix("\n")  # which a browser leaves out, and lxml does not
        return [(name, value or "") for name, value in form.form_values() if name.startswith("/")]

    @property
    def values(self) -> dict[str, str]:
        """What stands in its inputs."""
        return dict(self.entries)

    def press(
        self, button: str, value: str = "", typed: dict[str, str] | None = None, files: Any = None
    ) -> Response:
        """What comes of a button, with something else typed into some inputs before."""
        token = TOKEN.search(self.page.text)
        assert token
        entries = [(name, text) for name, text in self.entries if name not in (typed or {})]
        data: dict[str, Any] = {"csrf": token[1], button: value}
        for name, text in (*entries, *(typed or {}).items()):
            data.setdefault(name, []).append(text)
        sent = files or {"file": ("", b"")}
        answer = self._visitor.client.post(self._address, data=data, files=sent)
        if 'id="form"' in answer.text:
            self.page = answer
        return answer


def opened(visitor: Visitor, pack: str, year: int | None = None) -> FormVisitor:
    return FormVisitor(visitor, f"/form/{pack}?agency=清河县某局&year={year or report_of(pack).year}")


def filled_in(submission: Submission) -> dict[str, Any]:
    """The values that are not blank."""
    return {path: value for path, value in submission.values.items() if value not in ([], {}, "")}


def filled(pack: str) -> dict[str, str]:
    """What is typed for the report of a pack, but for what is ticked several times."""
    return dict(posted_of(load_pack(pack), report_of(pack).exact_data))


@pytest.mark.parametrize("pack", REPORTS)
def test_a_form_is_filled_in_and_handed_in_for_its_report(visitor: Visitor, pack: str) -> None:
    form = opened(visitor, pack)
    answer = form.press("hand-in", typed=filled(pack))
    assert answer.url.path.startswith("/results/"), answer.text
    assert "校验通过，报告已生成" in answer.text
    made = read_data(visitor.get(f"{answer.url.path}/json.json").content, load_pack(pack))
    assert filled_in(made) == filled_in(report_of(pack))


def test_a_blank_form_is_not_handed_in_but_says_what_lacks(visitor: Visitor) -> None:
    form = opened(visitor, "annual-report-2021")
    answer = form.press("hand-in")
    assert answer.url.path.startswith("/form/")
    assert 'href="#/requests/received/natural_person"' in answer.text
    assert form.values["/agency/name"] == "清河县某局"


def test_what_is_no_number_is_still_there_after_any_button(visitor: Visitor) -> None:
    form = opened(visitor, LAW)
    typed = {"/bodies/0/name": "甲局", "/bodies/0/posts": "三四个", "/account/summary": "第一段\n第二段"}
    for button in ("check", "add-row", "remove-row", "hand-in", "remove-picture", "upload"):
        form.press(button, "/nothing/0", typed)
        values = {name: text.replace("\r\n", "\n") for name, text in form.values.items()}
        assert {name: values[name] for name in typed} == typed


def test_rows_are_added_and_removed(visitor: Visitor) -> None:
    form = opened(visitor, LAW)
    form.press("add-row", "/bodies/1", {"/bodies/0/name": "甲局"})
    assert [form.values["/bodies/0/name"], form.values["/bodies/1/name"]] == ["甲局", ""]
    assert 'id="/bodies/1/name" autofocus' in form.page.text
    form.press("remove-row", "/bodies/0", {"/bodies/1/name": "乙局"})
    assert form.values["/bodies/0/name"] == "乙局"
    assert "/bodies/1/name" not in form.values


def test_the_workbook_has_what_was_typed(visitor: Visitor) -> None:
    form = opened(visitor, LAW)
    answer = form.press("download-workbook", typed=filled(LAW))
    assert answer.headers["content-disposition"].startswith("attachment;")
    submission = read_workbook(answer.content)
    wanted = report_of(LAW).values
    assert {
        path for path in wanted if not path.endswith("seal") and submission.values.get(path) != wanted[path]
    } == set()


def test_the_json_can_be_brought_back(visitor: Visitor) -> None:
    form = opened(visitor, LAW)
    taken = form.press("download-json", typed={"/bodies/0/name": "甲局", "/bodies/0/posts": "三四个"})
    other = opened(visitor, LAW)
    other.press("upload", files={"file": ("随便.json", taken.content)})
    assert [other.values[f"/bodies/0/{name}"] for name in ("name", "posts")] == ["甲局", "三四个"]


def test_a_workbook_is_brought_into_the_form_with_what_is_wrong_in_it(visitor: Visitor) -> None:
    form = opened(visitor, "annual-report-2021")
    content = (SAMPLES / "typical-mistakes-2023.xlsx").read_bytes()
    answer = form.press("upload", files={"file": ("填报表.xlsx", content)})
    assert 'aria-invalid="true"' in answer.text
    cell = load_workbook(BytesIO(content))["表二"]["B6"].value
    assert form.values["/proactive/normative_documents/issued"] == str(cell)


def test_a_picture_stays_until_it_is_removed(visitor: Visitor) -> None:
    form = opened(visitor, LAW)
    seal = load_pack(LAW).fields["seal"]
    picture = seal.kind.sample(seal, long=False).content
    form.press("check", files={"/seal": ("公章.png", picture)})
    assert 'src="data:image/png;base64,' in form.page.text
    kept = form.values["/seal"]
    form.press("check")
    assert form.values["/seal"] == kept
    form.press("remove-picture", "/seal")
    assert "/seal" not in form.values


def test_a_picture_goes_into_the_workbook_and_comes_back_with_it(visitor: Visitor) -> None:
    form = opened(visitor, LAW)
    form.press("check", files={"/seal": ("公章.jpg", photo(6))})
    kept = form.values["/seal"]
    workbook = form.press("download-workbook", typed={"/year": "2025"}).content
    assert read_workbook(workbook).values["seal"].orientation == 6
    again = opened(visitor, LAW)
    again.press("upload", files={"file": ("填报表.xlsx", workbook)})
    assert b64decode(again.values["/seal"]) == inspected_picture(b64decode(kept)).file_content


def test_a_file_that_is_no_picture_is_named(visitor: Visitor) -> None:
    form = opened(visitor, LAW)
    answer = form.press("check", files={"/seal": ("公章.png", b"no picture")})
    assert 'href="#/seal"' in answer.text


@pytest.mark.parametrize("pack", ["nothing", "2023", "%2e%2e%2ftemplates%2fannual-report-2021"])
def test_a_pack_that_is_none_is_not_there(visitor: Visitor, pack: str) -> None:
    assert visitor.get(f"/form/{pack}").status_code == 404


def test_a_year_that_no_form_has_is_said(visitor: Visitor) -> None:
    for year in ("1999", "abc", "9" * 30):
        assert visitor.get(f"/form/annual-report-2021?year={year}").status_code == 422


def test_another_pages_form_is_refused(visitor: Visitor) -> None:
    assert visitor.client.post(f"/form/{LAW}", data={"check": ""}).status_code == 403


def test_the_first_page_leads_to_the_form(visitor: Visitor) -> None:
    asked = {"pack": LAW, "agency": "清河县某局", "year": "2025", "fill-in": ""}
    page = visitor.post("/workbook", asked)
    assert page.url.path == f"/form/{LAW}"
    assert 'value="清河县某局"' in page.text


def test_a_workbook_without_a_year_is_not_made_and_that_is_said(visitor: Visitor) -> None:
    answer = opened(visitor, LAW).press("download-workbook", typed={"/year": ""})
    assert answer.status_code == 422
    assert "请先填写报告年度" in answer.text


def test_many_rows_are_taken(visitor: Visitor) -> None:
    typed = {f"/bodies/{row}/{key}": "1" for row in range(1000) for key in ("name", "kind", "posts", "staff")}
    answer = opened(visitor, LAW).press("check", typed=typed)
    assert answer.status_code == 200
    assert 'name="/bodies/999/name"' in answer.text

"""The report as OFD, as `fill --to ofd` and `convert --to ofd` make it."""

from __future__ import annotations

import pytest
from ofd_readers import opened
from printing import a_long_report, a_report

from reportfill.errors import UsageError
from reportfill.office.libreoffice.office import Office
from reportfill.outputs import kind as kinds
from reportfill.outputs.kind import KINDS, kinds_named
from reportfill.outputs.pages import Pages


def test_it_is_a_document_with_the_pages_of_the_report(pdf_office: Office) -> None:
    (output,) = KINDS["ofd"].outputs(Pages(a_report(), pdf_office))
    assert (output.kind, output.ending) == ("ofd", ".ofd")
    document = opened(output.content)
    assert document.info.title == "卫辉市信访局2023年政府信息公开工作年度报告"
    assert len(document.pages) == 4
    assert "三、收到和处理政府信息公开申请情况" in document.pages[2].text()


def test_a_report_of_thirty_pages_has_thirty_pages(pdf_office: Office) -> None:
    (output,) = KINDS["ofd"].outputs(Pages(a_long_report(), pdf_office))
    document = opened(output.content)
    assert len(document.pages) > 25
    assert [page.box for page in document.pages] == [(0, 0, 210, 297)] * len(document.pages)


def test_what_it_needs_and_is_not_there_is_named_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "find_spec", lambda module: None if module == "pypdfium2" else object())
    with pytest.raises(UsageError, match=r"reportfill\[ofd\]"):
        kinds_named(["ofd"])

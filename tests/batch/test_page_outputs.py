"""Outputs of pages: what is wrong with one file, or with where LibreOffice works, holds up nothing else."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from places import ROOT
from printing import a_report

from reportfill.batch.converting import all_converted
from reportfill.batch.inputs import Input
from reportfill.batch.page_outputs import with_pages
from reportfill.batch.preparing import Prepared, all_prepared
from reportfill.office.libreoffice.office import Office
from reportfill.office.libreoffice.warm_worker import WarmWorker
from reportfill.outputs.kind import KINDS
from reportfill.outputs.page_making import PageMaker, page_maker
from reportfill.processing import Job

WEIHUI = ROOT / "sample_inputs/weihui-xinfang-2023.xlsx"

pytestmark = pytest.mark.usefixtures("office")


@contextmanager
def without_room_at_first(monkeypatch: pytest.MonkeyPatch) -> Iterator[PageMaker]:
    """What makes PDFs, of which the first finds the disk full on which LibreOffice works."""
    pdfs, asked = WarmWorker.pdfs, []

    def full_at_first(worker: WarmWorker, *what: object) -> object:
        asked.append(what)
        if len(asked) == 1:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/tmp")
        return pdfs(worker, *what)  # type: ignore[arg-type]

    monkeypatch.setattr(WarmWorker, "pdfs", full_at_first)
    with page_maker([KINDS["pdf"]], 1) as pages:
        yield pages


def test_of_a_workbook_the_other_outputs_come_and_the_next_has_all(monkeypatch: pytest.MonkeyPatch) -> None:
    with without_room_at_first(monkeypatch) as pages:
        first, second = (_prepared(pages) for _ in range(2))
    assert [output.kind for output in first.outputs] == ["docx"]
    assert [why.zh for why in first.not_made] == ["没有生成PDF：/tmp：磁盘已满"]
    assert [output.kind for output in second.outputs] == ["docx", "pdf"]
    assert second.not_made == ()


def _prepared(pages: PageMaker) -> Prepared:
    (prepared,) = with_pages(pages, all_prepared([Input(WEIHUI)], Job()))
    return prepared


def test_of_word_reports_the_others_are_converted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = [tmp_path / "a.docx", tmp_path / "b.docx"]
    for source in sources:
        source.write_bytes(a_report())
    with without_room_at_first(monkeypatch) as pages:
        refused, converted = (next(all_converted([source], pages)) for source in sources)
    assert [why.zh for why in refused.not_made] == ["/tmp：磁盘已满"]
    assert [output.kind for output in converted.outputs] == ["pdf"]


def test_what_stands_in_is_told_of_pdfs_that_were_made(
    stand_ins: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Office(processes=1) as office:
        with without_room_at_first(monkeypatch), pytest.raises(OSError, match="tmp"):
            office.pdf(a_report())
        assert not office.stand_ins
        office.pdf(a_report())
        assert office.stand_ins

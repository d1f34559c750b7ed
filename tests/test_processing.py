"""One file's trip gives what the steps give one by one, and only what is asked for."""

from __future__ import annotations

import json

import pytest
from excel import edited
from places import SAMPLES

from reportfill import Pack, check, read_workbook, render
from reportfill.finding import finding
from reportfill.office.encryption import is_locked, locked_with, unlocked_with
from reportfill.processing import Artefact, Job, process

SOUND = (SAMPLES / "weihui-xinfang-2023.xlsx").read_bytes()
FAULTY = (SAMPLES / "typical-mistakes-2023.xlsx").read_bytes()


def test_a_sound_workbook_gives_its_report_and_no_marked_copy() -> None:
    processed = process(SOUND, Job())
    assert processed.is_sound
    assert processed.findings == tuple(check(read_workbook(SOUND)))
    assert processed.artefacts == {Artefact.REPORT: render(read_workbook(SOUND))}


def test_a_faulty_one_gives_its_marked_copy_and_no_report() -> None:
    processed = process(FAULTY, Job())
    assert not processed.is_sound
    assert set(processed.artefacts) == {Artefact.MARKED}
    assert set(process(FAULTY, Job(draft=True)).artefacts) == {Artefact.REPORT, Artefact.MARKED}


@pytest.mark.parametrize("content", [SOUND, FAULTY], ids=["sound", "faulty"])
def test_nothing_is_made_that_is_not_asked_for(content: bytes) -> None:
    assert process(content, Job(makes=frozenset())).artefacts == {}


def test_what_cannot_be_read_gives_findings_alone() -> None:
    processed = process(b"no workbook", Job())
    assert processed.submission.pack is None
    assert [found.code for found in processed.findings] == ["file.not_a_workbook"]
    assert processed.artefacts == {}


def test_what_was_not_even_read_is_the_finding_that_says_so() -> None:
    said = finding("file.too_large", value=300, expected=200)
    assert process(said, Job()).findings == (said,)


def test_data_are_never_marked(pack: Pack) -> None:
    data = {**read_workbook(SOUND).data, "year": 2023}
    assert set(process(json.dumps(data).encode(), Job(pack), is_data=True).artefacts) == {Artefact.REPORT}
    del data["requests"]
    assert process(json.dumps(data).encode(), Job(pack), is_data=True).artefacts == {}


def test_what_somebody_else_has_to_say_comes_first_and_is_marked(pack: Pack) -> None:
    said = finding("review.sent_back", value="请核对", by="市政府办公室")
    processed = process(SOUND, Job(pack, said=(said,)))
    assert processed.findings[0] == said
    assert set(processed.artefacts) == {Artefact.MARKED}


def test_the_marked_copy_of_a_locked_workbook_is_locked(pack: Pack) -> None:
    processed = process(locked_with("2025", FAULTY), Job(pack, passwords=("another", "2025")))
    marked = processed.artefacts[Artefact.MARKED]
    assert is_locked(marked)
    assert unlocked_with(("another",), marked) != marked


def test_last_years_figures_are_heard(pack: Pack) -> None:
    last = {"requests": {"carried_forward": {"total": 99, "natural_person": 99}}}
    assert "history.unequal" in {found.code for found in process(SOUND, Job(pack, last)).findings}


def test_labels_of_the_workbook_that_was_handed_out_are_nobodys_mistake_beside_last_year_too(
    pack: Pack,
) -> None:
    handed_in = edited(SOUND, lambda book: book["表二"].__setitem__("A12", "行政处罚类"))
    last = {"requests": {"carried_forward": {"total": 99, "natural_person": 99}}}

    def codes(job: Job) -> set[str]:
        return {found.code for found in process(handed_in, job).findings}

    assert {"workbook.moved", "history.unequal"} <= codes(Job(pack, last))
    beside_both = codes(Job(pack, last, handed_out=handed_in))
    assert {"workbook.other_form", "history.unequal"} <= beside_both
    assert "workbook.moved" not in beside_both


def test_a_kind_that_cannot_be_made_is_told_and_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    from reportfill.outputs.infographic import rendering, typeface

    known = typeface.typeface, rendering.drawn_width, rendering._sized
    for cached in known:
        cached.cache_clear()
    monkeypatch.setattr(typeface, "FACES", ())
    processed = process(SOUND, Job(kinds=("docx", "picture", "csv")))
    for cached in known:
        cached.cache_clear()
    assert [output.kind for output in processed.outputs] == ["docx", "csv"]
    (why,) = processed.not_made
    assert why.zh.startswith("没有生成图解：图解需要中文字体")
    assert why.en.startswith("no picture was made: pictures need a typeface")

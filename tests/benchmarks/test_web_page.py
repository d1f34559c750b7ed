"""The benchmark of web pages compares what says the same."""

from __future__ import annotations

import pytest

from benchmarks.web_page import OURS, THEIRS, main, tasks, words


def test_both_say_the_same_words() -> None:
    made = tasks()
    ours, theirs = made[OURS](), made[THEIRS]()
    assert isinstance(ours, str)
    assert isinstance(theirs, str)
    assert words(ours) == words(theirs)


def test_it_prints_a_line_for_each(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--rounds", "1"])
    assert len(capsys.readouterr().out.splitlines()) == len(tasks())

"""The benchmark of rows compares what prints the same, from a pack that is sound."""

from __future__ import annotations

from pathlib import Path

from benchmarks.rows import data, make_pack, schema, tasks, words
from reportfill import Submission
from reportfill.pack.check import pack_problems


def test_everybody_reads_and_prints_the_same_rows(tmp_path: Path) -> None:
    pack = make_pack(tmp_path, 5)
    both = {name: (ours(), others()) for name, (ours, others) in tasks(pack, tmp_path, 3).items()}
    submission, found = both["read"]
    assert isinstance(submission, Submission)
    assert submission.data == found
    for name in ("print", "all"):
        own, other = both[name]
        assert isinstance(own, bytes)
        assert isinstance(other, bytes)
        assert words(own) == words(other)


def test_the_pack_of_the_benchmark_is_sound(tmp_path: Path) -> None:
    make_pack(tmp_path, 5)
    assert pack_problems(tmp_path) == []
    assert set(data(2)["units"][0]) < set(schema()["properties"]["units"]["items"]["properties"])

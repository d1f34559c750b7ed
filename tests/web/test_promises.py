"""Every test that docs/security.md names for a promise is there."""

from __future__ import annotations

import re

from places import ROOT

_NAMED = re.compile(r"`(tests/[^`]+\.py)::(\w+)`")


def test_every_test_that_is_named_for_a_promise_is_there() -> None:
    text = (ROOT / "docs" / "security.md").read_text("utf-8")
    named = set(_NAMED.findall(text))
    assert len(named) > 20
    missing = {
        f"{path}::{name}"
        for path, name in named
        if not re.search(rf"^def {name}\(", (ROOT / path).read_text("utf-8"), re.MULTILINE)
    }
    assert missing == set()


def test_no_promise_is_without_a_test() -> None:
    text = (ROOT / "docs" / "security.md").read_text("utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ") and not line.startswith("| promise")]
    assert [line for line in rows if not _NAMED.search(line)] == []

"""What a server takes is measured on one that runs and gives real reports."""

from __future__ import annotations

from pathlib import Path

from benchmarks.server import Browser, served
from benchmarks.serving import report_waits


def test_a_report_is_waited_for_and_the_server_is_seen_at_work(tmp_path: Path) -> None:
    with served(str(tmp_path)) as server, Browser(server.port) as browser:
        before = server.processor
        assert all(0 < seconds < 60 for seconds in report_waits(browser, ["docx.docx"]))
        assert server.processor > before
        assert server.memory > 10

"""The office's page of a campaign with very many agencies: how long each view of it takes, by a real application.

usage: python -m benchmarks.dashboard [--agencies 100000] [--rounds 10]

The campaign is a real one, of which nothing came in yet; what counts is the time from the request to the whole page.
At last something is recorded each second, so that how everything stands is worked out anew all the while.
"""

from __future__ import annotations

import argparse
import re
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

from starlette.testclient import TestClient

from reportfill import Campaign
from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.roster_sheet import blank_roster
from reportfill.web.application import application
from reportfill.web.setup import ServerSetup

AGENCIES, ROUNDS, YEAR = 100_000, 10, 2023
_NAME, _PASSWORD = "office", "correct horse battery staple"
_BELOW_EACH = 50
VIEWS = (
    "",
    "number=500",
    "state=missing&sort=name",
    "text=77&sort=-code",
    "under=000001&timing=late",
    "sort=-last-day&number=900",
)
"""What is asked for, as it stands in the address."""


def agencies(count: int) -> tuple[Agency, ...]:
    """A county with so many agencies, fifty below each superior."""
    found: list[Agency] = []
    for number in range(count):
        above = found[number // _BELOW_EACH] if number else Agency("", "", level=0)
        name = f"清河县第{number}号办事处"
        found.append(Agency(f"{number:06}", name, "", above.code, above.level + 1))
    return tuple(found)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the median and the 95th percentile of each view, the first time apart."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.dashboard", description=__doc__)
    parser.add_argument("--agencies", type=int, default=AGENCIES, help=f"how many agencies ({AGENCIES})")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"rounds of each view ({ROUNDS})")
    asked = parser.parse_args(arguments)
    with TemporaryDirectory() as name:
        folder = Path(name)
        campaign = Campaign.new(folder / "campaign", year=YEAR, issuer="清河县人民政府办公室")
        campaign.folder.store.write("roster.xlsx", blank_roster(agencies(asked.agencies)))
        campaign.add_user(_NAME, _PASSWORD, "coordinator")
        setup = ServerSetup(folder, "secret", str(folder / "campaign"), jobs=1)
        with TestClient(application(setup)) as client:
            _sign_in(client)
            for view in VIEWS:
                first, *times = [_seconds(client, view) for _ in range(asked.rounds + 1)]
                last = statistics.quantiles(times, n=20)[-1]
                print(
                    f"/office?{view}: first {first:.3f} s, median {statistics.median(times):.3f} s, p95 {last:.3f} s"
                )
            with _recording(campaign):
                times = [_seconds(client, view) for _ in range(5 * asked.rounds) for view in VIEWS]
            last = statistics.quantiles(times, n=20)[-1]
            print(f"while it is renewed: median {statistics.median(times):.3f} s, p95 {last:.3f} s")


@contextmanager
def _recording(campaign: Campaign) -> Iterator[None]:
    """Something recorded each second, meanwhile."""
    is_over = Event()

    def record() -> None:
        for number in count():
            campaign.extend(f"{number:06}", until=date(YEAR + 2, 12, 31))
            if is_over.wait(1):
                return

    thread = Thread(target=record)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def _sign_in(client: TestClient) -> None:
    found = re.search('name="csrf" value="([0-9a-f]+)"', client.get("/sign-in").text)
    form = {"csrf": found[1] if found else "", "name": _NAME, "password": _PASSWORD}
    client.post("/sign-in", data=form).raise_for_status()


def _seconds(client: TestClient, view: str) -> float:
    begin = time.perf_counter()
    client.get(f"/office?{view}").raise_for_status()
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()

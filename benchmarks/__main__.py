"""Measure every stage and print a table beside the budgets. Exits 0 whatever comes out: a shared machine drifts."""

from __future__ import annotations

import platform

from benchmarks.stages import measurements


def main() -> None:
    """Print the table."""
    print(f"Python {platform.python_version()}, {platform.machine()}; milliseconds")
    print(f"{'':42}{'median':>9}{'fastest':>9}{'slowest':>9}{'budget':>9}")
    for measured in measurements():
        budget = "" if measured.budget is None else f"{measured.budget:g}"
        mark = "" if measured.within else "  over"
        print(
            f"{measured.name:42}{measured.median:9.2f}{measured.fastest:9.2f}{measured.slowest:9.2f}{budget:>9}{mark}"
        )


if __name__ == "__main__":
    main()

"""Reads and checks workbooks in one warm process: `python read_and_check.py ROUNDS WORKBOOK…`.

It prints the milliseconds of a processor that one workbook took, by stage, with whichever reportfill Python finds; so
it uses only what every revision has.
"""

from __future__ import annotations

import gc
import json
import statistics
import sys
import time
from pathlib import Path

from reportfill import check, read_workbook


def main(rounds: int, paths: list[str]) -> None:
    """Print the medians; one round before does not count."""
    contents = [Path(path).read_bytes() for path in paths]
    taken = [_round(contents) for _ in range(rounds + 1)][1:]
    print(json.dumps({stage: statistics.median(one[stage] for one in taken) for stage in taken[0]}))


def _round(contents: list[bytes]) -> dict[str, float]:
    gc.collect()
    begin = time.process_time()
    submissions = [read_workbook(content) for content in contents]
    middle = time.process_time()
    for submission in submissions:
        check(submission)
    end = time.process_time()
    each = 1000 / len(contents)
    return {
        "read": (middle - begin) * each,
        "check": (end - middle) * each,
        "read and check": (end - begin) * each,
    }


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])

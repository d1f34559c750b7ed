"""Writes a completed workbook: `python completed_workbook.py`, with its year, agency, code and data as JSON on stdin.

It makes it with whichever reportfill Python finds, so it uses only what every revision has: another revision's form may
have other labels, and each has to be given its own.
"""

from __future__ import annotations

import json
import sys
from decimal import Decimal

from reportfill import load_pack, new_workbook


def main() -> None:
    """Print the workbook's bytes."""
    told = json.load(sys.stdin, parse_float=Decimal)
    pack = load_pack(told["year"])
    sys.stdout.buffer.write(
        new_workbook(pack, year=told["year"], agency=told["agency"], code=told["code"], data=told["data"])
    )


if __name__ == "__main__":
    main()

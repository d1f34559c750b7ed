"""The program: as its script and `python -m reportfill` start it."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the program. Ctrl-C is answered in words while it is still being loaded, too."""
    try:
        from reportfill.cli.main import run

        run()
    except KeyboardInterrupt:
        from reportfill.cli.main import interrupted

        sys.exit(interrupted())


if __name__ == "__main__":
    main()

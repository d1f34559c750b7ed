"""python -m reportfill: the program without its script."""

from reportfill.cli.main import run

run()

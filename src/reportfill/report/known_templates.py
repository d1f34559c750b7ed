"""The templates that the tool comes with, compiled beforehand: to compile one takes a quarter of what a run takes.

They are found by the SHA-256 of report.docx, and used with the very Jinja that compiled them.
`python -m tools.make_docs` writes them; a test holds them to what is compiled anew.
"""

from __future__ import annotations

import base64
import hashlib
import json
from importlib.resources import files
from typing import NamedTuple

import jinja2

FOLDER = "known_templates"
"""Where they are kept, beside this module, one file each."""


class Compiled(NamedTuple):
    """What is made of a report.docx once: its body as Python code, what stands before and behind the body in the
    document part, the name of that part, and the package of all others that are the same in each report. `may_tear`
    and `may_lack` say what has to be looked at in every document, `has_drawings` whether charts or pictures are
    filled in."""

    code: str
    begin: str
    end: str
    document: str
    unchanged: bytes
    may_tear: bool
    may_lack: bool
    has_drawings: bool


def known_template(content: bytes) -> Compiled | None:
    """What was made beforehand of a report.docx; None where nothing was, or by another Jinja."""
    place = files("reportfill.report") / FOLDER / file_name(content)
    if not place.is_file():
        return None
    said = json.loads(place.read_text("utf-8"))
    said["unchanged"] = base64.b64decode(said["unchanged"])
    return Compiled(**said) if said.pop("jinja2") == _jinja() else None


def file_name(content: bytes) -> str:
    """What the file is called in which a template is kept."""
    return f"{hashlib.sha256(content).hexdigest()}.json"


def file_text(made: Compiled) -> str:
    """What that file holds."""
    said = {**made._asdict(), "unchanged": base64.b64encode(made.unchanged).decode(), "jinja2": _jinja()}
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def _jinja() -> str | None:
    """The version of Jinja, where it still says so itself: to ask for its metadata takes longer than it saves."""
    return vars(jinja2).get("__version__")

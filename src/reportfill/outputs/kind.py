"""The kinds of output: what each is called, what makes it, how its files are named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from importlib.util import find_spec
from pathlib import PurePath
from typing import Any

from reportfill.errors import UsageError
from reportfill.extras import install_command
from reportfill.text import Text

WORD = "docx"
"""The name of the kind that is made where nothing is said: the report itself."""


PAGE = "html"
"""The name of the kind that is a page of a website."""


@dataclass(frozen=True, slots=True)
class Output:
    """A file that was made: of which kind, and how its name ends after the report's."""

    kind: str
    ending: str
    content: bytes


@dataclass(frozen=True, slots=True)
class OutputKind:
    """A kind of output.

    `maker` is the function that gives its files, by how their names end: of a Material, or where `is_of_pages` of the
    Pages that LibreOffice makes of a report. It may need a module that an extra of reportfill brings.
    """

    name: str
    title: Text
    maker: str
    endings: tuple[str, ...]
    is_of_pages: bool = False
    module: str = ""
    extra: str = ""

    def outputs(self, source: Any) -> tuple[Output, ...]:
        """The files of this kind, of what it is made of."""
        room, _, function = self.maker.partition(":")
        made: Mapping[str, bytes] = getattr(import_module(room), function)(source)
        return tuple(Output(self.name, ending, content) for ending, content in made.items())

    @property
    def is_installed(self) -> bool:
        """Whether what it needs of an extra is there."""
        return not self.module or find_spec(self.module) is not None

    def require(self) -> None:
        """Raise UsageError where what it needs is not installed."""
        if not self.is_installed:
            command = install_command(self.extra)
            raise UsageError(
                f"for {self.title.en}, run: {command}", f"输出{self.title.zh}，请先运行：{command}"
            )


_KINDS = (
    OutputKind(WORD, Text("报告", "report"), "reportfill.outputs.docx:docx_files", (".docx",)),
    OutputKind("pdf", Text("PDF", "PDF"), "reportfill.outputs.pdf:pdf_files", (".pdf",), is_of_pages=True),
    OutputKind(
        "pdfa",
        Text("归档用PDF", "PDF/A"),
        "reportfill.outputs.pdfa:pdfa_files",
        ("（归档）.pdf",),
        is_of_pages=True,
    ),
    OutputKind(
        "ofd",
        Text("OFD", "OFD"),
        "reportfill.outputs.ofd:ofd_files",
        (".ofd",),
        is_of_pages=True,
        module="pypdfium2",
        extra="ofd",
    ),
    OutputKind(PAGE, Text("网页", "web page"), "reportfill.outputs.html:html_files", (".html",)),
    OutputKind(
        "html-fragment",
        Text("网页正文片段", "fragment of a web page"),
        "reportfill.outputs.html_fragment:html_fragment_files",
        ("（片段）.html",),
    ),
    OutputKind("json", Text("JSON数据", "JSON"), "reportfill.outputs.json:json_files", ("（数据）.json",)),
    OutputKind("csv", Text("CSV数据", "CSV"), "reportfill.outputs.csv:csv_files", (".csv",)),
    OutputKind("xlsx", Text("数据表", "workbook"), "reportfill.outputs.xlsx:xlsx_files", ("（数据）.xlsx",)),
    OutputKind(
        "parquet",
        Text("Parquet数据", "Parquet"),
        "reportfill.outputs.parquet:parquet_files",
        (".parquet",),
        module="pyarrow",
        extra="data",
    ),
    OutputKind(
        "picture",
        Text("图解", "picture"),
        "reportfill.outputs.picture:picture_files",
        ("（图解）.png", "（图解）.svg"),
        module="matplotlib",
        extra="pictures",
    ),
)

KINDS: Mapping[str, OutputKind] = {kind.name: kind for kind in _KINDS}
"""The kinds of output by their names."""

_BETWEEN = re.compile(r"[,，、;；\s]+")
"""What people put between names: a Chinese list has 、."""


def kinds_named(names: Iterable[str]) -> tuple[OutputKind, ...]:
    """The kinds of some names, of which several may stand in one text with commas or the like between them, each once.

    Raises UsageError for a name that is none, and where a kind needs what is not installed.
    """
    wanted = dict.fromkeys(name for text in names for part in _BETWEEN.split(text) if (name := part.lower()))
    for name in wanted:
        if name not in KINDS:
            raise _unknown(name)
    if not wanted:
        raise UsageError(f"say what is to be made: {', '.join(KINDS)}", f"请写明输出格式：{'、'.join(KINDS)}")
    kinds = tuple(KINDS[name] for name in wanted)
    for kind in kinds:
        kind.require()
    return kinds


def kind_of_suffix(path: PurePath) -> OutputKind | None:
    """The first kind that has a file with the suffix of this one; None where there is none."""
    suffix = path.suffix.lower()
    return next((kind for kind in KINDS.values() if suffix in map(suffix_of_ending, kind.endings)), None)


def suffix_of_ending(ending: str) -> str:
    """The suffix of names that end so: .xlsx of （数据）.xlsx."""
    return ending[ending.rindex(".") :]


def _unknown(name: str) -> UsageError:
    near = get_close_matches(name, KINDS, n=1)
    meant = Text(f"，是否为{near[0]}", f"; did you mean {near[0]}") if near else Text("", "")
    return UsageError(
        f"no kind of output is called {name}{meant.en}; there are {', '.join(KINDS)}",
        f"没有“{name}”这种输出格式{meant.zh}；可用的有：{'、'.join(KINDS)}",
    )

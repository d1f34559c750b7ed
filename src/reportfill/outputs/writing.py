"""The outputs of a submission, as a program has them made: in memory, or written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from reportfill.file_names import path_within
from reportfill.files import write_file
from reportfill.model.submission import Submission
from reportfill.outputs.kind import WORD, Output, kinds_named
from reportfill.outputs.material import Material
from reportfill.outputs.page_making import page_maker
from reportfill.outputs.publication import UNKNOWN, Publication
from reportfill.pack.pack import Pack
from reportfill.report.render import render


def make_outputs(
    submission: Submission,
    kinds: Iterable[str] = (WORD,),
    *,
    last: Submission | Mapping[str, Any] | None = None,
    draft: bool = False,
    publication: Publication = UNKNOWN,
    fonts: str | Path | None = None,
    only_prescribed_fonts: bool = False,
) -> tuple[Output, ...]:
    """The outputs of some kinds, by the names that `fill --to` takes, each file with how its name ends and its bytes.

    A submission is printed as it is; `check` says whether it should be. `last` is the same agency's report of the year
    before, for what prints figures of it; with `draft` every page says that it is one. `publication` is what is known
    of the website. For pages, `fonts` is a folder of font files, and with `only_prescribed_fonts` nothing stands in for
    a typeface that is prescribed and not there.

    Raises UsageError for a kind that is none, and where what it needs is not installed; SubmissionError and PackError
    as `render` does; NotConvertedError where no pages could be made.
    """
    wanted = kinds_named([kinds] if isinstance(kinds, str) else kinds)
    report = render(submission, last, draft=draft)
    material = Material(submission, report, last, draft, publication)
    outputs = [output for kind in wanted if not kind.is_of_pages for output in kind.outputs(material)]
    with page_maker(wanted, 1, None if fonts is None else Path(fonts), only_prescribed_fonts) as pages:
        outputs += pages.outputs(report)
    order = {kind.name: place for place, kind in enumerate(wanted)}
    return tuple(sorted(outputs, key=lambda output: order[output.kind]))


def write(
    submission: Submission, kinds: Iterable[str] = (WORD,), folder: str | Path = ".", **more: Any
) -> tuple[Path, ...]:
    """Write the outputs of some kinds into a folder, under the name that the pack has for the report, and give back
    where they are. A file of that name that differs is kept under a numbered one. `more` is what `make_outputs` takes.

    Raises what `make_outputs` raises, and OutputError where a file cannot be written.
    """
    outputs = make_outputs(submission, kinds, **more)
    assert isinstance(submission.pack, Pack)
    name, agency, code = (
        submission.pack.report_name(submission.exact_data),
        submission.agency,
        submission.code,
    )
    places = [path_within(Path(folder), name, output.ending, agency, code) for output in outputs]
    return tuple(
        write_file(place, output.content).path for place, output in zip(places, outputs, strict=True)
    )

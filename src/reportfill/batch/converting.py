"""From finished reports to their pages in other formats: Word files, whoever made them, each by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from reportfill.batch.inputs import cannot_open, content_of_input
from reportfill.batch.preparing import Prepared
from reportfill.office.libreoffice.word_file import NotConvertedError, word_file
from reportfill.outputs.page_making import PageMaker
from reportfill.system_words import in_one_line


def all_converted(sources: Sequence[Path], pages: PageMaker) -> Iterator[Prepared]:
    """What comes of each Word file, in the order of the files, as many side by side as LibreOffice takes."""
    return pages.in_order(partial(_converted, pages), sources)


def _converted(pages: PageMaker, source: Path) -> Prepared:
    """What comes of one file. Whatever is wrong with it is in the result, so that other files go on."""
    try:
        content = content_of_input(source)
    except OSError as error:
        return Prepared(source, trouble=in_one_line(cannot_open(source, error)))
    try:
        outputs, findings = pages.outputs(content), word_file(content).findings
    except NotConvertedError as error:
        return Prepared(source, findings=(error.why,))
    except OSError as error:
        return Prepared(source, not_made=(in_one_line(error),))
    return Prepared(source, report_name=source.stem, findings=findings, outputs=outputs)

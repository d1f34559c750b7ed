"""A report as a web page."""

from __future__ import annotations

from reportfill.errors import SubmissionError
from reportfill.outputs.material import Material
from reportfill.outputs.web_page.article_tags import article_tags
from reportfill.outputs.web_page.page_template import page_template
from reportfill.pack.check import refuse_unshowable
from reportfill.pack.pack import Pack
from reportfill.report.context import context_of


def page_of_report(material: Material) -> str:
    """The page: the same for the same material and version of the tool. Raises SubmissionError and PackError as
    `render` does."""
    submission = material.submission
    pack = submission.pack
    if not isinstance(pack, Pack):
        raise SubmissionError("there is nothing to print: the file could not be read")
    refuse_unshowable(pack)
    context = context_of(submission, pack, material.last, draft=material.is_draft)
    tags = article_tags(submission, pack, material.publication)
    return page_template(pack).printed(context, tags, is_draft=material.is_draft)

"""The tags that the page of an article has in its head (国办发〔2017〕47号, the annex on the design of pages)."""

from __future__ import annotations

from html import escape

from reportfill.model.submission import Submission
from reportfill.outputs.publication import Publication
from reportfill.pack.pack import Pack
from reportfill.text import cut

_MOST_WORDS = 120
"""Characters of a description that is the beginning of a text."""


def article_tags(submission: Submission, pack: Pack, publication: Publication) -> str:
    """The tags in their prescribed order, a line each; of the site, the column and the page those that are known."""
    known = publication.tags
    own = {
        "ArticleTitle": pack.report_name(submission.exact_data),
        "ContentSource": submission.agency,
        "Keywords": ",".join(
            filter(None, (submission.agency, pack.manifest.title, str(submission.year or "")))
        ),
        "Description": _description(submission, pack),
    }
    said = {name: own.get(name, "") or known.get(name, "") for name in ORDER}
    return "".join(
        f'\n<meta name="{name}" content="{escape(value)}">' for name, value in said.items() if value
    )


ORDER = (
    *("SiteName", "SiteDomain", "SiteIDCode"),
    *("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"),
    *("ArticleTitle", "PubDate", "ContentSource"),
    *("Keywords", "Author", "Description", "Image", "Url"),
)
"""The tags in their order: those of the site, of the column, and of the article, of which the last five may lack."""


def _description(submission: Submission, pack: Pack) -> str:
    """The beginning of what the report says in words; nothing where it says none."""
    for field in pack.narrative:
        texts = submission.values.get(field.path)
        if texts:
            return cut(" ".join(str(texts[0] if isinstance(texts, list) else texts).split()), _MOST_WORDS)
    return ""

"""A report.docx as a page template: report.html, with the same tags at the same places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib.resources import files
from itertools import takewhile, zip_longest
from string import Template

from reportfill.model.chinese.numbering import numbering_of
from reportfill.office.word_revisions import W
from reportfill.office.xml import Element
from reportfill.outputs.page_draft.drawn import Drawn
from reportfill.outputs.page_draft.inline import inline_html, plain_words
from reportfill.outputs.page_draft.loops import PageLines, Statement
from reportfill.outputs.page_draft.styles import ParagraphStyles
from reportfill.outputs.page_draft.table import put_table
from reportfill.outputs.page_draft.tag_text import holder_statements, html_with_tags
from reportfill.outputs.page_draft.word_document import WordDocument, own_blocks
from reportfill.pack.manifest import Manifest
from reportfill.report.cleaned_template import cleaned_template

_FRAME = "frame.html"
_LONGEST_HEADING, _LONGEST_CAPTION = 40, 80
_MOST_TITLE_LINES = 3
_LONGEST_PREFIX = 20
_SENTENCE_ENDS = "。；;!！?？"
_NO_HEADING_ENDS = f"{_SENTENCE_ENDS}：:，,、"
_LEVELS = {"一": 1, "（": 2}
"""The level of a heading by how it is numbered (GB/T 9704-2012, 7.3.3)."""

_ID_OF_HEADING = re.compile(r'(<h[2-6]) id="(h\d+)"')
_LANGUAGES = {"zh": "zh-CN"}


def drafted_page(report: bytes, manifest: Manifest) -> str:
    """The page template of a pack's report.docx."""
    document = WordDocument.of(cleaned_template(report))
    drafting = _Drafting(document)
    drafting.put_blocks(document.blocks, is_whole=True)
    drafting.put_notes()
    frame = files("reportfill.outputs.page_draft").joinpath(_FRAME).read_text("utf-8")
    content = _without_idle_ids("\n".join(drafting.lines.written))
    return Template(frame).substitute(
        language=_LANGUAGES.get(manifest.language, manifest.language),
        title=html_with_tags(manifest.report_name),
        content=content,
    )


def _without_idle_ids(content: str) -> str:
    """A page's content without the ids of headings to which nothing refers."""
    return _ID_OF_HEADING.sub(
        lambda found: found[0] if f'aria-labelledby="{found[2]}"' in content else found[1], content
    )


def numbered_paragraphs(report: bytes) -> Iterator[str]:
    """What the paragraphs of a report.docx say that Word numbers by itself: on its page they have no numbers."""
    document = WordDocument.of(cleaned_template(report))
    styles = ParagraphStyles(document.styles)
    for block in document.blocks:
        if (
            block.tag == f"{W}p"
            and styles.format(block).is_numbered
            and (words := plain_words(block).strip())
        ):
            yield words


class _Drafting:
    """A page template as it is written, block after block."""

    def __init__(self, document: WordDocument) -> None:
        self.lines = PageLines()
        self._drawn = Drawn(document)
        self._styles = ParagraphStyles(document.styles)
        self._level = 0
        self._tables = 0
        self._headings = 0
        self._heading: tuple[str, tuple[Statement, ...]] = ("", ())
        self._is_in_cell = False

    def put_blocks(self, blocks: Sequence[Element], *, is_whole: bool = False) -> None:
        """Write paragraphs and tables; those of a whole document begin with its title."""
        blocks = [block for block in blocks if block.tag == f"{W}tbl" or self._is_seen(block)]
        title = self._title_of(blocks) if is_whole else []
        caption = ""
        for block, following in zip_longest(blocks, blocks[1:]):
            if block in title:
                if block is title[0]:
                    self.lines.add(self._as_title(title))
            elif block.tag == f"{W}tbl":
                self._put_table(block, caption)
                caption = ""
            elif following is not None and following.tag == f"{W}tbl" and self._may_be_caption(block):
                caption = self._caption(block)
            else:
                self._put_paragraph(block)

    def put_notes(self) -> None:
        """Write the notes to which the text refers."""
        notes = self._drawn.notes
        if notes:
            self.lines.add('<ol class="notes">')
            for number, paragraphs in enumerate(notes, 1):
                words = "<br>".join(map(self._inline, paragraphs))
                self.lines.add(f'<li id="note-{number}">{words}</li>')
            self.lines.add("</ol>")

    def _inline(self, paragraph: Element, *, is_plain: bool = False) -> str:
        return inline_html(paragraph, self._drawn.shown, is_plain=is_plain)

    def _is_seen(self, paragraph: Element) -> bool:
        return bool(self._inline(paragraph).strip() or self._drawn.behind(paragraph))

    def _title_of(self, blocks: Sequence[Element]) -> list[Element]:
        """The paragraphs of the title: those with its style, or else those in the middle, before which there are a few
        words at most, such as the number of an annex."""
        beginning = list(takewhile(self._may_precede_text, blocks))
        styled = [block for block in beginning if self._styles.format(block).is_title]
        lines = styled or [block for block in beginning if self._styles.format(block).align == "centre"]
        if not lines:
            return []
        together = takewhile(lambda block: block in lines, beginning[beginning.index(lines[0]) :])
        return list(together)[:_MOST_TITLE_LINES]

    def _may_precede_text(self, block: Element) -> bool:
        """Whether a block may stand in the head of a document: a short paragraph, or one that is centred."""
        if block.tag == f"{W}tbl":
            return False
        own, words = self._styles.format(block), plain_words(block)
        if own.is_title or own.align == "centre":
            return not holder_statements(words, "p")
        is_heading = bool(own.level) or numbering_of(words) is not None
        return len(words) <= _LONGEST_PREFIX and "{" not in words and not is_heading

    def _as_title(self, paragraphs: Sequence[Element]) -> str:
        return f"<h1>{'<br>'.join(self._inline(line, is_plain=True) for line in paragraphs)}</h1>"

    def _put_paragraph(self, paragraph: Element) -> None:
        words = plain_words(paragraph)
        statements = holder_statements(words, "p")
        if statements:
            for statement in statements:
                self.lines.add_statement(statement)
            return
        level = self._heading_level(paragraph, words)
        if level:
            self.lines.add(self._as_heading(paragraph, level))
        elif html := self._inline(paragraph):
            self.lines.add(f"<p{self._classes(paragraph)}>{html}</p>")
        for block in self._drawn.behind(paragraph):
            if isinstance(block, str):
                self.lines.add(block)
            else:
                self.put_blocks([block])

    def _classes(self, paragraph: Element) -> str:
        own = self._styles.format(paragraph)
        if own.align in ("centre", "right"):
            return f' class="{own.align}"'
        return "" if own.is_indented else ' class="flush"'

    def _heading_level(self, paragraph: Element, words: str) -> int:
        """The level of a paragraph as a heading, 0 where it is none; no level is left out."""
        own = self._styles.format(paragraph)
        level = 0 if self._is_in_cell else own.level
        if level and own.align == "centre":
            level = self._level + 1
        if not (level or self._is_in_cell) and "{" not in words and len(words) <= _LONGEST_HEADING:
            numbering = numbering_of(words)
            if numbering is not None and words.rstrip()[-1:] not in _NO_HEADING_ENDS:
                level = _LEVELS.get(numbering.style, 0)
        return min(level, self._level + 1, 5)

    def _as_heading(self, paragraph: Element, level: int) -> str:
        self._level = level if self._styles.format(paragraph).align != "centre" else self._level
        words = self._inline(paragraph, is_plain=True)
        if self.lines.numbers:
            return f"<h{level + 1}>{words}</h{level + 1}>"
        self._headings += 1
        self._heading = (f"h{self._headings}", self.lines.statements)
        return f'<h{level + 1} id="h{self._headings}">{words}</h{level + 1}>'

    def _may_be_caption(self, paragraph: Element) -> bool:
        words = plain_words(paragraph).strip()
        is_sentence = words[-1:] in _SENTENCE_ENDS
        is_statement = bool(holder_statements(words, "p"))
        return (
            not is_statement
            and 0 < len(words) <= _LONGEST_CAPTION
            and not is_sentence
            and not self._drawn.behind(paragraph)
        )

    def _caption(self, paragraph: Element) -> str:
        """What a table's caption holds: a heading, or the words of a paragraph."""
        level = self._heading_level(paragraph, plain_words(paragraph))
        if level and self._styles.format(paragraph).align != "centre":
            return self._as_heading(paragraph, level)
        return f"<p>{self._inline(paragraph, is_plain=True)}</p>"

    def _put_table(self, table: Element, caption: str) -> None:
        self._tables += 1
        heading, around = self._heading
        is_in_reach = bool(heading) and self.lines.statements[: len(around)] == around
        put_table(
            self.lines,
            table,
            f"t{self._tables}{self.lines.numbers}",
            caption,
            heading if is_in_reach else "",
            self._cell,
        )

    def _cell(self, cell: Element) -> tuple[str, str]:
        """What a cell holds, and how it is aligned."""
        blocks = [block for block in own_blocks(cell) if block.tag == f"{W}tbl" or self._is_seen(block)]
        paragraphs = [block for block in blocks if block.tag == f"{W}p"]
        align = self._styles.format(paragraphs[0]).align if paragraphs else "centre"
        if len(blocks) == 1 == len(paragraphs) and not self._drawn.behind(paragraphs[0]):
            words = plain_words(paragraphs[0])
            if not holder_statements(words, "p"):
                return self._inline(paragraphs[0]), align
        outer = self.lines, self._is_in_cell
        self.lines, self._is_in_cell = self.lines.within(), True
        self.put_blocks(blocks)
        html = "\n".join(self.lines.written)
        self.lines, self._is_in_cell = outer
        return html, align

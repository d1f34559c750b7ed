"""The form with its tags put in: the report.docx of the new pack. Nothing else of it is changed."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy

from reportfill.model.report_model import AGENCY, YEAR
from reportfill.new_pack.draft import PATH, ROW, Blank, Draft, Edit, Records, Room
from reportfill.new_pack.word_form import WordForm
from reportfill.new_pack.wording import plain_label
from reportfill.office.word_revisions import W
from reportfill.office.word_structure import own_rows
from reportfill.office.word_text import ParagraphText, own_paragraphs, own_runs
from reportfill.office.xml import Element, child


def put_tags(form: WordForm, draft: Draft) -> None:
    """Put the tags of a draft into its form."""
    edits = [*draft.head, *(_with_path(edit, blank) for blank in draft.blanks for edit in blank.edits)]
    _put(edits)
    for blank in draft.blanks:
        if blank.room is not None:
            _put_loop(blank, blank.room)
    for part in draft.sections:
        for records in reversed(part.records):
            if records.path:
                _put_rows(records)
    _name_office_and_year(form, draft)


def _put_rows(records: Records) -> None:
    """Let the first of rows that are alike stand for all of them: a loop around it, and the others gone."""
    first, *others = own_rows(records.table.element)[records.first : records.behind]
    for cell in records.table.starting_in(records.first):
        if records.numbers(cell):
            _put([_whole(cell.element, "{{ loop.index }}")])
    first.addprevious(_statement(first, f"{{%tr for {ROW} in {records.path} %}}"))
    first.addnext(_statement(first, "{%tr endfor %}"))
    for row in others:
        parent = row.getparent()
        if parent is not None:
            parent.remove(row)


def _statement(model: Element, words: str) -> Element:
    """A row like another one, with nothing in it but a statement."""
    row = deepcopy(model)
    cells = list(row.iter(f"{W}tc"))
    free = next(cell for cell in cells if cell.find(f"{W}tcPr/{W}vMerge") is None)
    _put([_whole(cell, words if cell is free else "") for cell in cells])
    return row


def _whole(cell: Element, words: str) -> Edit:
    """Words in the place of all that a cell says; of its paragraphs the first one stays."""
    first, *others = own_paragraphs(cell)
    for paragraph in others:
        cell.remove(paragraph)
    return Edit(first, 0, len(ParagraphText(first).text), words)


def _with_path(edit: Edit, blank: Blank) -> Edit:
    return Edit(edit.paragraph, edit.start, edit.end, edit.words.replace(PATH, blank.tag_path))


def _put(edits: Iterable[Edit]) -> None:
    by_paragraph: dict[Element, list[Edit]] = {}
    for edit in edits:
        by_paragraph.setdefault(edit.paragraph, []).append(edit)
    for paragraph, own in by_paragraph.items():
        text = ParagraphText(paragraph)
        for edit in sorted(own, key=lambda edit: edit.start, reverse=True):
            text.replace(edit.start, edit.end, edit.words)


def _put_loop(blank: Blank, room: Room) -> None:
    """Three paragraphs in the place of those in which paragraphs are to be printed, or below the heading."""
    first, *others = room.paragraphs
    is_heading = (
        bool(blank.labels)
        and ParagraphText(first).text.strip() != ""
        and not others
        and _is_own(first, blank)
    )
    model = first
    for words in (f"{{%p for paragraph in {blank.tag_path} %}}", "{{ paragraph }}", "{%p endfor %}"):
        line = _paragraph_like(first, words, plain=is_heading)
        model.addnext(line)
        model = line
    for paragraph in others if is_heading else room.paragraphs:
        parent = paragraph.getparent()
        if parent is not None:
            parent.remove(paragraph)


def _is_own(paragraph: Element, blank: Blank) -> bool:
    """Whether a paragraph is the heading itself, below which there is no room yet."""
    return plain_label(ParagraphText(paragraph).text) == blank.labels[-1]


def _paragraph_like(model: Element, words: str, *, plain: bool) -> Element:
    """A paragraph of these words that looks as another one does, or as running text."""
    line = model.makeelement(f"{W}p")
    properties = model.find(f"{W}pPr")
    if plain:
        child(child(line, f"{W}pPr"), f"{W}ind", {f"{W}firstLineChars": "200", f"{W}firstLine": "420"})
    elif properties is not None:
        line.append(deepcopy(properties))
    run = child(line, f"{W}r")
    looks = next((r.find(f"{W}rPr") for r in own_runs(model) if r.find(f"{W}rPr") is not None), None)
    mark = model.find(f"{W}pPr/{W}rPr")
    chosen = looks if looks is not None else mark
    if chosen is not None and not plain:
        run.append(deepcopy(chosen))
    child(run, f"{W}t").text = words
    return line


def _name_office_and_year(form: WordForm, draft: Draft) -> None:
    """A line above the title with what the form does not name itself: the office, the year."""
    words = ("" if draft.names_office else f"{{{{ {AGENCY} }}}}") + (
        "" if draft.names_year else f"{{{{ {YEAR} }}}}年"
    )
    if not words:
        return
    title = draft.title_paragraph
    first = title if title is not None else next(iter(form.body), None)
    if first is None:
        return
    line = (
        _paragraph_like(title, words, plain=False)
        if title is not None
        else _paragraph_like(form.body.makeelement(f"{W}p"), words, plain=True)
    )
    for section in line.iter(f"{W}sectPr"):
        section.getparent().remove(section)  # type: ignore[union-attr]
    first.addprevious(line)

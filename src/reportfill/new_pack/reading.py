"""A form read as a draft of a pack, from top to bottom: sections by its headings and tables, and their blanks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from reportfill.errors import UsageError
from reportfill.model.report_model import AGENCY, CODE, YEAR
from reportfill.new_pack.draft import Blank, Draft, Edit, FormPart, Notice, Room
from reportfill.new_pack.opening import BLANK_SIGNS, ROOM_ABOVE_BLANKS, ROOM_ABOVE_MORE, Opening
from reportfill.new_pack.sums import sums_of
from reportfill.new_pack.table_blanks import read_table
from reportfill.new_pack.text_blanks import TextBlank, lettered, text_blanks, ticks
from reportfill.new_pack.title import FormTitle, form_title, period_edits, same_year_edits
from reportfill.new_pack.word_form import CAPTION_LEVEL, WordForm
from reportfill.new_pack.wording import (
    Asked,
    allows_several,
    asked_by,
    asks_for_paragraphs,
    asks_for_words,
    chosen_from,
    names_agency,
    narrative,
    plain_label,
    unit_of_all,
    without_number,
)
from reportfill.office.word_revisions import W
from reportfill.office.word_table import word_table
from reportfill.office.word_text import ParagraphText
from reportfill.office.xml import Element
from reportfill.pack.problems import WordPlace
from reportfill.pack.report_tags import TagPlace, TagUse, report_problems, report_tags
from reportfill.pack.tags import PATH
from reportfill.text import Text

_YEAR_LABEL = re.compile(r"(?:统计|报告|填报|所属|数据)?(?:年度|学年)")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TAGGED = re.compile(rf"\{{\{{\s*(?P<path>{PATH})\s*\}}\}}|\{{%\w*\s+for\s+\w+\s+in\s+(?P<list>{PATH})")
_UNIT_LINE = re.compile(r"[（(]?\s*(?:计量|金额)?单位[：:]")
_ENDS_OPEN = re.compile(r"[：:？?]$")
_LONGEST_QUESTION, _LONGEST_CAPTION = 60, 40


@dataclass
class _Reader:
    """Goes through a form from top to bottom."""

    form: WordForm
    title: FormTitle
    sections: list[FormPart] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    unit: str = ""
    caption: str = ""
    text_section: FormPart | None = None
    opening: Opening | None = None
    asking: Blank | None = None
    letters: list[tuple[str, str]] = field(default_factory=list)
    tables: int = 0
    edits: list[Edit] = field(default_factory=list)

    def read(self) -> None:
        for block in self.form.blocks():
            if block in self.title.paragraphs or block is self.title.year_line:
                self._title(block)
                continue
            if block.tag == f"{W}tbl":
                self._close_opening(least=ROOM_ABOVE_MORE)
                self._table(block)
            else:
                self._paragraph(block)
        self._close_opening()

    def _title(self, paragraph: Element) -> None:
        """The blanks of the title, but those of the office and the year."""
        known = [edit for edit in self.title.edits if edit.paragraph is paragraph]
        self._add(paragraph, [one for one in text_blanks(paragraph) if not _meet(one.edits, known)])

    def _titles(self, *more: str) -> tuple[str, ...]:
        return (*(text for _, text in self.headings), *more)

    def _table(self, element: Element) -> None:
        self.tables += 1
        titles = self._titles(
            *([self.caption] if self.caption and self.caption not in self._titles() else [])
        )
        place = self.form.place_of(element)._replace(paragraph=0)
        own = self.title.words if self.tables == 1 and self.title.words else f"表{self.tables}"
        section = FormPart(titles or (own,), place, table=word_table(element))
        assert section.table is not None
        reading = read_table(section.table, section, self.unit, self.notices)
        section.sums = sums_of(reading, section)
        section.head_rows = reading.head_rows
        self.sections.append(section)
        self.unit, self.caption, self.text_section = "", "", None
        self.headings = [(level, text) for level, text in self.headings if level < CAPTION_LEVEL]

    def _paragraph(self, paragraph: Element) -> None:
        said = ParagraphText(paragraph)
        text = said.text.strip()
        if (self.opening and self.opening.takes(paragraph, said)) or BLANK_SIGNS.fullmatch(said.lined):
            return
        level = self.form.level_of(paragraph, text)
        if level and not _is_line(paragraph, said):
            self._heading(paragraph, text, level)
            return
        has_blanks = bool(text_blanks(paragraph))
        self._close_opening(least=ROOM_ABOVE_BLANKS if has_blanks else ROOM_ABOVE_MORE)
        self.unit = unit_of_all(text) or self.unit
        if _UNIT_LINE.match(text) and unit_of_all(text):
            return
        if not self._answers(paragraph, said):
            self._text(paragraph, said, text)

    def _heading(self, paragraph: Element, text: str, level: int) -> None:
        self._close_opening(below=level)
        self.headings = [one for one in self.headings if one[0] < level]
        self.headings.append((level, plain_label(text)))
        self.text_section = None
        self.opening = Opening(paragraph, level) if level < CAPTION_LEVEL else None

    def _answers(self, paragraph: Element, said: ParagraphText) -> bool:
        """Whether a line lists the answers to the question before it by letters."""
        options = lettered(said.text)
        if not options or not self.asking or text_blanks(paragraph):
            self.asking, self.letters = None, []
            return False
        self.letters += options
        self.asking.asked = _by_letter(self.asking, self.letters)
        return True

    def _text(self, paragraph: Element, said: ParagraphText, text: str) -> None:
        if "{{" in text or "{%" in text:
            self._tagged(paragraph, said.text)
        period = period_edits(paragraph, said.lined)
        self.edits += period
        found = [one for one in text_blanks(paragraph) if not _meet(one.edits, period)]
        if len(found) == 1 and found[0].edits[0].start == found[0].edits[0].end == len(said.text):
            self.opening = Opening(paragraph, 0, found=found)
        elif found:
            self._add(paragraph, found)
        elif _ENDS_OPEN.search(text) and len(text) <= _LONGEST_QUESTION:
            self.opening = Opening(paragraph, 0)
        elif len(text) <= _LONGEST_CAPTION and not re.search("[。；：:]", text) and plain_label(text):
            self.caption = plain_label(text)

    def _add(self, paragraph: Element, found: list[TextBlank]) -> None:
        place = self.form.places[paragraph]
        for one in found:
            label = without_number(plain_label(one.label)) or (self.headings[-1][1] if self.headings else "")
            blank = Blank((label or "空白处",), one.asked, place, one.edits)
            self._section(place).blanks.append(blank)
            self.asking = blank if one.asked.schema["type"] == "string" else None

    def _tagged(self, paragraph: Element, text: str) -> None:
        """The tags that a paragraph has already, each with the words before it."""
        place, end = self.form.places[paragraph], 0
        for found in _TAGGED.finditer(text):
            path, label = (
                found["path"] or found["list"],
                plain_label(text[end : found.start()]),
            )
            end = found.end()
            words = re.split("[，,。；;：:]", label)[-1] or (
                self.headings[-1][1] if self.headings else path.rpartition(".")[2]
            )
            asked = narrative(words) if found["list"] else asked_by([words])
            self._section(place).blanks.append(Blank((words,), asked, place, path=path))

    def _section(self, place: WordPlace) -> FormPart:
        if self.text_section is None:
            self.text_section = FormPart(
                self._titles() or ("填报信息" if self.tables else "基本情况",), place
            )
            self.sections.append(self.text_section)
        return self.text_section

    def _close_opening(self, *, below: int = 0, least: int = 0) -> None:
        """A heading, or a question, under which nothing else stood: there is room for paragraphs, or answers to tick.
        `below` is the level of the heading that follows, `least` how many empty lines room has above what follows."""
        opening, self.opening = self.opening, None
        if opening is None:
            return
        place = self.form.places[opening.paragraph]
        label = plain_label(ParagraphText(opening.paragraph).text)
        if opening.level and not opening.has_room(least):
            if opening.room and asks_for_paragraphs(label):
                self.notices.append(_taken_for_distance(place, label))
            return
        if opening.options:
            asked = chosen_from([option for _, boxes in opening.options for _, option in boxes], label)
            edits = tuple(edit for p, boxes in opening.options for edit in ticks(p, boxes, asked))
            self._section(place).blanks.append(Blank((without_number(label),), asked, place, edits))
            for paragraph, _ in opening.options:
                self._add(paragraph, [one for one in text_blanks(paragraph) if not one.is_ticked])
        elif opening.is_room(below):
            hint = plain_label(opening.hint)
            blank = Blank(
                (label,), narrative(label, hint), place, room=Room(opening.room or [opening.paragraph])
            )
            if opening.level:
                self.sections.append(FormPart(self._titles(), place, [blank]))
            else:
                self._section(place).blanks.append(blank)
        elif opening.found and asks_for_words(opening.found[0].label):
            self._add(opening.paragraph, opening.found)


def _taken_for_distance(place: WordPlace, label: str) -> Notice:
    return Notice(
        place,
        Text(
            f"“{label}”下面的空行当作间隔，没有建立栏目；要填写文字的，请多留几个空行",
            f"the empty line below {label!r} is taken for a distance; leave more of them where text is to be written",
        ),
    )


def read_draft(form: WordForm) -> Draft:
    """The draft of a pack that a form makes. Raises UsageError where there is nothing in it to fill in."""
    _refuse_broken_tags(form.saved())
    title = form_title(form)
    reader = _Reader(form, title)
    reader.read()
    _settle_tags(form, reader.sections)
    sections = [section for section in reader.sections if section.blanks]
    if not sections:
        raise UsageError(
            "there is nothing to fill in in the form: no blank cell with a label, no ____, no heading with room below",
            "空白表里没有找到要填写的地方：没有带标题的空白单元格，没有“____”，标题下面也没有空白",
        )
    notices = [*reader.notices, *_other_notices(form)]
    edits = (*title.edits, *reader.edits, *same_year_edits(form, title))
    draft = Draft(title.words, sections, notices, edits, title.paragraph)
    printed = {tag.path for tag in report_tags(form.saved())}
    draft.names_office = (
        AGENCY in printed or title.names(AGENCY) or _take_first(draft, AGENCY, _asks_for_office)
    )
    draft.names_year = YEAR in printed or title.names(YEAR) or _take_first(draft, YEAR, _asks_for_year)
    return draft


def _refuse_broken_tags(content: bytes) -> None:
    """Raise UsageError where tags that the form has already cannot be understood."""
    faults = report_problems(content)
    if faults:
        raise UsageError(
            "tags in the form cannot be understood:\n" + "\n".join(map(str, faults)),
            "空白表里已有的标签有误：\n" + "\n".join(fault.in_chinese for fault in faults),
        )


def _settle_tags(form: WordForm, sections: list[FormPart]) -> None:
    """Leave of the blanks that have tags already those of fields, and add those within expressions."""
    tags = {tag.path: tag for tag in report_tags(form.saved())}
    seen: set[str] = set()
    for section in sections:
        kept: list[Blank] = []
        for blank in section.blanks:
            if not blank.path or (blank.path in tags and blank.path not in seen):
                kept.append(blank)
                seen |= {blank.path} - {""}
        section.blanks = kept
        section.in_cells = {cell: blank for cell, blank in section.in_cells.items() if blank in kept}
    known = {blank.path for section in sections for blank in section.blanks} | {AGENCY, CODE, YEAR}
    others = [tag for path, tag in tags.items() if path not in known]
    if others:
        blanks = [_blank_of(tag) for tag in others]
        sections.append(FormPart(("其他标签",), blanks[0].place, blanks))


def _blank_of(tag: TagPlace) -> Blank:
    assert isinstance(tag.place, WordPlace)  # it stands in the form
    name = tag.path.rpartition(".")[2]
    asked = narrative(name) if tag.use is TagUse.LOOP else asked_by([name])
    return Blank((name,), asked, tag.place, path=tag.path)


def _take_first(draft: Draft, path: str, asks: Callable[[Blank], bool]) -> bool:
    """Let the first blank that asks for the office or the year be that field; whether there is one."""
    if any(blank.path == path for blank in draft.blanks):
        return True
    first = next((blank for blank in draft.blanks if not blank.path and asks(blank)), None)
    if first is not None:
        first.path = path
    return first is not None


def _asks_for_office(blank: Blank) -> bool:
    return blank.asked.is_free and names_agency(blank.labels[-1]) and not _is_record(blank)


def _asks_for_year(blank: Blank) -> bool:
    return _YEAR_LABEL.fullmatch(blank.labels[-1]) is not None and not _is_record(blank)


def _is_record(blank: Blank) -> bool:
    return blank.records is not None


def _is_line(paragraph: Element, said: ParagraphText) -> bool:
    """Whether a paragraph has blanks of its own, and no mere colon at the end of a heading."""
    found = text_blanks(paragraph)
    if len(found) != 1 or found[0].edits[0].start < len(said.text):
        return bool(found)
    return asks_for_words(found[0].label) and not asks_for_paragraphs(found[0].label)


def _meet(some: Sequence[Edit], others: Sequence[Edit]) -> bool:
    return any(one.start < other.end and other.start < one.end for one in some for other in others)


def _by_letter(blank: Blank, letters: list[tuple[str, str]]) -> Asked:
    """What is asked where the answers are listed by letters below a question."""
    options = [{"const": letter, "title": f"{letter}.{words}"} for letter, words in dict(letters).items()]
    reason = f"有{len(options)}个选项"
    one = {"type": "string", "oneOf": options}
    several = {"type": "array", "uniqueItems": True, "items": one}
    is_several = allows_several(blank.labels[-1])
    return Asked(several if is_several else one, blank.asked.is_required, reason)


def _other_notices(form: WordForm) -> Iterator[Notice]:
    if form.had_changes:
        yield Notice(
            WordPlace(), Text("有修订：按全部接受处理", "tracked changes were accepted, all of them")
        )
    for box in form.root.iter(f"{W}txbxContent"):
        if next(box.iterancestors(_FALLBACK), None) is None:
            yield Notice(
                WordPlace(),
                Text("有文本框：没有为里面的空白建立栏目", "a text box: its blanks are left as they are"),
            )
            return

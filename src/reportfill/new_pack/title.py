"""The title of a form, and where it names the office that reports and the year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportfill.model.report_model import AGENCY, YEAR
from reportfill.new_pack.draft import Edit
from reportfill.new_pack.word_form import WordForm
from reportfill.new_pack.wording import TAGS, plain_label
from reportfill.office.word_revisions import W
from reportfill.office.word_text import ParagraphText
from reportfill.office.xml import Element

_OFFICE = re.compile(
    r"\s*(?P<office>[×ＸX_＿]{2,}(?:[\u4e00-\u9fff×ＸX_＿]{0,8}?[×ＸX_＿]{2,})*(?:省|市|县|区|局|委|厅|办|单位|机关|部门|学校|大学|学院)*"
    r"|[（(【\[]\s*(?:填报|报送)?(?:单位|机关|学校|部门)(?:名称)?\s*[)）】\]])(?=\S)(?![\s_＿]*年)"
)
_YEAR_OF_TITLE = re.compile(
    r"(?:(?:19|20)[0-9]{2}|(?:20)?[_＿×ＸX]{2,4}|20\s{1,6}|[（(]\s*[)）]|\s{2,})(?=\s*(?:年|学年))"
)
_YEAR_LINE = re.compile(rf"\s*[（(]?\s*(?:{_YEAR_OF_TITLE.pattern})\s*(?:年度|年|学年)\s*[)）]?\s*")
_PERIOD = re.compile(
    r"(?P<year>(?:20)?[_＿×ＸX\s]{2,6})(?=年\s*(?P<month>[0-9]{1,2})\s*月\s*(?P<day>[0-9]{1,2})\s*日)"
)
_SCHOOL_YEAR = re.compile(
    r"(?:20[0-9]{2}|(?:20)?[_＿×ＸX\s]{2,4})\s*(?P<dash>[—－–-]+)\s*(?:20[0-9]{2}|(?:20)?[_＿×ＸX\s]{2,4})(?=\s*学年)"
)
_ATTACHMENT = re.compile(r"附\s*[件表录](?:\s*[0-9０-９一二三四五六七八九十]*)?\s*[：:]?.{0,4}")


@dataclass(frozen=True)
class FormTitle:
    """The title of a form without what stands for the office and the year, the paragraphs down to its own, and the
    edits by which those get into it."""

    words: str
    paragraphs: tuple[Element, ...]
    edits: tuple[Edit, ...]
    year: str = ""
    """The year that it has in figures."""
    year_line: Element | None = None
    """The line below it that holds nothing but the year."""

    @property
    def paragraph(self) -> Element | None:
        """Its own paragraph; None where the form has no title."""
        return self.paragraphs[-1] if self.words else None

    def names(self, path: str) -> bool:
        """Whether it names the office or the year."""
        said = [edit.words for edit in self.edits] + [ParagraphText(one).text for one in self.paragraphs]
        return any(f"{{{{ {path}" in words for words in said)


def form_title(form: WordForm) -> FormTitle:
    """The title of a form, and what in it and in the lines above stands for the office and the year."""
    edits: list[Edit] = []
    above: list[Element] = []
    for paragraph in form.blocks():
        said = ParagraphText(paragraph).lined
        words = said.strip()
        if paragraph.tag == f"{W}tbl" or (form.level_of(paragraph, words) and not _is_centred(paragraph)):
            break
        if not words or _ATTACHMENT.fullmatch(words) or re.search("[：:。]", words):
            continue
        above.append(paragraph)
        edits += (*_office_edits(paragraph, said), *_year_edits(paragraph, said))
        title = _title_words(words)
        if title:
            year = re.search("(?:19|20)[0-9]{2}(?=年)", words)
            below = _year_below(paragraph) if not any(YEAR in edit.words for edit in edits) else None
            if below is not None:
                edits += _year_edits(below, ParagraphText(below).lined)
            return FormTitle(title, tuple(above), tuple(edits), year[0] if year else "", below)
    centred = tuple(paragraph for paragraph in above if _is_centred(paragraph))
    return FormTitle("", centred, tuple(edit for edit in edits if edit.paragraph in centred))


def _year_below(title: Element) -> Element | None:
    """The line below a title where it holds nothing but a year."""
    below = title.getnext()
    if below is None or below.tag != f"{W}p":
        return None
    return below if _YEAR_LINE.fullmatch(ParagraphText(below).lined) else None


def _is_centred(paragraph: Element) -> bool:
    centred = paragraph.find(f"{W}pPr/{W}jc")
    return centred is not None and centred.get(f"{W}val") == "center"


def _office_edits(paragraph: Element, words: str) -> list[Edit]:
    found = _OFFICE.match(words)
    return [Edit(paragraph, *found.span("office"), f"{{{{ {AGENCY} }}}}")] if found else []


def _year_edits(paragraph: Element, words: str) -> list[Edit]:
    school = _SCHOOL_YEAR.search(words)
    if school:
        both = f"{{{{ {YEAR} }}}}{school['dash']}{{{{ {YEAR} + 1 }}}}"
        return [Edit(paragraph, school.start(), school.end(), both)]
    found = _YEAR_OF_TITLE.search(words)
    return [Edit(paragraph, *found.span(), f"{{{{ {YEAR} }}}}")] if found else []


def period_edits(paragraph: Element, words: str) -> list[Edit]:
    """The years of a period whose days are printed: 自20__年9月1日起至20__年8月31日止."""
    edits: list[Edit] = []
    first = (0, 0)
    for found in _PERIOD.finditer(words):
        day = int(found["month"]), int(found["day"])
        is_next = bool(edits) and day < first
        first = first if edits else day
        edits.append(Edit(paragraph, *found.span("year"), f"{{{{ {YEAR}{' + 1' if is_next else ''} }}}}"))
    return edits


def same_year_edits(form: WordForm, title: FormTitle) -> Iterator[Edit]:
    """Where the text names the very year that the title has in figures."""
    if not title.year:
        return
    for paragraph in form.blocks():
        if paragraph.tag == f"{W}p" and paragraph is not title.paragraph:
            for found in re.finditer(rf"(?<![0-9〔\[]){title.year}(?=\s*年)", ParagraphText(paragraph).text):
                yield Edit(paragraph, *found.span(), f"{{{{ {YEAR} }}}}")


def _title_words(words: str) -> str:
    """The title without what stands for the office and the year."""
    bare = TAGS.sub("", words)
    office = _OFFICE.match(bare)
    bare = bare[office.end() :] if office else bare
    for year in (_SCHOOL_YEAR, _YEAR_OF_TITLE):
        bare = re.sub(rf"(?:{year.pattern})\s*(?:学年度?|年度|年)", "", bare)
    bare = re.sub(r"第[_＿×ＸX\s]+(?:季度|期|批|次|号|月)", "", bare)
    bare = re.sub(r"^(?:学年度?|年度|年)", "", bare.strip("_＿×ＸX \u3000"))
    title = plain_label(re.sub(r"[（(]\s*(?:样表|样式|空白表|参考格式|格式|试行)\s*[)）]$", "", bare))
    return title if len(title) >= 4 else ""

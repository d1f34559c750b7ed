"""What days and months have in common: read from what a workbook keeps as a day and from text in every usual way. What
is doubtful is a finding, never a guess."""

from __future__ import annotations

import datetime
from abc import abstractmethod
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar

from reportfill.decimals import is_finite, is_whole
from reportfill.finding import Finding
from reportfill.model.chinese.days import NoDay
from reportfill.model.days import bound_as_formula, dated_in_words, day_of
from reportfill.model.kinds.kind import Content, Kind, Read
from reportfill.model.kinds.printed_words import PrintedWords
from reportfill.model.kinds.typed import LONGEST_QUOTED, refused, tidied
from reportfill.model.visible import is_blank, with_marks_shown
from reportfill.place import Cell
from reportfill.text import Text, cut

if TYPE_CHECKING:
    from reportfill.model.fields import Field
    from reportfill.office.workbook.cell_edits import CellLimits

_DAY_0 = datetime.date(1899, 12, 30)
"""The day from which workbooks count days."""

_DAYS = range(1, 2_958_466)
"""The numbers of days that a workbook shows as such: to the end of 9999."""

_WHY = {
    NoDay.ORDER: Text("哪个数是年份不能确定", "which number is the year is not certain"),
    NoDay.NO_YEAR: Text("缺少年份", "the year is missing"),
    NoDay.INCOMPLETE: Text("缺少日", "the day is missing"),
    NoDay.IMPOSSIBLE: Text("没有这一天", "no calendar has it"),
    NoDay.OTHER: Text("无法识别", "it cannot be understood"),
}


class Dated(Kind):
    """A day, or a month."""

    holds_days = is_printed_otherwise = True
    blank = open = ""
    blank_code = "cell.no_day"
    judged_keywords = frozenset({"format"})
    noun: ClassVar[Text]
    example: ClassVar[str]

    @abstractmethod
    def typed(self, text: str) -> datetime.date | NoDay:
        """What a text names."""

    @abstractmethod
    def value_of(self, day: datetime.date) -> str:
        """The value of data for what a workbook keeps as that day."""

    @abstractmethod
    def in_words(self, day: datetime.date) -> str:
        """It as official documents have it."""

    def read(self, field: Field, content: Content, cell: Cell | None) -> Read:
        """The day or month that stands in a cell or that its text names."""
        if isinstance(content, datetime.datetime):
            return self._from_moment(field, content, cell)
        if isinstance(content, datetime.date):
            return self._from_day(field, content, str(content), cell)
        if isinstance(content, str) and not is_blank(content):
            return self._from_text(field, content, cell)
        wrong = None if isinstance(content, str) else refused(field, content, cell)
        if wrong or isinstance(content, str):
            return Read(None, wrong)
        return self._from_number(field, content, cell)

    def read_data(self, field: Field, value: Content, cell: Cell | None) -> Read:
        """The same of data."""
        return self.read(field, value, cell)

    def judge(self, field: Field, value: Any, cell: Cell | None = None, label: str = "") -> Finding | None:
        """What keeps a value from being a day or month as data have it."""
        return None if day_of(value) else self._refusal(field, str(value), NoDay.OTHER, cell)

    def contents(self, field: Field, value: Any, cells: int) -> list[Any]:
        """The day, which a workbook keeps as a number; a text that is none as it is."""
        day = day_of(value)
        return [day] if day else super().contents(field, value, cells)

    def printed(self, field: Field, value: Any) -> PrintedWords:
        """The day or month in words, compared by the calendar."""
        return PrintedWords(dated_in_words(str(value)), value)

    def limits(self, field: Field) -> CellLimits:
        """A day within the field's bounds."""
        return _limits(self.noun.zh, self.example, field.earliest, field.latest)

    def sample(self, field: Field, *, long: bool) -> Any:
        """A day or month in the years of most reports."""
        return self.value_of(datetime.date(2021, 11, 28))

    def _from_moment(self, field: Field, moment: datetime.datetime, cell: Cell | None) -> Read:
        is_whole_day = moment.time() == datetime.time()
        shown = str(moment.date()) if is_whole_day else str(moment)
        return self._from_day(field, moment.date(), shown, cell, is_as_typed=is_whole_day)

    def _from_day(
        self, field: Field, day: datetime.date, shown: str, cell: Cell | None, *, is_as_typed: bool = True
    ) -> Read:
        value = self.value_of(day)
        note = None if is_as_typed else tidied(field, shown, self.in_words(day), cell)
        return Read(value, note)

    def _from_text(self, field: Field, content: str, cell: Cell | None) -> Read:
        day = self.typed(content)
        if isinstance(day, NoDay):
            return Read(None, self._refusal(field, content, day, cell))
        words, value = self.in_words(day), self.value_of(day)
        is_as_meant = content.strip() in (words, value)
        return Read(value, None if is_as_meant else tidied(field, content, words, cell))

    def _from_number(self, field: Field, content: Any, cell: Cell | None) -> Read:
        if is_finite(content) and is_whole(content):
            day = self.typed(str(int(content)))
            if isinstance(day, datetime.date):
                return Read(self.value_of(day), tidied(field, str(int(content)), self.in_words(day), cell))
        if not is_finite(content) or int(content) not in _DAYS:
            return Read(None, self._refusal(field, f"{content:.15g}", NoDay.OTHER, cell))
        meant = self.in_words(_DAY_0 + datetime.timedelta(days=int(content)))
        value = f"{content:.15g}"
        return Read(None, field.finding("cell.day_as_number", cell, value=value, expected=meant))

    def _refusal(self, field: Field, content: str, why: NoDay, cell: Cell | None) -> Finding:
        shown = cut(with_marks_shown(content.strip()), LONGEST_QUOTED)
        said = {"value": shown, "expected": self.example, "problem": _WHY[why], "noun": self.noun}
        return field.finding("cell.not_a_day", cell, "", **said)


@lru_cache(maxsize=256)
def _limits(noun: str, example: str, earliest: str, latest: str) -> CellLimits:
    from reportfill.office.workbook.cell_edits import CellLimits  # for new workbooks alone

    least = bound_as_formula(earliest, is_last=False) if earliest else str(_DAYS.start)
    most = bound_as_formula(latest, is_last=True) if latest else str(_DAYS.stop - 1)
    between = "规定期限内的" if earliest or latest else ""
    return CellLimits("date", "between", (least, most), f"这里只能填{between}{noun}，例如{example}。")

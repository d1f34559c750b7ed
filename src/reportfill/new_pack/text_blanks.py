"""The blanks within a line of text: ____, ：　　　, （　　）, 年　月　日, □是 □否, and what each of them asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reportfill.new_pack.draft import PATH, TAG, Edit
from reportfill.new_pack.wording import (
    DAY,
    MONTH,
    TAGS,
    UNIT,
    YEAR_OF_ITS_OWN,
    Asked,
    asked_by,
    asks_for_words,
    bare_label,
    chosen_from,
    names_agency,
    number_in,
    plain_label,
)
from reportfill.office.word_text import ParagraphText
from reportfill.office.xml import Element

BOXES = "□☐○〇"
_GAP = r"[_＿﹍\s]"
_PATTERN = re.compile(
    rf"(?P<day>(?:(?:19|20)[0-9]{{2}}|20(?={_GAP}))?{_GAP}*年{_GAP}+月{_GAP}+日)"
    rf"|(?P<month>(?:20{_GAP}+|{_GAP}+|^)(?:年){_GAP}+月(?!{_GAP}*日))"
    rf"|(?P<year>(?:20)?(?:[_＿]{{2,}}|[×ＸX]{{2,4}}|(?<=20){_GAP}{{2,}}|\s{{3,}})(?=\s*年(?![龄级限月终初底均内来])))"
    rf"|(?P<bracket>(?<=[（(]){_GAP}*(?=[)）]))"
    rf"|(?P<code>[{BOXES}]{{4,}})"
    rf"|(?P<line>[_＿﹍][_＿﹍\s]*[_＿﹍])"
    rf"|(?P<cross>[×ＸX]{{2,}})"
    rf"|(?P<colon>(?<=[：:])(?:\s{{2,}}|\s*$))"
    rf"|(?P<counted>(?<=[^\s：:])\s{{2,}}(?=(?:{UNIT})(?:[，,；;。、）)]|\s|$)))"
)
_UNIT_BEHIND = re.compile(rf"\s*[)）]?\s*[（(]?({UNIT})(?P<end>(?![\u4e00-\u9fff]))?")
_SIGNED = re.compile(r"[（(](?:签字|签名|签章)[)）]\s*[：:]?\s*$")
_OF_OFFICES = tuple("省市县区局委厅办镇乡村街")
_BOUNDARY = re.compile(rf"[，,。；;！!？?\n\t{BOXES}]|\s{{2,}}")
_SEAL = re.compile(r"(?:单位|部门|本人|负责人)?(?:盖章|公章|签章|签字|签名|章|手印)+")
_OPTION_ENDS = re.compile(rf"[{BOXES}_＿；;\n\t]|\s{{2,}}|[（(]请|[：:]?\s*[_＿]")
_ENDS_OF_PERIODS = ("至", "到", "—", "－", "-", "~", "～")
_LEAST_ROOM_FOR_NAME = 4
_LONGEST_LABEL = 30
_LONGEST_LABEL_WITH_COLON = 12
_LETTERED = re.compile(r"\s*([A-H])\s*[.．、:：]\s*([^A-H\s][^\n]*?)(?=\s+[A-H]\s*[.．、:：]|\s*$)")


@dataclass(frozen=True)
class TextBlank:
    """A blank of a line: the words before it, what it asks for, and how its tag gets in."""

    label: str
    asked: Asked
    edits: tuple[Edit, ...]
    is_ticked: bool = False
    """Whether boxes are ticked for it."""


def text_blanks(paragraph: Element, around: Sequence[str] = ()) -> list[TextBlank]:
    """The blanks of a paragraph in their order; `around` are the labels under which it stands."""
    said = ParagraphText(paragraph)
    boxes = list(_boxed(paragraph, said.lined, around))
    taken = [(edit.start, edit.end) for blank in boxes for edit in blank.edits]
    first_box = taken[0][0] if taken else len(said.lined)
    others = [blank for blank in _others(paragraph, said.lined, around) if _is_free(blank, taken, first_box)]
    return sorted((*boxes, *others), key=lambda blank: blank.edits[0].start)


def boxes_in(text: str) -> list[tuple[int, str]]:
    """Where boxes to tick stand in a text, each with its option, which may stand before or behind it."""
    text = re.sub(rf"[{BOXES}]{{4,}}", lambda code: " " * len(code[0]), text)
    places = [place for place, sign in enumerate(text) if sign in BOXES]
    behind = [_option_behind(text, place) for place in places]
    if places and not all(behind) and not text[: places[0]].rstrip().endswith(("：", ":")):
        before = [_option_before(text, place) for place in places]
        behind = before if all(before) else behind
    return list(zip(places, behind, strict=True))


def lettered(text: str) -> list[tuple[str, str]]:
    """The options that a line lists by letters: A.甲 B.乙."""
    return [(found[1], plain_label(found[2])) for found in _LETTERED.finditer(text)]


def ticks(
    paragraph: Element, boxes: list[tuple[int, str]], asked: Asked, offset: int = 0
) -> tuple[Edit, ...]:
    """The edits by which each box is ticked where its option was chosen."""
    return tuple(Edit(paragraph, place, place + 1, _tick(option, asked)) for place, option in boxes)


def _tick(option: str, asked: Asked) -> str:
    quoted = plain_label(option).replace("\\", "").replace("'", "’")
    if asked.schema["type"] == "boolean":
        return f"{{{{ (not {PATH}) | 勾选 }}}}" if quoted in ("否", "不是") else f"{{{{ {PATH} | 勾选 }}}}"
    relation = f"'{quoted}' in {PATH}" if asked.schema["type"] == "array" else f"{PATH} == '{quoted}'"
    return f"{{{{ ({relation}) | 勾选 }}}}"


def _option_behind(text: str, place: int) -> str:
    rest = text[place + 1 :].lstrip()
    end = _OPTION_ENDS.search(rest)
    return plain_label(rest[: end.start()] if end else rest)


def _option_before(text: str, place: int) -> str:
    words = re.split(rf"[{BOXES}：:；;，,。\n\t]|\s{{2,}}", text[:place].rstrip())
    return plain_label(words[-1])


def _boxed(paragraph: Element, text: str, around: Sequence[str]) -> Iterator[TextBlank]:
    boxes = boxes_in(text)
    if not boxes:
        return
    first = boxes[0][0]
    before = text[:first] if _option_behind(text, first) == boxes[0][1] else text[:first].rpartition("：")[0]
    label = _question(before) or (around[-1] if around else "")
    asked = chosen_from([option for _, option in boxes], label)
    yield TextBlank(label, asked, ticks(paragraph, boxes, asked), is_ticked=True)


def _question(before: str) -> str:
    """The words of a question before its boxes, a remark in brackets at their end included."""
    words = re.split(r"[_＿。；;\n\t]|\s{2,}(?=[^（(\s])", before.rstrip("：: \t　"))
    return plain_label(next((piece for piece in reversed(words) if plain_label(piece)), ""))


def _is_free(blank: TextBlank, taken: list[tuple[int, int]], first_box: int) -> bool:
    """Whether a blank is none of the boxes, nor the bracket or gap before them."""
    start, end = blank.edits[0].start, blank.edits[0].end
    return not any(start <= box < end or box == end for box, _ in taken)


def _others(paragraph: Element, text: str, around: Sequence[str]) -> Iterator[TextBlank]:
    end, last = 0, ""
    for found in _PATTERN.finditer(TAGS.sub(lambda tag: "·" * len(tag[0]), text)):
        before = text[end : found.start()]
        for blank in _blanks(paragraph, text, found, before, around):
            if blank.label in _ENDS_OF_PERIODS and last:
                blank = replace(blank, label=f"{last}（止）")
            yield blank
            end, last = found.end(), blank.label


def _blanks(
    paragraph: Element, text: str, found: re.Match[str], before: str, around: Sequence[str]
) -> Iterator[TextBlank]:
    if found.lastgroup in ("day", "month"):
        yield from _dated(paragraph, found, before)
    else:
        blank = _blank(paragraph, text, found, before, around)
        if blank:
            yield blank


def _dated(paragraph: Element, found: re.Match[str], before: str) -> Iterator[TextBlank]:
    """The blank of a day or a month, and the one before it where a name goes into the gap between label and date."""
    asked = DAY if found.lastgroup == "day" else MONTH
    label = _label(before)
    start, end = found.span()
    lead = len(found[0]) - len(found[0].lstrip()) if label else 0
    is_on_one_line = "\n" not in found[0][:lead]
    if lead >= _LEAST_ROOM_FOR_NAME and is_on_one_line and _asks_for_name(label):
        name = asked_by([label])
        is_required = name.is_required and not _SIGNED.search(before)
        yield TextBlank(label, replace(name, is_required=is_required), (Edit(paragraph, start, start + 1),))
        start, lead, label = start + lead - 1, 1, ""
    label = "" if _SEAL.fullmatch(label.strip("（）()")) else label
    yield TextBlank(label or "日期", asked, (Edit(paragraph, start + min(lead, 1), end, TAG),))


def _asks_for_name(label: str) -> bool:
    """Whether a label before a date is that of whoever signs, and not the date's own."""
    return names_agency(label) or (asks_for_words(label) and asked_by([label]).is_free)


def _blank(
    paragraph: Element, text: str, found: re.Match[str], before: str, around: Sequence[str]
) -> TextBlank | None:
    kind = found.lastgroup or ""
    label = _label(before)
    start, end = found.span()
    edits = (Edit(paragraph, start, end, TAG),)
    if kind == "year":
        return TextBlank(label or "年度", YEAR_OF_ITS_OWN, edits)
    if kind == "colon" and not _is_asking(text, before, found):
        return None
    if kind == "bracket" and not _is_answered(text, found):
        return None
    unit = _UNIT_BEHIND.match(text, end)
    names = [*around[-1:], label] if label else list(around)
    if unit and (kind != "colon" or unit["end"] is not None):
        return TextBlank(label, number_in(unit[1], label, is_measured="金额" in label), edits)
    if kind == "cross" and (not label or text[end : end + 1] in _OF_OFFICES):
        return None
    if any(box in before for box in BOXES):
        asked = asked_by([label])
        return TextBlank(label, replace(asked, is_required=False), edits)
    if kind == "colon" and end < len(text):
        edits = (Edit(paragraph, start, end, f"{TAG}　　"),)
    asked = asked_by(names or [label])
    is_signature = _SIGNED.search(before) is not None
    return TextBlank(label, replace(asked, is_required=asked.is_required and not is_signature), edits)


def _is_asking(text: str, before: str, found: re.Match[str]) -> bool:
    """Whether nothing behind a colon is a blank: the words before it are few, and the line has no sentence."""
    words = bare_label(_label(before.rstrip("：:")))
    if found.end() < len(text):
        return bool(words)
    return 0 < len(words) <= _LONGEST_LABEL_WITH_COLON and "。" not in text


def _is_answered(text: str, found: re.Match[str]) -> bool:
    """Whether a bracket with nothing in it is one for an answer, and no slip."""
    return bool(found[0]) or text[: found.start()].strip(" （(") != ""


def _label(before: str) -> str:
    """The words that say what a blank behind them is for."""
    words = before.rstrip(" \t　：:（(_＿")
    pieces = [piece for piece in _BOUNDARY.split(words) if plain_label(piece)]
    label = bare_label(pieces[-1]) or plain_label(pieces[-1]) if pieces else ""
    label = re.sub(rf"^(?:{UNIT})?[)）、]+", "", label)
    label = label.rpartition("：")[2] if not label.endswith("：") else label
    return label[-_LONGEST_LABEL:].strip()

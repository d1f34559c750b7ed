"""The text to paste into a group chat: who has not handed in, and who has what to correct."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reportfill.campaign.sending.letters import how_soon
from reportfill.campaign.status.overview import deadline_in_words, figures_of, in_words, superior_names
from reportfill.campaign.status.standing import AgencyStanding, Standing, State

MOST_CHARACTERS = 2_000
"""How long a message may be, with its heading."""

_MANY = 20
"""With more names than these they stand by superior."""

_CHARACTERS_OF_LINE = 400
_CHARACTERS_OF_MISTAKE = 40


@dataclass(frozen=True, slots=True)
class _Line:
    """A line, and the heading of the section that it belongs to."""

    section: str
    text: str


def chat_texts(standing: Standing) -> list[str]:
    """The messages in the order in which they are sent, numbered where there are several; each is as long as a chat
    takes. Where nobody owes anything it is one message that says so."""
    heading = f"【{standing.year}年{standing.title}填报进度】"
    ending = _ending(standing)
    room = MOST_CHARACTERS - len(f"{heading}（1000/1000）\n\n") - len(ending)
    pieces = _pieces(_lines(standing), f"{_summary(standing)}\n", room)
    bodies = [*pieces[:-1], f"{pieces[-1]}{ending}"]
    if len(bodies) == 1:
        return [f"{heading}\n{bodies[0]}"]
    return [f"{heading}（{number}/{len(bodies)}）\n{body}" for number, body in enumerate(bodies, 1)]


def _summary(standing: Standing) -> str:
    figures = figures_of(standing.columns.state)
    parts = [f"应报{figures.due}家", f"已完成{figures.sound}家"]
    parts += [f"未报{figures.missing}家"] if figures.missing else []
    to_correct = figures.faulty + figures.sent_back
    parts += [f"需修改{to_correct}家"] if to_correct else []
    day = in_words(standing.today)
    return f"各单位：截至{day}，{'，'.join(parts)}。{deadline_in_words(standing)}。"


def _ending(standing: Standing) -> str:
    if figures_of(standing.columns.state).outstanding == 0:
        return "各单位均已完成，感谢支持！\n"
    return f"请以上单位抓紧办理，{how_soon(standing)}报送；已经报送的，请与我们联系核对。谢谢！\n{standing.issuer}\n"


def _lines(standing: Standing) -> Iterator[_Line]:
    """Everything that is said of single agencies, line by line."""
    missing = [one for one in standing.agencies if one.state is State.MISSING]
    to_correct = [one for one in standing.agencies if one.state in (State.FAULTY, State.SENT_BACK)]
    names = superior_names(standing)
    if missing:
        section = f"■ 尚未报送（{len(missing)}家）"
        yield from (_Line(section, text) for text in _names(missing, names))
    if to_correct:
        section = f"■ 需要修改（{len(to_correct)}家）"
        yield from (_Line(section, text) for text in _corrections(to_correct, names))


def _by_superior(
    agencies: Sequence[AgencyStanding], names: dict[str, str]
) -> Iterator[tuple[str, list[AgencyStanding]]]:
    """The agencies by the superior's name; all in one group without a name where they are few."""
    if len(agencies) <= _MANY:
        yield "", list(agencies)
        return
    groups: dict[str, list[AgencyStanding]] = {}
    for one in agencies:
        groups.setdefault(one.agency.superior, []).append(one)
    for superior, members in groups.items():
        yield f"{names[superior]}（{len(members)}家）", members


def _names(agencies: Sequence[AgencyStanding], names: dict[str, str]) -> Iterator[str]:
    """The agencies' names, of one superior in one line, or in several where they are many."""
    for group, members in _by_superior(agencies, names):
        label = f"{group}：" if group else ""
        for row in _rows((_name(one) for one in members), "、"):
            yield f"{label}{row}"
            label = f"{group}（续）：" if group else ""


def _corrections(agencies: Sequence[AgencyStanding], names: dict[str, str]) -> Iterator[str]:
    for group, members in _by_superior(agencies, names):
        yield from ([f"{group}："] if group else [])
        yield from (f"· {_name(one)}：{_correction(one)}" for one in members)


def _correction(one: AgencyStanding) -> str:
    """What an agency has to correct, in a few words."""
    if one.state is State.SENT_BACK:
        remark = one.remark.strip()
        return f"已退回，{_cut(remark.splitlines()[0])}" if remark else "已退回修改"
    errors = [mistake for mistake in one.mistakes if mistake.severity == "error"]
    if not errors:
        return "有错误，请按退回的填报表改正"
    first = errors[0]
    said = _cut(f"{first.cell} {first.message.partition('。')[0]}".strip())
    return said if len(errors) == 1 else f"{said}（共{len(errors)}处错误）"


def _cut(text: str) -> str:
    return text if len(text) <= _CHARACTERS_OF_MISTAKE else f"{text[:_CHARACTERS_OF_MISTAKE]}…"


def _name(one: AgencyStanding) -> str:
    return one.agency.short_name or one.agency.name


def _rows(words: Iterable[str], between: str) -> Iterator[str]:
    """The words in rows that are not much longer than a line may be."""
    row: list[str] = []
    length = 0
    for word in words:
        if row and length + len(word) > _CHARACTERS_OF_LINE:
            yield between.join(row)
            row, length = [], 0
        row.append(word)
        length += len(word) + len(between)
    if row:
        yield between.join(row)


def _pieces(lines: Iterable[_Line], beginning: str, room: int) -> list[str]:
    """The lines put together to pieces that are no longer than there is room; the heading of a section stands again
    in every piece that goes on with it."""
    pieces, section = [beginning], ""
    for line in lines:
        heading = "" if line.section == section else f"{line.section}\n"
        more = f"{heading}{line.text}\n"
        if len(pieces[-1]) + len(more) > room:
            heading = f"{line.section}（续）\n" if line.section == section else heading
            pieces.append("")
            more = f"{heading}{line.text}\n"
        pieces[-1] += more
        section = line.section
    return pieces

"""Whether a pack's workbooks have room for what is to be written into one of their fields."""

from __future__ import annotations

from reportfill.errors import UsageError
from reportfill.model.visible import with_line_feeds, with_marks_shown
from reportfill.pack.pack import Pack


def require_room(pack: Pack, path: str, option: str, said: str) -> None:
    """Raise UsageError where what an option says has several lines, or is longer than a field of the pack may be: no
    workbook takes it, and whoever fills that in could not mend it."""
    if with_line_feeds(said).strip("\n").count("\n"):
        raise UsageError(
            f"{option} has a line break: {with_marks_shown(said)}; write it on one line",
            f"{option}中有换行：{with_marks_shown(said)}；请写成一行",
        )
    field = pack.fields.get(path)
    most = field.max_length if field else None
    if most is not None and len(said) > most:
        raise UsageError(
            f"{option} has {len(said)} characters; there may be {most}",
            f"{option}共{len(said)}个字，超过{most}个字的上限",
        )

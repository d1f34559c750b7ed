"""Whether a pack's workbooks have room for what is to be written into one of their fields."""

from __future__ import annotations

from reportfill.errors import UsageError
from reportfill.model.visible import with_line_feeds, with_marks_shown
from reportfill.pack.pack import Pack


def require_room(pack: Pack, path: str, said: str) -> None:
    """Raise UsageError where what is said for a field has several lines, or is longer than that may be: no workbook
    takes it, and whoever fills that in could not mend it."""
    label = pack.label(path)
    if with_line_feeds(said).strip("\n").count("\n"):
        raise UsageError(
            f"{label} has a line break: {with_marks_shown(said)}; write it on one line",
            f"{label}中有换行：{with_marks_shown(said)}；请写成一行",
        )
    field = pack.fields.get(path)
    most = field.max_length if field else None
    if most is not None and len(said) > most:
        raise UsageError(
            f"{label} has {len(said)} characters; there may be {most}",
            f"{label}共{len(said)}个字，超过{most}个字的上限",
        )

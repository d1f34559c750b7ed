"""What somebody says of a thing on the command line, to be kept: a remark, a reason, a name."""

from __future__ import annotations

from reportfill.errors import CampaignError

LONGEST_REMARK = 5_000
"""So many characters somebody may say of a thing: a table with a cell that holds much more could not be read."""


def require_sayable(said: str) -> None:
    """Raise CampaignError for what somebody says of a thing that is too long, or that no text in UTF-8 can hold."""
    if len(said) > LONGEST_REMARK:
        raise CampaignError(
            f"“{said[:20]}…” has {len(said)} characters; there may be {LONGEST_REMARK}",
            f"“{said[:20]}…”共{len(said)}个字，超过{LONGEST_REMARK}个字的上限，请写得简短些",
        )
    if any("\ud800" <= character <= "\udfff" for character in said):
        raise CampaignError(
            f"“{said}” is not UTF-8: the terminal uses another encoding",
            f"“{said}”不是UTF-8编码，无法写入：终端用的是其他编码，请改为UTF-8",
        )

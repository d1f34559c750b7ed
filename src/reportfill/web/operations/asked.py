"""Operations as pages and the API ask for them."""

from __future__ import annotations

from hashlib import sha256

from anyio import to_thread

from reportfill.text import Text
from reportfill.web.house import House
from reportfill.web.operations.operations import Operations
from reportfill.web.problems import ProblemError
from reportfill.web.security.signed_in import served

ANOTHER = Text(
    "还有一项正在办理，一次只办理一项：请等它完成，或者先停止。",
    "Another operation is under way, and there is one at a time: wait for its end, or stop it.",
)
_REPLACED = Text(
    "这个文件后来又重新生成过，内容已经不同：请下载“生成的文件”中现在的。",
    "This file was made anew since, and is another now: take the present one from the list of files.",
)


def operations_of(house: House) -> Operations:
    """The operations of a server with a campaign. Raises ProblemError where it has none."""
    if house.operations is None:
        raise ProblemError(404)
    return house.operations


async def office_file(house: House, path: str, digest: str = "") -> bytes:
    """A file that was made for the office; the very one that an operation made, where its SHA-256 is said. Raises
    ProblemError where it was made anew since, and UsageError where it is not there."""
    content = await to_thread.run_sync(served(house).campaign.office_file, path)
    if digest and sha256(content).hexdigest() != digest:
        raise ProblemError(409, _REPLACED)
    return content

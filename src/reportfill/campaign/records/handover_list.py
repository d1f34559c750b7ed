"""What goes with the roll-up that an office hands over to its superior: whose it is, the SHA-256 of every file with it,
and that of the seal of its campaign."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

HANDOVER_LIST = "报送清单.json"
"""The name of the list within an archive that is a hand-over."""

_FORMAT = "reportfill 汇总报送 1"


@dataclass(frozen=True, slots=True)
class HandoverList:
    """A hand-over: of which office, year and pack; the name of its `report`, which is the one file to take in; the
    SHA-256 of all its files by name; when its campaign was closed and the SHA-256 of the list of that seal, both empty
    where it was not."""

    issuer: str
    year: int
    pack: str
    report: str
    files: Mapping[str, str]
    sealed_at: str = ""
    seal: str = ""

    def as_json(self) -> bytes:
        """The list as it lies in the archive."""
        told = {
            "格式": _FORMAT,
            "单位": self.issuer,
            "年度": self.year,
            "模板包": self.pack,
            "填报表": self.report,
            "封存时间": self.sealed_at,
            "封存清单SHA-256": self.seal,
            "SHA-256": dict(self.files),
        }
        return json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")


def handover_list(content: bytes) -> HandoverList | None:
    """The list that a file is; None where it is none."""
    try:
        told = json.loads(content)
        if told["格式"] != _FORMAT:
            return None
        files = {str(name): str(digest) for name, digest in told["SHA-256"].items()}
        return HandoverList(
            str(told["单位"]),
            int(told["年度"]),
            str(told["模板包"]),
            str(told["填报表"]),
            files,
            str(told["封存时间"]),
            str(told["封存清单SHA-256"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None

"""What a server was asked to be: one value, which its processes hand on to each other."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from ipaddress import ip_address
from pathlib import Path

_LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class ServerSetup:
    """A server: whose campaign it serves, if any; where its own files are; how browsers reach it.

    `data` is the folder of the server's own files, `secret` what tokens are signed with; both are the same for all
    processes of a server. `database` is the URL of what it remembers of visitors, a file in that folder where there is
    none. `names` are those by which it may be called, any where there are none. `jobs` is how many files each
    process works on at a time, 0 for one a core; `processes` how many there are. `last` is last year's campaign, `site`
    where reports are published.
    """

    data: Path
    secret: str
    campaign: str = ""
    database: str = ""
    names: tuple[str, ...] = ()
    is_https: bool = False
    jobs: int = 0
    last: str = ""
    site: str = ""
    processes: int = 1

    @property
    def kept(self) -> Path:
        """The folder of what was made."""
        return self.data / "kept"

    @property
    def own_database(self) -> Path:
        """The file of what it remembers of visitors."""
        return self.data / "visitors.db"

    def as_text(self) -> str:
        """The setup as a text, for other processes."""
        return json.dumps(asdict(self), default=str)

    @classmethod
    def from_text(cls, text: str) -> ServerSetup:
        """The setup from its text."""
        told = json.loads(text)
        return cls(**told | {"data": Path(told["data"]), "names": tuple(told["names"])})


def is_loopback(host: str) -> bool:
    """Whether only this computer reaches what is bound to a host."""
    if host in _LOCAL_NAMES:
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def names_of(host: str, asked: tuple[str, ...]) -> tuple[str, ...]:
    """The names by which a server may be called: on this computer alone those of this computer, so that no other page
    can give it another name (DNS rebinding); else those that were asked for, any where there are none."""
    return (*_LOCAL_NAMES, host, *asked) if is_loopback(host) else asked

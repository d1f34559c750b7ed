"""A campaign on a share held by one computer at a time, by a file that says who has it.

The locks of files do not reach from one computer to another on every share. So whoever works writes a file, which only
one can make, and touches it every ten seconds; one that was not touched for two minutes was left behind. Both times are
those of the share, whatever the clocks of the computers say. Whoever was taken for gone, after a sleep or without a
network, finds another's file and must write nothing more.
"""

from __future__ import annotations

import json
import os
import platform
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from getpass import getuser
from hashlib import sha256
from itertools import count
from pathlib import Path
from secrets import token_hex

from reportfill.campaign.records.in_use import CampaignInUseError, waited_for
from reportfill.errors import CampaignError
from reportfill.files import not_written
from reportfill.finding import Finding, finding
from reportfill.held_files import patiently, removed
from reportfill.text import Text

LOCK = ".正在处理.json"
"""The name of the file."""

HEARTBEAT, OLD = 10.0, 120.0
"""Seconds from one touch to the next, and after which a file that was not touched was left behind."""

_FORGOTTEN = 86_400.0
"""Seconds after which nobody is told any more that a computer which may have been switched off works."""

_MOST_BYTES = 10_000


@dataclass(frozen=True, slots=True)
class Hold:
    """Who holds a campaign: the computer, the user, the process, and what no other hold has. `seat` stands for what the
    system lets only one process of that computer hold at a time; empty where there is nothing of the kind."""

    computer: str
    user: str
    process: int
    token: str
    seat: str = ""


def own_hold(seat: str = "") -> Hold:
    """A hold of this process."""
    try:
        user = getuser()
    except (OSError, KeyError, ImportError):  # Windows without the variable, containers without the entry
        user = ""
    return Hold(
        platform.node(), user, os.getpid(), token_hex(8), seat and sha256(seat.encode()).hexdigest()[:16]
    )


class ShareLock:
    """A hold on a campaign in a folder of a share. `seat` names what the system lets this process alone hold on this
    computer: whoever had it before has ended. Another computer is waited for so many seconds (`patience`)."""

    def __init__(
        self,
        folder: Path,
        heartbeat: float = HEARTBEAT,
        old: float = OLD,
        *,
        seat: str = "",
        patience: float = 0,
    ) -> None:
        self._path = folder / LOCK
        self._heartbeat, self._old, self._patience = heartbeat, old, patience
        self._hold = own_hold(seat)
        self._content = json.dumps(asdict(self._hold), ensure_ascii=False).encode()
        self._released = threading.Event()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the campaign, and say so again and again. Raises CampaignInUseError where another computer has it, and
        OutputError where nothing can be written."""
        waited_for(self._acquire, self._patience)
        touching = threading.Thread(target=self._touch_again_and_again, daemon=True)
        touching.start()
        try:
            yield
        finally:
            self._released.set()
            touching.join()
            if self._is_ours():
                removed(self._path)

    def require(self) -> None:
        """Raise CampaignError where another computer has taken the campaign over: what it writes would be mixed with
        what is written here. Raises OutputError where that cannot be told, as without a network."""
        try:
            other = _holder(self._path)
        except FileNotFoundError:
            other = None
        except OSError as error:
            raise not_written(self._path, error) from error
        if other != self._hold:
            whom = _name(other) if other else Text("另一台计算机", "another computer")
            raise CampaignError(
                f"this computer was not heard of for two minutes, and {whom.en} has taken the campaign over: nothing "
                "more was written; run the command again when they have done",
                f"本机有两分钟没有回应，{whom.zh}已接手处理：此后的内容没有写入，请等其处理完后再运行一次",
            )

    def _acquire(self) -> None:
        for _ in range(3):
            if self._made():
                return
            self._take_over_if_left()
        raise _in_use(_read(self._path), None)

    def _made(self) -> bool:
        """Whether the file was made: in one step, which only one can do."""
        return self._is_new(self._path, self._content)

    def _is_new(self, path: Path, content: bytes = b"") -> bool:
        """Whether a file was made now that was not there before. Raises OutputError where it cannot be made."""
        try:
            place = patiently(lambda: os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY), path)
        except FileExistsError:
            return False
        except OSError as error:
            raise not_written(path, error) from error
        try:
            with os.fdopen(place, "wb") as file:
                file.write(content)
        except OSError as error:
            removed(path)
            raise not_written(path, error) from error
        return True

    def _take_over_if_left(self) -> None:
        """Remove another's file where it was left behind. Raises CampaignError where it was not, or where somebody else
        is just doing so."""
        left = self._left()
        if left is not None:
            with self._claimed(left):
                if self._left() == left:
                    self._remove_left()

    def _left(self) -> bytes | None:
        """What the file says where it was left behind; None where there is none. Raises CampaignError where somebody
        has the campaign."""
        try:
            with open(self._path, "rb") as file:
                content = file.read(_MOST_BYTES)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise not_written(self._path, error) from error
        other, age = _hold_in(content), self._age(self._path)
        if age is not None and age < self._old and not self._has_ended(other):
            raise _in_use(other, age)
        return content

    @contextmanager
    def _claimed(self, content: bytes) -> Iterator[None]:
        """Have alone, as long as one may be heard of, the right to remove the file that says so: of many who find it
        left behind another one would remove what the first of them has put in its place."""
        name = f"{LOCK}.{sha256(content).hexdigest()[:16]}"
        claims = []
        for number in count():
            claims.append(self._path.with_name(f"{name}.{number}"))
            if self._is_new(claims[-1]):
                break
            age = self._age(claims[-1])
            if age is not None and age < self._old:
                raise _in_use(None, None)
        try:
            yield
        finally:
            for claim in claims:
                removed(claim)

    def _remove_left(self) -> None:
        try:
            patiently(lambda: self._path.unlink(missing_ok=True), self._path)
        except OSError as error:
            raise not_written(self._path, error) from error

    def _has_ended(self, other: Hold | None) -> bool:
        """Whether another process of this computer held what this one holds now."""
        own = self._hold
        return (
            other is not None and bool(own.seat) and (other.computer, other.seat) == (own.computer, own.seat)
        )

    def _age(self, path: Path) -> float | None:
        """Seconds since a file was touched, by the clock of the share; None where it is gone."""
        probe = self._path.with_name(f"{LOCK}.{token_hex(8)}")
        try:
            probe.touch()
            return probe.stat().st_mtime - path.stat().st_mtime
        except FileNotFoundError:
            return None
        except OSError as error:
            raise not_written(path, error) from error
        finally:
            removed(probe)

    def _touch_again_and_again(self) -> None:
        while not self._released.wait(self._heartbeat):
            # A network may blink: whoever writes looks whether the hold is lost.
            with suppress(OSError), open(self._path, "r+b") as file:
                if (
                    file.read(_MOST_BYTES) == self._content
                ):  # what is open stays this one, wherever it is moved
                    file.seek(0)
                    file.write(self._content)  # by writing, for the share to say when

    def _is_ours(self) -> bool:
        return _read(self._path) == self._hold


@contextmanager
def noticed(folder: Path, said: list[Finding]) -> Iterator[None]:
    """Say in a folder that a client keeps the same on several computers that somebody works on the campaign here. It
    holds nobody off: who does so elsewhere is named among what is `said`, if what they wrote has come."""
    path = folder / LOCK
    other, own = _read(path), own_hold()
    if other is not None and _is_recent(path) and (other.computer, other.user) != (own.computer, own.user):
        elsewhere = finding("campaign.worked_on_elsewhere", value=_name(other))
        if elsewhere not in said:  # a run holds a campaign again and again
            said.append(elsewhere)
    with suppress(OSError):
        path.write_text(json.dumps(asdict(own), ensure_ascii=False), "utf-8")
    try:
        yield
    finally:
        if _read(path) == own:
            removed(path)


def _is_recent(path: Path) -> bool:
    try:
        return abs(time.time() - path.stat().st_mtime) < _FORGOTTEN
    except OSError:
        return False


def _read(path: Path) -> Hold | None:
    """Who holds a campaign by a file; None where that cannot be told."""
    try:
        return _holder(path)
    except OSError:
        return None


def _holder(path: Path) -> Hold | None:
    """Who holds a campaign by a file; None where it says nothing, as while it is being made. Raises OSError where it
    cannot be read."""
    with open(path, "rb") as file:
        return _hold_in(file.read(_MOST_BYTES))


def _hold_in(content: bytes) -> Hold | None:
    try:
        return Hold(**json.loads(content))
    except (ValueError, TypeError, RecursionError):
        return None


def _name(hold: Hold) -> Text:
    """Who it is, and on which computer."""
    if not hold.user:
        return Text(f"计算机{hold.computer}", f"the computer {hold.computer}")
    return Text(f"{hold.user}（计算机{hold.computer}）", f"{hold.user} on {hold.computer}")


def _in_use(other: Hold | None, age: float | None) -> CampaignInUseError:
    whom = _name(other) if other else Text("另一台计算机", "another computer")
    # In the same words for a while: whoever waits is told once.
    heard = Text("刚才", "just now") if (age or 0) < 60 else Text("1分钟前", "a minute ago")
    return CampaignInUseError(
        f"{whom.en} is working on the campaign (heard of {heard.en}); try again when they have done",
        f"{whom.zh}正在处理这项年度报告工作（{heard.zh}有回应），请等其处理完后再试",
    )

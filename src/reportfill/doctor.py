"""What there is on this computer that matters to this program: one text to send to whoever helps. It holds no password
and nothing of what anybody reported."""

from __future__ import annotations

import locale
import os
import platform
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from reportfill.campaign.folder.parts import SETTINGS
from reportfill.campaign.records.campaign_folder import CampaignFolder, open_campaign_folder
from reportfill.campaign.records.database import place_of_ledger
from reportfill.campaign.storage.store import is_url
from reportfill.errors import CampaignError, ReportfillError
from reportfill.folder_kind import kind_of_folder
from reportfill.logon import begun_at_logon
from reportfill.office.libreoffice.program import office_program, talking_python
from reportfill.office.typefaces import installed_typefaces
from reportfill.outputs.publication import publication_of_user
from reportfill.system_words import in_one_line
from reportfill.text import Text, how_many
from reportfill.user_settings import settings_file
from reportfill.version import __version__
from reportfill.watchers import folder_of_logs
from reportfill.windows import is_python_of_store

_NOT_THERE = Text("没有安装", "not installed")
_CAMPAIGN = Text("年度报告工作", "campaign")
_SECONDS = 20
"""For so long a program may take to say its version."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that was found: what it is about, and what it is."""

    about: Text
    found: Text


def computer_facts(place: str | Path, encodings: Iterable[str]) -> Iterator[Fact]:
    """What matters of this computer and of a folder, a campaign's, which may be at a URL, or any other. `encodings` are
    those of the streams that are printed to. Where one of them cannot be told, why is told in its place."""
    yield Fact(Text("reportfill", "reportfill"), Text(__version__, __version__))
    yield _fact("Python", "Python", _python)
    yield _fact("操作系统", "system", lambda: f"{platform.platform()} {platform.machine()}")
    yield _fact("程序库", "packages", lambda: ", ".join(_packages()))
    yield _fact("LibreOffice", "LibreOffice", _office)
    yield _fact("规定字体", "prescribed faces", _faces)
    yield _fact("控制台编码", "encoding of the console", lambda: _encodings(encodings))
    yield _fact("路径长度", "length of paths", _longest_path)
    yield _fact("文件夹", "folder", lambda: _folder(place))
    yield _fact("登录后自动监视", "watched from a logon on", _watched_at_logon)
    yield _fact("用户设置", "user's settings", _settings)
    yield _fact("运行记录", "logs", lambda: str(folder_of_logs()))
    yield from _of_campaign(place)


def _fact(chinese: str, english: str, look: Callable[[], Text | str]) -> Fact:
    """What a look finds, or why it finds nothing."""
    try:
        found = look()
    except (OSError, ReportfillError) as error:
        found = in_one_line(error)
    return Fact(Text(chinese, english), found if isinstance(found, Text) else Text(found, found))


def _encodings(of_streams: Iterable[str]) -> str:
    chosen = os.environ.get("PYTHONIOENCODING", "")
    about = filter(None, [", ".join(of_streams), f"PYTHONIOENCODING={chosen}" if chosen else ""])
    return f"{'; '.join(about)}; {locale.getlocale()}"


def _folder(place: str | Path) -> Text:
    """Where a folder is, and of which kind."""
    if is_url(place):
        return Text(f"{place}（网址）", f"{place} (a URL)")
    whole = Path(place).absolute()
    kind = kind_of_folder(whole).value
    if os.path.lexists(whole):
        return Text(f"{whole}（{kind.zh}）", f"{whole} ({kind.en})")
    return Text(f"{whole}（{kind.zh}，没有这个文件夹）", f"{whole} ({kind.en}, there is no such folder)")


def _settings() -> Text:
    """Where the user's settings are, and that they can be used."""
    place = settings_file()
    publication_of_user()
    if os.path.lexists(place):
        return Text(str(place), str(place))
    return Text(f"{place}（没有这个文件）", f"{place} (there is no such file)")


def _python() -> Text:
    """Which Python this is, and whose."""
    about = f"{platform.python_version()} ({platform.architecture()[0]}) {sys.executable}"
    if not is_python_of_store():
        return Text(about, about)
    return Text(
        f"{about}（来自微软应用商店：写入AppData的内容，其他程序看不到）",
        f"{about} (the Microsoft Store's: what it writes into AppData no other program sees)",
    )


def _watched_at_logon() -> Text:
    """What is watched from each logon on."""
    names = [str(path) for path in begun_at_logon()]
    return Text("、".join(names) or "没有设置", ", ".join(names) or "nothing")


def _packages() -> Iterator[str]:
    """The packages that this one needs or may have, with their versions; without those of developers."""
    for requirement in requires("reportfill") or ():
        name, _, extra = requirement.partition(";")
        if "'dev'" in extra.replace('"', "'") or "'bench'" in extra.replace('"', "'"):
            continue
        package = re.split(r"[\s<>=!~\[(]", name, maxsplit=1)[0]
        try:
            yield f"{package} {version(package)}"
        except PackageNotFoundError:
            yield f"{package} -"


def _office() -> Text:
    """Which LibreOffice there is, and where."""
    program = office_program()
    if program is None:
        return _NOT_THERE
    try:
        done = subprocess.run(
            [program, "--version"],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SECONDS,
            check=False,
        )
        said = done.stdout.strip()
    except (OSError, subprocess.TimeoutExpired) as error:
        said = str(error)
    python = talking_python(program)
    stays = (
        Text("不能连续转换，缺少python3-uno", "started for each batch: python3-uno is missing")
        if python is None
        else Text(f"连续转换用{python}", f"kept running by {python}")
    )
    return Text(f"{said}（{program}；{stays.zh}）", f"{said} ({program}; {stays.en})")


def _faces() -> Text:
    """Which of the prescribed faces there are, and which not."""
    typefaces = installed_typefaces()
    if typefaces.names is None:
        return Text("无法查看已安装的字体", "what is installed cannot be seen")
    missing = typefaces.missing
    if not missing:
        return Text("齐全", "all of them")
    return Text(f"缺少{'、'.join(missing)}", f"missing: {', '.join(missing)}")


def _longest_path() -> Text:
    """How long a path may be."""
    if sys.platform == "win32":
        import winreg

        key, is_long = r"SYSTEM\CurrentControlSet\Control\FileSystem", False
        with suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key) as settings:
            is_long = winreg.QueryValueEx(settings, "LongPathsEnabled")[0] == 1
        most = Text("不限", "any") if is_long else Text("259", "259")
        return Text(f"最多{most.zh}个字符，Excel最多218个", f"{most.en} characters, in Excel 218 at most")
    return Text("由磁盘决定", "as the disk has it")


def _of_campaign(place: str | Path) -> Iterator[Fact]:
    """What there is to say of a campaign: whose it is, its ledger, and whether somebody works on it."""
    if not is_url(place) and not os.path.isfile(Path(place, SETTINGS)):
        return
    try:
        folder = open_campaign_folder(place)
    except (OSError, ReportfillError) as error:
        yield Fact(_CAMPAIGN, in_one_line(error))
        return
    yield _fact(_CAMPAIGN.zh, _CAMPAIGN.en, lambda: folder.title)
    yield _fact("台账", "ledger", lambda: _ledger(folder))
    yield _fact("占用", "lock", lambda: _lock(folder))


def _ledger(folder: CampaignFolder) -> Text:
    place = place_of_ledger(folder.ledger_url)
    try:
        with folder.read_ledger() as ledger:
            number = len(ledger.journal())
    except CampaignError as error:
        return Text(f"{place}：{error.chinese}", f"{place}: {error.english}")
    return Text(
        f"{place}：已记入log中的{number}张表", f"{place}: it has {how_many(number, 'table')} of the journal"
    )


def _lock(folder: CampaignFolder) -> Text:
    with folder.held():
        return Text("没有被占用", "nobody works on it")

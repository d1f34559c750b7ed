"""The profile of a LibreOffice that works for us: nothing that a document names is fetched or run, and what stands in
for typefaces that are not there.

The settings are LibreOffice's own (officecfg/registry/schema). Its table of font replacements holds for everything that
it does, on every system; fontconfig's substitutes hold on Linux alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from shutil import copyfile
from xml.sax.saxutils import escape

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">'
)
_NOWHERE = "127.0.0.1"
_DEAD_PORT = 9
"""What asks for anything in the network is sent there, where nothing answers."""

_SETTINGS: Mapping[str, Mapping[str, bool | int | str]] = {
    "Office.Common/Security/Scripting": {
        "BlockUntrustedRefererLinks": True,
        "DisableMacrosExecution": True,
        "MacroSecurityLevel": 3,
    },
    "Inet/Settings": {
        "ooInetProxyType": 2,
        "ooInetHTTPProxyName": _NOWHERE,
        "ooInetHTTPProxyPort": _DEAD_PORT,
        "ooInetHTTPSProxyName": _NOWHERE,
        "ooInetHTTPSProxyPort": _DEAD_PORT,
        "ooInetNoProxy": "",
    },
    "Office.Writer/Content/Update": {"Link": 0},
    "Office.Java/VirtualMachine": {"Enable": False},
    "Office.Recovery/AutoSave": {"Enabled": False},
    "Office.Recovery/RecoveryInfo": {"Enabled": False},
    "Office.Linguistic/General": {"DefaultLocale": "zh-CN", "DefaultLocale_CJK": "zh-CN"},
}
_REPLACEMENT = "Office.Common/Font/Substitution"
_FONT_SUFFIXES = (".ttf", ".ttc", ".otf", ".otc")


def write_profile(profile: Path, replacements: Mapping[str, str], fonts: Path | None = None) -> None:
    """Write the profile for a LibreOffice that is to start: which typeface is to be taken for which, and a folder of
    font files that it finds beside those of the computer."""
    own = profile / "user"
    own.mkdir(parents=True)
    content = "\n".join((_HEAD, *_items(replacements), "</oor:items>\n"))
    (own / "registrymodifications.xcu").write_text(content, encoding="utf-8")
    if fonts is not None:
        (own / "fonts").mkdir()
        for file in font_files(fonts):
            copyfile(file, own / "fonts" / file.name)


def font_files(folder: Path) -> list[Path]:
    """The files of typefaces in a folder. Raises OSError where it cannot be looked into."""
    return sorted(file for file in folder.iterdir() if file.suffix.lower() in _FONT_SUFFIXES)


def _items(replacements: Mapping[str, str]) -> Iterator[str]:
    for path, settings in _SETTINGS.items():
        for name, value in settings.items():
            yield _item(path, _property(name, value))
    yield _item(_REPLACEMENT, _property("Replacement", True))
    for name, taken in replacements.items():
        pair: dict[str, bool | int | str] = {
            "ReplaceFont": name,
            "SubstituteFont": taken,
            "Always": True,
            "OnScreenOnly": False,
        }
        properties = "".join(_property(*one) for one in pair.items())
        node = f'<node oor:name="{name}" oor:op="replace">{properties}</node>'
        yield _item(f"{_REPLACEMENT}/FontPairs", node)


def _item(path: str, content: str) -> str:
    return f'<item oor:path="/org.openoffice.{path}">{content}</item>'


def _property(name: str, value: bool | int | str) -> str:
    written = str(value).lower() if isinstance(value, bool) else escape(str(value))
    return f'<prop oor:name="{name}" oor:op="fuse"><value>{written}</value></prop>'

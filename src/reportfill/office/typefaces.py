"""The typefaces of official documents (GB/T 9704-2012): which of them there are, and what stands in for the others."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_FOUNDRY_SONG = (
    "方正书宋_GBK",
    "FZShuSong-Z01",
    "Songti SC",
    "STSong",
    "华文宋体",
    "STZhongsong",
    "华文中宋",
)
_SONG = ("宋体", "SimSun", "新宋体", "NSimSun", *_FOUNDRY_SONG)
_FREE_SONG = ("Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "Source Han Serif CN", "思源宋体")
_SLIGHT_SONG = ("AR PL UMing CN", "AR PL SungtiL GB", "文鼎PL简报宋")
_KAI = ("楷体", "KaiTi", "方正楷体_GBK", "FZKai-Z03", "Kaiti SC", "STKaiti", "华文楷体", "AR PL UKai CN")
_FANGSONG = ("仿宋", "FangSong", "方正仿宋_GBK", "FZFangSong-Z02", "STFangsong", "华文仿宋")
_HEI = ("黑体", "SimHei", "方正黑体_GBK", "FZHei-B01", "Heiti SC", "STHeiti", "华文黑体")
_FREE_HEI = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "思源黑体")
_SCREEN_HEI = ("微软雅黑", "Microsoft YaHei", "PingFang SC", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei")
_ANY_SONG = (*_SONG, *_SLIGHT_SONG, *_FREE_SONG)
_ANY_HEI = (*_HEI, *_FREE_HEI, *_SCREEN_HEI)


_KIND_OF_FONT = re.compile(r"\s*\([^()]*\)$")
"""What stands behind the names of a font in Windows' registry."""


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface: its name in documents, the names under which it is installed, and what stands in for it, the nearest
    first."""

    name: str
    names: tuple[str, ...]
    stand_ins: tuple[str, ...]


FACES = (
    Face(
        "方正小标宋简体",
        ("方正小标宋简体", "FZXiaoBiaoSong-B05S"),
        (
            *("方正小标宋_GBK", "FZXiaoBiaoSong-B05", "华文中宋", "STZhongsong", *_FREE_SONG),
            *(*_ANY_SONG, *_KAI, *_ANY_HEI),
        ),
    ),
    Face(
        "仿宋_GB2312",
        ("仿宋_GB2312", "FangSong_GB2312"),
        (*_FANGSONG, *_SLIGHT_SONG, *_ANY_SONG, *_KAI, *_ANY_HEI),
    ),
    Face(
        "楷体_GB2312",
        ("楷体_GB2312", "KaiTi_GB2312"),
        (*_KAI, *_FANGSONG, *_ANY_SONG, *_ANY_HEI),
    ),
    Face("黑体", ("黑体", "SimHei"), (*_ANY_HEI, *_ANY_SONG, *_KAI)),
    Face("宋体", ("宋体", "SimSun"), (*_ANY_SONG, *_FANGSONG, *_KAI, *_ANY_HEI)),
)
"""The faces that GB/T 9704-2012 prescribes. A stand-in sets every character as wide as the face itself, so that lines
break where they should."""


@dataclass(frozen=True, slots=True)
class Typefaces:
    """The typefaces that there are: their names, in every language in which they have some, and whether any has Chinese
    characters. `names` is None where nothing can list them."""

    names: frozenset[str] | None
    has_chinese: bool

    @property
    def missing(self) -> Mapping[str, str]:
        """Those of the prescribed faces that are not there, with what stands in for each; an empty name where nothing
        does."""
        if self.names is None:
            return {}
        return {face.name: self._taken_for(face) for face in FACES if self.names.isdisjoint(face.names)}

    @property
    def replacements(self) -> Mapping[str, str]:
        """What is to be taken for the names of prescribed faces that are not there: the face under its other name, else
        what stands in for it."""
        names = self.names
        if names is None:
            return {}
        return {
            name: taken
            for face in FACES
            for name in face.names
            if name not in names and (taken := self._taken_for(face))
        }

    def _taken_for(self, face: Face) -> str:
        names = self.names or frozenset()
        return next((name for name in (*face.names, *face.stand_ins) if name in names), "")


def installed_typefaces(folder: Path | None = None) -> Typefaces:
    """The typefaces of this computer, with those of a folder of font files."""
    if sys.platform == "win32":
        return Typefaces(frozenset(_registered()), has_chinese=True)
    lists, looks = shutil.which("fc-list"), shutil.which("fc-scan")
    if lists is None or looks is None:
        return Typefaces(None, has_chinese=True)
    listed = _listed(lists, ":") + (_listed(looks, str(folder)) if folder is not None else [])
    names = frozenset(name.strip() for families, _ in listed for name in families.split(","))
    return Typefaces(names, any("zh-cn" in languages.split("|") for _, languages in listed))


def _listed(program: str, what: str) -> list[tuple[str, str]]:
    """The names of font files' families, and the languages that each can write, by one of fontconfig's programs."""
    command = [program, "--format", "%{family}\t%{lang}\n", what]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
    lines = (line.partition("\t") for line in done.stdout.splitlines())
    return [(families, languages) for families, _, languages in lines]


def registered_names(entry: str) -> list[str]:
    """The names of typefaces that an entry of Windows' registry says: those of SimSun & NSimSun (TrueType)."""
    return _KIND_OF_FONT.sub("", entry).split(" & ")


def _registered() -> Iterator[str]:
    """The names of the fonts that Windows has for everybody, and for this user."""
    if sys.platform == "win32":
        import winreg

        key = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"
        for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
            try:
                with winreg.OpenKey(root, key) as fonts:
                    for number in range(winreg.QueryInfoKey(fonts)[1]):
                        yield from registered_names(winreg.EnumValue(fonts, number)[0])
            except OSError:
                continue
    yield from ()

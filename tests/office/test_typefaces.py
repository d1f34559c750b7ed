"""Which typefaces there are, and what stands in for those that are not."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from reportfill.office.typefaces import FACES, Face, Typefaces, installed_typefaces, registered_names

DEBIAN = ("Noto Serif CJK SC", "Noto Sans CJK SC", "AR PL UMing CN", "AR PL UKai CN", "Liberation Serif")
WINDOWS = ("SimSun", "NSimSun", "SimHei", "FangSong", "KaiTi", "Microsoft YaHei")
LIBERATION = ("Liberation Mono", "Liberation Sans", "Liberation Sans Narrow", "Liberation Serif")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="fontconfig lists them")


def missing(*names: str) -> dict[str, str]:
    """What stands in for which of the prescribed faces where these are installed."""
    return dict(Typefaces(frozenset(names), has_chinese=True).missing)


def test_each_face_has_a_stand_in_of_its_own_kind_where_debian_has_its_fonts() -> None:
    assert missing(*DEBIAN) == {
        "方正小标宋简体": "Noto Serif CJK SC",
        "仿宋_GB2312": "AR PL UMing CN",
        "楷体_GB2312": "AR PL UKai CN",
        "黑体": "Noto Sans CJK SC",
        "宋体": "AR PL UMing CN",
    }


def test_what_windows_has_is_nearer() -> None:
    assert missing(*WINDOWS, *DEBIAN) == {
        "方正小标宋简体": "Noto Serif CJK SC",
        "仿宋_GB2312": "FangSong",
        "楷体_GB2312": "KaiTi",
    }


@pytest.mark.parametrize("only", ["AR PL UMing CN", "AR PL UKai CN", "Noto Sans CJK SC", "Microsoft YaHei"])
def test_one_chinese_typeface_stands_in_for_all(only: str) -> None:
    assert set(missing(only).values()) == {only}


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.names[1])
def test_a_face_that_is_there_wins_whatever_it_is_called(face: Face) -> None:
    for name in face.names:
        assert face.name not in missing(name, *DEBIAN)


def test_a_face_that_is_there_under_its_other_name_is_taken_under_that() -> None:
    replacements = Typefaces(frozenset({"FangSong_GB2312", *WINDOWS}), has_chinese=True).replacements
    assert replacements["仿宋_GB2312"] == "FangSong_GB2312"
    assert replacements["楷体_GB2312"] == "KaiTi"
    assert "FangSong_GB2312" not in replacements


def test_where_nothing_stands_in_that_is_said_by_an_empty_name() -> None:
    assert missing("Liberation Serif")["黑体"] == ""


def test_where_nothing_lists_typefaces_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert installed_typefaces() == Typefaces(None, has_chinese=True)
    assert installed_typefaces().missing == {}


def test_the_computers_own_are_listed(stand_ins: Path) -> None:
    typefaces = installed_typefaces()
    assert typefaces.names is not None
    assert {"AR PL UMing CN", "AR PL UKai CN"} <= typefaces.names
    assert typefaces.has_chinese


def test_a_folder_of_font_files_counts(
    stand_ins: Path, no_chinese: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert installed_typefaces() == Typefaces(frozenset(LIBERATION), has_chinese=False)
    folder = tmp_path_factory.mktemp("fonts")
    shutil.copy(stand_ins / "uming.ttc", folder)
    with_folder = installed_typefaces(folder)
    assert with_folder.has_chinese
    assert with_folder.missing["仿宋_GB2312"] == "AR PL UMing CN"


@pytest.mark.parametrize(
    ("entry", "names"),
    [
        ("SimSun & NSimSun (TrueType)", ["SimSun", "NSimSun"]),
        ("方正小标宋简体 (TrueType)", ["方正小标宋简体"]),
        ("仿宋_GB2312", ["仿宋_GB2312"]),
    ],
)
def test_what_windows_says_of_a_font_are_its_names(entry: str, names: list[str]) -> None:
    assert registered_names(entry) == names

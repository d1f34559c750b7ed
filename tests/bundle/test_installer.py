"""Python's installer is taken only where it is what it should be, and what else is there is said."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tools.bundle import installer
from tools.bundle.installer import NotUsableError, installer_at

DIGEST = hashlib.sha256(b"MZ").hexdigest()


def given(folder: Path, name: str) -> Path:
    """A file of that name."""
    path = folder / name
    path.write_bytes(b"MZ")
    return path


def test_one_that_is_known_needs_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(installer.KNOWN, "python-3.13.14-amd64.exe", DIGEST)
    found = installer_at(given(tmp_path, "python-3.13.14-amd64.exe"), None)
    assert (found.version, found.python, found.machine) == ("3.13.14", "3.13", "AMD64")


def test_one_that_is_known_and_differs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotUsableError, match=f"is {DIGEST} and should be c54d9b9b"):
        installer_at(given(tmp_path, "python-3.13.14-amd64.exe"), None)


def test_of_one_that_is_not_known_it_is_said_what_it_is_and_how_to_say_what_it_should_be(
    tmp_path: Path,
) -> None:
    path = given(tmp_path, "python-3.13.99-amd64.exe")
    with pytest.raises(NotUsableError, match=f"(?s){DIGEST}.*SHA256="):
        installer_at(path, None)
    assert installer_at(path, DIGEST.upper()).version == "3.13.99"
    with pytest.raises(NotUsableError, match="should be 00ff"):
        installer_at(path, "00FF")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("python-3.13.2-embed-amd64.zip", "neither Tcl/Tk nor pip"),
        ("python-manager-25.0.msix", "own installer"),
        ("python-3.10.11-amd64.exe", "3.11 or newer"),
        ("python-2.7.18.exe", "own installer"),
    ],
)
def test_others_are_refused(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(NotUsableError, match=said):
        installer_at(given(tmp_path, name), DIGEST)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotUsableError, match="No such file"):
        installer_at(tmp_path / "python-3.13.99-amd64.exe", DIGEST)

"""The kind of folder that a path is in."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportfill.folder_kind import FolderKind, file_system_of, kind_of_folder

MOUNTS = r"""21 1 254:0 / / rw,relatime - ext4 /dev/vda rw
30 21 0:35 / /mnt/share rw,relatime shared:1 - cifs //server/年报 rw
31 21 0:36 / /mnt/with\040blank rw - nfs4 server:/export rw
32 30 254:1 / /mnt/share/disk rw master:2 - xfs /dev/vdb rw
damaged
"""


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/srv/年报", "ext4"),
        ("/mnt/share", "cifs"),
        ("/mnt/share/2025年报/inbox", "cifs"),
        ("/mnt/shared", "ext4"),
        ("/mnt/with blank/a", "nfs4"),
        ("/mnt/share/disk/a", "xfs"),
    ],
)
def test_the_file_system_is_that_of_the_nearest_mount(path: str, found: str) -> None:
    assert file_system_of(Path(path), MOUNTS) == found


@pytest.mark.parametrize(
    "name",
    ["OneDrive - 清河县", "我的坚果云", "WPS云盘", "Dropbox", "Nutstore Files", "BaiduSyncdisk", "Nextcloud"],
)
def test_a_folder_of_a_sync_client_is_known_by_its_name(tmp_path: Path, name: str) -> None:
    assert kind_of_folder(tmp_path / name / "2025年报") is FolderKind.SYNCED


@pytest.mark.parametrize("mark", [".stfolder", ".849C9593-D756-4E56-8D6E-42412F2A707B"])
def test_one_with_another_name_is_known_by_what_the_client_lays_into_it(tmp_path: Path, mark: str) -> None:
    assert kind_of_folder(tmp_path / "2025年报") is FolderKind.LOCAL
    (tmp_path / mark).mkdir()
    assert kind_of_folder(tmp_path / "2025年报") is FolderKind.SYNCED


def test_onedrive_may_be_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "单位网盘"))
    assert kind_of_folder(tmp_path / "单位网盘" / "年报") is FolderKind.SYNCED
    assert kind_of_folder(tmp_path / "单位网盘2" / "年报") is FolderKind.LOCAL

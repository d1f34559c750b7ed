"""A roll-up handed over to the office above: one archive, which that office's `collect` takes in as a report."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.aggregation.rollup import Rollup, rollup, subset
from reportfill.campaign.folder.password import passwords_of
from reportfill.campaign.operations.roll_up import rollup_paths
from reportfill.campaign.progress import Progress, unseen
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.handover_list import HANDOVER_LIST, HandoverList
from reportfill.campaign.records.seal import Seal, read_seal
from reportfill.campaign.storage.store import FolderStore, Store
from reportfill.errors import CampaignError, UsageError
from reportfill.file_names import path_within
from reportfill.files import Written, not_opened, write_file
from reportfill.finding import Finding, finding, has_errors
from reportfill.model.submission import Submission
from reportfill.office.package import composed
from reportfill.outputs.json import json_files
from reportfill.outputs.material import Material
from reportfill.pack.pack import load_pack
from reportfill.processing import Job, process
from reportfill.text import Text, listed_words
from reportfill.workers import Workers

_SUFFIX = ".zip"
_NAMED = 5
"""So many agencies are named that are missing."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A hand-over: the file that was written, None where the roll-up has errors; the SHA-256 of the list of the seal,
    empty where the campaign is not closed; and what there is to say of the roll-up."""

    written: Written | None
    seal: str
    findings: tuple[Finding, ...]


def hand_over(
    folder: CampaignFolder,
    target: Path | None = None,
    *,
    unsealed: bool = False,
    workers: Workers | None = None,
    progress: Progress = unseen,
) -> HandedOver:
    """Write the roll-up of all agencies, its data, who stands behind each figure, and the SHA-256 of all that as one
    archive: the file `target`, or one in the folder of that name; the same for the same roll-up. Nothing is written
    where the roll-up has errors or is not what the reports come to.

    Raises CampaignError where the campaign is not closed and not said to be `unsealed`, where there is no roll-up of
    all agencies, or it was changed after the campaign was closed; UsageError for a target in the campaign's folder.
    """
    store, settings = folder.store, folder.settings()
    path = _target(store, target, f"{settings.issuer}{settings.year}年汇总（报送）", settings.issuer)
    seal = _seal(folder, unsealed)
    form, table = _rolled_up(folder, seal)
    pack = load_pack(folder.pack)
    read = process(form.content, Job(pack, passwords=passwords_of(settings), makes=frozenset(), kinds=()))
    sums = rollup(folder, subset(folder.roster(), usual=settings.through), workers, progress)
    if sums.is_partial:
        raise _outdated(folder, sums)
    findings = (*read.findings, *_other_sums(read.submission, sums))
    digest = seal.digest if seal else ""
    if has_errors(findings):
        return HandedOver(None, digest, findings)
    stem = form.name.removesuffix(".xlsx")
    data = {stem + ending: content for ending, content in json_files(Material(read.submission, b"")).items()}
    files = {form.name: form.content, **data, table.name: table.content}
    listed = HandoverList(
        settings.issuer,
        settings.year,
        pack.id,
        form.name,
        {name: sha256(content).hexdigest() for name, content in files.items()},
        seal.at if seal else "",
        digest,
    )
    written = write_file(path, composed({HANDOVER_LIST: listed.as_json(), **files}))
    return HandedOver(written, digest, findings)


def _target(store: Store, target: Path | None, name: str, issuer: str) -> Path:
    """The file to write. Raises UsageError for one that would lie in the campaign's folder."""
    folder = target or Path()
    is_file = folder.suffix.lower() == _SUFFIX and not os.path.isdir(folder)
    path = folder if is_file else path_within(folder, name, _SUFFIX, issuer, "")
    if isinstance(store, FolderStore) and path.resolve().is_relative_to(store.root.resolve()):
        raise UsageError(
            f"{path} would lie in the campaign's folder; name another place",
            f"{path}在年度报告工作的文件夹中：请指定其他位置",
        )
    return path


def _seal(folder: CampaignFolder, unsealed: bool) -> Seal | None:
    """The seal of the campaign; None where it has none and need not. Raises CampaignError where it should have one."""
    if folder.is_sealed:
        return read_seal(folder.store)
    if unsealed:
        return None
    name = folder.store.url
    raise CampaignError(
        "the campaign is not closed yet",
        "本年度的工作还没有封存",
        by_command=(
            f"`reportfill campaign close {name}` closes it; --unsealed hands over without",
            f"请先运行 reportfill campaign close {name}；封存以前就要报送的，加上--unsealed",
        ),
    )


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    content: bytes


def _rolled_up(folder: CampaignFolder, seal: Seal | None) -> tuple[_File, _File]:
    """The workbook with the sums and the table of who adds what. Raises CampaignError where there is none, or it is not
    what it was when the campaign was closed."""
    store, settings = folder.store, folder.settings()
    paths = rollup_paths(store, Agency("", settings.issuer), settings.year)
    form, table = (_File(path.rpartition("/")[2], _content(folder, path)) for path in paths)
    for path, file in zip(paths, (form, table), strict=True):
        if seal and seal.files.get(path) != sha256(file.content).hexdigest():
            raise CampaignError(
                f"{store.place(path)} is not as it was when the campaign was closed: put the original back, or reopen "
                "the campaign and close it again",
                f"{store.place(path)}与封存时不一致：请恢复原件；确需改动的，启封后重新封存",
            )
    return form, table


def _content(folder: CampaignFolder, path: str) -> bytes:
    store = folder.store
    try:
        return store.read(path)
    except FileNotFoundError as error:
        how = _how_to_roll_up(folder)
        raise CampaignError(
            f"there is no {store.place(path)}: {how.en}",
            f"没有{store.place(path)}：{how.zh}",
            by_command=_command_to_roll_up(folder),
        ) from error
    except OSError as error:
        raise not_opened(store.place(path), error) from error


def _outdated(folder: CampaignFolder, sums: Rollup) -> CampaignError:
    """That not all agencies are in a roll-up of now."""
    names = [*(one.name for one in sums.missing), *(one.name for one in sums.lost)]
    who, how = listed_words(names[:_NAMED]), _how_to_roll_up(folder)
    more = (
        Text(f"等{len(names)}个单位", f" and {len(names) - _NAMED} more")
        if len(names) > _NAMED
        else Text("", "")
    )
    return CampaignError(
        f"a roll-up of now would be a partial one, without {who}{more.en}: {how.en}",
        f"还缺{who}{more.zh}，只能部分汇总，不能报送上级。补齐以后{how.zh}",
        by_command=_command_to_roll_up(folder),
    )


def _how_to_roll_up(folder: CampaignFolder) -> Text:
    if folder.is_sealed:
        return Text(
            "请先启封，重新汇总，填写文字部分以后再封存",
            "reopen the campaign, roll up, fill in the narrative, and close it again",
        )
    return Text(
        "请先汇总，再填写文字部分",
        "roll up first, and fill in the narrative",
    )


def _command_to_roll_up(folder: CampaignFolder) -> tuple[str, str]:
    command = f"reportfill campaign rollup {folder.store.url}"
    return ("", "") if folder.is_sealed else (f"`{command}` rolls up", f"汇总请运行：{command}")


def _other_sums(submission: Submission, sums: Rollup) -> Iterator[Finding]:
    """The figures of the workbook that are not what the agencies' come to."""
    for path, expected in sums.sums.items():
        value = submission.values.get(path)
        if value != expected and not (value is None and path in sums.pack.conditional):
            place = submission.places.get(path)
            label = sums.pack.label_in_tables(path)
            yield finding(
                "campaign.other_sum", field=path, cell=place, value=value, expected=expected, label=label
            )

"""Whether a pack's schema and its two templates fit together: every problem, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from itertools import chain
from pathlib import Path

from reportfill.errors import PackError
from reportfill.model.fields import Fields, RowGroup, Schema, fields_of, row_groups_of
from reportfill.model.report_model import AGENCY, YEAR
from reportfill.pack.braces import loose_brace, meant_path
from reportfill.pack.discovery import MANIFEST, find_packs, manifest_in
from reportfill.pack.known_packs import is_known
from reportfill.pack.manifest import Manifest, read_manifest
from reportfill.pack.pack import (
    INTAKE,
    LARGEST_PARTS,
    NAMED_BY,
    PAGE,
    REPORT,
    SCHEMA,
    Pack,
    is_absent_by_choice,
    naming_problems,
    refuse_unsafe,
)
from reportfill.pack.placement import slow_patterns
from reportfill.pack.problems import BrokenPackError, PackProblem
from reportfill.pack.row_blocks import number_problems, with_row_blocks
from reportfill.pack.rules import rules_of
from reportfill.pack.schema import read_schema, resolved
from reportfill.pack.series import overlapping
from reportfill.pack.tag_words import incomplete
from reportfill.pack.tags import TAG, tag_paths
from reportfill.plain_files import read_file
from reportfill.system_words import reason_of


def pack_problems(folder: Path) -> list[PackProblem]:
    """Everything that is wrong with the files of the pack in a folder; empty for a sound one."""
    problems: list[PackProblem] = []
    parts = _readable_parts(folder, problems)
    fields: Fields | None = None
    groups: Mapping[str, RowGroup] = {}
    numbers: Mapping[str, int] = {}
    manifest: Manifest | None = None
    if MANIFEST in parts:
        with _noted(problems):
            manifest = read_manifest(parts[MANIFEST])
            numbers = manifest.rows
            problems += _name_problems(manifest)
    if SCHEMA in parts:
        with _noted(problems):
            schema = resolved(read_schema(parts[SCHEMA]))
            fields = fields_of(schema)
            groups = row_groups_of(schema, fields)
            problems += _schema_problems(schema, fields)
            problems += _last_problems(manifest, fields) if manifest else ()
            problems += number_problems(groups, numbers)
            problems += _panel_problems(manifest, schema, fields) if manifest else ()
    if INTAKE in parts:
        with _noted(problems):
            refuse_unsafe(INTAKE, parts[INTAKE])
            problems += _intake_problems(parts[INTAKE], fields)
            problems += _former_words_problems(parts[INTAKE], manifest.formerly if manifest else {})
            if fields is not None:
                with_row_blocks(parts[INTAKE], fields, groups, numbers)
    if REPORT in parts:
        problems += _printing_problems(parts[REPORT], fields)
    if PAGE in parts:
        problems += _page_problems(parts[PAGE], fields)
    return problems


def _readable_parts(folder: Path, problems: list[PackProblem]) -> dict[str, bytes]:
    """The files of a pack that can be read; what is wrong with the others is added to the problems."""
    parts: dict[str, bytes] = {}
    for name, largest in LARGEST_PARTS.items():
        try:
            parts[name] = read_file(folder / name, largest)
        except OSError as error:
            if is_absent_by_choice(name, error):
                continue
            why = reason_of(error, folder / name)
            problems.append(
                PackProblem(name, f"the file cannot be read: {why.en}", f"文件无法读取：{why.zh}")
            )
    return parts


@contextmanager
def _noted(problems: list[PackProblem]) -> Iterator[None]:
    """Where what is looked at is broken, why is added to the problems."""
    try:
        yield
    except BrokenPackError as error:
        problems += error.problems


def series_problems(folder: Path) -> list[PackProblem]:
    """The other packs of a pack's series that serve a year which it serves: which is meant nobody could tell."""
    try:
        manifest = manifest_in(folder)
    except PackError:
        return []  # `pack_problems` says why
    return [
        PackProblem(
            f"{MANIFEST} years",
            f"{other} is of the same series, {manifest.series}, and serves some of the same years",
            f"{other.chinese}是同一系列（{manifest.series}）的，适用年度有重叠",
        )
        for other in overlapping(manifest, find_packs())
    ]


def refuse_unsound(pack: Pack) -> None:
    """Raise PackError, in one line, where workbooks made with a pack could not be used, or where what they are for
    could not be printed."""
    refuse(pack, (*_printing_faults(pack), *_intake_faults(pack)))


def refuse_unfillable(pack: Pack) -> None:
    """Raise PackError, in one line, where workbooks made with a pack could not be used, whatever is printed later."""
    refuse(pack, _intake_faults(pack))


def refuse_unprintable(pack: Pack) -> None:
    """Raise PackError, in one line, where a report printed with a pack would lack or falsify words, or could not be
    opened. Comments and tracked changes are no reason: they are left out of what is printed."""
    refuse(pack, _printing_faults(pack))


def refuse_unshowable(pack: Pack) -> None:
    """Raise PackError, in one line, where the page of a pack would lack words, or hold what runs or leads outside."""
    refuse(pack, _page_faults(pack))


def refuse(pack: Pack, faults: Sequence[PackProblem]) -> None:
    """Raise PackError, in one line, where there are faults."""
    if faults:
        first, more = faults[0], len(faults) - 1
        raise PackError(
            f"the pack {pack.id} cannot be used: {first}" + (f" (and {more} more)" if more else ""),
            f"模板包{pack.id}不能使用：{first.in_chinese}" + (f"（还有{more}处问题）" if more else ""),
            by_command=("`reportfill pack check` says all", "用 reportfill pack check 查看"),
        )


# Each pack of a process is looked at once: a batch asks with every file.
@lru_cache(maxsize=16)
def _printing_faults(pack: Pack) -> tuple[PackProblem, ...]:
    return _faults(pack, chain(_name_problems(pack.manifest), _printing_problems(pack.report, pack.fields)))


@lru_cache(maxsize=16)
def _page_faults(pack: Pack) -> tuple[PackProblem, ...]:
    return _faults(pack, _page_problems(pack.page, pack.fields)) if pack.page else ()


@lru_cache(maxsize=16)
def _intake_faults(pack: Pack) -> tuple[PackProblem, ...]:
    return _faults(pack, _intake_problems(pack.intake, pack.fields))


def _faults(pack: Pack, problems: Iterator[PackProblem]) -> tuple[PackProblem, ...]:
    """Those of the problems for which a pack cannot be used; the packs that the tool comes with are not looked at."""
    return () if is_known(pack) else tuple(problem for problem in problems if not problem.is_usable)


# What looks at templates takes its time to import, and the packs that the tool comes with do without.


def _printing_problems(content: bytes, fields: Fields | None) -> Iterator[PackProblem]:
    from reportfill.pack.report_check import printing_problems

    yield from printing_problems(content, fields)


def _page_problems(content: bytes, fields: Fields | None) -> Iterator[PackProblem]:
    from reportfill.pack.page_check import page_problems

    yield from page_problems(content, fields)


def _intake_problems(content: bytes, fields: Fields | None) -> Iterator[PackProblem]:
    from reportfill.pack.intake_check import intake_problems

    yield from intake_problems(content, fields)


def _last_problems(manifest: Manifest, fields: Fields) -> Iterator[PackProblem]:
    from reportfill.pack.last_check import last_problems

    yield from last_problems(manifest, fields)


def _panel_problems(manifest: Manifest, schema: Schema, fields: Fields) -> Iterator[PackProblem]:
    from reportfill.pack.panels import panel_problems

    with suppress(PackError):  # rules that are broken are named by themselves
        yield from panel_problems(manifest, fields, rules_of(schema, fields).balances)


def _former_words_problems(content: bytes, formerly: Mapping[str, Sequence[str]]) -> Iterator[PackProblem]:
    from reportfill.pack.intake_check import former_words_problems

    yield from former_words_problems(content, formerly)


def _name_problems(manifest: Manifest) -> Iterator[PackProblem]:
    """Tags in the names of files that stand for nothing there."""
    for key, pattern in (("report", manifest.report_name), ("workbook", manifest.workbook_name)):
        place, known = f"{MANIFEST} names.{key}", "、".join(NAMED_BY)
        for path in tag_paths(pattern):
            if path not in NAMED_BY:
                yield PackProblem(
                    place,
                    f"{{{{ {path} }}}} has no value there; files are named by {', '.join(NAMED_BY)}",
                    f"文件名里不能用 {{{{ {path} }}}}；可用的有：{known}",
                )
        rest = TAG.sub(" ", pattern)
        if loose_brace(rest) or meant_path(rest, NAMED_BY):
            yield PackProblem(place, *incomplete(pattern))


def _schema_problems(schema: Schema, fields: Fields) -> list[PackProblem]:
    """What is wrong with a schema that can be used as such."""
    problems = [
        PackProblem(SCHEMA, f"a report needs the field {path}", f"报告必须有栏目{path}")
        for path in (AGENCY, YEAR)
        if path not in fields
    ]
    with _noted(problems):
        problems += naming_problems(schema, fields, rules_of(schema, fields))
    return [*problems, *slow_patterns(schema)]

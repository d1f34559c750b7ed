"""A pack made: of a blank form, or a minimal one. Its files are values; `written` puts them into a folder at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from reportfill.errors import PackError, UsageError
from reportfill.files import not_opened, write_file
from reportfill.held_files import removed
from reportfill.model.fields import fields_of
from reportfill.new_pack.blank_form import blank_form
from reportfill.new_pack.draft import Draft, Notice
from reportfill.new_pack.intake import intake_xlsx
from reportfill.new_pack.naming import tree_with_paths
from reportfill.new_pack.reading import read_draft
from reportfill.new_pack.readme import readme
from reportfill.new_pack.schema import schema_json
from reportfill.new_pack.tagged_form import put_tags
from reportfill.new_pack.word_form import WordForm, opened_form
from reportfill.office.first_bytes import FileKind, kind_of
from reportfill.office.libreoffice.converting import as_docx
from reportfill.outputs.page_draft.drafting import drafted_page
from reportfill.pack.discovery import MANIFEST
from reportfill.pack.manifest import read_manifest
from reportfill.pack.pack import INTAKE, PAGE, REPORT, SCHEMA
from reportfill.pack.page_check import page_problems
from reportfill.pack.problems import PackProblem
from reportfill.pack.scaffold import README, refuse_taken, years_of_manifest
from reportfill.pack.schema import read_schema, resolved
from reportfill.plain_files import read_file
from reportfill.trials.trial import all_problems


@dataclass(frozen=True)
class PackIdentity:
    """What a new pack is called, and the years that it serves, as 2025 or 2019-2020; `title` is the form's where it is
    empty."""

    id: str
    title: str
    years: str

    def manifest(self, title: str) -> bytes:
        """Its pack.toml."""
        quoted = title.replace("\\", "").replace('"', "”")
        return (
            f'id = "{self.id}"\nversion = "1.0.0"\ntitle = "{quoted}"\nlanguage = "zh"\n\n'
            f"[years]\n{years_of_manifest(self.years)}\n\n[names]\n"
            f'report = "{{{{ agency.name }}}}{{{{ year }}}}年{quoted}"\n'
            f'workbook = "{{{{ agency.name }}}}{{{{ year }}}}年{quoted}（填报表）"\n'
        ).encode()


@dataclass(frozen=True)
class NewPack:
    """The files of a new pack by name, how many fields it has, and what a person should look at."""

    files: Mapping[str, bytes]
    fields: int
    rules: int
    notices: tuple[Notice, ...]

    @cached_property
    def problems(self) -> list[PackProblem]:
        """What `pack check` says of it."""
        with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            for name, content in self.files.items():
                Path(folder, name).write_bytes(content)
            return all_problems(Path(folder))


def pack_of_form(content: bytes, identity: PackIdentity, form: str) -> NewPack:
    """The pack that a blank Word form makes; `form` is its name. Raises UsageError where it is none that can be used,
    and PackError where what is made of it would not pass."""
    read = opened_form(content)
    draft = read_draft(read)
    draft.title = identity.title or draft.title or Path(form).stem
    made = _pack_of(draft, identity, form, lambda: _tagged(read, draft))
    faults = [problem for problem in made.problems if not problem.is_usable]
    if faults:
        raise PackError(
            "no pack can be made of the form:\n" + "\n".join(map(str, faults)),
            "这份空白表不能建立模板包：\n" + "\n".join(problem.in_chinese for problem in faults),
        )
    return made


def pack_of_file(path: Path, identity: PackIdentity) -> NewPack:
    """The same of a file, one of an older Word where LibreOffice can make a .docx of it. Raises OutputError where it
    cannot be read."""
    try:
        content = read_file(path)
    except OSError as error:
        raise not_opened(path, error) from error
    try:
        return pack_of_form(_as_docx(content), identity, path.name)
    except UsageError as error:
        raise UsageError(f"{path}: {error.english}", f"{path}：{error.chinese}") from error


def _as_docx(content: bytes) -> bytes:
    is_old = kind_of(content) is FileKind.COMPOUND
    return (as_docx(content) or content) if is_old else content


def blank_pack(identity: PackIdentity) -> NewPack:
    """A pack with a title and one part."""
    title = identity.title or "工作报告"
    return pack_of_form(blank_form(title), replace(identity, title=title), title)


def _pack_of(draft: Draft, identity: PackIdentity, form: str, report: Callable[[], bytes]) -> NewPack:
    tree = tree_with_paths(draft)
    files = {
        MANIFEST: identity.manifest(draft.title),
        SCHEMA: schema_json(draft, tree),
        INTAKE: intake_xlsx(draft),
        REPORT: report(),
        README: readme(draft, form),
    }
    files |= _page_of(files)
    rules = sum(len(section.sums) for section in draft.sections)
    return NewPack(files, len(draft.blanks), rules, tuple(draft.notices))


def _page_of(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The page of a new pack; none where it would not have all that is filled in, as it has no headers."""
    page = drafted_page(files[REPORT], read_manifest(files[MANIFEST])).encode("utf-8")
    fields = fields_of(resolved(read_schema(files[SCHEMA])))
    return {} if any(page_problems(page, fields)) else {PAGE: page}


def _tagged(form: WordForm, draft: Draft) -> bytes:
    put_tags(form, draft)
    return form.saved()


def write_pack(pack: NewPack, folder: Path) -> None:
    """Write the files of a pack into a folder that does not exist yet, or is empty. Raises OutputError where something
    is there already, or cannot be written: none is written then."""
    refuse_taken(folder)
    with ExitStack() as written:
        for name, content in pack.files.items():
            written.callback(removed, write_file(folder / name, content).path)
        written.pop_all()

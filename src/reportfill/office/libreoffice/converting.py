"""A file made one of another kind by LibreOffice, started for it alone."""

from __future__ import annotations

from reportfill.office.libreoffice.process import OfficeProcess, profile_in
from reportfill.office.libreoffice.program import office_program
from reportfill.office.libreoffice.setup import OfficeSetup
from reportfill.office.typefaces import installed_typefaces


def as_docx(content: bytes) -> bytes | None:
    """An older Word file (.doc, .wps) as .docx; None where LibreOffice is not installed or makes nothing of it."""
    return converted(content, "doc", "docx")


def converted(content: bytes, suffix: str, wanted: str) -> bytes | None:
    """A file as one of another kind, by their suffixes: a .docx or .xlsx as a .pdf. None where LibreOffice is not
    installed or makes nothing of it."""
    program = office_program()
    if program is None:
        return None
    setup = OfficeSetup(program, installed_typefaces().replacements)
    try:
        with setup.folder() as folder:
            source = folder / f"file.{suffix}"
            source.write_bytes(content)
            command = [program, f"-env:UserInstallation={profile_in(folder).as_uri()}", "--headless"]
            command += ["--convert-to", wanted, "--outdir", str(folder), str(source)]
            with OfficeProcess(command, folder) as process:
                while process.next_line(setup.limits.seconds):
                    pass
            return source.with_suffix(f".{wanted}").read_bytes()
    except OSError:
        return None

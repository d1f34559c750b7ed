"""A Word file before LibreOffice has it: LibreOffice makes a page of any bytes, and reads what a document names
elsewhere; so what is no Word file never reaches it, and what leads out of one is cut."""

from __future__ import annotations

from dataclasses import dataclass

from reportfill.errors import ReportfillError
from reportfill.finding import Finding, finding
from reportfill.office.encryption import is_locked
from reportfill.office.first_bytes import FileKind, kind_of
from reportfill.office.guard import Fault, PackageError, unpacked
from reportfill.office.package import composed, source_of
from reportfill.office.typefaces import FACES
from reportfill.office.word_package import WordPackage, word_package
from reportfill.office.xml import ELEMENT, DamagedXMLError, Element, local_name, parsed, xml_bytes
from reportfill.text import cut as cut_short
from reportfill.text import listed_words

_KINDS = ("wordprocessingml.", "ms-word.")
"""What the content types of Word's documents have, those with macros among them."""

_LONGEST_TOLD = 200
"""So many characters are told of where a document leads."""

_TABLE_OF_FACES = "fontTable+xml"
"""How the content type ends of the part that lists typefaces, whether or not anything is set in them."""


class NotConvertedError(ReportfillError):
    """LibreOffice makes nothing of a file; `why` says why."""

    def __init__(self, why: Finding) -> None:
        super().__init__(f"{why.message.en} {why.hint.en}", f"{why.message.zh}{why.hint.zh}")
        self.why = why


@dataclass(frozen=True, slots=True)
class WordFile:
    """A Word file that LibreOffice may have: it leads nowhere, but by links that a reader clicks. `faces` are the
    prescribed faces in which something is set; `findings` say what was cut."""

    content: bytes
    faces: tuple[str, ...]
    findings: tuple[Finding, ...] = ()


def word_file(content: bytes) -> WordFile:
    """The file that bytes are. Raises NotConvertedError where they are no Word file, or one that nobody should open."""
    kind = kind_of(content)
    if is_locked(content):
        raise NotConvertedError(finding("document.encrypted"))
    if kind is not FileKind.ZIP:
        raise NotConvertedError(finding("document.not_word", kind=kind.value))
    try:
        parts = unpacked(content)
        package = word_package(parts)
        cut = {name: _cut(part) for name, part in parts.items() if source_of(name) is not None}
    except PackageError as error:
        code = "document.damaged" if error.fault is Fault.DAMAGED else "document.unsafe"
        raise NotConvertedError(finding(code, fault=error.fault.value)) from error
    except DamagedXMLError as error:
        raise NotConvertedError(finding("document.damaged")) from error
    except KeyError:
        package = None
    if package is None or not any(kind in package.kind for kind in _KINDS):
        raise NotConvertedError(finding("document.not_word", kind=FileKind.ZIP.value))
    if not _is_sound(package):
        raise NotConvertedError(finding("document.damaged"))
    outside = [target for _, targets in cut.values() for target in targets]
    if not outside:
        return WordFile(content, _faces_in(package))
    led_to = cut_short(listed_words(dict.fromkeys(outside)), _LONGEST_TOLD)
    cut_content = composed(parts | {name: part for name, (part, _) in cut.items()})
    return WordFile(cut_content, _faces_in(package), (finding("document.outside", targets=led_to),))


def _is_sound(package: WordPackage) -> bool:
    """Whether there is a document, and all its texts are XML: of others LibreOffice makes an empty page."""
    try:
        roots = {name: parsed(package.parts[name]) for name in package.texts}
    except (KeyError, DamagedXMLError):
        return False
    return local_name(roots[package.main]) == "document"


def _cut(relationships: bytes) -> tuple[bytes, list[str]]:
    """A part with relationships, without those that lead out of the package and are followed unasked, and where those
    led to."""
    root = parsed(relationships)
    outside = [one for one in root.iterchildren(ELEMENT) if _is_followed(one)]
    for one in outside:
        root.remove(one)
    return xml_bytes(root) if outside else relationships, [one.get("Target", "") for one in outside]


def _is_followed(relationship: Element) -> bool:
    is_link = relationship.get("Type", "").endswith("/hyperlink")
    return relationship.get("TargetMode") == "External" and not is_link


def _faces_in(package: WordPackage) -> tuple[str, ...]:
    texts = [
        package.parts[name]
        for name in package.texts
        if name in package.parts and not package.types.get(name, "").endswith(_TABLE_OF_FACES)
    ]
    return tuple(
        face.name
        for face in FACES
        if any(f'"{name}"'.encode() in text for name in face.names for text in texts)
    )

"""The typefaces in which the texts of a Word file are set, as its styles and its runs name them (ISO/IEC 29500-1,
17.3.2.26 and 17.7.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from reportfill.office.guard import unpacked
from reportfill.office.word_package import WordPackage, word_package
from reportfill.office.word_revisions import W
from reportfill.office.word_text import own_runs
from reportfill.office.xml import DamagedXMLError, Element, parsed

_STYLES = "styles+xml"
_HALF_POINTS = "20"
"""How large a text is of which nothing says so."""

_Properties = Mapping[str, str]


class WordFaces:
    """The faces in which a Word file sets its texts, by their size in points, those of Latin letters and digits apart
    from those of Chinese characters."""

    def __init__(self, document: bytes) -> None:
        texts: dict[tuple[float, bool, str], list[str]] = defaultdict(list)
        for text, said in _runs(document):
            size = int(said.get("size", _HALF_POINTS)) / 2
            texts[size, True, said.get("latin", "")].append(text)
            texts[size, False, said.get("chinese", "")].append(text)
        self._faces: dict[tuple[float, bool], list[tuple[str, str]]] = defaultdict(list)
        for (size, is_latin, face), parts in texts.items():
            self._faces[size, is_latin].append((face, "".join(parts)))

    def face_of(self, texts: Collection[str], size: float) -> str:
        """The face in which the file sets most of some texts at a size, all of them Latin or none; the empty string
        where it sets none of them so, or leaves it to a theme or to the program."""
        is_latin = all(map(str.isascii, texts))
        most, chosen = 0, ""
        for face, whole in self._faces.get((round(size, 1), is_latin), ()):
            found = sum(len(text) for text in texts if text.strip() in whole)
            if found > most:
                most, chosen = found, face
        return chosen


def _runs(document: bytes) -> Iterator[tuple[str, _Properties]]:
    """The texts of a Word file run by run, with what holds for each; none of a part that cannot be read."""
    package = word_package(unpacked(document))
    of_styles = next((name for name, kind in package.types.items() if kind.endswith(_STYLES)), "")
    styles = _Styles(_part(package, of_styles))
    for name in package.filled:
        root = _part(package, name)
        for paragraph in root.iter(f"{W}p") if root is not None else ():
            of_paragraph = styles.of_paragraph(_value(paragraph.find(f"{W}pPr/{W}pStyle")))
            for run in own_runs(paragraph):
                text = "".join(part.text or "" for part in run.iterchildren(f"{W}t"))
                of_style = styles.of(_value(run.find(f"{W}rPr/{W}rStyle")))
                yield text, {**of_paragraph, **of_style, **_properties(run)}


def _part(package: WordPackage, name: str) -> Element | None:
    """A part, mended as far as it can be; None where it is not there or no XML."""
    try:
        return parsed(package.parts.get(name, b""), recover=True)
    except DamagedXMLError:
        return None


class _Styles:
    """What the styles of a file say of faces and sizes, each with those on which it is based."""

    def __init__(self, root: Element | None) -> None:
        every = [] if root is None else [*root.iter(f"{W}style")]
        defaults = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault")
        self._defaults = {} if defaults is None else _properties(defaults)
        self._styles = {style.get(f"{W}styleId", ""): style for style in every}
        self._known: dict[str, _Properties] = {}
        self._usual = next((style.get(f"{W}styleId", "") for style in every if _is_usual(style)), "")

    def of_paragraph(self, identifier: str) -> _Properties:
        """What holds in a paragraph of a style, or of none."""
        return {**self._defaults, **self.of(identifier if identifier in self._styles else self._usual)}

    def of(self, identifier: str) -> _Properties:
        """What a style says; nothing where there is none."""
        bases = []
        while identifier in self._styles and identifier not in self._known:
            bases.append(identifier)
            self._known[identifier] = {}  # which ends a circle
            identifier = _value(self._styles[identifier].find(f"{W}basedOn"))
        said = self._known.get(identifier, {})
        for base in reversed(bases):
            said = self._known[base] = {**said, **_properties(self._styles[base])}
        return said


def _is_usual(style: Element) -> bool:
    """Whether a style is that of paragraphs which name none."""
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on")


def _properties(holder: Element) -> _Properties:
    """What an element says itself of faces and size."""
    said = {}
    faces, size = holder.find(f"{W}rPr/{W}rFonts"), _value(holder.find(f"{W}rPr/{W}sz"))
    if faces is not None:
        for name, attribute in (("latin", "ascii"), ("chinese", "eastAsia")):
            if faces.get(f"{W}{attribute}Theme"):
                said[name] = ""
            elif face := faces.get(f"{W}{attribute}"):
                said[name] = face
    return {**said, "size": size} if size.isdigit() else said


def _value(element: Element | None) -> str:
    return element.get(f"{W}val", "") if element is not None else ""

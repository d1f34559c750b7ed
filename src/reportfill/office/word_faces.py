"""The typefaces in which the texts of a Word file are set, as its styles and its runs name them (ISO/IEC 29500-1,
17.3.2.26 and 17.7.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from reportfill.office.guard import unpacked
from reportfill.office.word_package import WordPackage, word_package
from reportfill.office.word_revisions import W
from reportfill.office.word_text import own_runs
from reportfill.office.xml import Element, parsed

_STYLES = "styles+xml"
_HALF_POINTS = "20"
"""How large a text is of which nothing says so."""

_Properties = Mapping[str, str]


class WordFaces:
    """The faces in which a Word file sets its texts, by their size in points, those of Latin letters and digits apart
    from those of Chinese characters."""

    def __init__(self, document: bytes) -> None:
        self._texts: dict[tuple[float, bool], dict[str, str]] = defaultdict(lambda: defaultdict(str))
        for text, said in _runs(document):
            size = int(said.get("size", _HALF_POINTS)) / 2
            self._texts[size, True][said.get("latin", "")] += text
            self._texts[size, False][said.get("chinese", "")] += text

    def face_of(self, texts: Collection[str], size: float) -> str:
        """The face in which the file sets most of some texts at a size, all of them Latin or none; the empty string
        where it sets none of them so, or leaves it to a theme or to the program."""
        is_latin = all(map(str.isascii, texts))
        written = self._texts.get((round(size, 1), is_latin), {})
        found = {
            face: sum(len(text) for text in texts if text.strip() in whole) for face, whole in written.items()
        }
        face = max(found, key=found.__getitem__, default="")
        return face if found.get(face) else ""


def _runs(document: bytes) -> Iterator[tuple[str, _Properties]]:
    """The texts of a Word file run by run, with what holds for each."""
    package = word_package(unpacked(document))
    usual, styles = _styles(package)
    for name in package.filled:
        for paragraph in parsed(package.parts[name]).iter(f"{W}p"):
            style = _value(paragraph.find(f"{W}pPr/{W}pStyle"))
            of_paragraph = {**usual, **styles.get(style, styles.get("", {}))}
            for run in own_runs(paragraph):
                text = "".join(part.text or "" for part in run.iterchildren(f"{W}t"))
                of_style = styles.get(_value(run.find(f"{W}rPr/{W}rStyle")) or None, {})
                yield text, {**of_paragraph, **of_style, **_properties(run)}


def _styles(package: WordPackage) -> tuple[_Properties, Mapping[str | None, _Properties]]:
    """What holds for all texts, and what each style says with those on which it is based; that of paragraphs that name
    none has no name."""
    name = next((name for name, kind in package.types.items() if kind.endswith(_STYLES)), "")
    if not name:
        return {}, {}
    root = parsed(package.parts[name])
    defaults = root.find(f"{W}docDefaults/{W}rPrDefault")
    by_id = {style.get(f"{W}styleId", ""): style for style in root.iter(f"{W}style")}
    styles: dict[str | None, _Properties] = {
        identifier: _with_bases(identifier, by_id) for identifier in by_id
    }
    for identifier, style in by_id.items():
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
            styles[""] = styles[identifier]
    return _properties(defaults) if defaults is not None else {}, styles


def _with_bases(identifier: str, styles: Mapping[str, Element], seen: tuple[str, ...] = ()) -> _Properties:
    if identifier in seen or identifier not in styles:
        return {}
    style = styles[identifier]
    base = _value(style.find(f"{W}basedOn"))
    return {**_with_bases(base, styles, (*seen, identifier)), **_properties(style)}


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

"""How the parts of a document are written, and what they share: its numbers, its fonts and its pictures."""

from __future__ import annotations

from reportfill.office.word_faces import WordFaces
from reportfill.office.xml import FORBIDDEN_IN_XML, Element, child, root_element, xml_bytes

_NAMESPACE = "http://www.ofdspec.org/2016"


def part(name: str, **attributes: str) -> Element:
    """The root of a part, with the prefix that all readers know."""
    root = root_element(f"{{{_NAMESPACE}}}{name}", {"ofd": _NAMESPACE})
    for attribute, value in attributes.items():
        root.set(attribute, value)
    return root


def element(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    """A new element behind the others within one."""
    return child(parent, f"{{{_NAMESPACE}}}{name}", attributes, text)


def readable(text: str) -> str:
    """A text as XML may hold it."""
    return FORBIDDEN_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def numbers(*values: float) -> str:
    """Lengths in millimetres, to a thousandth."""
    return " ".join(f"{value:.3f}" for value in values)


class Resources:
    """What the pages of a document share."""

    def __init__(self) -> None:
        self.last_id = 0
        self._fonts: dict[tuple[str, float, bool], tuple[str, set[str]]] = {}
        self._pictures: dict[tuple[str, bytes], str] = {}

    def new_id(self) -> str:
        """The next number."""
        self.last_id += 1
        return str(self.last_id)

    def font(self, name: str, size: float, text: str) -> str:
        """The number of the font in which a text is set, by its name in the PDF and its size in points."""
        font = name, round(size, 1), text.isascii()
        if font not in self._fonts:
            self._fonts[font] = self.new_id(), set()
        number, texts = self._fonts[font]
        texts.add(text)
        return number

    def picture(self, suffix: str, content: bytes) -> str:
        """The number of a picture."""
        if (suffix, content) not in self._pictures:
            self._pictures[suffix, content] = self.new_id()
        return self._pictures[suffix, content]

    def parts(self, faces: WordFaces) -> dict[str, bytes]:
        """The parts that list them, and the pictures, as they lie in the document's folder. A font has the name of the
        face in which the report sets its texts, which another one may stand in for in the PDF."""
        public, own, files = part("Res", BaseLoc="Res"), part("Res", BaseLoc="Res"), {}
        fonts, names = element(public, "Fonts") if self._fonts else public, dict[str, str]()
        for (name, size, _), (number, texts) in self._fonts.items():
            face = faces.face_of(texts, size) or names.get(name, name)
            names.setdefault(name, face)
            element(fonts, "Font", ID=number, FontName=face, FamilyName=face)
        media = element(own, "MultiMedias") if self._pictures else own
        for (suffix, content), number in self._pictures.items():
            picture = element(media, "MultiMedia", ID=number, Type="Image", Format=suffix.upper())
            element(picture, "MediaFile", f"Image_{number}.{suffix}")
            files[f"Res/Image_{number}.{suffix}"] = content
        return {"PublicRes.xml": xml_bytes(public), "DocumentRes.xml": xml_bytes(own), **files}

"""Cards to print, eight a page, one an agency: its name, its link as a QR code, and the code to type.

python-docx makes the document with one card, which is then repeated as text, its pictures beside each other: to let
python-docx add thousands takes hours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from io import BytesIO
from itertools import zip_longest
from xml.sax.saxutils import escape, quoteattr

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from reportfill.campaign.access.given_link import GivenLink
from reportfill.campaign.sending.link_words import LinkWords
from reportfill.errors import UsageError
from reportfill.extras import install_command
from reportfill.office.package import CONTENT_TYPES, composed, parts_of, relationships_of

_PAGE_WIDTH, _PAGE_HEIGHT, _MARGIN, _SIDE = Cm(21), Cm(29.7), Cm(1.4), Cm(1.5)
_CARD_WIDTH, _CARD_HEIGHT, _QR_WIDTH = Cm(9), Cm(6.4), Cm(3.3)
_NAME, _CODE, _PICTURE = "NAME-OF-AGENCY", "CODE-OF-LINK", "PICTURE-OF-LINK"
"""What stands in the first card in place of what differs from card to card."""

_BODY = "word/document.xml"
_PNG = b'<Default Extension="png" ContentType="image/png"/>'


def link_cards(links: Sequence[GivenLink], pictures: Iterable[bytes], words: LinkWords) -> bytes:
    """The document with the cards of these links and their QR codes."""
    parts = parts_of(_saved(_first_card(words)))
    pattern = _Pattern.of(parts[_BODY].decode())
    parts[_BODY] = pattern.filled(links).encode()
    parts[CONTENT_TYPES] = parts[CONTENT_TYPES].replace(b"</Types>", _PNG + b"</Types>")
    relationships = relationships_of(_BODY)
    parts[relationships] = _with_pictures(parts[relationships].decode(), len(links)).encode()
    return composed(parts | {f"word/media/{_picture(n)}.png": one for n, one in enumerate(pictures, 1)})


def require_qr_codes() -> None:
    """Raise UsageError where what makes QR codes is not installed."""
    if find_spec("segno") is None:
        command = install_command("web")
        raise UsageError(f"for QR codes, run: {command}", f"生成二维码，请先运行：{command}")


def qr_code(content: str) -> bytes:
    """A text as a QR code, as PNG."""
    import segno  # an extra, and only this needs it

    target = BytesIO()
    segno.make(content, error="m", micro=False, boost_error=False).save(target, kind="png", scale=4)
    return target.getvalue()


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A document with a row of one card and one empty place, taken apart: what stands before that row, the beginning
    of a row, the card, the empty place, and what stands behind."""

    head: str
    row: str
    card: str
    empty: str
    tail: str

    @classmethod
    def of(cls, body: str) -> _Pattern:
        head, row, tail = _parted(body, "<w:tr>", "</w:tr>")
        start, card, rest = _parted(row, "<w:tc>", "</w:tc>")
        return cls(head, start, card, rest.removesuffix("</w:tr>"), tail)

    def filled(self, links: Sequence[GivenLink]) -> str:
        """The document with a card for each link, two beside each other."""
        cards = [self._card(number, link) for number, link in enumerate(links, 1)]
        rows = zip_longest(cards[::2], cards[1::2], fillvalue=self.empty)
        return "".join((self.head, *(f"{self.row}{one}{other}</w:tr>" for one, other in rows), self.tail))

    def _card(self, number: int, link: GivenLink) -> str:
        name = escape(link.agency.name, {'"': "&quot;"})
        card = self.card.replace(_NAME, name).replace(_CODE, link.code).replace(_PICTURE, _picture(number))
        return card.replace(' id="0"', f' id="{number}"')


def _parted(text: str, begin: str, end: str) -> tuple[str, str, str]:
    """A text around its first piece that begins and ends so."""
    start = text.index(begin)
    stop = text.index(end, start) + len(end)
    return text[:start], text[start:stop], text[stop:]


def _picture(number: int) -> str:
    return f"qr{number}"


def _with_pictures(relationships: str, number: int) -> str:
    """The relationships of a document with those to so many pictures."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    made: Iterator[str] = (
        f'<Relationship Id="{_picture(one)}" Type="{kind}" Target={quoteattr(f"media/{_picture(one)}.png")}/>'
        for one in range(1, number + 1)
    )
    end = "</Relationships>"
    return relationships.replace(end, "".join(made) + end)


def _first_card(words: LinkWords) -> WordDocument:
    """A document on A4 with one card, and an empty place beside it."""
    document = Document()
    document.core_properties.title = words.heading
    document.core_properties.author = document.core_properties.comments = ""
    section = document.sections[0]
    section.page_width, section.page_height = _PAGE_WIDTH, _PAGE_HEIGHT
    section.left_margin = section.right_margin = _SIDE
    section.top_margin, section.bottom_margin, section.header_distance = _MARGIN, Cm(0.9), Cm(0.6)
    header = section.header.paragraphs[0]
    header.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add_text(header, words.heading, 8)
    table = document.add_table(1, 2, "Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    row = table.rows[0]
    row.height, row.height_rule = _CARD_HEIGHT, WD_ROW_HEIGHT_RULE.AT_LEAST
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell in row.cells:
        cell.width, cell.vertical_alignment = _CARD_WIDTH, WD_ALIGN_VERTICAL.CENTER
    _fill_card(row.cells[0], words)
    _end_small(document)
    _settle_template(document)
    return document


def _fill_card(cell: _Cell, words: LinkWords) -> None:
    name, picture, how, code, secret = cell.paragraphs[0], *(cell.add_paragraph() for _ in range(4))
    for paragraph in cell.paragraphs:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)
    _add_text(name, _NAME, 12, is_bold=True)
    _add_picture(picture.add_run(), words.picture_of(_NAME))
    _add_text(how, words.how, 8)
    _add_text(code, _CODE, 10.5, is_bold=True, typeface="Consolas")
    _add_text(secret, words.secret, 8)


def _add_text(
    paragraph: Paragraph, text: str, size: float, *, is_bold: bool = False, typeface: str = "Times New Roman"
) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.bold, run.font.name = Pt(size), is_bold, typeface
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "黑体" if is_bold else "宋体")


def _add_picture(run: Run, what: str) -> None:
    """Add the picture that stands for those of all cards, with what it shows in words."""
    inline = run.add_picture(BytesIO(qr_code(_PICTURE)), _QR_WIDTH)._inline
    blip, about = inline.graphic.graphicData.pic.blipFill.blip, inline.docPr
    run.part.drop_rel(str(blip.embed))
    blip.embed = _PICTURE
    for attribute, value in (("id", "0"), ("name", _PICTURE), ("descr", what)):
        about.set(attribute, value)


def _end_small(document: WordDocument) -> None:
    """Let the paragraph that must follow a table take no page of its own."""
    last = document.add_paragraph()
    last.paragraph_format.space_after, last.paragraph_format.line_spacing = Pt(0), Pt(1)


def _settle_template(document: WordDocument) -> None:
    """Do without what is not sound in the template of python-docx: styles of Word 2010 that say otherwise than the
    others, and a zoom without a percentage."""
    for id, relationship in list(document.part.rels.items()):
        if relationship.reltype.endswith("/stylesWithEffects"):
            document.part.drop_rel(id)
    for zoom in document.settings.element.iter(qn("w:zoom")):
        zoom.set(qn("w:percent"), "100")


def _saved(document: WordDocument) -> bytes:
    target = BytesIO()
    document.save(target)
    return target.getvalue()

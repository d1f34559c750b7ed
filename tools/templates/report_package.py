"""The parts of the Word package around the report's text: page numbers, settings, fonts, properties."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reportfill.office.package import composed

from .report_styles import FOOTER, FOOTER_EVEN, styles_part
from .theme import theme_part
from .wordprocessing import DECLARATION, paragraph, part, run

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"

THEME_TYPE = "application/vnd.openxmlformats-officedocument.theme+xml"

# Relationship id, kind, file and content type of each part beside word/document.xml.
WORD_PARTS = (
    ("rId1", "styles", "styles.xml", f"{WORD_TYPE}.styles+xml"),
    ("rId2", "settings", "settings.xml", f"{WORD_TYPE}.settings+xml"),
    ("rId3", "fontTable", "fontTable.xml", f"{WORD_TYPE}.fontTable+xml"),
    ("rId4", "footer", "footer-odd.xml", f"{WORD_TYPE}.footer+xml"),
    ("rId5", "footer", "footer-even.xml", f"{WORD_TYPE}.footer+xml"),
    ("rId6", "theme", "theme/theme1.xml", THEME_TYPE),
)
ODD_FOOTER, EVEN_FOOTER = "rId4", "rId5"

# Font, the font to take where it is absent (Word takes one only), PANOSE number, charset, family, pitch.
FONTS = (
    ("Times New Roman", "", "02020603050405020304", "00", "roman", "variable"),
    ("方正小标宋简体", "方正小标宋_GBK", "03000509000000000000", "86", "script", "fixed"),
    ("黑体", "SimHei", "02010609060101010101", "86", "modern", "fixed"),
    ("楷体_GB2312", "楷体", "02010609030101010101", "86", "modern", "fixed"),
    ("仿宋_GB2312", "仿宋", "02010609030101010101", "86", "modern", "fixed"),
    ("宋体", "SimSun", "02010600030101010101", "86", "auto", "variable"),
)


class Part(NamedTuple):
    """A part to which the document, or another part, refers: by which relationship, of which kind; its file in word/,
    its type, its content, and the parts to which it refers itself."""

    key: str
    kind: str
    name: str
    content_type: str
    content: bytes
    parts: "tuple[Part, ...]" = ()


def report_package(title: str, body: str, *, styles: str = "", parts: Sequence[Part] = ()) -> bytes:
    """The package of a document with this content of w:body, with styles and parts besides the usual ones."""
    package = _surrounding_parts(title, styles, parts)
    package["word/document.xml"] = part("document", f"<w:body>{body}</w:body>")
    content = {name: xml.encode("utf-8") for name, xml in package.items()}
    return composed(content | {f"word/{one.name}": one.content for one in _all(parts)})


def _surrounding_parts(title: str, styles: str, parts: Sequence[Part]) -> dict[str, str]:
    """All parts of XML but word/document.xml, by name."""
    return {
        "[Content_Types].xml": _content_types(parts),
        "_rels/.rels": _relationships(
            ("rId1", f"{OFFICE}/relationships/officeDocument", "word/document.xml"),
            ("rId2", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ("rId3", f"{OFFICE}/relationships/extended-properties", "docProps/app.xml"),
        ),
        "docProps/core.xml": _core_properties(title),
        "docProps/app.xml": _extended_properties(),
        "word/_rels/document.xml.rels": _relationships(
            *((key, f"{OFFICE}/relationships/{kind}", name) for key, kind, name, _ in WORD_PARTS),
            *map(_relationship, parts),
        ),
        "word/styles.xml": styles_part().replace("</w:styles>", f"{styles}</w:styles>"),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": part("fonts", *(_font(*font) for font in FONTS)),
        "word/footer-odd.xml": _footer(FOOTER),
        "word/footer-even.xml": _footer(FOOTER_EVEN),
        "word/theme/theme1.xml": theme_part(),
        **{
            _place_of_relationships(one): _relationships(*map(_beside, one.parts))
            for one in parts
            if one.parts
        },
    }


def _all(parts: Sequence[Part]) -> Iterator[Part]:
    for one in parts:
        yield one
        yield from _all(one.parts)


def _relationship(one: Part) -> tuple[str, str, str]:
    return one.key, f"{OFFICE}/relationships/{one.kind}", one.name


def _beside(one: Part) -> tuple[str, str, str]:
    """The relationship of a part in a folder of word/ to another one."""
    key, kind, name = _relationship(one)
    return key, kind, f"../{name}"


def _place_of_relationships(one: Part) -> str:
    folder, _, name = one.name.rpartition("/")
    return f"word/{folder}/_rels/{name}.rels"


def _content_types(parts: Sequence[Part]) -> str:
    overrides = [
        ("/word/document.xml", f"{WORD_TYPE}.document.main+xml"),
        *((f"/word/{name}", kind) for _, _, name, kind in WORD_PARTS),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        ("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
        *((f"/word/{one.name}", one.content_type) for one in _all(parts)),
    ]
    entries = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides)
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    return f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">{defaults}{entries}</Types>'


def _relationships(*relationships: tuple[str, str, str]) -> str:
    entries = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, kind, target in relationships
    )
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{entries}</Relationships>'


def _core_properties(title: str) -> str:
    namespaces = f'xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return f"{DECLARATION}<cp:coreProperties {namespaces}><dc:title>{title}</dc:title></cp:coreProperties>"


def _extended_properties() -> str:
    return (
        f'{DECLARATION}<Properties xmlns="{OFFICE}/extended-properties">'
        "<Application>reportfill</Application></Properties>"
    )


def _settings() -> str:
    """Different footers on odd and even pages, Chinese punctuation, the layout of Word 2013 and later."""
    return part(
        "settings",
        '<w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>',
        '<w:characterSpacingControl w:val="compressPunctuation"/>',
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"',
        ' w:val="15"/></w:compat><w:themeFontLang w:val="zh-CN" w:eastAsia="zh-CN"/>',
    )


def _font(name: str, substitute: str, panose: str, charset: str, family: str, pitch: str) -> str:
    alternative = f'<w:altName w:val="{substitute}"/>' if substitute else ""
    return (
        f'<w:font w:name="{name}">{alternative}<w:panose1 w:val="{panose}"/><w:charset w:val="{charset}"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="{pitch}"/></w:font>'
    )


def _footer(style: str) -> str:
    return part("ftr", page_number(style))


def page_number(style: str, properties: str = "") -> str:
    """A paragraph with the page number between dashes."""
    number = f'<w:fldSimple w:instr="PAGE">{run("1")}</w:fldSimple>'
    dash = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    return paragraph(dash.format("— "), number, dash.format(" —"), style=style, properties=properties)

"""The parts of the Word package around the report's text: page numbers, settings, fonts, properties."""

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


def report_package(title: str, body: str) -> bytes:
    """The package of a document with this content of w:body."""
    parts = surrounding_parts(title)
    parts["word/document.xml"] = part("document", f"<w:body>{body}</w:body>")
    return composed({name: xml.encode("utf-8") for name, xml in parts.items()})


def surrounding_parts(title: str) -> dict[str, str]:
    """All parts of the package but word/document.xml, by name."""
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(
            ("rId1", f"{OFFICE}/relationships/officeDocument", "word/document.xml"),
            ("rId2", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ("rId3", f"{OFFICE}/relationships/extended-properties", "docProps/app.xml"),
        ),
        "docProps/core.xml": _core_properties(title),
        "docProps/app.xml": _extended_properties(),
        "word/_rels/document.xml.rels": _relationships(
            *((key, f"{OFFICE}/relationships/{kind}", name) for key, kind, name, _ in WORD_PARTS)
        ),
        "word/styles.xml": styles_part(),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": part("fonts", *(_font(*font) for font in FONTS)),
        "word/footer-odd.xml": _footer(FOOTER),
        "word/footer-even.xml": _footer(FOOTER_EVEN),
        "word/theme/theme1.xml": theme_part(),
    }


def _content_types() -> str:
    overrides = [
        ("/word/document.xml", f"{WORD_TYPE}.document.main+xml"),
        *((f"/word/{name}", kind) for _, _, name, kind in WORD_PARTS),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        ("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
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
    """The page number between dashes."""
    number = f'<w:fldSimple w:instr="PAGE">{run("1")}</w:fldSimple>'
    dash = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    return part("ftr", paragraph(dash.format("— "), number, dash.format(" —"), style=style))

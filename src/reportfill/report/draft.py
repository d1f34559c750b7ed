"""A template whose every page is marked as a draft."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from reportfill.report.template import opened_template

if TYPE_CHECKING:
    from docx.section import _Header

MARK = "草稿"
REMARK = "草稿：未通过校验，不得公开"

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w10="urn:schemas-microsoft-com:office:word"'
)
# Word's own watermarks are WordArt in VML, anchored in a header; WPS and LibreOffice show them too.
_WATERMARK = f"""<w:r {_NAMESPACES}><w:rPr><w:noProof/></w:rPr><w:pict>
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">
<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>
<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>
<v:f eqn="if @0 @4 21600"/></v:formulas>
<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/><o:lock v:ext="edit" text="t"/>
</v:shapetype>
<v:shape id="reportfill_draft_{{number}}" o:spid="_x0000_s{{identifier}}" type="#_x0000_t136" alt="{MARK}"
 style="position:absolute;margin-left:0;margin-top:0;width:360pt;height:180pt;rotation:315;z-index:-251658752;
mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;
mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#d9d9d9" stroked="f">
<v:fill opacity=".5"/><v:textpath style="font-family:&quot;宋体&quot;;font-size:1pt" string="{MARK}"/>
<w10:wrap anchorx="margin" anchory="margin"/></v:shape></w:pict></w:r>"""
_REMARK = f"""<w:r {_NAMESPACES}><w:rPr><w:b/><w:color w:val="C00000"/><w:sz w:val="24"/></w:rPr>
<w:t>{REMARK}</w:t></w:r>"""


@lru_cache(maxsize=4)
def marked_as_draft(template: bytes) -> bytes:
    """The same template with 草稿 across every page and in its header, whichever headers it has or lacks.

    Raises PackError when it is no Word file.
    """
    document = opened_template(template).get_docx()
    number = 0
    for position, section in enumerate(document.sections):
        for header in (section.header, section.even_page_header, section.first_page_header):
            # A later section without a header of its own repeats the one before, which is marked already.
            if position == 0 or not header.is_linked_to_previous:
                number += 1
                _mark(header, number)
    marked = BytesIO()
    document.save(marked)
    return marked.getvalue()


def _mark(header: _Header, number: int) -> None:
    from docx.oxml import parse_xml  # slow to import, and most reports are no drafts

    header.is_linked_to_previous = False
    paragraph = header.paragraphs[0] if header.paragraphs else header.add_paragraph()
    paragraph._p.append(parse_xml(_REMARK))
    paragraph._p.append(parse_xml(_WATERMARK.format(number=number, identifier=2048 + number)))

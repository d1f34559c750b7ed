"""Charts as Word draws them: the part with the look and a copy of sample data, and the workbook with these data."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_GROUPS = {
    "column": '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>{series}'
    '<c:gapWidth val="219"/><c:overlap val="-27"/>{axes}</c:barChart>',
    "bar": '<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>{series}'
    '<c:gapWidth val="182"/>{axes}</c:barChart>',
    "line": '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}<c:marker val="1"/>{axes}'
    "</c:lineChart>",
    "area": '<c:areaChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}{axes}</c:areaChart>',
    "pie": '<c:pieChart><c:varyColors val="1"/>{series}<c:firstSliceAng val="0"/></c:pieChart>',
    "doughnut": '<c:doughnutChart><c:varyColors val="1"/>{series}<c:firstSliceAng val="0"/><c:holeSize val="75"/>'
    "</c:doughnutChart>",
    "radar": '<c:radarChart><c:radarStyle val="marker"/><c:varyColors val="0"/>{series}{axes}</c:radarChart>',
    "scatter": '<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>{axes}</c:scatterChart>',
}
_ROUND = ("pie", "doughnut")
_OF_LINES = ("line", "radar")
_SMOOTH = '<c:smooth val="0"/>'
_BEHIND_LOOK = {
    **dict.fromkeys(("column", "bar"), '<c:invertIfNegative val="0"/>'),
    **dict.fromkeys(_OF_LINES, '<c:marker><c:symbol val="none"/></c:marker>'),
}
_AXES = (
    '<c:catAx><c:axId val="111"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
    '<c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="1"/><c:majorTickMark val="none"/>'
    '<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="222"/><c:crosses val="autoZero"/>'
    '<c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>'
    '<c:valAx><c:axId val="222"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
    '<c:axPos val="l"/><c:majorGridlines/><c:numFmt formatCode="General" sourceLinked="1"/>'
    '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="111"/>'
    '<c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>'
)
_LEGEND = '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>'
_FROM_THE_TOP = '<c:orientation val="maxMin"/></c:scaling><c:delete val="0"/><c:axPos val="l"/>'
_VALUE_LABELS = (
    '<c:dLbls><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:showLegendKey val="0"/><c:showVal val="1"/>'
    '<c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
)
_FONTS = '<a:latin typeface="宋体"/><a:ea typeface="宋体"/>'
_PART = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<c:chartSpace xmlns:c="{CHART}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:c16r2="http://schemas.microsoft.com/office/drawing/2015/06/chart">'
    '<c:date1904 val="0"/><c:lang val="zh-CN"/><c:roundedCorners val="0"/>'
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="c14" xmlns:c14="http://schemas.microsoft.com/office/drawing/2007/8/2/chart">'
    '<c14:style val="102"/></mc:Choice><mc:Fallback><c:style val="2"/></mc:Fallback></mc:AlternateContent>'
    "<c:chart>{title}<c:plotArea><c:layout/>{groups}{axes}</c:plotArea>"
    f'{_LEGEND}<c:plotVisOnly val="1"/>'
    '<c:dispBlanksAs val="gap"/></c:chart>'
    f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1050">{_FONTS}</a:defRPr></a:pPr>'
    '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    '<c:externalData r:id="rId1"><c:autoUpdate val="1"/></c:externalData></c:chartSpace>'
)


def chart_part(
    kinds: tuple[str, ...], title: str = "", series: int = 2, colour: str = "", *, labelled: bool = False
) -> bytes:
    """A chart's part, with sample data of the person who drew it. One that is `labelled` has each value beside it, from
    the first category on top down, and neither a legend nor an axis of values."""
    groups = "".join(
        _GROUPS[kind].format(
            series="".join(_series(kind, place * series + one, colour) for one in range(series)),
            axes="" if kind in _ROUND else '<c:axId val="111"/><c:axId val="222"/>',
        )
        for place, kind in enumerate(kinds)
    )
    shown = (
        f"<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>{title}</a:t></a:r></a:p></c:rich></c:tx>"
        '<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/>'
        if title
        else '<c:autoTitleDeleted val="1"/>'
    )
    axes = "" if set(kinds) <= set(_ROUND) else _AXES
    made = _PART.replace("{title}", shown).replace("{groups}", groups).replace("{axes}", axes)
    return (_labelled(made) if labelled else made).encode()


def _labelled(part: str) -> str:
    changes = (
        ("<c:cat>", f"{_VALUE_LABELS}<c:cat>"),
        (_LEGEND, ""),
        ('<c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="b"/>', _FROM_THE_TOP),
        ('<c:delete val="0"/><c:axPos val="l"/><c:majorGridlines/>', '<c:delete val="1"/><c:axPos val="t"/>'),
    )
    for former, now in changes:
        part = part.replace(former, now)
    return part


def _series(kind: str, number: int, colour: str) -> str:
    fill = f"<a:solidFill>{colour.format(number=number + 1)}</a:solidFill>" if colour else ""
    look = f'<a:ln w="28575">{fill}</a:ln>' if kind in _OF_LINES else fill
    points = "".join(f'<c:pt idx="{at}"><c:v>{at + 1}.5</c:v></c:pt>' for at in range(4))
    labels = "".join(f'<c:pt idx="{at}"><c:v>类别 {at + 1}</c:v></c:pt>' for at in range(4))
    letter = "BCDEFGH"[number]
    single = (
        "".join(
            f'<c:dPt><c:idx val="{at}"/><c:bubble3D val="0"/><c:spPr><a:solidFill><a:schemeClr val="accent{at + 1}"/>'
            "</a:solidFill></c:spPr></c:dPt>"
            for at in range(4)
        )
        if kind in _ROUND
        else ""
    )
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:strRef><c:f>Sheet1!${letter}$1</c:f>'
        f'<c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>系列 {number + 1}</c:v></c:pt></c:strCache>'
        "</c:strRef></c:tx>"
        f"<c:spPr>{look}</c:spPr>{_BEHIND_LOOK.get(kind, '')}{single}"
        f'<c:cat><c:strRef><c:f>Sheet1!$A$2:$A$5</c:f><c:strCache><c:ptCount val="4"/>{labels}</c:strCache></c:strRef>'
        f"</c:cat><c:val><c:numRef><c:f>Sheet1!${letter}$2:${letter}$5</c:f><c:numCache>"
        f'<c:formatCode>#,##0</c:formatCode><c:ptCount val="4"/>{points}</c:numCache></c:numRef></c:val>'
        f"{_SMOOTH if kind == 'line' else ''}"
        '<c:extLst><c:ext uri="{C3380CC4-5D6E-409C-BE32-E72D297353CC}"'
        ' xmlns:c16="http://schemas.microsoft.com/office/drawing/2014/chart">'
        f'<c16:uniqueId val="{{0000000{number}-AAAA-4BBB-8CCC-DDDDEEEEFFFF}}"/></c:ext></c:extLst></c:ser>'
    )


def chart_data(creator: str) -> bytes:
    """The workbook behind such a chart, with its sample data, by somebody."""
    book = Workbook()
    book.properties.creator = creator
    sheet = book.active
    assert sheet is not None
    sheet.append(["", "系列 1", "系列 2"])
    for at in range(1, 5):
        sheet.append([f"类别 {at}", at + 0.5, at + 0.5])
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()

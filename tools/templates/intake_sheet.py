"""Writing one sheet of the workbook: cells with a named style, merged ranges, and how it is printed."""

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

MILLIMETRES_PER_INCH = 25.4
MARGIN = 15 / MILLIMETRES_PER_INCH


def put(
    sheet: Worksheet, row: int, column: int, text: str, style: str, *, columns: int = 1, rows: int = 1
) -> None:
    """Write a text into a cell, or into a block of cells that is merged into one."""
    for down in range(rows):
        for right in range(columns):
            sheet.cell(row + down, column + right).style = style
    sheet.cell(row, column, text)
    if columns > 1 or rows > 1:
        sheet.merge_cells(
            start_row=row, start_column=column, end_row=row + rows - 1, end_column=column + columns - 1
        )


def set_widths(sheet: Worksheet, *widths: float) -> None:
    """Set the widths of the first columns, in characters."""
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def lay_out(
    sheet: Worksheet, *, first_input: str, frozen: str = "", repeated: str = "", landscape: bool = False
) -> None:
    """How a sheet opens and prints: where the cursor stands, what stays in view, A4, one page wide."""
    for selection in sheet.sheet_view.selection:
        selection.activeCell = selection.sqref = first_input
    if frozen:
        sheet.freeze_panes = frozen
        for selection in sheet.sheet_view.selection:
            selection.activeCell = selection.sqref = first_input
    if repeated:
        sheet.print_title_rows = repeated
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = margins.bottom = MARGIN
    margins.header = margins.footer = MARGIN / 2
    footer = sheet.oddFooter
    if footer and footer.left and footer.right:
        footer.left.text, footer.right.text = "&A", "第&P页，共&N页"

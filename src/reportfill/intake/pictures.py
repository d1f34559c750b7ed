"""The pictures of a completed workbook by the cells for which they are meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reportfill.office.grid import Grid
from reportfill.office.laid_pictures import PlacedPicture, laid_pictures
from reportfill.place import Cell, Corners


class Pictures:
    """The pictures that lie on some cells, each on the one in which its middle lies, or else its corner; of merged
    cells on all of them."""

    def __init__(self, parts: Mapping[str, bytes], grid: Grid, cells: Iterable[Cell]) -> None:
        areas = {cell: _area(cell, grid) for cell in cells}
        self._on: dict[Cell, list[bytes]] = {cell: [] for cell in areas}
        for picture in laid_pictures(parts) if areas else ():
            meant = _meant(picture, areas)
            if meant is not None:
                self._on[meant].append(picture.content)

    def on(self, cell: Cell) -> Sequence[bytes]:
        """The pictures on one of the cells: their bytes, empty where they are not in the file."""
        return self._on.get(cell, ())


def _area(cell: Cell, grid: Grid) -> Corners:
    """The area of a cell with all that it is merged with."""
    return next(
        (area for area in grid.merged(cell.sheet) if cell.is_within(area)),
        ((cell.row, cell.column), (cell.row, cell.column)),
    )


def _meant(picture: PlacedPicture, areas: Mapping[Cell, Corners]) -> Cell | None:
    """The cell for which a picture is meant; None where that is none of these."""
    for place in (picture.middle, picture.corner):
        for cell, area in areas.items():
            if cell.sheet == picture.sheet and Cell(picture.sheet, *place).is_within(area):
                return cell
    return None

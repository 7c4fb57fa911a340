"""What became of a sheet of the inventory, as programs are told of it."""

from __future__ import annotations

from sild.kernel.shapes import Name, Shape


class WantedInventoryImport(Shape):
    """A workbook: its `name` where it comes bare; `preview` writes nothing."""

    name: Name = ""
    preview: bool = False


class CellToMend(Shape):
    """A cell that is to be mended before anything is taken in."""

    sheet: str
    row: int
    column: str
    why: str


class InventoryImport(Shape):
    """What became of a workbook, or would: rows by outcome, the cells to mend, columns that are not read; `taken`: it was taken in."""

    rows: int
    fresh: int
    known: int
    changed: int
    mend: int
    taken: bool
    cells: list[CellToMend]
    strange: list[str]

"""What the readers of spreadsheets have in common: sheets, and which of them is the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from geo.intake.columns import check_cells
from geo.intake.grid import Grid
from geo.intake.layout import lay_out, table_likeness
from geo.intake.table import LayerInfo, RawTable, ReadOptions
from geo.intake.undecoded import mark_legacy
from planning.errors import DataError, Fault, Severity

_LIKE_A_LIST: Final = 1.3
"""Rows enough to be a list, and three in ten of its headings known."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook that may be loaded.

    Attributes
    ----------
    name : str
    hidden : bool
    load : callable
        Returns its cells.
    rows : int or None
        How many rows it seems to have.
    uncalculated : int
        Formulas without a stored result.
    """

    name: str
    hidden: bool
    load: Callable[[], Grid]
    rows: int | None = None
    uncalculated: int = 0


def read_workbook(path: Path, options: ReadOptions, sheets: Sequence[Sheet], kind: str) -> RawTable:
    """Read the sheet a person named, or else the first that looks like a list.

    Parameters
    ----------
    path : Path
    options : ReadOptions
    sheets : sequence of Sheet
        In the order of the workbook.
    kind : str
        Format of the file.

    Raises
    ------
    DataError
        If there is no such sheet, nothing in it, or a cell longer than
        :mod:`geo.intake.limits` allows.
    """
    sheet, grid = _choose(path, options.layer, sheets)
    check_cells(grid.columns, path.name)
    layout = lay_out(grid, header_row=options.header_row, file=path.name)
    table = RawTable(
        columns=layout.columns,
        rows=layout.rows,
        format=kind,
        layer=sheet.name,
        layers=tuple(LayerInfo(each.name, each.rows) for each in sheets),
        header_rows=layout.header_rows,
        set_aside=layout.set_aside,
        faults=(*layout.faults, *_formula_faults(sheet)),
        metadata=layout.metadata,
    )
    return mark_legacy(table, options.encoding)


def _choose(path: Path, named: str | None, sheets: Sequence[Sheet]) -> tuple[Sheet, Grid]:
    if named is not None:
        for sheet in sheets:
            if sheet.name == named:
                return sheet, sheet.load()
        expected = ", ".join(sheet.name for sheet in sheets)
        raise DataError("error-intake-layer", file=path.name, got=named, expected=expected)
    best: tuple[float, Sheet, Grid] | None = None
    for sheet in sorted(sheets, key=lambda sheet: sheet.hidden):
        grid = sheet.load()
        likeness = table_likeness(grid)
        if likeness >= _LIKE_A_LIST:
            return sheet, grid
        if best is None or likeness > best[0]:
            best = likeness, sheet, grid
    if best is None:
        raise DataError("error-intake-empty", file=path.name)
    return best[1], best[2]


def _formula_faults(sheet: Sheet) -> tuple[Fault, ...]:
    if not sheet.uncalculated:
        return ()
    return (
        Fault(
            "fault-uncalculated",
            values={"count": sheet.uncalculated, "sheet": sheet.name},
            severity=Severity.WARNING,
            remedy="remedy-uncalculated",
        ),
    )

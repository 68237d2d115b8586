"""Excel workbooks of 1997 to 2003, read row by row so that a far cell costs nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

import xlrd
from xlrd.biffh import error_text_from_code
from xlrd.xldate import XLDateError, xldate_as_datetime

from geo.intake.grid import CellError, Grid, Merge
from geo.intake.grid_building import GridBuilder
from geo.intake.table import RawTable, ReadOptions
from geo.intake.workbook import Sheet, read_workbook
from planning.errors import DataError

_PLAIN: Final = frozenset({xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER})
_MOST_ERRORS: Final = 1000


def read_xls(path: Path, options: ReadOptions) -> RawTable:
    """Read a sheet of an XLS workbook; see :func:`geo.intake.workbook.read_workbook`.

    Raises
    ------
    DataError
        If the workbook is protected by a password or damaged, or its cells lie too far apart.
    """
    with open(os.devnull, "w", encoding="utf-8") as nobody:  # noqa: PTH123
        try:
            book = xlrd.open_workbook(
                path, logfile=nobody, formatting_info=True, on_demand=True, ragged_rows=True
            )
        except xlrd.XLRDError as error:
            protected = "encrypted" in str(error).lower()
            key = "error-intake-encrypted" if protected else "error-intake-damaged"
            raise DataError(key, file=path.name) from error
        sheets = [
            Sheet(name, book.sheet_by_index(at).visibility != 0, partial(_load, book, at, path))
            for at, name in enumerate(book.sheet_names())
        ]
        return read_workbook(path, options, sheets, "xls")


def _load(book: Any, at: int, path: Path) -> Grid:
    sheet = book.sheet_by_index(at)
    errors: list[CellError] = []
    builder = GridBuilder(path.name, sheet.name)
    builder.add(_rows(book, sheet, errors))
    merges = [
        Merge(top, left, below - 1, beyond - 1) for top, below, left, beyond in sheet.merged_cells
    ]
    return builder.grid(merges, errors)


def _rows(book: Any, sheet: Any, errors: list[CellError]) -> Iterator[list[Any]]:
    for row in range(sheet.nrows):
        kinds = sheet.row_types(row)
        values = sheet.row_values(row)
        if not set(kinds) <= _PLAIN:
            for column, kind in enumerate(kinds):
                if kind not in _PLAIN:
                    values[column] = _value(book, kind, values[column])
                    if kind == xlrd.XL_CELL_ERROR and len(errors) < _MOST_ERRORS:
                        errors.append(CellError(row, column, _error_text(sheet, row, column)))
        yield _trimmed(values)


def _trimmed(values: list[Any]) -> list[Any]:
    while values and values[-1] in {"", None}:
        values.pop()
    return values


def _value(book: Any, kind: int, value: Any) -> Any:
    if kind == xlrd.XL_CELL_DATE:
        try:
            return xldate_as_datetime(value, book.datemode)
        except (XLDateError, OverflowError, ValueError):
            # A number under a date format that no calendar has.
            return value
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    return None


def _error_text(sheet: Any, row: int, column: int) -> str:
    return str(error_text_from_code.get(sheet.cell_value(row, column), "#ERROR"))

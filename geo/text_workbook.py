"""A plain sheet of texts and figures an office can work through, row by row."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, Final

import xlsxwriter

from geo.export.cells import TEXT_STYLE, write_cell
from planning.errors import DataError

_WIDTHS: Final = (9, 34)
_A4: Final = 9
_MOST_ROWS: Final = 1_048_576
"""Rows of a sheet (Microsoft, "Excel specifications and limits")."""


def text_workbook(
    headings: Sequence[str], rows: Sequence[Sequence[str | float | None]], *, title: str = ""
) -> bytes:
    """Return a table as XLSX: frozen heading, filter, A4 landscape.

    Parameters
    ----------
    headings : sequence of str
    rows : sequence of sequence of (str, number or None)
        Texts are written as texts, whatever they begin with.
    title : str
        A line above the heading; without it the heading is row 1.

    Returns
    -------
    bytes

    Raises
    ------
    DataError
        If there are more rows than a sheet holds.
    """
    head = 1 if title else 0
    limit = _MOST_ROWS - head - 1
    if len(rows) > limit:
        raise DataError("error-export-rows", rows=len(rows), limit=limit)
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        workbook.set_properties({"title": title})
        sheet = workbook.add_worksheet("1")
        bold = workbook.add_format({**TEXT_STYLE, "bold": True, "text_wrap": True})
        text = workbook.add_format({**TEXT_STYLE, "text_wrap": True, "valign": "top"})
        plain = workbook.add_format({"valign": "top"})
        if title:
            write_cell(sheet, 0, 0, title, bold)
        for number, heading in enumerate(headings):
            write_cell(sheet, head, number, heading, bold)
            sheet.set_column(number, number, _width(rows, number))
        for at, row in enumerate(rows, start=head + 1):
            for number, value in enumerate(row):
                write_cell(sheet, at, number, value, text if isinstance(value, str) else plain)
        sheet.autofilter(head, 0, head + len(rows), len(headings) - 1)
        sheet.freeze_panes(head + 1, 0)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(head)
    return buffer.getvalue()


def _width(rows: Sequence[Sequence[Any]], number: int) -> int:
    longest = max((len(str(row[number])) for row in rows[:1000]), default=0)
    low, high = _WIDTHS
    return min(max(longest + 2, low), high)

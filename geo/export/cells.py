"""Cells, sheet names and page headers within the limits and pitfalls of XLSX."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from geo.export.content import Cell

MAX_CELL_UNITS: Final = 32_767
"""Longest text of a cell in UTF-16 code units (Microsoft, "Excel specifications and limits")."""

TEXT_STYLE: Final[Mapping[str, Any]] = {"num_format": "@", "quote_prefix": True}
"""A text stays a text even when somebody edits the cell and presses Enter."""

_FIRST_DATE: Final = date(1900, 3, 1)
"""Excel's calendar has a 29 February 1900; from the next day on all programs agree."""

_MAX_SHEET_NAME: Final = 31
_MAX_HEADER_PART: Final = 100
_NOT_IN_SHEET_NAMES: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_ELLIPSIS: Final = "…"


def write_cell(sheet: Any, row: int, number: int, value: Cell, style: Any) -> None:
    """Write one value as what it is; a text never becomes a formula, a link or a number.

    Parameters
    ----------
    sheet : xlsxwriter.worksheet.Worksheet
    row, number : int
        Row and column, from 0.
    value : Cell
        A text over :data:`MAX_CELL_UNITS` is cut and ends in an ellipsis.
    style : xlsxwriter.format.Format
    """
    match value:
        case None | "":
            sheet.write_blank(row, number, None, style)
        case str() if value.startswith("<r>") and value.endswith("</r>"):
            # XlsxWriter takes such a text for ready-made rich text and would write it unescaped.
            sheet.write_rich_string(
                row, number, value[:1], style, fitting_text(value[1:], 1), style
            )
        case str():
            sheet.write_string(row, number, fitting_text(value), style)
        case bool():
            sheet.write_boolean(row, number, value, style)
        case date() if value < _FIRST_DATE:
            sheet.write_string(row, number, value.isoformat(), style)
        case date():
            sheet.write_datetime(row, number, value, style)
        case _:
            sheet.write_number(row, number, value, style)


def fitting_text(text: str, taken: int = 0) -> str:
    """Cut a text to what a cell holds.

    Parameters
    ----------
    text : str
    taken : int
        UTF-16 units of the cell that are already used.

    Returns
    -------
    str
        ``text`` itself if it fits, otherwise its beginning and an ellipsis.
    """
    return _cut(text, MAX_CELL_UNITS - taken)


def sheet_names(*headings: str) -> tuple[str, ...]:
    """Turn headings into valid, different sheet names of at most 31 UTF-16 units.

    Parameters
    ----------
    *headings : str

    Returns
    -------
    tuple of str
        One for each; of equal ones the later end in a number.
    """
    names: list[str] = []
    taken: set[str] = set()
    for number, heading in enumerate(headings, start=1):
        name = _sheet_name(heading, number)
        if name.casefold() in taken:
            end = f" {number}"
            name = _cut(name, _MAX_SHEET_NAME - len(end)) + end
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


def page_header(left: str, right: str, page: str | None = None) -> str:
    """Build a printed header or footer in XLSX's code language.

    Parameters
    ----------
    left, right : str
        Plain texts; codes in them are made harmless, long ones cut.
    page : str or None
        The word before "1/3" in the middle; ``None`` for no page number.

    Returns
    -------
    str
        At most 255 characters, the limit of XLSX.
    """
    middle = "" if page is None else f"&C{_header_part(page, 20)} &P/&N"
    end = f"&R{_header_part(right)}" if right else ""
    return f"&L{_header_part(left)}{middle}{end}"


def _header_part(text: str, limit: int = _MAX_HEADER_PART) -> str:
    line = _cut(" ".join(text.split()), limit)
    if len(line) + line.count("&") > limit:
        line = _cut(line, limit // 2)
    return line.replace("&", "&&")


def _sheet_name(name: str, number: int) -> str:
    cleaned = _NOT_IN_SHEET_NAMES.sub(" ", name).strip(" '")
    return _cut(cleaned, _MAX_SHEET_NAME) or str(number)


def _cut(text: str, units: int) -> str:
    encoded = text.encode("utf-16-le")
    if len(encoded) <= 2 * units:
        return text
    return encoded[: 2 * (units - 1)].decode("utf-16-le", errors="ignore") + _ELLIPSIS

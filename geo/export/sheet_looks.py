"""How the sheets of a workbook look: title above, filters, number formats, ready to print on A4."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, Final

import xlsxwriter

from geo.export.cells import TEXT_STYLE, page_header, write_cell
from geo.export.content import Cell
from geo.export.table import Column, ColumnKind

HEADER_ROW: Final = 4
"""Row of the header as a person counts it."""

MAX_ROWS: Final = 1_048_576
OPTIONS: Final[Mapping[str, bool]] = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""Of a workbook in which no text is anything but a text."""
NUMBER_FORMATS: Final[Mapping[ColumnKind, str]] = {
    ColumnKind.INTEGER: "#,##0",
    ColumnKind.NUMBER: "General",
    ColumnKind.SHARE: "0.0%",
    ColumnKind.SCORE: "0.000",
    ColumnKind.KM: "#,##0.0",
    ColumnKind.DATE: "dd/mm/yyyy",
}
_A4: Final = 9
_NUMBER_WIDTH: Final = 11
_TEXT_WIDTHS: Final = (11, 32)
_LINE_HEIGHT: Final = 15
_MAX_HEADER_LINES: Final = 6
_PAGE_WIDTH: Final = 200
"""Characters across A4 landscape at the smallest print that still reads well, about 7 points."""
_LEADING_WIDTH: Final = 100
GRID: Final[Mapping[str, Any]] = {"valign": "top", "border": 1, "border_color": "#D5DBE1"}
HEADER: Final[Mapping[str, Any]] = {
    **TEXT_STYLE,
    "bold": True,
    "text_wrap": True,
    "valign": "vcenter",
    "align": "center",
    "bg_color": "#E8EDF2",
    "border": 1,
    "border_color": "#8D99A6",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a list on its sheet and on every printed page.

    Attributes
    ----------
    title, subtitle, illustrative : str
        The three lines.
    page : str
        The word before the page number.
    """

    title: str
    subtitle: str
    illustrative: str
    page: str


def write_title(workbook: xlsxwriter.Workbook, sheet: Any, heading: Heading) -> None:
    """Write the three lines above the list."""
    lines: tuple[tuple[str, dict[str, Any]], ...] = (
        (heading.title, {"bold": True, "font_size": 14}),
        (heading.subtitle, {"font_color": "#44505C"}),
        (heading.illustrative, {"bold": True, "font_color": "#B00020"}),
    )
    for row, (text, look) in enumerate(lines):
        write_cell(sheet, row, 0, text, workbook.add_format({**TEXT_STYLE, **look}))


def cell_style(kind: ColumnKind) -> dict[str, Any]:
    """Return the format of a cell: a number format, or a text that stays one."""
    number_format = NUMBER_FORMATS.get(kind)
    if number_format is None:
        return {**GRID, **TEXT_STYLE, "text_wrap": True, "align": "left", "indent": 1}
    return {**GRID, "num_format": number_format}


def column_width(column: Column, values: Sequence[Cell]) -> int:
    """Return a width in characters that shows every number and most texts without wrapping."""
    if column.kind is ColumnKind.INTEGER:
        longest = max((len(f"{value:,}") for value in values if value is not None), default=0)
        return max(longest + 2, _NUMBER_WIDTH)
    if column.kind in NUMBER_FORMATS:
        return _NUMBER_WIDTH
    low, high = _TEXT_WIDTHS
    longest = max((len(str(value)) for value in values if value is not None), default=0)
    return min(max(longest + 3, low), high)


def header_height(labels: Iterable[str], widths: Sequence[int]) -> int:
    """Return the height in points of the row of headings, wrapped into their columns."""
    lines = (len(wrap(label, width - 2)) for label, width in zip(labels, widths, strict=False))
    return _LINE_HEIGHT * min(max(*lines, 2), _MAX_HEADER_LINES)


def finish_list(
    sheet: Any, heading: Heading, widths: Sequence[int], *, leading: int, rows: int
) -> None:
    """Set widths, filters, frozen panes and the printed page of a list.

    Parameters
    ----------
    sheet : xlsxwriter.worksheet.Worksheet
        With its headings in row :data:`HEADER_ROW`.
    heading : Heading
    widths : sequence of int
        Of every column, in characters.
    leading : int
        Columns from the left that stay in sight when scrolling, and on every printed page,
        unless they are too wide for that.
    rows : int
        Rows of the list.
    """
    for number, width in enumerate(widths):
        sheet.set_column(number, number, width)
    last_row = HEADER_ROW - 1 + rows
    sheet.autofilter(HEADER_ROW - 1, 0, last_row, len(widths) - 1)
    # Codes such as 02701 are texts on purpose: no green corner on each of them.
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last_row + 1}"})
    if sum(widths[:leading]) > _LEADING_WIDTH:
        leading = 0
    sheet.freeze_panes(HEADER_ROW, leading)
    if leading:
        sheet.repeat_columns(0, leading - 1)
    sheet.repeat_rows(HEADER_ROW - 1)
    repeated = sum(widths[:leading])
    pages = math.ceil((sum(widths) - repeated) / (_PAGE_WIDTH - repeated))
    sheet.fit_to_pages(max(pages, 1), 0)
    set_up_page(sheet, heading)


def set_up_page(sheet: Any, heading: Heading) -> None:
    """Make a sheet print on A4 landscape under its title and the illustrative label."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.6)
    sheet.set_header(page_header(heading.title, heading.illustrative))
    sheet.set_footer(page_header(heading.subtitle, "", page=heading.page))

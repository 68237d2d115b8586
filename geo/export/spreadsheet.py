"""XLSX as an office passes it on: title above, live filters, ready to print on A4.

Three lines stand above the list (title, subtitle, the illustrative label), so that nobody who
opens or prints it can miss what it is; the header is always row :data:`HEADER_ROW`
(``pandas.read_excel(path, header=3)``). A second sheet holds the notes, the legend and what each
column means.

No cell is a formula. Texts are written as texts and marked to stay texts when edited.
"""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from textwrap import wrap
from typing import Any, Final

import xlsxwriter

from geo.export.cells import TEXT_STYLE, page_header, sheet_names, write_cell
from geo.export.content import Cell, Content, Position
from geo.export.dropdowns import add_dropdowns
from geo.export.glyphs import glyph
from geo.export.notes_sheet import add_notes_sheet
from geo.export.table import Column, ColumnKind
from geo.symbology import SYMBOLS, MapClass
from planning.errors import PlannerError

HEADER_ROW: Final = 4
"""Row of the header as a person counts it."""

_MAX_ROWS: Final = 1_048_576
_A4: Final = 9
_OPTIONS: Final[Mapping[str, bool]] = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_NUMBER_FORMATS: Final[Mapping[ColumnKind, str]] = {
    ColumnKind.INTEGER: "#,##0",
    ColumnKind.NUMBER: "General",
    ColumnKind.SHARE: "0.0%",
    ColumnKind.SCORE: "0.000",
    ColumnKind.KM: "#,##0.0",
    ColumnKind.DATE: "dd/mm/yyyy",
}
_DEGREES_FORMAT: Final = "0.0000000"
_NUMBER_WIDTH: Final = 11
_TEXT_WIDTHS: Final = (11, 32)
_DEGREES_WIDTH: Final = 13
_LINE_HEIGHT: Final = 15
_MAX_HEADER_LINES: Final = 6
_PAGE_WIDTH: Final = 200
"""Characters across A4 landscape at the smallest print that still reads well, about 7 points."""
_LEADING_WIDTH: Final = 100
_GRID: Final[Mapping[str, Any]] = {"valign": "top", "border": 1, "border_color": "#D5DBE1"}
_HEADER: Final[Mapping[str, Any]] = {
    **TEXT_STYLE,
    "bold": True,
    "text_wrap": True,
    "valign": "vcenter",
    "align": "center",
    "bg_color": "#E8EDF2",
    "border": 1,
    "border_color": "#8D99A6",
}


def encode_xlsx(content: Content) -> bytes:
    """Return the list as a workbook of two sheets.

    Choices and booleans are labels with a drop-down list of them; shares, scores, kilometres and
    dates are real numbers and dates under a number format. Days before March 1900 are texts,
    because spreadsheets disagree about them.

    Parameters
    ----------
    content : Content

    Returns
    -------
    bytes

    Raises
    ------
    PlannerError
        If the list has more rows than a sheet holds.
    """
    rows = len(content.positions)
    if rows > _MAX_ROWS - HEADER_ROW:
        raise PlannerError("error-export-rows", rows=rows, limit=_MAX_ROWS - HEADER_ROW)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, dict(_OPTIONS)) as workbook:
        workbook.set_properties(
            {
                "title": content.title,
                "subject": content.subtitle,
                "comments": content.illustrative,
            }
        )
        list_name, notes_name = sheet_names(content.wording.list_sheet, content.wording.notes_sheet)
        sheet = _add_list_sheet(workbook, list_name, content)
        references = add_notes_sheet(workbook, notes_name, content)
        add_dropdowns(sheet, content, references, (HEADER_ROW, HEADER_ROW - 1 + rows))
    return buffer.getvalue()


def _add_list_sheet(workbook: xlsxwriter.Workbook, name: str, content: Content) -> Any:
    sheet = workbook.add_worksheet(name)
    _write_title(workbook, sheet, content)
    header = workbook.add_format(_HEADER)
    degrees = workbook.add_format({**_GRID, "num_format": _DEGREES_FORMAT})
    widths: list[int] = []

    for number, column in enumerate(content.columns):
        values = content.shown(column)
        write_cell(sheet, HEADER_ROW - 1, number, column.label, header)
        widths.append(_width(column, values))
        if column.key == content.class_key:
            _write_classes(workbook, sheet, number, content)
        else:
            _write_values(sheet, number, values, workbook.add_format(_style(column.kind)))
    for axis, label in enumerate((content.wording.longitude, content.wording.latitude)):
        write_cell(sheet, HEADER_ROW - 1, len(widths), label, header)
        _write_values(sheet, len(widths), _ordinates(content.positions, axis), degrees)
        widths.append(_DEGREES_WIDTH)

    for number, width in enumerate(widths):
        sheet.set_column(number, number, width)
    sheet.set_row(HEADER_ROW - 1, _header_height(content, widths))
    last_row = HEADER_ROW - 1 + len(content.positions)
    sheet.autofilter(HEADER_ROW - 1, 0, last_row, len(widths) - 1)
    # Codes such as 02701 are texts on purpose: no green corner on each of them.
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last_row + 1}"})
    _set_up_page(sheet, content, widths)
    return sheet


def _write_title(workbook: xlsxwriter.Workbook, sheet: Any, content: Content) -> None:
    lines: tuple[tuple[str, dict[str, Any]], ...] = (
        (content.title, {"bold": True, "font_size": 14}),
        (content.subtitle, {"font_color": "#44505C"}),
        (content.illustrative, {"bold": True, "font_color": "#B00020"}),
    )
    for row, (text, look) in enumerate(lines):
        write_cell(sheet, row, 0, text, workbook.add_format({**TEXT_STYLE, **look}))


def _write_values(sheet: Any, number: int, values: list[Cell], style: Any) -> None:
    for row, value in enumerate(values, start=HEADER_ROW):
        write_cell(sheet, row, number, value, style)


def _write_classes(
    workbook: xlsxwriter.Workbook, sheet: Any, number: int, content: Content
) -> None:
    styles = {m: workbook.add_format(_class_style(m)) for m in content.legend}
    for row, member in enumerate(content.classes, start=HEADER_ROW):
        write_cell(sheet, row, number, content.legend[member], styles[member])


def _class_style(member: MapClass) -> dict[str, Any]:
    # The symbol is part of the number format: the value of the cell stays the label alone.
    symbol = SYMBOLS[member]
    return {
        **_GRID,
        **TEXT_STYLE,
        "align": "left",
        "indent": 1,
        "num_format": f'"{glyph(symbol)} "@',
        "left": 5,
        "left_color": symbol.fill or symbol.stroke,
    }


def _style(kind: ColumnKind) -> dict[str, Any]:
    number_format = _NUMBER_FORMATS.get(kind)
    if number_format is None:
        return {**_GRID, **TEXT_STYLE, "text_wrap": True, "align": "left", "indent": 1}
    return {**_GRID, "num_format": number_format}


def _width(column: Column, values: list[Cell]) -> int:
    if column.kind in _NUMBER_FORMATS:
        return _NUMBER_WIDTH
    low, high = _TEXT_WIDTHS
    longest = max((len(str(value)) for value in values if value is not None), default=0)
    return min(max(longest + 3, low), high)


def _ordinates(positions: list[Position], axis: int) -> list[Cell]:
    return [None if position is None else position[axis] for position in positions]


def _header_height(content: Content, widths: list[int]) -> int:
    labels = (column.label for column in content.columns)
    lines = (len(wrap(label, width - 2)) for label, width in zip(labels, widths, strict=False))
    return _LINE_HEIGHT * min(max(*lines, 2), _MAX_HEADER_LINES)


def _set_up_page(sheet: Any, content: Content, widths: list[int]) -> None:
    # Columns up to the village's name stay in sight when scrolling, and on every printed page.
    leading = 1 + [column.key for column in content.columns].index(content.name_key)
    if sum(widths[:leading]) > _LEADING_WIDTH:
        leading = 0
    sheet.freeze_panes(HEADER_ROW, leading)
    if leading:
        sheet.repeat_columns(0, leading - 1)
    sheet.repeat_rows(HEADER_ROW - 1)
    repeated = sum(widths[:leading])
    sheet.fit_to_pages(math.ceil((sum(widths) - repeated) / (_PAGE_WIDTH - repeated)), 0)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.6)
    sheet.set_header(page_header(content.title, content.illustrative))
    sheet.set_footer(page_header(content.subtitle, "", page=content.wording.page))

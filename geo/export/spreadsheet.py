"""XLSX as an office passes it on: title above, live filters, ready to print on A4.

Three lines stand above the list (title, subtitle, the illustrative label), so that nobody who
opens or prints it can miss what it is; the header is always row :data:`HEADER_ROW`
(``pandas.read_excel(path, header=3)``). A second sheet holds the notes, the legend and what each
column means.

No cell is a formula. Texts are written as texts and marked to stay texts when edited.
"""

from __future__ import annotations

import io
from typing import Any, Final

import xlsxwriter

from geo.export.cells import TEXT_STYLE, sheet_names, write_cell
from geo.export.content import Cell, Content, Position
from geo.export.dropdowns import add_dropdowns
from geo.export.glyphs import glyph
from geo.export.notes_sheet import add_notes_sheet
from geo.export.sheet_looks import (
    GRID,
    HEADER,
    HEADER_ROW,
    MAX_ROWS,
    OPTIONS,
    Heading,
    cell_style,
    column_width,
    finish_list,
    header_height,
    write_title,
)
from geo.symbology import SYMBOLS, MapClass
from planning.errors import PlannerError

_DEGREES_FORMAT: Final = "0.0000000"
_DEGREES_WIDTH: Final = 13


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
    if rows > MAX_ROWS - HEADER_ROW:
        raise PlannerError("error-export-rows", rows=rows, limit=MAX_ROWS - HEADER_ROW)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, dict(OPTIONS)) as workbook:
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
    heading = Heading(content.title, content.subtitle, content.illustrative, content.wording.page)
    write_title(workbook, sheet, heading)
    header = workbook.add_format(HEADER)
    degrees = workbook.add_format({**GRID, "num_format": _DEGREES_FORMAT})
    widths: list[int] = []

    for number, column in enumerate(content.columns):
        values = content.shown(column)
        write_cell(sheet, HEADER_ROW - 1, number, column.label, header)
        widths.append(column_width(column, values))
        if column.key == content.class_key:
            _write_classes(workbook, sheet, number, content)
        else:
            _write_values(sheet, number, values, workbook.add_format(cell_style(column.kind)))
    for axis, label in enumerate((content.wording.longitude, content.wording.latitude)):
        write_cell(sheet, HEADER_ROW - 1, len(widths), label, header)
        _write_values(sheet, len(widths), _ordinates(content.positions, axis), degrees)
        widths.append(_DEGREES_WIDTH)

    sheet.set_row(HEADER_ROW - 1, header_height((c.label for c in content.columns), widths))
    leading = 1 + [column.key for column in content.columns].index(content.name_key)
    finish_list(sheet, heading, widths, leading=leading, rows=len(content.positions))
    return sheet


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
        **GRID,
        **TEXT_STYLE,
        "align": "left",
        "indent": 1,
        "num_format": f'"{glyph(symbol)} "@',
        "left": 5,
        "left_color": symbol.fill or symbol.stroke,
    }


def _ordinates(positions: list[Position], axis: int) -> list[Cell]:
    return [None if position is None else position[axis] for position in positions]

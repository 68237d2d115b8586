"""A plan as a workbook: what it comes to, then a list on each sheet, then where it comes from.

Each list has its heading in row :data:`~geo.export.sheet_looks.HEADER_ROW`, below the title and the
illustrative label, with live filters and frozen panes. No cell is a formula.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import count
from typing import Any, Final

import xlsxwriter

from geo.export.cells import TEXT_STYLE, sheet_names, write_cell
from geo.export.content import Cell
from geo.export.glyphs import glyph
from geo.export.plan_content import (
    SITES,
    VILLAGES,
    PlanContent,
    PlanTable,
    SummaryLine,
    coordinates_of,
)
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
    set_up_page,
    write_title,
)
from geo.export.table import Column, ColumnKind
from geo.symbology import ROUTES, SYMBOLS, RouteClass
from planning.errors import PlannerError

_DEGREES_FORMAT: Final = "0.0000000"
_DEGREES_WIDTH: Final = 13
_ANY_NUMBER: Final = "[>=1000]#,##0;General"
"""Of a column in which prices stand beside shares."""
_SUMMARY_WIDTHS: Final = (44, 70)
_NOTES_WIDTHS: Final = (26, 34, 26, 74)
_LONG_TEXTS: Final = 48
"""Columns whose texts are longer than this get the width of a sentence."""
_SENTENCE_WIDTH: Final = 50
_LINE_HEIGHT: Final = 15
_TALLEST: Final = 409
"""Points a row can have."""


def encode_plan_xlsx(content: PlanContent) -> bytes:
    """Return a plan as a workbook.

    Parameters
    ----------
    content : PlanContent

    Returns
    -------
    bytes
        The same for the same content. Sheets: the summary, one for each table, the notes with the
        meaning of every column. Choices and booleans are labels; money, shares, kilometres and
        dates are numbers and dates under a number format.

    Raises
    ------
    PlannerError
        If a table has more rows than a sheet holds.
    """
    for table in content.tables.values():
        if len(table) > MAX_ROWS - HEADER_ROW:
            raise PlannerError("error-export-rows", rows=len(table), limit=MAX_ROWS - HEADER_ROW)
    titles = [table.title for table in content.tables.values()]
    names = sheet_names(content.summary_title, *titles, content.notes_title)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, dict(OPTIONS)) as workbook:
        workbook.set_properties(
            {
                "title": content.title,
                "subject": content.subtitle,
                "comments": content.illustrative,
                "created": datetime.combine(content.written_on, datetime.min.time()),
            }
        )
        _add_summary(workbook, names[0], content)
        for name, table in zip(names[1:-1], content.tables.values(), strict=True):
            _add_list(workbook, name, table, content)
        _add_notes(workbook, names[-1], content)
    return buffer.getvalue()


def _heading(content: PlanContent, about: str = "") -> Heading:
    return Heading(
        content.title, about or content.subtitle, content.illustrative, content.wording.page
    )


def _add_summary(workbook: xlsxwriter.Workbook, name: str, content: PlanContent) -> None:
    sheet = workbook.add_worksheet(name)
    heading = _heading(content)
    write_title(workbook, sheet, heading)
    label = workbook.add_format({**GRID, **TEXT_STYLE, "text_wrap": True})
    part = workbook.add_format({**HEADER, "align": "left"})
    values = {
        kind: workbook.add_format({**cell_style(kind), "align": "left", "indent": 1})
        for kind in ColumnKind
    }
    for row, line in enumerate(content.summary, start=HEADER_ROW - 1):
        if line.is_heading:
            for number, text in enumerate((line.label, "")):
                write_cell(sheet, row, number, text, part)
            continue
        write_cell(sheet, row, 0, line.label, label)
        write_cell(sheet, row, 1, line.value, values[line.kind])
        sheet.set_row(row, _height((line.label, _said(line)), _SUMMARY_WIDTHS))
    for number, width in enumerate(_SUMMARY_WIDTHS):
        sheet.set_column(number, number, width)
    sheet.freeze_panes(HEADER_ROW - 1, 0)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1000"})
    set_up_page(sheet, heading)
    sheet.fit_to_pages(1, 0)


def _said(line: SummaryLine) -> str:
    return line.value if isinstance(line.value, str) else ""


def _add_list(
    workbook: xlsxwriter.Workbook, name: str, table: PlanTable, content: PlanContent
) -> None:
    sheet = workbook.add_worksheet(name)
    heading = _heading(content, table.about)
    write_title(workbook, sheet, heading)
    header = workbook.add_format(HEADER)
    drawn = {
        **{content.waves[wave]: member for wave, member in content.wave_classes().items()},
        content.no_wave: RouteClass.NEVER,
    }
    widths: list[int] = []
    labels: list[str] = []
    for number, (column, values) in enumerate(_columns(table, content)):
        style = workbook.add_format(_style(column))
        waves = _wave_styles(workbook, drawn) if column.key == "wave" else {}
        write_cell(sheet, HEADER_ROW - 1, number, column.label, header)
        for row, value in enumerate(values, start=HEADER_ROW):
            write_cell(sheet, row, number, value, waves.get(value, style))
        widths.append(_width(column, values))
        labels.append(column.label)
    sheet.set_row(HEADER_ROW - 1, header_height(labels, widths))
    finish_list(sheet, heading, widths, leading=table.leading, rows=len(table))


def _columns(table: PlanTable, content: PlanContent) -> Iterator[tuple[Column, list[Cell]]]:
    yield from ((column, table.shown(column)) for column in table.columns)
    if table.key in {VILLAGES, SITES} and table.shapes is not None:
        places = [coordinates_of(shape) for shape in table.shapes]
        for axis, label in enumerate((content.wording.longitude, content.wording.latitude)):
            column = Column(("lon", "lat")[axis], label, ColumnKind.NUMBER)
            yield column, [place[0][axis] if place else None for place in places]


def _style(column: Column) -> dict[str, Any]:
    if column.key in {"lon", "lat"}:
        return {**GRID, "num_format": _DEGREES_FORMAT}
    if column.kind is ColumnKind.NUMBER:
        return {**GRID, "num_format": _ANY_NUMBER}
    return cell_style(column.kind)


def _wave_styles(workbook: xlsxwriter.Workbook, drawn: Mapping[str, RouteClass]) -> dict[Cell, Any]:
    """Return the format of a cell with the name of a wave: the colour of its links at the left."""
    style = cell_style(ColumnKind.CHOICE)
    return {
        name: workbook.add_format({**style, "left": 5, "left_color": ROUTES[member].light})
        for name, member in drawn.items()
    }


def _width(column: Column, values: list[Cell]) -> int:
    if column.key in {"lon", "lat"}:
        return _DEGREES_WIDTH
    if any(isinstance(value, str) and len(value) > _LONG_TEXTS for value in values):
        return _SENTENCE_WIDTH
    return column_width(column, values)


def _add_notes(workbook: xlsxwriter.Workbook, name: str, content: PlanContent) -> None:
    sheet = workbook.add_worksheet(name)
    heading = _heading(content)
    write_title(workbook, sheet, heading)
    plain, strong, title = (
        workbook.add_format({**TEXT_STYLE, "valign": "top", **look})
        for look in (
            {"text_wrap": True},
            {"bold": True, "text_wrap": True},
            {"bold": True, "font_size": 14},
        )
    )
    rows = count(HEADER_ROW)
    for label, value in content.notes:
        row = next(rows)
        write_cell(sheet, row, 0, label, strong)
        # Merging lets a long note wrap over the width of the page.
        sheet.merge_range(row, 1, row, len(_NOTES_WIDTHS) - 1, None, plain)
        write_cell(sheet, row, 1, value, plain)
        sheet.set_row(row, _height((label, value), (_NOTES_WIDTHS[0], sum(_NOTES_WIDTHS[1:]))))
    next(rows)
    write_cell(sheet, next(rows), 0, content.wording.legend, title)
    for sign, colour, label in _legend(content):
        row = next(rows)
        swatch = workbook.add_format({"font_color": colour, "font_size": 14, "align": "right"})
        write_cell(sheet, row, 0, sign, swatch)
        write_cell(sheet, row, 1, label, plain)
    next(rows)
    write_cell(sheet, next(rows), 0, content.wording.columns, title)
    wording = content.wording
    head = (wording.list_sheet, wording.heading, wording.key, wording.meaning)
    _write_row(sheet, next(rows), head, strong)
    for table in content.tables.values():
        for column in table.columns:
            texts = (table.title, column.label, column.key, column.description)
            row = next(rows)
            _write_row(sheet, row, texts, plain)
            sheet.set_row(row, _height(texts, _NOTES_WIDTHS))
    for number, width in enumerate(_NOTES_WIDTHS):
        sheet.set_column(number, number, width)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1000"})
    set_up_page(sheet, heading)
    sheet.fit_to_pages(1, 0)


def _legend(content: PlanContent) -> Iterator[tuple[str, str, str]]:
    """Return sign, colour and name of everything drawn."""
    for wave, member in content.wave_classes().items():
        yield "━", ROUTES[member].light, content.waves[wave]
    yield "━", ROUTES[RouteClass.NEVER].light, content.no_wave
    for place, label in content.classes.items():
        symbol = SYMBOLS[place]
        yield glyph(symbol), symbol.fill or symbol.stroke, label


def _write_row(sheet: Any, row: int, texts: tuple[str, ...], style: Any) -> None:
    for number, text in enumerate(texts):
        write_cell(sheet, row, number, text, style)


def _height(texts: tuple[str, ...], widths: tuple[int, ...]) -> float:
    """Return the height in points of a row of wrapped texts; not every program fits rows itself."""
    lines = (
        sum(1 + len(line) // (width - 2) for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    )
    return float(min(_LINE_HEIGHT * max(lines), _TALLEST))

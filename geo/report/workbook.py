"""A report as a workbook: a summary as printed, then every list with values to calculate with."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

import xlsxwriter

from geo.export.cells import TEXT_STYLE, page_header, sheet_names, write_cell
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
from geo.export.table import Column
from geo.report.content import ReportContent, ReportTable
from planning.errors import PlannerError

_WIDTHS: Final = (46, 100)
_LINE_HEIGHT: Final = 15


def encode_report_xlsx(content: ReportContent) -> bytes:
    """Return a report as a workbook.

    Parameters
    ----------
    content : ReportContent

    Returns
    -------
    bytes
        The same for the same content. The first sheet says what the page says; each list has a
        sheet with real numbers and dates. No cell is a formula.

    Raises
    ------
    PlannerError
        If a list has more rows than a sheet holds.
    """
    for table in content.sheets:
        if len(table.cells) > MAX_ROWS - HEADER_ROW:
            rows, limit = len(table.cells), MAX_ROWS - HEADER_ROW
            raise PlannerError("error-export-rows", rows=rows, limit=limit)
    names = sheet_names(content.kind, *(table.sheet for table in content.sheets))
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, dict(OPTIONS)) as workbook:
        workbook.set_properties(
            {
                "title": f"{content.kind}: {content.subject}",
                "subject": "; ".join(content.foot),
                "comments": content.illustrative,
                "created": datetime.combine(content.as_of, datetime.min.time()),
            }
        )
        _add_summary(workbook, names[0], content)
        for name, table in zip(names[1:], content.sheets, strict=True):
            _add_list(workbook, name, table, content)
    return buffer.getvalue()


def _heading(content: ReportContent, title: str) -> Heading:
    return Heading(title, " · ".join(content.foot), content.illustrative, content.page)


def _add_summary(workbook: Any, name: str, content: ReportContent) -> None:
    sheet = workbook.add_worksheet(name)
    heading = _heading(content, f"{content.kind}: {content.subject}")
    write_title(workbook, sheet, heading)
    part = workbook.add_format({**HEADER, "align": "left"})
    text = workbook.add_format({**GRID, **TEXT_STYLE, "text_wrap": True})
    for row, (label, value) in enumerate(_summary(content), start=HEADER_ROW - 1):
        look = part if value is None else text
        write_cell(sheet, row, 0, label, look)
        write_cell(sheet, row, 1, value or "", look)
        lines = 1 + len(value or "") // _WIDTHS[1]
        sheet.set_row(row, _LINE_HEIGHT * lines)
    for number, width in enumerate(_WIDTHS):
        sheet.set_column(number, number, width)
    sheet.freeze_panes(HEADER_ROW - 1, 0)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1000"})
    set_up_page(sheet, heading)
    sheet.fit_to_pages(1, 0)
    _finish_print(sheet, content, HEADER_ROW - 1)


def _summary(content: ReportContent) -> Iterator[tuple[str, str | None]]:
    """Return label and value of each line; a heading has no value."""
    yield content.targets_heading, None
    for gauge in content.gauges:
        yield gauge.title, f"{gauge.count} ({gauge.percent}) · {gauge.band} · {gauge.about}"
    yield from content.figures
    for section in content.sections:
        yield section.heading, None
        for said in section.paragraphs:
            yield "", said
    yield content.facts_title, None
    yield from content.facts


def _add_list(workbook: Any, name: str, table: ReportTable, content: ReportContent) -> None:
    sheet = workbook.add_worksheet(name)
    heading = _heading(content, table.title)
    write_title(workbook, sheet, heading)
    header = workbook.add_format(HEADER)
    widths: list[int] = []
    for number, head in enumerate(table.columns):
        column = Column(f"c{number}", head.label, head.kind)
        values = [row[number] for row in table.cells]
        style = workbook.add_format(cell_style(head.kind))
        write_cell(sheet, HEADER_ROW - 1, number, head.label, header)
        for row, value in enumerate(values, start=HEADER_ROW):
            write_cell(sheet, row, number, value, style)
        widths.append(column_width(column, values))
    labels = [head.label for head in table.columns]
    sheet.set_row(HEADER_ROW - 1, header_height(labels, widths))
    finish_list(sheet, heading, widths, leading=1, rows=len(table.cells))
    _finish_print(sheet, content, HEADER_ROW)


def _finish_print(sheet: Any, content: ReportContent, rows: int) -> None:
    # Hashes are too long for the foot of a sheet: the lines above the list stand on every page.
    sheet.repeat_rows(0, rows - 1)
    sheet.set_footer(page_header("", content.illustrative, page=content.page))

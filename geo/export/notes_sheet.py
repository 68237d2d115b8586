"""The second sheet of the workbook: where the list comes from and how to read it."""

from __future__ import annotations

from itertools import count
from typing import Any, Final

import xlsxwriter

from geo.export.cells import TEXT_STYLE, page_header, write_cell
from geo.export.content import Content
from geo.export.dropdowns import write_choices
from geo.export.glyphs import glyph
from geo.symbology import SYMBOLS

_A4: Final = 9
_WIDTHS: Final = (30, 26, 80)


def add_notes_sheet(workbook: xlsxwriter.Workbook, name: str, content: Content) -> dict[str, str]:
    """Add the sheet with notes, legend, the meaning of each column and the values of choices.

    Parameters
    ----------
    workbook : xlsxwriter.Workbook
    name : str
        A valid sheet name.
    content : Content

    Returns
    -------
    dict of str to str
        Where the sheet lists the words a column may have, by the key of the column.
    """
    sheet = workbook.add_worksheet(name)
    for number, width in enumerate(_WIDTHS):
        sheet.set_column(number, number, width)
    plain, strong, title, warning = (
        workbook.add_format({**TEXT_STYLE, "valign": "top", **look})
        for look in (
            {"text_wrap": True},
            {"bold": True, "text_wrap": True},
            {"bold": True, "font_size": 14},
            {"bold": True, "font_color": "#B00020"},
        )
    )
    wording = content.wording
    rows = count()

    for text, style in (
        (content.title, title),
        (content.subtitle, plain),
        (content.illustrative, warning),
    ):
        write_cell(sheet, next(rows), 0, text, style)

    next(rows)
    for label, value in content.notes:
        row = next(rows)
        write_cell(sheet, row, 0, label, strong)
        # Merging lets a long note wrap over the width of the page.
        sheet.merge_range(row, 1, row, len(_WIDTHS) - 1, None, plain)
        write_cell(sheet, row, 1, value, plain)
        sheet.set_row(row, _height(value, _WIDTHS[1] + _WIDTHS[2]))

    next(rows)
    write_cell(sheet, next(rows), 0, wording.legend, title)
    for member, label in content.legend.items():
        row = next(rows)
        symbol = SYMBOLS[member]
        swatch = workbook.add_format(
            {"font_color": symbol.fill or symbol.stroke, "font_size": 14, "align": "right"}
        )
        write_cell(sheet, row, 0, glyph(symbol), swatch)
        write_cell(sheet, row, 1, label, plain)

    next(rows)
    write_cell(sheet, next(rows), 0, wording.columns, title)
    _write_row(sheet, next(rows), (wording.heading, wording.key, wording.meaning), strong)
    for column in content.columns:
        row = next(rows)
        _write_row(sheet, row, (column.label, column.key, column.description), plain)

    next(rows)
    write_cell(sheet, next(rows), 0, wording.choices, title)
    references = write_choices(sheet, rows, content, plain)

    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(page_header(content.title, content.illustrative))
    return references


def _write_row(sheet: Any, row: int, texts: tuple[str, ...], style: Any) -> None:
    for number, text in enumerate(texts):
        write_cell(sheet, row, number, text, style)


def _height(text: str, width: int) -> float:
    # Spreadsheets do not fit the height of merged cells by themselves; 409 points is their limit.
    lines = sum(1 + len(line) // width for line in text.split("\n"))
    return float(min(15 * lines, 409))

"""A sheet to be filled in and sent back: what is known on the left, what is new on the right."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import xlsxwriter
from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from geo.export.cells import TEXT_STYLE, write_cell
from geo.export.content import Cell
from planning.errors import DataError

_MOST_ROWS: Final = 100_000
_A4: Final = 9
_HEAD: Final = 1
_WIDTHS: Final = (10, 36)


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of the sheet.

    Attributes
    ----------
    label : str
    values : sequence
        One cell a row; empty for what is to be filled in.
    to_fill : bool
        Whether people write here: the rest is locked against slips.
    choices : sequence of str
        The words that may be written; empty for anything.
    is_day : bool
    hidden : bool
    """

    label: str
    values: Sequence[Cell]
    to_fill: bool = False
    choices: Sequence[str] = ()
    is_day: bool = False
    hidden: bool = False


def update_sheet(
    columns: Sequence[SheetColumn], *, title: str, sheet: str, lists: str, choose: str, day: str
) -> bytes:
    """Return the sheet as XLSX.

    Parameters
    ----------
    columns : sequence of SheetColumn
        All with the same number of values.
    title : str
        A line above the headings; says whose list it is and of what day.
    sheet, lists : str
        Names of the sheet itself and of the sheet with the words that may be chosen.
    choose, day : str
        What a program says when another word, or no day, was typed.

    Raises
    ------
    DataError
        If there are more rows than anybody fills in by hand.
    """
    n_rows = len(columns[0].values)
    if n_rows > _MOST_ROWS:
        raise DataError("error-export-rows", rows=n_rows, limit=_MOST_ROWS)
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_date_format": "dd/mm/yyyy",
    }
    with xlsxwriter.Workbook(buffer, options) as workbook:
        own = workbook.add_worksheet(sheet)
        words = workbook.add_worksheet(lists)
        looks = _looks(workbook)
        write_cell(own, 0, 0, title, looks["title"])
        for number, column in enumerate(columns):
            _write_column(own, number, column, looks)
        references = _write_words(words, columns, looks)
        last = _HEAD + max(n_rows, 1)
        for number, column in enumerate(columns):
            rule = _rule(column, references.get(number), choose, day)
            if rule:
                own.data_validation(_HEAD + 1, number, last, number, rule)
        own.freeze_panes(_HEAD + 1, 2)
        own.autofilter(_HEAD, 0, last, len(columns) - 1)
        own.set_landscape()
        own.set_paper(_A4)
        own.fit_to_pages(1, 0)
        own.repeat_rows(_HEAD)
        # Without a password: a guard against slips, not against people.
        own.protect("", {"autofilter": True, "sort": True, "format_columns": True})
    return buffer.getvalue()


def _looks(workbook: Any) -> Mapping[str, Any]:
    edge = {"border": 1, "border_color": "#DCE1E5", "valign": "top", "text_wrap": True}
    known, free = {"bg_color": "#F3F5F6"}, {"bg_color": "#FFFBE6", "locked": False}
    head = {**TEXT_STYLE, **edge, "bold": True}
    return {
        "title": workbook.add_format({**TEXT_STYLE, "bold": True}),
        "head": workbook.add_format({**head, **known}),
        "head_fill": workbook.add_format({**head, "bg_color": "#0F5F6B", "font_color": "#FFFFFF"}),
        "known": workbook.add_format({**TEXT_STYLE, **edge, **known}),
        "known_day": workbook.add_format({**edge, **known, "num_format": "dd/mm/yyyy"}),
        "fill": workbook.add_format({**TEXT_STYLE, **edge, **free}),
        "fill_day": workbook.add_format({**edge, **free, "num_format": "dd/mm/yyyy"}),
    }


def _write_column(sheet: Any, number: int, column: SheetColumn, looks: Mapping[str, Any]) -> None:
    write_cell(sheet, _HEAD, number, column.label, looks["head_fill" if column.to_fill else "head"])
    style = looks[("fill" if column.to_fill else "known") + ("_day" if column.is_day else "")]
    for row, value in enumerate(column.values, start=_HEAD + 1):
        write_cell(sheet, row, number, value, style)
    texts = (str(value) for value in column.values[:1000] if not isinstance(value, date))
    longest = max((len(text) for text in texts), default=0)
    low, high = _WIDTHS
    width = min(max(longest + 2, min(len(column.label) + 2, 18), low), high)
    sheet.set_column(number, number, width, None, {"hidden": column.hidden})


def _write_words(
    sheet: Any, columns: Sequence[SheetColumn], looks: Mapping[str, Any]
) -> dict[int, str]:
    references = {}
    at = 0
    for number, column in enumerate(columns):
        if column.choices:
            write_cell(sheet, 0, at, column.label, looks["head"])
            for row, word in enumerate(column.choices, start=1):
                write_cell(sheet, row, at, word, looks["known"])
            sheet.set_column(at, at, _WIDTHS[1])
            letter = xl_col_to_name(at, col_abs=True)
            place = f"{letter}$2:{letter}${len(column.choices) + 1}"
            references[number] = f"={quote_sheetname(sheet.get_name())}!{place}"
            at += 1
    return references


def _rule(column: SheetColumn, reference: str | None, choose: str, day: str) -> dict[str, Any]:
    if reference:
        return {"validate": "list", "source": reference, "error_message": choose[:255]}
    if column.to_fill and column.is_day:
        return {
            "validate": "date",
            "criteria": ">=",
            "value": date(2000, 1, 1),
            "error_message": day[:255],
        }
    return {}

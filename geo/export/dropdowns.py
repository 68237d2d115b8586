"""Drop-down lists of a workbook, so that an edited list keeps to the words it came with.

The words stand on the notes sheet and the cells refer to them there: a list within the rule
itself may have 255 characters and no comma in a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from xlsxwriter.utility import quote_sheetname

from geo.export.cells import write_cell
from geo.export.content import Content
from geo.export.table import Column, ColumnKind

_MAX_MESSAGE: Final = 255


def write_choices(sheet: Any, rows: Iterator[int], content: Content, style: Any) -> dict[str, str]:
    """Write each allowed word in a row of its own: column, word, stored value.

    Parameters
    ----------
    sheet : xlsxwriter.worksheet.Worksheet
    rows : iterator of int
        The free rows of the sheet, from 0.
    content : Content
    style : xlsxwriter.format.Format

    Returns
    -------
    dict of str to str
        Where the words of a column stand, as a reference from any sheet, by the column's key.
    """
    references: dict[str, str] = {}
    for column in content.columns:
        choices = _allowed(column, content)
        listed = [next(rows) for _ in choices]
        for row, (value, label) in zip(listed, choices.items(), strict=True):
            for number, text in enumerate((column.label, label, value)):
                write_cell(sheet, row, number, text, style)
        if listed:
            place = f"$B${listed[0] + 1}:$B${listed[-1] + 1}"
            references[column.key] = f"={quote_sheetname(sheet.get_name())}!{place}"
    return references


def add_dropdowns(
    sheet: Any, content: Content, references: Mapping[str, str], rows: tuple[int, int]
) -> None:
    """Offer the allowed words in the cells of each choice, and refuse others.

    Parameters
    ----------
    sheet : xlsxwriter.worksheet.Worksheet
        The list, with the columns of ``content`` from the left.
    content : Content
    references : mapping of str to str
        From :func:`write_choices`.
    rows : (int, int)
        First and last row of the list, from 0; nothing happens if there is none.
    """
    first, last = rows
    for number, column in enumerate(content.columns):
        if column.key in references and first <= last:
            rule = {
                "validate": "list",
                "source": references[column.key],
                "error_message": content.wording.choose[:_MAX_MESSAGE],
            }
            sheet.data_validation(first, number, last, number, rule)


def _allowed(column: Column, content: Content) -> Mapping[str, str]:
    if column.kind is ColumnKind.BOOLEAN:
        return {"true": content.wording.yes, "false": content.wording.no}
    # The class follows from the states, and its symbol would not change with the word.
    return {} if column.key == content.class_key else column.choices

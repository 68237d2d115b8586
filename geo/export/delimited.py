"""CSV for spreadsheets and scripts: one header line, one line per village, nothing else.

Notes stand in constant columns at the end, because a comment line would break most readers; a
list without rows therefore carries no notes. Lines end in CRLF and the file begins with a byte
order mark, without which Excel reads Vietnamese as something else (RFC 4180; RFC 3629 section 6).

A text that a spreadsheet would take for a formula gets an apostrophe in front, see
:func:`geo.formulas.guard_formula`. Numbers never do, so a negative number stays a number.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain
from typing import Literal

from geo.export.content import Cell, Content
from geo.export.table import Column, ColumnKind
from geo.formulas import guard_formula

Separator = Literal[",", ";"]


def encode_csv(content: Content, separator: Separator = ",") -> bytes:
    """Return the list as CSV, UTF-8 with a byte order mark.

    Parameters
    ----------
    content : Content
    separator : {",", ";"}
        ``;`` is what Excel expects where the decimal mark is a comma: with it, a Vietnamese list
        writes ``0,4``. With ``,`` the decimal mark is always a point.

    Returns
    -------
    bytes
        Shares are 0 to 1, there are no thousands marks, dates are ``dd/mm/yyyy`` in Vietnamese
        (the heading says so) and ISO 8601 otherwise, choices are labels, and a missing value is
        an empty field.
    """
    vietnamese = content.language == "vi"
    decimal_comma = vietnamese and separator == ";"
    wording = content.wording
    headings = [_heading(column, vietnamese) for column in content.columns]
    headings += [wording.longitude, wording.latitude, *(label for label, _ in content.notes)]
    columns = [content.shown(column) for column in content.columns]
    columns += [_ordinates(content, axis) for axis in (0, 1)]
    fields = [_fields(column, vietnamese, decimal_comma) for column in columns]
    constant = [guard_formula(value) for _, value in content.notes]
    rows = ([*row, *constant] for row in zip(*fields, strict=True))
    return _encoded(chain([map(guard_formula, headings)], rows), separator)


def _heading(column: Column, vietnamese: bool) -> str:
    # 03/04/2024 alone tells nobody which comes first, and no note can stand above a CSV.
    in_days = vietnamese and column.kind is ColumnKind.DATE
    return f"{column.label} (dd/mm/yyyy)" if in_days else column.label


def encode_texts(rows: Iterable[Sequence[str]], separator: Separator) -> bytes:
    """Return rows of texts as a CSV that no spreadsheet takes for formulas.

    Parameters
    ----------
    rows : iterable of sequence of str
    separator : {",", ";"}

    Returns
    -------
    bytes
        UTF-8 with a byte order mark.
    """
    return _encoded((map(guard_formula, row) for row in rows), separator)


def _encoded(rows: Iterable[Iterable[str]], separator: Separator) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=separator, lineterminator="\r\n")
    writer.writerows(rows)
    return buffer.getvalue().encode("utf-8-sig")


def _ordinates(content: Content, axis: Literal[0, 1]) -> list[Cell]:
    return [None if position is None else position[axis] for position in content.positions]


def _fields(values: Sequence[Cell], vietnamese: bool, decimal_comma: bool) -> list[str]:
    written = {value: _field(value, vietnamese, decimal_comma) for value in set(values)}
    return [written[value] for value in values]


def _field(value: Cell, vietnamese: bool, decimal_comma: bool) -> str:
    match value:
        case None:
            return ""
        case str():
            return guard_formula(value)
        case float():
            number = repr(value)
            return number.replace(".", ",") if decimal_comma else number
        case date():
            return f"{value:%d/%m/%Y}" if vietnamese else value.isoformat()
        case _:
            return str(value)

"""CSV for spreadsheets and scripts: one header line, one line per village, nothing else.

Notes stand in constant columns at the end, because a comment line would break most readers; a
list without rows therefore carries no notes. Lines end in CRLF and the file begins with a byte
order mark, without which Excel reads Vietnamese as something else (RFC 4180; RFC 3629 section 6).

A text that a spreadsheet would take for a formula gets one apostrophe in front, see
:func:`guard_formula`. Numbers never do, so a negative number stays a number.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from typing import Final, Literal

from geo.export.content import Cell, Content

Separator = Literal[",", ";"]

_FORMULA: Final = re.compile(r"'*[=+\-@\t\n\r＝＋－＠]")
_GUARDED: Final = re.compile(r"''*[=+\-@\t\n\r＝＋－＠]")


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
        and ISO 8601 otherwise, choices are labels, and a missing value is an empty field.
    """
    vietnamese = content.language == "vi"
    decimal_comma = vietnamese and separator == ";"
    wording = content.wording
    headings = [column.label for column in content.columns]
    headings += [wording.longitude, wording.latitude, *(label for label, _ in content.notes)]
    columns = [content.shown(column) for column in content.columns]
    columns += [_ordinates(content, axis) for axis in (0, 1)]
    fields = [[_field(v, vietnamese, decimal_comma) for v in column] for column in columns]
    constant = [guard_formula(value) for _, value in content.notes]

    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=separator, lineterminator="\r\n")
    writer.writerow(map(guard_formula, headings))
    writer.writerows([*row, *constant] for row in zip(*fields, strict=True))
    return buffer.getvalue().encode("utf-8-sig")


def guard_formula(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula.

    The mapping is one to one: :func:`unguard_formula` undoes it for every text.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Notes
    -----
    The characters are those of OWASP, "CSV Injection", with their full-width forms. A text that
    has apostrophes before such a character gets one more, so that none is lost on the way back.

    Examples
    --------
    >>> guard_formula("=1+1")
    "'=1+1"
    >>> guard_formula("Y Tý")
    'Y Tý'
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguard_formula(text: str) -> str:
    """Undo :func:`guard_formula`.

    Examples
    --------
    >>> unguard_formula("'=1+1")
    '=1+1'
    """
    return text[1:] if _GUARDED.match(text) else text


def _ordinates(content: Content, axis: Literal[0, 1]) -> list[Cell]:
    return [None if position is None else position[axis] for position in content.positions]


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

"""The table of a Shapefile (``.dbf``), exact to the last digit and with missing values missing.

Written from the layout itself, because the ready-made writers change values: they print numbers
with 15 fixed decimals, so that 1.4E-13 loses its digits and 1E300 becomes 1E23, or store a
missing yes/no in a way that others read as *no*.

Source: dBase III table file structure; ESRI Shapefile Technical Description (July 1998), p. 25.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo.export.content import DECIMALS, Cell
from geo.export.table import ColumnKind

MAX_TEXT_BYTES: Final = 254
"""Longest text of a field."""

MAX_ROW_BYTES: Final = 65_535
"""What the header can state."""

_MIN_TEXT_BYTES: Final = 32
_INTEGER_BYTES: Final = 9
"""What readers take for a 32-bit integer; a wider column has larger numbers in it."""
_NUMBER_BYTES: Final = 24
"""The longest a 64-bit number can be, such as -2.2250738585072014e-308."""
_NUMBER_DECIMALS: Final = 15
_DAY: Final = (80, 1, 1)
"""Year since 1900, month and day of the last change: the same for the same list."""
_KEPT: Final = 0x20
_END: Final = b"\x1a"


@dataclass(frozen=True, slots=True, eq=False)
class DbaseColumn:
    """A field and its values as they stand in the file.

    Attributes
    ----------
    name : str
        At most ten ASCII characters.
    type : str
        ``C``, ``N``, ``D`` or ``L``.
    decimals : int
    cells : ndarray of uint8, shape (n, width)
    """

    name: str
    type: str
    decimals: int
    cells: NDArray[np.uint8]

    @property
    def width(self) -> int:
        """Bytes of the field."""
        return int(self.cells.shape[1])


def dbase_column(name: str, kind: ColumnKind, values: Sequence[Cell]) -> DbaseColumn:
    """Lay out a column.

    Parameters
    ----------
    name : str
    kind : ColumnKind
    values : sequence of Cell, length n
        Missing numbers, days and texts become blanks, a missing yes/no ``?``.

    Returns
    -------
    DbaseColumn
        Texts are UTF-8, cut by :func:`cut_text`; numbers are written so that they read back as
        the same number, with an exponent where that is shorter.
    """
    match kind:
        case ColumnKind.TEXT | ColumnKind.CHOICE:
            texts = [b"" if v is None else cut_text(str(v)).encode() for v in values]
            return DbaseColumn(name, "C", 0, _cells(texts, _MIN_TEXT_BYTES))
        case ColumnKind.INTEGER:
            digits = _written(values)
            width = max([_INTEGER_BYTES, *map(len, digits)])
            return DbaseColumn(name, "N", 0, _cells([d.rjust(width) for d in digits], width))
        case ColumnKind.DATE:
            days = [_day(v) if isinstance(v, date) else b"" for v in values]
            return DbaseColumn(name, "D", 0, _cells(days, 8))
        case ColumnKind.BOOLEAN:
            marks = [b"?" if v is None else (b"T" if v else b"F") for v in values]
            return DbaseColumn(name, "L", 0, _cells(marks, 1))
        case _:
            decimals = DECIMALS.get(kind, _NUMBER_DECIMALS)
            digits = [d.rjust(_NUMBER_BYTES) for d in _written(values)]
            return DbaseColumn(name, "N", decimals, _cells(digits, _NUMBER_BYTES))


def cut_text(text: str) -> str:
    """Cut a text to what a field holds, between two characters.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        ``text`` itself if it has at most :data:`MAX_TEXT_BYTES` in UTF-8.

    Examples
    --------
    >>> len(cut_text("ấ" * 100))
    84
    """
    encoded = text.encode()
    if len(encoded) <= MAX_TEXT_BYTES:
        return text
    return encoded[:MAX_TEXT_BYTES].decode(errors="ignore")


def encode_dbase(columns: Sequence[DbaseColumn], rows: int) -> bytes:
    """Return the table.

    Parameters
    ----------
    columns : sequence of DbaseColumn
        At least one.
    rows : int
        Length of each.

    Returns
    -------
    bytes
    """
    width = row_bytes(columns)
    header_bytes = 32 * (len(columns) + 1) + 1
    header = struct.pack("<4BIHH20x", 3, *_DAY, rows, header_bytes, width)
    fields = b"".join(
        struct.pack("<11sc4xBB14x", c.name.encode("ascii"), c.type.encode(), c.width, c.decimals)
        for c in columns
    )
    kept = np.full((rows, 1), _KEPT, dtype=np.uint8)
    records = np.hstack([kept, *(column.cells for column in columns)])
    return header + fields + b"\r" + records.tobytes() + _END


def row_bytes(columns: Iterable[DbaseColumn]) -> int:
    """Return the bytes of a row, its mark of deletion included."""
    return 1 + sum(column.width for column in columns)


def _written(values: Sequence[Cell]) -> list[bytes]:
    return [b"" if v is None else repr(v).encode() for v in values]


def _day(day: date) -> bytes:
    return day.isoformat().replace("-", "").encode()


def _cells(texts: Sequence[bytes], least: int) -> NDArray[np.uint8]:
    width = max([least, *map(len, texts)])
    cells = np.array(texts, dtype=f"S{width}").view(np.uint8).reshape(len(texts), width)
    # No text has a NUL in it, so that each one here is padding.
    return np.where(cells == 0, np.uint8(ord(" ")), cells)

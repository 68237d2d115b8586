"""dBASE tables as shapefiles carry them: records of fixed width, read column by column.

The whole table is one block of bytes, so a column is a slice of it: nothing is parsed record by
record, no length that the file states is trusted beyond the bytes that are there, and text stays
bytes until its encoding is decided. Layout: dBASE III, as the ESRI Shapefile Technical
Description (1998) refers to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo.intake.assembly import check_size
from planning.errors import DataError

_HEADER: Final = 32
_FIELD: Final = 32
_END_OF_FIELDS: Final = 0x0D
_DELETED: Final = b"*"
_NUMERIC: Final = frozenset("NF")
_READABLE: Final = _NUMERIC | frozenset("CDL")
_EXACT_DIGITS: Final = 15

Bytes = NDArray[np.bytes_]
Block = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class DbfField:
    """One field: its name as bytes, its type letter, and where it lies in a record."""

    name: bytes
    kind: str
    start: int
    width: int


@dataclass(frozen=True, slots=True, eq=False)
class DbfTable:
    """A table of bytes.

    Attributes
    ----------
    fields : tuple of DbfField
    records : ndarray of uint8, shape (n, width)
        Every record that is there in full, deleted ones included.
    deleted : ndarray of bool, shape (n,)
    language : int
        Language driver byte; 0 if not set.
    """

    fields: tuple[DbfField, ...]
    records: Block
    deleted: NDArray[np.bool_]
    language: int

    def cells(self, field: DbfField) -> Bytes:
        """Return a field's bytes, shape (n,).

        Padding of blanks and zeros is removed, and so is what stands behind a zero within: where
        a C program ends a text it leaves the remains of a longer one in place.
        """
        block = np.ascontiguousarray(self.records[:, field.start : field.start + field.width])
        cells = block.view(f"S{field.width}").reshape(len(block))
        return _without_rest(_stripped(cells))


def read_dbf(data: bytes, file: str) -> DbfTable:
    """Read the bytes of a ``.dbf``.

    Records that the header counts but the file does not hold are left out; so is whatever stands
    behind the last record.

    Raises
    ------
    DataError
        If the header contradicts itself or the table is larger than can be held.
    """
    if len(data) < _HEADER + 1:
        raise DataError("error-intake-map-dbf", file=file)
    count = int.from_bytes(data[4:8], "little")
    start = int.from_bytes(data[8:10], "little")
    width = int.from_bytes(data[10:12], "little")
    fields = _fields(data, min(start, len(data)))
    if not fields or start > len(data) or width < 1 + sum(field.width for field in fields):
        raise DataError("error-intake-map-dbf", file=file)
    there = min(count, (len(data) - start) // width)
    check_size(file, there, len(fields))
    block = np.frombuffer(data, np.uint8, count=there * width, offset=start)
    records = block.reshape(there, width)
    return DbfTable(fields, records, records[:, 0] == _DELETED[0], data[29])


def numbers_of(cells: Bytes) -> NDArray[np.float64] | None:
    """Return a numeric field as floats, NaN where blank, or ``None`` if one cell is no number.

    Cells full of ``*`` are missing as well: writers put them where a number did not fit, and GDAL
    where there is none. ``None`` also if a whole number has more digits than a float keeps.
    """
    blank = (cells == b"") | (np.strings.strip(cells, b"*") == b"")
    longest = np.strings.str_len(np.strings.lstrip(cells[~blank], b"-+0.")).max(initial=0)
    if longest > _EXACT_DIGITS and not np.strings.count(cells[~blank], b".").all():
        return None
    filled = np.where(blank, b"nan", np.strings.replace(cells, b",", b"."))
    try:
        return filled.astype(np.float64)
    except ValueError:
        return None


def days_of(cells: Bytes) -> tuple[NDArray[np.datetime64], NDArray[np.bool_]]:
    """Return a date field (``YYYYMMDD``) as days, and which cells are neither blank nor a date."""
    blank = (cells == b"") | (np.strings.strip(cells, b"0") == b"")
    days = np.full(len(cells), "NaT", dtype="datetime64[s]")
    shaped = ~blank & np.strings.isdigit(cells) & (np.strings.str_len(cells) == 8)
    distinct, at = np.unique(cells[shaped], return_inverse=True)
    days[shaped] = np.array([_day(cell) for cell in distinct.tolist()], "datetime64[s]")[at]
    return days, ~blank & np.isnat(days)


def is_numeric(field: DbfField) -> bool:
    """Tell whether the field holds numbers written out."""
    return field.kind in _NUMERIC


def is_readable(field: DbfField) -> bool:
    """Tell whether the field holds something a cell can show.

    Everything else is binary, also where it looks like digits: the number of a block in another
    file (memo), or integers and floats, which dBASE and FoxPro store in different byte orders
    under the same letter.
    """
    return field.kind in _READABLE


def _stripped(cells: Bytes) -> Bytes:
    # numpy drops the zeros at the end itself.
    return np.strings.strip(cells, b" \x00\t\r\n")


def _without_rest(cells: Bytes) -> Bytes:
    if cells.dtype.itemsize < 2:
        return cells
    block = cells.view(np.uint8).reshape(len(cells), -1)
    is_zero = block == 0
    # Zeros at the end are how numpy pads; only one with something behind it is a zero within.
    if not (is_zero[:, :-1] & ~is_zero[:, 1:]).any():
        return cells
    ended = np.logical_or.accumulate(is_zero, axis=1)
    return _stripped(np.where(ended, np.uint8(0), block).view(cells.dtype).reshape(len(cells)))


def _day(cell: bytes) -> np.datetime64:
    try:
        return np.datetime64(f"{cell[:4].decode()}-{cell[4:6].decode()}-{cell[6:].decode()}", "s")
    except ValueError:
        return np.datetime64("NaT")


def _fields(data: bytes, end: int) -> tuple[DbfField, ...]:
    fields: list[DbfField] = []
    at, start = _HEADER, 1
    while at + _FIELD <= end and data[at] != _END_OF_FIELDS:
        name = data[at : at + 11].partition(b"\0")[0].strip()
        kind = chr(data[at + 11]).upper()
        # A text may be longer than 255: the byte for decimals is then the high byte.
        width = data[at + 16] + (data[at + 17] << 8 if kind == "C" else 0)
        if width == 0:
            break
        fields.append(DbfField(name, kind, start, width))
        start += width
        at += _FIELD
    return tuple(fields)

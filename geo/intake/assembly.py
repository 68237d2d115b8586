"""Columns of a raw table, put together from what the readers of map files hold.

A reader gathers one list, array or Arrow column per field; here it becomes texts, numbers and days
cell by cell, without a loop over rows on the ordinary path.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from geo.intake.columns import missing_texts, text_series, tidy
from geo.intake.limits import fits
from geo.intake.table import RawColumn
from planning.columns import FloatArray
from planning.errors import DataError, Fault, Severity

_EXACT_INTEGERS: Final = 2**53
_ISO_DAY: Final = r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$"
_OFFSET: Final = r"(?<=:\d\d)(\.\d+)?(Z|[+-]\d{2}:?\d{2})?$"


def clean_name(name: str) -> str:
    """Return a heading in NFC with its white space collapsed."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def check_size(file: str, rows: int, columns: int) -> None:
    """Refuse a table that could not be held, before its cells are.

    Raises
    ------
    DataError
        If there are more rows, columns or cells than :mod:`geo.intake.limits` allows.
    """
    if not fits(rows, columns):
        raise DataError("error-intake-map-size", file=file, rows=rows, columns=columns)


def column_of_cells(name: str, cells: Sequence[Any]) -> RawColumn:
    """Return the column of Python values as JSON, SQLite or Arrow hand them out.

    Parameters
    ----------
    name : str
    cells : sequence, length n
        ``None`` is missing; a string is a text, an ``int`` or ``float`` a number, a ``date`` or
        ``datetime`` a day, a boolean the text ``TRUE`` or ``FALSE``. Lists and mappings become
        compact JSON, bytes hexadecimal digits. An integer no float can hold exactly stays a text.

    Returns
    -------
    RawColumn
    """
    kinds = set(map(type, cells))
    if kinds <= {str, type(None)}:
        return column_of_texts(name, pa.array(cells, pa.large_string()))
    if kinds <= {int, float, type(None)} and _all_exact(cells, kinds):
        return column_of_numbers(name, np.array(cells, dtype=np.float64))
    return _mixed(name, cells)


def column_of_texts(name: str, texts: pa.Array | pa.ChunkedArray) -> RawColumn:
    """Return the column of an Arrow array of strings: NFC, stripped, empty ones missing."""
    whole = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    return RawColumn(clean_name(name), text_series(tidy(whole)))


def column_of_numbers(name: str, numbers: FloatArray) -> RawColumn:
    """Return the column of numbers, NaN where missing."""
    return RawColumn(clean_name(name), missing_texts(len(numbers)), numbers=numbers)


def column_of_days(name: str, days: NDArray[np.datetime64]) -> RawColumn:
    """Return the column of dates, NaT where missing, in whole seconds."""
    seconds = days.astype("datetime64[s]")
    return RawColumn(clean_name(name), missing_texts(len(days)), days=seconds)


def column_of_dated_texts(name: str, cells: Sequence[Any]) -> RawColumn:
    """Return a column the file declares as dates but stores as ISO 8601 text.

    What is no ISO date or time keeps its own kind. An offset from UTC is left out: the day stays
    the one that is written.
    """
    whole = column_of_cells(name, cells)
    at, distinct = pd.factorize(whole.texts)
    written = pd.Series(distinct, dtype="str")
    is_iso = written.str.fullmatch(_ISO_DAY).to_numpy(dtype=bool)
    if not is_iso.any():
        return whole
    # The last one stands for cells that are no text, whose place among the distinct is -1.
    read = np.full(len(written) + 1, "NaT", dtype="datetime64[s]")
    read[:-1][is_iso] = _iso_days(written[is_iso])
    days = read[at]
    return RawColumn(whole.name, whole.texts.mask(~np.isnat(days)), whole.numbers, days)


def compact_json(value: object) -> str:
    """Write a nested value as JSON on one line, letters as they are, ``…`` if nested too deep."""
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    except RecursionError:
        return "…"


def left_out(name: str) -> Fault:
    """Return the fault of a column whose values cannot be shown as cells."""
    return Fault(
        "fault-intake-map-left-out",
        column=clean_name(name),
        severity=Severity.WARNING,
        remedy="remedy-intake-map-left-out",
    )


def repeated_key(name: str, count: int) -> Fault:
    """Return the fault of a key that stands twice in one feature, of which one value is kept."""
    return Fault(
        "fault-intake-map-repeated-key",
        column=clean_name(name),
        values={"count": count},
        severity=Severity.WARNING,
        remedy="remedy-intake-map-repeated-key",
    )


def _all_exact(cells: Sequence[Any], kinds: set[type]) -> bool:
    if int not in kinds:
        return True
    known = [cell for cell in cells if cell is not None]
    return bool(max(known) <= _EXACT_INTEGERS and min(known) >= -_EXACT_INTEGERS)


def _mixed(name: str, cells: Sequence[Any]) -> RawColumn:
    numbers = np.full(len(cells), np.nan)
    days = np.full(len(cells), "NaT", dtype="datetime64[s]")
    texts: list[str | None] = [None] * len(cells)
    for row, cell in enumerate(cells):
        write = _WRITERS.get(type(cell), compact_json)
        if cell is None:
            continue
        if isinstance(cell, datetime | date):
            days[row] = _day(cell)
        elif _is_number(cell):
            numbers[row] = cell
        else:
            texts[row] = write(cell)
    return RawColumn(
        clean_name(name),
        text_series(tidy(pa.array(texts, pa.large_string()))),
        None if np.isnan(numbers).all() else numbers,
        None if np.isnat(days).all() else days,
    )


def _is_number(cell: object) -> bool:
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return False
    return isinstance(cell, float) or abs(cell) <= _EXACT_INTEGERS


def _day(cell: date) -> np.datetime64:
    naive = cell.replace(tzinfo=None) if isinstance(cell, datetime) else cell
    return np.datetime64(naive, "s")


_WRITERS: Final[dict[type, Callable[[Any], str]]] = {
    str: str,
    bool: lambda cell: "TRUE" if cell else "FALSE",
    int: str,
    bytes: lambda cell: cell.hex(),
}


def _iso_days(texts: pd.Series) -> NDArray[np.datetime64]:
    # One day that does not exist (2024-02-30) must not cost the others: it becomes NaT.
    written = texts.str.replace(_OFFSET, "", regex=True)
    parsed = pd.to_datetime(written, format="ISO8601", errors="coerce")
    days: NDArray[np.datetime64] = parsed.to_numpy(dtype="datetime64[s]")
    return days

"""Arrow columns of whatever type as columns of a raw table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.intake.assembly import (
    column_of_cells,
    column_of_days,
    column_of_numbers,
    column_of_texts,
)
from geo.intake.table import RawColumn

_EXACT_INTEGERS: Final = 2**53
_EXACT_DIGITS: Final = 15
MOST_TEXT_BYTES: Final = 256 * 2**20
"""Bytes of a column of texts once each text is written out for each row."""
_MOST_NESTED: Final = 32 * 2**20


class TextTooLongError(ValueError):
    """Texts that a dictionary repeats are longer together than can be held."""


def column_of_arrow(name: str, values: pa.ChunkedArray) -> RawColumn | None:
    """Return a column of any type that can be read, or ``None`` for one that cannot.

    Integers and decimals that no float holds exactly become texts; a time with a zone is given
    as clocks show it there; nested values become compact JSON. Binary values, durations and
    nested ones beyond 32 MB cannot be read.

    Parameters
    ----------
    name : str
    values : pyarrow.ChunkedArray, length n

    Raises
    ------
    TextTooLongError
        If a dictionary repeats its texts beyond what can be held.
    pyarrow.ArrowException
        If the values are not what their type says.
    """
    if pa.types.is_dictionary(values.type):
        is_of_text = is_text(values.type.value_type)
        values = _expanded(values)
        if is_of_text:
            return column_of_texts(name, _valid_text(values))
    for applies, build in _BUILDERS:
        if applies(values.type):
            return build(name, values)
    return None


def is_text(kind: pa.DataType) -> bool:
    """Tell whether values of an Arrow type are texts."""
    return bool(
        pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)
    )


def is_binary(kind: pa.DataType) -> bool:
    """Tell whether values of an Arrow type are bytes of any length."""
    return bool(
        pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_binary_view(kind)
    )


def _is_day(kind: pa.DataType) -> bool:
    return bool(pa.types.is_date(kind) or pa.types.is_timestamp(kind))


def _is_spelled(kind: pa.DataType) -> bool:
    return bool(pa.types.is_time(kind) or pa.types.is_null(kind))


def _is_short_float(kind: pa.DataType) -> bool:
    return bool(pa.types.is_float32(kind) or pa.types.is_float16(kind))


def _texts(name: str, values: pa.ChunkedArray) -> RawColumn:
    return column_of_texts(name, _valid_text(values.cast(pa.large_binary())))


def _truths(name: str, values: pa.ChunkedArray) -> RawColumn:
    return column_of_texts(name, pc.if_else(values, "TRUE", "FALSE"))


def _dates(name: str, values: pa.ChunkedArray) -> RawColumn:
    return column_of_days(name, _days(values))


def _spelled(name: str, values: pa.ChunkedArray) -> RawColumn:
    return column_of_texts(name, values.cast(pa.large_string()))


def _nested(name: str, values: pa.ChunkedArray) -> RawColumn | None:
    return None if values.nbytes > _MOST_NESTED else column_of_cells(name, values.to_pylist())


def _floats(name: str, values: pa.ChunkedArray) -> RawColumn:
    return column_of_numbers(name, values.cast(pa.float64()).to_numpy().astype(np.float64))


def _short_floats(name: str, values: pa.ChunkedArray) -> RawColumn:
    # By way of the shortest spelling: 0.1 of four bytes is meant as 0.1.
    return _floats(name, values.cast(pa.float32()).cast(pa.string()))


def _decimals(name: str, values: pa.ChunkedArray) -> RawColumn:
    exact = values.type.precision <= _EXACT_DIGITS
    # Read as it is spelled: dividing the digits afterwards makes 99.60000000000001 of 99.60.
    return _floats(name, values.cast(pa.string())) if exact else _spelled(name, values)


def _integers(name: str, values: pa.ChunkedArray) -> RawColumn:
    extremes = pc.min_max(values).as_py()
    largest = max(abs(extremes["min"] or 0), abs(extremes["max"] or 0))
    return _spelled(name, values) if largest > _EXACT_INTEGERS else _floats(name, values)


def _expanded(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a dictionary column value by value, texts as bytes.

    How long that will be is added up first.
    """
    total = 0
    chunks = []
    for chunk in values.chunks:
        words = chunk.dictionary
        if is_text(words.type):
            words = words.cast(pa.large_binary())
            total += pc.sum(pc.binary_length(words).take(chunk.indices)).as_py() or 0
        if total > MOST_TEXT_BYTES:
            raise TextTooLongError(total)
        chunks.append(words.take(chunk.indices))
    return pa.chunked_array(chunks)


def _valid_text(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return texts; what is not UTF-8 in them, which Arrow does not check, becomes a mark."""
    try:
        return values.cast(pa.large_string())
    except pa.ArrowInvalid:
        cells = [
            None if cell is None else cell.decode("utf-8", "replace") for cell in values.to_pylist()
        ]
        return pa.chunked_array([pa.array(cells, pa.large_string())])


def _days(values: pa.ChunkedArray) -> np.ndarray[tuple[int, ...], np.dtype[np.datetime64]]:
    if pa.types.is_timestamp(values.type) and values.type.tz is not None:
        values = pc.local_timestamp(values)
    seconds = values.cast(pa.timestamp("s"), safe=False)
    days: np.ndarray[tuple[int, ...], np.dtype[np.datetime64]] = seconds.to_numpy()
    return days


_BUILDERS: Final[
    tuple[tuple[Callable[[Any], bool], Callable[[str, pa.ChunkedArray], RawColumn | None]], ...]
] = (
    (is_text, _texts),
    (pa.types.is_boolean, _truths),
    (pa.types.is_integer, _integers),
    (_is_short_float, _short_floats),
    (pa.types.is_floating, _floats),
    (pa.types.is_decimal, _decimals),
    (_is_day, _dates),
    (_is_spelled, _spelled),
    (pa.types.is_nested, _nested),
)

"""What is done to columns of a raw table, whichever reader made them: texts tidied, rows taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geo.intake.limits import MAX_CELL_LENGTH
from geo.intake.table import RawColumn
from planning.columns import BoolArray, IntArray
from planning.errors import DataError


def tidy(texts: pa.Array, *, composed: bool = False) -> pa.Array:
    """Return texts in NFC without white space around them; what is empty then is missing.

    Parameters
    ----------
    texts : pyarrow Array of strings
    composed : bool
        Whether they are known to be NFC already.
    """
    if composed:
        return _trimmed(texts)
    # Most columns repeat themselves: each different text is tidied once.
    coded = texts.dictionary_encode()
    return _trimmed(pc.utf8_normalize(coded.dictionary, form="NFC")).take(coded.indices)


def text_series(texts: pa.Array) -> pd.Series:
    """Return Arrow texts as a pandas column, without copying those of the type it uses."""
    return pd.Series(pd.array(texts.cast(pa.large_string()), dtype="str"))


def missing_texts(count: int) -> pd.Series:
    """Return the texts of a column that has none."""
    return text_series(pa.nulls(count, pa.large_string()))


def arrow_texts(column: RawColumn) -> pa.Array:
    """Return the texts of a column as one Arrow array."""
    texts = pa.array(column.texts, type=pa.large_string(), from_pandas=True)
    return texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts


def is_filled(column: RawColumn) -> BoolArray:
    """Return which cells hold something, shape (n,)."""
    filled: BoolArray = column.texts.notna().to_numpy()
    if column.numbers is not None:
        filled = filled | ~np.isnan(column.numbers)
    if column.days is not None:
        filled = filled | ~np.isnat(column.days)
    return filled


def take_rows(column: RawColumn, positions: IntArray) -> RawColumn:
    """Return the cells of a column at these positions; an unbroken run is not copied."""
    rest: slice | IntArray = positions
    texts = column.texts
    if len(positions) and (np.diff(positions) == 1).all():
        rest = slice(int(positions[0]), int(positions[-1]) + 1)
        texts = texts.iloc[rest]
    else:
        texts = texts.take(positions)
    return RawColumn(
        column.name,
        texts.reset_index(drop=True),
        None if column.numbers is None else column.numbers[rest],
        None if column.days is None else column.days[rest],
    )


def join_columns(parts: Sequence[RawColumn | None], counts: Sequence[int]) -> RawColumn:
    """Put parts of a column one below the other.

    Parameters
    ----------
    parts : sequence of RawColumn or None
        ``None`` where the column is missing for all rows of the part; not everywhere.
    counts : sequence of int
        Rows of each part.
    """
    there = [part for part in parts if part is not None]
    if len(parts) == 1:
        return there[0]
    sized = list(zip(parts, counts, strict=True))
    texts = [
        pa.nulls(count, pa.large_string()) if part is None else arrow_texts(part)
        for part, count in sized
    ]
    numbers = [
        np.full(count, np.nan) if part is None or part.numbers is None else part.numbers
        for part, count in sized
    ]
    days = [
        np.full(count, "NaT", "datetime64[s]") if part is None or part.days is None else part.days
        for part, count in sized
    ]
    return RawColumn(
        there[0].name,
        text_series(pa.concat_arrays(texts)),
        np.concatenate(numbers) if any(part.numbers is not None for part in there) else None,
        np.concatenate(days) if any(part.days is not None for part in there) else None,
    )


def check_cells(columns: Iterable[RawColumn], file: str) -> None:
    """Refuse a cell or heading that nobody wrote by hand.

    Raises
    ------
    DataError
        If one is longer than :data:`geo.intake.limits.MAX_CELL_LENGTH` bytes of UTF-8.
    """
    for column in columns:
        longest = pc.max(pc.binary_length(arrow_texts(column))).as_py() or 0
        if max(longest, len(column.name)) > MAX_CELL_LENGTH:
            raise DataError("error-intake-cell-long", file=file, limit=MAX_CELL_LENGTH)


def _trimmed(texts: pa.Array) -> pa.Array:
    trimmed = pc.utf8_trim_whitespace(texts)
    return pc.if_else(pc.equal(trimmed, ""), None, trimmed)

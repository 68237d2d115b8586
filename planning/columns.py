"""How columns enter the core: nullable or not, they become plain float arrays, missing as NaN."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.int64]
BoolArray: TypeAlias = NDArray[np.bool_]
Column: TypeAlias = (
    "Sequence[Any] | NDArray[Any] | pd.Series[Any] | pd.api.extensions.ExtensionArray"
)
"""One value per village: a list, an array or a (nullable) pandas column."""


def float_column(values: Column) -> FloatArray:
    """Return a column as float64, missing values as NaN.

    Parameters
    ----------
    values : array-like, shape (n,)
        Numbers or booleans; ``None``, ``pd.NA`` and NaN all mean "not known".

    Returns
    -------
    ndarray of float64, shape (n,)
    """
    if isinstance(values, np.ndarray) and values.dtype == np.float64:
        return values
    column: pd.Series[Any] = pd.Series(values)
    return column.to_numpy(dtype=np.float64, na_value=np.nan)


def map_distinct(
    texts: pd.Series[str], meaning: Callable[[str], Any], dtype: Literal["str", "boolean"]
) -> pd.Series[Any]:
    """Return what every text of a column means, each different text asked once.

    Parameters
    ----------
    texts : Series of str, length n
    meaning : callable of str
        ``None`` where a text means nothing.
    dtype : {"str", "boolean"}
        Of the result.

    Returns
    -------
    Series, length n
        Missing where the text is.
    """
    at, distinct = pd.factorize(texts)
    # The last one stands for missing texts, whose place among the distinct is -1.
    meant: pd.Series[Any] = pd.Series([*map(meaning, distinct), None], dtype=dtype)
    return meant.take(at).set_axis(texts.index)


def each_row(frame: pd.DataFrame) -> Iterator[Any]:
    """Iterate over the rows as named tuples, for printing a few of them.

    Typed as ``Any`` on purpose: the schema, not the type checker, knows what a column holds.
    """
    # pandas would build a new class on every call, which costs more than the rows.
    return map(_row_class(tuple(frame.columns))._make, frame.itertuples(name=None))


@lru_cache(maxsize=64)
def _row_class(columns: tuple[str, ...]) -> Any:
    return namedtuple("Row", ("Index", *columns), rename=True)

"""How columns enter the core: nullable or not, they become plain float arrays, missing as NaN."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

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


def each_row(frame: pd.DataFrame) -> Iterator[Any]:
    """Iterate over the rows as named tuples, for printing a few of them.

    Typed as ``Any`` on purpose: the schema, not the type checker, knows what a column holds.
    """
    # pandas would build a new class on every call, which costs more than the rows.
    return map(_row_class(tuple(frame.columns))._make, frame.itertuples(name=None))


@lru_cache(maxsize=64)
def _row_class(columns: tuple[str, ...]) -> Any:
    return namedtuple("Row", ("Index", *columns), rename=True)

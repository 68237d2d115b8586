"""A binary heap on two arrays, for compiled loops: smallest key first."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

from planning.columns import FloatArray
from planning.optimise.compiled import compiled


@compiled
def put_in(keys: FloatArray, items: NDArray[Any], size: int, key: float, item: int) -> int:
    """Put an item into a heap of ``size`` items; the arrays must have room. Return the new size."""
    i = size
    while i and keys[(i - 1) >> 1] > key:
        keys[i] = keys[(i - 1) >> 1]
        items[i] = items[(i - 1) >> 1]
        i = (i - 1) >> 1
    keys[i] = key
    items[i] = item
    return size + 1


@compiled
def drop_first(keys: FloatArray, items: NDArray[Any], size: int) -> int:
    """Drop the item with the smallest key, the first of the arrays. Return the new size."""
    size -= 1
    key, item = keys[size], items[size]
    i = 0
    while 2 * i + 1 < size:
        child = 2 * i + 1
        if child + 1 < size and keys[child + 1] < keys[child]:
            child += 1
        if keys[child] >= key:
            break
        keys[i] = keys[child]
        items[i] = items[child]
        i = child
    keys[i] = key
    items[i] = item
    return size

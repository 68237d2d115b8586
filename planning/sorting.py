"""A stable order in close to linear time, for keys that are spread over their range.

Scores spread over their range, so a key tells nearly where it belongs: each falls into one of as
many equal buckets as there are keys, and what shares a bucket is put in order there. The order is
the one every stable sort gives. Keys that crowd together cost what a merge sort of the crowd costs.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from planning.columns import FloatArray, IntArray
from planning.optimise.compiled import compiled

_CROWD: Final = 24
"""Keys in one bucket from which on a merge sort beats insertion."""


def stable_order(keys: IntArray) -> IntArray:
    """Return the positions of the keys from the smallest to the largest.

    Parameters
    ----------
    keys : ndarray of int64, shape (n,)
        Closer together than ``2**63``.

    Returns
    -------
    ndarray of int64, shape (n,)
        Positions of equal keys ascend, as ``np.argsort(keys, kind="stable")`` has them.
    """
    order = np.empty(len(keys), dtype=np.int32)
    _sort(keys, np.empty(len(keys) + 1, dtype=np.int32), np.empty_like(keys), order)
    return order.astype(np.int64)


def order_totals(parts: FloatArray, drawn: FloatArray) -> NDArray[np.int32]:
    """Return, for each weighting, the villages from the highest total to the lowest.

    Parameters
    ----------
    parts : ndarray, shape (3, n)
        Complete scores in the unit in which totals are compared.
    drawn : ndarray, shape (draws, 3)

    Returns
    -------
    ndarray of int32, shape (draws, n)
        Positions; those of equal totals, rounded to whole units, ascend.
    """
    orders = np.empty((len(drawn), parts.shape[1]), dtype=np.int32)
    _order_totals(np.ascontiguousarray(parts), np.ascontiguousarray(drawn), orders)
    return orders


@compiled
def _order_totals(parts: FloatArray, drawn: FloatArray, orders: NDArray[np.int32]) -> None:
    n = parts.shape[1]
    keys = np.empty(n, dtype=np.int64)
    sorted_keys = np.empty(n, dtype=np.int64)
    starts = np.empty(n + 1, dtype=np.int32)
    for draw in range(len(drawn)):
        first, second, third = drawn[draw, 0], drawn[draw, 1], drawn[draw, 2]
        for i in range(n):
            total = first * parts[0, i] + second * parts[1, i] + third * parts[2, i]
            keys[i] = -np.int64(np.rint(total))
        _sort(keys, starts, sorted_keys, orders[draw])


@compiled
def _sort(
    keys: IntArray, starts: NDArray[np.int32], sorted_keys: IntArray, order: NDArray[np.int32]
) -> None:
    """Write the stable order; ``starts`` (n + 1) and ``sorted_keys`` (n) are scratch."""
    n = len(keys)
    if n == 0:
        return
    low, high = keys.min(), keys.max()
    # Rounding never swaps two products with one factor, so no key passes a smaller one; with one
    # less than n it cannot lift the largest beyond the last bucket either.
    scale = (n - 1) / (np.float64(high - low) + 1.0)
    starts[:] = 0
    for i in range(n):
        starts[np.int64((keys[i] - low) * scale) + 1] += 1
    for i in range(n):
        starts[i + 1] += starts[i]
    # Afterwards each bucket's start has moved to its end.
    for i in range(n):
        bucket = np.int64((keys[i] - low) * scale)
        at = starts[bucket]
        starts[bucket] = at + 1
        sorted_keys[at] = keys[i]
        order[at] = i
    start = 0
    for one in range(n):
        end = int(starts[one])
        if end - start > _CROWD:
            within = np.argsort(sorted_keys[start:end], kind="mergesort")
            order[start:end] = order[start:end][within]
        else:
            for j in range(start + 1, end):
                key, position, k = sorted_keys[j], order[j], j
                while k > start and sorted_keys[k - 1] > key:
                    sorted_keys[k] = sorted_keys[k - 1]
                    order[k] = order[k - 1]
                    k -= 1
                sorted_keys[k] = key
                order[k] = position
        start = end

"""Access of a village to a service: the share of people around it who have it, nearer counts more.

The weight falls from 1 at the village to 0 at the edge of the catchment along the Gaussian curve
of Dai (2010), "Black residential segregation, disparities in spatial access to health care
facilities, and late-stage breast cancer diagnosis in metropolitan Detroit", Health & Place 16(5),
1038-1052, eq. 3.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from planning.columns import Column, FloatArray, IntArray, float_column

DEFAULT_CATCHMENT_M: Final = 10_000.0
_EDGE: Final = float(np.exp(-0.5))


def gaussian_weight(distance_m: FloatArray, catchment_m: float) -> FloatArray:
    """Return the weight of a person by distance.

    ``(exp(-(d/d0)**2 / 2) - exp(-1/2)) / (1 - exp(-1/2))`` up to ``d0``, 0 beyond.

    Parameters
    ----------
    distance_m : ndarray, shape (m,)
        Metres, not negative.
    catchment_m : float
        ``d0``, metres, positive.

    Returns
    -------
    ndarray, shape (m,)
        In [0, 1].
    """
    curve = np.exp(-0.5 * np.square(distance_m / catchment_m))
    return np.maximum((curve - _EDGE) / (1.0 - _EDGE), 0.0)


def measure_access(
    indptr: IntArray,
    indices: IntArray,
    distance_m: FloatArray,
    people: Column,
    served: Column,
    *,
    catchment_m: float = DEFAULT_CATCHMENT_M,
) -> FloatArray:
    """Return the weighted share of people around each village who have the service.

    Parameters
    ----------
    indptr, indices, distance_m : ndarray, shapes (n + 1,), (m,), (m,)
        Neighbours in compressed rows: those of village ``i`` are
        ``indices[indptr[i]:indptr[i + 1]]``, at these distances in metres. A village is its own
        neighbour at distance 0.
    people : array-like, shape (n,)
    served : array-like, shape (n,)
        1 where the village has the service, 0 where not, missing where unknown.
    catchment_m : float, default 10 km

    Returns
    -------
    ndarray, shape (n,)
        In [0, 1]. Villages with unknown people or an unknown state count neither way; NaN where
        nobody is left to count.
    """
    head, state = float_column(people), float_column(served)
    known = ~(np.isnan(head) | np.isnan(state))
    around = np.where(known, head, 0.0)
    reached = np.where(known, head * state, 0.0)
    weight = gaussian_weight(distance_m, catchment_m)
    having = _row_sums(weight * reached[indices], indptr)
    everyone = _row_sums(weight * around[indices], indptr)
    share = np.full(len(everyone), np.nan)
    np.divide(having, everyone, out=share, where=everyone > 0.0)
    np.minimum(share, 1.0, out=share)
    return share


def _row_sums(values: FloatArray, indptr: IntArray) -> FloatArray:
    """Return the sum of each compressed row; an empty row sums to 0."""
    sums = np.zeros(len(indptr) - 1)
    filled = np.diff(indptr) > 0
    if filled.any():
        sums[filled] = np.add.reduceat(values, indptr[:-1][filled])
    return sums

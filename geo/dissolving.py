"""Small areas joined into the large ones they belong to."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray


def dissolve(
    areas: NDArray[np.object_],
    owner: NDArray[np.intp],
    count: int,
    union: Callable[[Any], Any] = shapely.union_all,
) -> NDArray[np.object_]:
    """Join the areas of each owner.

    Parameters
    ----------
    areas : ndarray of Polygon or MultiPolygon, shape (n,)
    owner : ndarray of int, shape (n,)
        From 0 to ``count - 1``.
    count : int
    union : callable
        Joins an array of areas; :func:`shapely.coverage_union_all` is faster where neighbours
        share their edges to the last digit.

    Returns
    -------
    ndarray, shape (count,)
        An owner without an area gets an empty one.
    """
    order = np.argsort(owner, kind="stable")
    starts = np.searchsorted(owner[order], np.arange(count + 1))
    joined = [union(areas[order[a:b]]) if a < b else shapely.Polygon() for a, b in pairwise(starts)]
    return np.array(joined, dtype=object)

"""Everybody within a radius, for every point at once: compressed rows of geodesic distances."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import coo_array
from scipy.spatial import cKDTree

from geo.geodesy import FloatArray, geodesic_between_m, to_ecef
from geo.locality import locality_order

IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """Pairs of ``n`` points within a radius, in compressed rows.

    The neighbours of point ``i`` are ``indices[indptr[i]:indptr[i + 1]]``, ascending, at the
    distances of the same slice; each point is its own neighbour at distance 0.

    Attributes
    ----------
    indptr : ndarray of int64, shape (n + 1,)
    indices : ndarray of int64, shape (m,)
    distance_m : ndarray, shape (m,)
        Geodesic metres on WGS84.
    """

    indptr: IntArray
    indices: IntArray
    distance_m: FloatArray


def pairs_within(lon: ArrayLike, lat: ArrayLike, radius_m: float) -> Neighbours:
    """Find all pairs of points at most a radius apart.

    Parameters
    ----------
    lon, lat : array-like, shape (n,)
        Degrees, EPSG:4326. A point without coordinates has no neighbour, not even itself.
    radius_m : float
        Geodesic metres, not negative.

    Returns
    -------
    Neighbours
        Both directions of every pair. Memory grows with the number of pairs (24 bytes each, about
        twice that while they are found), not with ``n**2``.
    """
    x, y = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    rows = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    rows = rows[locality_order(x[rows], y[rows])]
    points = to_ecef(x[rows], y[rows])
    # A chord is never longer than its geodesic: no pair within the radius escapes.
    pairs = cKDTree(points).query_pairs(radius_m, output_type="ndarray")
    length = geodesic_between_m(points[pairs[:, 0]], points[pairs[:, 1]])
    near = length <= radius_m
    one, other, length = rows[pairs[near, 0]], rows[pairs[near, 1]], length[near]
    table = coo_array(
        (
            np.concatenate((length, length, np.zeros(len(rows)))),
            (np.concatenate((one, other, rows)), np.concatenate((other, one, rows))),
        ),
        shape=(len(x), len(x)),
    ).tocsr()
    table.sort_indices()
    return Neighbours(
        table.indptr.astype(np.int64), table.indices.astype(np.int64), np.asarray(table.data)
    )

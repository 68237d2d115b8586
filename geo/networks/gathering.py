"""Meeting places that are all but one: which of them become one node, and where it lies.

Chains are the danger: a track in pieces of five metres must not shrink to a point because each
piece is nearer to the next than the tolerance. So a place is only ever joined to one that stands
for itself, never to one that was joined already; only dangling ends are tied to what they reach
for, whatever becomes of it.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from planning.columns import FloatArray, IntArray


def gather(
    lonlat: FloatArray, metres: FloatArray, weight: IntArray, ties: IntArray, within_m: float
) -> IntArray:
    """Return the place that stands for each place.

    Parameters
    ----------
    lonlat, metres : ndarray, shape (n, 2)
        Places, all different, in EPSG:4326 and on a plane.
    weight : ndarray of int, shape (n,)
        How many roads meet there; the busiest place stands for the others, the most south-western
        of equals.
    ties : ndarray of int, shape (k, 2)
        Pairs that must become one.
    within_m : float

    Returns
    -------
    ndarray of int, shape (n,)
        At most ``within_m`` from each place, ties aside.
    """
    order = np.lexsort((lonlat[:, 1], lonlat[:, 0], -weight))
    tied = connected(len(lonlat), ties)
    # The first of each tied group in that order stands for it.
    first = np.full(len(lonlat), -1, dtype=np.int64)
    first[tied[order[::-1]]] = order[::-1]
    standing = first[tied]
    heads = order[standing[order] == order]
    return _leaders(metres, heads, within_m)[standing]


def connected(n_nodes: int, edges: IntArray) -> IntArray:
    """Return a number for the connected part of an undirected graph each node is in."""
    table = coo_array(
        (np.ones(len(edges), dtype=np.int8), (edges[:, 0], edges[:, 1])), shape=(n_nodes, n_nodes)
    )
    _, number = connected_components(table, directed=False)
    return np.asarray(number, dtype=np.int64)


def _leaders(metres: FloatArray, heads: IntArray, within_m: float) -> IntArray:
    """Return the leader of each head: in turn, each joins the nearest leader near or becomes one.

    Squares as wide as the tolerance hold few leaders, so the time grows with the number of heads.
    """
    leader = np.arange(len(metres))
    if within_m <= 0.0 or len(heads) < 2:
        return leader
    distance = np.asarray(cKDTree(metres[heads]).query(metres[heads], k=2)[0])
    squares: defaultdict[tuple[int, int], list[tuple[float, float, int]]] = defaultdict(list)
    for head in heads[distance[:, 1] <= within_m].tolist():
        x, y = metres[head].tolist()
        column, row = int(x // within_m), int(y // within_m)
        best = (within_m, -1)
        for near in ((column + i, row + j) for i in (-1, 0, 1) for j in (-1, 0, 1)):
            for at_x, at_y, other in squares.get(near, ()):
                away = float(np.hypot(at_x - x, at_y - y))
                if away < best[0] or (away == best[0] and best[1] < 0):
                    best = (away, other)
        if best[1] >= 0:
            leader[head] = best[1]
        else:
            squares[column, row].append((x, y, head))
    return leader

"""The arcs of an undirected graph, grouped by the node they leave.

Edge *e* = {u, v} is two arcs: ``2e`` from u to v and ``2e + 1`` from v to u. So ``a ^ 1`` is the
same edge the other way, and ``a >> 1`` the edge of an arc.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planning.columns import IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Adjacency:
    """Arcs by tail.

    Attributes
    ----------
    n_nodes : int
    start : ndarray of int, shape (n + 1,)
        The arcs leaving node v are ``arcs[start[v]:start[v + 1]]``.
    arcs : ndarray of int, shape (2m,)
    head : ndarray of int, shape (2m,)
        End of each arc by its number; ``head[a ^ 1]`` is where it begins.
    """

    n_nodes: int
    start: IntArray
    arcs: IntArray
    head: IntArray


def adjacency(n_nodes: int, edges: IntArray) -> Adjacency:
    """Group the arcs of a graph by tail.

    Parameters
    ----------
    n_nodes : int
    edges : ndarray of int, shape (m, 2)

    Returns
    -------
    Adjacency
    """
    head = np.ascontiguousarray(edges[:, ::-1]).ravel()
    tail = np.ascontiguousarray(edges).ravel()
    start = np.zeros(n_nodes + 1, np.int64)
    np.cumsum(np.bincount(tail, minlength=n_nodes), out=start[1:])
    return Adjacency(n_nodes, start, np.argsort(tail, kind="stable"), head)

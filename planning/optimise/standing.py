"""How some edges stand in a graph: their nodes, pieces and ways, all fibre points being one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from planning.columns import BoolArray, FloatArray, IntArray
from planning.optimise.problem import Problem


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """The graph of a plan's edges, every root that is not forbidden merged into one node.

    Attributes
    ----------
    is_in : ndarray of bool, shape (n,)
        Nodes of the tree: the ends of its edges and the roots. A tree of one node has no edges; it
        stands at the node it connects.
    is_root : ndarray of bool, shape (n,)
        The merged ones.
    n_merged : int
        Number of its nodes, the roots counted once.
    pieces : int
        Into how many it falls; 0 for an empty tree.
    ends : ndarray of int, shape (e, 2)
        Of each edge, the merged root being node ``n``.
    edges : ndarray of int, shape (e,)
    """

    is_in: BoolArray
    is_root: BoolArray
    n_merged: int
    pieces: int
    ends: IntArray
    edges: IntArray

    def longest_way(self, lengths_m: FloatArray | None, nodes: IntArray) -> float:
        """Return the longest way along the tree from a root to one of some nodes, in metres.

        Parameters
        ----------
        lengths_m : ndarray of float, shape (m,), or None
            Of every edge of the problem.
        nodes : ndarray of int

        Returns
        -------
        float
            Infinite when a node is not reached or lengths are not known; 0 without nodes.
        """
        n = len(self.is_in)
        if not len(nodes):
            return 0.0
        if lengths_m is None:
            return np.inf
        length = lengths_m[self.edges]
        # The shortest of parallel edges: there are none in a tree.
        order = np.lexsort((length, self.ends.max(axis=1), self.ends.min(axis=1)))
        low, high = self.ends.min(axis=1)[order], self.ends.max(axis=1)[order]
        _, before = csgraph.breadth_first_order(_matrix(n, self.ends), n, directed=False)
        parent = np.where(before < 0, n, before).astype(np.int64)
        key = np.minimum(parent, np.arange(n + 1)) * (n + 1) + np.maximum(parent, np.arange(n + 1))
        known = low * (n + 1) + high
        way = np.full(n + 1, np.inf)
        hangs = np.flatnonzero(before >= 0)
        way[hangs] = length[order][np.searchsorted(known, key[hangs])]
        way[n] = 0.0
        # Ways double: each round a node learns of twice as many ancestors.
        while (parent != n).any():
            way = way + np.where(parent == n, 0.0, way[parent])
            parent = parent[parent]
        reached = np.where(self.is_root, 0.0, way[:n])
        return float(reached[nodes].max())


def stand(edges: IntArray, terminals: IntArray, problem: Problem) -> Standing:
    """Look at some edges of a problem as a graph.

    Parameters
    ----------
    edges : ndarray of int, shape (e,)
        Different ones.
    terminals : ndarray of int
        Connected ones; where a tree without edges stands.
    problem : Problem

    Returns
    -------
    Standing
    """
    n = problem.n_nodes
    is_root = np.zeros(n, bool)
    is_root[problem.roots] = True
    is_root[problem.forbidden] = False
    is_in = is_root.copy()
    is_in[problem.edges[edges].ravel()] = True
    if not len(problem.roots) and not len(edges):
        is_in[terminals] = True
        is_in[problem.locked] = True
    where = np.arange(n)
    where[is_root] = n
    ends = where[problem.edges[edges]]
    merged = np.unique(where[is_in])
    _, piece = csgraph.connected_components(_matrix(n, ends), directed=False)
    pieces = len(np.unique(piece[merged]))
    return Standing(is_in, is_root, len(merged), pieces, ends, np.asarray(edges))


def _matrix(n: int, ends: IntArray) -> Any:
    ones = np.ones(len(ends), np.int8)
    return sparse.coo_array((ones, (ends[:, 0], ends[:, 1])), (n + 1, n + 1)).tocsr()

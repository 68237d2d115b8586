"""A Steiner problem with one root, and what its edges stand for in the question it came from.

All nodes with fibre are one node, the root, because a tree may begin at any of them for free. Edges
are merged and dropped as the problem shrinks; each remembers the edges of the question it replaces.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from planning.columns import BoolArray, FloatArray, IntArray
from planning.optimise.adjacency import Adjacency, adjacency

STEINER: Final = 0
OPTIONAL: Final = 1
MANDATORY: Final = 2


@dataclass(frozen=True, slots=True, eq=False)
class Rooted:
    """A rooted problem on undirected edges.

    Attributes
    ----------
    edges : ndarray of int, shape (m, 2)
    costs : ndarray of float, shape (m,)
    kind : ndarray of int8, shape (n,)
        Whether a node may be used, may be chosen as a terminal, or must be in the tree.
    root : int
    label : ndarray of int, shape (n,)
        Node of the question; -1 for a merged root.
    needed : int
        Optional terminals to choose at least.
    parts_start, parts : ndarray of int, shape (m + 1,) and (p,)
        The edges of the question that edge *i* stands for are
        ``parts[parts_start[i]:parts_start[i + 1]]``.
    fixed : ndarray of int
        Edges of the question that are in every best tree kept.
    fixed_cost : float
    """

    edges: IntArray
    costs: FloatArray
    kind: IntArray
    root: int
    label: IntArray
    needed: int
    parts_start: IntArray
    parts: IntArray
    fixed: IntArray
    fixed_cost: float

    @property
    def n_nodes(self) -> int:
        """Number of nodes."""
        return len(self.kind)

    @property
    def mandatory(self) -> IntArray:
        """Nodes that must be in the tree, the root excepted."""
        nodes: IntArray = np.flatnonzero(self.kind == MANDATORY)
        others: IntArray = nodes[nodes != self.root]
        return others

    @property
    def optional(self) -> IntArray:
        """Nodes that may be chosen as terminals."""
        return np.flatnonzero(self.kind == OPTIONAL)

    def adjacency(self) -> Adjacency:
        """Return the arcs by tail."""
        return adjacency(self.n_nodes, self.edges)

    def question_edges(self, chosen: IntArray) -> IntArray:
        """Return the edges of the question that some edges stand for, fixed ones included."""
        pieces = [self.parts[self.parts_start[i] : self.parts_start[i + 1]] for i in chosen]
        return np.unique(np.concatenate([self.fixed, *pieces]).astype(np.int64))

    def without_edges(self, dead: BoolArray) -> Rooted:
        """Return the problem without some edges."""
        alive = np.flatnonzero(~dead)
        start, parts = regrouped(self.parts_start, self.parts, alive, _each_alone(len(alive)))
        return replace(
            self,
            edges=self.edges[alive],
            costs=self.costs[alive],
            parts_start=start,
            parts=parts,
        )


def _each_alone(count: int) -> IntArray:
    return np.arange(count + 1, dtype=np.int64)


def regrouped(
    start: IntArray, items: IntArray, members: IntArray, groups: IntArray
) -> tuple[IntArray, IntArray]:
    """Join lists of items: new list *i* is the lists of ``members[groups[i]:groups[i + 1]]``.

    Parameters
    ----------
    start, items : ndarray of int, shape (m + 1,) and (p,)
    members : ndarray of int, shape (q,)
    groups : ndarray of int, shape (k + 1,)

    Returns
    -------
    start, items : ndarray of int, shape (k + 1,) and (r,)
    """
    lengths = start[members + 1] - start[members]
    ends = np.concatenate([[0], np.cumsum(lengths)])
    at = np.repeat(start[members] - ends[:-1], lengths) + np.arange(ends[-1])
    return ends[groups].astype(np.int64), items[at]

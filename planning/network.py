"""Where cable can be laid: an undirected graph, as arrays."""

from __future__ import annotations

from dataclasses import dataclass

from planning.columns import FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """A graph over junctions, fibre points and villages.

    Every village has a node of its own with exactly one edge, its connection, to the place it is
    passed at. A village can so be refused without closing the road through it, and what only its
    own connection costs stands on that edge.

    Attributes
    ----------
    n_nodes : int
    edges : ndarray of int, shape (m, 2)
        End nodes; no loops. Two nodes may have several edges.
    lengths_m : ndarray of float, shape (m,)
        Metres of cable along each edge, the route factor included; not negative.
    effort : ndarray of float, shape (m,)
        How many times the plain unit cost a metre costs here (slope, ground); 1 is plain.
    roots : ndarray of int, shape (r,)
        Nodes that have fibre today.
    villages : ndarray of int, shape (v,)
        Node of each village that can be connected, each a different one.
    """

    n_nodes: int
    edges: IntArray
    lengths_m: FloatArray
    effort: FloatArray
    roots: IntArray
    villages: IntArray

"""Chosen edges as routes: one line from each branching point, village or fibre point to the next.

A plan on a road network is thousands of short edges; what is shown, built and tendered are the
branches between the places where something happens.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass

import numpy as np
import shapely

from geo.intake.table import Geometries
from geo.networks.gathering import connected
from geo.networks.network import GeoNetwork
from planning.columns import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Routes:
    """Branches of a plan.

    Attributes
    ----------
    shapes : ndarray of LineString, shape (b,)
        EPSG:4326, each from ``ends[:, 0]`` to ``ends[:, 1]``: away from the fibre point where
        the branch hangs on one.
    ends : ndarray of int, shape (b, 2)
        Nodes of the network.
    length_m : ndarray, shape (b,)
        Metres of cable, the route factor included.
    group : ndarray of int, shape (b,)
        Group of its edges, such as the wave.
    edges : tuple of ndarray of int
        Edges of each branch, in the order they are passed.
    stands_for : ndarray of int, shape (n,)
        Node of ``ends`` that each node of the network is drawn at. Nodes joined by a chosen edge
        of no length are one place: a village that lies on the network and the junction there.
    """

    shapes: Geometries
    ends: IntArray
    length_m: FloatArray
    group: IntArray
    edges: tuple[IntArray, ...]
    stands_for: IntArray


def routes(network: GeoNetwork, edges: IntArray, group: IntArray | None = None) -> Routes:
    """Merge chosen edges into routes.

    Parameters
    ----------
    network : GeoNetwork
    edges : ndarray of int, shape (e,)
        Indices of the chosen edges, each once.
    group : ndarray of int, shape (e,), optional
        A route ends where the group changes.

    Returns
    -------
    Routes
        Ordered by group, then by the first edge. Edges without length are in no route.
    """
    whole = network.network
    chosen = np.asarray(edges, dtype=np.int64)
    groups = np.zeros(len(chosen), dtype=np.int64) if group is None else np.asarray(group)
    order = np.argsort(chosen, kind="stable")
    chosen, groups = chosen[order], groups[order]
    long = whole.lengths_m[chosen] > 0.0
    stands_for = _one_place(network, chosen[~long])
    walked = stands_for[whole.edges[chosen[long]]]
    tree = _Tree(walked, _stops(network, walked, groups[long], stands_for))
    branches = tree.branches(stands_for[whole.roots].tolist())
    used = [np.array([step for step, _ in branch], dtype=np.int64) for branch in branches]
    ahead = [np.array([forward for _, forward in branch], dtype=np.bool_) for branch in branches]
    of_group = [int(groups[long][steps[0]]) for steps in used]
    edge_of = chosen[long]
    ranked = sorted(range(len(used)), key=lambda at: (of_group[at], int(used[at].min())))
    passed = [edge_of[used[at]] for at in ranked]
    along = [ahead[at] for at in ranked]
    shapes = np.full(len(ranked), None, dtype=object)
    for at, (steps, forward) in enumerate(zip(passed, along, strict=True)):
        shapes[at] = _line(network.edge_shapes[steps], forward)
    ends = [
        (walked[used[at][0], 0 if ahead[at][0] else 1], walked[used[at][-1], int(ahead[at][-1])])
        for at in ranked
    ]
    return Routes(
        shapes=shapes,
        ends=np.array(ends, dtype=np.int64).reshape(len(ranked), 2),
        length_m=np.array([whole.lengths_m[steps].sum() for steps in passed], dtype=np.float64),
        group=np.array([of_group[at] for at in ranked], dtype=np.int64),
        edges=tuple(passed),
        stands_for=stands_for,
    )


class _Tree:
    """Chosen edges by node, walked from stop to stop."""

    def __init__(self, edges: IntArray, stop: frozenset[int]) -> None:
        self._ends: list[list[int]] = edges.tolist()
        self._stop = stop
        self._at: defaultdict[int, list[int]] = defaultdict(list)
        for edge, (start, end) in enumerate(self._ends):
            self._at[start].append(edge)
            self._at[end].append(edge)
        self._seen = [False] * len(self._ends)

    def branches(self, roots: list[int]) -> list[list[tuple[int, bool]]]:
        """Return branches, each as edges with whether they are passed from start to end."""
        found: list[list[tuple[int, bool]]] = []
        # First what hangs on the roots, from there outwards; then whatever else there is.
        for start in (*sorted(set(roots)), *sorted(self._stop), *sorted(self._at)):
            waiting = deque([start])
            while waiting:
                node = waiting.popleft()
                for edge in self._at.get(node, ()):
                    if not self._seen[edge]:
                        branch, end = self._walk(node, edge)
                        found.append(branch)
                        waiting.append(end)
        return found

    def _walk(self, node: int, edge: int) -> tuple[list[tuple[int, bool]], int]:
        branch = []
        while True:
            self._seen[edge] = True
            start, end = self._ends[edge]
            branch.append((edge, start == node))
            node = end if start == node else start
            onward = [near for near in self._at[node] if not self._seen[near]]
            if node in self._stop or not onward:
                return branch, node
            edge = onward[0]


def _one_place(network: GeoNetwork, flat: IntArray) -> IntArray:
    """Return the node that stands for each node when edges without length are drawn together."""
    whole = network.network
    number = connected(whole.n_nodes, whole.edges[flat])
    # A village's own node tells most, then a fibre point's; of equals the lowest.
    weight = np.zeros(whole.n_nodes, dtype=np.int64)
    weight[whole.roots] = 1
    weight[whole.villages] = 2
    order = np.lexsort((-np.arange(whole.n_nodes), weight))
    stands = np.empty(number.max(initial=-1) + 1, dtype=np.int64)
    stands[number[order]] = order
    return stands[number]


def _stops(
    network: GeoNetwork, walked: IntArray, groups: IntArray, stands_for: IntArray
) -> frozenset[int]:
    """Return the nodes at which a branch ends."""
    n_nodes = network.network.n_nodes
    degree = np.bincount(walked.reshape(-1), minlength=n_nodes)
    low, high = np.full(n_nodes, np.iinfo(np.int64).max), np.full(n_nodes, np.iinfo(np.int64).min)
    for side in (0, 1):
        np.minimum.at(low, walked[:, side], groups)
        np.maximum.at(high, walked[:, side], groups)
    stop: BoolArray = (degree != 2) | (low != high)
    stop[stands_for[network.network.roots]] = True
    stop[stands_for[network.network.villages]] = True
    return frozenset(np.flatnonzero(stop & (degree > 0)).tolist())


def _line(shapes: Geometries, forward: BoolArray) -> shapely.LineString:
    parts = [
        np.asarray(shape.coords)[:: 1 if ahead else -1]
        for shape, ahead in zip(shapes, forward.tolist(), strict=True)
    ]
    vertices = np.concatenate(parts)
    fresh = np.append(True, (np.diff(vertices, axis=0) != 0.0).any(axis=1))
    return shapely.LineString(vertices[fresh] if fresh.sum() > 1 else vertices[:2])

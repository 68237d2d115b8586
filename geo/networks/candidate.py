"""A network without a file of roads: which places could sensibly be joined directly.

Joining every place to every other would let the solver find the shortest cable there is, on
millions of pairs. Nearly all of them are useless: where a third place lies between two, the cable
goes by it. What is kept:

* the Delaunay triangulation, or of it the Gabriel graph: the pairs with no third place in the
  circle whose diameter they are (Gabriel and Sokal 1969, "A new statistical approach to geographic
  variation analysis", Systematic Zoology 18, 259-278). Of a triangulation's edge only the opposite
  corners need be looked at (Matula and Sokal 1980, Geographical Analysis 12, 205-222). Both contain
  the minimum spanning tree, so every place is reached;
* from each place the nearest fibre points, so that no short way to fibre is missed.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import numpy as np
from scipy.spatial import Delaunay, QhullError, cKDTree

from geo.geodesy import geodesic_m, to_ecef
from geo.networks.meetings import number_places
from geo.networks.network import (
    GeoNetwork,
    NetworkKind,
    check_route_factor,
    network_warning,
    straight_lines,
)
from geo.networks.places import Places, join_places
from geo.networks.plane import Plane
from planning.columns import BoolArray, FloatArray, IntArray
from planning.errors import DataError
from planning.network import Network
from planning.vocabulary import DEFAULT_ROUTE_FACTOR


class CandidateGraph(StrEnum):
    """Which pairs of places may be joined: all of the triangulation, or the Gabriel graph of it."""

    DELAUNAY = "delaunay"
    GABRIEL = "gabriel"


DEFAULT_GRAPH: Final = CandidateGraph.DELAUNAY
DEFAULT_NEAREST_ROOTS: Final = 3
_MOST_NEAREST: Final = 50


def candidate_network(
    villages: Places,
    fibre_points: Places,
    *,
    connected_villages: Places | None = None,
    relays: Places | None = None,
    route_factor: float = DEFAULT_ROUTE_FACTOR,
    graph: CandidateGraph = DEFAULT_GRAPH,
    nearest_roots: int = DEFAULT_NEAREST_ROOTS,
) -> GeoNetwork:
    """Join villages and fibre points by straight lines that make sense.

    Parameters
    ----------
    villages : Places
        Those to be connected. One without a position is left out, with a fault.
    fibre_points : Places
        Where fibre is today; at least one with a position.
    connected_villages : Places, optional
        Villages that have fibre, which are roots as well.
    relays : Places, optional
        Further places cable may branch at, such as villages that are not to be connected now.
    route_factor : float
        Cable over straight line.
    graph : CandidateGraph
    nearest_roots : int
        How many of the nearest fibre points each place may be joined to directly, 0 to 50.

    Returns
    -------
    GeoNetwork
        A node at every place, and for each village one more, its own, joined to it by an edge of
        length 0. All in one piece. The same for places in any order.

    Raises
    ------
    DataError
        If no fibre point has a position, or the places lie too far apart.
    PlanningError
        If the route factor is out of its range.
    """
    check_route_factor(route_factor)
    roots = join_places(fibre_points, connected_villages or Places.none())
    faults = [network_warning("no-position", place) for place in villages.unlocated()]
    faults += [network_warning("no-position", place) for place in roots.unlocated()]
    cohort, roots = villages.located(), roots.located()
    if not len(roots):
        raise DataError("error-network-no-roots")
    others = (relays or Places.none()).located()
    lonlat = np.concatenate((cohort.lonlat, roots.lonlat, others.lonlat))
    lonlat, node = _different(lonlat)
    at_village, at_root = node[: len(cohort)], node[len(cohort) : len(cohort) + len(roots)]
    root_nodes, first = np.unique(at_root, return_index=True)
    pairs = np.concatenate(
        (
            neighbours(Plane.around(lonlat).metres(lonlat), graph),
            _nearest(lonlat, root_nodes, min(max(nearest_roots, 0), _MOST_NEAREST)),
        )
    )
    pairs = np.unique(np.sort(pairs, axis=1), axis=0)
    start, end = lonlat[pairs[:, 0]], lonlat[pairs[:, 1]]
    apart = geodesic_m(start[:, 0], start[:, 1], end[:, 0], end[:, 1])
    own = len(lonlat) + np.arange(len(cohort))
    edges = np.concatenate((pairs, np.column_stack((at_village, own)))).astype(np.int64)
    network = Network(
        n_nodes=len(lonlat) + len(cohort),
        edges=edges,
        lengths_m=np.concatenate((apart * route_factor, np.zeros(len(cohort)))),
        effort=np.ones(len(edges)),
        roots=root_nodes,
        villages=own,
    )
    node_lonlat = np.concatenate((lonlat, cohort.lonlat))
    return GeoNetwork(
        network=network,
        node_lonlat=node_lonlat,
        edge_shapes=straight_lines(node_lonlat[edges[:, 0]], node_lonlat[edges[:, 1]]),
        village_ids=cohort.ids,
        root_ids=tuple(roots.ids[at] for at in first.tolist()),
        faults=tuple(faults),
        kind=NetworkKind.CANDIDATE,
    )


def neighbours(metres: FloatArray, graph: CandidateGraph) -> IntArray:
    """Return the pairs of different points that may be joined.

    Parameters
    ----------
    metres : ndarray, shape (n, 2)
        On a plane, no two the same.
    graph : CandidateGraph

    Returns
    -------
    ndarray of int, shape (m, 2)
        Connected. Points on one line are joined one after the other.
    """
    if len(metres) < 3:
        return _chain(metres)
    try:
        triangles = Delaunay(metres)
    except QhullError:
        return _chain(metres)
    if len(triangles.coplanar):
        # A point so near to another that no triangle has it hangs on its neighbour.
        extra = triangles.coplanar[:, [0, 2]].astype(np.int64)
    else:
        extra = np.zeros((0, 2), dtype=np.int64)
    corners = triangles.simplices.astype(np.int64)
    sides = np.concatenate((corners[:, [1, 2]], corners[:, [2, 0]], corners[:, [0, 1]]))
    opposite = corners.T.reshape(-1)
    if graph is CandidateGraph.GABRIEL:
        obtuse = _is_obtuse(metres, sides, opposite)
        key = sides.min(axis=1) * len(metres) + sides.max(axis=1)
        sides = sides[~np.isin(key, key[obtuse])]
    return np.unique(np.sort(np.concatenate((sides, extra)), axis=1), axis=0)


def _is_obtuse(metres: FloatArray, sides: IntArray, opposite: IntArray) -> BoolArray:
    """Tell where the opposite corner lies inside the circle over a side: its angle is obtuse."""
    one = metres[sides[:, 0]] - metres[opposite]
    other = metres[sides[:, 1]] - metres[opposite]
    obtuse: BoolArray = (one * other).sum(axis=1) < 0.0
    return obtuse


def _chain(metres: FloatArray) -> IntArray:
    order = np.lexsort((metres[:, 1], metres[:, 0]))
    return np.column_stack((order[:-1], order[1:])).astype(np.int64)


def _different(lonlat: FloatArray) -> tuple[FloatArray, IntArray]:
    """Return the different positions from west to east, and which of them each one is."""
    numbers = number_places(lonlat)
    _, first = np.unique(numbers, return_index=True)
    places = lonlat[first]
    order = np.lexsort((places[:, 1], places[:, 0]))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return places[order], rank[numbers]


def _nearest(lonlat: FloatArray, root_nodes: IntArray, count: int) -> IntArray:
    """Return each place that is no root with each of its nearest roots."""
    count = min(count, len(root_nodes))
    places = np.setdiff1d(np.arange(len(lonlat)), root_nodes)
    if not count or not len(places):
        return np.zeros((0, 2), dtype=np.int64)
    points = to_ecef(lonlat[:, 0], lonlat[:, 1])
    _, near = cKDTree(points[root_nodes]).query(points[places], k=[*range(1, count + 1)])
    return np.column_stack((np.repeat(places, count), root_nodes[near].reshape(-1)))

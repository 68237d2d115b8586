"""A network along roads: villages and fibre points joined to the roads they lie nearest to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from geo.geodesy import geodesic_m
from geo.networks.attaching import nearest_on_lines
from geo.networks.network import (
    GeoNetwork,
    NetworkKind,
    check_route_factor,
    network_warning,
    straight_lines,
)
from geo.networks.noding import RoadGraph
from geo.networks.places import Places, join_places
from geo.networks.polylines import SAME_M, Cuts, Polylines, split
from geo.networks.roads import road_warning
from planning.columns import BoolArray, FloatArray, IntArray
from planning.errors import DataError, Fault
from planning.network import Network
from planning.vocabulary import DEFAULT_ROUTE_FACTOR

DEFAULT_REACH_KM: Final = 5.0
"""A village farther from every road than this is worth a look: there must be a path at least."""
_AT_NODE_M: Final = 1.0
"""A village passed this near to a junction is passed at it; along a road, at a whole metre."""


def road_network(
    graph: RoadGraph,
    villages: Places,
    fibre_points: Places,
    *,
    connected_villages: Places | None = None,
    route_factor: float = DEFAULT_ROUTE_FACTOR,
    reach_km: float = DEFAULT_REACH_KM,
) -> GeoNetwork:
    """Join villages and fibre points to roads.

    Parameters
    ----------
    graph : RoadGraph
    villages : Places
        Those to be connected. One without a position is left out, with a fault.
    fibre_points : Places
        Where fibre is today; at least one with a position.
    connected_villages : Places, optional
        Villages that have fibre, which are roots as well.
    route_factor : float
        Cable over straight line, of the ways between a place and its road. Along roads the length
        is that of the road.
    reach_km : float
        A place farther from its road gets its straight connection with a warning.

    Returns
    -------
    GeoNetwork
        Each village is joined to the nearest road that a fibre point can be reached on, by a
        straight connection of its own; the road is divided there. Roads from which none can be
        reached (islands) are left out and counted in a fault.

    Raises
    ------
    DataError
        If no fibre point has a position.
    PlanningError
        If the route factor is out of its range.
    """
    check_route_factor(route_factor)
    roots = join_places(fibre_points, connected_villages or Places.none())
    faults = [*graph.faults]
    faults += [network_warning("no-position", place) for place in villages.unlocated()]
    faults += [network_warning("no-position", place) for place in roots.unlocated()]
    cohort, roots = villages.located(), roots.located()
    if not len(roots):
        raise DataError("error-network-no-roots")
    every_line = np.arange(len(graph.edges))
    component = graph.components()[graph.edges[:, 0]]
    root_places = graph.plane.metres(roots.lonlat)
    at_roots = nearest_on_lines(graph.lines, every_line, root_places)
    alive = np.isin(component, component[at_roots.line])
    faults += _islands(graph, component, alive)
    lines = np.flatnonzero(alive)
    measure = at_roots.measure
    if len(cohort):
        at_villages = nearest_on_lines(graph.lines, lines, graph.plane.metres(cohort.lonlat))
        measure = np.concatenate((at_villages.measure, measure))
    divided = _divided(graph, lines, measure)
    whole, away = _assembled(divided, cohort, roots, route_factor)
    ids = (*cohort.ids, *roots.ids)
    faults += [
        network_warning("far", ids[at], km=away[at] / 1000.0, limit=reach_km)
        for at in np.flatnonzero(away > 1000.0 * reach_km).tolist()
    ]
    return replace(whole, faults=tuple(faults))


@dataclass(frozen=True, slots=True, eq=False)
class _Divided:
    """Roads divided where places are joined to them; ``joint`` is the node of each place."""

    lonlat: FloatArray
    edges: IntArray
    lines: Polylines
    effort: FloatArray
    joint: IntArray


def _islands(graph: RoadGraph, component: IntArray, alive: BoolArray) -> list[Fault]:
    if alive.all():
        return []
    count = len(np.unique(component[~alive]))
    km = float(graph.lines.take(np.flatnonzero(~alive)).lengths_m().sum()) / 1000.0
    return [road_warning("islands", count=count, km=km)]


def _divided(graph: RoadGraph, which: IntArray, measure: FloatArray) -> _Divided:
    """Divide lines where places are joined to them; measures are along all lines of the graph."""
    whole = graph.lines
    line = np.searchsorted(whole.measure[whole.starts], measure + SAME_M, side="right") - 1
    first, last = whole.measure[whole.starts[line]], whole.measure[whole.ends[line]]
    # A node near by is used as it is.
    from_start, from_end = measure - first, last - measure
    at_start = from_start <= np.minimum(from_end, _AT_NODE_M)
    at_end = ~at_start & (from_end <= _AT_NODE_M)
    # Two villages across the road from each other share a node, and no two nodes are too near.
    measure, lonlat, metres = whole.at(np.clip(first + np.round(from_start), first, last))
    inside = np.flatnonzero(~at_start & ~at_end)
    inside = inside[np.argsort(measure[inside], kind="stable")]
    fresh = np.diff(measure[inside], prepend=-np.inf) > 3.0 * SAME_M
    cut = inside[fresh]
    n_nodes = len(graph.lonlat)
    joint = np.where(at_start, graph.edges[line, 0], graph.edges[line, 1])
    joint[inside] = n_nodes + np.cumsum(fresh) - 1

    part = whole.take(which)
    shift = whole.measure[whole.starts[which]] - part.measure[part.starts]
    place = np.searchsorted(which, line[cut])
    pieces, parent = split(part, Cuts(measure[cut] - shift[place], lonlat[cut], metres[cut]))
    edges = graph.edges[which][parent].copy()
    opens = np.diff(parent, prepend=-1) > 0
    closes = np.diff(parent, append=len(which)) > 0
    # Cuts ascend along the lines as the pieces do, one between each two of a line.
    edges[~closes, 1] = edges[~opens, 0] = n_nodes + np.arange(len(cut))
    return _Divided(
        np.concatenate((graph.lonlat, lonlat[cut])),
        edges,
        pieces,
        graph.effort[which][parent],
        joint,
    )


def _assembled(
    divided: _Divided, cohort: Places, roots: Places, route_factor: float
) -> tuple[GeoNetwork, FloatArray]:
    """Put roads, villages, fibre points and their connections together and number the nodes.

    Returns the network, still without faults, and how far from its road each place is, metres.
    """
    places = np.concatenate((cohort.lonlat, roots.lonlat))
    joints = divided.lonlat[divided.joint]
    away = geodesic_m(places[:, 0], places[:, 1], joints[:, 0], joints[:, 1])
    # A road back to where it began is of no use to a tree, now that nothing lies on it.
    useful = np.flatnonzero(divided.edges[:, 0] != divided.edges[:, 1])
    ways = divided.lines.take(useful)
    leaves = len(divided.lonlat) + np.arange(len(places))
    edges = np.concatenate((divided.edges[useful], np.column_stack((divided.joint, leaves))))
    used, numbered = np.unique(edges, return_inverse=True)
    node_of_leaf = np.searchsorted(used, leaves)
    lonlat = np.concatenate((divided.lonlat, places))[used]
    network = Network(
        n_nodes=len(used),
        edges=numbered.reshape(-1, 2).astype(np.int64),
        lengths_m=np.concatenate((ways.lengths_m(), away * route_factor)),
        effort=np.concatenate((divided.effort[useful], np.ones(len(places)))),
        roots=node_of_leaf[len(cohort) :],
        villages=node_of_leaf[: len(cohort)],
    )
    whole = GeoNetwork(
        network=network,
        node_lonlat=lonlat,
        edge_shapes=np.concatenate((ways.shapes(), straight_lines(joints, places))),
        village_ids=cohort.ids,
        root_ids=roots.ids,
        faults=(),
        kind=NetworkKind.ROADS,
    )
    return whole, away

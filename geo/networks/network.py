"""A network of cable routes with its places on earth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import shapely

from geo.intake.table import Geometries
from planning.columns import FloatArray
from planning.errors import Fault, PlanningError, Severity
from planning.network import Network


class NetworkKind(StrEnum):
    """What a network was made of: roads of a file, or the places alone."""

    ROADS = "roads"
    CANDIDATE = "candidate"


@dataclass(frozen=True, slots=True, eq=False)
class GeoNetwork:
    """A network as the solver takes it and the earth it lies on.

    Attributes
    ----------
    network : Network
        Every village that can be connected is a node of its own with one edge, its connection.
    node_lonlat : ndarray, shape (n, 2)
        EPSG:4326.
    edge_shapes : ndarray of LineString, shape (m,)
        EPSG:4326, from the first node of each edge to the second. The connection of a village
        that lies on the network has two equal vertices.
    village_ids : tuple of str
        In the order of ``network.villages``: ascending.
    root_ids : tuple of str
        Fibre point or connected village at each of ``network.roots``. Of several at one place
        the first.
    faults : tuple of Fault
        Warnings about roads and places.
    kind : NetworkKind
    """

    network: Network
    node_lonlat: FloatArray
    edge_shapes: Geometries
    village_ids: tuple[str, ...]
    root_ids: tuple[str, ...]
    faults: tuple[Fault, ...]
    kind: NetworkKind


def with_effort(network: GeoNetwork, effort: FloatArray) -> GeoNetwork:
    """Return a network whose edges cost more where the ground does, by slope for example.

    Parameters
    ----------
    network : GeoNetwork
    effort : ndarray, shape (m,)
        Factor of each edge; it multiplies the effort the edge has already, such as the cost
        factor of its road.

    Raises
    ------
    PlanningError
        If there is not one finite, not negative factor for each edge.
    """
    factors = np.asarray(effort, dtype=np.float64)
    edges = len(network.network.edges)
    if factors.shape != (edges,) or not (np.isfinite(factors) & (factors >= 0.0)).all():
        raise PlanningError("error-network-effort", edges=edges)
    changed = replace(network.network, effort=network.network.effort * factors)
    return replace(network, network=changed)


def straight_lines(start: FloatArray, end: FloatArray) -> Geometries:
    """Return LineStrings of two vertices between positions, each of shape (n, 2)."""
    if not len(start):
        return np.zeros(0, dtype=object)
    return np.asarray(shapely.linestrings(np.stack((start, end), axis=1)), dtype=object)


def network_warning(what: str, got: str, **values: float) -> Fault:
    """Return a warning about a place; ``what`` ends the names of its sentence and its remedy."""
    return Fault(
        f"fault-network-{what}",
        got=got,
        values=values,
        severity=Severity.WARNING,
        remedy=f"remedy-network-{what}",
    )


def check_route_factor(factor: float) -> None:
    """Refuse a route factor by which cable would be shorter than the straight line.

    Raises
    ------
    PlanningError
    """
    if not 1.0 <= factor <= 10.0:
        raise PlanningError("error-network-route-factor", got=factor)

"""The links of a plan as a network of their own, for standards that describe networks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely

from geo.export.content import COORDINATE_DECIMALS
from geo.networks.network import GeoNetwork
from planning.columns import IntArray
from planning.network import Network
from services.rollout_values import FIBRE, RolloutPlan

_Place = tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class PlannedNetwork:
    """What a plan lays in cable.

    Attributes
    ----------
    network : GeoNetwork
        An edge for each link of fibre, in their order; its ends are nodes, and nodes that lie
        where a village of the plan or a fibre point does carry its id.
    waves : ndarray of int, shape (e,)
        Place of each edge's wave among all of them; -1 for an edge without one.
    names : mapping of str to str
        Of villages and fibre points, by id.
    """

    network: GeoNetwork
    waves: IntArray
    names: Mapping[str, str]


def planned_network(plan: RolloutPlan, waves: tuple[str, ...]) -> PlannedNetwork:
    """Build the network of a plan's cable from its links.

    Parameters
    ----------
    plan : RolloutPlan
    waves : tuple of str
        Every wave, first to last.

    Returns
    -------
    PlannedNetwork
        Without microwave links, which are no fibre.
    """
    links = plan.links[plan.links["technology"] == FIBRE]
    lines = links.geometry.to_numpy()
    ends = [
        (_place(line, 0), _place(line, -1))
        for line in lines  # from the fibre point outwards
    ]
    node_of: dict[_Place, int] = {}
    for pair in ends:
        for place in pair:
            node_of.setdefault(place, len(node_of))
    whole = plan.network
    connected = set(plan.villages.loc[plan.villages["is_connected"].astype(bool), "village_id"])
    villages = _ids_at(whole, whole.network.villages, whole.village_ids, node_of)
    # Of several villages at one place, and of the villages of a place, those that are connected.
    villages = {node: key for node, key in villages.items() if key in connected}
    roots = _ids_at(whole, whole.network.roots, whole.root_ids, node_of)
    places = np.array(list(node_of), dtype=np.float64).reshape(len(node_of), 2)
    network = Network(
        n_nodes=len(node_of),
        edges=np.array([[node_of[a], node_of[b]] for a, b in ends], dtype=np.int64).reshape(-1, 2),
        lengths_m=links["length_km"].to_numpy(np.float64) * 1000.0,
        effort=np.ones(len(links)),
        roots=np.array(sorted(roots), dtype=np.int64),
        villages=np.array(sorted(villages), dtype=np.int64),
    )
    at = {wave: number for number, wave in enumerate(waves)}
    return PlannedNetwork(
        network=GeoNetwork(
            network=network,
            node_lonlat=places,
            edge_shapes=lines,
            village_ids=tuple(villages[node] for node in sorted(villages)),
            root_ids=tuple(roots[node] for node in sorted(roots)),
            faults=(),
            kind=whole.kind,
        ),
        waves=np.array([at.get(wave, -1) for wave in links["wave"]], dtype=np.int64),
        names=_names(plan, links["from_name"].tolist(), ends, node_of, roots),
    )


def _place(line: shapely.LineString, end: int) -> _Place:
    lon, lat = shapely.get_coordinates(line)[end].tolist()
    return round(lon, COORDINATE_DECIMALS), round(lat, COORDINATE_DECIMALS)


def _ids_at(
    whole: GeoNetwork, nodes: IntArray, ids: tuple[str, ...], node_of: Mapping[_Place, int]
) -> dict[int, str]:
    """Return which of some ids lies at each end of a link; of several the first."""
    found: dict[int, str] = {}
    for (lon, lat), key in zip(whole.node_lonlat[nodes].tolist(), ids, strict=True):
        place = (round(lon, COORDINATE_DECIMALS), round(lat, COORDINATE_DECIMALS))
        if place in node_of:
            found.setdefault(node_of[place], key)
    return found


def _names(
    plan: RolloutPlan,
    from_names: list[str | None],
    ends: list[tuple[_Place, _Place]],
    node_of: Mapping[_Place, int],
    roots: Mapping[int, str],
) -> dict[str, str]:
    names = {}
    for name, (start, _) in zip(from_names, ends, strict=True):
        root = roots.get(node_of[start])
        if root is not None and isinstance(name, str):
            names[root] = name
    own = zip(plan.villages["village_id"], plan.villages["village"], strict=True)
    return names | {str(key): str(name) for key, name in own if isinstance(name, str)}

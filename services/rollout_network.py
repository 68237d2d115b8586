"""Where cable may be laid for a roll-out: along roads of a file, or between neighbouring places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from geo.networks.candidate import candidate_network
from geo.networks.network import GeoNetwork, with_effort
from geo.networks.noding import node_roads
from geo.networks.places import Places, join_places
from geo.networks.road_network import road_network
from geo.networks.roads import read_roads, roads_near
from geo.terrain.dem import Dem
from geo.terrain.reading import read_dem
from geo.terrain.slope import effort_along
from planning.columns import FloatArray, IntArray
from planning.errors import DataError
from planning.optimise.adjacency import adjacency
from planning.optimise.shortest_paths import nearest_sources
from planning.vocabulary import Gap, SiteKind
from services.province import Province
from services.rollout_cohort import Cohort
from services.rollout_values import RolloutQuestion
from services.serving import find_serving_points

_MARGIN_DEGREES = 0.1
"""Ground is read this far around the places, about 10 km."""


@dataclass(frozen=True, eq=False)
class Site:
    """The ground of a plan.

    Attributes
    ----------
    network : GeoNetwork
    row_of_village : ndarray of int, shape (v,)
        Cohort row of each village of the network.
    root_names : mapping of str to str
        Name of each fibre point by id.
    stations : Places
        Base stations in service, which a mast may be linked to.
    station_names : mapping of str to str
    dem : Dem or None
    """

    network: GeoNetwork
    row_of_village: IntArray
    root_names: Mapping[str, str]
    stations: Places
    station_names: Mapping[str, str]
    dem: Dem | None

    def by_village(self, values: FloatArray) -> FloatArray:
        """Return figures of the cohort in the order of the network's villages."""
        return np.asarray(values)[self.row_of_village]


def find_site(province: Province, question: RolloutQuestion, cohort: Cohort) -> Site:
    """Build the network of a question.

    Raises
    ------
    DataError, PlanningError
        As the readers of roads and heights and the builders of networks.
    """
    points = find_serving_points(province, Gap.FIBRE, question.as_of)
    fibre = Places(tuple(map(str, points.point_id)), points.lon, points.lat)
    stations, station_names = _stations(province, question)
    if question.technology == "masts" and not fibre.is_located().any():
        # Cable plays no part; the network only has to stand.
        fibre = stations
    villages = Places(
        cohort.ids,
        cohort.table["lon"].to_numpy(dtype=np.float64),
        cohort.table["lat"].to_numpy(dtype=np.float64),
    )
    network = _network(question, villages, fibre)
    dem = None
    if question.dem is not None:
        dem = _ground(question, join_places(villages, fibre, stations).located())
        network = with_effort(network, effort_along(dem, network.edge_shapes))
        network = replace(network, faults=(*network.faults, *dem.faults))
    row = {village: at for at, village in enumerate(cohort.ids)}
    return Site(
        network=network,
        row_of_village=np.array([row[village] for village in network.village_ids], np.int64),
        root_names=dict(zip(fibre.ids, map(str, points.name), strict=False)) | station_names,
        stations=stations,
        station_names=station_names,
        dem=dem,
    )


def least_cable_m(network: GeoNetwork) -> FloatArray:
    """Return the length of the shortest cable from a fibre point to each village, metres.

    Returns
    -------
    ndarray of float, shape (v,)
        Infinite where there is none.
    """
    whole = network.network
    graph = adjacency(whole.n_nodes, whole.edges)
    distance = np.empty(whole.n_nodes)
    nearest_sources(
        graph.start,
        graph.arcs,
        graph.head,
        np.repeat(whole.lengths_m, 2).astype(np.float64),
        whole.roots.astype(np.int64),
        np.zeros(len(whole.roots)),
        np.inf,
        distance,
        np.empty(whole.n_nodes, np.int64),
        np.empty(whole.n_nodes, np.int64),
    )
    return distance[whole.villages]


def _network(question: RolloutQuestion, villages: Places, fibre: Places) -> GeoNetwork:
    factor = question.route_factor
    if question.roads is None:
        return candidate_network(villages, fibre, route_factor=factor)
    places = join_places(villages, fibre).located()
    roads = roads_near(read_roads(question.roads), places)
    return road_network(node_roads(roads), villages, fibre, route_factor=factor)


def _ground(question: RolloutQuestion, places: Places) -> Dem:
    assert question.dem is not None  # noqa: S101  (asked before)
    if not len(places):
        raise DataError("error-network-no-roots")
    lon, lat = places.lon, places.lat
    margin = _MARGIN_DEGREES
    return read_dem(
        question.dem,
        bounds=(lon.min() - margin, lat.min() - margin, lon.max() + margin, lat.max() + margin),
    )


def _stations(province: Province, question: RolloutQuestion) -> tuple[Places, dict[str, str]]:
    points = find_serving_points(province, Gap.NO_SIGNAL, question.as_of)
    is_station = np.asarray(points.kind == SiteKind.BASE_STATION, dtype=np.bool_)
    ids = tuple(map(str, points.point_id[is_station]))
    names = dict(zip(ids, map(str, points.name[is_station]), strict=True))
    return Places(ids, points.lon[is_station], points.lat[is_station]), names

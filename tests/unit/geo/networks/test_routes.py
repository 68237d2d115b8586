"""Chosen edges as lines on a map: none lost, none twice, cut where something happens."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.networks.candidate import candidate_network
from geo.networks.network import GeoNetwork
from geo.networks.noding import node_roads
from geo.networks.road_network import road_network
from geo.networks.routes import Routes, routes
from tests.unit.geo.networks.drawn_roads import line, places, roads


def every_edge(network: GeoNetwork) -> np.ndarray:
    return np.arange(len(network.network.edges))


def check(network: GeoNetwork, edges: np.ndarray, made: Routes) -> None:
    passed = np.concatenate([*made.edges, np.zeros(0, dtype=np.int64)])
    long = network.network.lengths_m[edges] > 0
    assert sorted(passed.tolist()) == sorted(edges[long].tolist())
    assert made.length_m.sum() == pytest.approx(network.network.lengths_m[edges].sum())
    for shape, ends in zip(made.shapes, made.ends.tolist(), strict=True):
        assert shape.coords[0] == tuple(network.node_lonlat[ends[0]])
        assert shape.coords[-1] == tuple(network.node_lonlat[ends[1]])


@pytest.fixture
def valley() -> GeoNetwork:
    """Return a road with a side valley, drawn in pieces, a village at either end."""
    drawn = roads(
        line((0, 0), (200, 0)),
        line((200, 0), (500, 0)),
        line((500, 0), (900, 0)),
        line((500, 0), (500, 300)),
        line((500, 600), (500, 300)),
    )
    return road_network(
        node_roads(drawn), places("v", (900, 50), (500, 700)), places("f", (-10, 0))
    )


def test_pieces_of_road_become_branches_away_from_the_fibre_point(valley: GeoNetwork) -> None:
    made = routes(valley, every_edge(valley))
    check(valley, every_edge(valley), made)
    root = valley.network.roots[0]
    east, north = valley.network.villages
    (branching,) = set(made.ends.reshape(-1).tolist()) - {root, east, north}
    assert sorted(made.ends.tolist()) == sorted(
        [[root, branching], [branching, east], [branching, north]]
    )
    lengths = dict(zip(map(tuple, made.ends.tolist()), made.length_m, strict=True))
    assert lengths[root, branching] == pytest.approx(500 + 10 * 1.4, rel=2e-3)
    assert lengths[branching, north] == pytest.approx(600 + 100 * 1.4, rel=2e-3)


def test_a_route_ends_where_the_wave_changes(valley: GeoNetwork) -> None:
    edges = every_edge(valley)
    middle = valley.node_lonlat[valley.network.edges].mean(axis=1)
    later = (middle[:, 1] > 22.001).astype(np.int64)
    made = routes(valley, edges, later)
    check(valley, edges, made)
    assert made.group.tolist() == sorted(made.group.tolist())
    for group, steps in zip(made.group, made.edges, strict=True):
        assert set(later[steps]) == {group}


def test_a_route_ends_where_the_wave_changes_between_two_junctions(valley: GeoNetwork) -> None:
    edges = every_edge(valley)
    (root_edge,) = np.flatnonzero((valley.network.edges == valley.network.roots[0]).any(axis=1))
    made = routes(valley, edges, np.where(edges == root_edge, 0, 1))
    check(valley, edges, made)
    assert made.group.tolist() == [0, 1, 1, 1]
    assert made.edges[0].tolist() == [root_edge]


def test_a_village_the_cable_goes_on_from_ends_a_route() -> None:
    network = candidate_network(
        places("v", (0, 1000), (0, 2000)), places("f", (0, 0)), nearest_roots=0
    )
    made = routes(network, every_edge(network))
    check(network, every_edge(network), made)
    one, two = network.network.villages
    assert made.ends.tolist() == [[network.network.roots[0], one], [one, two]]
    # The village and the place it lies at are drawn as one.
    assert (made.stands_for == one).sum() == 2


def test_a_relay_is_passed_without_a_stop() -> None:
    network = candidate_network(
        places("v", (0, 2000)), places("f", (0, 0)), relays=places("r", (10, 1000)), nearest_roots=0
    )
    chosen = [
        edge
        for edge, (start, end) in enumerate(network.network.edges.tolist())
        if abs(network.node_lonlat[start, 1] - network.node_lonlat[end, 1]) < 0.012
    ]
    made = routes(network, np.array(chosen))
    assert len(made.shapes) == 1
    assert len(made.shapes[0].coords) == 3


def test_no_edge_is_no_route(valley: GeoNetwork) -> None:
    made = routes(valley, np.zeros(0, dtype=np.int64))
    assert len(made.shapes) == len(made.edges) == len(made.length_m) == 0
    assert made.ends.shape == (0, 2)


def test_a_ring_is_a_route_too() -> None:
    ring = [((0, 0), (300, 0)), ((300, 0), (300, 300)), ((300, 300), (0, 0))]
    network = road_network(
        node_roads(roads(*(line(*side) for side in ring))), places("v"), places("f", (0, 0))
    )
    sides = np.flatnonzero(network.network.lengths_m > 0)
    made = routes(network, sides)
    assert len(made.shapes) == 1
    assert made.shapes[0].is_ring


@settings(max_examples=40, deadline=None)
@given(
    points=st.lists(
        st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=2, max_size=10, unique=True
    ),
    seed=st.integers(0, 2**16),
)
def test_whatever_is_chosen_is_drawn_once(points: list[tuple[int, int]], seed: int) -> None:
    drawn = [(250.0 * x, 250.0 * y) for x, y in points]
    network = candidate_network(places("v", *drawn[1:]), places("f", drawn[0]))
    random = np.random.default_rng(seed)
    edges = random.permutation(np.flatnonzero(random.random(len(network.network.edges)) < 0.6))
    made = routes(network, edges, random.integers(0, 3, len(edges)))
    check(network, edges, made)

"""Villages and fibre points on roads: where they are passed, what it costs, what is unreached."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.networks.gathering import connected
from geo.networks.network import GeoNetwork, NetworkKind, with_effort
from geo.networks.noding import node_roads
from geo.networks.places import Places
from geo.networks.road_network import road_network
from i18n import LANGUAGES, translator
from i18n.refusals import say_fault, say_remedy
from planning.errors import DataError, Fault, PlanningError
from tests.unit.geo.networks.drawn_roads import Metres, line, places, roads

ROAD = line((0, 0), (1000, 0))
FIBRE = places("f", (0, 0))


def check(network: GeoNetwork) -> None:
    """See that a network is what it says it is."""
    whole = network.network
    edges, lonlat = whole.edges, network.node_lonlat
    assert len(edges) == len(whole.lengths_m) == len(whole.effort) == len(network.edge_shapes)
    assert (edges[:, 0] != edges[:, 1]).all()
    assert edges.min() >= 0
    assert edges.max() < whole.n_nodes == len(lonlat)
    assert (whole.lengths_m >= 0.0).all()
    assert len(network.village_ids) == len(set(whole.villages.tolist())) == len(whole.villages)
    assert len(network.root_ids) == len(set(whole.roots.tolist())) == len(whole.roots)
    degree = np.bincount(edges.reshape(-1), minlength=whole.n_nodes)
    assert (degree[whole.villages] == 1).all()
    for edge, shape in zip(edges, network.edge_shapes, strict=True):
        assert shape.coords[0] == tuple(lonlat[edge[0]])
        assert shape.coords[-1] == tuple(lonlat[edge[1]])


def reached(network: GeoNetwork) -> bool:
    """Tell whether every village can be reached from some root."""
    number = connected(network.network.n_nodes, network.network.edges)
    return bool(np.isin(number[network.network.villages], number[network.network.roots]).all())


def connection_m(network: GeoNetwork, village: str) -> float:
    node = network.network.villages[network.village_ids.index(village)]
    (edge,) = np.flatnonzero((network.network.edges == node).any(axis=1))
    return float(network.network.lengths_m[edge])


def test_a_village_is_passed_at_the_nearest_point_of_the_road() -> None:
    made = road_network(node_roads(roads(ROAD)), places("v", (400, 300)), FIBRE)
    check(made)
    assert made.kind is NetworkKind.ROADS
    assert made.village_ids == ("v1",)
    assert made.root_ids == ("f1",)
    # Two halves of the road, the village's connection and the fibre point's.
    np.testing.assert_allclose(
        sorted(made.network.lengths_m), [0, 400, 300 * 1.4, 600], atol=1e-6, rtol=2e-3
    )
    assert made.faults == ()


def test_villages_at_one_point_of_the_road_have_each_their_own_connection() -> None:
    made = road_network(
        node_roads(roads(ROAD)), places("v", (400, 300), (400, -200), (400, 300)), FIBRE
    )
    check(made)
    assert made.network.n_nodes == 2 + 1 + 3 + 1


def test_a_village_beside_a_junction_is_passed_at_it() -> None:
    made = road_network(node_roads(roads(ROAD)), places("v", (1200, 0), (999.5, 10)), FIBRE)
    check(made)
    assert made.network.n_nodes == 2 + 2 + 1


def test_a_village_far_from_every_road_gets_a_straight_connection_and_a_warning() -> None:
    made = road_network(node_roads(roads(ROAD)), places("v", (500, 6000)), FIBRE, route_factor=2.0)
    check(made)
    assert [fault.key for fault in made.faults] == ["fault-network-far"]
    assert made.faults[0].got == "v1"
    assert made.faults[0].values["km"] == pytest.approx(6.0, rel=1e-2)
    assert connection_m(made, "v1") == pytest.approx(12_000, rel=1e-2)


def test_an_island_without_fibre_is_left_out_and_nobody_is_joined_to_it() -> None:
    island = line((0, 2000), (3000, 2000))
    made = road_network(node_roads(roads(ROAD, island)), places("v", (500, 1900)), FIBRE)
    check(made)
    assert reached(made)
    (fault,) = made.faults
    assert fault.key == "fault-roads-islands"
    assert fault.values["count"] == 1
    assert fault.values["km"] == pytest.approx(3.0, rel=1e-2)
    assert connection_m(made, "v1") == pytest.approx(1900 * 1.4, rel=1e-2)


def test_a_village_with_fibre_makes_its_island_useful() -> None:
    island = line((0, 2000), (3000, 2000))
    made = road_network(
        node_roads(roads(ROAD, island)),
        places("v", (500, 1900)),
        FIBRE,
        connected_villages=places("c", (3000, 2100)),
    )
    assert made.faults == ()
    assert made.root_ids == ("c1", "f1")
    assert connection_m(made, "v1") == pytest.approx(100 * 1.4, rel=1e-2)
    assert reached(made)


def test_places_without_a_position_are_named() -> None:
    lost = Places(("v1", "v2"), np.array([104.0, np.nan]), np.array([22.001, 22.0]))
    made = road_network(node_roads(roads(ROAD)), lost, FIBRE)
    assert made.village_ids == ("v1",)
    assert [(fault.key, fault.got) for fault in made.faults] == [
        ("fault-network-no-position", "v2")
    ]


def test_without_a_fibre_point_there_is_nothing_to_connect_to() -> None:
    nowhere = Places(("f1",), np.array([np.nan]), np.array([np.nan]))
    for roots in (nowhere, Places.none()):
        with pytest.raises(DataError) as refused:
            road_network(node_roads(roads(ROAD)), places("v", (1, 1)), roots)
        assert refused.value.key == "error-network-no-roots"


def test_a_road_round_a_village_is_opened_where_it_is_passed() -> None:
    ring = line((1000, 0), (1300, 0), (1300, 300), (1000, 300), (1000, 0))
    drawn = node_roads(roads(ROAD, ring))
    on_it = road_network(drawn, places("v", (1310, 300)), FIBRE)
    check(on_it)
    assert len(on_it.network.edges) == 1 + 2 + 2
    off_it = road_network(drawn, places("v", (500, 10)), FIBRE)
    check(off_it)
    assert len(off_it.network.edges) == 2 + 2


def test_a_road_keeps_its_cost_factor_on_both_sides_of_a_village() -> None:
    drawn = roads(ROAD)
    graph = node_roads(
        type(drawn)(drawn.lines, drawn.road_class, np.array([3.0]), drawn.level, drawn.rows)
    )
    made = road_network(graph, places("v", (400, 300)), FIBRE)
    assert sorted(made.network.effort) == [1.0, 1.0, 3.0, 3.0]
    steeper = with_effort(made, np.full(4, 2.0))
    assert sorted(steeper.network.effort) == [2.0, 2.0, 6.0, 6.0]
    assert sorted(made.network.effort) == [1.0, 1.0, 3.0, 3.0]


@pytest.mark.parametrize("factors", [np.ones(3), np.full(4, np.nan), np.full(4, -1.0)])
def test_factors_that_do_not_fit_are_refused(factors: np.ndarray) -> None:
    made = road_network(node_roads(roads(ROAD)), places("v", (400, 300)), FIBRE)
    with pytest.raises(PlanningError) as refused:
        with_effort(made, factors)
    assert refused.value.key == "error-network-effort"


@pytest.mark.parametrize("factor", [0.9, 11.0, float("nan")])
def test_cable_is_not_shorter_than_the_straight_line(factor: float) -> None:
    with pytest.raises(PlanningError) as refused:
        road_network(node_roads(roads(ROAD)), places("v", (1, 1)), FIBRE, route_factor=factor)
    assert refused.value.key == "error-network-route-factor"


def test_every_warning_can_be_said_with_a_hostile_name() -> None:
    faults = (
        Fault("fault-network-far", got="<b>{ $x }", values={"km": 7.0, "limit": 5.0}),
        Fault("fault-network-no-position", got="{ $y }"),
    )
    for words in map(translator, LANGUAGES):
        assert all(fault.got in say_fault(fault, words) for fault in faults if fault.got)
        assert say_remedy(faults[0], words) == ""


POINT = st.tuples(st.integers(-200, 1200), st.integers(-900, 900)).map(
    lambda point: (float(point[0]), float(point[1]))
)
CORNER = st.tuples(st.integers(0, 6), st.integers(-5, 5)).map(
    lambda point: (150.0 * point[0], 150.0 * point[1])
)


@settings(max_examples=60, deadline=None)
@given(
    villages=st.lists(POINT, max_size=12),
    fibre=st.lists(POINT, min_size=1, max_size=4),
    walks=st.lists(st.lists(CORNER, min_size=2, max_size=4, unique=True), min_size=1, max_size=5),
)
def test_every_village_is_a_leaf_that_a_root_reaches(
    villages: Metres, fibre: Metres, walks: list[Metres]
) -> None:
    made = road_network(
        node_roads(roads(*(line(*walk) for walk in walks))),
        places("v", *villages),
        places("f", *fibre),
    )
    check(made)
    assert reached(made)
    # Dividing roads neither adds to them nor takes away, loops and islands aside.
    assert len(made.village_ids) == len(villages)


@settings(max_examples=40, deadline=None)
@given(villages=st.lists(POINT, min_size=1, max_size=8), seed=st.integers(0, 2**16))
def test_the_order_of_villages_makes_no_difference(villages: Metres, seed: int) -> None:
    given_places = places("v", *villages)
    order = np.random.default_rng(seed).permutation(len(villages))
    turned = Places(
        tuple(given_places.ids[at] for at in order),
        given_places.lon[order],
        given_places.lat[order],
    )
    graph = node_roads(roads(ROAD, line((500, 0), (500, 800))))
    one, other = (road_network(graph, each, FIBRE) for each in (given_places, turned))
    assert one.village_ids == other.village_ids
    np.testing.assert_array_equal(one.network.edges, other.network.edges)
    np.testing.assert_array_equal(one.network.lengths_m, other.network.lengths_m)


@settings(max_examples=40, deadline=None)
@given(villages=st.lists(POINT, min_size=1, max_size=8))
def test_a_connection_leads_to_the_nearest_point_there_is(villages: Metres) -> None:
    drawn = [ROAD, line((500, 0), (500, 800))]
    made = road_network(node_roads(roads(*drawn)), places("v", *villages), FIBRE, route_factor=1.0)
    plain = shapely.MultiLineString([[(0, 0), (1000, 0)], [(500, 0), (500, 800)]])
    for number, point in enumerate(villages, start=1):
        wanted = plain.distance(shapely.Point(point))
        # A village near a junction is passed at it, up to a metre aside.
        assert connection_m(made, f"v{number}") == pytest.approx(wanted, rel=3e-3, abs=1.0)

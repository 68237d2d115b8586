"""Networks drawn from the places alone: all in one piece, and as cheap as any."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import coo_array
from scipy.sparse.csgraph import minimum_spanning_tree

from geo.geodesy import geodesic_m
from geo.networks.candidate import CandidateGraph, candidate_network, neighbours
from geo.networks.gathering import connected
from geo.networks.network import GeoNetwork, NetworkKind
from geo.networks.places import Places
from planning.errors import DataError
from planning.vocabulary import DEFAULT_ROUTE_FACTOR, Gap, SiteKind
from services.province import shipped_province
from tests.unit.geo.networks.drawn_roads import Metres, places

FIBRE = places("f", (0, 0))
EITHER = pytest.mark.parametrize("graph", list(CandidateGraph))


def pairs(network: GeoNetwork) -> set[tuple[int, int]]:
    return {(min(edge), max(edge)) for edge in network.network.edges.tolist()}


def pieces(network: GeoNetwork) -> int:
    number = connected(network.network.n_nodes, network.network.edges)
    return int(number.max()) + 1


def test_a_village_hangs_on_the_place_where_it_is() -> None:
    made = candidate_network(places("v", (0, 1000)), FIBRE)
    assert made.kind is NetworkKind.CANDIDATE
    assert made.network.n_nodes == 3
    assert sorted(made.network.lengths_m) == pytest.approx(
        [0, 1000 * DEFAULT_ROUTE_FACTOR], rel=2e-3
    )
    assert made.network.roots.tolist() == [0]
    assert made.network.villages.tolist() == [2]
    np.testing.assert_array_equal(made.node_lonlat[1], made.node_lonlat[2])


def test_a_pair_with_a_third_place_between_is_no_gabriel_pair() -> None:
    corners = np.array([[0.0, 0.0], [100.0, 0.0], [50.0, 20.0]])
    assert neighbours(corners, CandidateGraph.DELAUNAY).tolist() == [[0, 1], [0, 2], [1, 2]]
    assert neighbours(corners, CandidateGraph.GABRIEL).tolist() == [[0, 2], [1, 2]]


@EITHER
def test_places_on_one_line_are_joined_one_after_the_other(graph: CandidateGraph) -> None:
    points = np.array([[0.0, 0.0], [30.0, 30.0], [10.0, 10.0], [20.0, 20.0]])
    assert neighbours(points, graph).tolist() == [[0, 2], [2, 3], [3, 1]]


@EITHER
def test_one_place_alone_has_no_neighbour(graph: CandidateGraph) -> None:
    assert neighbours(np.zeros((1, 2)), graph).shape == (0, 2)


def test_several_at_one_place_share_it() -> None:
    made = candidate_network(
        places("v", (0, 500), (0, 500), (0, 0)),
        places("f", (0, 0), (0, 0)),
        connected_villages=places("c", (0, 500)),
    )
    assert made.network.n_nodes == 2 + 3
    assert made.root_ids == ("f1", "c1")
    assert made.village_ids == ("v1", "v2", "v3")
    assert made.network.lengths_m[1:].tolist() == [0.0, 0.0, 0.0]


def test_a_relay_may_be_passed_but_is_no_village() -> None:
    made = candidate_network(
        places("v", (0, 2000)), FIBRE, relays=places("r", (900, 1000)), nearest_roots=0
    )
    assert made.network.n_nodes == 4
    assert made.village_ids == ("v1",)


def test_every_place_may_be_joined_to_its_nearest_fibre_points() -> None:
    between = places("r", *((x, 0) for x in range(100, 1000, 100)))
    fibre = places("f", (0, 0), (-500, 0), (-900, 10))
    for count in (0, 1, 3):
        made = candidate_network(places("v", (1000, 0)), fibre, relays=between, nearest_roots=count)
        own = made.network.villages[0]
        (place,) = (min(edge) for edge in pairs(made) if own in edge)
        direct = sum(
            place in edge and bool({*edge} & {*made.network.roots}) for edge in pairs(made)
        )
        assert direct >= count


def test_places_without_a_position_are_named_and_roots_are_needed() -> None:
    lost = Places(("v1",), np.array([np.nan]), np.array([22.0]))
    made = candidate_network(lost, FIBRE)
    assert made.village_ids == ()
    assert [(fault.key, fault.got) for fault in made.faults] == [
        ("fault-network-no-position", "v1")
    ]
    with pytest.raises(DataError) as refused:
        candidate_network(places("v", (1, 1)), lost)
    assert refused.value.key == "error-network-no-roots"


@pytest.mark.parametrize("with_fibre_are_roots", [True, False])
@EITHER
def test_the_shipped_province_is_in_one_piece(
    graph: CandidateGraph, with_fibre_are_roots: bool
) -> None:
    province = shipped_province()
    lacking = province.cohort(Gap.FIBRE, date(2024, 6, 30)).to_numpy()
    villages = Places.of(province.villages[lacking], "village_id")
    others = Places.of(province.villages[~lacking], "village_id")
    sites = province.sites[province.sites["kind"] == SiteKind.FIBRE_POINT]
    fibre = Places.of(sites, "site_id")
    made = (
        candidate_network(villages, fibre, connected_villages=others, graph=graph)
        if with_fibre_are_roots
        else candidate_network(villages, fibre, relays=others, graph=graph)
    )
    assert len(made.village_ids) == 56
    assert len(made.root_ids) == len(fibre) + with_fibre_are_roots * len(others)
    assert made.faults == ()
    assert pieces(made) == 1
    degree = np.bincount(made.network.edges.reshape(-1))
    assert (degree[made.network.villages] == 1).all()


POINT = st.tuples(st.integers(-50, 50), st.integers(-50, 50)).map(
    lambda point: (100.0 * point[0], 100.0 * point[1])
)


@settings(max_examples=60, deadline=None)
@given(
    villages=st.lists(POINT, min_size=1, max_size=15),
    fibre=st.lists(POINT, min_size=1, max_size=5),
    graph=st.sampled_from(CandidateGraph),
)
def test_it_is_in_one_piece_and_holds_the_shortest_spanning_tree(
    villages: Metres, fibre: Metres, graph: CandidateGraph
) -> None:
    made = candidate_network(
        places("v", *villages), places("f", *fibre), graph=graph, route_factor=1.0, nearest_roots=0
    )
    assert pieces(made) == 1
    whole = made.network
    places_alone = whole.n_nodes - len(villages)
    kept = whole.edges[: len(whole.edges) - len(villages)]
    lon, lat = made.node_lonlat[:places_alone].T
    one, other = np.triu_indices(places_alone, 1)
    every = geodesic_m(lon[one], lat[one], lon[other], lat[other])
    assert spanning_m(places_alone, kept, whole.lengths_m[: len(kept)]) == pytest.approx(
        spanning_m(places_alone, np.column_stack((one, other)), every), rel=1e-3
    )


def spanning_m(n_nodes: int, edges: np.ndarray, lengths: np.ndarray) -> float:
    table = coo_array((lengths, (edges[:, 0], edges[:, 1])), shape=(n_nodes, n_nodes))
    return float(minimum_spanning_tree(table).sum())


@settings(max_examples=30, deadline=None)
@given(villages=st.lists(POINT, min_size=1, max_size=12), seed=st.integers(0, 2**16))
def test_the_order_of_places_makes_no_difference_to_the_network(
    villages: Metres, seed: int
) -> None:
    given_places = places("v", *villages)
    order = np.random.default_rng(seed).permutation(len(villages))
    turned = Places(
        tuple(given_places.ids[at] for at in order),
        given_places.lon[order],
        given_places.lat[order],
    )
    one, other = (candidate_network(each, FIBRE) for each in (given_places, turned))
    assert one.village_ids == other.village_ids
    np.testing.assert_array_equal(one.network.edges, other.network.edges)
    np.testing.assert_array_equal(one.network.lengths_m, other.network.lengths_m)

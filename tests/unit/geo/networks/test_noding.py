"""Which roads meet: junctions, crossings, bridges, loose ends, and nothing lost on the way."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geo.networks.noding import RoadGraph, node_roads
from geo.networks.roads import Roads
from planning.errors import DataError
from tests.unit.geo.networks.drawn_roads import line, roads

WEST_EAST = line((-1000, 0), (1000, 0))


def parts(graph: RoadGraph) -> int:
    return len(np.unique(graph.components()))


def degree(graph: RoadGraph) -> list[int]:
    return sorted(np.bincount(graph.edges.reshape(-1), minlength=len(graph.lonlat)).tolist())


def keys(graph: RoadGraph) -> dict[str, float]:
    return {fault.key: fault.values["count"] for fault in graph.faults}


def test_roads_that_share_an_end_meet() -> None:
    graph = node_roads(roads(line((0, 0), (100, 0)), line((100, 0), (100, 100))))
    assert len(graph.edges) == 2
    assert degree(graph) == [1, 1, 2]
    np.testing.assert_allclose(graph.lines.lengths_m(), 100.0, rtol=2e-3)


def test_a_road_is_divided_where_another_ends_on_its_vertex() -> None:
    graph = node_roads(roads(line((-50, 0), (0, 0), (50, 0)), line((0, 0), (0, 80))), snap_m=0.0)
    assert degree(graph) == [1, 1, 1, 3]


def test_a_road_is_divided_where_another_ends_between_its_vertices() -> None:
    graph = node_roads(roads(WEST_EAST, line((300, 0), (300, 400))))
    assert degree(graph) == [1, 1, 1, 3]
    np.testing.assert_allclose(sorted(graph.lines.lengths_m()), [400, 700, 1300], rtol=2e-3)


def test_a_loose_end_within_the_tolerance_is_joined_by_the_way_that_was_missing() -> None:
    graph = node_roads(roads(WEST_EAST, line((300, 8), (300, 400))))
    assert degree(graph) == [1, 1, 1, 3]
    assert keys(graph) == {"fault-roads-dangling": 1}
    # The way that was missing counts; the road it meets stays where it is.
    np.testing.assert_allclose(sorted(graph.lines.lengths_m()), [400, 700, 1300], rtol=2e-3)


def test_a_loose_end_beyond_the_tolerance_stays_loose() -> None:
    drawn = roads(WEST_EAST, line((300, 12), (300, 400)))
    assert parts(node_roads(drawn)) == 2
    assert parts(node_roads(drawn, snap_m=15.0)) == 1


def test_two_loose_ends_meet() -> None:
    graph = node_roads(roads(line((0, 0), (100, 0)), line((106, 5), (200, 50))))
    assert degree(graph) == [1, 1, 2]


def test_loose_ends_in_a_row_all_meet_though_the_outer_two_are_too_far_apart() -> None:
    row = [line((-300, 0), (0, 0)), line((8, 0), (8, -300)), line((16, 0), (316, 0))]
    graph = node_roads(roads(*row))
    assert degree(graph) == [1, 1, 1, 3]


def test_a_stub_that_overshoots_the_junction_leaves_no_trace() -> None:
    graph = node_roads(roads(WEST_EAST, line((300, -6), (300, 400))))
    assert degree(graph) == [1, 1, 1, 3]


def test_roads_that_cross_meet_unless_told_otherwise() -> None:
    drawn = roads(WEST_EAST, line((0, -500), (0, 500)))
    joined, apart = node_roads(drawn), node_roads(drawn, join_crossings=False)
    assert degree(joined) == [1, 1, 1, 1, 4]
    assert keys(joined) == {"fault-roads-crossings": 1}
    assert parts(apart) == 2
    assert keys(apart) == {"fault-roads-crossings-apart": 1}


def test_a_bridge_does_not_meet_what_it_leads_over() -> None:
    graph = node_roads(roads(WEST_EAST, line((0, -500), (0, 500)), level=[0, 1]))
    assert parts(graph) == 2
    assert keys(graph) == {}


def test_a_bridge_meets_the_roads_at_its_ends() -> None:
    bridge = line((0, -50), (0, 50))
    ramps = line((0, -500), (0, -50)), line((0, 50), (0, 500))
    graph = node_roads(roads(WEST_EAST, bridge, *ramps, level=[0, 1, 0, 0]))
    assert parts(graph) == 2
    assert degree(graph) == [1, 1, 1, 1, 2, 2]


def test_long_roads_are_searched_in_parts_and_found_to_cross_many_times() -> None:
    wave = line(*((10.0 * x, 300.0 * np.sin(x / 12.7)) for x in range(-100, 101)))
    graph = node_roads(roads(WEST_EAST, wave))
    assert keys(graph) == {"fault-roads-crossings": 5}
    assert sum(number == 4 for number in degree(graph)) == 5


def test_a_track_in_short_pieces_does_not_shrink_to_a_point() -> None:
    steps = [line((5.0 * x, 0), (5.0 * x + 5.0, 0)) for x in range(200)]
    graph = node_roads(roads(*steps))
    assert parts(graph) == 1
    np.testing.assert_allclose(graph.lines.lengths_m().sum(), 1000.0, rtol=2e-2)


def test_a_road_back_to_its_start_is_kept_for_those_who_live_on_it() -> None:
    ring = line((0, 0), (300, 0), (300, 300), (0, 300), (0, 0))
    graph = node_roads(roads(ring, line((-500, 0), (0, 0))))
    assert sorted(len(set(edge)) for edge in graph.edges.tolist()) == [1, 2]


def test_a_tolerance_out_of_its_range_is_refused() -> None:
    for wrong in (-1.0, 201.0, float("nan")):
        with pytest.raises(DataError) as refused:
            node_roads(roads(WEST_EAST), snap_m=wrong)
        assert refused.value.key == "error-network-snap"


def test_roads_all_over_the_world_are_refused() -> None:
    across = shapely.LineString([(0, 0), (100, 0)])
    with pytest.raises(DataError) as refused:
        node_roads(roads(across))
    assert refused.value.key == "error-network-extent"


def test_roads_shorter_than_the_tolerance_are_refused() -> None:
    with pytest.raises(DataError) as refused:
        node_roads(roads(line((0, 0), (1, 0))))
    assert refused.value.key == "error-roads-shrunk"


def test_scribbles_that_would_never_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.networks.meetings.MOST_PAIRS", 1000)
    fan = [line((0, x), (1000, 1000 - x)) for x in range(60)]
    with pytest.raises(DataError) as refused:
        node_roads(roads(*fan))
    assert refused.value.key == "error-roads-too-dense"


def test_every_edge_starts_and_ends_at_its_nodes() -> None:
    graph = node_roads(roads(WEST_EAST, line((300, 8), (300, 400)), line((0, -9), (90, 700))))
    for edge, shape in zip(graph.edges, graph.lines.shapes(), strict=True):
        assert shape.coords[0] == tuple(graph.lonlat[edge[0]])
        assert shape.coords[-1] == tuple(graph.lonlat[edge[1]])


WALKS = st.lists(
    st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 6)).map(lambda p: (100.0 * p[0], 100.0 * p[1])),
        min_size=2,
        max_size=5,
        unique=True,
    ),
    min_size=1,
    max_size=6,
)


def outlined(graph: RoadGraph) -> list[bytes]:
    return sorted(shapely.to_wkb(shapely.normalize(graph.lines.shapes())).tolist())


@settings(max_examples=60, deadline=None)
@given(walks=WALKS, seed=st.integers(0, 2**16))
def test_the_order_and_direction_of_features_make_no_difference(
    walks: list[list[tuple[float, float]]], seed: int
) -> None:
    lines = [line(*walk) for walk in walks]
    random = np.random.default_rng(seed)
    turned = [
        lines[at].reverse() if random.random() < 0.5 else lines[at] for at in range(len(lines))
    ]
    shuffled = [turned[at] for at in random.permutation(len(lines))]
    one, other = node_roads(roads(*lines)), node_roads(roads(*shuffled))
    np.testing.assert_array_equal(one.lonlat, other.lonlat)
    np.testing.assert_array_equal(one.edges, other.edges)
    np.testing.assert_array_equal(one.lines.lonlat, other.lines.lonlat)


@settings(max_examples=60, deadline=None)
@given(walks=WALKS)
def test_no_length_is_lost_or_won_by_dividing_roads(
    walks: list[list[tuple[float, float]]],
) -> None:
    drawn = roads(*(line(*walk) for walk in walks))
    graph = node_roads(drawn, snap_m=0.5)
    np.testing.assert_allclose(
        graph.lines.lengths_m().sum(), whole_length_m(drawn), rtol=1e-6, atol=0.5
    )


@settings(max_examples=60, deadline=None)
@given(walks=WALKS)
@example(walks=[[(0.0, 0.0), (100.0, 300.0), (0.0, 100.0)], [(0.0, 200.0), (200.0, 400.0)]])
def test_what_touches_is_connected_and_what_does_not_is_not(
    walks: list[list[tuple[float, float]]],
) -> None:
    drawn = roads(*(line(*walk) for walk in walks))
    graph = node_roads(drawn, snap_m=0.5)
    plain = [shapely.LineString(walk) for walk in walks]
    assert parts(graph) == groups(plain)


def whole_length_m(drawn: Roads) -> float:
    from pyproj import Geod  # noqa: PLC0415

    geod = Geod(ellps="WGS84")
    return float(sum(geod.line_length(*np.array(shape.coords).T) for shape in drawn.lines))


def groups(lines: list[shapely.LineString]) -> int:
    """Count by brute force the groups of lines that touch."""
    of = list(range(len(lines)))
    for _ in lines:
        for one in range(len(lines)):
            for other in range(len(lines)):
                if lines[one].distance(lines[other]) < 1e-9:
                    of[one] = of[other] = min(of[one], of[other])
    return len(set(of))

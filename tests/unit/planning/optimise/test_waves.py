"""Order of building: figures by hand, every order tried for small trees, rules that always hold."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from i18n.translator import translator
from planning.errors import PlanningError
from planning.optimise.build_calendar import BuildCalendar, Pace, Quarter, build_calendar
from planning.optimise.build_forest import BuildQuestion, branches_of
from planning.optimise.order_check import check_order
from planning.optimise.problem import SolverProgress
from planning.optimise.ratio_order import ratio_order
from planning.optimise.wave_search import WaveSearch
from planning.optimise.wave_table import Waves
from planning.optimise.waves import BuildOrder, order_waves

UNTIMED = settings(deadline=None, max_examples=80)


def calendar(*capacity_km: float, months: tuple[float, ...] = ()) -> BuildCalendar:
    quarters = [Quarter(2024, 1)]
    while len(quarters) < len(capacity_km):
        quarters.append(quarters[-1].following)
    left = months or tuple(12.0 + 3.0 * i for i in reversed(range(len(capacity_km))))
    return BuildCalendar(
        tuple(quarters),
        np.array(capacity_km, np.float64),
        np.array(left),
        date(2024, 1, 1),
        date(2024, 12, 31),
        date(2025, 12, 31),
    )


def question(
    edges: list[tuple[int, int]],
    km: list[float],
    villages: list[int],
    people: list[float],
    ranks: list[int] | None = None,
    **more: Any,
) -> BuildQuestion:
    return BuildQuestion(
        n_nodes=1 + max(max(edge) for edge in edges),
        edges=np.array(edges),
        lengths_m=np.array(km) * 1000.0,
        roots=np.array([0]),
        villages=np.array(villages),
        people=np.array(people, np.float64),
        ranks=np.array(ranks or range(1, len(villages) + 1)),
        **{name: np.array(values) for name, values in more.items()},
    )


#: From the root: village A (node 1) 4 km away; and a trunk of 6 km to a junction (2), from where
#: villages B (3) and C (4) are 2 km each. A has 10 people, B 30, C 5. The list says B, C, A.
FORK = question(
    [(0, 1), (2, 0), (2, 3), (4, 2)], [4, 6, 2, 2], [1, 3, 4], [10, 30, 5], ranks=[3, 1, 2]
)
THREE = calendar(6.0, 6.0, 6.0, months=(12.0, 9.0, 6.0))


def solved(asked: BuildQuestion, when: BuildCalendar, **how: Any) -> BuildOrder:
    order = order_waves(asked, when, **how)
    check_order(order, asked, when)
    return order


def test_the_fork_is_built_as_by_hand() -> None:
    # A in the first quarter (10 x 12), the trunk and B by the second (30 x 9), C in the third
    # (5 x 6): 420. The trunk first would connect nobody in the first quarter: 390.
    order = solved(FORK, THREE)
    assert order.waves.people_months == 420.0
    assert order.bound == 420.0
    assert order.proven
    assert order.waves.village_done.tolist() == [0, 1, 2]
    assert order.waves.village_start.tolist() == [0, 1, 2]
    assert order.waves.edge_start.tolist() == [0, 0, 1, 2]
    assert order.waves.edge_done.tolist() == [0, 1, 1, 2]
    assert order.waves.edge_work_km.tolist() == [[4, 0, 0], [2, 4, 0], [0, 2, 0], [0, 0, 2]]
    assert order.waves.villages.tolist() == [1, 2, 3]
    assert order.waves.people.tolist() == [10, 40, 45]
    assert order.waves.cable_km.tolist() == [6, 12, 14]
    assert order.waves.unfinished.tolist() == []


def test_the_list_stands_beside_it() -> None:
    # The trunk in the first quarter; B, C and half of A in the second (35 x 9); A (10 x 6).
    baseline = solved(FORK, THREE).baseline
    assert baseline.people_months == 375.0
    assert baseline.village_done.tolist() == [2, 1, 1]


def test_horn_takes_the_trunk_and_its_best_village_for_one() -> None:
    # (30 people on 8 km) before A (10 on 4) and C (5 on 2), which are equal.
    branches = branches_of(FORK, 3)
    order = ratio_order(branches.parent, branches.work_km, branches.people)
    assert [branches.work_km[i] for i in order.sequence] == [6, 2, 4, 2]
    assert order.block_work.tolist() == [8, 4, 2]
    assert order.most_weight(np.array([0.0, 4.0, 8.0, 10.0, 99.0])).tolist() == [0, 15, 30, 35, 45]


def test_what_does_not_fit_is_said() -> None:
    order = solved(FORK, calendar(4.0, 4.0))
    # A (10 x 15) and then half of the trunk, or the trunk with B by the second (30 x 12).
    assert order.waves.people_months == 360.0
    assert order.waves.unfinished.tolist() == [0, 2]
    assert order.pace_needed == pytest.approx(14.0 / 8.0)
    assert order.baseline.unfinished.tolist() == [0, 2]


def test_a_village_waits_for_power_and_its_cable_with_it() -> None:
    order = solved(replace(FORK, not_before=np.array([2, 0, 0])), THREE)
    assert order.waves.village_done.tolist() == [2, 1, 1]
    assert order.waves.edge_work_km[0].tolist() == [0, 0, 4]
    never = solved(replace(FORK, not_before=np.array([3, 0, 0])), THREE)
    assert never.waves.unfinished.tolist() == [0]
    assert never.pace_needed < 1.0


def test_a_trunk_passes_a_village_that_waits() -> None:
    line = question([(0, 1), (1, 2)], [2, 2], [1, 2], [9, 4], not_before=[1, 0], install_km=[1, 0])
    order = solved(line, calendar(4.0, 4.0))
    assert order.waves.village_done.tolist() == [1, 0]
    assert order.waves.install_work_km.tolist() == [[0, 1], [0, 0]]


def test_what_is_decided_is_kept_at_its_price() -> None:
    order = solved(replace(FORK, decided_by=np.array([-1, -1, 1])), THREE)
    # C by the second quarter: trunk, B and C first (35 x 9), then A (10 x 6).
    assert order.waves.people_months == 375.0
    assert order.proven


def test_a_decision_that_cannot_be_kept_says_what_can_be_built() -> None:
    with pytest.raises(PlanningError) as refused:
        order_waves(replace(FORK, decided_by=np.array([-1, 0, -1])), THREE)
    assert refused.value.key == "error-order-decided"
    assert refused.value.values == {
        "rank": 1,
        "quarter": 1,
        "year": "2024",
        "needed_km": 8.0,
        "possible_km": 6.0,
    }
    for language in ("vi", "en"):
        said = translator(language)(refused.value.key, **refused.value.values)
        assert "2024" in said


def test_a_decision_against_a_wait_is_refused() -> None:
    asked = replace(FORK, decided_by=np.array([0, -1, -1]), not_before=np.array([1, 0, 0]))
    with pytest.raises(PlanningError) as refused:
        order_waves(asked, THREE)
    assert refused.value.key == "error-order-waits"
    for language in ("vi", "en"):
        assert translator(language)(refused.value.key, **refused.value.values)


def test_harder_ground_and_installation_take_capacity() -> None:
    asked = replace(FORK, effort=np.array([1.5, 1.0, 1.0, 1.0]), install_km=np.array([1.0, 0, 0]))
    assert solved(asked, THREE).waves.edge_work_km[0].sum() == 6.0
    assert solved(asked, THREE).waves.village_done[0] > 0


def test_a_village_at_a_root_needs_only_its_installation() -> None:
    asked = question([(0, 1)], [5], [0, 1], [7, 7], install_km=[1, 0])
    order = solved(asked, calendar(5.0, 5.0))
    assert order.waves.village_done.tolist() == [0, 1]


def test_an_example_on_which_a_presolved_programme_went_wrong() -> None:
    asked = question(
        [(4, 0), (1, 4), (5, 0), (1, 3), (5, 6), (2, 6)],
        [1, 5, 6, 5, 2, 3],
        [4, 5, 3, 2],
        [1, 2, 4, 6],
        install_km=[0, 1, 1, 2],
    )
    when = calendar(6.0, 1.0, 5.0, 1.0)
    order = solved(asked, when)
    assert order.waves.people_months == 81.0 == best_by_trying(asked, when)
    assert order.proven


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"edges": np.array([(0, 1), (2, 3), (2, 3), (4, 2)])}, "forest"),
        ({"villages": np.array([1, 3, 3])}, "different"),
        ({"people": np.array([1.0, np.nan, 2.0])}, "known"),
        ({"n_nodes": 9, "villages": np.array([1, 3, 8])}, "routes"),
    ],
)
def test_what_is_not_a_plan_is_refused(change: dict[str, Any], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        order_waves(replace(FORK, **change), THREE)


def test_watching_can_stop_the_search_and_leaves_a_checked_answer() -> None:
    seen: list[SolverProgress] = []

    def watch(progress: SolverProgress) -> bool:
        seen.append(progress)
        return False

    order = solved(FORK, THREE, watch=watch)
    assert len(seen) == 1
    assert order.method in {"ratio", "stopped"}
    assert order.waves.people_months <= 420.0 <= order.bound


def damaged(waves: Waves, **change: Any) -> Waves:
    return replace(waves, **change)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"edge_work_km": np.array([[4.0, 0, 0], [6, 0, 0], [0, 2, 0], [0, 0, 2]])}, "capacity"),
        ({"edge_work_km": np.array([[4.0, 1, 0], [2, 3, 0], [0, 2, 0], [0, 0, 2]])}, "amount"),
        ({"edge_work_km": np.array([[4.0, 0, 0], [2, 3, 1], [0, 2, 0], [0, 0, 2]])}, "done"),
        ({"edge_work_km": np.array([[4.0, 0, 0], [0, 6, 0], [2, 0, 0], [0, 0, 2]])}, "trunk"),
        ({"village_done": np.array([0, 0, 2])}, "trunk"),
        ({"people_months": 421.0}, "sums"),
        ({"people": np.array([10.0, 40.0, 46.0])}, "sums"),
        ({"cable_km": np.array([6.0, 12.0, 15.0])}, "sums"),
    ],
)
def test_the_checker_finds_what_is_broken(change: dict[str, Any], rule: str) -> None:
    order = order_waves(FORK, THREE)
    with pytest.raises(PlanningError) as refused:
        check_order(replace(order, waves=damaged(order.waves, **change)), FORK, THREE)
    assert refused.value.key == "error-order-broken"
    assert refused.value.values == {"rule": rule}
    for language in ("vi", "en"):
        assert translator(language)("error-order-broken", rule=rule)


def test_the_checker_finds_broken_promises() -> None:
    order = order_waves(FORK, THREE)
    waiting = replace(FORK, not_before=np.array([1, 0, 0]))
    decided = replace(FORK, decided_by=np.array([-1, -1, 1]))
    worse = replace(order, bound=400.0)
    for asked, answer, rule in (
        (waiting, order, "wait"),
        (decided, order, "decided"),
        (FORK, worse, "bound"),
    ):
        with pytest.raises(PlanningError) as refused:
            check_order(answer, asked, THREE)
        assert refused.value.values == {"rule": rule}


# Every order, tried on single edges: nothing of the search is used.


def best_by_trying(asked: BuildQuestion, when: BuildCalendar) -> float:
    """Return the most people-months over all orders of villages; -1 when none is allowed."""
    above: dict[int, tuple[int, int]] = {}
    walk = [0]
    for node in walk:
        for edge, ends in enumerate(asked.edges.tolist()):
            if node in ends:
                other = ends[0] + ends[1] - node
                if other != 0 and other not in above:
                    above[other] = (node, edge)
                    walk.append(other)
    v = len(asked.villages)
    ways = []
    for village in asked.villages.tolist():
        way, at = [], village
        while at:
            at, edge = above[at]
            way.append(edge)
        ways.append(way[::-1])
    return max(value_of(asked, when, ways, order) for order in itertools.permutations(range(v)))


def value_of(
    asked: BuildQuestion,
    when: BuildCalendar,
    ways: list[list[int]],
    order: tuple[int, ...],
) -> float:
    v = len(asked.villages)
    wait = np.zeros(v, int) if asked.not_before is None else asked.not_before
    due = np.full(v, -1) if asked.decided_by is None else asked.decided_by
    opens = {
        edge: min(wait[i] for i, way in enumerate(ways) if edge in way)
        for way in ways
        for edge in way
    }
    left: dict[Any, float] = {}
    for i in order:
        for edge in ways[i]:
            left.setdefault(edge, float(asked.edge_work_km[edge]))
        left[("at", i)] = float(asked.install_work_km[i])
        opens[("at", i)] = wait[i]  # type: ignore[index]
    done: dict[Any, int] = {}
    for quarter, capacity in enumerate(when.capacity_km):
        room = float(capacity)
        for job, km in left.items():
            if job not in done and opens[job] <= quarter:
                given = min(room, km)
                left[job] = km - given
                room -= given
                if km - given <= 1e-9:
                    done[job] = quarter
    total = 0.0
    for i, way in enumerate(ways):
        ends = [done.get(job, 99) for job in (*way, ("at", i))]
        if due[i] >= 0 and max(ends) > due[i]:
            return -1.0
        if max(ends) < 99:
            total += asked.people[i] * when.months_left[max(ends)]
    return total


@st.composite
def small_questions(draw: st.DrawFn, *, dates: bool = True) -> BuildQuestion:
    n = draw(st.integers(1, 7))
    edges = [
        (draw(st.integers(0, i)), i + 1)
        if draw(st.booleans())
        else (i + 1, draw(st.integers(0, i)))
        for i in range(n)
    ]
    v = draw(st.integers(1, min(n, 5)))
    villages = draw(st.permutations(range(1, n + 1)))[:v]
    whole = st.integers(0, 8)
    more: dict[str, Any] = {}
    if draw(st.booleans()):
        more["install_km"] = draw(st.lists(st.integers(0, 2), min_size=v, max_size=v))
    if dates and draw(st.booleans()):
        more["not_before"] = draw(st.lists(st.integers(0, 4), min_size=v, max_size=v))
    if dates and draw(st.booleans()):
        more["decided_by"] = draw(st.lists(st.integers(-1, 3), min_size=v, max_size=v))
    return question(
        edges,
        draw(st.lists(st.integers(0, 8), min_size=n, max_size=n)),
        list(villages),
        draw(st.lists(whole, min_size=v, max_size=v)),
        draw(st.permutations(range(1, v + 1))),
        **more,
    )


capacities = st.lists(st.integers(0, 9), min_size=4, max_size=4)


@given(small_questions(), capacities)
@UNTIMED
def test_no_order_of_a_small_tree_is_better(asked: BuildQuestion, capacity: list[int]) -> None:
    when = calendar(*capacity)
    best = best_by_trying(asked, when)
    if best < 0.0:
        with pytest.raises(PlanningError):
            order_waves(asked, when)
        return
    order = solved(asked, when)
    assert order.proven
    assert order.waves.people_months == pytest.approx(best)


@given(small_questions(dates=False), capacities, st.integers(0, 3), st.integers(1, 5))
@UNTIMED
def test_more_capacity_is_never_worse(
    asked: BuildQuestion, capacity: list[int], quarter: int, more: int
) -> None:
    poor = solved(asked, calendar(*capacity)).waves.people_months
    capacity[quarter] += more
    assert solved(asked, calendar(*capacity)).waves.people_months >= poor - 1e-9


@given(small_questions(dates=False), capacities)
@UNTIMED
def test_the_ratios_never_promise_less_than_there_is(
    asked: BuildQuestion, capacity: list[int]
) -> None:
    when = calendar(*capacity)
    search = WaveSearch(branches_of(asked, 4), when.capacity_km, when.months_left)
    assert search.bound >= best_by_trying(asked, when) - 1e-6


@given(small_questions(dates=False))
@UNTIMED
def test_horn_has_the_least_weighted_sum_of_completion_times(asked: BuildQuestion) -> None:
    branches = branches_of(asked, 4)
    n = len(branches.parent)

    def weighted_sum(order: Any) -> float:
        ends = np.cumsum(branches.work_km[list(order)])
        return float(ends @ branches.people[list(order)])

    def keeps_trunks(order: tuple[int, ...]) -> bool:
        at = {branch: i for i, branch in enumerate(order)}
        return all(branches.parent[b] < 0 or at[branches.parent[b]] < at[b] for b in range(n))

    horn = ratio_order(branches.parent, branches.work_km, branches.people).sequence
    assert keeps_trunks(tuple(horn.tolist()))
    if n <= 6:
        least = min(weighted_sum(o) for o in itertools.permutations(range(n)) if keeps_trunks(o))
        assert weighted_sum(horn) == pytest.approx(least)


def mountain_forest(villages: int, seed: int) -> BuildQuestion:
    """Return a random forest of five roots, a junction for every village."""
    rng = np.random.default_rng(seed)
    n = 5 + 2 * villages
    edges = [(int(rng.integers(max(0, node - 40), node)), node) for node in range(5, n)]
    return BuildQuestion(
        n,
        np.array(edges),
        np.rint(rng.uniform(200.0, 5000.0, len(edges))),
        np.arange(5),
        np.sort(rng.permutation(np.arange(5, n))[:villages]),
        np.rint(rng.lognormal(5.5, 0.6, villages)),
        rng.permutation(villages) + 1,
    )


def test_a_programme_for_the_province_is_proven_and_the_same_every_time() -> None:
    asked = mountain_forest(56, 3)
    when = build_calendar(date(2024, 2, 15), date(2024, 12, 31), Pace(crews=4))
    first, second = solved(asked, when), solved(asked, when)
    assert first.proven
    assert first.waves.people_months == second.waves.people_months
    assert np.array_equal(first.waves.edge_work_km, second.waves.edge_work_km)
    assert first.waves.people_months > first.baseline.people_months


def test_the_programme_itself_can_be_stopped() -> None:
    asked = mountain_forest(300, 5)
    when = build_calendar(date(2024, 1, 1), date(2026, 12, 31), Pace(crews=6))
    seen: list[SolverProgress] = []

    def watch(progress: SolverProgress) -> bool:
        seen.append(progress)
        return len(seen) < 4

    order = solved(asked, when, watch=watch)
    assert order.method == "stopped"
    assert len(seen) == 4
    assert all(p.value is not None and p.bound is not None and p.value <= p.bound for p in seen)
    assert 0.0 < order.gap < 0.01


def test_five_thousand_villages_are_ordered_close_to_the_bound() -> None:
    asked = mountain_forest(5000, 4)
    when = build_calendar(date(2024, 1, 1), date(2026, 12, 31), Pace(crews=200))
    order = solved(asked, when)
    assert order.method == "large"
    assert order.gap < 0.01


def test_the_calendar_gives_rain_and_broken_quarters_less() -> None:
    when = build_calendar(date(2024, 2, 15), date(2024, 12, 31), Pace(crews=2, km_per_crew=30.0))
    assert [str(q.year) + str(q.number) for q in when.quarters] == [
        "20241",
        "20242",
        "20243",
        "20244",
    ]
    # 46 of 91 days; 5/6, all and 1/3 of a quarter at six tenths.
    assert when.capacity_km == pytest.approx([60 * 46 / 91, 40.0, 36.0, 52.0])
    assert when.months_left == pytest.approx([21.0, 18.0, 15.0, 12.0])
    assert when.horizon == date(2025, 12, 31)


def test_the_calendar_finds_the_quarter_of_a_day() -> None:
    when = build_calendar(date(2024, 2, 15), date(2025, 3, 15))
    assert len(when.quarters) == 5
    assert when.capacity_km[-1] == pytest.approx(80.0 * 74 / 90)
    days = (date(2020, 1, 1), date(2024, 4, 1), date(2025, 3, 15), date(2025, 3, 16))
    assert [when.place_of(day) for day in days] == [0, 1, 4, 5]


def test_a_calendar_out_of_order_is_refused() -> None:
    with pytest.raises(ValueError, match="in order"):
        build_calendar(date(2024, 2, 2), date(2024, 2, 1))
    with pytest.raises(ValueError, match="in order"):
        build_calendar(date(2024, 2, 1), date(2024, 2, 2), horizon=date(2024, 2, 1))
    with pytest.raises(ValueError, match="pace"):
        Pace(crews=-1)


def test_the_year_after_a_leap_day_ends_in_february() -> None:
    when = build_calendar(date(2024, 1, 1), date(2024, 2, 29))
    assert when.horizon == date(2025, 2, 28)
    assert when.months_left == pytest.approx([12.0])

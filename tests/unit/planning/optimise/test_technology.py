"""The technology question: by hand, against trying everything, and what must always hold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.errors import PlanningError
from planning.network import Network
from planning.optimise.problem import Condition, SteinerPlan
from planning.optimise.technology import each_alone, mix_of_plan, only_fibre, solve_technology
from planning.optimise.technology_answer import Mix
from planning.optimise.technology_certificate import check_mix
from planning.optimise.technology_comparison import compare_ways
from planning.optimise.technology_graph import EdgeKind, augment, ways_alone
from planning.optimise.technology_question import (
    FROM_FIBRE_POINTS,
    Counting,
    Sites,
    Technology,
    TechnologyQuestion,
    counts_for,
    no_sites,
)
from planning.vocabulary import Gap
from tests.unit.planning.optimise.technology_brute_force import (
    best_cost,
    best_prize,
    random_question,
)

FIBRE, MOBILE, SATELLITE, NONE = (
    Technology.FIBRE,
    Technology.MOBILE,
    Technology.SATELLITE,
    Technology.NONE,
)


def valley(satellite: list[float], sites: Sites | None = None) -> TechnologyQuestion:
    """Root 0, a trunk of 10 to junction 1, villages 2, 3, 4 at 1, 2 and 3 from there."""
    return TechnologyQuestion(
        network=Network(
            n_nodes=5,
            edges=np.array([[0, 1], [1, 2], [1, 3], [1, 4]]),
            lengths_m=np.array([10.0, 1.0, 2.0, 3.0]),
            effort=np.ones(4),
            roots=np.array([0]),
            villages=np.array([2, 3, 4]),
        ),
        fibre_costs=np.array([10.0, 1.0, 2.0, 3.0]),
        satellite_costs=np.array(satellite),
        sites=no_sites(3) if sites is None else sites,
        wanted=np.ones(3, bool),
    )


def test_a_trunk_is_laid_when_enough_villages_share_it() -> None:
    # Alone, fibre costs 11, 12, 13 and a terminal 7 each: 21. Together fibre costs 10 + 6 = 16.
    mix = solve_technology(valley([7, 7, 7]))
    assert mix.technology.tolist() == [FIBRE, FIBRE, FIBRE]
    assert (mix.cost, mix.bound, mix.proven, mix.gap) == (16.0, 16.0, True, 0.0)
    assert mix.fibre_edges.tolist() == [0, 1, 2, 3]
    assert each_alone(valley([7, 7, 7])).cost == 21.0


def test_terminals_serve_when_the_trunk_does_not_pay() -> None:
    mix = solve_technology(valley([5, 5, 5]))
    assert mix.technology.tolist() == [SATELLITE] * 3
    assert (mix.cost, mix.satellite_cost, mix.fibre_cost) == (15.0, 15.0, 0.0)
    assert not len(mix.fibre_edges)


def test_the_mix_may_be_mixed() -> None:
    mix = solve_technology(valley([9, 9, 2]))
    assert mix.technology.tolist() == [FIBRE, FIBRE, SATELLITE]
    assert mix.cost == 10 + 1 + 2 + 2


def test_a_terminal_never_feeds_a_cable() -> None:
    # A terminal for 1 at the first village, led on by 1 + 2 + 3 of cable, would "cost" 7.
    mix = solve_technology(valley([1, 50, 50]))
    assert mix.technology.tolist() == [SATELLITE, FIBRE, FIBRE]
    assert mix.cost == 1 + 10 + 2 + 3


def test_a_signal_never_feeds_a_cable_nor_a_cable_a_mast() -> None:
    mast = Sites(np.array([FROM_FIBRE_POINTS]), np.array([4.0]), np.array([[True, False, True]]))
    mix = solve_technology(valley([50, 50, 50], mast))
    # Mast and cable from the first village would be 4 + 1 + 2; cable and mast for nothing 13.
    assert mix.cost == min(10 + 1 + 2 + 3, 4 + 10 + 2)
    assert mix.cost == 16.0


def test_one_mast_serves_several_villages_and_is_paid_once() -> None:
    mast = Sites(np.array([FROM_FIBRE_POINTS]), np.array([8.0]), np.array([[True, True, False]]))
    mix = solve_technology(valley([6, 6, 6], mast))
    assert mix.technology.tolist() == [MOBILE, MOBILE, SATELLITE]
    assert mix.site.tolist() == [0, 0, -1]
    assert (mix.cost, mix.mobile_cost, mix.sites.tolist()) == (14.0, 8.0, [0])


def test_fibre_may_feed_a_mast_and_is_then_shared_with_villages() -> None:
    fed = Sites(np.array([1]), np.array([1.0]), np.array([[False, False, True]]))
    mix = solve_technology(valley([50, 50, 50], fed))
    assert mix.technology.tolist() == [FIBRE, FIBRE, MOBILE]
    assert (mix.cost, mix.fibre_cost, mix.mobile_cost) == (14.0, 13.0, 1.0)
    only_mast = replace(valley([4, 4, 50], fed), fibre_costs=np.array([10.0, 9, 9, 9]))
    mix = solve_technology(only_mast)
    assert mix.technology.tolist() == [SATELLITE, SATELLITE, MOBILE]
    assert (mix.cost, mix.fibre_edges.tolist()) == (19.0, [0])


def test_a_village_with_fibre_is_served_for_nothing_and_led_on_from() -> None:
    question = valley([50, 50, 50])
    question = replace(question, network=replace(question.network, roots=np.array([0, 2])))
    mix = solve_technology(question)
    assert mix.technology.tolist() == [FIBRE, FIBRE, FIBRE]
    assert (mix.cost, mix.fibre_edges.tolist()) == (6.0, [1, 2, 3])


def test_a_quota_serves_the_cheapest() -> None:
    mix = solve_technology(replace(valley([7, 5, 9]), quota=1))
    assert mix.technology.tolist() == [NONE, SATELLITE, NONE]
    assert (mix.cost, mix.served) == (5.0, 1)


def test_a_budget_buys_the_most() -> None:
    question = valley([7, 7, 7])
    assert solve_technology(replace(question, budget=13.0)).served == 2, "fibre for 10 + 1 + 2"
    mix = solve_technology(replace(question, budget=12.0, prizes=np.array([1.0, 5, 9])))
    assert (mix.technology.tolist(), mix.prize) == ([NONE, NONE, SATELLITE], 9.0)
    assert mix.bound == 9.0
    assert solve_technology(replace(question, budget=0.0)).served == 0


def test_side_conditions_are_kept() -> None:
    third = Condition("district", np.array([0.0, 0.0, 1.0]), 1.0)
    mix = solve_technology(replace(valley([2, 5, 9]), quota=2, conditions=(third,)))
    assert mix.technology.tolist() == [SATELLITE, NONE, SATELLITE]
    assert mix.cost == 11.0


def test_villages_that_are_not_wanted_are_left_alone_and_not_passed() -> None:
    question = replace(valley([7, 7, 7]), wanted=np.array([True, False, True]))
    mix = solve_technology(question)
    assert mix.technology.tolist() == [FIBRE, NONE, FIBRE] or mix.cost == 14.0
    assert mix.cost == 14.0


def test_what_cannot_be_served_is_said() -> None:
    nowhere = replace(valley([np.inf] * 3), fibre_costs=np.array([10.0, 1.0, 2.0, np.inf]))
    with pytest.raises(PlanningError) as refused:
        solve_technology(nowhere)
    assert refused.value.key == "error-plan-quota"
    assert refused.value.values == {"quota": 3, "most": 2}
    assert solve_technology(replace(nowhere, quota=2)).cost == 13.0


def test_the_result_says_which_gap_each_service_closes() -> None:
    mast = Sites(np.array([FROM_FIBRE_POINTS]), np.array([1.0]), np.array([[True, False, False]]))
    mix = solve_technology(valley([50, 1.5, 50], mast))
    assert mix.technology.tolist() == [MOBILE, SATELLITE, FIBRE]
    own, anything = Counting.OWN_SERVICE, Counting.ANY_BROADBAND
    assert mix.counts(Gap.FIBRE, own).tolist() == [False, False, True]
    assert mix.counts(Gap.FIBRE, anything).tolist() == [True, True, True]
    assert mix.counts(Gap.MOBILE, own).tolist() == [True, False, False]
    assert mix.counts(Gap.NO_SIGNAL, anything).tolist() == [True, False, False]
    assert counts_for(SATELLITE, own) == frozenset()
    assert counts_for(NONE, anything) == frozenset()


def asked(seed: int) -> TechnologyQuestion:
    """A random question: all, a quota, a budget, or a side condition, by turns."""
    rng = np.random.default_rng(seed)
    question = random_question(rng)
    count, wanted = len(question.wanted), int(question.wanted.sum())
    if seed % 4 == 1:
        return replace(question, quota=int(rng.integers(0, wanted + 1)))
    if seed % 4 == 2:
        prizes = rng.integers(0, 9, count).astype(float)
        budget = float(rng.integers(0, 30))
        return replace(question, budget=budget, prizes=prizes, quota=int(rng.integers(0, 2)))
    if seed % 4 == 3:
        row = Condition("any", rng.integers(-3, 4, count).astype(float), float(rng.integers(-3, 4)))
        return replace(question, quota=int(rng.integers(0, wanted + 1)), conditions=(row,))
    return question


@pytest.mark.parametrize("block", range(8))
def test_it_is_what_trying_everything_finds(block: int) -> None:
    for seed in range(50 * block, 50 * block + 50):
        question = asked(seed)
        best = best_cost(question) if question.budget is None else best_prize(question)
        if not np.isfinite(best):
            with pytest.raises(PlanningError):
                solve_technology(question)
            continue
        mix = solve_technology(question)
        value = mix.cost if question.budget is None else mix.prize
        assert value == pytest.approx(best), seed
        assert mix.bound == pytest.approx(best), seed
        assert mix.proven, seed


@given(st.integers(0, 10**9))
@settings(max_examples=60, deadline=None)
def test_the_mix_is_never_dearer_than_fibre_alone_or_each_village_alone(seed: int) -> None:
    question = random_question(np.random.default_rng(seed))
    try:
        mix = solve_technology(question)
    except PlanningError:
        with pytest.raises(PlanningError):
            solve_technology(only_fibre(question))
        return
    by_itself = each_alone(question)
    check_mix(question, replace(by_itself, bound=0.0))
    assert mix.cost <= by_itself.cost + 1e-9
    try:
        fibre = solve_technology(only_fibre(question))
    except PlanningError:
        return
    assert mix.cost <= fibre.cost + 1e-9
    assert set(fibre.technology[question.wanted]) <= {FIBRE}


@given(st.integers(0, 10**9))
@settings(max_examples=60, deadline=None)
def test_no_other_way_adds_less_than_the_way_chosen(seed: int) -> None:
    question = random_question(np.random.default_rng(seed))
    try:
        mix = solve_technology(question)
    except PlanningError:
        return
    compared = compare_ways(question, mix)
    open_to = question.wanted & ~ways_alone(question).has_fibre
    assert (compared.added <= compared.alone + 1e-9).all()
    for village in np.flatnonzero(open_to):
        chosen = compared.added[village, mix.technology[village]]
        assert chosen <= compared.added[village].min() + 1e-9


def test_the_comparison_by_hand() -> None:
    mast = Sites(
        np.array([FROM_FIBRE_POINTS, 1]),
        np.array([8.0, 1.0]),
        np.array([[True, True, False], [False, False, True]]),
    )
    question = valley([9, 9, 9], mast)
    mix = solve_technology(question)
    # Cable to the first two (13) and the fed mast at the junction for the third (1).
    assert mix.technology.tolist() == [FIBRE, FIBRE, MOBILE]
    compared = compare_ways(question, mix)
    assert compared.alone.tolist() == [[11, 8, 9], [12, 8, 9], [13, 11, 9]]
    assert compared.added.tolist() == [[1, 8, 9], [2, 8, 9], [3, 1, 9]]


def cheated(question: TechnologyQuestion, edges: list[int]) -> Mix:
    """Read a tree that lets a village pass service on, as time may leave one."""
    augmented = augment(question)
    chosen = np.array(edges)
    cost = float(augmented.problem.costs[chosen].sum())
    plan = SteinerPlan(
        edges=chosen,
        terminals=augmented.problem.terminals,
        cost=cost,
        prize=0.0,
        bound=0.0,
        proven=False,
        gap=1.0,
        seconds=0.0,
    )
    mix = mix_of_plan(question, augmented, plan)
    assert mix.cost <= cost - augmented.tolls, "mending never makes it dearer"
    check_mix(question, mix)
    return mix


def test_a_tree_that_passes_service_on_is_mended() -> None:
    question = valley([1, 50, 50])
    kind = augment(question).kind
    satellites = np.flatnonzero(kind == EdgeKind.SATELLITE)
    # A terminal at the first village, and cable from there to the others.
    mix = cheated(question, [1, 2, 3, int(satellites[0])])
    assert mix.technology.tolist() == [SATELLITE, FIBRE, FIBRE]
    assert mix.fibre_edges.tolist() == [0, 2, 3]


def test_a_village_lit_through_its_mark_is_given_its_cheapest_way() -> None:
    question = replace(valley([7, 5, 9]), budget=30.0)
    kind = augment(question).kind
    marks = np.flatnonzero((kind == EdgeKind.SERVED) | (kind == EdgeKind.UNSERVED))
    mix = cheated(question, [int(edge) for edge in marks])
    assert mix.technology.tolist() == [SATELLITE] * 3


def test_the_check_finds_what_is_wrong() -> None:
    mast = Sites(np.array([FROM_FIBRE_POINTS]), np.array([1.0]), np.array([[True, False, False]]))
    question = valley([50, 1.5, 50], mast)
    mix = solve_technology(question)
    wrong: dict[str, Mix] = {
        "cost": replace(mix, cost=mix.cost - 1.0),
        "lit": replace(mix, fibre_edges=np.array([0]), cost=14.0),
        "covered": replace(mix, site=np.array([-1, -1, -1])),
        "built": replace(mix, sites=np.array([], np.int64), cost=mix.cost - 1.0),
        "quota": replace(mix, technology=np.array([MOBILE, NONE, FIBRE]), cost=mix.cost - 1.5),
        "ends": replace(mix, fibre_edges=np.array([0, 1, 3]), cost=mix.cost + 1.0),
        "bound": replace(mix, bound=mix.cost + 1.0),
    }
    for what, false in wrong.items():
        with pytest.raises(PlanningError) as refused:
            check_mix(question, false)
        assert refused.value.values == {"what": what}

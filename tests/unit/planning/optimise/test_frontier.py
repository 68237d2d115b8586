"""The cost curve of small valleys whose figures are known by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from planning.errors import PlanningError
from planning.optimise.asking import StepProgress
from planning.optimise.frontier import Frontier, Price, trace
from planning.optimise.problem import Problem, SteinerPlan
from planning.optimise.steiner import solve

NONE = np.empty(0, np.int64)

# Fibre at 0. A near village 1 costs 4; up a valley of 8, at 2, villages 3, 4 and 5 cost 1 each.
# 1: 4.  2: 4 + 9 = 13 or 10.  3: 11.  4: 15.
VALLEYS = Problem(
    n_nodes=7,
    edges=np.array([[0, 1], [0, 2], [2, 3], [2, 4], [2, 5]]),
    costs=np.array([4.0, 8.0, 1.0, 1.0, 1.0]),
    roots=np.array([0]),
    terminals=np.array([1, 3, 4, 5, 6]),
    quota=0,
    prizes=np.ones(5),
    budget=None,
    locked=NONE,
    forbidden=NONE,
)


def curve(counts: Any = range(1, 6), **options: Any) -> Frontier:
    return trace(VALLEYS, counts, solve=options.pop("solve", solve), **options)


def test_each_number_has_its_least_cost_and_what_cannot_be_is_refused() -> None:
    found = curve()
    assert found.counts.tolist() == [1, 2, 3, 4]
    assert found.costs.tolist() == [4.0, 10.0, 11.0, 15.0]
    assert found.proven.all()
    assert found.refused == (5,)
    assert found.is_complete


def test_the_price_of_one_more_may_fall() -> None:
    found = curve()
    assert found.price(1) == Price(4.0, 4.0)
    assert found.price(2) == Price(6.0, 6.0)
    assert found.price(3) == Price(1.0, 1.0)
    assert found.price(4) == Price(4.0, 4.0)
    assert found.price(4).is_exact
    for unknown in (5, 0):
        with pytest.raises(KeyError):
            found.price(unknown)


def test_the_price_of_a_number_whose_neighbour_was_not_asked_for_is_not_known() -> None:
    with pytest.raises(KeyError):
        curve([1, 3]).price(3)


def test_one_and_two_villages_are_no_bargain_beside_three() -> None:
    # On the line from none to three for 11, one would cost 3.7 and two 7.3.
    assert curve().is_efficient.tolist() == [False, False, True, True]
    assert curve([2, 3]).is_efficient.tolist() == [False, True]


def test_who_joins_and_who_is_dropped_is_told() -> None:
    found = curve()
    assert VALLEYS.terminals[found.dropped(1)].tolist() == [1]
    assert found.joined(1).sum() == 2
    assert VALLEYS.terminals[found.joined(0)].tolist() == [1]


def test_a_plan_that_connects_more_than_asked_serves_the_next_number_too() -> None:
    asked: list[int] = []

    def counted(question: Problem, /, **options: Any) -> SteinerPlan:
        asked.append(question.quota)
        return solve(question, **options)

    line = Problem(
        n_nodes=3,
        edges=np.array([[0, 1], [1, 2]]),
        costs=np.array([5.0, 0.0]),
        roots=np.array([0]),
        terminals=np.array([2, 1]),
        quota=0,
        prizes=np.ones(2),
        budget=None,
        locked=np.array([2]),
        forbidden=NONE,
    )
    found = trace(line, [1, 2], solve=counted)
    assert found.costs.tolist() == [5.0, 5.0]
    assert asked == [1]
    assert np.isnan(found.base)


def test_what_is_not_proven_leaves_an_interval() -> None:
    def roughly(question: Problem, /, **options: Any) -> SteinerPlan:
        plan = solve(question, **options)
        return SteinerPlan(
            plan.edges, plan.terminals, plan.cost, plan.prize, plan.cost - 0.5, False, 0.1, 0.0
        )

    found = curve(solve=roughly)
    assert found.price(2) == Price(5.5, 6.5)
    assert not found.price(2).is_exact
    assert not found.proven.any()


def test_a_plan_for_more_that_is_cheaper_serves_fewer_too() -> None:
    def poorly(question: Problem, /, **options: Any) -> SteinerPlan:
        plan = solve(replace(question, locked=np.array([1, 3])), **options)
        if question.quota > 2:
            return solve(question, **options)
        return replace(plan, bound=9.0, proven=False, gap=4 / 13)

    found = curve([2, 3, 4], solve=poorly)
    assert found.costs.tolist() == [11.0, 11.0, 15.0]
    assert found.bounds.tolist() == [9.0, 11.0, 15.0]
    assert found.proven.tolist() == [False, True, True]


def test_without_time_only_the_bounds_are_known() -> None:
    def never(question: Problem, /, **options: Any) -> SteinerPlan:
        raise PlanningError("error-plan-time")

    found = curve(solve=never)
    assert np.isinf(found.costs).all()
    assert not found.is_complete
    assert not found.proven.any()


def test_whoever_watches_can_stop_it() -> None:
    seen: list[StepProgress] = []

    def look(progress: StepProgress) -> bool:
        seen.append(progress)
        return progress.done < 2

    found = curve(watch=look)
    assert found.counts.tolist() == [1, 2]
    assert not found.is_complete
    assert seen[-1].total == 5

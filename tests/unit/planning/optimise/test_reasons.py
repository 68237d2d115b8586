"""Why villages are in a plan or out of it, in a small valley whose figures are known by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from i18n import LANGUAGES, translator
from planning.errors import PlanningError
from planning.optimise.asking import StepProgress
from planning.optimise.condition_price import price_of
from planning.optimise.conditions import share_condition
from planning.optimise.problem import Problem, SteinerPlan
from planning.optimise.reasons import Reason, ReasonKind, Reasons, explain
from planning.optimise.steiner import solve

NONE = np.empty(0, np.int64)

# Fibre at 0, which is a village too. Village 1 costs 4, village 5 costs 6; junction 2 costs 10,
# villages 3 and 4 beyond it 1 and 2. Three villages in all: 0, 1 and 5 for 10.
VALLEYS = Problem(
    n_nodes=7,
    edges=np.array([[0, 1], [0, 2], [2, 3], [2, 4], [0, 5]]),
    costs=np.array([4.0, 10.0, 1.0, 2.0, 6.0]),
    roots=np.array([0]),
    terminals=np.array([0, 1, 3, 4, 5, 6]),
    quota=3,
    prizes=np.array([0.0, 5.0, 4.0, 3.0, 2.0, 9.0]),
    budget=None,
    locked=NONE,
    forbidden=NONE,
)


def explained(problem: Problem = VALLEYS, **options: Any) -> Reasons:
    return explain(problem, solve(problem), solve=options.pop("solve", solve), **options)


def of(reasons: Reasons, node: int) -> Reason:
    return next(reason for reason in reasons.of if reason.terminal == node)


def test_a_village_in_the_plan_has_its_replacement_cost_and_who_comes_instead() -> None:
    found = explained()
    assert found.is_exact
    assert found.is_complete
    # Without 1: 5 and, up the valley, 3 for 6 + 11; or 3 and 4 for 13.
    assert of(found, 1).kind == ReasonKind.CHOSEN
    assert of(found, 1).high == 3.0
    assert of(found, 1).comes_in.tolist() == [3, 4]
    assert of(found, 1).goes_out.tolist() == [5]
    # Without 5: 3 and 4 for 13, or 1 and 3 for 15.
    assert of(found, 5).high == 3.0


def test_a_village_left_out_has_the_price_of_having_it() -> None:
    found = explained()
    assert of(found, 3).kind == ReasonKind.LEFT_OUT
    assert of(found, 3).high == 3.0
    assert of(found, 3).comes_in.tolist() == [4]
    assert of(found, 3).goes_out.tolist() == [1, 5]
    assert of(found, 4).high == 3.0


def test_a_fibre_point_and_a_village_out_of_reach_are_told_apart() -> None:
    found = explained()
    assert of(found, 0).kind == ReasonKind.CONNECTED_TODAY
    assert of(found, 0).is_in
    assert of(found, 6).kind == ReasonKind.IMPOSSIBLE
    assert of(found, 6).low == np.inf
    assert of(found, 6).is_exact


def test_without_an_indispensable_village_there_is_no_plan() -> None:
    found = explained(replace(VALLEYS, quota=5))
    assert {reason.kind for reason in found.of if reason.is_in} == {
        ReasonKind.CONNECTED_TODAY,
        ReasonKind.INDISPENSABLE,
    }


def test_a_decision_and_an_exclusion_are_priced_by_setting_them_free() -> None:
    found = explained(replace(VALLEYS, locked=np.array([3]), forbidden=np.array([5])))
    # The plan is 3 and 4 for 13. Without 3: 1 and 4 for 16. With 5: 5 and 3 for 17.
    assert of(found, 3).kind == ReasonKind.DECIDED
    assert of(found, 3).high == 3.0
    assert of(found, 5).kind == ReasonKind.EXCLUDED
    assert of(found, 5).high == 4.0
    dear = explained(replace(VALLEYS, locked=np.array([4]), quota=2))
    # The plan is 4 for 12. Set free, 1 does for 4.
    assert of(dear, 4).high == -8.0


def test_within_a_budget_a_village_left_out_is_told_the_score_it_lacks() -> None:
    # For 13: 3 and 4 bring 7, and 1 and 5 for 10 too; for 11, 1 and 5 bring 7, 3 alone 4.
    problem = replace(VALLEYS, quota=0, budget=11.0)
    plan = solve(problem)
    assert plan.terminals.tolist() == [0, 1, 5]
    found = explain(problem, plan, solve=solve)
    assert found.is_budget
    # Without 1: 3 alone for 11 brings 4.
    assert of(found, 1).high == 3.0
    assert of(found, 3).high == 3.0
    assert of(found, 3).needed_prize == 7.0
    # 4 does not fit: it costs 12 by itself.
    assert of(found, 4).kind == ReasonKind.IMPOSSIBLE
    assert of(found, 4).needed_budget == 12.0
    assert of(found, 6).needed_budget is None


def test_without_time_there_are_bounds_and_it_is_said() -> None:
    def never(question: Problem, /, **options: Any) -> SteinerPlan:
        raise PlanningError("error-plan-time")

    found = explained(solve=never)
    assert not found.is_complete
    assert not found.is_exact
    assert (of(found, 1).low, of(found, 1).high) == (0.0, np.inf)
    assert explained(time_limit_s=0.0).is_complete is False


def test_alternatives_found_for_one_village_serve_another_when_time_is_short() -> None:
    def only_without_1(question: Problem, /, **options: Any) -> SteinerPlan:
        if 1 in question.forbidden:
            return solve(question, **options)
        raise PlanningError("error-plan-time")

    found = explained(solve=only_without_1)
    assert (of(found, 3).low, of(found, 3).high) == (0.0, 3.0)
    assert of(found, 3).goes_out.tolist() == [1, 5]
    assert not of(found, 3).is_exact


def test_whoever_watches_can_stop_it() -> None:
    seen: list[int] = []

    def look(progress: StepProgress) -> bool:
        seen.append(progress.done)
        return progress.done < 2

    found = explained(watch=look)
    assert not found.is_complete
    assert of(found, 1).is_exact
    assert not of(found, 5).is_exact
    assert max(seen) < 6


def test_a_condition_has_its_price_side_by_side() -> None:
    people = np.full(6, 100.0)
    minority = np.array([0.0, 0.0, 90.0, 90.0, 0.0, 0.0])
    condition = share_condition("minority_share", minority, people, 0.5)
    problem = replace(VALLEYS, conditions=(condition,))
    plan = solve(problem)
    price = price_of(problem, 0, plan, solve=solve)
    assert price is not None
    assert (price.with_it.cost, price.without_it.cost) == (13.0, 10.0)
    assert (price.low, price.high, price.is_exact) == (3.0, 3.0, True)
    assert price.comes_in.tolist() == [3, 4]
    assert price.goes_out.tolist() == [1, 5]
    assert price.attained == pytest.approx(30.0)
    assert price.attained_without == pytest.approx(-150.0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_can_be_said(language: str) -> None:
    words = translator(language)
    for kind in ReasonKind:
        assert words(f"reason-{kind}", difference="3,0")

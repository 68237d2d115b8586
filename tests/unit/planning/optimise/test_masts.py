"""Masts: cheapest covers and heaviest coverage, against every subset of small cases."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from i18n import LANGUAGES, translator
from i18n.refusals import say_refusal
from planning.columns import BoolArray, FloatArray
from planning.costs import UNITS, Cost, CostBook, Currency, Mark, Parameter, Unit, is_money
from planning.errors import PlanningError
from planning.optimise.mast_certificate import check_masts
from planning.optimise.mast_costs import price_links_vnd, price_sites_vnd
from planning.optimise.mast_reductions import dominated_sites, reduce_cover
from planning.optimise.masts import MastPlan, cover_all, cover_most

_Case = tuple[BoolArray, FloatArray, FloatArray]


def rows(*reached: str) -> BoolArray:
    """Return what sites reach, a string of 0 and 1 for each."""
    return np.array([[letter == "1" for letter in site] for site in reached])


def money(*values: float) -> FloatArray:
    return np.array(values, dtype=np.float64)


@st.composite
def cases(draw: st.DrawFn) -> _Case:
    sites, villages = draw(st.integers(1, 8)), draw(st.integers(1, 7))
    cells = st.lists(st.booleans(), min_size=villages, max_size=villages)
    covers = np.array(draw(st.lists(cells, min_size=sites, max_size=sites)))
    price = st.integers(0, 6) | st.floats(0.1, 5.0)
    costs = draw(st.lists(price, min_size=sites, max_size=sites))
    weights = draw(st.lists(price, min_size=villages, max_size=villages))
    return covers, money(*costs), money(*weights)


def subsets(count: int) -> list[list[int]]:
    return [list(s) for k in range(count + 1) for s in itertools.combinations(range(count), k)]


@settings(max_examples=150, deadline=None)
@given(cases())
def test_the_cheapest_cover_is_that_of_every_subset_tried(case: _Case) -> None:
    covers, costs, _ = case
    covers[-1] |= ~covers.any(axis=0)
    plan = cover_all(covers, costs)
    check_masts(plan, covers, costs, every_village=True)
    tried = [
        math.fsum(costs[some]) for some in subsets(len(costs)) if covers[some].any(axis=0).all()
    ]
    assert plan.cost == pytest.approx(min(tried), abs=1e-9)
    assert plan.proven
    assert plan.bound == plan.cost


@settings(max_examples=150, deadline=None)
@given(cases(), st.integers(0, 4) | st.none(), st.floats(0.0, 12.0))
def test_the_heaviest_coverage_is_that_of_every_subset_tried(
    case: _Case, count: int | None, budget: float
) -> None:
    covers, costs, weights = case
    plan = cover_most(covers, costs, count=count, budget=budget, weights=weights)
    check_masts(
        plan, covers, costs, every_village=False, count=count, budget=budget, weights=weights
    )
    allowed = [
        some
        for some in subsets(len(costs))
        if math.fsum(costs[some]) <= budget * (1 + 1e-9) and (count is None or len(some) <= count)
    ]
    reached = [math.fsum(weights[covers[some].any(axis=0)]) for some in allowed]
    assert plan.weight == pytest.approx(max(reached), abs=1e-8)
    cheapest = min(
        math.fsum(costs[some])
        for some, weight in zip(allowed, reached, strict=True)
        if weight >= max(reached) - 1e-8
    )
    assert plan.cost == pytest.approx(cheapest, abs=1e-6)
    assert plan.proven


@settings(max_examples=60, deadline=None)
@given(cases(), st.data())
def test_locked_sites_are_in_and_refused_ones_out_and_neither_is_cheaper(
    case: _Case, data: st.DataObject
) -> None:
    covers, costs, _ = case
    covers[-1] = True
    free = cover_all(covers, costs)
    locked = data.draw(st.integers(0, len(costs) - 1))
    kept = cover_all(covers, costs, locked=[locked])
    assert locked in kept.sites
    assert kept.cost >= free.cost - 1e-9
    if locked != len(costs) - 1:
        without = cover_all(covers, costs, forbidden=[locked])
        assert locked not in without.sites
        assert without.cost >= free.cost - 1e-9


@settings(max_examples=60, deadline=None)
@given(cases(), st.floats(0.0, 6.0), st.floats(0.0, 6.0))
def test_more_money_never_reaches_less(case: _Case, budget: float, more: float) -> None:
    covers, costs, weights = case
    little = cover_most(covers, costs, budget=budget, weights=weights)
    much = cover_most(covers, costs, budget=budget + more, weights=weights)
    assert much.weight >= little.weight - 1e-8


@settings(max_examples=60, deadline=None)
@given(cases())
def test_the_replacement_cost_is_what_refusing_a_site_adds(case: _Case) -> None:
    covers, costs, _ = case
    covers[-1] |= ~covers.any(axis=0)
    plan = cover_all(covers, costs)
    for site, loss in zip(plan.sites, plan.replacement, strict=True):
        rest = np.delete(np.arange(len(costs)), site)
        if covers[rest].any(axis=0).all():
            assert loss == pytest.approx(
                cover_all(covers[rest], costs[rest]).cost - plan.cost, abs=1e-9
            )
        else:
            assert loss == math.inf


def test_one_mast_on_a_ridge_beats_three_in_the_valleys() -> None:
    covers = rows("100", "010", "001", "111")
    plan = cover_all(covers, money(1.0, 1.0, 1.0, 2.5))
    assert plan.sites.tolist() == [3]
    assert plan.cost == 2.5
    assert plan.clears[0].tolist() == [0, 1, 2]
    assert plan.replacement.tolist() == [0.5]
    assert plan.covered_by.tolist() == [1, 1, 1]
    assert plan.choices.tolist() == [2, 2, 2]


def test_the_cheapest_looking_site_first_is_not_the_cheapest_plan() -> None:
    # Per village the large site costs 1/3 and is taken first; with it, three are needed.
    covers = rows("111100", "101010", "010101")
    costs = money(4 / 3, 2.0, 2.0)
    plan = cover_all(covers, costs)
    assert plan.sites.tolist() == [1, 2]
    assert plan.cost == 4.0


def test_alternates_reach_all_that_only_the_chosen_site_does() -> None:
    covers = rows("110", "100", "010", "001", "011")
    plan = cover_all(covers, money(1.0, 0.5, 0.9, 1.0, 9.0))
    assert plan.sites.tolist() == [0, 3]
    assert [each.tolist() for each in plan.alternates] == [[], [4]]


def test_what_another_chosen_site_reaches_an_alternate_need_not() -> None:
    # Sites 0 and 1 share village 1, so site 2 may stand in for site 0 without reaching it.
    plan = cover_all(rows("110", "011", "100"), money(1.0, 1.0, 1.5))
    assert plan.sites.tolist() == [0, 1]
    assert plan.covered_by.tolist() == [1, 2, 1]
    assert [each.tolist() for each in plan.alternates] == [[2], []]
    assert plan.replacement.tolist() == [0.5, math.inf]


@settings(max_examples=60, deadline=None)
@given(cases(), st.floats(0.0, 8.0))
def test_around_locked_sites_the_rest_of_the_budget_is_spent_best(case: _Case, more: float) -> None:
    covers, costs, weights = case
    budget = costs[0] + more
    plan = cover_most(covers, costs, budget=budget, weights=weights, locked=[0])
    check_masts(
        plan, covers, costs, every_village=False, budget=budget, weights=weights, locked=[0]
    )
    tried = [
        math.fsum(weights[covers[some].any(axis=0)])
        for some in subsets(len(costs))
        if 0 in some and math.fsum(costs[some]) <= budget * (1 + 1e-9)
    ]
    assert plan.weight == pytest.approx(max(tried), abs=1e-8)


def test_most_within_a_budget_takes_the_cheaper_of_equal_plans() -> None:
    covers = rows("110", "110", "001")
    plan = cover_most(covers, money(3.0, 2.0, 5.0), budget=6.0)
    assert plan.sites.tolist() == [1]
    assert plan.villages.tolist() == [0, 1]
    assert plan.weight == 2.0
    assert plan.replacement.tolist() == [0.0]


def test_weights_decide_where_two_masts_go() -> None:
    covers = rows("1100", "0011", "0100")
    plan = cover_most(covers, money(1, 1, 1), count=1, weights=money(1, 1, 5, 0))
    assert plan.sites.tolist() == [1]
    assert plan.weight == 5.0


def test_a_budget_that_fits_to_the_last_dong_is_spent() -> None:
    covers = rows("100", "010", "001")
    plan = cover_most(covers, money(0.1, 0.2, 0.3), budget=0.1 + 0.2 + 0.3)
    assert plan.sites.tolist() == [0, 1, 2]


def test_nothing_to_clear_needs_no_mast_but_the_locked_ones() -> None:
    plan = cover_all(np.empty((2, 0), dtype=np.bool_), money(1.0, 2.0), locked=[1])
    assert plan.sites.tolist() == [1]
    assert plan.cost == 2.0
    assert plan.proven


def test_a_site_that_cannot_be_linked_is_never_chosen() -> None:
    plan = cover_all(rows("11", "10", "01"), money(math.inf, 5.0, 6.0))
    assert plan.sites.tolist() == [1, 2]


def test_a_village_out_of_reach_is_named_with_the_radius_that_would_reach_it() -> None:
    distances = np.array([[1000.0, 9000.0], [2000.0, 4200.0], [500.0, 3100.0]])
    with pytest.raises(PlanningError) as caught:
        cover_all(
            distances <= 3000.0, money(1, 1, 1), forbidden=[2], distances_m=distances,
            names=["Y Tý", "Nậm Xé"],
        )  # fmt: skip
    assert caught.value.key == "error-masts-out-of-radius"
    assert caught.value.values["villages"] == "Nậm Xé"
    assert caught.value.values["unreached"] == ((1, 4200.0),)
    assert "4,2 km" in say_refusal(caught.value, translator("vi"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_can_be_said(language: str) -> None:
    covers, costs = rows("10", "10"), money(1.0, 2.0)
    distances = np.array([[1.0, math.inf], [1.0, math.inf]])
    words = translator(language)
    said = {}
    attempts: tuple[Callable[[], MastPlan], ...] = (
        lambda: cover_all(covers, costs),
        lambda: cover_all(covers, costs, distances_m=distances),
        lambda: cover_all(covers[:, :1], costs, forbidden=[0, 1]),
        lambda: cover_all(covers[:, :1], costs, locked=[0], forbidden=[0]),
        lambda: cover_most(covers, costs, count=1, locked=[0, 1]),
        lambda: cover_most(covers, costs, budget=2.0, locked=[0, 1]),
    )
    for attempt in attempts:
        with pytest.raises(PlanningError) as caught:
            attempt()
        said[caught.value.key] = say_refusal(caught.value, words)
    assert set(said) == {
        "error-masts-unreached",
        "error-masts-refused",
        "error-masts-locked-forbidden",
        "error-masts-locked-count",
        "error-masts-locked-budget",
    }


def test_a_plan_that_says_more_than_is_true_does_not_pass() -> None:
    covers, costs = rows("110", "001", "111"), money(1.0, 1.0, 5.0)
    plan = cover_all(covers, costs)
    check_masts(plan, covers, costs, every_village=True)
    lies = {
        "villages": replace(plan, villages=plan.villages[:-1]),
        "cost": replace(plan, cost=1.0, bound=1.0),
        "bound": replace(plan, bound=3.0),
        "proven": replace(plan, bound=1.0),
        "clears": replace(plan, clears=(plan.clears[1], plan.clears[0])),
        "covered_by": replace(plan, covered_by=plan.covered_by + 1),
    }
    for claim, lie in lies.items():
        with pytest.raises(PlanningError) as caught:
            check_masts(lie, covers, costs, every_village=True)
        assert claim in caught.value.values["broken"], claim
        assert say_refusal(caught.value, translator("vi"))
    with pytest.raises(PlanningError):
        check_masts(plan, covers, costs, every_village=True, forbidden=[0])
    with pytest.raises(PlanningError):
        check_masts(plan, covers, costs, every_village=True, locked=[2])


def test_of_two_equal_sites_the_first_stays() -> None:
    assert dominated_sites(rows("11", "11", "10", "00"), money(1, 1, 1, 0)).tolist() == [
        False, True, True, True,
    ]  # fmt: skip


def test_reductions_alone_settle_a_chain() -> None:
    kernel = reduce_cover(rows("1100", "0110", "0011"), money(1, 1, 1))
    assert kernel.taken.tolist() == [0, 2]
    assert kernel.villages.size == 0


def test_the_same_question_has_the_same_answer_and_a_cut_time_keeps_a_bound() -> None:
    rng = np.random.default_rng(7)
    sites, villages = rng.random((300, 2)), rng.random((120, 2))
    covers = ((sites[:, None] - villages[None]) ** 2).sum(axis=2) < 0.12**2
    covers, costs = covers[:, covers.any(axis=0)], rng.uniform(1, 2, 300)
    one, other = cover_all(covers, costs), cover_all(covers, costs)
    assert one.proven
    assert one.sites.tolist() == other.sites.tolist()
    assert one.replacement.tolist() == other.replacement.tolist()
    cut = cover_all(covers, costs, time_limit_s=0.0)
    check_masts(cut, covers, costs, every_village=True)
    assert cut.bound <= one.cost <= cut.cost
    most = cover_most(covers, costs, budget=one.cost / 2, time_limit_s=0.0)
    check_masts(most, covers, costs, every_village=False, budget=one.cost / 2)
    assert not most.proven
    assert most.weight <= most.bound


def test_a_site_costs_itself_and_its_link_and_an_upgrade_its_radio() -> None:
    figures = {key: 1.0 if UNITS[key] is Unit.SHARE else 1000.0 for key in Cost}
    figures |= {Cost.MOBILE_SITE: 56_000.0, Cost.MOBILE_RENEWED: 0.25, Cost.USD_RATE: 2.0}
    figures |= {Cost.MICROWAVE_RADIOS: 6000.0, Cost.MICROWAVE_SPECTRUM: 100.0}
    dishes = (Cost.MICROWAVE_DISH_10, Cost.MICROWAVE_DISH_20, Cost.MICROWAVE_DISH_30)
    figures |= dict(zip(dishes, (600.0, 1200.0, 2400.0), strict=True))
    figures[Cost.MICROWAVE_DISH_40] = 4800.0
    book = CostBook({key: _parameter(key, value) for key, value in figures.items()})
    length = money(10_000.0, 10_001.0, 30_000.0, 40_001.0, math.nan)
    links = (6100.0 + money(600.0, 1200.0, 2400.0, math.inf, math.inf)) * 2.0
    assert price_links_vnd(book, length).tolist() == links.tolist()
    standing = np.array([False, False, True, False, True])
    expected = np.where(standing, 28_000.0, 112_000.0 + links)
    assert price_sites_vnd(book, standing, length).tolist() == expected.tolist()


def _parameter(key: Cost, value: float) -> Parameter:
    currency = Currency.USD if is_money(UNITS[key]) else Currency.NONE
    return Parameter(
        key, value, value, value, UNITS[key], currency, "test", Mark.GIVEN, Mark.GIVEN
    )  # fmt: skip


def test_a_mistake_of_the_caller_is_not_taken_for_a_question() -> None:
    with pytest.raises(ValueError, match="1"):
        cover_all(rows("1"), money(-1.0))
    with pytest.raises(ValueError, match="1"):
        cover_all(rows("1"), money(1.0, 2.0))

"""A roll-out question asked again: for every number of villages, and at other costs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from planning.columns import BoolArray, FloatArray, IntArray
from planning.costs import CostBook
from planning.errors import PlanningError
from planning.optimise.asking import StepProgress
from planning.optimise.cost_draws import (
    DEFAULT_DRAWS,
    CostCases,
    CostRobustness,
    DrawProgress,
    vary_costs,
)
from planning.optimise.frontier import Frontier, trace
from planning.optimise.problem import Problem, SteinerPlan
from services.province import Province
from services.rollout_costs import cost_book_of, price_edges
from services.rollout_draft import Setting
from services.rollout_fibre import fibre_problem
from services.rollout_reach import within_reach
from services.rollout_setting import Watch, find_setting, telling
from services.rollout_values import RolloutQuestion

_PLACE_DEGREES: Final = 0.05
"""Costs of cable drawn for places: squares about 5 km wide."""


def trace_costs(
    province: Province,
    question: RolloutQuestion,
    *,
    watch: Watch | None = None,
    time_limit_s: float = 120.0,
) -> pd.DataFrame:
    """Trace what each number of villages costs, and the price of one more.

    Returns
    -------
    DataFrame
        One row per number that can be connected: ``k``, ``cost_vnd``, ``bound_vnd``, ``proven``,
        ``price_vnd`` (of the k-th village) with ``price_low_vnd``, ``price_next_vnd`` (of the one
        after it), ``is_efficient`` (on the lower convex hull), ``people``, ``joins`` and ``leaves``
        (tuples of ids, against the row before).

    Raises
    ------
    PlanningError
        ``error-plan-curve`` for a question that is not one of cable.
    """
    told = telling(watch)
    setting = find_setting(province, question)
    if setting.question.technology != "fibre":
        raise PlanningError("error-plan-curve")
    problem = replace(fibre_problem(setting), budget=None)

    def step(progress: StepProgress) -> bool:
        return told("curve", progress.seconds, float(progress.done), float(progress.total))

    counts = range(max(1, len(problem.locked)), int(setting.limits.is_open(
        len(setting.cohort)).sum()) + 1)  # fmt: skip
    found = trace(
        problem, counts, solve=within_reach, watch=step, time_limit_s=time_limit_s,
        gap=question.gap_allowed,
    )  # fmt: skip
    return _curve(setting, found)


@dataclass(frozen=True, eq=False)
class Robustness:
    """How firm a plan is when costs are not what was thought.

    Attributes
    ----------
    villages : DataFrame
        One row per village of the cohort: ``village_id``, ``village``, ``in_plan`` (at base
        costs), ``share`` of draws in whose best plan it is, ``share_low``, ``share_high`` (95 %).
    costs : DataFrame
        ``case`` (``low``, ``base``, ``high``, ``p10``, ``p50``, ``p90``), ``cost_vnd`` of the best
        plan and ``kept_vnd`` of the base plan at those costs (missing for percentiles).
    draws : int
    solved : int
        Draws that had to be solved.
    seed : int
    """

    villages: pd.DataFrame
    costs: pd.DataFrame
    draws: int
    solved: int
    seed: int


def robustness(
    province: Province,
    question: RolloutQuestion,
    draws: int = DEFAULT_DRAWS,
    *,
    watch: Watch | None = None,
) -> Robustness:
    """Ask the question again at other costs: the ends of the unit costs, and drawn ones.

    Raises
    ------
    PlanningError
        If the question has no answer at the low, base or high costs, or is not one of cable.
    """
    told = telling(watch)
    setting = find_setting(province, question)
    if setting.question.technology != "fibre":
        raise PlanningError("error-plan-curve")
    network = setting.site.network
    problem = fibre_problem(setting)
    base_book = cost_book_of(replace(question, cost_case="base"))

    def costs_at(book: CostBook) -> FloatArray:
        return price_edges(question, network.network, book, setting.has_grid).total

    def at(costs: FloatArray) -> Problem:
        return replace(problem, costs=costs)

    def answer(asked: Problem) -> SteinerPlan:
        return within_reach(asked, time_limit_s=question.time_limit_s, gap=question.gap_allowed)

    def step(progress: DrawProgress) -> bool:
        return told("draws", 0.0, float(progress.done), float(progress.draws))

    cases = CostCases(
        *(
            costs_at(cost_book_of(replace(question, cost_case=case)))
            for case in ("low", "base", "high")
        )
    )
    found = vary_costs(
        at,
        cases,
        answer,
        draws=draws,
        seed=question.seed,
        places=_places(setting),
        draw_costs=lambda rng: costs_at(base_book.draw(rng)),
        watch=step,
    )
    return _robust(setting, problem, found)


def _curve(setting: Setting, found: Frontier) -> pd.DataFrame:
    rows = setting.site.row_of_village
    ids = np.array(setting.cohort.ids, dtype=object)[rows]
    people = setting.cohort.people[rows]
    high, low = found.price_high, found.price_low
    count = len(found.counts)

    def named(which: BoolArray) -> tuple[str, ...]:
        return tuple(ids[which])

    return pd.DataFrame(
        {
            "k": found.counts,
            "cost_vnd": np.where(np.isfinite(found.costs), found.costs, np.nan),
            "bound_vnd": found.bounds,
            "proven": found.proven,
            "price_vnd": np.where(np.isfinite(high), high, np.nan),
            "price_low_vnd": low,
            "price_next_vnd": np.append(high[1:], np.nan) if count else high,
            "is_efficient": found.is_efficient,
            "people": [int(people[found.is_chosen[at]].sum()) for at in range(count)],
            "joins": [named(found.joined(at)) for at in range(count)],
            "leaves": [named(found.dropped(at)) for at in range(count)],
        }
    )


def _places(setting: Setting) -> IntArray:
    """Return a number for the square each edge begins in."""
    network = setting.site.network
    start = network.node_lonlat[network.network.edges[:, 0]]
    square = np.floor(start / _PLACE_DEGREES).astype(np.int64)
    numbers: IntArray = np.unique(square, axis=0, return_inverse=True)[1].astype(np.int64)
    return numbers.reshape(-1)


def _robust(setting: Setting, problem: Problem, found: CostRobustness) -> Robustness:
    rows = setting.site.row_of_village
    low, high = found.share_limits()
    villages = pd.DataFrame(
        {
            "village_id": np.array(setting.cohort.ids, dtype=object)[rows],
            "village": setting.cohort.table["village"].to_numpy()[rows],
            "in_plan": np.isin(problem.terminals, found.base.plan.terminals),
            "share": found.village_share,
            "share_low": low,
            "share_high": high,
        }
    )
    costs = [
        {"case": case, "cost_vnd": answer.plan.cost, "kept_vnd": answer.base_cost}
        for case, answer in (("low", found.low), ("base", found.base), ("high", found.high))
    ]
    costs += [
        {"case": case, "cost_vnd": float(value), "kept_vnd": None}
        for case, value in zip(("p10", "p50", "p90"), found.cost_percentiles(), strict=True)
    ]
    return Robustness(
        villages=villages.sort_values(["share", "village_id"], ascending=[False, True]).reset_index(
            drop=True
        ),
        costs=pd.DataFrame(costs),
        draws=found.draws,
        solved=found.solved,
        seed=found.seed,
    )

"""A roll-out of several technologies: fibre, masts and satellite, or masts alone."""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from planning.columns import FloatArray
from planning.errors import PlanningError
from planning.optimise.conditions import ShareCondition, count_condition
from planning.optimise.masts import MastPlan, cover_all, cover_most
from planning.optimise.problem import Condition, SteinerPlan
from planning.optimise.steiner import solve
from planning.optimise.technology import each_alone, mix_of_plan
from planning.optimise.technology_answer import Mix
from planning.optimise.technology_certificate import check_mix
from planning.optimise.technology_graph import Augmented, augment
from planning.optimise.technology_question import Technology, TechnologyQuestion
from planning.technology_costs import satellite_costs
from planning.vocabulary import Gap
from services.rollout_costs import measure_of
from services.rollout_draft import Draft, Setting, Told
from services.rollout_fibre import CANNOT_ASK, telling
from services.rollout_limits import conditions_of
from services.rollout_masts import Masts, find_masts, table_of
from services.rollout_reasons import explain_villages
from services.rollout_values import FIBRE, MAST, SATELLITE, Conflict, ConflictLine

_NAMES: Final = {
    Technology.FIBRE: FIBRE,
    Technology.MOBILE: MAST,
    Technology.SATELLITE: SATELLITE,
}
_SAME: Final = 1e-9
_SHARE_STEP: Final = 5e-4
_HALVINGS: Final = 12


@dataclass(frozen=True, eq=False)
class _Asked:
    """A question as solved, and its answer."""

    question: TechnologyQuestion
    augmented: Augmented
    plan: SteinerPlan
    mix: Mix


def plan_mix(setting: Setting, told: Told) -> Draft:
    """Answer a question of several technologies, or of masts.

    Raises
    ------
    PlanningError
        If time was too short for any plan, or a plan did not pass its checks.
    """
    masts = find_masts(setting)
    question = mix_question(setting, masts)
    conflict = None
    try:
        asked = _solved(question, setting, told)
    except PlanningError as error:
        if error.key in CANNOT_ASK:
            raise
        told("conflict", 0.0, None, None)
        conflict, question = _nearest(setting, question)
        asked = _solved(question, setting, told)
    mix = asked.mix
    check_mix(question, mix)
    counted = _counted_again(setting, masts, question, mix)
    reasons = explain_villages(setting, asked.augmented.problem, asked.plan, solve, told)
    reasons["needed_budget_vnd"] -= asked.augmented.tolls
    rows = setting.site.row_of_village
    technology = np.full(len(setting.cohort), None, dtype=object)
    own = np.zeros(len(setting.cohort))
    for kind, name in _NAMES.items():
        technology[rows[mix.technology == kind]] = name
    by_fibre, by_satellite = (
        mix.technology == kind for kind in (Technology.FIBRE, Technology.SATELLITE)
    )
    own[rows[by_fibre]] = setting.edge_costs.equipment[by_fibre]
    own[rows[by_satellite]] = question.satellite_costs[by_satellite]
    is_budget = question.budget is not None
    return Draft(
        technology=technology,
        edges=mix.fibre_edges,
        own_cost=own,
        sites=table_of(setting, masts, mix.sites, mix.site),
        cost=mix.cost,
        prize=mix.prize,
        bound=None if is_budget else mix.bound,
        prize_bound=mix.bound if is_budget else None,
        proven=mix.proven,
        gap=mix.gap,
        seconds=mix.seconds,
        method=mix.method,
        checks=(
            {"check": "mix", "holds": True, "got": mix.cost, "asked": None},
            *counted,
        ),
        plan_hash=_hash(setting, masts, mix),
        problem_hash=_hash_of(
            question.fibre_costs, question.satellite_costs, question.sites.costs,
            question.sites.covers, question.wanted,
            np.array([question.least, -1.0 if question.budget is None else question.budget]),
        ),
        reasons=reasons,
        baselines=tuple(_beside(setting, question, mix)) if conflict is None else (),
        conflict=conflict,
    )  # fmt: skip


def mix_question(setting: Setting, masts: Masts) -> TechnologyQuestion:
    """Put a question in the terms of the technology solver.

    Where a signal is what is lacking, neither cable nor a satellite terminal gives one: only masts
    count.
    """
    asked, limits, site = setting.question, setting.limits, setting.site
    network, rows = site.network.network, site.row_of_village
    v = len(rows)
    fibre = setting.edge_costs.total.copy()
    satellite = np.full(v, np.inf)
    if asked.technology == "masts" or asked.gap is not Gap.FIBRE:
        fibre[:] = np.inf
    else:
        households = setting.cohort.table["households"].iloc[rows]
        measure = measure_of(asked)
        satellite = satellite_costs(setting.book, households, setting.has_grid, measure=measure)
        reach = np.inf if asked.reach_m is None else asked.reach_m
        too_far = limits.least_cable_m[rows] > reach
        fibre[setting.edge_costs.own_edge[too_far]] = np.inf
    is_open = limits.is_open(len(setting.cohort))[rows]
    conditions: list[Condition] = [*conditions_of(asked, setting.cohort, rows)]
    names = setting.cohort.table["village"]
    conditions += [
        count_condition("decided", rows == at, 1, name=str(names.iloc[at])) for at in limits.decided
    ]
    return TechnologyQuestion(
        network=network,
        fibre_costs=fibre,
        satellite_costs=satellite,
        sites=masts.as_sites(),
        wanted=is_open,
        quota=limits.connect,
        budget=asked.budget_vnd,
        prizes=setting.cohort.prizes(asked.aim)[rows],
        conditions=tuple(conditions),
    )


def _solved(question: TechnologyQuestion, setting: Setting, told: Told) -> _Asked:
    augmented = augment(question)
    plan = solve(
        augmented.problem,
        time_limit_s=setting.question.time_limit_s,
        gap=setting.question.gap_allowed,
        watch=telling(told, "search", is_budget=question.budget is not None),
    )
    return _Asked(question, augmented, plan, mix_of_plan(question, augmented, plan))


def _counted_again(
    setting: Setting, masts: Masts, question: TechnologyQuestion, mix: Mix
) -> list[dict[str, Any]]:
    """Ask for masts a second time by another method, where it answers the same question."""
    if setting.question.technology != "masts" or question.conditions or not mix.proven:
        return []
    covers = masts.covers[:, question.wanted]
    seconds = setting.question.time_limit_s
    again: MastPlan
    if question.budget is None and question.least == int(question.wanted.sum()):
        again = cover_all(covers, masts.costs, time_limit_s=seconds)
        got, asked = mix.cost, again.cost
    elif question.budget is not None and not question.least:
        weights = None if question.prizes is None else question.prizes[question.wanted]
        budget = question.budget
        again = cover_most(
            covers, masts.costs, budget=budget, weights=weights, time_limit_s=seconds
        )
        got, asked = mix.prize, again.weight
    else:
        return []
    if again.proven and abs(got - asked) > _SAME * max(1.0, abs(asked)):
        raise PlanningError("error-plan-certificate", checks="set-cover")
    return [{"check": "set-cover", "holds": True, "got": got, "asked": asked}]


def _beside(setting: Setting, question: TechnologyQuestion, mix: Mix) -> list[dict[str, Any]]:
    """Return the plan and what a comparison village by village would build."""
    lines = [_line(setting, question, "plan", mix)]
    if question.budget is None and question.quota == int(question.wanted.sum()):
        lines.append(_line(setting, question, "each_alone", each_alone(question)))
    return lines


def _line(setting: Setting, question: TechnologyQuestion, name: str, mix: Mix) -> dict[str, Any]:
    is_served = mix.technology != Technology.NONE
    people = setting.cohort.people[setting.site.row_of_village]
    return {
        "name": name,
        "message": "baseline-" + name.replace("_", "-"),
        "villages": int(is_served.sum()),
        "people": int(people[is_served].sum()),
        "km": float(question.network.lengths_m[mix.fibre_edges].sum()) / 1000.0,
        "cost_vnd": mix.cost,
        "score": mix.prize,
        "keeps_conditions": True,
    }


def _nearest(setting: Setting, question: TechnologyQuestion) -> tuple[Conflict, TechnologyQuestion]:
    """Try the limits one by one, and return what is nearest to the question."""
    lines: list[ConflictLine] = []
    most = _most_villages(question)
    others = replace(question, quota=0)
    is_enough = _cost_of(replace(others, quota=most)) is not None
    values = {"asked": question.least, "nearest": most}
    if most < question.least:
        lines.append(
            ConflictLine(
                "conflict-quota", values, float(question.least), float(most), is_enough=is_enough
            )
        )
    if question.budget is not None:
        cost = _cost_of(replace(question, budget=None))
        if cost is not None and cost > question.budget:
            said = {"asked": int(question.budget), "nearest": int(np.ceil(cost))}
            lines.append(
                ConflictLine("conflict-budget", said, question.budget, cost, is_enough=True)
            )
    for at, condition in enumerate(question.conditions):
        rest = question.conditions[:at] + question.conditions[at + 1 :]
        if _cost_of(replace(question, conditions=rest)) is not None:
            lines.append(_of_condition(condition, _largest_share(question, at)))
    waiting = sum(bar.message == "plan-reason-power" for bar in setting.limits.bars.values())
    if waiting and question.least > int(question.wanted.sum()):
        lines.append(
            ConflictLine(
                "conflict-power",
                {"count": waiting},
                is_enough=question.least <= int(question.wanted.sum()) + waiting,
            )
        )
    if not lines:
        lines.append(ConflictLine("conflict-quota", values, float(question.least), float(most)))
    relaxed = replace(question, quota=most)
    if _cost_of(relaxed) is None:
        relaxed = replace(relaxed, quota=0, conditions=())
    return Conflict(lines=tuple(lines), given_way=tuple(lines[:1])), relaxed


def _of_condition(condition: Condition, nearest: float | None) -> ConflictLine:
    share = condition.share if isinstance(condition, ShareCondition) else None
    asked = condition.least if share is None else share
    key = "locked" if condition.key == "decided" else condition.key
    said = {
        "asked": round(asked * (100 if share is not None else 1), 1),
        "nearest": "–" if nearest is None else math.floor(nearest * 1000 + 1e-6) / 10,
    }
    return ConflictLine(
        "conflict-" + key, dict(condition.values) | said, asked, nearest, is_enough=True
    )


def _largest_share(question: TechnologyQuestion, at: int) -> float | None:
    """Return the largest share that can be asked for while the other limits stay, by halving.

    A plan found at one share often has a larger one. ``None`` for a condition that is no share.
    """
    condition = question.conditions[at]
    if not isinstance(condition, ShareCondition):
        return None
    low, high = 0.0, condition.share
    share = low
    for _ in range(_HALVINGS):
        eased = condition.with_share(share)
        conditions = (*question.conditions[:at], eased, *question.conditions[at + 1 :])
        mix = _mix_of(replace(question, conditions=conditions))
        if mix is None:
            high = share
        else:
            served = mix.technology != Technology.NONE
            whole = float(condition.whole[served].sum())
            has = float(condition.part[served].sum()) / whole if whole > 0 else 0.0
            low = max(low, share, min(has, high))
        if high - low < _SHARE_STEP:
            break
        share = (low + high) / 2
    return low


def _most_villages(question: TechnologyQuestion) -> int:
    """Return the largest quota there is a plan for, by halving."""
    low, high = 0, min(question.least, int(question.wanted.sum()))
    while low < high:
        middle = (low + high + 1) // 2
        if _cost_of(replace(question, quota=middle)) is None:
            high = middle - 1
        else:
            low = middle
    return low


def _cost_of(question: TechnologyQuestion) -> float | None:
    """Return the cost of a plan, ``None`` if there is none within ten seconds."""
    mix = _mix_of(question)
    return None if mix is None else mix.cost


def _mix_of(question: TechnologyQuestion) -> Mix | None:
    try:
        augmented = augment(question)
        plan = solve(augmented.problem, time_limit_s=10.0)
    except PlanningError:
        return None
    return mix_of_plan(question, augmented, plan)


def _hash(setting: Setting, masts: Masts, mix: Mix) -> str:
    built = {
        "served": {
            village: int(kind)
            for village, kind in zip(
                setting.site.network.village_ids, mix.technology.tolist(), strict=True
            )
            if kind != Technology.NONE
        },
        "edges": mix.fibre_edges.tolist(),
        "sites": masts.candidates.lonlat[mix.sites].tolist(),
    }
    return hashlib.sha256(json.dumps(built, sort_keys=True).encode()).hexdigest()


def _hash_of(*arrays: np.ndarray | FloatArray) -> str:
    digest = hashlib.sha256(b"gap-planner technology question 1\n")
    for array in arrays:
        digest.update(np.ascontiguousarray(array, dtype="<f8").tobytes())
    return digest.hexdigest()

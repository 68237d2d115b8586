"""Re-plan from today: what is built is free, what is decided stays, and what staying costs."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from planning.columns import FloatArray, IntArray
from planning.errors import PlannerError
from planning.gaps import gap_status
from planning.vocabulary import GAP_SERVICE, Gap, GapStatus, WorkStatus
from planning.work import work_at
from services import scenarios
from services.province import Province
from services.rollout import Watch, roll_out, roll_out_setting
from services.rollout_draft import Setting
from services.rollout_setting import find_setting, telling
from services.rollout_values import RolloutPlan, RolloutQuestion

CERTIFICATE: Final = "certificate.json"
_DECIDED: Final = (WorkStatus.FUNDED, WorkStatus.BUILDING, WorkStatus.ON_AIR, WorkStatus.ACCEPTED)
_DAYS: Final = ("as_of", "start", "deadline")
_FILES: Final = ("roads", "dem", "cost_file")
_NOTHING: Final = 1e-6


@dataclass(frozen=True, eq=False)
class Replan:
    """A plan from today on beside the one from before.

    Attributes
    ----------
    before : RolloutPlan
        The original plan.
    plan : RolloutPlan
        From here: its costs and kilometres of effort are those still to come.
    as_of : date
    built : tuple of str
        Villages that have the service now.
    off_plan : tuple of str
        Of these the ones that the original plan did not have; how they were reached nobody
        recorded, so the cheapest way is taken to stand.
    decided : tuple of str
        Villages whose work is funded or further: they stay.
    suspended : tuple of str
        Villages whose work is suspended: free to stay or to go.
    spent_vnd : float
        What is built, at the costs of the original plan.
    stay_vnd : float
        What the original plan would still cost from here.
    from_here_vnd : float
        What the new plan costs from here.
    hindsight_vnd : float
        What the best plan from the start on costs.
    villages : DataFrame
        :attr:`services.scenarios.ScenarioComparison.villages` of the two plans.
    """

    before: RolloutPlan
    plan: RolloutPlan
    as_of: date
    built: tuple[str, ...]
    off_plan: tuple[str, ...]
    decided: tuple[str, ...]
    suspended: tuple[str, ...]
    spent_vnd: float
    stay_vnd: float
    from_here_vnd: float
    hindsight_vnd: float
    villages: pd.DataFrame

    @property
    def saving_vnd(self) -> float:
        """What re-planning saves against staying; the regret of the original plan from here."""
        return self.stay_vnd - self.from_here_vnd

    @property
    def regret_vnd(self) -> float:
        """What everything will have cost beyond the best plan from the start (hindsight)."""
        return self.spent_vnd + self.from_here_vnd - self.hindsight_vnd


def replan(
    province: Province, before: RolloutPlan, as_of: date, *, watch: Watch | None = None
) -> Replan:
    """Plan again from what stands on a day.

    The network and the question are those of the original plan, so that both can be compared edge
    by edge: cable that is laid costs nothing, villages that have the service or whose work is
    funded are in every plan, and as many villages as before are to be connected in the end.

    Parameters
    ----------
    province : Province
        With what was recorded since.
    before : RolloutPlan
        Of cable.
    as_of : date
        Not before the day of the original plan.
    watch : callable, optional
        As of :func:`services.rollout.roll_out`.

    Raises
    ------
    PlannerError
        ``error-replan-fibre-only``, ``error-replan-day``, or ``error-replan-changed`` if the
        register no longer gives the network of the plan; else as ``roll_out``.
    """
    asked = before.question
    if asked.technology != "fibre":
        raise PlannerError("error-replan-fibre-only")
    if as_of < asked.as_of:
        raise PlannerError("error-replan-day", date=as_of, first=asked.as_of)
    told = telling(watch)
    told("network", 0.0, None, None)
    start = find_setting(province, asked)
    edges = _edges_of(before, start)
    standing = _standing(province, start, as_of)
    in_plan = set(before.villages.loc[before.villages["is_connected"], "village_id"])
    ids = np.array(start.site.network.village_ids)
    built = [village for village in ids.tolist() if village in standing.built]
    laid = _laid(start, edges, np.isin(ids, built))
    costs = start.edge_costs.total
    spent = math.fsum(costs[laid])
    question = _question_from_here(asked, standing, as_of, spent, set(ids.tolist()))
    setting = _with_laid(find_setting(province, question), laid, set(built))
    plan = roll_out_setting(setting, told)
    return Replan(
        before=before,
        plan=plan,
        as_of=as_of,
        built=tuple(built),
        off_plan=tuple(village for village in built if village not in in_plan),
        decided=tuple(sorted(standing.decided - set(built))),
        suspended=tuple(sorted(standing.suspended)),
        spent_vnd=spent,
        stay_vnd=math.fsum(costs[np.setdiff1d(edges, laid)]),
        from_here_vnd=plan.totals.cost_vnd,
        hindsight_vnd=before.totals.cost_vnd,
        villages=scenarios.compare(before, plan).villages,
    )


def plan_in(place: str, province: Province, *, watch: Watch | None = None) -> RolloutPlan:
    """Return a plan kept as a scenario (by key or name), or written to a folder.

    A folder holds the question and the hash of its plan, so the plan is made again and compared.

    Raises
    ------
    PlannerError
        ``error-replan-unknown`` if there is nothing of that name, ``error-replan-files`` if the
        question names files, ``error-replan-changed`` if the plan comes out differently.
    """
    for kept in scenarios.list_saved():
        if place in {kept.key, kept.name}:
            return scenarios.load(kept.key)
    folder = Path(place)
    file = folder / CERTIFICATE if folder.is_dir() else folder
    try:
        certificate = json.loads(file.read_text(encoding="utf-8"))
        question = question_of(certificate["question"])
        plan_hash = str(certificate["plan_hash"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise PlannerError("error-replan-unknown", got=place) from error
    if any(certificate["question"].get(name) for name in _FILES):
        raise PlannerError("error-replan-files", got=place)
    plan = roll_out(province, question, watch=watch)
    if plan.totals.plan_hash != plan_hash:
        raise PlannerError("error-replan-changed")
    return plan


def question_of(table: Mapping[str, Any]) -> RolloutQuestion:
    """Return the question of a certificate, its files left out.

    Raises
    ------
    KeyError, TypeError, ValueError
        If it is none.
    """
    known = {field.name for field in fields(RolloutQuestion)}
    values: dict[str, Any] = {
        name: value for name, value in table.items() if name in known and name not in _FILES
    }
    for name in _DAYS:
        values[name] = date.fromisoformat(values[name])
    values["gap"] = Gap(values["gap"])
    values["decided"] = tuple(values.get("decided", ()))
    return RolloutQuestion(**values)


@dataclass(frozen=True)
class _Standing:
    built: frozenset[str]
    decided: frozenset[str]
    suspended: frozenset[str]


def _standing(province: Province, setting: Setting, as_of: date) -> _Standing:
    """Return what became of the villages of the cohort by a day."""
    gap = setting.question.gap
    ids = pd.Index(setting.cohort.ids)
    states = province.states(as_of).loc[ids]
    is_served = gap_status(states, gap) == GapStatus.SERVED
    status = work_at(province.works, ids, GAP_SERVICE[gap], as_of)["status"]
    return _Standing(
        built=frozenset(ids[is_served]),
        decided=frozenset(ids[status.isin([str(one) for one in _DECIDED]).to_numpy()]),
        suspended=frozenset(ids[(status == WorkStatus.SUSPENDED).to_numpy() & ~is_served]),
    )


def _edges_of(plan: RolloutPlan, setting: Setting) -> IntArray:
    """Return the plan's edges, sure that they are the same ones in the network of today."""
    network = setting.site.network
    edges = np.array([edge["edge"] for edge in plan.certificate["edges"]], dtype=np.int64)
    lengths = np.array([edge["length_m"] for edge in plan.certificate["edges"]])
    costs = np.array([edge["cost_vnd"] for edge in plan.certificate["edges"]])
    count = len(network.network.edges)
    is_same = (
        plan.certificate["network"]["edges"] == count
        and plan.certificate["network"]["nodes"] == network.network.n_nodes
        and tuple(network.village_ids) == tuple(plan.network.village_ids)
        and (edges < count).all()
        and np.allclose(network.network.lengths_m[edges], lengths, rtol=0.0, atol=1.0)
        and np.allclose(setting.edge_costs.total[edges], costs, rtol=1e-6, atol=1.0)
    )
    if not is_same:
        raise PlannerError("error-replan-changed")
    return edges


def _laid(setting: Setting, planned: IntArray, is_built: np.ndarray) -> IntArray:
    """Return the edges that stand: the ways to what is built, along the plan where it has one."""
    network = setting.site.network.network
    targets = network.villages[is_built]
    if not len(targets):
        return np.zeros(0, np.int64)
    # On the plan's own edges a way costs nothing beside one off it, so the plan's way is found.
    weights = setting.edge_costs.total.copy()
    scale = float(weights.sum()) + 1.0
    weights = np.where(np.isin(np.arange(len(weights)), planned), weights / scale, weights)
    return _ways(network.n_nodes, network.edges, weights, network.roots, targets)


def _ways(
    n_nodes: int, edges: IntArray, weights: FloatArray, roots: IntArray, targets: IntArray
) -> IntArray:
    """Return the edges of the cheapest ways from any of the roots."""
    # Of several edges between two nodes the cheapest; the matrix would add them up.
    ends = np.sort(edges, axis=1)
    order = np.lexsort((weights, ends[:, 1], ends[:, 0]))
    first = np.ones(len(order), np.bool_)
    first[1:] = (ends[order][1:] != ends[order][:-1]).any(axis=1)
    kept = order[first]
    # A weight of nought would be no edge at all.
    table = coo_array(
        (np.maximum(weights[kept], _NOTHING), (ends[kept, 0], ends[kept, 1])),
        shape=(n_nodes, n_nodes),
    ).tocsr()
    _, before, _ = dijkstra(
        table, directed=False, indices=roots, return_predecessors=True, min_only=True
    )
    edge_of = {(int(a), int(b)): int(edge) for (a, b), edge in zip(ends[kept], kept, strict=True)}
    found: set[int] = set()
    for target in targets.tolist():
        node = target
        while before[node] >= 0:
            previous = int(before[node])
            found.add(edge_of[min(node, previous), max(node, previous)])
            node = previous
    return np.array(sorted(found), dtype=np.int64)


def _question_from_here(
    asked: RolloutQuestion, standing: _Standing, as_of: date, spent: float, placed: set[str]
) -> RolloutQuestion:
    fixed = (standing.built | standing.decided) & placed
    decided = tuple(dict.fromkeys([*asked.decided, *sorted(fixed)]))
    start = max(asked.start, as_of + timedelta(days=1))
    connect = max(asked.connect or 0, len(decided)) if asked.budget_vnd is None else asked.connect
    return replace(
        asked,
        decided=decided,
        excluded={one: why for one, why in asked.excluded.items() if one not in fixed},
        connect=connect,
        budget_vnd=None if asked.budget_vnd is None else max(asked.budget_vnd - spent, 0.0),
        start=start,
        # After the deadline building goes on all the same: a year is laid out.
        deadline=asked.deadline if asked.deadline >= start else start + timedelta(days=364),
    )


def _with_laid(setting: Setting, laid: IntArray, built: set[str]) -> Setting:
    """Return a setting in which what stands costs nothing and needs no crew."""
    network, prices = setting.site.network, setting.edge_costs
    cable, total = prices.cable.copy(), prices.total.copy()
    effort = network.network.effort.copy()
    for values in (cable, total, effort):
        values[laid] = 0.0
    stands = np.isin(np.array(network.village_ids), sorted(built))
    drawn = replace(network, network=replace(network.network, effort=effort))
    rows = {at for at, village in enumerate(setting.cohort.ids) if village in built}
    bars = {at: bar for at, bar in setting.limits.bars.items() if at not in rows}
    return replace(
        setting,
        site=replace(setting.site, network=drawn),
        limits=replace(setting.limits, bars=bars),
        edge_costs=replace(
            prices,
            cable=cable,
            total=total,
            equipment=np.where(stands, 0.0, prices.equipment),
        ),
    )

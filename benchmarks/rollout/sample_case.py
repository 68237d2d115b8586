"""Fifty sites and the shipped province: the cost of every number of villages, way by way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from time import perf_counter

import numpy as np

from benchmarks.measure import print_table
from benchmarks.rollout.instances import Instance, recount
from geo.networks.candidate import candidate_network
from geo.networks.places import Places
from planning.gaps import gap_status
from planning.optimise.baselines import BASELINES
from planning.optimise.problem import Problem, SteinerPlan
from planning.optimise.steiner import solve
from planning.vocabulary import GapStatus
from services.province import shipped_province as shipped

TARGET = "fibre-2024"


def fifty_sites(seed: int = 5) -> Instance:
    """Return 50 sites in a square of 60 km, any two of them joined; fibre is at the first."""
    rng = np.random.default_rng(seed)
    at = rng.uniform(0.0, 60_000.0, (50, 2))
    pairs = np.stack(np.triu_indices(50, 1), axis=1).astype(np.int64)
    return Instance(
        name="fifty sites",
        family="sample",
        n_nodes=50,
        edges=pairs,
        costs=np.hypot(*(at[pairs[:, 0]] - at[pairs[:, 1]]).T),
        roots=np.zeros(1, np.int64),
        terminals=np.arange(1, 50),
        quota=20,
    )


def shipped_province() -> Instance:
    """Return the villages of the fibre target on the network drawn without roads."""
    province = shipped()
    target = next(each for each in province.targets if each.target_id == TARGET)
    lacks = province.cohort_of(target).to_numpy()
    states = gap_status(province.states(target.cohort_on), target.gap)
    sites = province.sites[province.sites["technology"] == "fibre"]
    drawn = candidate_network(
        Places.of(province.villages[lacks], "village_id"),
        Places.of(sites[sites["in_service_on"] <= str(target.cohort_on)], "site_id"),
        connected_villages=Places.of(
            province.villages[np.asarray(states == GapStatus.SERVED)], "village_id"
        ),
    ).network
    return Instance(
        name="shipped province",
        family="sample",
        n_nodes=drawn.n_nodes,
        edges=drawn.edges,
        costs=drawn.lengths_m * drawn.effort,
        roots=drawn.roots,
        terminals=drawn.villages,
        quota=28,
    )


def show(time_limit_s: float) -> None:
    """Print both."""
    sites = fifty_sites()
    _show(sites, (5, 10, 20, 30, 40, 49), (50_000.0, 100_000.0, 150_000.0), time_limit_s)
    province = shipped_province()
    _show(province, (7, 14, 28, 42, 56), (50_000.0, 100_000.0, 150_000.0), time_limit_s)
    _show_frontier(province, time_limit_s)


def _show(
    instance: Instance, quotas: tuple[int, ...], budgets: tuple[float, ...], time_limit_s: float
) -> None:
    problem = instance.problem()
    ways: dict[str, Callable[[Problem], SteinerPlan | None]] = {
        **BASELINES,
        "optimum": partial(solve, time_limit_s=time_limit_s),
    }
    rows = []
    for name, way in ways.items():
        row = [name.replace("_", " ")]
        for quota in quotas:
            asked = replace(problem, quota=quota)
            row += [_km(instance, asked, way(asked))]
        for budget in budgets:
            plan = way(replace(problem, quota=0, budget=budget))
            row.append("none" if plan is None else f"{len(plan.terminals)}{_mark(plan)}")
        rows.append(row)
    header = [
        "way",
        *(f"{quota} of {len(instance.terminals)}" for quota in quotas),
        *(f"for {budget / 1000.0:.0f} km" for budget in budgets),
    ]
    print_table(f"{instance.name}: km for a quota, villages for a length", header, rows)


def _km(instance: Instance, problem: Problem, plan: SteinerPlan | None) -> str:
    if plan is None:
        return "none"
    cost = recount(replace(instance, quota=problem.quota), plan.edges)
    return f"{cost / 1000.0:.1f}{_mark(plan)}"


def _mark(plan: SteinerPlan) -> str:
    return "" if plan.proven or plan.method in BASELINES else " (not proven)"


def _show_frontier(instance: Instance, time_limit_s: float) -> None:
    """Solve every quota by itself."""
    problem, seconds, unproven = instance.problem(), [], 0
    for quota in range(1, len(instance.terminals) + 1):
        begun = perf_counter()
        plan = solve(replace(problem, quota=quota), time_limit_s=time_limit_s)
        seconds.append(perf_counter() - begun)
        unproven += not plan.proven
    print(
        f"\nEvery quota of {instance.name}, one by one: {sum(seconds):.1f} s in all, "
        f"at most {max(seconds):.2f} s, {unproven} not proven"
    )

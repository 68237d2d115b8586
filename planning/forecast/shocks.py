"""What many villages share: storms over the province, contractors over their lanes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Final

import numpy as np

from planning.columns import FloatArray, IntArray
from planning.forecast.durations import Duration
from planning.forecast.seasons import dry_days, storm_seasons
from planning.forecast.standing import Standing, stages_after
from planning.forecast_assumptions import OF_CONTRACTOR, OUTDOORS, Assumption, Assumptions
from planning.vocabulary import Lane, WorkStatus

_NODES: Final = {0: 1, 1: 9, 2: 7, 3: 5}
MOST_CONTRACTORS: Final = 3
"""Contractors with a pace of their own; beyond them the smallest share one."""


@dataclass(frozen=True, eq=False)
class Shocks:
    """Every combination of what is shared, with its probability.

    Attributes
    ----------
    storms : tuple of tuple of date
        Each combination of storms that may come.
    factors : ndarray of float, shape (k,)
        How many times as long a contractor takes, at each node.
    storm_of : ndarray of int, shape (s,)
        Combination of storms in each scenario.
    node_of : ndarray of int, shape (s, groups)
        Node of each contractor in each scenario.
    weights : ndarray of float, shape (s,)
        Probabilities; their sum is 1.
    """

    storms: tuple[tuple[date, ...], ...]
    factors: FloatArray
    storm_of: IntArray
    node_of: IntArray
    weights: FloatArray


def contractor_groups(contractors: Sequence[str]) -> IntArray:
    """Return a number for each contractor, 0 for the largest; the smallest share one."""
    names, counts = np.unique(np.asarray(contractors, dtype=str), return_counts=True)
    ranked = names[np.lexsort((names, -counts))]
    number = {str(name): min(at, MOST_CONTRACTORS - 1) for at, name in enumerate(ranked)}
    return np.array([number[str(name)] for name in contractors], dtype=np.int64)


def enumerate_shocks(
    as_of: date,
    deadline: date,
    assumptions: Assumptions,
    *,
    groups: IntArray,
    standings: Sequence[Standing],
    lanes: Sequence[Lane],
) -> Shocks:
    """Enumerate storms and contractors' paces.

    A contractor's pace is logarithmic-normal about 1, replaced by the nodes and weights of the
    Gauss-Hermite rule, and the weights by what the work reported so far says of it (Bayes).

    Parameters
    ----------
    as_of, deadline : date
    assumptions : Assumptions
    groups : ndarray of int, shape (n,)
        Contractor of each village (:func:`contractor_groups`).
    standings : sequence of Standing, length n
    lanes : sequence of Lane, length n
    """
    seasons = storm_seasons(as_of, deadline)
    storms, storm_weights = [], []
    for strikes in product((False, True), repeat=len(seasons)):
        weight = 1.0
        for season, comes in zip(seasons, strikes, strict=True):
            calm = (1.0 - assumptions.base(Assumption.STORM_CHANCE)) ** season.share
            weight *= 1.0 - calm if comes else calm
        coming = zip(seasons, strikes, strict=True)
        storms.append(tuple(season.strikes_on for season, comes in coming if comes))
        storm_weights.append(weight)
    count = int(groups.max()) + 1 if len(groups) else 0
    nodes, prior = np.polynomial.hermite_e.hermegauss(_NODES[count])
    factors = np.exp(assumptions.base(Assumption.CONTRACTOR_SPREAD) * nodes)
    by_group = [
        _learnt(
            prior / prior.sum(),
            factors,
            [(standings[at], lanes[at]) for at in np.flatnonzero(groups == group).tolist()],
            as_of,
            assumptions,
        )
        for group in range(count)
    ]
    rows = list(product(range(len(storms)), *(range(len(nodes)) for _ in by_group)))
    weights = [
        storm_weights[storm]
        * float(np.prod([own[node] for own, node in zip(by_group, at, strict=True)]))
        for storm, *at in rows
    ]
    table = np.array(rows, dtype=np.int64)
    kept = np.array(weights)
    return Shocks(
        storms=tuple(storms),
        factors=factors,
        storm_of=table[:, 0],
        node_of=table[:, 1:],
        weights=kept / kept.sum(),
    )


def _learnt(
    prior: FloatArray,
    factors: FloatArray,
    villages: Sequence[tuple[Standing, Lane]],
    as_of: date,
    assumptions: Assumptions,
) -> FloatArray:
    """Return the weights of a contractor's paces after the stages seen so far."""
    logarithms = np.zeros(len(factors))
    for days, stage, is_over in _evidence(villages, as_of, assumptions):
        law = Duration.through(assumptions[stage])
        logarithms += [law.times(f).log_likelihood(days, is_over=is_over) for f in factors]
    weights = prior * np.exp(logarithms - logarithms.max())
    return np.asarray(weights / weights.sum(), dtype=np.float64)


def _evidence(
    villages: Sequence[tuple[Standing, Lane]], as_of: date, assumptions: Assumptions
) -> list[tuple[float, Assumption, bool]]:
    seen = []
    for standing, lane in villages:
        for spell in standing.spells:
            if spell.stage in OF_CONTRACTOR:
                days = days_spent(spell.stage, spell.began, spell.ended, assumptions)
                seen.append((max(days, 0.5), spell.stage, True))
        if standing.status is not WorkStatus.SUSPENDED and standing.since is not None:
            chain = stages_after(standing.status, lane)
            if chain and chain[0] in OF_CONTRACTOR:
                days = days_spent(chain[0], standing.since, as_of, assumptions)
                seen.append((days, chain[0], False))
    return seen


def days_spent(stage: Assumption, began: date, until: date, assumptions: Assumptions) -> float:
    """Return the days a stage has had: dry ones outdoors, all of them indoors."""
    if stage not in OUTDOORS:
        return float(max((until - began).days, 0))
    return float(dry_days(began, until, assumptions.base(Assumption.RAINY_PACE))[-1])

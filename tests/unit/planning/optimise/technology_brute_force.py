"""The technology question by trying everything: all cables, all masts, all sets of villages."""

from __future__ import annotations

from itertools import product
from typing import TypeAlias

import numpy as np

from planning.columns import FloatArray, IntArray
from planning.network import Network
from planning.optimise.technology_question import Sites, TechnologyQuestion

Villages: TypeAlias = frozenset[int]


def lit_nodes(network: Network, edges: tuple[int, ...]) -> set[int]:
    """Nodes with fibre, cables never passed on by a village that is an end."""
    lit = {int(root) for root in network.roots}
    grew = True
    while grew:
        grew = False
        for edge in edges:
            one, other = (int(node) for node in network.edges[edge])
            for here, there in ((one, other), (other, one)):
                if here in lit and there not in lit:
                    lit.add(there)
                    grew = True
    return lit


def cheapest_for_each_set(question: TechnologyQuestion) -> dict[Villages, float]:
    """The least cost at which every set of wanted villages can be served."""
    network, sites = question.network, question.sites
    villages = range(len(network.villages))
    wanted = [v for v in villages if question.wanted[v]]
    options = [e for e in range(len(network.edges)) if np.isfinite(question.fibre_costs[e])]
    built = [s for s in range(len(sites.costs)) if np.isfinite(sites.costs[s])]
    grounds: dict[tuple[Villages, Villages], float] = {}
    for kept in product((False, True), repeat=len(options)):
        edges = tuple(e for e, k in zip(options, kept, strict=True) if k)
        lit = lit_nodes(network, edges)
        fibre = frozenset(v for v in wanted if int(network.villages[v]) in lit)
        fed = frozenset(s for s in built if sites.feeds[s] < 0 or int(sites.feeds[s]) in lit)
        cost = float(sum(question.fibre_costs[list(edges)]))
        grounds[fibre, fed] = min(cost, grounds.get((fibre, fed), np.inf))
    served: dict[Villages, float] = {}
    for (fibre, fed), laid in grounds.items():
        for kept in product((False, True), repeat=len(fed)):
            masts = [s for s, k in zip(sorted(fed), kept, strict=True) if k]
            covered = {v for v in wanted if any(sites.covers[s, v] for s in masts)}
            cost = laid + float(sum(sites.costs[masts]))
            ground = fibre | covered
            served[ground] = min(cost, served.get(ground, np.inf))
    best: dict[Villages, float] = {}
    for chosen in product((False, True), repeat=len(wanted)):
        target = frozenset(v for v, c in zip(wanted, chosen, strict=True) if c)
        best[target] = min(
            cost + float(sum(question.satellite_costs[list(target - ground)]))
            for ground, cost in served.items()
        )
    return best


def best_cost(question: TechnologyQuestion) -> float:
    """The least cost of an answer without a budget; infinite if there is none."""
    return min(
        (
            cost
            for target, cost in cheapest_for_each_set(question).items()
            if len(target) >= question.least and keeps(question, target)
        ),
        default=np.inf,
    )


def best_prize(question: TechnologyQuestion) -> float:
    """The largest sum of prizes within the budget; minus infinity if there is none."""
    assert question.budget is not None
    count = len(question.network.villages)
    prizes = np.ones(count) if question.prizes is None else question.prizes
    return max(
        (
            float(prizes[list(target)].sum())
            for target, cost in cheapest_for_each_set(question).items()
            if len(target) >= question.least
            and keeps(question, target)
            and cost <= question.budget + 1e-9
        ),
        default=-np.inf,
    )


def keeps(question: TechnologyQuestion, target: Villages) -> bool:
    """Tell whether a set of villages keeps the side conditions and those that have fibre today."""
    network = question.network
    given = np.isin(network.villages, network.roots) & question.wanted
    return set(np.flatnonzero(given)) <= target and all(
        condition.coefficients[list(target)].sum() >= condition.least - 1e-9
        for condition in question.conditions
    )


def random_question(rng: np.random.Generator) -> TechnologyQuestion:
    """A small question with everything in it: closed edges, fed sites, ties and zeros."""
    n_junctions, n_villages = int(rng.integers(2, 5)), int(rng.integers(1, 5))
    n_sites = int(rng.integers(0, 4))
    pairs = [(a, b) for a in range(n_junctions) for b in range(a)]
    trunk = [pairs[i] for i in rng.integers(0, len(pairs), int(rng.integers(1, 6)))]
    leaves = [(n_junctions + v, int(rng.integers(n_junctions))) for v in range(n_villages)]
    edges: IntArray = np.array(trunk + leaves, np.int64)
    costs: FloatArray = rng.integers(0, 12, len(edges)).astype(float)
    costs[rng.random(len(edges)) < 0.08] = np.inf
    satellite = rng.integers(0, 12, n_villages).astype(float)
    satellite[rng.random(n_villages) < 0.3] = np.inf
    roots = np.unique(rng.integers(0, n_junctions, int(rng.integers(1, 3))))
    if rng.random() < 0.1:
        roots = np.append(roots, n_junctions)
    return TechnologyQuestion(
        network=Network(
            n_nodes=n_junctions + n_villages,
            edges=edges,
            lengths_m=np.ones(len(edges)),
            effort=np.ones(len(edges)),
            roots=roots,
            villages=np.arange(n_junctions, n_junctions + n_villages),
        ),
        fibre_costs=costs,
        satellite_costs=satellite,
        sites=Sites(
            feeds=rng.integers(-1, n_junctions, n_sites),
            costs=rng.integers(0, 15, n_sites).astype(float),
            covers=rng.random((n_sites, n_villages)) < 0.6,
        ),
        wanted=rng.random(n_villages) < 0.9,
    )

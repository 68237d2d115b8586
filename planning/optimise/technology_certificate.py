"""An answer to the technology question, checked from scratch."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from planning.columns import IntArray
from planning.errors import PlanningError
from planning.optimise.technology_answer import Mix
from planning.optimise.technology_question import Technology, TechnologyQuestion

_TOLERANCE: Final = 1e-9


def check_mix(question: TechnologyQuestion, mix: Mix) -> None:
    """Check an answer against the question alone, knowing nothing of how it was found.

    Raises
    ------
    PlanningError
        ``error-plan-mix`` with ``what`` is wrong.
    """
    for what, is_right in _claims(question, mix).items():
        if not is_right:
            raise PlanningError("error-plan-mix", what=what)


def _claims(question: TechnologyQuestion, mix: Mix) -> dict[str, bool]:
    network, sites = question.network, question.sites
    is_served = mix.technology != Technology.NONE
    by_fibre = network.villages[mix.technology == Technology.FIBRE]
    by_site = np.flatnonzero(mix.technology == Technology.MOBILE)
    by_satellite = mix.technology == Technology.SATELLITE
    built = mix.site[by_site]
    piece = _pieces(network.n_nodes, network.edges[mix.fibre_edges])
    lit = np.isin(piece, piece[network.roots])
    ends = np.isin(network.villages, network.edges[mix.fibre_edges])
    feeds = sites.feeds[mix.sites]
    cost = math.fsum(
        [
            *question.fibre_costs[mix.fibre_edges],
            *sites.costs[mix.sites],
            *question.satellite_costs[by_satellite],
        ]
    )
    prizes = np.ones(len(is_served)) if question.prizes is None else question.prizes
    slack = _TOLERANCE * max(1.0, cost)
    # A forest has as many edges as it takes pieces away.
    joined = network.n_nodes - len(np.unique(piece))
    return {
        "wanted": bool(question.wanted[is_served].all()),
        "lit": bool(lit[by_fibre].all() and lit[feeds[feeds >= 0]].all()),
        "forest": joined == len(mix.fibre_edges) == len(np.unique(mix.fibre_edges)),
        "ends": bool(
            (
                ~ends
                | (mix.technology == Technology.FIBRE)
                | np.isin(network.villages, network.roots)
            ).all()
        ),
        "covered": bool((built >= 0).all() and sites.covers[built, by_site].all()),
        "built": np.array_equal(np.unique(built), mix.sites),
        "cost": math.isfinite(cost) and abs(cost - mix.cost) <= slack,
        "quota": int(is_served.sum()) >= question.least,
        "budget": question.budget is None or cost <= question.budget + slack,
        "prize": abs(math.fsum(prizes[is_served]) - mix.prize) <= _TOLERANCE * max(1.0, mix.prize),
        "conditions": all(
            condition.coefficients[is_served].sum()
            >= condition.least - _TOLERANCE * max(1.0, float(np.abs(condition.coefficients).max()))
            for condition in question.conditions
        ),
        "bound": mix.bound <= mix.cost + slack
        if question.budget is None
        else mix.bound >= mix.prize - slack,
    }


def _pieces(n_nodes: int, edges: IntArray) -> IntArray:
    """Return the number of the connected piece each node is in, shape (n,)."""
    ends = (np.ones(len(edges), np.int8), (edges[:, 0], edges[:, 1]))
    graph = coo_array(ends, shape=(n_nodes, n_nodes)).tocsr()
    _, piece = connected_components(graph, directed=False)
    return piece.astype(np.int64)

"""Make the machine code of the inner loops once, when the product is installed.

``python -m planning.optimise.warm_up`` solves a small question of every kind, so that the first
planner does not wait for the compiler. Nothing depends on it: what is missing is made when needed.
"""

from __future__ import annotations

import numpy as np

from planning.columns import FloatArray, IntArray
from planning.optimise import baselines, reasons
from planning.optimise.problem import Problem
from planning.optimise.question import checked
from planning.optimise.steiner import solve
from planning.rank_tally import LARGEST_TABLE
from planning.robustness import rank_intervals
from planning.vocabulary import Weights

_SIDE = 12
_SEED = 7


def main() -> None:
    """Solve small questions: with a number, with a budget, rooted and not, all and some."""
    edges, costs = _grid(_SIDE)
    terminals = np.arange(0, _SIDE * _SIDE, 5)
    common = {"n_nodes": _SIDE * _SIDE, "edges": edges, "costs": costs}
    for roots in (np.array([3, 70]), np.empty(0, np.int64)):
        for quota in (len(terminals) // 2, len(terminals)):
            _answer(_problem(common, terminals, roots, quota, None))
    _answer(_problem(common, terminals, np.array([3, 70]), 0, float(costs.mean() * 12)))
    _answer(_problem(common, terminals[:4], np.empty(0, np.int64), 4, None))
    asked = _problem(common, terminals[:8], np.array([3, 70]), 4, None)
    reasons.explain(asked, solve(asked), solve=solve)
    for way in baselines.BASELINES.values():
        way(asked)
    baselines.rank_order(asked, np.arange(len(asked.terminals)))
    for villages in (_SIDE, LARGEST_TABLE + 1):
        _draw_ranks(villages)


def _draw_ranks(n: int) -> None:
    """Rank villages under a few weightings, counted in a table or by their tails."""
    parts = np.random.default_rng(_SEED).random((n, 3))
    ids = [f"{i:05d}" for i in range(n)]
    rank_intervals(parts, Weights(0.4, 0.3, 0.3), np.ones(n), ids, k=1, seed=_SEED, draws=2)


def _answer(problem: Problem) -> None:
    solve(problem, time_limit_s=20.0, gap=0.01)


def _problem(
    common: dict[str, object],
    terminals: IntArray,
    roots: IntArray,
    quota: int,
    budget: float | None,
) -> Problem:
    return checked(
        **common,  # type: ignore[arg-type]
        roots=roots,
        terminals=terminals,
        quota=quota,
        prizes=None,
        budget=budget,
        locked=(),
        forbidden=(),
    )


def _grid(side: int) -> tuple[IntArray, FloatArray]:
    """Return a square grid with drawn costs, whose bounds do not all meet at once."""
    node = np.arange(side * side).reshape(side, side)
    edges = np.concatenate(
        [
            np.column_stack([node[:, :-1].ravel(), node[:, 1:].ravel()]),
            np.column_stack([node[:-1].ravel(), node[1:].ravel()]),
        ]
    ).astype(np.int64)
    costs: FloatArray = np.random.default_rng(_SEED).uniform(1.0, 9.0, len(edges))
    return edges, costs


if __name__ == "__main__":
    main()

"""The cheapest network that connects enough villages: rooted Steiner trees with a quota or budget.

The question is a *k-cardinality Steiner forest*: join at least k terminals to any of the roots at
least cost, through any nodes. With as many as there are terminals it is the Steiner tree problem in
graphs, with every node a terminal the *k-minimum spanning tree*; with a budget the prizes collected
within it are maximised. See docs/explanation/quota.md for the mathematics.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy.typing as npt

from planning.columns import IntArray
from planning.optimise.counting import most_in_number, only_counts
from planning.optimise.problem import Problem, SteinerPlan, Watch
from planning.optimise.question import checked, refuse_impossible
from planning.optimise.solving import Solve


def solve_quota(
    n_nodes: int,
    edges: npt.ArrayLike,
    costs: npt.ArrayLike,
    roots: npt.ArrayLike,
    terminals: npt.ArrayLike,
    quota: int,
    *,
    prizes: npt.ArrayLike | None = None,
    budget: float | None = None,
    locked: Sequence[int] | IntArray = (),
    forbidden: Sequence[int] | IntArray = (),
    time_limit_s: float = 60,
    gap: float = 0.0,
    seed: int = 0,
) -> SteinerPlan:
    """Connect at least ``quota`` terminals at least cost, or the most prize within a budget.

    Parameters
    ----------
    n_nodes : int
    edges : array of int, shape (m, 2)
        Undirected; loops and parallel edges are allowed.
    costs : array of float, shape (m,)
        Not negative, finite.
    roots : array of int
        Joined for free. Empty: the tree may stand anywhere.
    terminals : array of int
        Nodes that count. One that is a root is connected from the beginning.
    quota : int
        The least number of terminals to connect.
    prizes : array of float, shape (t,), optional
        Not negative; 1 for every terminal unless given. Used with a budget.
    budget : float, optional
        Most that may be spent; the sum of prizes is then maximised.
    locked : sequence of int
        Nodes that must be in the tree.
    forbidden : sequence of int
        Nodes that must not be in it, neither connected nor passed.
    time_limit_s : float
        After it the best plan so far is returned with its bound.
    gap : float
        Distance from the bound, in proportion, that is good enough.
    seed : int
        Every run with the same seed gives the same plan.

    Returns
    -------
    SteinerPlan

    Raises
    ------
    PlanningError
        If no tree answers the question (it names what is in the way), or the arrays are no graph.
    """
    question = checked(
        n_nodes=n_nodes,
        edges=edges,
        costs=costs,
        roots=roots,
        terminals=terminals,
        quota=quota,
        prizes=prizes,
        budget=budget,
        locked=locked,
        forbidden=forbidden,
    )
    return solve(question, time_limit_s=time_limit_s, gap=gap, seed=seed)


def solve(
    question: Problem,
    *,
    time_limit_s: float = 60.0,
    gap: float = 0.0,
    seed: int = 0,
    watch: Watch | None = None,
) -> SteinerPlan:
    """Solve a question.

    Parameters
    ----------
    question : Problem
    time_limit_s : float
    gap : float
    seed : int
        Of the walks by which better trees are sought; every run with it walks alike.
    watch : callable, optional
        Told of progress; answers whether to go on.

    Returns
    -------
    SteinerPlan

    Raises
    ------
    PlanningError
        ``error-plan-...``: the question has no answer, or none was found in time.
    """
    refuse_impossible(question)
    gap = max(gap, 0.0)
    if question.budget is not None and not question.conditions and only_counts(question):
        return most_in_number(question, time_limit_s=time_limit_s, gap=gap, watch=watch)
    return Solve(question, time_limit_s=time_limit_s, gap=gap, watch=watch, seed=seed).plan()

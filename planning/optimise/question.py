"""A question checked before it is solved: arrays that are a graph, limits that can be kept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from planning.columns import IntArray
from planning.errors import PlanningError
from planning.optimise.problem import Problem
from planning.optimise.rooting import pieces, reachable


def checked(
    *,
    n_nodes: int,
    edges: npt.ArrayLike,
    costs: npt.ArrayLike,
    roots: npt.ArrayLike,
    terminals: npt.ArrayLike,
    quota: int,
    prizes: npt.ArrayLike | None,
    budget: float | None,
    locked: Sequence[int] | IntArray,
    forbidden: Sequence[int] | IntArray,
) -> Problem:
    """Return the question of some arrays.

    Raises
    ------
    PlanningError
        ``error-plan-arrays``: shapes that do not fit, nodes that do not exist, costs or prizes that
        are negative or not finite. The value ``what`` names the argument.
    """
    ends = np.asarray(edges, np.int64).reshape(-1, 2)
    money = np.asarray(costs, np.float64).ravel()
    nodes = {
        "roots": _nodes(roots),
        "terminals": _nodes(terminals),
        "locked": _nodes(locked),
        "forbidden": _nodes(forbidden),
    }
    targets = nodes["terminals"]
    worth = np.ones(len(targets)) if prizes is None else np.asarray(prizes, np.float64).ravel()
    for name, listed in ({"edges": ends.ravel()} | nodes).items():
        if len(listed) and (listed.min() < 0 or listed.max() >= n_nodes):
            raise PlanningError("error-plan-arrays", what=name)
    if len(money) != len(ends) or not np.isfinite(money).all() or (money < 0).any():
        raise PlanningError("error-plan-arrays", what="costs")
    if len(worth) != len(targets) or not np.isfinite(worth).all() or (worth < 0).any():
        raise PlanningError("error-plan-arrays", what="prizes")
    if len(np.unique(targets)) != len(targets):
        raise PlanningError("error-plan-arrays", what="terminals")
    if budget is not None and not budget >= 0:
        raise PlanningError("error-plan-arrays", what="budget")
    return Problem(
        n_nodes=n_nodes,
        edges=ends,
        costs=money,
        roots=np.unique(nodes["roots"]),
        terminals=targets,
        quota=int(quota),
        prizes=worth,
        budget=budget,
        locked=np.unique(nodes["locked"]),
        forbidden=np.unique(nodes["forbidden"]),
    )


def _nodes(listed: npt.ArrayLike | Sequence[int]) -> IntArray:
    return np.asarray(listed, np.int64).ravel()


def refuse_impossible(question: Problem) -> None:
    """Refuse what no tree can do, whatever it costs.

    Raises
    ------
    PlanningError
        ``error-plan-locked-forbidden``, ``error-plan-locked-unreachable`` or
        ``error-plan-quota``, the last with ``quota`` and ``most``, the number that can be reached.
    """
    both = np.intersect1d(question.locked, question.forbidden)
    if len(both):
        raise PlanningError("error-plan-locked-forbidden", nodes=both.tolist())
    reached = reachable(question)
    cut_off = question.locked[~reached[question.locked]]
    if len(cut_off):
        raise PlanningError("error-plan-locked-unreachable", nodes=cut_off.tolist())
    most = largest_quota(question)
    if question.quota > most:
        raise PlanningError("error-plan-quota", quota=question.quota, most=most)


def largest_quota(question: Problem) -> int:
    """Return how many terminals one tree can connect, whatever it costs."""
    reached = reachable(question)
    is_terminal = reached[question.terminals]
    if len(question.roots) or len(question.locked):
        return int(is_terminal.sum())
    _, piece = pieces(question, reached)
    counts = np.bincount(piece[question.terminals[is_terminal]], minlength=1)
    return int(counts.max())

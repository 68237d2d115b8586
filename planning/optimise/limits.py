"""The limits of a question, each by itself, so that one can be lifted while the others stay."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from planning.optimise.problem import Problem


class LimitKind(StrEnum):
    """What limits a plan."""

    QUOTA = "quota"
    BUDGET = "budget"
    CONDITION = "condition"
    REACH = "reach"
    LOCKED = "locked"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True, order=True)
class LimitName:
    """One limit of a problem.

    Attributes
    ----------
    kind : LimitKind
    at : int
        Position of a condition, the node that is locked or forbidden; -1 for the others.
    """

    kind: LimitKind
    at: int = -1


def limits_of(problem: Problem) -> tuple[LimitName, ...]:
    """Return the limits of a problem, those a planner is surest to name first.

    A quota of none, and a reach without metres, limit nothing.
    """
    names = []
    if problem.quota > 0:
        names.append(LimitName(LimitKind.QUOTA))
    if problem.budget is not None:
        names.append(LimitName(LimitKind.BUDGET))
    names += [LimitName(LimitKind.CONDITION, at) for at in range(len(problem.conditions))]
    if problem.reach_m is not None:
        names.append(LimitName(LimitKind.REACH))
    names += [LimitName(LimitKind.LOCKED, node) for node in np.unique(problem.locked).tolist()]
    names += [
        LimitName(LimitKind.FORBIDDEN, node) for node in np.unique(problem.forbidden).tolist()
    ]
    return tuple(names)


def with_only(problem: Problem, kept: Collection[LimitName]) -> Problem:
    """Return a problem with only some of its limits."""

    def has(kind: LimitKind, at: int = -1) -> bool:
        return LimitName(kind, at) in kept

    return replace(
        problem,
        quota=problem.quota if has(LimitKind.QUOTA) else 0,
        budget=problem.budget if has(LimitKind.BUDGET) else None,
        conditions=tuple(
            condition
            for at, condition in enumerate(problem.conditions)
            if has(LimitKind.CONDITION, at)
        ),
        reach_m=problem.reach_m if has(LimitKind.REACH) else None,
        locked=_kept(problem.locked.tolist(), LimitKind.LOCKED, kept),
        forbidden=_kept(problem.forbidden.tolist(), LimitKind.FORBIDDEN, kept),
    )


def without(problem: Problem, dropped: Collection[LimitName]) -> Problem:
    """Return a problem without some of its limits."""
    return with_only(problem, set(limits_of(problem)) - set(dropped))


def _kept(nodes: list[int], kind: LimitKind, kept: Collection[LimitName]) -> np.ndarray:
    return np.array([node for node in nodes if LimitName(kind, node) in kept], np.int64)

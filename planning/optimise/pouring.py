"""From an order of branches to work by quarter: crews take the first branch that may be worked on.

Work is divisible: a branch may take several quarters. Where each branch has a quarter to be done
by, the most urgent first keeps all of them whenever any way does (Jackson 1955; with quarters
before which a branch may not begin, Horn 1974), and never begins a branch before its trunk is done.
"""

from __future__ import annotations

import heapq
from typing import Final

import numpy as np

from planning.columns import FloatArray, IntArray
from planning.optimise.build_forest import Branches

NEGLIGIBLE_KM: Final = 1e-6
"""A millimetre more or less is rounding."""


def pour(
    branches: Branches, urgency: IntArray, capacity_km: FloatArray
) -> tuple[FloatArray, IntArray]:
    """Give crews the branches in order of urgency.

    Parameters
    ----------
    branches : Branches
    urgency : ndarray of int, shape (b,)
        The lower, the sooner; a trunk's is below that of every branch on it.
    capacity_km : ndarray of float, shape (q,)

    Returns
    -------
    work_km : ndarray of float, shape (b, q)
    done : ndarray of int, shape (b,)
        Quarter in which a branch is finished; -1: not within the calendar.
    """
    n, q = len(branches.parent), len(capacity_km)
    work = np.zeros((n, q))
    done = np.full(n, -1, np.int64)
    left = branches.work_km.tolist()
    by_start = np.lexsort((urgency, branches.earliest)).tolist()
    waiting: list[tuple[int, int]] = []
    at = 0
    for quarter in range(q):
        while at < n and branches.earliest[by_start[at]] <= quarter:
            heapq.heappush(waiting, (int(urgency[by_start[at]]), by_start[at]))
            at += 1
        room = float(capacity_km[quarter])
        while waiting:
            branch = waiting[0][1]
            if left[branch] <= room + NEGLIGIBLE_KM:
                given = left[branch]
                done[branch] = quarter
                heapq.heappop(waiting)
            else:
                given = room
            work[branch, quarter] = given
            left[branch] -= given
            room = max(0.0, room - given)
            if done[branch] < 0:
                break
    return work, done


def urgency_of(target: IntArray, place: IntArray) -> IntArray:
    """Return an order by the quarter aimed at, then by place in a given order.

    Parameters
    ----------
    target : ndarray of int, shape (b,)
        No branch's before its trunk's.
    place : ndarray of int, shape (b,)
        Different numbers, a trunk's below those of the branches on it.

    Returns
    -------
    ndarray of int, shape (b,)
        0 the most urgent.
    """
    urgency = np.empty(len(target), np.int64)
    urgency[np.lexsort((place, target))] = np.arange(len(target))
    return urgency


def pace_needed(branches: Branches, capacity_km: FloatArray) -> float:
    """Return how many times the capacity everything would need that may be built at all.

    The most, over quarters, of what may not begin before, over what can be built from then on.

    Returns
    -------
    float
        At most 1 when all fits; infinite where nothing can be built.
    """
    buildable = branches.earliest < len(capacity_km)
    most = 0.0
    for quarter in np.unique(branches.earliest[buildable]).tolist():
        km = float(branches.work_km[buildable & (branches.earliest >= quarter)].sum())
        capacity = float(capacity_km[quarter:].sum())
        if km > 0.0:
            most = max(most, km / capacity if capacity > 0.0 else np.inf)
    return most

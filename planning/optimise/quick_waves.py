"""Targets for the branches, quickly: fill quarter by quarter, village by village.

Within a quarter the villages are taken in a given order, each with the trunk it lacks, and those
that no longer fit before the quarter ends are passed over: the next may fit.
"""

from __future__ import annotations

import numpy as np

from planning.columns import FloatArray, IntArray
from planning.optimise.build_forest import Branches
from planning.optimise.pouring import NEGLIGIBLE_KM


def fill_quarters(branches: Branches, villages: IntArray, capacity_km: FloatArray) -> IntArray:
    """Choose the quarter by which each branch is to be built.

    Parameters
    ----------
    branches : Branches
    villages : ndarray of int
        Branches in which villages end, in the order they are tried.
    capacity_km : ndarray of float, shape (q,)

    Returns
    -------
    ndarray of int, shape (b,)
        ``q`` for what is not built before the deadline. What has been decided is kept where it
        can be.
    """
    return _Filling(branches, capacity_km).run(villages.tolist())


class _Filling:
    def __init__(self, branches: Branches, capacity_km: FloatArray) -> None:
        q = len(capacity_km)
        self.branches = branches
        self.q = q
        self.target = np.full(len(branches.parent), q, np.int64)
        # room[s, t]: what can still be built from quarter s to the end of quarter t of what may
        # not begin before s. What has been decided is set aside from the beginning.
        until = np.concatenate([[0.0], np.cumsum(capacity_km)])
        self.room = until[None, 1:] - until[:-1, None]
        for branch in np.flatnonzero(branches.latest < q).tolist():
            self._take_room(branch, int(branches.latest[branch]), -1.0)

    def run(self, villages: list[int]) -> IntArray:
        decided = np.argsort(self.branches.latest, kind="stable")
        for quarter in range(self.q):
            for branch in decided.tolist():
                if self.branches.latest[branch] > quarter:
                    break
                if self.target[branch] == self.q:
                    self.target[branch] = quarter  # its room has been set aside
            for branch in villages:
                if self.target[branch] == self.q:
                    self._build(branch, quarter)
        return self.target

    def _take_room(self, branch: int, quarter: int, sign: float) -> None:
        """Take (-1) or give back (+1) the room of a branch that is built by a quarter."""
        first = int(self.branches.earliest[branch])
        self.room[: first + 1, quarter:] += sign * self.branches.work_km[branch]

    def _build(self, village: int, quarter: int) -> None:
        """Build a village with the trunk it lacks by a quarter, if there is room."""
        if self.branches.earliest[village] > quarter:
            return
        missing = []
        at = village
        while at >= 0 and self.target[at] == self.q:
            missing.append(at)
            at = int(self.branches.parent[at])
        before = self.room.copy()
        for branch in missing:
            self._take_room(branch, quarter, -1.0)
            if self.branches.latest[branch] < self.q:
                self._take_room(branch, int(self.branches.latest[branch]), 1.0)
        touched = self.room < before
        if np.any(self.room[touched] < -NEGLIGIBLE_KM):
            self.room = before
            return
        self.target[missing] = quarter

"""The order of building as a mixed-integer programme, solved with a proof.

A variable says that a branch is built by the end of a quarter. It is built by the next as well, its
trunk is built by then, and what is built by a quarter fits into what can be built until then. The
programme is that of open-pit mines, with trunks for the ground above (Johnson 1968).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import highspy
import numpy as np
from scipy import sparse

from planning.columns import FloatArray, IntArray
from planning.optimise.build_forest import Branches
from planning.optimise.linear_solver import quiet_solver

_INFINITE: Final = float("inf")
_TOLERANCE: Final = 1e-9

Told = Callable[[float, float, float], bool]
"""Told of the seconds, the best value and the bound so far; answers whether to go on."""


@dataclass(frozen=True, slots=True, eq=False)
class ModelAnswer:
    """What the programme found.

    Attributes
    ----------
    target : ndarray of int, shape (b,), or None
        Quarter by which each branch is built, the number of quarters for never; ``None`` when
        no answer was found.
    bound : float
        No answer is worth more.
    finished : bool
        Whether the search ended by itself.
    """

    target: IntArray | None
    bound: float
    finished: bool


def solve_waves(
    branches: Branches,
    capacity_km: FloatArray,
    months: FloatArray,
    start: IntArray,
    *,
    time_limit_s: float,
    gap: float,
    seed: int,
    told: Told | None,
) -> ModelAnswer:
    """Find the quarter by which to build each branch, for the most people-months.

    Parameters
    ----------
    branches : Branches
    capacity_km : ndarray of float, shape (q,)
    months : ndarray of float, shape (q,)
        Counted for a person connected in each quarter.
    start : ndarray of int, shape (b,)
        A target to begin with, kept where it can be.
    time_limit_s, gap : float
    seed : int
    told : callable, optional

    Returns
    -------
    ModelAnswer
    """
    model = _Model(branches, capacity_km, months)
    if not len(model.columns):
        return ModelAnswer(None, 0.0, True)
    solver = quiet_solver()
    # HiGHS 1.16 carries starting values into its presolved programme wrongly: it called an order of
    # 132 people-months optimal where 81 is the most (the example stands in test_waves.py).
    # Without presolve it is as fast here.
    for name, value in (
        ("presolve", "off"),
        ("random_seed", seed),
        ("time_limit", max(time_limit_s, 0.01)),
        ("mip_rel_gap", gap),
        ("mip_abs_gap", 1e-6),
        ("mip_feasibility_tolerance", _TOLERANCE),
        ("primal_feasibility_tolerance", _TOLERANCE),
    ):
        solver.setOptionValue(name, value)
    solver.passModel(model.programme())
    solution = highspy.HighsSolution()
    solution.col_value = model.values_of(start).tolist()
    solver.setSolution(solution)
    if told is not None:

        def on_step(event: Any) -> None:
            out = event.data_out
            if not told(out.running_time, -out.mip_primal_bound, -out.mip_dual_bound):
                event.interrupt()

        solver.cbMipInterrupt += on_step
    solver.run()
    info = solver.getInfo()
    finished = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    target = model.target_of(np.array(solver.getSolution().col_value)) if found else None
    return ModelAnswer(target, -float(info.mip_dual_bound), finished)


class _Model:
    """Columns: branch ``columns[k, 0]`` is built by the end of quarter ``columns[k, 1]``."""

    def __init__(self, branches: Branches, capacity_km: FloatArray, months: FloatArray) -> None:
        self.branches = branches
        self.q = len(capacity_km)
        self.capacity = capacity_km
        n = len(branches.parent)
        with_trunk = branches.work_km.copy()
        for branch in range(n):
            if branches.parent[branch] >= 0:
                with_trunk[branch] += with_trunk[branches.parent[branch]]
        until = np.cumsum(capacity_km)
        quarters = np.arange(self.q)
        can = with_trunk[:, None] <= until[None, :] + _TOLERANCE
        can &= branches.earliest[:, None] <= quarters[None, :]
        # A trunk's columns are those of all it serves and earlier, so every branch has its trunk's.
        self.columns = np.argwhere(can)
        self.at = np.full((n, self.q), -1, np.int64)
        self.at[can] = np.arange(len(self.columns))
        self.worth = np.asarray(months - np.append(months[1:], 0.0))

    def programme(self) -> highspy.HighsLp:
        """Return the programme (to be minimised: minus the people-months)."""
        rows, columns, values, least, most = [], [], [], [], []
        n_rows = 0

        def pairs(lower: IntArray, upper: IntArray) -> None:
            """Add ``x[lower] <= x[upper]`` for each pair."""
            nonlocal n_rows
            k = len(lower)
            at = n_rows + np.arange(k)
            rows.extend([at, at])
            columns.extend([lower, upper])
            values.extend([np.ones(k), -np.ones(k)])
            least.append(np.full(k, -_INFINITE))
            most.append(np.zeros(k))
            n_rows += k

        for t in range(1, self.q):
            both = np.flatnonzero(self.at[:, t - 1] >= 0)
            pairs(self.at[both, t - 1], self.at[both, t])
        for t in range(self.q):
            hangs = np.flatnonzero((self.at[:, t] >= 0) & (self.branches.parent >= 0))
            pairs(self.at[hangs, t], self.at[self.branches.parent[hangs], t])
        for s in np.unique(self.branches.earliest).tolist():
            for t in range(s, self.q):
                late = np.flatnonzero((self.branches.earliest >= s) & (self.at[:, t] >= 0))
                rows.append(np.full(len(late), n_rows))
                columns.append(self.at[late, t])
                values.append(self.branches.work_km[late])
                least.append(np.array([-_INFINITE]))
                most.append(np.array([self.capacity[s : t + 1].sum()]))
                n_rows += 1
        n_columns = len(self.columns)
        matrix = sparse.csr_matrix(
            (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns))),
            shape=(n_rows, n_columns),
        )
        branch, quarter = self.columns.T
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = n_columns, n_rows
        lp.col_cost_ = -self.branches.people[branch] * self.worth[quarter]
        lp.col_lower_ = (self.branches.latest[branch] <= quarter).astype(np.float64)
        lp.col_upper_ = np.ones(n_columns)
        lp.row_lower_, lp.row_upper_ = np.concatenate(least), np.concatenate(most)
        lp.integrality_ = [highspy.HighsVarType.kInteger] * n_columns
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = matrix.indptr
        lp.a_matrix_.index_ = matrix.indices
        lp.a_matrix_.value_ = matrix.data
        return lp

    def values_of(self, target: IntArray) -> FloatArray:
        branch, quarter = self.columns.T
        return (target[branch] <= quarter).astype(np.float64)

    def target_of(self, values: FloatArray) -> IntArray:
        branch = self.columns[values > 0.5, 0]
        return self.q - np.bincount(branch, minlength=len(self.branches.parent))

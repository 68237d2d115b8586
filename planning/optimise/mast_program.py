"""One mixed-integer programme, handed to HiGHS and back as plain arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import highspy
import numpy as np
from scipy.sparse import csr_array

from planning.columns import BoolArray, FloatArray
from planning.optimise.linear_solver import quiet_solver

_LEAST_SECONDS: Final = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What HiGHS found.

    Attributes
    ----------
    values : ndarray of float, shape (n,), or None
        ``None`` if time ran out before any solution was known.
    bound : float
        No solution has a smaller objective.
    optimal : bool
    """

    values: FloatArray | None
    bound: float
    optimal: bool


def solve_program(
    costs: FloatArray,
    rows: csr_array,
    least: FloatArray,
    most: FloatArray,
    whole: BoolArray,
    *,
    time_limit_s: float,
) -> Answer:
    """Minimise ``costs · x`` with ``least <= rows x <= most`` and ``0 <= x <= 1``.

    One thread and a fixed seed: the same programme has the same answer on every run, unless the
    time limit cuts it.

    Parameters
    ----------
    costs : ndarray of float, shape (n,)
        Best scaled to about 1, since HiGHS proves optima to an absolute 1e-6.
    rows : sparse array, shape (m, n)
    least, most : ndarray of float, shape (m,)
    whole : ndarray of bool, shape (n,)
        Which variables are 0 or 1 and nothing between.
    time_limit_s : float

    Returns
    -------
    Answer

    Raises
    ------
    RuntimeError
        If HiGHS finds the programme infeasible or refuses it, which the callers rule out.
    """
    highs = quiet_solver()
    for name, value in {
        "random_seed": 0,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 1e-9,
        "time_limit": max(time_limit_s, _LEAST_SECONDS),
    }.items():
        highs.setOptionValue(name, value)
    highs.passModel(_model(costs, rows, least, most, whole))
    highs.run()
    status = highs.getModelStatus()
    optimal = status == highspy.HighsModelStatus.kOptimal
    if not optimal and status != highspy.HighsModelStatus.kTimeLimit:
        raise RuntimeError(highs.modelStatusToString(status))
    info, solution = highs.getInfo(), highs.getSolution()
    known = optimal or info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    values = np.asarray(solution.col_value, dtype=np.float64) if known else None
    bound = float(info.mip_dual_bound) if whole.any() else float(info.objective_function_value)
    return Answer(values, bound, optimal)


def _model(
    costs: FloatArray, rows: csr_array, least: FloatArray, most: FloatArray, whole: BoolArray
) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = rows.shape
    model.col_cost_ = costs
    model.col_lower_ = np.zeros(len(costs))
    model.col_upper_ = np.ones(len(costs))
    model.row_lower_, model.row_upper_ = least, most
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = rows.indptr.astype(np.int32)
    model.a_matrix_.index_ = rows.indices.astype(np.int32)
    model.a_matrix_.value_ = rows.data.astype(np.float64)
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    model.integrality_ = [kinds[int(each)] for each in whole]
    return model

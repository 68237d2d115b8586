"""The directed-cut linear programme of a rooted problem, kept in the solver between changes.

One column an arc (both directions of an edge) and one an optional terminal (its share of being
connected). Rows: a mandatory node is entered once, an optional one as much as it is connected, a
Steiner node at most as much as it is left; the quota, the budget and the side conditions; and cuts,
added when violated.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import highspy
import numpy as np
from scipy import sparse

from planning.columns import BoolArray, FloatArray, IntArray
from planning.optimise.adjacency import Adjacency
from planning.optimise.linear_solver import quiet_solver
from planning.optimise.rooted import MANDATORY, OPTIONAL, STEINER, Rooted

_INFINITE: Final = float("inf")
_MOST_ORDERED: Final = 500
"""Terminals up to which the beginning of a tree that may stand anywhere is told apart by order."""


@dataclass(frozen=True, slots=True, eq=False)
class LinearTerms:
    """What the programme asks beyond connection, over the optional terminals in order of node.

    Attributes
    ----------
    prizes : ndarray of float, shape (t,), or None
        To be maximised; ``None`` minimises the cost of the edges.
    budget : float
        Most the edges may cost; infinite for none.
    rows : ndarray of float, shape (r, t)
        Side conditions ``rows @ y >= least``.
    least : ndarray of float, shape (r,)
    """

    prizes: FloatArray | None
    budget: float
    rows: FloatArray
    least: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Relaxed:
    """A solution of the programme.

    Attributes
    ----------
    status : str
        ``"optimal"``, ``"infeasible"`` or ``"stopped"``.
    value : float
        To be minimised: cost, or minus the prizes.
    flows : ndarray of float, shape (2m,)
        Of every arc; -1 where the arc is closed for good.
    shares : ndarray of float, shape (t,)
    duals : ndarray of float, shape (columns,)
        Reduced cost of each column.
    """

    status: str
    value: float
    flows: FloatArray
    shares: FloatArray
    duals: FloatArray


class CutModel:
    """The programme, with what it has learnt. Its columns never change, its rows grow."""

    def __init__(
        self, problem: Rooted, graph: Adjacency, terms: LinearTerms, closed: BoolArray, single: bool
    ) -> None:
        """Set up the programme without cuts.

        Parameters
        ----------
        problem : Rooted
        graph : Adjacency
        terms : LinearTerms
        closed : ndarray of bool, shape (2m,)
            Arcs in no tree worth finding.
        single : bool
            Whether exactly one arc leaves the root (of a tree that may stand anywhere).
        """
        self.problem = problem
        self.graph = graph
        self.terms = terms
        self.arcs = np.flatnonzero(~closed)
        self.column = np.full(len(closed), -1, np.int64)
        self.column[self.arcs] = np.arange(len(self.arcs))
        self.optional = problem.optional
        self.n_arcs = len(self.arcs)
        self.n_shares = self.n_arcs + len(self.optional)
        # Where a tree that may stand anywhere begins after a terminal, in order of them.
        self.is_ordered = single and len(self.optional) <= _MOST_ORDERED
        self.n_columns = self.n_shares + (len(self.optional) if self.is_ordered else 0)
        self.share_column = np.full(problem.n_nodes, -1, np.int64)
        self.share_column[self.optional] = self.n_arcs + np.arange(len(self.optional))
        arc_costs = problem.costs[self.arcs >> 1]
        if terms.prizes is None:
            self.objective = np.concatenate([arc_costs, np.zeros(len(self.optional))])
        else:
            self.objective = np.concatenate([np.zeros(self.n_arcs), -terms.prizes])
        further = np.zeros(self.n_columns - self.n_shares)
        self.objective = np.concatenate([self.objective, further])
        self.upper = np.ones(self.n_columns)
        self.lower = np.zeros(self.n_columns)
        self.solver = quiet_solver()

        self.solver.setOptionValue("presolve", "off")
        self.solver.setOptionValue("simplex_strategy", 1)
        self.n_fixed_rows = 0
        self.pool: Any = None
        self.pool_lower = np.empty(0)
        self._set_up(arc_costs, single)

    def _set_up(self, arc_costs: FloatArray, single: bool) -> None:
        n = self.problem.n_nodes
        tip = self.graph.head[self.arcs]
        tail = self.graph.head[self.arcs ^ 1]
        at = np.arange(self.n_arcs)
        ones = np.ones(self.n_arcs)
        shape = (n, self.n_columns)
        inflow = sparse.csr_array((ones, (tip, at)), shape)
        outflow = sparse.csr_array((ones, (tail, at)), shape)
        kind = self.problem.kind.copy()
        root = self.problem.root
        kind[root] = -1
        must, may, free = (np.flatnonzero(kind == k) for k in (MANDATORY, OPTIONAL, STEINER))
        chosen = sparse.csr_array(
            (np.ones(len(may)), (np.arange(len(may)), self.share_column[may])),
            (len(may), self.n_columns),
        )
        zero, one = np.zeros, np.ones
        further = zero(self.n_columns - self.n_shares)
        blocks: list[tuple[Any, FloatArray, FloatArray]] = [
            (inflow[must], one(len(must)), one(len(must))),
            (inflow[may] - chosen, zero(len(may)), zero(len(may))),
            (inflow[free] - outflow[free], np.full(len(free), -_INFINITE), zero(len(free))),
        ]
        if self.problem.needed > 0:
            row = np.concatenate([zero(self.n_arcs), one(len(may)), further])[None]
            blocks.append(
                (sparse.csr_array(row), np.array([self.problem.needed]), np.array([np.inf]))
            )
        if np.isfinite(self.terms.budget):
            # In units of the dearest arc: money in single dong is beyond the solver's tolerances.
            unit = max(float(arc_costs.max(initial=0.0)), 1e-9)
            row = np.concatenate([arc_costs / unit, zero(len(may)), further])[None]
            budget = np.array([self.terms.budget / unit])
            blocks.append((sparse.csr_array(row), np.array([-np.inf]), budget))
        if len(self.terms.rows):
            count = len(self.terms.rows)
            rows = np.hstack(
                [zero((count, self.n_arcs)), self.terms.rows, zero((count, len(further)))]
            )
            blocks.append((sparse.csr_array(rows), self.terms.least, np.full(len(rows), np.inf)))
        if single:
            blocks += self._beginning(outflow[[root]], tip)
        matrix = sparse.vstack([block for block, _, _ in blocks], format="csr")
        lp = highspy.HighsLp()
        lp.num_col_ = self.n_columns
        lp.num_row_ = matrix.shape[0]
        lp.col_cost_ = self.objective
        lp.col_lower_ = self.lower
        lp.col_upper_ = self.upper
        lp.row_lower_ = np.concatenate([low for _, low, _ in blocks])
        lp.row_upper_ = np.concatenate([high for _, _, high in blocks])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = matrix.indptr.astype(np.int32)
        lp.a_matrix_.index_ = matrix.indices.astype(np.int32)
        lp.a_matrix_.value_ = matrix.data.astype(np.float64)
        self.solver.passModel(lp)
        self.n_fixed_rows = matrix.shape[0]
        self.n_rows = self.n_fixed_rows
        self.inflow = inflow
        self.outflow = outflow

    def _beginning(self, leaving: Any, tip: IntArray) -> list[tuple[Any, FloatArray, FloatArray]]:
        """Return the rows by which a tree begins once, and at the first of its terminals."""
        rows: list[tuple[Any, FloatArray, FloatArray]] = [(leaving, np.ones(1), np.ones(1))]
        if self.is_ordered:
            count = len(self.optional)
            later, first = self._first_begins(leaving.indices.astype(np.int64), tip)
            rows.append((later, np.zeros(count), np.zeros(count)))
            rows.append((first, np.full(count, -_INFINITE), np.ones(count)))
        return rows

    def _first_begins(self, leaving: IntArray, tip: IntArray) -> tuple[Any, Any]:
        """Return rows by which a tree begins at the first of its terminals.

        Without them every terminal of a tree is as good a beginning, and branching tries them all:
        no later terminal may be the beginning of a tree that an earlier one is in. What begins
        after a terminal is a column of its own, the next one's and the next terminal: written out,
        each row would be as long as there are terminals.
        """
        count = len(self.optional)
        at = np.empty(count, np.int64)
        at[np.searchsorted(self.optional, tip[leaving])] = leaving
        every = np.arange(count)
        after = self.n_shares + every
        shape = (count, self.n_columns)
        later = sparse.csr_array(
            (
                np.concatenate([np.ones(count), -np.ones(2 * (count - 1))]),
                (
                    np.concatenate([every, every[:-1], every[:-1]]),
                    np.concatenate([after, after[1:], at[1:]]),
                ),
            ),
            shape,
        )
        ones = np.ones(2 * count)
        columns = np.concatenate([after, self.n_arcs + every])
        first = sparse.csr_array((ones, (np.concatenate([every, every]), columns)), shape)
        return later, first

    def solve(self, seconds: float) -> Relaxed:
        """Solve the programme as it stands."""
        self.solver.setOptionValue(
            "time_limit", float(self.solver.getRunTime() + max(seconds, 0.01))
        )
        self.solver.run()
        status = self.solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return Relaxed("infeasible", _INFINITE, np.empty(0), np.empty(0), np.empty(0))
        if status == highspy.HighsModelStatus.kModelEmpty:
            closed = np.full(len(self.column), -1.0)
            return Relaxed("optimal", 0.0, closed, np.empty(0), np.empty(0))
        if status != highspy.HighsModelStatus.kOptimal:
            return Relaxed("stopped", -_INFINITE, np.empty(0), np.empty(0), np.empty(0))
        solution = self.solver.getSolution()
        values = np.asarray(solution.col_value)
        flows = np.full(len(self.column), -1.0)
        flows[self.arcs] = np.clip(values[: self.n_arcs], 0.0, 1.0)
        return Relaxed(
            "optimal",
            float(self.solver.getInfo().objective_function_value),
            flows,
            np.clip(values[self.n_arcs : self.n_shares], 0.0, 1.0),
            np.asarray(solution.col_dual),
        )

    def solve_whole(self, seconds: float, goes_on: Callable[[float], bool]) -> Relaxed:
        """Solve the programme as it stands in whole numbers.

        Parameters
        ----------
        seconds : float
        goes_on : callable
            Told the bound now and then; answers whether to go on.

        Returns
        -------
        Relaxed
            Without reduced costs. When stopped, with the bound for its value.
        """
        lp = self.solver.getLp()
        lp.integrality_ = [highspy.HighsVarType.kInteger] * self.n_columns
        solver = quiet_solver()
        for option, value in (("mip_rel_gap", 0.0), ("mip_abs_gap", 1e-9)):
            solver.setOptionValue(option, value)
        solver.setOptionValue("time_limit", max(seconds, 0.01))

        def look(event: Any) -> None:
            if not goes_on(float(event.data_out.mip_dual_bound)):
                event.interrupt()

        solver.cbMipInterrupt.subscribe(look)
        solver.passModel(lp)
        solver.run()
        status = solver.getModelStatus()
        nothing = np.empty(0)
        if status == highspy.HighsModelStatus.kInfeasible:
            return Relaxed("infeasible", _INFINITE, nothing, nothing, nothing)
        if status != highspy.HighsModelStatus.kOptimal:
            bound = float(solver.getInfo().mip_dual_bound)
            return Relaxed("stopped", bound, nothing, nothing, nothing)
        values = np.round(np.asarray(solver.getSolution().col_value))
        flows = np.full(len(self.column), -1.0)
        flows[self.arcs] = values[: self.n_arcs]
        bound = float(solver.getInfo().mip_dual_bound)
        return Relaxed("optimal", bound, flows, values[self.n_arcs : self.n_shares], nothing)

    def add_rows(self, lower: FloatArray, start: Any, index: Any, value: Any) -> None:
        """Add rows ``value @ x >= lower``, which hold for every tree."""
        if not len(lower):
            return
        self.solver.addRows(
            len(lower),
            lower,
            np.full(len(lower), np.inf),
            len(index),
            start[:-1].astype(np.int32),
            index.astype(np.int32),
            value,
        )
        self.n_rows += len(lower)

    def add_cuts(self, nodes: IntArray, start: IntArray, arcs: IntArray) -> int:
        """Add cuts: the arcs of each are entered at least as much as its node is connected.

        Parameters
        ----------
        nodes : ndarray of int, shape (c,)
        start, arcs : ndarray of int
            The arcs of cut *i* are ``arcs[start[i]:start[i + 1]]``.

        Returns
        -------
        int
            How many different ones were added.
        """
        if not len(nodes):
            return 0
        lower, matrix = self._cut_rows(nodes, start, arcs)
        self.add_rows(lower, matrix.indptr, matrix.indices, matrix.data)
        return len(lower)

    def remember_cuts(self, nodes: IntArray, start: IntArray, arcs: IntArray) -> None:
        """Keep cuts aside, to be added when a solution violates them."""
        if len(nodes):
            self.pool_lower, self.pool = self._cut_rows(nodes, start, arcs)

    def add_remembered(self, relaxed: Relaxed, most: int, least: float = 0.01) -> int:
        """Add the cuts kept aside that a solution violates most.

        Returns
        -------
        int
            How many were added.
        """
        if self.pool is None:
            return 0
        values = np.concatenate([np.maximum(relaxed.flows[self.arcs], 0.0), relaxed.shares])
        violation = self.pool_lower - self.pool @ values
        worst = np.flatnonzero(violation > least)
        if len(worst) > most:
            worst = np.sort(worst[np.argsort(-violation[worst], kind="stable")[:most]])
        if len(worst):
            rows = self.pool[worst]
            self.add_rows(self.pool_lower[worst], rows.indptr, rows.indices, rows.data)
        return len(worst)

    def _cut_rows(self, nodes: IntArray, start: IntArray, arcs: IntArray) -> tuple[FloatArray, Any]:
        columns = self.column[arcs]
        which = np.repeat(np.arange(len(nodes)), np.diff(start))
        is_open = columns >= 0
        columns, which = columns[is_open], which[is_open]
        kind = self.problem.kind[nodes]
        # A Steiner node is connected as much as it is entered: its own arcs, subtracted.
        own = np.flatnonzero(kind == STEINER)
        entering = self.inflow[nodes[own]].tocoo()
        optional = np.flatnonzero(kind == OPTIONAL)
        matrix = sparse.csr_array(
            (
                np.concatenate(
                    [np.ones(len(columns)), -np.ones(len(optional) + len(entering.data))]
                ),
                (
                    np.concatenate([which, optional, own[entering.coords[0]]]),
                    np.concatenate(
                        [columns, self.share_column[nodes[optional]], entering.coords[1]]
                    ),
                ),
            ),
            (len(nodes), self.n_columns),
        )
        matrix.sum_duplicates()
        matrix.eliminate_zeros()
        lower = (kind == MANDATORY).astype(float)
        kept = _different_rows(matrix, lower)
        return lower[kept], matrix[kept]

    def close(self, columns: IntArray) -> None:
        """Fix columns at zero for good."""
        if len(columns):
            self.upper[columns] = 0.0
            self.solver.changeColsBounds(
                len(columns),
                columns.astype(np.int32),
                np.zeros(len(columns)),
                np.zeros(len(columns)),
            )

    def bound_columns(self, columns: IntArray, lower: FloatArray, upper: FloatArray) -> None:
        """Set bounds of columns."""
        if len(columns):
            self.solver.changeColsBounds(len(columns), columns.astype(np.int32), lower, upper)

    def forget_slack_rows(self) -> None:
        """Drop cuts that no longer touch the solution."""
        basis = self.solver.getBasis()
        status = np.array([int(s) for s in basis.row_status[self.n_fixed_rows :]])
        slack = np.flatnonzero(status == int(highspy.HighsBasisStatus.kBasic)) + self.n_fixed_rows
        if len(slack) > 50:
            self.solver.deleteRows(len(slack), slack.astype(np.int32))
            self.n_rows -= len(slack)


def _different_rows(matrix: Any, lower: FloatArray) -> IntArray:
    seen: set[tuple[bytes, bytes]] = set()
    kept = []
    for i in range(matrix.shape[0]):
        part = slice(matrix.indptr[i], matrix.indptr[i + 1])
        key = (matrix.indices[part].tobytes(), matrix.data[part].tobytes())
        if key not in seen and (len(key[0]) or lower[i] > 0):
            seen.add(key)
            kept.append(i)
    return np.array(kept, np.int64)

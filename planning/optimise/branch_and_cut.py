"""Branch and cut on the directed-cut programme: an optimal tree, or how far from it one is.

The linear programme is solved, cuts it violates are added, arcs that its reduced costs rule out are
closed, and trees are grown along its solution, until it is integral or the best tree meets its
bound. Where that does not suffice, a node that is half in the tree is once forbidden and once
required.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from scipy import sparse

from planning.columns import BoolArray, FloatArray
from planning.optimise.adjacency import Adjacency
from planning.optimise.cut_model import CutModel, LinearTerms, Relaxed
from planning.optimise.cuts import violated_cuts
from planning.optimise.growth import NO_TREE, Tree
from planning.optimise.planting import Hint
from planning.optimise.reach import Reach
from planning.optimise.rooted import STEINER, Rooted

_INTEGRAL: Final = 1e-5
_ROUNDS_WITHOUT_GAIN: Final = 6
_MOST_CUTS: Final = 400
_MOST_WHOLE: Final = 3000
"""Columns up to which a programme is solved in whole numbers at once."""
_SAME: Final = 1e-9
"""Values that differ by less, in proportion, are equal."""


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What a search found.

    Attributes
    ----------
    tree : Tree
        The best one; of infinite cost when none was found.
    value : float
        Its cost, or minus its prizes.
    bound : float
        No tree has a lower value.
    finished : bool
        Whether the search ended by itself.
    nodes : int
        Branches looked at.
    """

    tree: Tree
    value: float
    bound: float
    finished: bool
    nodes: int


@dataclass(frozen=True, slots=True)
class Limits:
    """When to stop.

    Attributes
    ----------
    deadline : float
        In seconds of :func:`time.perf_counter`.
    gap : float
        Distance from the bound, in proportion, that is good enough.
    step : float
        All values are multiples of it (1 for whole costs); 0 when nothing is known.
    enough : float
        A value that is good enough, found or ruled out.
    """

    deadline: float
    gap: float
    step: float
    enough: float = -np.inf


@dataclass(order=True, frozen=True, slots=True)
class _Branch:
    bound: float
    number: int
    forbidden: tuple[int, ...] = field(compare=False)
    required: tuple[int, ...] = field(compare=False)
    closed: tuple[int, ...] = field(compare=False, default=())
    forced: tuple[int, ...] = field(compare=False, default=())

    @property
    def is_top(self) -> bool:
        """Whether nothing is decided."""
        return not (self.forbidden or self.required or self.closed or self.forced)


Judge = Callable[[Tree], float]
"""Value of a tree: its cost or minus its prizes; infinite when it is not allowed."""
Plant = Callable[[Hint], Iterable[Tree]]
"""Grow trees along a solution."""
Told = Callable[[float, float], bool]
"""Told of the best value and the bound; answers whether to go on."""


class Search:
    """One search, with its programme and its best tree."""

    def __init__(
        self,
        problem: Rooted,
        graph: Adjacency,
        terms: LinearTerms,
        closed: BoolArray,
        *,
        single: bool,
        plant: Plant,
        judge: Judge,
        limits: Limits,
        told: Told,
        reach: Reach | None = None,
    ) -> None:
        self.reach = reach
        self.problem = problem
        self.graph = graph
        self.model = CutModel(problem, graph, terms, closed, single)
        self.is_single = single
        self.plant = plant
        self.judge = judge
        self.limits = limits
        self.told = told
        self.best = NO_TREE
        self.value = np.inf
        self.bound = -np.inf
        self.floor = np.inf
        self.deadline = limits.deadline
        self.is_stopped = False
        self.row_of: dict[int, int] = {}
        self.branches = [_Branch(-np.inf, 0, (), ())]
        self.number = 0
        self.looked = 0

    def offer(self, tree: Tree) -> None:
        """Take a tree if it is better than the best."""
        if np.isfinite(tree.cost):
            value = self.judge(tree)
            if value < self.value - 1e-9 * max(1.0, abs(value)):
                self.best, self.value = tree, value

    def run(self, deadline: float) -> Outcome:
        """Search until the best tree is proven or time is up; called again, it goes on."""
        self.deadline = min(deadline, self.limits.deadline)
        self.is_stopped = False
        branches = self.branches
        while branches:
            branch = heapq.heappop(branches)
            if self.looked:
                self.bound = max(self.bound, min(branch.bound, self.value))
            if self._is_good_enough(branch.bound):
                self._give_up(branch.bound)
                break
            self.looked += 1
            self._enter(branch)
            relaxed = self._cut_loop(branch, is_top=branch.is_top)
            if self.is_stopped:
                heapq.heappush(branches, branch)
                left = min([self.floor, *(each.bound for each in branches)])
                self.bound = max(self.bound, min(left, self.value))
                return Outcome(self.best, self.value, self.bound, False, self.looked)
            if relaxed is None:
                continue
            if branch.is_top and self._is_for_whole() and self._finish_whole():
                break
            node = self._half_in(relaxed)
            if node is None and self.reach is not None:
                self._part_by_arc(branch, relaxed)
                continue
            if node is None:  # pragma: no cover - the loop ends only at such a node
                continue
            for forbidden, required in (((node,), ()), ((), (node,))):
                self.number += 1
                heapq.heappush(
                    branches,
                    replace(
                        branch,
                        bound=relaxed.value,
                        number=-self.number,
                        forbidden=branch.forbidden + forbidden,
                        required=branch.required + required,
                    ),
                )
        return Outcome(self.best, self.value, min(self.floor, self.value), True, self.looked)

    def _is_for_whole(self) -> bool:
        """Tell whether whole numbers are the difficulty: money or conditions, on a small graph."""
        terms = self.model.terms
        is_knapsack = terms.prizes is not None or len(terms.rows) > 0
        return is_knapsack and self.reach is None and self.model.n_columns <= _MOST_WHOLE

    def _finish_whole(self) -> bool:
        """Solve the programme in whole numbers, adding the cuts that its answers violate.

        What fits in a budget is a knapsack, for which the solver of whole programmes knows cuts of
        its own. Its answer is the best tree as soon as it hangs together.

        Returns
        -------
        bool
            Whether the best tree is proven. Otherwise branching goes on.
        """

        def goes_on(bound: float) -> bool:
            if np.isfinite(bound):
                self.bound = max(self.bound, min(bound, self.value))
            return self.told(self.value, self.bound) and not self._is_good_enough(self.bound)

        while True:
            seconds = self.deadline - time.perf_counter()
            if seconds <= 0:
                return False
            whole = self.model.solve_whole(seconds, goes_on)
            if whole.status == "infeasible":
                return True
            if np.isfinite(whole.value):
                self.bound = max(self.bound, min(whole.value, self.value))
            if self._is_good_enough(self.bound):
                self._give_up(self.bound)
                return True
            if whole.status == "stopped":
                return False
            if self._add_cuts(whole, _Branch(-np.inf, 0, (), ())) + self._add_cuts_of_entered(
                whole
            ):
                continue
            reached = self._reached(whole.flows)
            arcs = np.flatnonzero(whole.flows > 0.5)
            tails = self.graph.head[arcs ^ 1]
            edges = np.unique(arcs[reached[tails]] >> 1)
            self.offer(Tree(edges, float(self.problem.costs[edges].sum())))
            is_met = self._is_good_enough(self.bound) or self.value <= whole.value + _SAME * max(
                1.0, abs(whole.value)
            )
            if is_met:
                self.floor = min(self.floor, self.value)
            return is_met

    def is_closed(self) -> bool:
        """Tell whether the best tree meets the bound known."""
        return self._is_good_enough(self.bound)

    def _give_up(self, bound: float) -> None:
        """Note the bound of what is not looked at because it is near enough."""
        if bound <= self._cutoff():
            self.floor = min(self.floor, bound)

    def _entered(self, flows: FloatArray) -> FloatArray:
        """Return how far each node is entered, shape (n,)."""
        total = np.bincount(self.graph.head, weights=flows, minlength=self.problem.n_nodes)
        return total.astype(np.float64)

    def closed_edges(self) -> BoolArray:
        """Tell which edges are in no better tree, either way, shape (m,)."""
        column = self.model.column
        is_open = column >= 0
        is_open[is_open] = self.model.upper[column[is_open]] > 0
        pairs = is_open.reshape(-1, 2)
        closed: BoolArray = ~(pairs[:, 0] | pairs[:, 1])
        return closed

    def _cutoff(self) -> float:
        """Return the value a tree must not exceed to be of interest."""
        step = self.limits.step
        slack = 1e-9 * max(1.0, abs(self.value)) if np.isfinite(self.value) else 0.0
        return self.value - (step - 1e-6 * step if step else slack)

    def _is_good_enough(self, bound: float) -> bool:
        if bound > self.limits.enough > -np.inf:
            return True
        if not np.isfinite(self.value):
            return False
        near = self.value - self.limits.gap * abs(self.value)
        if self.value <= self.limits.enough:
            return True
        return bound >= min(near, self.value) - 1e-12 or bound > self._cutoff()

    def _enter(self, branch: _Branch) -> None:
        model = self.model
        columns = np.arange(model.n_columns)
        lower, upper = model.lower.copy(), model.upper.copy()
        for node in branch.forbidden:
            upper[model.inflow[[node]].indices] = 0.0
            if model.share_column[node] >= 0:
                upper[model.share_column[node]] = 0.0
        for node in branch.required:
            if model.share_column[node] >= 0:
                lower[model.share_column[node]] = 1.0
        upper[list(branch.closed)] = 0.0
        lower[list(branch.forced)] = 1.0
        model.bound_columns(columns, lower, upper)
        wanted = {node for node in branch.required if model.share_column[node] < 0}
        for node in wanted - self.row_of.keys():
            row = model.inflow[[node]]
            model.add_rows(np.zeros(1), row.indptr, row.indices, row.data)
            self.row_of[node] = model.n_rows - 1
        for node, at in self.row_of.items():
            model.solver.changeRowBounds(at, 1.0 if node in wanted else 0.0, np.inf)

    def _cut_loop(self, branch: _Branch, *, is_top: bool) -> Relaxed | None:
        """Return the solution that no cut improves; ``None`` when nothing better is here."""
        last = -np.inf
        stale = 0
        rounds = 0
        while True:
            seconds = self.deadline - time.perf_counter()
            relaxed = self.model.solve(seconds)
            if relaxed.status == "infeasible":
                return None
            if relaxed.status == "stopped" or seconds <= 0:
                self.is_stopped = True
                return None
            if is_top:
                self.bound = max(self.bound, min(relaxed.value, self.value))
            if not self.told(self.value, self.bound):
                self.is_stopped = True
                return None
            if self._is_good_enough(relaxed.value):
                self._give_up(relaxed.value)
                return None
            if rounds % 2 == 0 or rounds < 6:
                self._try(relaxed)
            if self._is_good_enough(relaxed.value):
                self._give_up(relaxed.value)
                return None
            if is_top:
                self._close_by_reduced_costs(relaxed)
            gain = relaxed.value - last
            stale = 0 if gain > 1e-4 * max(abs(relaxed.value), 1e-9) else stale + 1
            last = relaxed.value
            rounds += 1
            added = self.model.add_remembered(relaxed, _MOST_CUTS)
            added += self._add_local_rows(relaxed)
            if not added or rounds % 2:
                added += self._add_cuts(relaxed, branch)
            if not added and self._half_in(relaxed) is None:
                added = self._add_cuts_of_entered(relaxed)
                if not added and self.reach is not None:
                    added = self._add_paths(relaxed)
                    if not added and self._half_arc(relaxed) is not None:
                        return relaxed
                if not added:
                    return None
            if not added:
                return relaxed
            patience = _ROUNDS_WITHOUT_GAIN * (4 if is_top else 1)
            if stale >= patience and self._half_in(relaxed) is not None:
                return relaxed
            if is_top and rounds % 8 == 0 and self.model.n_rows > 3 * self.model.n_fixed_rows:
                self.model.forget_slack_rows()

    def _add_paths(self, relaxed: Relaxed) -> int:
        """Rule out the ways of a solution that are too long; what keeps the reach is offered."""
        if self.reach is None:
            return 0
        arcs = np.flatnonzero(relaxed.flows > 1.0 - _INTEGRAL)
        edges, paths = self.reach.broken(self.problem, self.graph, arcs)
        if not paths:
            self.offer(Tree(edges, float(self.problem.costs[edges].sum())))
            return 0
        for path in paths:
            columns = self.model.column[path]
            ones = -np.ones(len(path))
            self.model.add_rows(
                np.array([1.0 - len(path)]), np.array([0, len(path)]), columns, ones
            )
        return len(paths)

    def _half_arc(self, relaxed: Relaxed) -> int | None:
        """Return the column of the arc nearest to being half in the solution."""
        flows = relaxed.flows[self.model.arcs]
        distance = np.abs(flows - 0.5)
        if distance.min(initial=1.0) < 0.5 - _INTEGRAL:
            return int(distance.argmin())
        return None

    def _part_by_arc(self, branch: _Branch, relaxed: Relaxed) -> None:
        """Close an arc in one branch and force it in another: its length matters."""
        arc = self._half_arc(relaxed)
        if arc is None:
            return
        for changed in (
            {"closed": (*branch.closed, arc)},
            {"forced": (*branch.forced, arc)},
        ):
            self.number += 1
            next_one = replace(branch, bound=relaxed.value, number=-self.number, **changed)
            heapq.heappush(self.branches, next_one)

    def _try(self, relaxed: Relaxed) -> None:
        """Grow trees along the solution."""
        through = np.clip(relaxed.flows, 0.0, 1.0).reshape(-1, 2).max(axis=1)
        guide = self.problem.costs * (1.0 - 0.999 * through)
        reached = self._reached(relaxed.flows)
        is_whole = reached[self.problem.mandatory].all()
        for hint in (self._hint(guide, relaxed), self._hint(self.problem.costs, relaxed, reached)):
            if hint.nodes is None or is_whole:
                for tree in self.plant(hint):
                    self.offer(tree)

    def _hint(self, guide: FloatArray, relaxed: Relaxed, nodes: BoolArray | None = None) -> Hint:
        begun = np.zeros(len(self.model.optional))
        if self.is_single:
            leaving = self.model.outflow[[self.problem.root]].indices
            at = np.searchsorted(self.model.optional, self.graph.head[self.model.arcs[leaving]])
            begun[at] = np.maximum(relaxed.flows[self.model.arcs[leaving]], 0.0)
        return Hint(guide, relaxed.shares, begun, nodes)

    def _reached(self, flows: FloatArray) -> BoolArray:
        """Tell which nodes are reached from the root by arcs that are fully in the solution."""
        head = self.graph.head
        arcs = np.flatnonzero(flows > 0.5)
        reached = np.zeros(self.problem.n_nodes, bool)
        reached[self.problem.root] = True
        while True:
            new = head[arcs[reached[head[arcs ^ 1]]]]
            new = new[~reached[new]]
            if not len(new):
                return reached
            reached[new] = True

    def _close_by_reduced_costs(self, relaxed: Relaxed) -> None:
        room = self._cutoff() - relaxed.value
        if not np.isfinite(room):
            return
        model = self.model
        arcs = np.arange(model.n_arcs)
        is_zero = (model.upper[arcs] > 0) & (relaxed.flows[model.arcs] <= 1e-9)
        dead = arcs[is_zero & (relaxed.duals[: model.n_arcs] > room + 1e-9)]
        model.close(dead)

    def _add_local_rows(self, relaxed: Relaxed) -> int:
        """Ask that an arc leaves a node no more than the node is entered by others."""
        model = self.model
        flows = np.maximum(relaxed.flows, 0.0)
        head = self.graph.head
        n = self.problem.n_nodes
        entered = np.bincount(head, weights=flows, minlength=n)
        arcs = model.arcs
        tail = head[arcs ^ 1]
        excess = flows[arcs] - (entered[tail] - flows[arcs ^ 1])
        excess[tail == self.problem.root] = 0.0
        worst = np.flatnonzero(excess > 1e-3)
        if len(worst) > _MOST_CUTS:
            worst = worst[np.argsort(-excess[worst], kind="stable")[:_MOST_CUTS]]
        if len(worst):
            rows = model.inflow[tail[worst]].tocoo()
            # Less the way back, less the arc itself.
            back = model.column[arcs[worst] ^ 1]
            with_back = np.flatnonzero(back >= 0)
            matrix = sparse.csr_array(
                (
                    np.concatenate([rows.data, -np.ones(len(with_back) + len(worst))]),
                    (
                        np.concatenate([rows.coords[0], with_back, np.arange(len(worst))]),
                        np.concatenate([rows.coords[1], back[with_back], worst]),
                    ),
                ),
                (len(worst), model.n_columns),
            )
            matrix.sum_duplicates()
            matrix.eliminate_zeros()
            model.add_rows(np.zeros(len(worst)), matrix.indptr, matrix.indices, matrix.data)
        return len(worst)

    def _add_cuts(self, relaxed: Relaxed, branch: _Branch) -> int:
        """Add cuts that separate a terminal from the root."""
        problem = self.problem
        must = problem.mandatory
        may = self.model.optional[relaxed.shares > 1e-3]
        shares = relaxed.shares[relaxed.shares > 1e-3]
        entered = np.array(
            [node for node in branch.required if problem.kind[node] == STEINER], np.int64
        )
        nodes = np.concatenate([must, entered, may])
        demands = np.concatenate([np.ones(len(must) + len(entered)), shares])
        which, start, arcs = violated_cuts(
            self.graph, relaxed.flows, problem.root, nodes, demands, nested=5
        )
        return self.model.add_cuts(nodes[which], start, arcs)

    def _half_in(self, relaxed: Relaxed) -> int | None:
        """Return the node nearest to being half in the tree, optional terminals first."""
        shares = relaxed.shares
        distance = np.abs(shares - 0.5)
        if len(shares) and distance.min() < 0.5 - _INTEGRAL:
            return int(self.model.optional[distance.argmin()])
        flows = np.maximum(relaxed.flows, 0.0)
        entered = self._entered(flows)
        entered[self.problem.kind != STEINER] = 0.0
        entered[self.problem.root] = 0.0
        distance = np.abs(entered - 0.5)
        if distance.min(initial=1.0) < 0.5 - _INTEGRAL:
            degree = np.diff(self.graph.start)
            near = np.flatnonzero(distance <= distance.min() + 0.1)
            return int(near[np.argmax(degree[near])])
        return None

    def _add_cuts_of_entered(self, relaxed: Relaxed) -> int:
        """Add cuts that separate Steiner nodes that are entered, all nodes being in or out.

        With these the programme over the nodes that are in is that of spanning trees, which is
        integral (Edmonds, 1967): its value is that of their least spanning tree.
        """
        flows = np.maximum(relaxed.flows, 0.0)
        entered = self._entered(flows)
        is_in = (entered > 0.5) & (self.problem.kind == STEINER)
        is_in[self.problem.root] = False
        nodes = np.flatnonzero(is_in)
        which, start, arcs = violated_cuts(
            self.graph, relaxed.flows, self.problem.root, nodes, entered[nodes], nested=1
        )
        added = self.model.add_cuts(nodes[which], start, arcs)
        if not added:
            is_in[self.problem.root] = True
            is_in[self.problem.mandatory] = True
            is_in[self.model.optional[relaxed.shares > 0.5]] = True
            for tree in self.plant(self._hint(self.problem.costs, relaxed, is_in)):
                self.offer(tree)
        return added

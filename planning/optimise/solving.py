"""One solve of a question: shrunk, bounded, searched, and put together as a plan."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np

from planning.columns import BoolArray, IntArray
from planning.errors import PlanningError
from planning.optimise.annealing import annealed_tree
from planning.optimise.branch_and_cut import Limits, Outcome, Search
from planning.optimise.contraction import contracted
from planning.optimise.cut_model import LinearTerms
from planning.optimise.growth import Tree, grown_tree
from planning.optimise.label_setting import solve_by_labels
from planning.optimise.planting import Hint, Planter
from planning.optimise.presolve import Presolved, presolve, shrunk
from planning.optimise.problem import Problem, SolverProgress, SteinerPlan, Watch
from planning.optimise.reach import Reach, longest_way
from planning.optimise.rooted import MANDATORY, STEINER, Rooted
from planning.optimise.rooting import anywhere, rooting

_LARGEST_WHOLE: Final = 2.0**40
SMALLEST_GAP: Final = 1e-9
_SECONDS_PER_TERMINAL: Final = 0.08
"""Given to cuts before label setting is tried."""
_MOST_LABELLED: Final = 63
_SHARE_FOR_LABELS: Final = 0.6
_BEGINNINGS: Final = 24
_WALKS: Final = 40
_IN_VAIN: Final = 24
_STEPS: Final = 500_000
_LARGEST_WALKED: Final = 10_000
"""Edges up to which trees are sought by chance where cuts do not suffice."""
_SHARE_FOR_WALKS: Final = 0.3
_LABELLED_TIES: Final = 20
"""Terminals up to which label setting does although few different costs make many ties."""
_FEW_COSTS: Final = 6


class Solve:
    """What was asked, when it began, and whom to tell."""

    def __init__(
        self,
        question: Problem,
        *,
        time_limit_s: float,
        gap: float = 0.0,
        enough: float = -np.inf,
        watch: Watch | None = None,
        seed: int = 0,
    ) -> None:
        """Begin.

        Parameters
        ----------
        question : Problem
            Not refused by :func:`planning.optimise.question.refuse_impossible`.
        time_limit_s : float
        gap : float
            Distance from the bound, in proportion, that is good enough.
        enough : float
            A cost that is good enough, and one above which no tree is of interest.
        watch : callable, optional
        seed : int
            Of what is left to chance.
        """
        self.question = question
        self.rooted = rooting(question)
        self.began = time.perf_counter()
        self.deadline = self.began + time_limit_s
        self.gap = gap
        self.enough = enough
        self.watch = watch
        self.seed = seed
        costs = question.costs
        # Whole costs have whole sums: a bound of 12.1 then proves 13.
        values = costs if question.budget is None else question.prizes
        is_whole = bool((values == np.round(values)).all()) and values.sum() < _LARGEST_WHOLE
        self.step = 1.0 if is_whole else 0.0
        self.beginnings = np.empty(0, np.int64)

    def plan(self) -> SteinerPlan:
        """Return the best plan found, with its bound."""
        problem = self.rooted.problem
        if not len(problem.mandatory) and not len(problem.optional):
            return self._plan(problem.fixed, 0.0, "nothing to build", finished=True)
        if self._is_limited():
            return self._within_reach(problem)
        problem = contracted(problem) if self._shuns_some(problem) else shrunk(problem)
        if self.rooted.single:
            self.beginnings = problem.label[problem.optional]
            found = self._unpresolved(anywhere(problem, len(self.question.edges)))
        elif self.question.budget is not None or self.question.conditions:
            found = self._unpresolved(problem)
        else:
            found = presolve(
                problem,
                deadline=self.deadline,
                step=self.step,
                enough=self.enough,
                gap=self.gap,
                told=lambda value, bound: self._told(value, bound, "presolve"),
            )
            if found.cost <= self.enough or found.bound > self.enough > 0:
                return self._plan(found.chosen, found.bound, "dual ascent", finished=False)
            if found.ascent is None and np.isfinite(found.cost):
                # Too large for linear programming: the bound is as good as it gets here.
                return self._plan(found.chosen, found.bound, "dual ascent", finished=False)
            if found.bound >= found.cost * (1 - self.gap) - SMALLEST_GAP * max(1.0, found.cost):
                return self._plan(found.chosen, found.bound, "dual ascent", finished=True)
            if self.step and found.bound > found.cost - self.step * (1 - 1e-6):
                return self._plan(found.chosen, found.cost, "dual ascent", finished=True)
        return self._search(found)

    def _is_limited(self) -> bool:
        """Tell whether ways are limited: they are counted from roots."""
        return self.question.reach_m is not None and len(self.question.roots) > 0

    def _within_reach(self, problem: Rooted) -> SteinerPlan:
        """Solve with a limit on ways, where leaving it out breaks it.

        Leaving the limit out lets more plans in: the best of all, if it keeps the limit, is the
        best of those that do, and otherwise its bound is a bound.
        """
        reach_m = float(self.question.reach_m or 0.0)
        left = self.deadline - time.perf_counter()
        question = replace(self.question, reach_m=None)
        free = Solve(question, time_limit_s=left / 2, gap=self.gap, watch=self.watch).plan()
        if self._way_of(free.edges, free.terminals) <= reach_m * (1 + SMALLEST_GAP):
            return replace(free, seconds=time.perf_counter() - self.began)
        # The tests of detours weigh costs alone, so a shorter way would be lost to them.
        problem = contracted(problem, keeps_parallel=True)
        graph = problem.adjacency()
        lengths = np.asarray(self.question.lengths_m, np.float64)
        own = np.add.reduceat(lengths[problem.parts], problem.parts_start[:-1])
        counts = np.zeros(question.n_nodes + 1, bool)
        counts[question.terminals] = True
        reach = Reach.of(problem, graph, own, counts[problem.label], reach_m)
        found = self._unpresolved(problem)
        tree = reach.nearest_tree(problem, graph)
        value = self._value(problem, tree) if np.isfinite(tree.cost) else np.inf
        if value < found.cost:
            found = replace(found, chosen=problem.question_edges(tree.edges), cost=value)
        closed = found.closed | reach.closed(graph)
        bound = free.bound if self.question.budget is None else -np.inf
        return self._search(replace(found, closed=closed, bound=bound), reach)

    def _way_of(self, edges: IntArray, terminals: IntArray) -> float:
        question = self.question
        lengths = np.asarray(question.lengths_m, np.float64)[edges]
        ends = question.edges[edges]
        return longest_way(question.n_nodes, ends, lengths, question.roots, terminals)

    def _shuns_some(self, problem: Rooted) -> bool:
        """Tell whether a condition speaks against passing a terminal.

        A detour may then not lead through it, which the tests of detours do not know. Terminals
        with one edge are never passed.
        """
        harmful = np.zeros(self.question.n_nodes + 1, bool)
        for condition in self.question.conditions:
            harmful[self.question.terminals[condition.coefficients < 0]] = True
        ends = np.bincount(problem.edges.ravel(), minlength=problem.n_nodes)
        return bool((harmful[problem.label] & (ends > 1) & (problem.kind != STEINER)).any())

    def _unpresolved(self, problem: Rooted) -> Presolved:
        closed = problem.adjacency().head == problem.root
        nothing = np.empty(0, np.int64)
        cost = np.inf
        connected = self._connected(nothing)
        if (
            not len(problem.mandatory)
            and connected.sum() >= self.question.quota
            and self._keeps_conditions(connected)
        ):
            # To build nothing is an answer, for a beginning.
            cost = 0.0
        return Presolved(problem, closed, None, nothing, 0.0, nothing, cost)

    def _search(self, found: Presolved, reach: Reach | None = None) -> SteinerPlan:
        problem, graph = found.problem, found.problem.adjacency()
        search = Search(
            problem,
            graph,
            self._terms(problem),
            found.closed,
            single=self.rooted.single,
            plant=Planter(
                problem,
                graph,
                budget=np.inf if self.question.budget is None else self.question.budget,
                by_shares=self.question.budget is not None or bool(self.question.conditions),
                single=self.rooted.single,
            ),
            judge=lambda tree: self._value(problem, tree),
            limits=Limits(self.deadline, self.gap, self.step, self.enough),
            told=self._told,
            reach=reach,
        )
        search.value = found.cost
        if self.rooted.single:
            for tree in self._first_trees(problem, search):
                search.offer(tree)
        if found.ascent is not None:
            ascent = found.ascent
            search.model.remember_cuts(
                found.terminals[ascent.cut_terminal], ascent.cut_start, ascent.cut_arcs
            )
        deadline = self.deadline
        is_plain = self._is_plain(problem)
        if is_plain:
            deadline = time.perf_counter() + _SECONDS_PER_TERMINAL * len(problem.mandatory)
        outcome = search.run(deadline)
        has_ties = is_plain and self._has_ties(problem)
        if not outcome.finished and has_ties:
            self._walk(found, search, outcome)
        elif not outcome.finished and is_plain and len(problem.mandatory) < _MOST_LABELLED:
            by_labels = self._by_labels(found, search, outcome)
            if by_labels is not None:
                return by_labels
        if not outcome.finished:
            outcome = search.run(self.deadline)
        chosen = found.chosen
        if np.isfinite(outcome.tree.cost):
            chosen = problem.question_edges(outcome.tree.edges)
        if not np.isfinite(outcome.value):
            raise PlanningError("error-plan-none" if outcome.finished else "error-plan-time")
        bound = max(found.bound, outcome.bound)
        if self.question.budget is not None:
            bound = outcome.bound - float(self.question.prizes[self._sure(problem)].sum())
        return self._plan(chosen, bound, "branch and cut", finished=outcome.finished)

    def _first_trees(self, problem: Rooted, search: Search) -> Iterator[Tree]:
        """Grow trees from terminals all over a graph in which a tree may stand anywhere."""
        count = len(problem.optional)
        for at in range(0, count, max(1, count // _BEGINNINGS)):
            begun = np.zeros(count)
            begun[at] = 1.0
            hint = Hint(problem.costs, np.full(count, 0.4), begun)
            yield from search.plant(hint)

    def _walk(self, found: Presolved, search: Search, outcome: Outcome) -> None:
        """Look for better trees by chance, on the edges that cuts have left open."""
        problem, graph = found.problem, found.problem.adjacency()
        tree = outcome.tree
        if not np.isfinite(tree.cost):
            # The best tree is of before the problem was last made smaller: grow one to begin with.
            tree = grown_tree(problem, graph, problem.costs)
        began = time.perf_counter()
        deadline = began + _SHARE_FOR_WALKS * (self.deadline - self.began)
        in_vain = 0
        for number in range(_WALKS):
            before = search.value
            closed = search.closed_edges()
            closed[tree.edges] = False
            kept = np.flatnonzero(~closed)
            left = problem.without_edges(closed)
            begun = Tree(np.searchsorted(kept, tree.edges), tree.cost)
            better = annealed_tree(
                left, left.adjacency(), begun, steps=_STEPS, seed=self.seed + number
            )
            search.offer(Tree(kept[better.edges], better.cost))
            if search.value < outcome.value and np.isfinite(search.best.cost):
                tree = search.best
            in_vain = in_vain + 1 if search.value >= before else 0
            if search.is_closed() or in_vain >= _IN_VAIN or time.perf_counter() > deadline:
                break

    def _has_ties(self, problem: Rooted) -> bool:
        """Tell whether many trees cost the same and labels are too many to settle them."""
        return (
            len(problem.mandatory) > _LABELLED_TIES
            and len(problem.edges) <= _LARGEST_WALKED
            and len(np.unique(problem.costs)) <= _FEW_COSTS
        )

    def _is_plain(self, problem: Rooted) -> bool:
        """Tell whether the question is a plain tree over all its terminals."""
        question = self.question
        return (
            question.budget is None
            and not question.conditions
            and question.reach_m is None
            and not self.rooted.single
            and not len(problem.optional)
        )

    def _by_labels(self, found: Presolved, search: Search, outcome: Outcome) -> SteinerPlan | None:
        """Prove the tree by label setting; ``None`` when that takes too long."""
        left = self.deadline - time.perf_counter()
        if left <= 0:
            return None
        # What the cuts have closed both ways is in no better tree.
        rest = contracted(search.problem.without_edges(search.closed_edges()))
        result = solve_by_labels(
            rest.n_nodes,
            rest.edges,
            rest.costs,
            np.append(rest.mandatory, rest.root),
            upper_bound=outcome.value,
            deadline_s=left * _SHARE_FOR_LABELS,
        )
        if not result.proven:
            return None
        chosen = found.chosen
        if result.edges is not None and result.cost < outcome.value:
            chosen = rest.question_edges(result.edges)
        elif np.isfinite(outcome.tree.cost):
            chosen = search.problem.question_edges(outcome.tree.edges)
        return self._plan(chosen, np.inf, "label setting", finished=True)

    def _terms(self, problem: Rooted) -> LinearTerms:
        question = self.question
        at = {int(node): i for i, node in enumerate(question.terminals)}
        order = np.array([at[int(node)] for node in problem.label[problem.optional]], np.int64)
        sure = self._sure(problem)
        rows = np.array([c.coefficients[order] for c in question.conditions])
        least = np.array([c.least - c.coefficients[sure].sum() for c in question.conditions])
        return LinearTerms(
            prizes=None if question.budget is None else question.prizes[order],
            budget=np.inf if question.budget is None else question.budget,
            rows=rows.reshape(len(least), len(order)),
            least=least,
        )

    def _sure(self, problem: Rooted) -> BoolArray:
        """Tell which terminals of the question are connected by every tree."""
        is_sure = np.zeros(self.question.n_nodes, bool)
        is_sure[self.question.roots] = True
        labels = problem.label[problem.kind == MANDATORY]
        is_sure[labels[labels >= 0]] = True
        if problem.label[problem.root] >= 0:
            is_sure[problem.label[problem.root]] = True
        sure: BoolArray = is_sure[self.question.terminals]
        return sure

    def _value(self, problem: Rooted, tree: Tree) -> float:
        question = self.question
        if question.budget is None and not question.conditions and question.reach_m is None:
            return tree.cost
        edges = problem.question_edges(tree.edges)
        connected = self._connected(edges)
        if self._is_limited() and question.reach_m is not None:
            way = self._way_of(edges, question.terminals[connected])
            if way > question.reach_m * (1 + SMALLEST_GAP):
                return np.inf
        if connected.sum() < question.quota:
            return np.inf
        if not self._keeps_conditions(connected):
            return np.inf
        if question.budget is None:
            return tree.cost
        if tree.cost > question.budget * (1 + 1e-12):
            return np.inf
        # The programme knows only what is still to choose.
        return -float(question.prizes[connected & ~self._sure(problem)].sum())

    def _keeps_conditions(self, connected: BoolArray) -> bool:
        for condition in self.question.conditions:
            scale = float(np.abs(condition.coefficients).max(initial=1.0))
            if condition.coefficients[connected].sum() < condition.least - 1e-9 * scale:
                return False
        return True

    def _connected(self, edges: IntArray) -> BoolArray:
        question = self.question
        is_in = np.zeros(question.n_nodes, bool)
        is_laid = edges < len(question.edges)
        is_in[question.edges[edges[is_laid]].ravel()] = True
        # Beyond the question's edges: the place where a tree begins that may stand anywhere.
        is_in[self.beginnings[edges[~is_laid] - len(question.edges)]] = True
        is_in[question.roots] = True
        is_in[question.locked] = True
        is_in[question.forbidden] = False
        root = self.rooted.problem.label[self.rooted.problem.root]
        if root >= 0:
            is_in[root] = True
        connected: BoolArray = is_in[question.terminals]
        return connected

    def _told(self, value: float, bound: float, phase: str = "search") -> bool:
        if self.watch is None:
            return True
        return self.watch(
            SolverProgress(
                time.perf_counter() - self.began,
                phase,
                value if np.isfinite(value) else None,
                bound if np.isfinite(bound) else None,
            )
        )

    def _plan(self, edges: IntArray, bound: float, method: str, *, finished: bool) -> SteinerPlan:
        question = self.question
        is_connected = self._connected(edges)
        if not self._keeps_conditions(is_connected):
            raise PlanningError("error-plan-none")
        edges = edges[edges < len(question.edges)]
        cost = float(question.costs[edges].sum())
        prize = float(question.prizes[is_connected].sum())
        if question.budget is None:
            bound = min(bound, cost)
            distance = (cost - bound) / cost if cost > 0 else 0.0
        else:
            bound = max(-bound, prize)
            distance = (bound - prize) / bound if bound > 0 else 0.0
        proven = finished or distance <= max(self.gap, SMALLEST_GAP)
        if proven and self.gap == 0.0:
            bound, distance = (cost if question.budget is None else prize), 0.0
        return SteinerPlan(
            edges=edges,
            terminals=question.terminals[is_connected],
            cost=cost,
            prize=prize,
            bound=bound,
            proven=proven,
            gap=distance,
            seconds=time.perf_counter() - self.began,
            method=method,
        )

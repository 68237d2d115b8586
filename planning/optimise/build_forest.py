"""What is to be built, as branches: the routes of a plan cut where they fork or pass a village.

A branch is all the cable between two such places, with what its village takes to install. It is
built from the root outwards, after the branch it hangs on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planning.columns import FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class BuildQuestion:
    """A plan whose order of building is asked for.

    Attributes
    ----------
    n_nodes : int
    edges : ndarray of int, shape (m, 2)
        Of the plan: a forest, every tree of it with one root.
    lengths_m : ndarray of float, shape (m,)
    roots : ndarray of int
        Nodes that have fibre today.
    villages : ndarray of int, shape (v,)
        Node of each village, each a different one, all in the forest or roots.
    people : ndarray of float, shape (v,)
        Known, not negative. What an unknown figure counts is for the asker to say.
    ranks : ndarray of int, shape (v,)
        Place on the priority list, each a different one: the order compared with.
    effort : ndarray of float, shape (m,), or None
        How many times the work of plain ground a metre takes; ``None`` is 1 everywhere.
    install_km : ndarray of float, shape (v,), or None
        Work of connecting a village itself, as kilometres of plain ground; ``None`` is 0.
    not_before : ndarray of int, shape (v,), or None
        First quarter of the calendar in which a village can be connected; cable that serves only
        villages that have to wait, waits with them. The number of quarters: not before the
        deadline. ``None`` is 0.
    decided_by : ndarray of int, shape (v,), or None
        Quarter by whose end a village must be connected; -1: no such decision.
    """

    n_nodes: int
    edges: IntArray
    lengths_m: FloatArray
    roots: IntArray
    villages: IntArray
    people: FloatArray
    ranks: IntArray
    effort: FloatArray | None = None
    install_km: FloatArray | None = None
    not_before: IntArray | None = None
    decided_by: IntArray | None = None

    @property
    def edge_work_km(self) -> FloatArray:
        """Work along each edge, in kilometres of plain ground, shape (m,)."""
        km = np.asarray(self.lengths_m, np.float64) / 1000.0
        return km if self.effort is None else km * self.effort

    @property
    def install_work_km(self) -> FloatArray:
        """Work at each village, in kilometres of plain ground, shape (v,)."""
        if self.install_km is None:
            return np.zeros(len(self.villages))
        return np.asarray(self.install_km, np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Branches:
    """The branches of a question; one that hangs on another stands after it.

    Attributes
    ----------
    parent : ndarray of int, shape (b,)
        Branch each hangs on; -1 where it begins at a root.
    work_km : ndarray of float, shape (b,)
    people : ndarray of float, shape (b,)
        Connected when it is built.
    earliest : ndarray of int, shape (b,)
        First quarter it may be worked on: the first in which anybody it serves may be connected.
    latest : ndarray of int, shape (b,)
        Quarter by whose end it must be built; the number of quarters where nothing is decided.
    of_edge : ndarray of int, shape (m,)
        Branch of each edge.
    before_edge_km : ndarray of float, shape (m,)
        Work of the branch that precedes the edge.
    of_village : ndarray of int, shape (v,)
        Branch whose end connects each village.
    before_village_km : ndarray of float, shape (v,)
        Work of that branch that precedes the installation.
    """

    parent: IntArray
    work_km: FloatArray
    people: FloatArray
    earliest: IntArray
    latest: IntArray
    of_edge: IntArray
    before_edge_km: FloatArray
    of_village: IntArray
    before_village_km: FloatArray

    def with_trunks(self, branch: int) -> list[int]:
        """Return a branch and all it hangs on, the one at the root first."""
        way = []
        while branch >= 0:
            way.append(branch)
            branch = int(self.parent[branch])
        return way[::-1]


def branches_of(question: BuildQuestion, n_quarters: int) -> Branches:
    """Cut a plan into branches.

    Parameters
    ----------
    question : BuildQuestion
    n_quarters : int
        Of the calendar.

    Returns
    -------
    Branches

    Raises
    ------
    ValueError
        If the edges are not a forest on the roots, a village is not in it, or a figure is not
        known or negative.
    """
    _check_figures(question)
    village_at = {int(node): i for i, node in enumerate(question.villages)}
    order, above, edge_above, children = _orient(question)
    if any(node not in edge_above and node not in above for node in village_at):
        raise ValueError("a village is not on the routes of the plan")
    work, install = question.edge_work_km, question.install_work_km
    wait = _or_all(question.not_before, 0, len(village_at))
    m = len(question.edges)
    of_edge, before = np.zeros(m, np.int64), np.zeros(m)
    of_village = np.zeros(len(village_at), np.int64)
    before_village = np.zeros(len(village_at))
    parent: list[int] = []
    km: list[float] = []
    branch_at: dict[int, int] = {}
    for node in order:
        if node in edge_above:
            edge, top = edge_above[node], above[node]
            branch = branch_at[top]
            if top not in edge_above or top in village_at or children[top] != 1:
                parent.append(branch)
                km.append(0.0)
                branch = len(km) - 1
            of_edge[edge], before[edge] = branch, km[branch]
            km[branch] += float(work[edge])
            branch_at[node] = branch
        else:
            branch_at[node] = -1
        village = village_at.get(node)
        if village is None:
            continue
        own = branch_at[node]
        is_passed = children[node] > 0 and (install[village] > 0 or wait[village] > 0)
        if own < 0 or is_passed:  # nobody beyond has to wait for the installation here
            parent.append(own)
            km.append(0.0)
            own = len(km) - 1
        of_village[village], before_village[village] = own, km[own]
        km[own] += float(install[village])
    parents = np.array(parent, np.int64)
    people = np.zeros(len(km))
    people[of_village] = question.people
    earliest, latest = _limits(question, n_quarters, parents, of_village)
    return Branches(
        parents,
        np.array(km, np.float64),
        people,
        earliest,
        latest,
        of_edge,
        before,
        of_village,
        before_village,
    )


def _limits(
    question: BuildQuestion, n_quarters: int, parent: IntArray, of_village: IntArray
) -> tuple[IntArray, IntArray]:
    """Return the earliest and the latest quarter of each branch, from the villages it serves."""
    n, v = len(parent), len(of_village)
    wait = _or_all(question.not_before, 0, v)
    decided = _or_all(question.decided_by, -1, v)
    earliest = np.full(n, n_quarters, np.int64)
    earliest[of_village] = np.minimum(wait, n_quarters)
    latest = np.full(n, n_quarters, np.int64)
    latest[of_village[decided >= 0]] = np.minimum(decided[decided >= 0], n_quarters)
    serves = np.zeros(n, bool)
    serves[of_village] = True
    for branch in range(n - 1, -1, -1):
        top = parent[branch]
        if top >= 0:
            latest[top] = min(latest[top], latest[branch])
            if serves[branch]:
                serves[top] = True
                earliest[top] = min(earliest[top], earliest[branch])
    for branch in np.flatnonzero(~serves).tolist():  # serves nobody: no sooner than its trunk
        earliest[branch] = earliest[parent[branch]] if parent[branch] >= 0 else 0
    return earliest, latest


def _or_all(values: IntArray | None, value: int, length: int) -> IntArray:
    return np.full(length, value, np.int64) if values is None else np.asarray(values, np.int64)


def _check_figures(question: BuildQuestion) -> None:
    for figures in (question.people, question.edge_work_km, question.install_work_km):
        if not np.all(np.isfinite(figures) & (figures >= 0.0)):
            raise ValueError("people, lengths and efforts are known and not negative")
    for distinct in (question.villages, question.ranks, question.roots):
        if len(np.unique(distinct)) != len(distinct):
            raise ValueError("villages, ranks and roots are each a different one")


def _orient(
    question: BuildQuestion,
) -> tuple[list[int], dict[int, int], dict[int, int], dict[int, int]]:
    """Return the nodes from the roots outwards; node, edge above each; how many hang on it."""
    beside: dict[int, list[tuple[int, int]]] = {}
    for edge, (a, b) in enumerate(question.edges.tolist()):
        beside.setdefault(a, []).append((b, edge))
        beside.setdefault(b, []).append((a, edge))
    order = [int(root) for root in question.roots]
    above = dict.fromkeys(order, -1)
    edge_above: dict[int, int] = {}
    children: dict[int, int] = {}
    for node in order:  # grows while it is walked along
        children[node] = 0
        for other, edge in beside.get(node, ()):
            if other not in above:
                above[other], edge_above[other] = node, edge
                children[node] += 1
                order.append(other)
    if len(edge_above) != len(question.edges):
        raise ValueError("the routes are not a forest whose trees have a root each")
    return order, above, edge_above, children

"""What each way of serving each village would cost: by itself, and beside the rest of a plan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planning.columns import BoolArray, FloatArray, IntArray
from planning.optimise.adjacency import Adjacency, adjacency
from planning.optimise.shortest_paths import nearest_sources
from planning.optimise.technology_answer import Mix
from planning.optimise.technology_graph import Alone, ways_alone
from planning.optimise.technology_question import Technology, TechnologyQuestion


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Costs of every village by every technology; infinite where a way is not open.

    Attributes
    ----------
    alone : ndarray of float, shape (v, 3)
        Sharing nothing; columns in the order of
        :class:`~planning.optimise.technology_question.Technology`.
    added : ndarray of float, shape (v, 3)
        What the plan costs with the village served in this way less what it costs without the
        village, everything else staying as it is. In a best plan no other way adds less than the
        way it chose.
    """

    alone: FloatArray
    added: FloatArray


def compare_ways(question: TechnologyQuestion, mix: Mix) -> Comparison:
    """Compare the ways of serving each wanted village.

    Parameters
    ----------
    question : TechnologyQuestion
    mix : Mix
        An answer to it.

    Returns
    -------
    Comparison
        Villages that are not wanted or have fibre today have infinite costs throughout.
    """
    ways = ways_alone(question)
    plan = _Laid(question, ways, mix)
    lit = plan.distances(mix.fibre_edges)
    added = np.full((len(mix.technology), len(Technology) - 1), np.inf)
    users = np.bincount(mix.site[mix.site >= 0], minlength=len(ways.site))
    for village in np.flatnonzero(question.wanted & ~ways.has_fibre):
        site = int(mix.site[village])
        branch = plan.own_branch(int(village), site if site >= 0 and users[site] == 1 else -1)
        distance = lit
        if len(branch):
            distance = plan.distances(np.setdiff1d(mix.fibre_edges, branch))
        is_shared = users > (np.arange(len(users)) == site)
        added[village] = (
            distance[question.network.villages[village]],
            _least_site(question, ways, int(village), is_shared, distance),
            ways.satellite[village],
        )
    added[~np.isfinite(np.column_stack([ways.fibre, ways.mobile, ways.satellite]))] = np.inf
    return Comparison(np.column_stack([ways.fibre, ways.mobile, ways.satellite]), added)


def _least_site(
    question: TechnologyQuestion,
    ways: Alone,
    village: int,
    is_shared: BoolArray,
    distance: FloatArray,
) -> float:
    covering = np.flatnonzero(ways.covers[:, village])
    feeds = question.sites.feeds[covering]
    feed = np.where(feeds < 0, 0.0, np.append(distance, np.inf)[feeds])
    costs = np.where(is_shared[covering], 0.0, question.sites.costs[covering] + feed)
    return float(costs.min(initial=np.inf))


class _Laid:
    """The cable of a plan as a forest, and the graph it lies in."""

    def __init__(self, question: TechnologyQuestion, ways: Alone, mix: Mix) -> None:
        network = question.network
        self._ways, self._network, self._feeds = ways, network, question.sites.feeds
        self._costs = np.repeat(question.fibre_costs, 2).astype(float)
        closed = ways.connection[~(question.wanted | ways.has_fibre)]
        self._costs[2 * closed] = self._costs[2 * closed + 1] = np.inf
        self._graph: Adjacency = adjacency(network.n_nodes, network.edges)
        by_fibre = (mix.technology == Technology.FIBRE) & ~ways.has_fibre
        feeds = self._feeds[mix.sites]
        self._needing = np.concatenate([network.villages[by_fibre], feeds[feeds >= 0]])
        self._by_fibre = by_fibre
        self._above = self._edges_above(mix.fibre_edges)
        self._loads = np.zeros(len(network.edges), np.int64)
        for node in self._needing:
            self._loads[self._way_up(int(node))] += 1

    def distances(self, edges: IntArray) -> FloatArray:
        """Return the cost of taking fibre to each node once some edges are laid, shape (n,)."""
        costs = self._costs.copy()
        costs[2 * edges] = costs[2 * edges + 1] = 0.0
        n = self._network.n_nodes
        distance = np.empty(n)
        nearest_sources(
            self._graph.start,
            self._graph.arcs,
            self._graph.head,
            costs,
            self._network.roots.astype(np.int64),
            np.zeros(len(self._network.roots)),
            np.inf,
            distance,
            np.empty(n, np.int64),
            np.empty(n, np.int64),
        )
        return distance

    def own_branch(self, village: int, site: int) -> IntArray:
        """Return the edges laid for one village only, or for a site that serves it only."""
        if self._by_fibre[village]:
            node = int(self._network.villages[village])
        elif site >= 0 and self._feeds[site] >= 0:
            node = int(self._feeds[site])
        else:
            return np.empty(0, np.int64)
        way: IntArray = np.array(self._way_up(node), np.int64)
        own: IntArray = way[self._loads[way] == 1]
        return own

    def _way_up(self, node: int) -> list[int]:
        way: list[int] = []
        while (arc := int(self._above[node])) >= 0:
            way.append(arc >> 1)
            node = int(self._graph.head[arc ^ 1])
        return way

    def _edges_above(self, edges: IntArray) -> IntArray:
        """Return the arc by which each node of the forest is fed; -1 elsewhere."""
        n = self._network.n_nodes
        costs = np.full(len(self._costs), np.inf)
        costs[2 * edges] = costs[2 * edges + 1] = 1.0
        above = np.empty(n, np.int64)
        nearest_sources(
            self._graph.start,
            self._graph.arcs,
            self._graph.head,
            costs,
            self._network.roots.astype(np.int64),
            np.zeros(len(self._network.roots)),
            np.inf,
            np.empty(n),
            above,
            np.empty(n, np.int64),
        )
        return above

"""The technology question as a Steiner problem: every way to serve a village is an edge.

A new root *z* stands for "served without new fibre". A satellite terminal is an edge from *z* to
the village, a mast an edge from *z* (microwave) or from a junction (fibre) to a node of the site,
from which edges of no cost lead to the villages it covers. A village must not pass service on: who
has a terminal or a signal cannot feed a cable with it. Every edge at a village therefore carries a
toll *M*, dearer than any one way of serving any one village. A village that ends a branch pays it
once, which is a constant; one that passes service on pays twice, and serving what hangs on it in
another way is then cheaper. The proof is in ``docs/explanation/technology.md``.

With a budget or side conditions the number of villages is not fixed, and neither is the number of
tolls. Each village then gets a second node, to be joined in any case: through the village, for one
toll more, or from *z* unserved for two. So each pays two tolls whether it is served or not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final

import numpy as np

from planning.columns import BoolArray, FloatArray, IntArray
from planning.network import Network
from planning.optimise.adjacency import adjacency
from planning.optimise.problem import Problem
from planning.optimise.shortest_paths import nearest_sources
from planning.optimise.technology_question import TechnologyQuestion

_MARGIN: Final = 1.001
"""The toll is above what it must exceed by this factor, so that rounding cannot decide."""


class EdgeKind(IntEnum):
    """What an edge of the augmented graph stands for."""

    FIBRE = 0
    FEED = 1
    COVER = 2
    SATELLITE = 3
    SERVED = 4
    UNSERVED = 5


@dataclass(frozen=True, slots=True, eq=False)
class Alone:
    """What each way of serving costs if it shares nothing; infinite where it is not open.

    Attributes
    ----------
    connection : ndarray of int, shape (v,)
        The one edge of each village.
    junction : ndarray of int, shape (v,)
        Its other end.
    has_fibre : ndarray of bool, shape (v,)
        Villages that are roots: served from the beginning.
    distance : ndarray of float, shape (n,)
        Cost of the cheapest fibre from a root to each node.
    into : ndarray of int, shape (n,)
        Arc of the network by which it arrives (edge ``into >> 1``); -1 at roots.
    fibre : ndarray of float, shape (v,)
    site : ndarray of float, shape (s,)
    satellite : ndarray of float, shape (v,)
    covers : ndarray of bool, shape (s, v)
        Villages a site may serve that are wanted, if it is open.
    """

    connection: IntArray
    junction: IntArray
    has_fibre: BoolArray
    distance: FloatArray
    into: IntArray
    fibre: FloatArray
    site: FloatArray
    satellite: FloatArray
    covers: BoolArray

    @property
    def mobile(self) -> FloatArray:
        """Cheapest site of each village, shape (v,)."""
        if not len(self.site):
            return np.full(len(self.fibre), np.inf)
        cheapest: FloatArray = np.where(self.covers, self.site[:, None], np.inf).min(axis=0)
        return cheapest

    @property
    def cheapest(self) -> FloatArray:
        """Cheapest way of each village, shape (v,)."""
        return np.minimum(np.minimum(self.fibre, self.mobile), self.satellite)


@dataclass(frozen=True, slots=True, eq=False)
class Augmented:
    """A technology question as a Steiner problem.

    Attributes
    ----------
    problem : Problem
    kind : ndarray of int, shape (e,)
        :class:`EdgeKind` of each of its edges.
    of : ndarray of int, shape (e,)
        What it stands for: an edge of the network, a site, or a village.
    toll : float
    tolls : float
        What a plan for ``least`` villages pays in tolls; to be taken off its cost and bound.
    alone : Alone
    """

    problem: Problem
    kind: IntArray
    of: IntArray
    toll: float
    tolls: float
    alone: Alone


def ways_alone(question: TechnologyQuestion) -> Alone:
    """Measure every way of serving each village by itself."""
    network, sites = question.network, question.sites
    connection, junction = _connections(network)
    has_fibre = np.isin(network.villages, network.roots)
    closed = np.full(len(network.edges), False)
    closed[connection[~(question.wanted | has_fibre)]] = True
    costs = np.where(closed, np.inf, question.fibre_costs)
    distance, into = _cheapest_fibre(network, costs)
    open_to = question.wanted & ~has_fibre
    fibre = np.where(open_to, distance[network.villages], np.inf)
    feed = np.where(sites.feeds < 0, 0.0, np.append(distance, np.inf)[sites.feeds])
    site = sites.costs + feed
    return Alone(
        connection=connection,
        junction=junction,
        has_fibre=has_fibre,
        distance=distance,
        into=into,
        fibre=fibre,
        site=site,
        satellite=np.where(open_to, question.satellite_costs, np.inf),
        covers=sites.covers & open_to & np.isfinite(site)[:, None],
    )


def augment(question: TechnologyQuestion) -> Augmented:
    """Build the Steiner problem.

    Parameters
    ----------
    question : TechnologyQuestion

    Returns
    -------
    Augmented
    """
    network, alone = question.network, ways_alone(question)
    n, n_sites, villages = network.n_nodes, len(question.sites.costs), network.villages
    zenith = n + n_sites
    toll = _toll(alone)
    at_village = np.zeros(len(network.edges), bool)
    at_village[alone.connection[~alone.has_fibre]] = True
    is_open = np.isfinite(question.fibre_costs) & ~at_village
    is_open[alone.connection[np.isfinite(alone.fibre)]] = True
    fibre = np.flatnonzero(is_open)
    used = np.flatnonzero(alone.covers.any(axis=1))
    site, covered = np.nonzero(alone.covers)
    satellite = np.flatnonzero(np.isfinite(alone.satellite))
    feeds = question.sites.feeds[used]
    blocks = [
        (EdgeKind.FIBRE, fibre, network.edges[fibre],
         question.fibre_costs[fibre] + toll * at_village[fibre]),
        (EdgeKind.FEED, used, np.column_stack([np.where(feeds < 0, zenith, feeds), n + used]),
         question.sites.costs[used]),
        (EdgeKind.COVER, site, np.column_stack([n + site, villages[covered]]),
         np.full(len(site), toll)),
        (EdgeKind.SATELLITE, satellite,
         np.column_stack([np.full(len(satellite), zenith), villages[satellite]]),
         alone.satellite[satellite] + toll),
    ]  # fmt: skip
    is_free = question.budget is not None or bool(question.conditions)
    marked = np.flatnonzero(np.isfinite(alone.cheapest)) if is_free else np.empty(0, np.int64)
    mark = zenith + 1 + np.arange(len(marked))
    blocks += [
        (EdgeKind.SERVED, marked, np.column_stack([villages[marked], mark]),
         np.full(len(marked), toll)),
        (EdgeKind.UNSERVED, marked, np.column_stack([np.full(len(marked), zenith), mark]),
         np.full(len(marked), 2 * toll)),
    ]  # fmt: skip
    wanted = np.flatnonzero(question.wanted)
    given = int(np.count_nonzero(alone.has_fibre[wanted]))
    tolls = toll * (2 * len(marked) if is_free else max(question.least - given, 0))
    prizes = np.ones(len(villages)) if question.prizes is None else question.prizes
    problem = Problem(
        n_nodes=zenith + 1 + len(marked),
        edges=np.concatenate([ends for _, _, ends, _ in blocks]).astype(np.int64),
        costs=np.concatenate([costs for *_, costs in blocks]),
        roots=np.unique(np.append(network.roots, zenith)).astype(np.int64),
        terminals=villages[wanted],
        quota=question.least,
        prizes=prizes[wanted].astype(float),
        budget=None if question.budget is None else question.budget + tolls,
        locked=mark,
        forbidden=np.empty(0, np.int64),
        conditions=tuple(
            replace(condition, coefficients=condition.coefficients[wanted])
            for condition in question.conditions
        ),
    )
    return Augmented(
        problem=problem,
        kind=np.concatenate([np.full(len(of), kind, np.int64) for kind, of, _, _ in blocks]),
        of=np.concatenate([of for _, of, _, _ in blocks]).astype(np.int64),
        toll=toll,
        tolls=tolls,
        alone=alone,
    )


def _toll(alone: Alone) -> float:
    """Return a toll above every single way of serving any one village."""
    ways = np.concatenate([alone.fibre, alone.site[alone.covers.any(axis=1)], alone.satellite])
    dearest = float(ways[np.isfinite(ways)].max(initial=0.0))
    return dearest * _MARGIN if dearest > 0 else 1.0


def _connections(network: Network) -> tuple[IntArray, IntArray]:
    which = np.full(network.n_nodes, -1, np.int64)
    which[network.edges.ravel()] = np.repeat(np.arange(len(network.edges)), 2)
    connection = which[network.villages]
    ends = network.edges[connection]
    junction = np.where(ends[:, 0] == network.villages, ends[:, 1], ends[:, 0])
    return connection, junction


def _cheapest_fibre(network: Network, costs: FloatArray) -> tuple[FloatArray, IntArray]:
    graph = adjacency(network.n_nodes, network.edges)
    distance = np.empty(network.n_nodes)
    into = np.empty(network.n_nodes, np.int64)
    nearest_sources(
        graph.start,
        graph.arcs,
        graph.head,
        np.repeat(costs, 2).astype(float),
        network.roots.astype(np.int64),
        np.zeros(len(network.roots)),
        np.inf,
        distance,
        into,
        np.empty(network.n_nodes, np.int64),
    )
    return distance, into

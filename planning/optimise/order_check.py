"""Whether an order of building keeps its rules: written apart from what finds it.

Reads the question and the answer only. The trees are followed inwards from the villages, the sums
are made again, and nothing of the search is used.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from planning.columns import BoolArray, FloatArray, IntArray
from planning.errors import PlanningError
from planning.optimise.build_calendar import BuildCalendar
from planning.optimise.build_forest import BuildQuestion
from planning.optimise.wave_table import Waves
from planning.optimise.waves import BuildOrder

_SLACK_KM: Final = 1e-4
"""Ten centimetres: what rounding may add up to."""


def check_order(order: BuildOrder, question: BuildQuestion, calendar: BuildCalendar) -> None:
    """Check an order of building against its question.

    Parameters
    ----------
    order : BuildOrder
    question : BuildQuestion
    calendar : BuildCalendar

    Raises
    ------
    PlanningError
        Naming the first rule that is broken: ``capacity``, ``amount``, ``trunk``, ``done``,
        ``wait``, ``decided``, ``sums``, ``bound``.
    """
    upper = _edge_before(question)
    for waves in (order.waves, order.baseline):
        _check_waves(waves, question, calendar, upper)
    if question.decided_by is not None:
        due = question.decided_by >= 0
        done = np.where(order.waves.village_done < 0, np.inf, order.waves.village_done)
        _require(np.all(done[due] <= question.decided_by[due]), "decided")
    value = order.waves.people_months
    slack = 1e-6 * max(1.0, value)
    _require(value <= order.bound + slack, "bound")
    _require(not order.proven or order.bound - value <= order.gap * order.bound + slack, "bound")
    no_decision = question.decided_by is None or bool(np.all(question.decided_by < 0))
    if order.proven and no_decision:
        allowed = order.gap * order.bound + slack
        _require(order.baseline.people_months <= value + allowed, "bound")


def _check_waves(
    waves: Waves, question: BuildQuestion, calendar: BuildCalendar, upper: IntArray
) -> None:
    q = len(calendar.quarters)
    edge_need, install_need = question.edge_work_km, question.install_work_km
    edge_until = np.cumsum(waves.edge_work_km, axis=1)
    install_until = np.cumsum(waves.install_work_km, axis=1)
    spent = waves.edge_work_km.sum(axis=0) + waves.install_work_km.sum(axis=0)
    _require(np.all(spent <= calendar.capacity_km + _SLACK_KM), "capacity")
    _require(np.all(waves.edge_work_km >= 0.0) and np.all(waves.install_work_km >= 0.0), "amount")
    _require(np.all(edge_until <= edge_need[:, None] + _SLACK_KM), "amount")
    _require(np.all(install_until <= install_need[:, None] + _SLACK_KM), "amount")
    edge_is_done = _by(waves.edge_done, q)
    _require(np.all(edge_until[edge_is_done] >= _need(edge_need, edge_is_done) - _SLACK_KM), "done")
    # What lies further from the root is begun only when what lies before it is done.
    outer = np.flatnonzero(upper >= 0)
    begun = (edge_until > _SLACK_KM) | edge_is_done
    _require(np.all(~begun[outer] | edge_is_done[upper[outer]]), "trunk")
    at = _edge_to(question)
    reached = np.ones((len(at), q), bool)
    reached[at >= 0] = edge_is_done[at[at >= 0]]
    connected = _by(waves.village_done, q)
    _require(np.all(~(connected | (install_until > _SLACK_KM)) | reached), "trunk")
    _require(np.all(install_until[connected] >= _need(install_need, connected) - _SLACK_KM), "done")
    if question.not_before is not None:
        _require(np.all(~connected | (np.arange(q) >= question.not_before[:, None])), "wait")
    _check_sums(waves, question, calendar, edge_until, connected)


def _check_sums(
    waves: Waves,
    question: BuildQuestion,
    calendar: BuildCalendar,
    edge_until: FloatArray,
    connected: BoolArray,
) -> None:
    people_months = 0.0
    for people, quarter in zip(question.people, waves.village_done, strict=True):
        if quarter >= 0:
            people_months += float(people) * float(calendar.months_left[quarter])
    near = np.allclose
    _require(near(people_months, waves.people_months, rtol=1e-9), "sums")
    _require(near(connected.sum(axis=0), waves.villages), "sums")
    _require(near((question.people[:, None] * connected).sum(axis=0), waves.people), "sums")
    need = question.edge_work_km
    has_work = need > 0.0
    share = _by(waves.edge_done, len(calendar.quarters)).astype(np.float64)
    share[has_work] = edge_until[has_work] / need[has_work, None]
    km = (question.lengths_m[:, None] / 1000.0 * share).sum(axis=0)
    _require(near(km, waves.cable_km, atol=_SLACK_KM), "sums")


def _by(done: IntArray, n_quarters: int) -> BoolArray:
    """Return whether each is done by the end of each quarter, shape (n, q)."""
    return np.asarray((done[:, None] >= 0) & (done[:, None] <= np.arange(n_quarters)))


def _need(need: FloatArray, is_done: BoolArray) -> FloatArray:
    return np.broadcast_to(need[:, None], is_done.shape)[is_done]


def _edge_to(question: BuildQuestion) -> IntArray:
    """Return the edge by which each village is reached, -1 at a root, shape (v,)."""
    reached = np.full(question.n_nodes, -1, np.int64)
    inner = _inner_ends(question)
    edges = np.arange(len(question.edges))
    reached[np.where(inner == 0, question.edges[:, 1], question.edges[:, 0])] = edges
    return np.asarray(reached[question.villages])


def _edge_before(question: BuildQuestion) -> IntArray:
    """Return the edge that lies before each on the way from the root, -1 for none, shape (m,)."""
    inner = _inner_ends(question)
    edges = np.arange(len(question.edges))
    reached = np.full(question.n_nodes, -1, np.int64)
    reached[question.edges[edges, 1 - inner]] = edges
    return np.asarray(reached[question.edges[edges, inner]])


def _inner_ends(question: BuildQuestion) -> IntArray:
    """Return which end (0 or 1) of each edge is the nearer to its root, by peeling off leaves."""
    is_root = np.zeros(question.n_nodes, bool)
    is_root[question.roots] = True
    ends = question.edges
    beside: list[list[int]] = [[] for _ in range(question.n_nodes)]
    for edge, (a, b) in enumerate(ends.tolist()):
        beside[a].append(edge)
        beside[b].append(edge)
    inner = np.full(len(ends), -1, np.int64)
    degree = [len(near) for near in beside]
    leaves = [i for i, d in enumerate(degree) if d == 1 and not is_root[i]]
    while leaves:
        node = leaves.pop()
        for edge in beside[node]:
            if inner[edge] < 0:
                inner[edge] = 1 if ends[edge, 0] == node else 0
                other = int(ends[edge, inner[edge]])
                degree[other] -= 1
                if degree[other] == 1 and not is_root[other]:
                    leaves.append(other)
    _require(np.all(inner >= 0), "trunk")  # a cycle, or a tree without a root
    return inner


def _require(is_kept: bool | np.bool_, rule: str) -> None:
    if not is_kept:
        raise PlanningError("error-order-broken", rule=rule)

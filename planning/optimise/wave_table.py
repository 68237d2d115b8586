"""An order of building by quarter: when each edge and village is done, and what is reached."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planning.columns import FloatArray, IntArray
from planning.optimise.build_calendar import BuildCalendar
from planning.optimise.build_forest import Branches, BuildQuestion
from planning.optimise.pouring import NEGLIGIBLE_KM


@dataclass(frozen=True, slots=True, eq=False)
class Waves:
    """What is built when. Quarters count from 0; -1 stands for "not before the deadline".

    Attributes
    ----------
    edge_start, edge_done : ndarray of int, shape (m,)
        Quarter in which the first and the last metre of each edge is built.
    village_start : ndarray of int, shape (v,)
        Quarter in which work for this village alone, or with those beyond it, begins: that on the
        branch that ends at it.
    village_done : ndarray of int, shape (v,)
        Quarter in which each village is connected.
    edge_work_km : ndarray of float, shape (m, q)
        Work on each edge in each quarter, in kilometres of plain ground.
    install_work_km : ndarray of float, shape (v, q)
        Work at each village itself, likewise.
    villages, people, cable_km : ndarray of float, shape (q,)
        Connected, and cable built, by the end of each quarter.
    people_months : float
        Sum over the villages of people times months from the end of their quarter to the horizon.
    """

    edge_start: IntArray
    edge_done: IntArray
    village_start: IntArray
    village_done: IntArray
    edge_work_km: FloatArray
    install_work_km: FloatArray
    villages: FloatArray
    people: FloatArray
    cable_km: FloatArray
    people_months: float

    @property
    def unfinished(self) -> IntArray:
        """Villages, by place in the question, that are not connected before the deadline."""
        return np.flatnonzero(self.village_done < 0)


def waves_of(
    question: BuildQuestion,
    calendar: BuildCalendar,
    branches: Branches,
    work_km: FloatArray,
    done: IntArray,
) -> Waves:
    """Spread the work on branches along their edges, the near end first.

    Parameters
    ----------
    question : BuildQuestion
    calendar : BuildCalendar
    branches : Branches
    work_km : ndarray of float, shape (b, q)
    done : ndarray of int, shape (b,)

    Returns
    -------
    Waves
    """
    q = len(calendar.quarters)
    until = np.cumsum(work_km, axis=1)
    edge_work = question.edge_work_km
    edge_until = _part(until[branches.of_edge], branches.before_edge_km, edge_work)
    install = question.install_work_km
    install_until = _part(until[branches.of_village], branches.before_village_km, install)
    open_from = _open_from(branches, done, q)
    # An edge without work is built when what lies before it on the branch is.
    reach = branches.before_edge_km + edge_work
    edge_done = _first(until[branches.of_edge] >= reach[:, None] - NEGLIGIBLE_KM)
    edge_done = np.maximum(edge_done, open_from[branches.of_edge])
    ends = done[branches.of_edge] >= 0
    edge_done[ends] = np.minimum(edge_done[ends], done[branches.of_edge[ends]])
    begun = _first(edge_until > NEGLIGIBLE_KM)
    edge_start = np.minimum(begun, edge_done)
    village_done = done[branches.of_village]
    village_begun = _first(until[branches.of_village] > NEGLIGIBLE_KM)
    village_start = np.where(
        village_done >= 0, np.minimum(village_begun, village_done), village_begun
    )
    by = np.arange(q)
    is_connected = (village_done[:, None] >= 0) & (village_done[:, None] <= by[None, :])
    share = np.divide(
        edge_until,
        edge_work[:, None],
        out=(edge_done[:, None] <= by[None, :]).astype(np.float64),
        where=edge_work[:, None] > 0.0,
    )
    months = np.append(calendar.months_left, 0.0)
    return Waves(
        edge_start=_or_never(edge_start, q),
        edge_done=_or_never(edge_done, q),
        village_start=_or_never(village_start, q),
        village_done=village_done,
        edge_work_km=np.diff(edge_until, axis=1, prepend=0.0),
        install_work_km=np.diff(install_until, axis=1, prepend=0.0),
        villages=is_connected.sum(axis=0).astype(np.float64),
        people=np.asarray(question.people @ is_connected),
        cable_km=np.asarray((question.lengths_m / 1000.0) @ share),
        people_months=float(question.people @ months[village_done]),
    )


def _part(until_km: FloatArray, before_km: FloatArray, own_km: FloatArray) -> FloatArray:
    """Return what of the cumulative work on branches fell to a stretch of each."""
    part: FloatArray = np.clip(until_km - before_km[:, None], 0.0, own_km[:, None])
    return part


def _open_from(branches: Branches, done: IntArray, q: int) -> IntArray:
    """Return the first quarter in which each branch may be worked on, ``q`` for none."""
    has_trunk = branches.parent >= 0
    trunk_done = np.where(has_trunk, done[branches.parent], 0)
    return np.maximum(branches.earliest, np.where(trunk_done < 0, q, trunk_done))


def _first(is_so: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> IntArray:
    """Return the first true column of each row, the number of columns where there is none."""
    return np.where(is_so.any(axis=1), is_so.argmax(axis=1), is_so.shape[1])


def _or_never(quarter: IntArray, q: int) -> IntArray:
    return np.where(quarter >= q, -1, quarter)

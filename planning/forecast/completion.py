"""When a village is finished: the stages ahead of it, one after the other, in every weather."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from planning.columns import FloatArray, IntArray
from planning.forecast.durations import Duration
from planning.forecast.seasons import dry_days
from planning.forecast.shocks import Shocks, days_spent
from planning.forecast.standing import Standing, stages_after
from planning.forecast_assumptions import OF_CONTRACTOR, OUTDOORS, Assumption, Assumptions
from planning.vocabulary import Lane, WorkStatus

_MOST_STEPS: Final = 366
"""Days of the grid; over a longer time its steps are of several days."""


@dataclass(frozen=True, slots=True)
class Outset:
    """What decides when a village is finished, but for shocks: equal ones have one law.

    Attributes
    ----------
    standing : Standing
    lane : Lane
    not_before : date or None
        First day on which a plan lets building begin.
    """

    standing: Standing
    lane: Lane
    not_before: date | None = None


class Completion:
    """Laws of the day of completion, each worked out once.

    A stage that ends on a day lets the next begin on that day, and every stage takes at least
    until the next day of the grid.
    """

    def __init__(
        self,
        as_of: date,
        deadline: date,
        checkpoints: Sequence[date],
        assumptions: Assumptions,
        shocks: Shocks,
    ) -> None:
        """Lay out the days.

        Parameters
        ----------
        as_of, deadline : date
            In order.
        checkpoints : sequence of date
            Days for which laws are told, between the two.
        assumptions : Assumptions
        shocks : Shocks
        """
        self._as_of, self._assumptions, self._shocks = as_of, assumptions, shocks
        length = (deadline - as_of).days
        step = -(-length // _MOST_STEPS) or 1
        asked = [(day - as_of).days for day in checkpoints]
        self._days: IntArray = np.unique([*range(0, length + 1, step), length, *asked])
        self._told = np.searchsorted(self._days, asked)
        rainy = assumptions.base(Assumption.RAINY_PACE)
        lost = assumptions.base(Assumption.STORM_DAYS)
        self.dry = np.array(
            [dry_days(as_of, deadline, rainy, storms, lost)[self._days] for storms in shocks.storms]
        )
        self._stages: dict[tuple[Assumption, int, float], FloatArray] = {}
        self._laws: dict[Outset, FloatArray] = {}

    @property
    def dry_at_checkpoints(self) -> FloatArray:
        """Dry days until each checkpoint, by combination of storms."""
        return self.dry[:, self._told]

    def law(self, outset: Outset) -> FloatArray:
        """Return the probability that a village is finished by each checkpoint.

        Returns
        -------
        ndarray of float, shape (storms, nodes, 2, checkpoints)
            The last but one axis: its site as usual, or hit.
        """
        if outset not in self._laws:
            shocks = self._shocks
            site = self._assumptions.base(Assumption.SITE_FACTOR)
            self._laws[outset] = np.array(
                [
                    [
                        [self._finished(outset, storm, factor, slow) for slow in (1.0, site)]
                        for factor in shocks.factors
                    ]
                    for storm in range(len(shocks.storms))
                ]
            )
        return self._laws[outset]

    def _finished(self, outset: Outset, storm: int, factor: float, slow: float) -> FloatArray:
        standing = outset.standing
        chain = stages_after(standing.before, outset.lane)
        if standing.status is WorkStatus.SUSPENDED:
            chain = (Assumption.RESUME, *chain)
        mass = np.zeros(len(self._days))
        mass[0] = 1.0
        for place, stage in enumerate(chain):
            own = self._own_factor(stage, factor, slow)
            if place == 0 and standing.since is not None:
                mass = self._rest(stage, standing.since, storm, own)
                continue
            if stage is Assumption.BUILD and outset.not_before is not None:
                mass = self._held(mass, outset.not_before)
            mass = mass @ self._stage(stage, storm, own)
        return np.cumsum(mass)[self._told]

    def _own_factor(self, stage: Assumption, factor: float, slow: float) -> float:
        own = factor if stage in OF_CONTRACTOR else 1.0
        return own * slow if stage in OUTDOORS else own

    def _clock(self, stage: Assumption, storm: int) -> FloatArray:
        return self.dry[storm] if stage in OUTDOORS else self._days.astype(np.float64)

    def _stage(self, stage: Assumption, storm: int, factor: float) -> FloatArray:
        """Return the chances of ending on each day, for each day of beginning."""
        key = (stage, storm if stage in OUTDOORS else 0, factor)
        if key not in self._stages:
            law = Duration.through(self._assumptions[stage]).times(factor)
            clock = self._clock(stage, storm)
            done = law.done_by(clock[None, :] - clock[:, None])
            self._stages[key] = np.diff(np.triu(done, 1), axis=1, prepend=0.0)
        return self._stages[key]

    def _rest(self, stage: Assumption, since: date, storm: int, factor: float) -> FloatArray:
        """Return the chances of ending on each day of a stage that is under way."""
        law = Duration.through(self._assumptions[stage]).times(factor)
        elapsed = days_spent(stage, since, self._as_of, self._assumptions)
        return np.diff(law.done_by_after(elapsed, self._clock(stage, storm)), prepend=0.0)

    def _held(self, mass: FloatArray, not_before: date) -> FloatArray:
        first = int(np.searchsorted(self._days, (not_before - self._as_of).days))
        if first >= len(mass):
            return np.zeros_like(mass)
        held = mass.copy()
        held[: first + 1] = 0.0
        held[first] = mass[: first + 1].sum()
        return held

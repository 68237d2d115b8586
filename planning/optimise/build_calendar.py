"""What crews can build in each quarter: the calendar the order of building is fitted into.

A quarter's capacity is crews x kilometres a crew builds in a dry quarter x the season's factor x
the share of the quarter's days between start and deadline. The kilometres are those of plain
ground; harder ground takes more of them (see :mod:`planning.optimise.build_forest`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from planning.columns import FloatArray

DEFAULT_CREWS: Final = 4
"""Assumed; nobody has published how many crews work in the province."""
DEFAULT_KM_PER_CREW: Final = 20.0
"""Assumed: 65 working days at 0.3 km a day, poles set by hand on slopes. No published figure for
the northern mountains was found: put the contractor's own in its place."""
DEFAULT_RAINY_FACTOR: Final = 0.6
"""Assumed: of ten days of the rainy months four are lost to rain, floods and slides."""
RAINY_SHARE: Final = (0.0, 5 / 6, 1.0, 1 / 3)
"""Of each quarter: rains last from April or May (April counts half) to October."""


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a year, 1 to 4."""

    year: int
    number: int

    @property
    def first_day(self) -> date:
        """The day it begins."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def following(self) -> Quarter:
        """The quarter after it."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast crews build.

    Attributes
    ----------
    crews : int
    km_per_crew : float
        Kilometres of plain ground one crew builds in a dry quarter.
    season : tuple of 4 floats
        What of it is left in each quarter of the year, the first being January to March.
    """

    crews: int = DEFAULT_CREWS
    km_per_crew: float = DEFAULT_KM_PER_CREW
    season: tuple[float, float, float, float] = (
        1.0,
        1.0 - (1.0 - DEFAULT_RAINY_FACTOR) * RAINY_SHARE[1],
        1.0 - (1.0 - DEFAULT_RAINY_FACTOR) * RAINY_SHARE[2],
        1.0 - (1.0 - DEFAULT_RAINY_FACTOR) * RAINY_SHARE[3],
    )

    def __post_init__(self) -> None:
        figures = (self.crews, self.km_per_crew, *self.season)
        if not all(np.isfinite(figure) and figure >= 0.0 for figure in figures):
            raise ValueError(f"a pace is finite and not negative: {self}")


@dataclass(frozen=True, slots=True, eq=False)
class BuildCalendar:
    """The quarters from the start of building to its deadline.

    Attributes
    ----------
    quarters : tuple of Quarter, length q
    capacity_km : ndarray of float, shape (q,)
        Kilometres of plain ground that can be built in each.
    months_left : ndarray of float, shape (q,)
        From the end of each quarter (of the last one: from the deadline) to the horizon. What a
        village connected in that quarter counts a person.
    start, deadline, horizon : date
        First and last day of building, and the last day that is counted.
    """

    quarters: tuple[Quarter, ...]
    capacity_km: FloatArray
    months_left: FloatArray
    start: date
    deadline: date
    horizon: date

    def place_of(self, day: date) -> int:
        """Return which quarter a day falls into: 0 the first, at most ``len(quarters)``.

        A day before the start falls into the first, one after the deadline into none of them.
        """
        if day > self.deadline:
            return len(self.quarters)
        quarter = Quarter(day.year, (day.month + 2) // 3)
        return sum(other < quarter for other in self.quarters)


def build_calendar(
    start: date, deadline: date, pace: Pace | None = None, *, horizon: date | None = None
) -> BuildCalendar:
    """Lay out the quarters from ``start`` to ``deadline``.

    Parameters
    ----------
    start, deadline : date
        First and last day of building.
    pace : Pace, optional
    horizon : date, optional
        Last day people-months are counted to, not before the deadline. By default a year
        after it, so that what is done in the last quarter counts as well.

    Returns
    -------
    BuildCalendar

    Raises
    ------
    ValueError
        If the deadline lies before the start or the horizon before the deadline.
    """
    pace = pace or Pace()
    until = horizon or _a_year_after(deadline)
    if not start <= deadline <= until:
        raise ValueError(f"start, deadline and horizon are in order: {start}, {deadline}, {until}")
    quarters = [Quarter(start.year, (start.month + 2) // 3)]
    while quarters[-1].following.first_day <= deadline:
        quarters.append(quarters[-1].following)
    the_day_after = deadline + timedelta(days=1)
    begins = [max(start, quarter.first_day) for quarter in quarters]
    ends = [min(the_day_after, quarter.following.first_day) for quarter in quarters]
    capacity = [
        pace.crews
        * pace.km_per_crew
        * pace.season[quarter.number - 1]
        * ((end - begin).days / (quarter.following.first_day - quarter.first_day).days)
        for quarter, begin, end in zip(quarters, begins, ends, strict=True)
    ]
    stop = _months(until + timedelta(days=1))
    return BuildCalendar(
        tuple(quarters),
        np.array(capacity),
        np.array([stop - _months(end) for end in ends]),
        start,
        deadline,
        until,
    )


def _a_year_after(day: date) -> date:
    """Return the same day a year later; 28 February for the 29th."""
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _months(day: date) -> float:
    """Return how many months lie before the morning of a day; whole on the first of a month."""
    first = day.replace(day=1)
    in_month = (_first_of_next(first) - first).days
    return 12 * day.year + day.month - 1 + (day.day - 1) / in_month


def _first_of_next(first: date) -> date:
    """Return the first day of the month after the one that begins on ``first``."""
    return (first + timedelta(days=31)).replace(day=1)

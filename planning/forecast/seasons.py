"""How much can be done outdoors by when: rain slows work, a storm stops it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from planning.columns import FloatArray

RAINY_SHARE: Final = {4: 0.5, 5: 1.0, 6: 1.0, 7: 1.0, 8: 1.0, 9: 1.0, 10: 1.0}
"""Of each month; rains last from April or May (April counts half) to October (docs: facts)."""
STORM_MONTHS: Final = (7, 10)
"""First and last month in which a storm like Yagi (September 2024) may come; assumed."""


@dataclass(frozen=True, slots=True)
class StormSeason:
    """The part of a year's storm season that lies ahead.

    Attributes
    ----------
    strikes_on : date
        The middle of that part: when its storm comes, if it does.
    share : float
        Of the whole season, 0 to 1.
    """

    strikes_on: date
    share: float


def storm_seasons(as_of: date, deadline: date, most: int = 3) -> tuple[StormSeason, ...]:
    """Return the storm seasons after ``as_of`` and up to ``deadline``, the first few."""
    seasons = []
    for year in range(as_of.year, deadline.year + 1):
        first = date(year, STORM_MONTHS[0], 1)
        after = date(year, STORM_MONTHS[1] + 1, 1)
        begins = max(first, as_of + timedelta(days=1))
        ends = min(after, deadline + timedelta(days=1))
        if begins < ends:
            left = (ends - begins).days
            middle = begins + timedelta(days=left // 2)
            seasons.append(StormSeason(middle, left / (after - first).days))
    return tuple(seasons[:most])


def dry_days(
    first: date,
    last: date,
    rainy_pace: float,
    storms: tuple[date, ...] = (),
    storm_days: float = 0.0,
) -> FloatArray:
    """Return how many dry days' work is done from the end of ``first`` to the end of each day.

    Parameters
    ----------
    first, last : date
    rainy_pace : float
        Work of a rainy day over that of a dry one.
    storms : tuple of date
        Days from which work stops.
    storm_days : float
        For how long.

    Returns
    -------
    ndarray of float, shape (days from ``first`` to ``last`` + 1,)
        The first value is 0.
    """
    count = max((last - first).days, 0)
    days = [first + timedelta(days=n) for n in range(1, count + 1)]
    pace = np.array([1.0 - (1.0 - rainy_pace) * RAINY_SHARE.get(day.month, 0.0) for day in days])
    for storm in storms:
        since = np.array([(day - storm).days for day in days], dtype=np.float64)
        # Of the day on which the standstill ends a part may be left.
        lost = np.where(since >= 0, np.clip(storm_days - since, 0.0, 1.0), 0.0)
        pace = pace * (1.0 - lost)
    return np.concatenate([[0.0], np.cumsum(pace)])

"""Assumptions and workloads of tests."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from planning.forecast.outlook import Outlook, Workload
from planning.forecast.standing import Standing
from planning.forecast_assumptions import Assumed, Assumption, Assumptions
from planning.vocabulary import Lane, WorkStatus

A = Assumption
DRY, AFTER = date(2024, 11, 1), date(2025, 1, 30)
"""Ninety days without rain or storm."""

BOOK = Assumptions(
    {
        A.SURVEY: Assumed(10, 30, 90),
        A.FUND_BY_FUND: Assumed(45, 120, 270),
        A.FUND_BY_OPERATOR: Assumed(20, 60, 180),
        A.POWER: Assumed(120, 300, 900),
        A.MOBILISE: Assumed(7, 21, 60),
        A.BUILD: Assumed(15, 45, 120),
        A.ACCEPT: Assumed(7, 21, 60),
        A.RESUME: Assumed(30, 90, 365),
        A.RAINY_PACE: Assumed(0.4, 0.6, 0.8),
        A.STORM_CHANCE: Assumed(0.05, 0.15, 0.3),
        A.STORM_DAYS: Assumed(20, 45, 90),
        A.SITE_CHANCE: Assumed(0.05, 0.1, 0.2),
        A.SITE_FACTOR: Assumed(1.5, 2, 3),
        A.CONTRACTOR_SPREAD: Assumed(0.15, 0.25, 0.4),
        A.CREWS: Assumed(2, 4, 8),
        A.VILLAGES_PER_CREW: Assumed(2, 4, 8),
    }
)
CALM = BOOK.with_base(
    storm_chance=0.0, site_chance=0.0, contractor_spread=0.0, crews=1000.0, rainy_pace=1.0
)
"""No shocks, no rain, crews without limit: villages are independent."""


def work(
    *statuses: WorkStatus,
    since: date | None = None,
    lane: Lane = Lane.FUND,
    **changes: Any,
) -> Workload:
    """Return a workload of villages with these statuses, each of its own commune."""
    count = len(statuses)
    parts: dict[str, Any] = {
        "village_ids": tuple(f"V{n}" for n in range(1, count + 1)),
        "is_done": np.zeros(count, dtype=bool),
        "standings": tuple(Standing(status, since, status) for status in statuses),
        "lanes": (lane,) * count,
        "contractors": ("one",) * count,
        "sites": tuple(f"C{n}" for n in range(1, count + 1)),
        "not_before": (None,) * count,
    }
    return Workload(**(parts | changes))


def outlook(
    workload: Workload,
    required: int,
    book: Assumptions = CALM,
    as_of: date = DRY,
    deadline: date = AFTER,
) -> Outlook:
    """Return the outlook of a workload over dry days."""
    return Outlook(workload, book, as_of, deadline, required)

"""Which day it is in the office: at six in the morning it is not yet UTC's."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Final

OFFICE: Final = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""Vietnam's time; it has no summer time."""


def office_day(now: datetime) -> date:
    """Return the day of a moment (with time zone) in the office."""
    return now.astimezone(OFFICE).date()

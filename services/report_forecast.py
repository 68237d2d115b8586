"""What a report says of the forecasts: two numbers and a range a target."""

from __future__ import annotations

from datetime import date

from services.forecast import Forecast, forecast
from services.province import Province
from services.report_values import TargetForecast


def forecasts_of(province: Province, as_of: date) -> tuple[TargetForecast, ...]:
    """Return the forecast of every target that has one at a day."""
    found = (forecast(province, one, as_of, with_remedies=False) for one in province.targets)
    return tuple(told for told in map(_told, found) if told is not None)


def _told(found: Forecast) -> TargetForecast | None:
    if found.met is None or found.low is None or found.middle is None or found.high is None:
        return None
    return TargetForecast(
        found.target.target_id, found.middle, found.low, found.high, float(found.met)
    )

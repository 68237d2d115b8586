"""The naive forecast: what was done a day so far goes on; shown beside ours, never used."""

from __future__ import annotations

from scipy.special import gammainc


def pace_forecast(achieved: int, required: int, days_gone: int, days_left: int) -> float:
    """Return the probability of a target if villages go on coming at the pace so far.

    The rest then follows a Poisson law of mean ``achieved / days_gone * days_left``.

    Parameters
    ----------
    achieved, required : int
    days_gone, days_left : int
        Since the target's day and to its deadline.
    """
    missing = required - achieved
    if missing <= 0:
        return 1.0
    if days_gone <= 0 or days_left <= 0 or achieved <= 0:
        return 0.0
    return float(gammainc(missing, achieved / days_gone * days_left))

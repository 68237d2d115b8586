"""What a thing costs over its life, in the money of the day it is built.

::

    C = capex + sum over t = 1 .. T of opex / (1 + r)^t
              + sum over k = 1, 2 .. with k * L < T of renewal / (1 + r)^(k * L)

``r`` is the discount rate, ``T`` the horizon in years, ``L`` the years a part lasts. This is the
net present cost of engineering economics (costs at the end of each year, no revenue, no residual
value); the sum of the first row is the annuity factor (1 - (1 + r)^-T) / r. The Connectivity
Planning Platform guide (``docs/models.md`` of github.com/FNS-Division/cpp-user-guide) discounts
with the same factor, but spreads renewals evenly over the years and counts one at the very end of
the horizon; here a renewal is paid when it falls due, and none for a thing that is given up then.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from planning.costs import Cost, CostBook


class Measure(StrEnum):
    """What costs are added up: what is paid to build, or everything over the horizon."""

    CAPEX = "capex"
    LIFETIME = "lifetime"


@dataclass(frozen=True, slots=True)
class Renewal:
    """A part that is bought again: ``price`` every ``years`` years."""

    price: float
    years: float


@dataclass(frozen=True, slots=True)
class Clock:
    """The two settings that time costs: rate per year (0.05 is 5 %) and horizon in years."""

    rate: float
    horizon: float


def clock_of(book: CostBook) -> Clock:
    """Return the discount rate and the horizon of a cost book."""
    return Clock(book.value(Cost.DISCOUNT_RATE), book.value(Cost.HORIZON))


def annuity_factor(clock: Clock) -> float:
    """Return the present value of 1 paid at the end of every full year of the horizon."""
    years = math.floor(clock.horizon)
    if clock.rate == 0:
        return float(years)
    return (1.0 - (1.0 + clock.rate) ** -years) / clock.rate


def renewal_factor(clock: Clock, years: float) -> float:
    """Return the present value of 1 paid every ``years`` years, before the horizon's end."""
    # A whole multiple must not fall short of the horizon by rounding.
    times = math.ceil(clock.horizon / years - 1e-9) - 1
    return math.fsum((1.0 + clock.rate) ** -(years * k) for k in range(1, times + 1))


def cost_over_life(
    capex: float,
    opex_per_year: float,
    renewals: tuple[Renewal, ...],
    clock: Clock,
    measure: Measure = Measure.LIFETIME,
) -> float:
    """Return the cost of a thing by the formula at the top, or its CAPEX alone.

    Parameters
    ----------
    capex, opex_per_year : float
        In one currency, as are the prices of the renewals; so is the result.
    renewals : tuple of Renewal
    clock : Clock
    measure : Measure

    Returns
    -------
    float
    """
    if measure is Measure.CAPEX:
        return capex
    return (
        capex
        + opex_per_year * annuity_factor(clock)
        + math.fsum(part.price * renewal_factor(clock, part.years) for part in renewals)
    )

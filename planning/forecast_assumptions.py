"""What a forecast assumes: how long stages take, how shocks strike, what crews can do.

None of it is a published figure. The values are the product's own assumptions, kept in one table
that an office replaces by its own experience (``data/forecast.toml``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Assumption(StrEnum):
    """A parameter of a forecast."""

    SURVEY = "survey"
    FUND_BY_FUND = "fund_by_fund"
    FUND_BY_OPERATOR = "fund_by_operator"
    POWER = "power"
    MOBILISE = "mobilise"
    BUILD = "build"
    ACCEPT = "accept"
    RESUME = "resume"
    RAINY_PACE = "rainy_pace"
    STORM_CHANCE = "storm_chance"
    STORM_DAYS = "storm_days"
    SITE_CHANCE = "site_chance"
    SITE_FACTOR = "site_factor"
    CONTRACTOR_SPREAD = "contractor_spread"
    CREWS = "crews"
    VILLAGES_PER_CREW = "villages_per_crew_quarter"


class Basis(StrEnum):
    """How a value is known."""

    SOURCED = "sourced"
    DERIVED = "derived"
    ASSUMPTION = "assumption"


DURATIONS: Final = (
    Assumption.SURVEY,
    Assumption.FUND_BY_FUND,
    Assumption.FUND_BY_OPERATOR,
    Assumption.POWER,
    Assumption.MOBILISE,
    Assumption.BUILD,
    Assumption.ACCEPT,
    Assumption.RESUME,
)
"""Days; one time in ten shorter than ``low``, half the time than ``base``, nine in ten than
``high``."""

OUTDOORS: Final = frozenset({Assumption.SURVEY, Assumption.MOBILISE, Assumption.BUILD})
"""Stages that rain slows and a storm stops; their days are dry ones."""

OF_CONTRACTOR: Final = frozenset({Assumption.MOBILISE, Assumption.BUILD})
"""Stages that take as long as the one who builds makes them."""

UNITS: Final[Mapping[Assumption, str]] = {
    **dict.fromkeys(DURATIONS, "days"),
    Assumption.RAINY_PACE: "share",
    Assumption.STORM_CHANCE: "share",
    Assumption.STORM_DAYS: "days",
    Assumption.SITE_CHANCE: "share",
    Assumption.SITE_FACTOR: "factor",
    Assumption.CONTRACTOR_SPREAD: "factor",
    Assumption.CREWS: "crews",
    Assumption.VILLAGES_PER_CREW: "villages",
}
"""Unit of each value: days, a share of one, a factor, a number of crews or of villages."""

_MOST: Final = {"days": 36_500.0, "share": 1.0, "factor": 100.0, "crews": 1e5, "villages": 1e5}


@dataclass(frozen=True, slots=True)
class Assumed:
    """A value with its range and where it comes from.

    Attributes
    ----------
    low, base, high : float
        In the unit of :data:`UNITS`. Of a duration: 10th, 50th and 90th percentile; otherwise the
        range an office should think about, of which ``base`` is used.
    basis : Basis
    note_vi, note_en : str
        Why this value, in both languages.
    source : str
        Empty for an assumption.
    """

    low: float
    base: float
    high: float
    basis: Basis = Basis.ASSUMPTION
    note_vi: str = ""
    note_en: str = ""
    source: str = ""


@dataclass(frozen=True)
class Assumptions:
    """Every parameter of a forecast."""

    values: Mapping[Assumption, Assumed]

    def __getitem__(self, key: Assumption) -> Assumed:
        """Return a parameter."""
        return self.values[key]

    def base(self, key: Assumption) -> float:
        """Return the value used."""
        return self.values[key].base

    def with_base(self, **changes: float) -> Assumptions:
        """Return the assumptions with other values; a range then shrinks to the value."""
        changed = {Assumption(key): Assumed(one, one, one) for key, one in changes.items()}
        return Assumptions({**self.values, **changed})


def complaint(key: Assumption, low: float, base: float, high: float) -> str | None:
    """Return the message of what is wrong with a range; ``None`` where nothing is."""
    least = 0.0
    if UNITS[key] == "days":
        least = 0.5
    elif key is Assumption.SITE_FACTOR:
        least = 1.0
    elif key is Assumption.RAINY_PACE:
        least = 0.05
    if not all(least <= one <= _MOST[UNITS[key]] for one in (low, base, high)):
        return "forecast-fault-bounds"
    if not low <= base <= high:
        return "forecast-fault-order"
    return None

"""Unit costs: every price of the roll-out with its range, its source and how well it is known.

A :class:`CostBook` holds one :class:`Parameter` for each :class:`Cost`. Prices stand in the
currency they were found in; the exchange rate is a parameter like any other. The shipped figures
are in ``data/costs.toml``, read by :mod:`geo.cost_book`; ``docs/reference/costs.md`` lists them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

import numpy as np

from planning.errors import PlanningError


class Unit(StrEnum):
    """What a value is counted in."""

    MONEY_PER_KM = "money_per_km"
    MONEY_PER_VILLAGE = "money_per_village"
    MONEY_PER_SITE = "money_per_site"
    MONEY_PER_SITE_YEAR = "money_per_site_year"
    MONEY_PER_LINK = "money_per_link"
    MONEY_PER_LINK_YEAR = "money_per_link_year"
    MONEY_PER_TERMINAL = "money_per_terminal"
    MONEY_PER_TERMINAL_MONTH = "money_per_terminal_month"
    SHARE = "share"
    SHARE_PER_YEAR = "share_per_year"
    YEARS = "years"
    HOUSEHOLDS = "households"
    VND_PER_USD = "vnd_per_usd"


class Currency(StrEnum):
    """What a price is quoted in; ``NONE`` for shares, years and rates."""

    VND = "VND"
    USD = "USD"
    NONE = ""


class Mark(StrEnum):
    """How a value is known. An estimate is the product's own and is never shown as published."""

    SOURCED = "sourced"
    DERIVED = "derived"
    ESTIMATE = "estimate"
    GIVEN = "given"


class Cost(StrEnum):
    """Every parameter of a cost book, in the order of tables."""

    FIBRE_EXISTING_POLES = "fibre_existing_poles"
    FIBRE_NEW_POLES = "fibre_new_poles"
    FIBRE_BURIED = "fibre_buried"
    FIBRE_OPEX = "fibre_opex"
    FIBRE_EQUIPMENT = "fibre_equipment"
    FIBRE_EQUIPMENT_LIFE = "fibre_equipment_life"
    MOBILE_SITE = "mobile_site"
    MOBILE_OPEX = "mobile_opex"
    MOBILE_RENT = "mobile_rent"
    MOBILE_RENEWED = "mobile_renewed"
    MOBILE_LIFE = "mobile_life"
    MICROWAVE_RADIOS = "microwave_radios"
    MICROWAVE_DISH_10 = "microwave_dish_10"
    MICROWAVE_DISH_20 = "microwave_dish_20"
    MICROWAVE_DISH_30 = "microwave_dish_30"
    MICROWAVE_DISH_40 = "microwave_dish_40"
    MICROWAVE_SPECTRUM = "microwave_spectrum"
    MICROWAVE_SPECTRUM_FEE = "microwave_spectrum_fee"
    MICROWAVE_OPEX = "microwave_opex"
    MICROWAVE_LIFE = "microwave_life"
    LEO_TERMINAL = "leo_terminal"
    LEO_OPEX = "leo_opex"
    LEO_LIFE = "leo_life"
    LEO_SERVICE = "leo_service"
    LEO_HOUSEHOLDS = "leo_households"
    SOLAR_SITE = "solar_site"
    SOLAR_VILLAGE = "solar_village"
    SOLAR_OPEX = "solar_opex"
    SOLAR_RENEWED = "solar_renewed"
    SOLAR_LIFE = "solar_life"
    GRID_EXTENSION = "grid_extension"
    DISCOUNT_RATE = "discount_rate"
    HORIZON = "horizon"
    USD_RATE = "usd_rate"


UNITS: Final[Mapping[Cost, Unit]] = MappingProxyType(
    {
        Cost.FIBRE_EXISTING_POLES: Unit.MONEY_PER_KM,
        Cost.FIBRE_NEW_POLES: Unit.MONEY_PER_KM,
        Cost.FIBRE_BURIED: Unit.MONEY_PER_KM,
        Cost.FIBRE_OPEX: Unit.SHARE_PER_YEAR,
        Cost.FIBRE_EQUIPMENT: Unit.MONEY_PER_VILLAGE,
        Cost.FIBRE_EQUIPMENT_LIFE: Unit.YEARS,
        Cost.MOBILE_SITE: Unit.MONEY_PER_SITE,
        Cost.MOBILE_OPEX: Unit.SHARE_PER_YEAR,
        Cost.MOBILE_RENT: Unit.MONEY_PER_SITE_YEAR,
        Cost.MOBILE_RENEWED: Unit.SHARE,
        Cost.MOBILE_LIFE: Unit.YEARS,
        Cost.MICROWAVE_RADIOS: Unit.MONEY_PER_LINK,
        Cost.MICROWAVE_DISH_10: Unit.MONEY_PER_LINK,
        Cost.MICROWAVE_DISH_20: Unit.MONEY_PER_LINK,
        Cost.MICROWAVE_DISH_30: Unit.MONEY_PER_LINK,
        Cost.MICROWAVE_DISH_40: Unit.MONEY_PER_LINK,
        Cost.MICROWAVE_SPECTRUM: Unit.MONEY_PER_LINK,
        Cost.MICROWAVE_SPECTRUM_FEE: Unit.MONEY_PER_LINK_YEAR,
        Cost.MICROWAVE_OPEX: Unit.SHARE_PER_YEAR,
        Cost.MICROWAVE_LIFE: Unit.YEARS,
        Cost.LEO_TERMINAL: Unit.MONEY_PER_TERMINAL,
        Cost.LEO_OPEX: Unit.SHARE_PER_YEAR,
        Cost.LEO_LIFE: Unit.YEARS,
        Cost.LEO_SERVICE: Unit.MONEY_PER_TERMINAL_MONTH,
        Cost.LEO_HOUSEHOLDS: Unit.HOUSEHOLDS,
        Cost.SOLAR_SITE: Unit.MONEY_PER_SITE,
        Cost.SOLAR_VILLAGE: Unit.MONEY_PER_VILLAGE,
        Cost.SOLAR_OPEX: Unit.SHARE_PER_YEAR,
        Cost.SOLAR_RENEWED: Unit.SHARE,
        Cost.SOLAR_LIFE: Unit.YEARS,
        Cost.GRID_EXTENSION: Unit.MONEY_PER_VILLAGE,
        Cost.DISCOUNT_RATE: Unit.SHARE_PER_YEAR,
        Cost.HORIZON: Unit.YEARS,
        Cost.USD_RATE: Unit.VND_PER_USD,
    }
)
"""The unit each parameter is counted in; money in the currency the parameter names."""

SETTINGS: Final = frozenset({Cost.DISCOUNT_RATE, Cost.HORIZON, Cost.USD_RATE})
"""How costs are counted, not what things cost: cases and draws leave them as they are."""

DEARER_WHEN_LOW: Final = frozenset(
    {
        Cost.FIBRE_EQUIPMENT_LIFE,
        Cost.MOBILE_LIFE,
        Cost.MICROWAVE_LIFE,
        Cost.LEO_LIFE,
        Cost.LEO_HOUSEHOLDS,
        Cost.SOLAR_LIFE,
    }
)
"""Parameters whose low value makes a plan dear, so that the low case takes their high value."""

Case: TypeAlias = Literal["low", "base", "high"]
Range: TypeAlias = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One unit cost.

    Attributes
    ----------
    key : Cost
    low, base, high : float
        ``low <= base <= high``, in ``unit`` and ``currency``; equal when no range is known.
    unit : Unit
    currency : Currency
    source : str
        Where the values come from, or what an estimate is based on.
    mark : Mark
        How ``base`` is known.
    range_mark : Mark
        How ``low`` and ``high`` are known: a published price often comes without a range.
    url : str
        Address of the source; empty when there is none.
    """

    key: Cost
    low: float
    base: float
    high: float
    unit: Unit
    currency: Currency
    source: str
    mark: Mark
    range_mark: Mark
    url: str = ""

    @property
    def message(self) -> str:
        """Key of the Fluent message with the parameter's name."""
        return f"cost-{self.key}"


def is_money(unit: Unit) -> bool:
    """Tell whether values in ``unit`` are prices, which need a currency."""
    return unit.startswith("money_")


@dataclass(frozen=True, slots=True, eq=False)
class CostBook:
    """Every unit cost; the ``base`` values are those that plans are made with.

    Attributes
    ----------
    parameters : mapping of Cost to Parameter
        All of :class:`Cost`.
    """

    parameters: Mapping[Cost, Parameter]

    def __post_init__(self) -> None:
        ordered = {key: self.parameters[key] for key in Cost}
        object.__setattr__(self, "parameters", MappingProxyType(ordered))

    def __getitem__(self, key: Cost) -> Parameter:
        return self.parameters[key]

    def __iter__(self) -> Iterator[Parameter]:
        return iter(self.parameters.values())

    def value(self, key: Cost) -> float:
        """Return the base value in the parameter's own unit and currency."""
        return self.parameters[key].base

    @property
    def vnd_per_usd(self) -> float:
        """The exchange rate."""
        return self.value(Cost.USD_RATE)

    def vnd(self, key: Cost) -> float:
        """Return a price in VND.

        Raises
        ------
        ValueError
            If the parameter is not a price.
        """
        parameter = self.parameters[key]
        if parameter.currency is Currency.NONE:
            raise ValueError(key)
        return parameter.base * (self.vnd_per_usd if parameter.currency is Currency.USD else 1.0)

    def usd(self, key: Cost) -> float:
        """Return a price in USD, as :meth:`vnd`."""
        return self.vnd(key) / self.vnd_per_usd

    def at(self, case: Case) -> CostBook:
        """Return the book with every price at the cheap end, as it is, or at the dear end.

        The cheap end of a lifetime is its high value. The settings (:data:`SETTINGS`) stay.
        """
        return self._with_bases({key: _end(self.parameters[key], case) for key in self._prices()})

    def with_values(self, values: Mapping[Cost, float | Range], source: str = "") -> CostBook:
        """Return the book with the user's own values, marked as given.

        Parameters
        ----------
        values : mapping
            One number, taken as known exactly (a quote), or ``(low, base, high)``; in the unit
            and currency the parameter has.
        source : str
            Where they come from.

        Raises
        ------
        PlanningError
            If a value is not finite, negative where it must not be, or a range out of order.
        """
        changed = dict(self.parameters)
        for key, value in values.items():
            low, base, high = value if isinstance(value, tuple) else (value, value, value)
            changed[key] = replace(
                self.parameters[key],
                low=float(low),
                base=float(base),
                high=float(high),
                source=source,
                mark=Mark.GIVEN,
                range_mark=Mark.GIVEN,
                url="",
            )
            wrong = complaint(changed[key])
            if wrong is not None:
                raise PlanningError(wrong, cost=str(key), got=f"{low:g}, {base:g}, {high:g}")
        return CostBook(changed)

    def draw(self, rng: np.random.Generator) -> CostBook:
        """Return the book with every price drawn from its triangular distribution.

        Low and high are its ends and base its mode; prices are drawn independently of each other,
        the settings (:data:`SETTINGS`) stay. Each price takes one uniform number whatever its
        range is, so that narrowing one range leaves the draws of all others alone.
        """
        keys = self._prices()
        shares = rng.random(len(keys))
        drawn = {
            key: _triangular(self.parameters[key], float(share))
            for key, share in zip(keys, shares, strict=True)
        }
        return self._with_bases(drawn)

    def _prices(self) -> list[Cost]:
        return [key for key in Cost if key not in SETTINGS]

    def _with_bases(self, bases: Mapping[Cost, float]) -> CostBook:
        changed = {key: replace(self.parameters[key], base=base) for key, base in bases.items()}
        return CostBook({**self.parameters, **changed})


def complaint(parameter: Parameter) -> str | None:
    """Return the message key of what is wrong with a parameter's values, or ``None``.

    Lifetimes, the horizon, households per terminal and the exchange rate must be above zero;
    everything else must not be negative, and shares must not exceed one.
    """
    low, base, high = parameter.low, parameter.base, parameter.high
    if not np.isfinite([low, base, high]).all():
        return "cost-fault-not-finite"
    if not low <= base <= high:
        return "cost-fault-order"
    if parameter.unit in {Unit.YEARS, Unit.HOUSEHOLDS, Unit.VND_PER_USD}:
        return None if low > 0 else "cost-fault-not-positive"
    if low < 0:
        return "cost-fault-negative"
    if parameter.unit in {Unit.SHARE, Unit.SHARE_PER_YEAR} and high > 1:
        return "cost-fault-share"
    return None


def _end(parameter: Parameter, case: Case) -> float:
    if case == "base":
        return parameter.base
    cheap = (case == "low") != (parameter.key in DEARER_WHEN_LOW)
    return parameter.low if cheap else parameter.high


def _triangular(parameter: Parameter, share: float) -> float:
    """Return the value below which ``share`` of the triangular distribution lies."""
    low, base, high = parameter.low, parameter.base, parameter.high
    width = high - low
    if width <= 0:
        return base
    if share * width <= base - low:
        return float(low + np.sqrt(share * width * (base - low)))
    return float(high - np.sqrt((1.0 - share) * width * (high - base)))

"""From unit costs to the cost of each way of serving a village, in VND.

What a thing costs over its life is :func:`planning.lifetime.cost_over_life`; here it is said of
what. A year's running costs are shares of the investment, as the sources of the shipped cost book
count them. See docs/explanation/technology.md for the formulas and docs/reference/costs.md for the
values.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import numpy as np

from planning.columns import BoolArray, Column, FloatArray, float_column
from planning.costs import Cost, CostBook
from planning.lifetime import Measure, Renewal, clock_of, cost_over_life
from planning.network import Network

MICROWAVE_REACH_KM: Final = 40.0
"""Longest link there is a price for."""
_MONTHS: Final = 12


class FibreBuild(StrEnum):
    """How cable is laid."""

    EXISTING_POLES = "existing_poles"
    NEW_POLES = "new_poles"
    BURIED = "buried"


class Power(StrEnum):
    """What is done where the grid does not reach."""

    SOLAR = "solar"
    GRID = "grid"
    POWER_FIRST = "power_first"

    @property
    def message(self) -> str:
        """Key of the Fluent message that says what is done."""
        return f"power-{self}"


DEFAULT_BUILD: Final = FibreBuild.NEW_POLES
"""Nearly all cable of the province hangs on poles; see docs/reference/costs.md."""

_PER_KM: Final[Mapping[FibreBuild, Cost]] = MappingProxyType(
    {
        FibreBuild.EXISTING_POLES: Cost.FIBRE_EXISTING_POLES,
        FibreBuild.NEW_POLES: Cost.FIBRE_NEW_POLES,
        FibreBuild.BURIED: Cost.FIBRE_BURIED,
    }
)
_DISHES: Final = (
    (10.0, Cost.MICROWAVE_DISH_10),
    (20.0, Cost.MICROWAVE_DISH_20),
    (30.0, Cost.MICROWAVE_DISH_30),
    (MICROWAVE_REACH_KM, Cost.MICROWAVE_DISH_40),
)


def buildable(has_grid: BoolArray, power: Power) -> BoolArray:
    """Tell which villages may be served this year: without grid none, where power comes first."""
    return has_grid | (power is not Power.POWER_FIRST)


def fibre_per_km(
    book: CostBook,
    build: FibreBuild = DEFAULT_BUILD,
    measure: Measure = Measure.LIFETIME,
) -> float:
    """Return the cost of a kilometre of cable, VND."""
    price = book.vnd(_PER_KM[build])
    running = price * book.value(Cost.FIBRE_OPEX)
    return cost_over_life(price, running, (), clock_of(book), measure)


def fibre_costs(
    network: Network,
    book: CostBook,
    has_grid: BoolArray,
    *,
    build: FibreBuild = DEFAULT_BUILD,
    power: Power = Power.SOLAR,
    measure: Measure = Measure.LIFETIME,
) -> FloatArray:
    """Return the cost of every edge of a network.

    Parameters
    ----------
    network : Network
    book : CostBook
    has_grid : ndarray of bool, shape (v,)
        Of the network's villages.
    build, power, measure

    Returns
    -------
    ndarray of float, shape (m,)
        VND: length times effort times the cost of a kilometre; on a village's own edge also what
        stands in the village, with its power. Infinite on the edge of a village that must wait
        for power.
    """
    costs = network.lengths_m / 1000.0 * network.effort * fibre_per_km(book, build, measure)
    price = book.vnd(Cost.FIBRE_EQUIPMENT)
    equipment = cost_over_life(
        price,
        price * book.value(Cost.FIBRE_OPEX),
        (Renewal(price, book.value(Cost.FIBRE_EQUIPMENT_LIFE)),),
        clock_of(book),
        measure,
    )
    own = equipment + _power_costs(book, has_grid, Cost.SOLAR_VILLAGE, power, measure)
    place = np.full(network.n_nodes, -1, np.int64)
    place[network.villages] = np.arange(len(network.villages))
    for ends in network.edges.T:
        at_village = place[ends] >= 0
        costs[at_village] += own[place[ends[at_village]]]
    return costs


def terminals_of(book: CostBook, households: Column) -> FloatArray:
    """Return how many satellite terminals villages need; one where households are not known."""
    counts = np.ceil(float_column(households) / book.value(Cost.LEO_HOUSEHOLDS) - 1e-9)
    return np.fmax(counts, 1.0)


def satellite_costs(
    book: CostBook,
    households: Column,
    has_grid: BoolArray,
    *,
    power: Power = Power.SOLAR,
    measure: Measure = Measure.LIFETIME,
) -> FloatArray:
    """Return the cost of serving villages by low-orbit satellite.

    Parameters
    ----------
    book : CostBook
    households : array-like, shape (v,)
    has_grid : ndarray of bool, shape (v,)
    power, measure

    Returns
    -------
    ndarray of float, shape (v,)
        VND: terminals with their service, and power for the village. Infinite for villages that
        must wait for power.
    """
    price = book.vnd(Cost.LEO_TERMINAL)
    running = price * book.value(Cost.LEO_OPEX) + _MONTHS * book.vnd(Cost.LEO_SERVICE)
    one = cost_over_life(
        price, running, (Renewal(price, book.value(Cost.LEO_LIFE)),), clock_of(book), measure
    )
    solar = _power_costs(book, has_grid, Cost.SOLAR_VILLAGE, power, measure)
    return terminals_of(book, households) * one + solar


def site_costs(
    book: CostBook,
    link_km: Column,
    has_grid: BoolArray,
    *,
    power: Power = Power.SOLAR,
    measure: Measure = Measure.LIFETIME,
) -> FloatArray:
    """Return the cost of 4G sites.

    Parameters
    ----------
    book : CostBook
    link_km : array-like, shape (s,)
        Length of the microwave link of each; missing for a site fed by fibre, which has none.
    has_grid : ndarray of bool, shape (s,)
        Whether the grid reaches the site.
    power, measure

    Returns
    -------
    ndarray of float, shape (s,)
        VND: mast and equipment with rent, link, and power. Infinite for links beyond
        :data:`MICROWAVE_REACH_KM` and for sites that must wait for power.
    """
    price = book.vnd(Cost.MOBILE_SITE)
    mast = cost_over_life(
        price,
        price * book.value(Cost.MOBILE_OPEX) + book.vnd(Cost.MOBILE_RENT),
        (Renewal(price * book.value(Cost.MOBILE_RENEWED), book.value(Cost.MOBILE_LIFE)),),
        clock_of(book),
        measure,
    )
    length = float_column(link_km)
    link = np.where(np.isnan(length), 0.0, np.inf)
    for reach, dish in reversed(_DISHES):
        link[length <= reach] = _link_cost(book, dish, measure)
    return mast + link + _power_costs(book, has_grid, Cost.SOLAR_SITE, power, measure)


def _link_cost(book: CostBook, dish: Cost, measure: Measure) -> float:
    equipment = book.vnd(Cost.MICROWAVE_RADIOS) + book.vnd(dish)
    return cost_over_life(
        equipment + book.vnd(Cost.MICROWAVE_SPECTRUM),
        equipment * book.value(Cost.MICROWAVE_OPEX) + book.vnd(Cost.MICROWAVE_SPECTRUM_FEE),
        (Renewal(equipment, book.value(Cost.MICROWAVE_LIFE)),),
        clock_of(book),
        measure,
    )


def _power_costs(
    book: CostBook, has_grid: BoolArray, solar: Cost, power: Power, measure: Measure
) -> FloatArray:
    """Return what power costs where the grid does not reach, 0 where it does."""
    if power is Power.POWER_FIRST:
        missing = np.inf
    elif power is Power.GRID:
        missing = book.vnd(Cost.GRID_EXTENSION)
    else:
        price = book.vnd(solar)
        batteries = Renewal(price * book.value(Cost.SOLAR_RENEWED), book.value(Cost.SOLAR_LIFE))
        missing = cost_over_life(
            price, price * book.value(Cost.SOLAR_OPEX), (batteries,), clock_of(book), measure
        )
    return np.where(has_grid, 0.0, missing)

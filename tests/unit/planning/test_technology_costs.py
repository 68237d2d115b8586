"""Costs of fibre, masts and terminals, from round unit costs by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from geo.cost_book import read_cost_book
from planning.costs import Cost, CostBook
from planning.lifetime import Measure
from planning.network import Network
from planning.technology_costs import (
    FibreBuild,
    Power,
    buildable,
    fibre_costs,
    fibre_per_km,
    satellite_costs,
    site_costs,
    terminals_of,
)

SHIPPED = Path(__file__).resolve().parents[3] / "data" / "costs.toml"
GRID = np.array([True, False])


@pytest.fixture(name="book")
def a_book() -> CostBook:
    """Two years without discount, 10,000 VND a dollar, everything renewed after one year."""
    return read_cost_book(SHIPPED).with_values(
        {
            Cost.DISCOUNT_RATE: 0.0,
            Cost.HORIZON: 2.0,
            Cost.USD_RATE: 10_000.0,
            Cost.FIBRE_EXISTING_POLES: 1_000_000.0,
            Cost.FIBRE_OPEX: 0.1,
            Cost.FIBRE_EQUIPMENT: 100.0,
            Cost.FIBRE_EQUIPMENT_LIFE: 1.0,
            Cost.MOBILE_SITE: 1_000.0,
            Cost.MOBILE_OPEX: 0.1,
            Cost.MOBILE_RENT: 50.0,
            Cost.MOBILE_RENEWED: 0.5,
            Cost.MOBILE_LIFE: 1.0,
            Cost.MICROWAVE_RADIOS: 100.0,
            Cost.MICROWAVE_DISH_10: 10.0,
            Cost.MICROWAVE_DISH_20: 20.0,
            Cost.MICROWAVE_DISH_30: 30.0,
            Cost.MICROWAVE_DISH_40: 40.0,
            Cost.MICROWAVE_SPECTRUM: 5.0,
            Cost.MICROWAVE_SPECTRUM_FEE: 2.0,
            Cost.MICROWAVE_OPEX: 0.1,
            Cost.MICROWAVE_LIFE: 3.0,
            Cost.LEO_TERMINAL: 100.0,
            Cost.LEO_OPEX: 0.1,
            Cost.LEO_LIFE: 1.0,
            Cost.LEO_SERVICE: 1.0,
            Cost.LEO_HOUSEHOLDS: 30.0,
            Cost.SOLAR_SITE: 200.0,
            Cost.SOLAR_VILLAGE: 20.0,
            Cost.SOLAR_OPEX: 0.05,
            Cost.SOLAR_RENEWED: 0.5,
            Cost.SOLAR_LIFE: 1.0,
            Cost.GRID_EXTENSION: 7_000_000.0,
        }
    )


@pytest.fixture(name="network")
def a_network() -> Network:
    """A trunk of 2 km, twice the plain effort, to two villages 500 m and 0 m away."""
    return Network(
        n_nodes=4,
        edges=np.array([[0, 1], [2, 1], [1, 3]]),
        lengths_m=np.array([2000.0, 500.0, 0.0]),
        effort=np.array([2.0, 1.0, 1.0]),
        roots=np.array([0]),
        villages=np.array([2, 3]),
    )


def test_cable_costs_its_length_its_effort_and_its_upkeep(book: CostBook, network: Network) -> None:
    poles = FibreBuild.EXISTING_POLES
    assert fibre_per_km(book, poles) == pytest.approx(1_200_000)
    assert fibre_per_km(book, poles, Measure.CAPEX) == 1_000_000
    costs = fibre_costs(network, book, GRID, build=poles)
    # Equipment in a village: 100 + 2 x 10 + one renewal of 100 = 220 USD. Solar: 20 + 2 + 10 = 32.
    assert costs == pytest.approx([4 * 1.2e6, 0.6e6 + 2.2e6, 2.2e6 + 0.32e6])
    capex = fibre_costs(network, book, GRID, build=poles, measure=Measure.CAPEX)
    assert capex == pytest.approx([4e6, 0.5e6 + 1e6, 1e6 + 0.2e6])


def test_power_is_bought_extended_or_waited_for(book: CostBook, network: Network) -> None:
    poles = FibreBuild.EXISTING_POLES
    extended = fibre_costs(network, book, GRID, build=poles, power=Power.GRID)
    assert extended[2] == pytest.approx(2.2e6 + 7e6)
    waiting = fibre_costs(network, book, GRID, build=poles, power=Power.POWER_FIRST)
    assert np.isinf(waiting).tolist() == [False, False, True]
    assert np.isinf(satellite_costs(book, [1, 1], GRID, power=Power.POWER_FIRST)).tolist() == [
        False,
        True,
    ]
    assert np.isinf(site_costs(book, [1, 1], GRID, power=Power.POWER_FIRST)).tolist() == [
        False,
        True,
    ]
    assert buildable(GRID, Power.POWER_FIRST).tolist() == [True, False]
    assert buildable(GRID, Power.SOLAR).tolist() == [True, True]


def test_terminals_are_shared_by_households(book: CostBook) -> None:
    assert terminals_of(book, [0, 1, 30, 31, None]).tolist() == [1, 1, 1, 2, 1]
    # One: 100 + 2 x (10 + 12) + one renewal of 100 = 244 USD.
    assert satellite_costs(book, [30, 31], GRID) == pytest.approx([2.44e6, 4.88e6 + 0.32e6])
    assert satellite_costs(book, [30, 31], GRID, measure=Measure.CAPEX) == pytest.approx(
        [1e6, 2e6 + 0.2e6]
    )


def test_a_site_costs_its_mast_its_link_and_its_power(book: CostBook) -> None:
    # Mast: 1000 + 2 x (100 + 50) + 500 = 1800. Link of 10: 110 + 5 + 2 x (11 + 2) = 141.
    costs = site_costs(book, [10.0, 10.1, 40.0, 40.1, np.nan], np.ones(5, bool))
    assert costs[:3] == pytest.approx([1941e4, 1953e4, 1977e4])
    assert np.isinf(costs[3])
    assert costs[4] == pytest.approx(1800e4)
    # Solar at a site: 200 + 2 x 10 + 100 = 320.
    assert site_costs(book, [np.nan, np.nan], GRID)[1] == pytest.approx((1800 + 320) * 1e4)


def test_the_shipped_figures_give_costs_of_the_right_size(network: Network) -> None:
    book = read_cost_book(SHIPPED)
    assert fibre_per_km(book, measure=Measure.CAPEX) == pytest.approx(110.4e6, rel=1e-3)
    # 5 % a year for 15 years at 5 %: annuity factor 10.3797, so 1.51898 times the investment.
    assert fibre_per_km(book) == pytest.approx(110.363e6 * 1.518983, rel=1e-6)
    low, high = (fibre_per_km(book.at(case)) for case in ("low", "high"))
    assert low < fibre_per_km(book) < high
    terminal, more = satellite_costs(book, [30, 31], np.ones(2, bool))
    assert more == pytest.approx(2 * terminal)
    assert site_costs(book, [5.0], np.ones(1, bool))[0] > 10 * terminal

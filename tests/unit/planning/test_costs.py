"""Unit costs: cases, quotes, draws, currencies and costs over a life, by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.costs import (
    DEARER_WHEN_LOW,
    SETTINGS,
    UNITS,
    Cost,
    CostBook,
    Currency,
    Mark,
    Parameter,
    complaint,
    is_money,
)
from planning.errors import PlanningError
from planning.lifetime import (
    Clock,
    Measure,
    Renewal,
    annuity_factor,
    clock_of,
    cost_over_life,
    renewal_factor,
)


def parameter(key: Cost) -> Parameter:
    """A parameter of 0.1, 0.2, 0.4, whatever it is."""
    return Parameter(
        key=key,
        low=0.1,
        base=0.2,
        high=0.4,
        unit=UNITS[key],
        currency=Currency.USD if is_money(UNITS[key]) else Currency.NONE,
        source="test",
        mark=Mark.SOURCED,
        range_mark=Mark.ESTIMATE,
    )


@pytest.fixture(name="book")
def a_book() -> CostBook:
    rate = replace(parameter(Cost.USD_RATE), low=24_000, base=25_000, high=26_000)
    return CostBook({**{key: parameter(key) for key in Cost}, Cost.USD_RATE: rate})


def test_every_parameter_has_a_unit_and_every_book_every_parameter(book: CostBook) -> None:
    assert set(UNITS) == set(Cost)
    assert [p.key for p in book] == list(Cost)
    with pytest.raises(KeyError):
        CostBook({Cost.HORIZON: parameter(Cost.HORIZON)})


def test_prices_are_said_in_both_currencies(book: CostBook) -> None:
    assert book.vnd(Cost.LEO_TERMINAL) == pytest.approx(0.2 * 25_000)
    assert book.usd(Cost.LEO_TERMINAL) == pytest.approx(0.2)
    grid = replace(parameter(Cost.GRID_EXTENSION), currency=Currency.VND, base=50_000, high=1e5)
    in_vnd = CostBook({**book.parameters, Cost.GRID_EXTENSION: grid})
    assert in_vnd.vnd(Cost.GRID_EXTENSION) == 50_000
    assert in_vnd.usd(Cost.GRID_EXTENSION) == pytest.approx(2.0)
    with pytest.raises(ValueError, match="fibre_opex"):
        book.vnd(Cost.FIBRE_OPEX)


def test_a_case_takes_the_cheap_or_the_dear_end_and_leaves_the_settings(book: CostBook) -> None:
    assert book.at("low").value(Cost.FIBRE_BURIED) == 0.1
    assert book.at("high").value(Cost.FIBRE_BURIED) == 0.4
    assert book.at("low").value(Cost.LEO_LIFE) == 0.4, "what lasts longer is cheaper"
    assert book.at("high").value(Cost.LEO_HOUSEHOLDS) == 0.1, "fewer to a terminal is dearer"
    for key in SETTINGS:
        assert book.at("high").value(key) == book.value(key) == book.at("low").value(key)
    assert [p.base for p in book.at("base")] == [p.base for p in book]


def test_a_quote_is_known_exactly_and_marked_as_given(book: CostBook) -> None:
    quoted = book.with_values({Cost.FIBRE_NEW_POLES: 3.0}, source="quote 12")
    changed = quoted[Cost.FIBRE_NEW_POLES]
    assert (changed.low, changed.base, changed.high) == (3.0, 3.0, 3.0)
    assert (changed.mark, changed.range_mark, changed.source) == (
        Mark.GIVEN,
        Mark.GIVEN,
        "quote 12",
    )
    assert book.value(Cost.FIBRE_NEW_POLES) == 0.2, "the book itself is not changed"
    ranged = book.with_values({Cost.FIBRE_NEW_POLES: (1.0, 2.0, 4.0)})
    assert ranged.at("high").value(Cost.FIBRE_NEW_POLES) == 4.0


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        (Cost.FIBRE_BURIED, -1.0, "cost-fault-negative"),
        (Cost.FIBRE_BURIED, float("inf"), "cost-fault-not-finite"),
        (Cost.FIBRE_BURIED, (3.0, 2.0, 4.0), "cost-fault-order"),
        (Cost.FIBRE_OPEX, 5.0, "cost-fault-share"),
        (Cost.HORIZON, 0.0, "cost-fault-not-positive"),
        (Cost.USD_RATE, 0.0, "cost-fault-not-positive"),
    ],
)
def test_values_that_make_no_sense_are_refused(
    book: CostBook, key: Cost, value: float | tuple[float, float, float], message: str
) -> None:
    with pytest.raises(PlanningError) as refused:
        book.with_values({key: value})
    assert refused.value.key == message


def test_draws_are_triangular_repeatable_and_leave_the_settings(book: CostBook) -> None:
    rng = np.random.default_rng(7)
    drawn = [book.draw(rng) for _ in range(4000)]
    values = np.array([d.value(Cost.MOBILE_SITE) for d in drawn])
    assert values.min() >= 0.1
    assert values.max() <= 0.4
    assert values.mean() == pytest.approx((0.1 + 0.2 + 0.4) / 3, abs=0.003)
    # The share below the mode is (mode - low) / (high - low).
    assert (values < 0.2).mean() == pytest.approx(1 / 3, abs=0.02)
    others = np.array([d.value(Cost.LEO_TERMINAL) for d in drawn])
    assert abs(np.corrcoef(values, others)[0, 1]) < 0.05
    assert all(d.value(key) == book.value(key) for d in drawn[:5] for key in SETTINGS)
    again = book.draw(np.random.default_rng(7))
    assert [p.base for p in again] == [p.base for p in drawn[0]]


def test_narrowing_one_range_leaves_the_draws_of_all_others(book: CostBook) -> None:
    quoted = book.with_values({Cost.FIBRE_NEW_POLES: 3.0})
    one, two = (b.draw(np.random.default_rng(3)) for b in (book, quoted))
    differing = [a.key for a, b in zip(one, two, strict=True) if a.base != b.base]
    assert differing == [Cost.FIBRE_NEW_POLES]
    assert two.value(Cost.FIBRE_NEW_POLES) == 3.0


@given(
    st.lists(st.floats(0.01, 1.0), min_size=3, max_size=3).map(sorted),
    st.integers(0, 2**32 - 1),
)
def test_draws_stay_within_their_range(ends: list[float], seed: int) -> None:
    low, base, high = ends
    parameters = {key: replace(parameter(key), low=low, base=base, high=high) for key in Cost}
    drawn = CostBook(parameters).draw(np.random.default_rng(seed))
    assert all(low <= p.base <= high for p in drawn)
    assert all(complaint(p) is None for p in drawn)


def test_the_annuity_factor_by_hand() -> None:
    # 1/1.1 + 1/1.21
    assert annuity_factor(Clock(0.1, 2)) == pytest.approx(1 / 1.1 + 1 / 1.21)
    assert annuity_factor(Clock(0.0, 15)) == 15.0


def test_renewals_fall_due_before_the_horizon_only() -> None:
    assert renewal_factor(Clock(0.0, 15), 5) == 2.0, "in years 5 and 10, not in year 15"
    assert renewal_factor(Clock(0.0, 16), 5) == 3.0
    assert renewal_factor(Clock(0.0, 15), 15) == 0.0
    assert renewal_factor(Clock(0.0, 0.3), 0.1) == 2.0, "rounding makes no renewal"
    assert renewal_factor(Clock(0.1, 15), 5) == pytest.approx(1.1**-5 + 1.1**-10)


def test_a_cost_over_life_by_hand() -> None:
    # 1000 to build, 100 a year for 3 years, a part of 300 after 2 years, at 10 %:
    # 1000 + 90.909 + 82.645 + 75.131 + 247.934 = 1496.619
    clock = Clock(0.1, 3)
    cost = cost_over_life(1000.0, 100.0, (Renewal(300.0, 2.0),), clock)
    assert cost == pytest.approx(1496.619, abs=0.001)
    assert cost_over_life(1000.0, 100.0, (Renewal(300.0, 2.0),), clock, Measure.CAPEX) == 1000.0


def test_the_clock_is_the_settings_of_the_book(book: CostBook) -> None:
    assert clock_of(book.with_values({Cost.HORIZON: 15.0})) == Clock(0.2, 15.0)


def test_what_is_dearer_when_low_is_a_price_of_the_book() -> None:
    assert not DEARER_WHEN_LOW & SETTINGS

"""The law of a count, against every outcome written out."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from planning.forecast.counting import at_least, capped, count_law, percentile


def by_enumeration(
    usual: list[float], hit: list[float], sites: list[int], chance: float
) -> list[float]:
    """Sum over every state of the sites and every outcome of the villages."""
    law = [0.0] * (len(usual) + 1)
    names = sorted(set(sites))
    for state in product((False, True), repeat=len(names)):
        is_hit = dict(zip(names, state, strict=True))
        weight = np.prod([chance if one else 1 - chance for one in state])
        for outcome in product((0, 1), repeat=len(usual)):
            odds = [(hit if is_hit[site] else usual)[at] for at, site in enumerate(sites)]
            own = np.prod([p if done else 1 - p for p, done in zip(odds, outcome, strict=True)])
            law[sum(outcome)] += float(weight * own)
    return law


@pytest.mark.parametrize("sites", [[0, 1, 2, 3], [0, 0, 1, 1], [0, 0, 0, 0], [1, 0, 1, 2]])
def test_the_law_is_that_of_every_outcome_written_out(sites: list[int]) -> None:
    usual, hit = [0.9, 0.5, 0.2, 0.7], [0.4, 0.5, 0.0, 0.1]
    law = count_law(np.array(usual), np.array(hit), np.array(sites), 0.3)
    assert law == pytest.approx(by_enumeration(usual, hit, sites, 0.3), abs=1e-15)


def test_six_of_six_is_the_product() -> None:
    chances = np.array([0.9, 0.8, 0.95, 0.7, 0.99, 0.6])
    law = count_law(chances, chances, np.arange(6), 0.0)
    assert at_least(law, 6) == pytest.approx(np.prod(chances))
    assert at_least(law, 0) == pytest.approx(1.0)
    assert at_least(law, 7) == 0.0


def test_villages_of_one_site_rise_and_fall_together() -> None:
    usual, hit = np.ones(2), np.zeros(2)
    together = count_law(usual, hit, np.array([0, 0]), 0.5)
    apart = count_law(usual, hit, np.array([0, 1]), 0.5)
    assert together.tolist() == [0.5, 0.0, 0.5]
    assert apart.tolist() == [0.25, 0.5, 0.25]


def test_a_cap_gathers_what_lies_above_it() -> None:
    law = np.array([[0.1, 0.2, 0.3, 0.4], [0.1, 0.2, 0.3, 0.4]])
    assert capped(law, np.array([1, 9])) == pytest.approx(
        np.array([[0.1, 0.9, 0.0, 0.0], [0.1, 0.2, 0.3, 0.4]])
    )


@pytest.mark.parametrize(("share", "count"), [(0.1, 0), (0.11, 1), (0.5, 2), (0.9, 3), (1.0, 3)])
def test_a_percentile_is_the_smallest_count_that_reaches_it(share: float, count: int) -> None:
    assert percentile(np.array([0.1, 0.2, 0.3, 0.4]), share) == count

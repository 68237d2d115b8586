"""Stated probabilities against what then happens, beside the naive pace forecast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from benchmarks.forecast.histories import (
    DEADLINE,
    START,
    World,
    accepted_by,
    draw_case,
    draw_history,
    outlook_at,
)
from planning.columns import FloatArray
from planning.forecast.pace import pace_forecast
from planning.forecast_assumptions import Assumptions


@dataclass(frozen=True)
class Record:
    """What was stated and what happened, history by history.

    Attributes
    ----------
    stated, naive : ndarray of float
        Probability of meeting the target, by the forecast and by the pace so far.
    happened : ndarray of float
        1 where it was met.
    inside : ndarray of float
        1 where the count lay within the 10th and 90th percentiles.
    expected_inside : ndarray of float
        Probability the forecast itself gives to that (counts are whole, so not 0.8).
    """

    stated: FloatArray
    naive: FloatArray
    happened: FloatArray
    inside: FloatArray
    expected_inside: FloatArray

    @property
    def bias(self) -> float:
        """Mean of stated less happened, in standard errors of a forecast that holds."""
        return _errors(self.stated, self.happened)

    @property
    def coverage_bias(self) -> float:
        """The same of the range between the percentiles."""
        return _errors(self.expected_inside, self.inside)

    @property
    def brier(self) -> float:
        """Mean squared distance of stated from happened; 0 is best."""
        return float(np.mean((self.stated - self.happened) ** 2))

    @property
    def brier_expected(self) -> float:
        """What the Brier score of a forecast that holds comes to."""
        return float(np.mean(self.stated * (1.0 - self.stated)))

    @property
    def brier_naive(self) -> float:
        """The score of the pace so far."""
        return float(np.mean((self.naive - self.happened) ** 2))

    def bins(self, edges: Sequence[float]) -> list[tuple[float, float, int, float]]:
        """Return for each range of stated probabilities: stated, happened, how many, errors."""
        rows = []
        for low, high in pairwise(edges):
            is_in = (self.stated >= low) & ((self.stated < high) | (high >= 1.0))
            if is_in.any():
                stated, happened = self.stated[is_in], self.happened[is_in]
                rows.append(
                    (
                        float(stated.mean()),
                        float(happened.mean()),
                        int(is_in.sum()),
                        _errors(stated, happened),
                    )
                )
        return rows


def measure(
    book: Assumptions, world: World, day: date, *, histories: int, villages: int, seed: int
) -> Record:
    """Draw histories and hold forecasts of one day against them.

    Parameters
    ----------
    book : Assumptions
        Of the forecast.
    world : World
        Of the histories.
    day : date
        On which the forecast is made.
    histories, villages : int
    seed : int
    """
    random = np.random.default_rng(seed)
    rows = []
    for _ in range(histories):
        case = draw_case(random, villages)
        works = draw_history(random, case, world)
        chances = outlook_at(case, works, day, book).chances()
        count = accepted_by(works, DEADLINE)
        low, high = chances.percentile(0.1), chances.percentile(0.9)
        pace = pace_forecast(
            accepted_by(works, day), case.required, (day - START).days, (DEADLINE - day).days
        )
        rows.append(
            (
                chances.met,
                pace,
                float(count >= case.required),
                float(low <= count <= high),
                float(chances.law[low : high + 1].sum()),
            )
        )
    stated, naive, happened, inside, expected = np.array(rows).T
    return Record(stated, naive, happened, inside, expected)


def _errors(stated: FloatArray, happened: FloatArray) -> float:
    spread = float(np.sqrt(np.sum(stated * (1.0 - stated))))
    return float(np.sum(stated - happened)) / max(spread, 1e-9)

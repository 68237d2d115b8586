"""How long a stage takes: a law through three percentiles, and what is left of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import log_ndtr, ndtr, ndtri

from planning.columns import FloatArray
from planning.forecast_assumptions import Assumed

_NINTH: Final = 1.2815515655446004
"""The normal law's 90th percentile."""
_LEAST_SPREAD: Final = 1e-3
"""A range without width still is a law: of a few thousandths."""


@dataclass(frozen=True, slots=True)
class Duration:
    """A logarithmic normal law in two halves, in days.

    With ``z = ln(x / median) / spread``, the spread being ``below`` under the median and ``above``
    over it, the stage takes at most ``x`` days with probability ``Phi(z)``. It so runs through all
    three percentiles, and a stage that has taken long is expected to take longer still.

    Attributes
    ----------
    median, below, above : float
    """

    median: float
    below: float
    above: float

    @classmethod
    def through(cls, assumed: Assumed) -> Duration:
        """Return the law whose 10th, 50th and 90th percentiles are ``low``, ``base``, ``high``."""
        return cls(
            assumed.base,
            max(np.log(assumed.base / assumed.low) / _NINTH, _LEAST_SPREAD),
            max(np.log(assumed.high / assumed.base) / _NINTH, _LEAST_SPREAD),
        )

    def times(self, factor: float) -> Duration:
        """Return the law of ``factor`` times as long."""
        return Duration(self.median * factor, self.below, self.above)

    def done_by(self, days: FloatArray) -> FloatArray:
        """Return the probability of taking at most so many days; nought of none."""
        return np.asarray(ndtr(self._score(days)), dtype=np.float64)

    def done_by_after(self, elapsed: float, days: FloatArray) -> FloatArray:
        """Return the probability of at most ``days`` more, once ``elapsed`` days have passed."""
        lasts = log_ndtr(-self._score(np.asarray(elapsed + days)))
        so_far = log_ndtr(-self._score(np.array([elapsed])))[0]
        return np.asarray(-np.expm1(lasts - so_far), dtype=np.float64)

    def log_likelihood(self, days: float, *, is_over: bool) -> float:
        """Return the logarithm of how likely a stage takes ``days``, or longer if not over."""
        score = self._score(np.array([days]))
        if not is_over:
            return float(log_ndtr(-score)[0])
        spread = self.below if days < self.median else self.above
        return float(-0.5 * score[0] ** 2 - np.log(max(days, 1e-9) * spread))

    def drawn(self, uniform: FloatArray) -> FloatArray:
        """Return the durations that stand at given shares of the law, each in (0, 1)."""
        score = ndtri(uniform)
        return np.asarray(
            self.median * np.exp(score * np.where(score < 0, self.below, self.above)),
            dtype=np.float64,
        )

    def _score(self, days: FloatArray) -> FloatArray:
        with np.errstate(divide="ignore"):
            logarithm = np.log(np.maximum(days, 0.0) / self.median)
        return np.where(logarithm < 0, logarithm / self.below, logarithm / self.above)

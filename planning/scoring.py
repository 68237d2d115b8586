"""Scores of villages: three parts in [0, 1], a plain weighted sum, and nothing hidden.

::

    distance    near first: 1 - min(d, D) / D        far first: min(d, D) / D
    population  log(1 + people) / log(1 + P)
    minority    minority share x (1 - access)
    total       w1 x distance + w2 x population + w3 x minority,   w1 + w2 + w3 = 1

``D`` is the 95th percentile of the distances and ``P`` the largest village of the cohort, kept as
:class:`ScoreScale` so that anybody can recompute a score in a spreadsheet. A part that cannot be
known (a missing input) stays missing; it counts as one half in the total, and ``total_low`` and
``total_high`` say what the total would be if it were 0 or 1.
See ``docs/explanation/scoring.md`` for sources and a worked example.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from planning.columns import BoolArray, Column, FloatArray, float_column
from planning.vocabulary import Criterion, Direction, Weights

DISTANCE_PERCENTILE: Final = 95.0
MISSING_PART: Final = 0.5
"""What a missing part counts in the total: the middle of what it could be."""
TOTAL_DECIMALS: Final = 12
"""Totals are equal when they agree to this many decimals, whatever the rounding of the sum."""


@dataclass(frozen=True, slots=True)
class ScoreScale:
    """What scores are measured against; take it from the whole cohort, not from a filtered view.

    Attributes
    ----------
    distance_cap_m : float
        95th percentile of the known distances, metres; NaN when none is known.
    people_max : float
        People of the largest village; NaN when none is known.
    """

    distance_cap_m: float
    people_max: float


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Scores of ``n`` villages, in the order they were given.

    Attributes
    ----------
    parts : ndarray, shape (n, 3)
        Distance, population and minority score in [0, 1] (order of
        :class:`~planning.vocabulary.Criterion`); NaN where an input is missing.
    total, total_low, total_high : ndarray, shape (n,)
        Weighted sum with a missing part counted as 0.5, 0 and 1; rounded to 12 decimals.
    weights : Weights
        The weights as chosen; :meth:`Weights.shares` are what multiplies the parts.
    direction : Direction
    scale : ScoreScale
    """

    parts: FloatArray
    total: FloatArray
    total_low: FloatArray
    total_high: FloatArray
    weights: Weights
    direction: Direction
    scale: ScoreScale

    @property
    def incomplete(self) -> BoolArray:
        """Whether a village misses at least one part, shape (n,)."""
        incomplete: BoolArray = np.asarray(np.isnan(self.parts).any(axis=1))
        return incomplete

    def to_frame(self, index: pd.Index | None = None) -> pd.DataFrame:
        """Return one row per village: parts, weighted parts and totals.

        Parameters
        ----------
        index : pandas.Index, optional
            Index of the result, for instance that of the register.

        Returns
        -------
        pandas.DataFrame
            Columns ``<criterion>_score`` (NaN where missing), ``<criterion>_points`` (share of
            the weight times the score, a missing score as 0.5), ``total``, ``total_low``,
            ``total_high`` and ``incomplete``. The points of a row sum to its total.
        """
        points = filled(self.parts) * np.array(self.weights.shares())
        columns: dict[str, FloatArray | BoolArray] = {}
        for j, criterion in enumerate(Criterion):
            columns[f"{criterion}_score"] = self.parts[:, j]
        for j, criterion in enumerate(Criterion):
            columns[f"{criterion}_points"] = points[:, j]
        columns["total"] = self.total
        columns["total_low"] = self.total_low
        columns["total_high"] = self.total_high
        columns["incomplete"] = self.incomplete
        return pd.DataFrame(columns, index=index)


def measure_scale(distance_m: Column, people: Column) -> ScoreScale:
    """Measure what a cohort's scores are relative to.

    Parameters
    ----------
    distance_m : array-like, shape (n,)
        Distance to the nearest point with the service, metres.
    people : array-like, shape (n,)

    Returns
    -------
    ScoreScale
        The percentile interpolates linearly, as ``PERCENTILE.INC`` of a spreadsheet does.
    """
    distance, head = float_column(distance_m), float_column(people)
    known = distance[~np.isnan(distance)]
    cap = float(np.percentile(known, DISTANCE_PERCENTILE)) if known.size else np.nan
    counted = head[~np.isnan(head)]
    return ScoreScale(cap, float(counted.max()) if counted.size else np.nan)


def score_villages(
    distance_m: Column,
    people: Column,
    minority_share: Column,
    access: Column,
    *,
    weights: Weights,
    direction: Direction = Direction.NEAR,
    scale: ScoreScale | None = None,
) -> Scores:
    """Score the villages of a gap.

    Parameters
    ----------
    distance_m : array-like, shape (n,)
        Distance to the nearest point that has the service, metres.
    people : array-like, shape (n,)
        People who lack the service.
    minority_share, access : array-like, shape (n,)
        Share of people of ethnic minorities, and access to the service around the village
        (:func:`planning.access.measure_access`), both in [0, 1].
    weights : Weights
    direction : Direction, default near first
        A metre of cable is what a budget buys, so near villages score high unless told otherwise.
    scale : ScoreScale, optional
        What to measure against; by default the villages given.

    Returns
    -------
    Scores
    """
    distance, head = float_column(distance_m), float_column(people)
    scale = scale or measure_scale(distance, head)
    # Transposed, so that each criterion lies together in memory.
    parts = np.array(
        (
            score_distance(distance, scale.distance_cap_m, direction),
            score_population(head, scale.people_max),
            score_minority(float_column(minority_share), float_column(access)),
        )
    ).T
    total = weighted_total(filled(parts), weights.shares())
    low = high = total
    if np.isnan(parts).any():
        low = weighted_total(filled(parts, 0.0), weights.shares())
        high = weighted_total(filled(parts, 1.0), weights.shares())
    return Scores(parts, total, low, high, weights, direction, scale)


def score_distance(distance_m: FloatArray, cap_m: float, direction: Direction) -> FloatArray:
    """Score distances against a cap: linear, and flat beyond it.

    Parameters
    ----------
    distance_m : ndarray, shape (n,)
    cap_m : float
        Where the scale ends; beyond it a farther village scores no differently. With a cap of 0
        every village is at the near end.
    direction : Direction

    Returns
    -------
    ndarray, shape (n,)
        In [0, 1]; NaN where the distance is.
    """
    remoteness = _fraction(distance_m, cap_m)
    return 1.0 - remoteness if direction is Direction.NEAR else remoteness


def score_population(people: FloatArray, people_max: float) -> FloatArray:
    """Score people on a logarithmic scale: the second hundred counts less than the first.

    Parameters
    ----------
    people : ndarray, shape (n,)
    people_max : float
        The number that scores 1; when it is 0 every village scores 0.

    Returns
    -------
    ndarray, shape (n,)
        In [0, 1]; NaN where the number of people is.
    """
    return _fraction(np.log1p(people), float(np.log1p(people_max)))


def score_minority(minority_share: FloatArray, access: FloatArray) -> FloatArray:
    """Score how far an ethnic-minority village is from people who have the service.

    Parameters
    ----------
    minority_share, access : ndarray, shape (n,)
        Both in [0, 1].

    Returns
    -------
    ndarray, shape (n,)
        Minority share times access shortfall; NaN where either is.
    """
    return minority_share * (1.0 - access)


def filled(parts: FloatArray, missing: float = MISSING_PART) -> FloatArray:
    """Return the parts with every missing one counted as ``missing``; shape as given."""
    return np.where(np.isnan(parts), missing, parts)


def weighted_total(parts: FloatArray, shares: tuple[float, float, float]) -> FloatArray:
    """Return the weighted sum of complete parts, rounded to 12 decimals.

    Parameters
    ----------
    parts : ndarray, shape (n, 3)
        Without NaN; see :func:`filled`.
    shares : tuple of float
        Weights that sum to one.

    Returns
    -------
    ndarray, shape (n,)
        Added column by column, so that a village's total never depends on the other villages.
    """
    distance, population, minority = parts.T
    total: FloatArray = shares[0] * distance + shares[1] * population + shares[2] * minority
    return total.round(TOTAL_DECIMALS)


def correlate_scores(parts: FloatArray, method: str = "spearman") -> pd.DataFrame:
    """Return the correlation between the scores, so that double counting can be seen.

    Parameters
    ----------
    parts : ndarray, shape (n, 3)
        As in :class:`Scores`; a pair with a missing part is left out.
    method : {"spearman", "pearson"}
        Of ranks, or of the scores themselves.

    Returns
    -------
    pandas.DataFrame, shape (3, 3)
        By criterion; NaN where a score does not vary.
    """
    names = [criterion.value for criterion in Criterion]
    frame = pd.DataFrame(parts, columns=names)
    ranked = frame.rank() if method == "spearman" else frame
    return ranked.corr()


def _fraction(amount: FloatArray, whole: float) -> FloatArray:
    """Return ``min(amount, whole) / whole``, 0 for a whole of 0, NaN kept."""
    if whole == 0.0:
        return np.where(np.isnan(amount), np.nan, 0.0)
    return np.asarray(np.minimum(amount, whole) / whole)

"""What would change the list: the smallest change of one weight that moves a village in or out.

Let one weight move to ``t`` while the others keep their proportions, all summing to one. Every
total is then a straight line over ``t`` in [0, 1], from the mix of the other criteria (``t = 0``)
to the criterion alone (``t = 1``). A village's rank changes only where its line crosses another,
so walking those crossings outward from the current weight finds the exact turning point; nothing
is sampled. Totals that agree to 12 decimals are tied here as in the ranking, and a turn that is
undone within a billionth of weight is no turn.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from planning.columns import BoolArray, Column, FloatArray, IntArray
from planning.ranking import rank_villages, tie_order
from planning.scoring import TOTAL_DECIMALS, filled, weighted_total
from planning.vocabulary import Criterion, Weights

COINCIDE: Final = 1e-9
"""Crossings closer than this are one: no weight is set more finely than to a billionth."""
_LEVEL: Final = 0.5 * 10.0**-TOTAL_DECIMALS
_NEVER: Final = 3.0
_CHUNK_CELLS: Final = 1 << 16


@dataclass(frozen=True, slots=True, eq=False)
class TippingPoints:
    """Turning points of ``m`` villages for each of the three weights.

    Attributes
    ----------
    selected : ndarray of bool, shape (m,)
        Whether the village is among the first ``k`` under the current weights.
    below, above : ndarray, shape (m, 3)
        The weight (in [0, 1], by :class:`~planning.vocabulary.Criterion`) below, or above, which
        the village changes sides for the first time; NaN when it never does. At 0 and at 1 the
        change happens when the weight reaches the end.
    shares : tuple of float
        The current weights, summing to one.
    """

    selected: BoolArray
    below: FloatArray
    above: FloatArray
    shares: tuple[float, float, float]

    @property
    def threshold(self) -> FloatArray:
        """The nearer of the two turning points, shape (m, 3); NaN when there is none."""
        down, up = np.array(self.shares) - self.below, self.above - np.array(self.shares)
        return np.where(np.isnan(down) | (up < down), self.above, self.below)

    @property
    def change(self) -> FloatArray:
        """The smallest signed change of each weight that moves the village, shape (m, 3)."""
        change: FloatArray = self.threshold - np.array(self.shares)
        return change


def find_tipping_points(
    parts: FloatArray,
    weights: Weights,
    people: Column,
    village_id: Column,
    *,
    k: int,
    villages: IntArray | None = None,
) -> TippingPoints:
    """Find the smallest change of each weight that moves a village in or out of the first ``k``.

    Parameters
    ----------
    parts : ndarray, shape (n, 3)
        Scores as in :attr:`planning.scoring.Scores.parts`; a missing part counts as 0.5.
    weights : Weights
        Where a weight holds everything, the others are 0 and take equal parts of what it gives up.
    people, village_id : array-like, shape (n,)
        Break ties, as in :func:`planning.ranking.rank_villages`.
    k : int
        Length of the list.
    villages : ndarray of int, shape (m,), optional
        Positions of the villages asked about; all of them by default (``n**2`` work).

    Returns
    -------
    TippingPoints
        In the order of ``villages``.
    """
    n = len(parts)
    complete = filled(parts)
    shares = weights.shares()
    asked = np.arange(n) if villages is None else np.asarray(villages, dtype=np.int64)
    rank = rank_villages(weighted_total(complete, shares), people, village_id)
    tie_place = np.empty(n, dtype=np.int64)
    tie_place[tie_order(people, village_id)] = np.arange(n)
    selected = rank[asked] <= k
    below = np.full((len(asked), len(shares)), np.nan)
    above = np.full((len(asked), len(shares)), np.nan)
    for j in range(len(Criterion)):
        walk = _Walk(complete, shares, j, tie_place, k)
        for rows in _chunks(len(asked), n):
            below[rows, j] = walk.down(asked[rows], selected[rows])
            above[rows, j] = walk.up(asked[rows], selected[rows])
    return TippingPoints(selected, below, above, shares)


def move_weight(shares: tuple[float, float, float], j: int, value: float) -> Weights:
    """Set one weight and rescale the others in proportion, all summing to one.

    Parameters
    ----------
    shares : tuple of float
        Current weights, summing to one.
    j : int
        Position of the weight that moves.
    value : float
        In [0, 1].

    Returns
    -------
    Weights
        Where the others are all 0, they take equal parts of the rest.
    """
    moved = _others(shares, j) * (1.0 - value)
    moved[j] = value
    return Weights(*moved.tolist())


def _others(shares: tuple[float, float, float], j: int) -> FloatArray:
    """Return the other weights as they are when weight ``j`` is 0; they sum to one."""
    others = np.array(shares)
    others[j] = 0.0
    if not others.any():
        others[:] = 1.0
        others[j] = 0.0
    scaled: FloatArray = others / others.sum()
    return scaled


def _chunks(count: int, n: int) -> Iterator[slice]:
    step = max(1, _CHUNK_CELLS // max(n, 1))
    for start in range(0, count, step):
        yield slice(start, start + step)


class _Walk:
    """The lines of all villages over one weight, and walks along them in both directions."""

    def __init__(
        self,
        parts: FloatArray,
        shares: tuple[float, float, float],
        j: int,
        tie_place: IntArray,
        k: int,
    ) -> None:
        self._at_zero = parts @ _others(shares, j)
        self._at_one = parts[:, j]
        self._now = shares[j]
        self._tie_place = tie_place
        self._k = k

    def up(self, asked: IntArray, selected: BoolArray) -> FloatArray:
        """Return the first turning points above the current weight, shape (m,)."""
        if self._now >= 1.0:
            return np.full(len(asked), np.nan)
        return self._first_turn(asked, selected, self._at_zero, self._at_one, self._now)

    def down(self, asked: IntArray, selected: BoolArray) -> FloatArray:
        """Return the first turning points below the current weight, shape (m,)."""
        if self._now <= 0.0:
            return np.full(len(asked), np.nan)
        # Seen from the other end, walking down is walking up.
        turn = self._first_turn(asked, selected, self._at_one, self._at_zero, 1.0 - self._now)
        return np.minimum(1.0 - turn, self._now)

    def _first_turn(
        self,
        asked: IntArray,
        selected: BoolArray,
        at_start: FloatArray,
        at_end: FloatArray,
        now: float,
    ) -> FloatArray:
        """Walk from ``now`` to 1 along lines from ``at_start`` (at 0) to ``at_end`` (at 1)."""
        start = at_start - at_start[asked, None]
        end = at_end - at_end[asked, None]
        lead = (1.0 - now) * start + now * end
        level = np.abs(lead) < _LEVEL
        same = (np.abs(start) < _LEVEL) & (np.abs(end) < _LEVEL)
        wins_ties = self._tie_place < self._tie_place[asked, None]
        # Just beyond ``now``, of two lines that meet here the steeper one leads.
        ahead = np.where(level, np.where(same, wins_ties, end > start), lead > 0.0)
        crosses = ~level & np.where(lead > 0.0, end < -_LEVEL, end > _LEVEL)
        at = np.full(start.shape, _NEVER)
        np.divide(start, start - end, out=at, where=crosses)
        order = np.argsort(at, axis=1)
        at = np.take_along_axis(at, order, axis=1)
        gain = np.take_along_axis(np.where(lead < 0.0, 1, -1), order, axis=1)
        rivals = ahead.sum(axis=1, keepdims=True)
        turned = (rivals + np.cumsum(gain, axis=1) < self._k) != selected[:, None]
        turned &= at < _NEVER
        # Crossings that coincide count together: look only after the last of them.
        turned[:, :-1] &= at[:, 1:] - at[:, :-1] > COINCIDE
        first = np.where(
            turned.any(axis=1), at[np.arange(len(asked)), turned.argmax(axis=1)], np.nan
        )
        at_once = (rivals[:, 0] < self._k) != selected
        last = ((end > _LEVEL) | ((np.abs(end) < _LEVEL) & wins_ties)).sum(axis=1)
        at_last = np.where((last < self._k) != selected, 1.0, np.nan)
        return np.where(at_once, now, np.where(first < _NEVER, first, at_last))

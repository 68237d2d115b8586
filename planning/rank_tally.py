"""Percentiles of ranks over many rankings, without keeping the rankings.

Both tallies give the same exact order statistics. Counting needs a table of ``n**2`` small
numbers and is fastest where that fits; keeping only the tails needs memory in proportion to ``n``.
"""

from __future__ import annotations

from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from planning.columns import IntArray

TAIL: Final = 0.05
_LARGEST_TABLE: Final = 4096
_VILLAGES_AT_ONCE: Final = 2048


class RankTally(Protocol):
    """Takes rankings in batches; tells the 5th and 95th percentile of each village's rank."""

    def add(self, order: IntArray) -> None:
        """Take rankings of shape (batch, n): the villages from first to last, one per row."""

    def percentiles(self) -> tuple[IntArray, IntArray]:
        """Return both percentiles, shape (n,), as ranks that occurred (rounded outwards)."""


def tally_ranks(n: int, draws: int) -> RankTally:
    """Choose the tally for ``draws`` rankings of ``n`` villages."""
    return CountedRanks(n, draws) if n <= _LARGEST_TABLE else TailRanks(n, draws)


def tail_length(draws: int) -> int:
    """Return how many rankings lie up to the 5th percentile, at least one."""
    return int(TAIL * (draws - 1)) + 1


class CountedRanks:
    """How often each village took each rank."""

    def __init__(self, n: int, draws: int) -> None:
        self._n = n
        self._draws = draws
        self._counts = np.zeros(n * n, dtype=np.min_scalar_type(draws))
        self._one = self._counts.dtype.type(1)
        self._row = np.arange(n) * n

    def add(self, order: IntArray) -> None:
        """Count a batch of rankings."""
        np.add.at(self._counts, (order + self._row).ravel(), self._one)

    def percentiles(self) -> tuple[IntArray, IntArray]:
        """Return both percentiles of each village."""
        up_to = np.cumsum(self._counts.reshape(self._n, self._n), axis=0, dtype=np.int32)
        tail = tail_length(self._draws)
        low = (up_to >= tail).argmax(axis=0)
        high = (up_to >= self._draws - tail + 1).argmax(axis=0)
        return low + 1, high + 1


class TailRanks:
    """The best and the worst twentieth of each village's ranks."""

    def __init__(self, n: int, draws: int) -> None:
        self._tail = tail_length(draws)
        self._best = np.full((n, self._tail), n + 1, dtype=np.int32)
        self._worst = np.zeros((n, self._tail), dtype=np.int32)
        self._waiting: list[NDArray[np.int32]] = []
        self._positions = np.arange(1, n + 1, dtype=np.int32)[None, :]

    def add(self, order: IntArray) -> None:
        """Keep a batch of rankings until there are enough to sift."""
        ranks = np.empty(order.shape, dtype=np.int32)
        np.put_along_axis(ranks, order, self._positions, axis=1)
        self._waiting.append(ranks)
        if sum(len(batch) for batch in self._waiting) >= self._tail:
            self._sift()

    def percentiles(self) -> tuple[IntArray, IntArray]:
        """Return both percentiles of each village."""
        self._sift()
        low, high = self._best.max(axis=1), self._worst.min(axis=1)
        return low.astype(np.int64), high.astype(np.int64)

    def _sift(self) -> None:
        """Drop every rank that can no longer be in a tail."""
        for start in range(0, len(self._best), _VILLAGES_AT_ONCE):
            villages = slice(start, start + _VILLAGES_AT_ONCE)
            new = [batch[:, villages].T for batch in self._waiting]
            best = np.hstack((self._best[villages], *new))
            best.partition(self._tail - 1, axis=1)
            self._best[villages] = best[:, : self._tail]
            worst = np.hstack((self._worst[villages], *new))
            worst.partition(worst.shape[1] - self._tail, axis=1)
            self._worst[villages] = worst[:, -self._tail :]
        self._waiting.clear()

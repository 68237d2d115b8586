"""Percentiles of ranks over many rankings, without keeping the rankings.

Both tallies give the same exact order statistics. Counting needs a table of ``n**2`` small
numbers and is fastest where that fits; keeping only the tails needs memory in proportion to ``n``.
"""

from __future__ import annotations

from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from planning.columns import IntArray
from planning.optimise.compiled import compiled

TAIL: Final = 0.05
LARGEST_TABLE: Final = 4096
_MOST_SHORT: Final = 1 << 16


class RankTally(Protocol):
    """Takes rankings in batches; tells the 5th and 95th percentile of each village's rank."""

    def add(self, order: NDArray[np.int32]) -> None:
        """Take rankings of shape (batch, n): the villages from first to last, one per row."""

    def percentiles(self) -> tuple[IntArray, IntArray]:
        """Return both percentiles, shape (n,), as ranks that occurred (rounded outwards)."""


def tally_ranks(n: int, draws: int) -> RankTally:
    """Choose the tally for ``draws`` rankings of ``n`` villages."""
    return CountedRanks(n, draws) if n <= LARGEST_TABLE else TailRanks(n, draws)


def tail_length(draws: int) -> int:
    """Return how many rankings lie up to the 5th percentile, at least one."""
    return int(TAIL * (draws - 1)) + 1


class CountedRanks:
    """How often each village took each rank."""

    def __init__(self, n: int, draws: int) -> None:
        self._draws = draws
        self._counts = np.zeros((n, n), dtype=np.uint16 if draws < _MOST_SHORT else np.uint32)

    def add(self, order: NDArray[np.int32]) -> None:
        """Count a batch of rankings."""
        _count(order, self._counts)

    def percentiles(self) -> tuple[IntArray, IntArray]:
        """Return both percentiles of each village."""
        up_to = np.cumsum(self._counts, axis=1, dtype=np.int32)
        tail = tail_length(self._draws)
        low = (up_to >= tail).argmax(axis=1)
        high = (up_to >= self._draws - tail + 1).argmax(axis=1)
        return low + 1, high + 1


class TailRanks:
    """The best and the worst twentieth of each village's ranks.

    A rank enters only if it is better than the last of the best kept so far, which soon becomes
    rare. When there are half as many again as needed, all but the best are dropped.
    """

    def __init__(self, n: int, draws: int) -> None:
        self._tail = tail_length(draws)
        room = self._tail + self._tail // 2 + 1
        self._best, self._worst = (np.empty((n, room), dtype=np.int32) for _ in range(2))
        # How many are kept of each village, and what a rank must be below to be kept.
        self._best_kept, self._worst_kept = (np.zeros(n, dtype=np.int32) for _ in range(2))
        self._best_bar, self._worst_bar = (np.full(n, n + 1, dtype=np.int32) for _ in range(2))

    def add(self, order: NDArray[np.int32]) -> None:
        """Keep what a batch of rankings adds to the tails."""
        _keep(order, self._tail, self._best, self._best_kept, self._best_bar)
        # Counted from the last, the worst ranks are the smallest.
        from_last = order[:, ::-1]
        _keep(from_last, self._tail, self._worst, self._worst_kept, self._worst_bar)

    def percentiles(self) -> tuple[IntArray, IntArray]:
        """Return both percentiles of each village."""
        best = _last_of_the_tail(self._best, self._best_kept, self._tail)
        worst = _last_of_the_tail(self._worst, self._worst_kept, self._tail)
        return best, len(worst) + 1 - worst


@compiled
def _count(order: NDArray[np.int32], counts: NDArray[Any]) -> None:
    for draw in range(order.shape[0]):
        for place in range(order.shape[1]):
            counts[order[draw, place], place] += 1


@compiled
def _keep(
    order: NDArray[np.int32],
    tail: int,
    ranks: NDArray[np.int32],
    kept: NDArray[np.int32],
    bar: NDArray[np.int32],
) -> None:
    room = ranks.shape[1]
    for draw in range(order.shape[0]):
        for place in range(order.shape[1]):
            village = order[draw, place]
            if place + 1 >= bar[village]:
                continue
            ranks[village, kept[village]] = place + 1
            kept[village] += 1
            if kept[village] == room:
                ranks[village] = np.partition(ranks[village], tail - 1)
                kept[village] = tail
                bar[village] = ranks[village, tail - 1]


@compiled
def _last_of_the_tail(ranks: NDArray[np.int32], kept: NDArray[np.int32], tail: int) -> IntArray:
    last = np.empty(len(ranks), dtype=np.int64)
    for village in range(len(ranks)):
        last[village] = np.partition(ranks[village, : kept[village]], tail - 1)[tail - 1]
    return last

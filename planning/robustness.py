"""How firm a rank is: the same villages under thousands of weightings around the chosen one.

Weights are drawn from a Dirichlet distribution whose mean is the chosen weighting, so every draw
is itself a weighting (non-negative, summing to one) and a criterion that was switched off stays
off. A narrow interval of ranks means that the place on the list does not hang on the weights.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from planning.columns import Column, FloatArray, IntArray
from planning.rank_tally import tally_ranks
from planning.ranking import rank_villages, tie_order
from planning.scoring import TOTAL_DECIMALS, filled, weighted_total
from planning.sorting import order_totals
from planning.vocabulary import Weights

DEFAULT_DRAWS: Final = 10_000
DEFAULT_CONCENTRATION: Final = 30.0
"""How close draws stay: the standard deviation of a weight ``w`` is ``sqrt(w (1 - w) / 31)``."""
_BATCH_CELLS: Final = 1 << 18


@dataclass(frozen=True, slots=True, eq=False)
class RankIntervals:
    """Ranks of ``n`` villages under drawn weights.

    Attributes
    ----------
    low, high : ndarray of int64, shape (n,)
        5th and 95th percentile of the ranks, widened to hold the rank under the chosen weights.
    top_share : ndarray, shape (n,)
        Share of the draws in which the village is among the first ``k``.
    k, draws, seed : int
    concentration : float
    """

    low: IntArray
    high: IntArray
    top_share: FloatArray
    k: int
    draws: int
    seed: int
    concentration: float


def rank_intervals(
    parts: FloatArray,
    weights: Weights,
    people: Column,
    village_id: Column,
    *,
    k: int,
    seed: int,
    draws: int = DEFAULT_DRAWS,
    concentration: float = DEFAULT_CONCENTRATION,
) -> RankIntervals:
    """Rank the villages under drawn weights.

    Parameters
    ----------
    parts : ndarray, shape (n, 3)
        Scores as in :attr:`planning.scoring.Scores.parts`; a missing part counts as 0.5.
    weights : Weights
        Mean of the draws.
    people, village_id : array-like, shape (n,)
        Break ties, as in :func:`planning.ranking.rank_villages`.
    k : int
        Length of the list whose membership is counted.
    seed : int
        The same seed gives the same answer, however the work is divided.
    draws : int, default 10,000
    concentration : float, default 30
        The larger, the closer the draws stay to ``weights``.

    Returns
    -------
    RankIntervals

    Raises
    ------
    ValueError
        If an id occurs twice.
    """
    by_tie_rule = tie_order(people, village_id)
    complete = filled(parts)
    n = len(complete)
    tally = tally_ranks(n, draws)
    in_top = np.zeros(n, dtype=np.int64)
    drawn = draw_weights(weights, draws=draws, concentration=concentration, seed=seed)
    for order in _orders(complete[by_tie_rule], drawn):
        in_top += np.bincount(order[:, : max(k, 0)].ravel(), minlength=n)
        tally.add(order)
    back = np.empty(n, dtype=np.int64)
    back[by_tie_rule] = np.arange(n)
    low, high = (percentile[back] for percentile in tally.percentiles())
    nominal = rank_villages(weighted_total(complete, weights.shares()), people, village_id)
    return RankIntervals(
        low=np.minimum(low, nominal),
        high=np.maximum(high, nominal),
        top_share=in_top[back] / draws,
        k=k,
        draws=draws,
        seed=seed,
        concentration=concentration,
    )


def draw_weights(weights: Weights, *, draws: int, concentration: float, seed: int) -> FloatArray:
    """Draw weightings around a chosen one.

    Parameters
    ----------
    weights : Weights
        Mean of the distribution; a weight of zero stays zero in every draw.
    draws : int
    concentration : float
        Sum of the Dirichlet parameters, positive.
    seed : int

    Returns
    -------
    ndarray, shape (draws, 3)
        Rows that sum to one.
    """
    shares = np.array(weights.shares())
    used = shares > 0.0
    drawn = np.zeros((draws, len(shares)))
    rng = np.random.default_rng(seed)
    drawn[:, used] = rng.dirichlet(concentration * shares[used], size=draws)
    return drawn


def _orders(parts: FloatArray, drawn: FloatArray) -> Iterator[NDArray[np.int32]]:
    """Yield, in batches of draws, the villages from first to last; they come in tie order.

    Threads put the next batches in order while the one before is counted; no more wait than that.
    """
    in_units = np.ascontiguousarray(parts.T * 10.0**TOTAL_DECIMALS)
    step = max(1, _BATCH_CELLS // max(len(parts), 1))
    batches = (drawn[start : start + step] for start in range(0, len(drawn), step))
    threads = os.cpu_count() or 1
    with ThreadPoolExecutor(threads) as pool:
        waiting: deque[Future[NDArray[np.int32]]] = deque()
        for batch in batches:
            waiting.append(pool.submit(order_totals, in_units, batch))
            if len(waiting) > threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

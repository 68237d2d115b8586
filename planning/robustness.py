"""How firm a rank is: the same villages under thousands of weightings around the chosen one.

Weights are drawn from a Dirichlet distribution whose mean is the chosen weighting, so every draw
is itself a weighting (non-negative, summing to one) and a criterion that was switched off stays
off. A narrow interval of ranks means that the place on the list does not hang on the weights.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from planning.columns import Column, FloatArray, IntArray
from planning.rank_tally import tally_ranks
from planning.ranking import rank_villages, tie_order
from planning.scoring import TOTAL_DECIMALS, filled, weighted_total
from planning.vocabulary import Weights

DEFAULT_DRAWS: Final = 10_000
DEFAULT_CONCENTRATION: Final = 30.0
"""How close draws stay: the standard deviation of a weight ``w`` is ``sqrt(w (1 - w) / 31)``."""
_BATCH_CELLS: Final = 1 << 16
_MOST_BITS: Final = 22


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
        If an id occurs twice or there are more than four million villages.
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


def _orders(parts: FloatArray, drawn: FloatArray) -> Iterator[IntArray]:
    """Yield, in batches of draws, the villages from first to last; they come in tie order.

    A total and a place in the tie order share one integer, so that a plain sort settles both.
    """
    n = len(parts)
    bits = n.bit_length()
    if bits > _MOST_BITS:
        raise ValueError(f"at most {2**_MOST_BITS - 1} villages can be ranked under drawn weights")
    place = np.arange(n)
    distance, population, minority = parts.T * 10.0**TOTAL_DECIMALS
    step = max(1, _BATCH_CELLS // max(n, 1))
    for start in range(0, len(drawn), step):
        batch = drawn[start : start + step]
        total = batch[:, :1] * distance
        total += batch[:, 1:2] * population
        total += batch[:, 2:] * minority
        keys = np.negative(np.rint(total, out=total), out=total).astype(np.int64)
        keys <<= bits
        keys |= place
        keys.sort(axis=1)
        keys &= (1 << bits) - 1
        yield keys

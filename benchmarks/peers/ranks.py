"""Scores, ranks and rank intervals beside pandas, pymcdm and scikit-criteria."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

import numpy as np
import pandas as pd
import skcriteria
from numpy.typing import NDArray
from pymcdm.methods import WSM
from skcriteria.agg.simple import WeightedSumModel

from benchmarks.peers.comparison import Way, compare
from benchmarks.ranking import WEIGHTS, Register, generate, score, score_and_rank
from planning.rank_tally import tail_length
from planning.ranking import rank_villages
from planning.robustness import draw_weights, rank_intervals
from planning.scoring import filled, weighted_total

FloatArray = NDArray[np.float64]
Ranks = Iterator[NDArray[Any]]

DRAWS: Final = 10_000


def scores_and_ranks(rounds: int, n: int = 1_000_000) -> list[tuple[str, ...]]:
    """From columns to ranks."""
    register = generate(n)
    return compare(
        f"scores and ranks of {n:,}",
        partial(score_and_rank, register),
        {
            "pandas": Way(partial(_pandas, register), _same_order, bar=5),
            "pymcdm, WSM": Way(partial(_one, pymcdm_ranks, register), _same_order, bar=5),
            "scikit-criteria, WSM": Way(partial(_one, criteria_ranks, register), _same_order, 5),
        },
        rounds,
    )


def drawn_ranks(rounds: int, n: int, loop: int) -> list[tuple[str, ...]]:
    """10,000 weight draws; the other tools are given ``loop`` of them, one after the other."""
    register = generate(n)
    parts = score(register).parts

    def ours(draws: int = DRAWS) -> Any:
        return rank_intervals(
            parts, WEIGHTS, register.people, register.village_id, k=28, seed=1, draws=draws
        )

    def looped(ranks: Callable[[FloatArray, FloatArray], Ranks]) -> tuple[Any, Any]:
        drawn = draw_weights(WEIGHTS, draws=loop, concentration=30.0, seed=1)
        kept = np.array(list(ranks(filled(parts), drawn)))
        return drawn, kept

    def same(_: Any, found: tuple[FloatArray, NDArray[Any]]) -> str:
        drawn, kept = found
        units = [weighted_total(filled(parts), tuple(w)) for w in drawn]
        strict = np.array([rank_villages(u, register.people, register.village_id) for u in units])
        pairs = zip(strict, kept, strict=True)
        equal = sum(_same_order(mine, theirs) == EQUAL for mine, theirs in pairs)
        tail = tail_length(loop)
        nominal = rank_villages(
            weighted_total(filled(parts), WEIGHTS.shares()), register.people, register.village_id
        )
        few = ours(loop)
        low = np.sort(strict, axis=0)[tail - 1]
        high = np.sort(strict, axis=0)[loop - tail]
        as_ours = bool(
            (few.low == np.minimum(low, nominal)).all()
            and (few.high == np.maximum(high, nominal)).all()
        )
        return f"{equal} of {loop} orders, intervals {'equal' if as_ours else 'DIFFER'}"

    return compare(
        f"{DRAWS:,} draws of {n:,}",
        ours,
        {
            "pymcdm loop": Way(lambda: looped(pymcdm_ranks), same, 50, DRAWS / loop),
            "scikit-criteria loop": Way(lambda: looped(criteria_ranks), same, 50, DRAWS / loop),
        },
        rounds,
    )


def pymcdm_ranks(parts: FloatArray, drawn: FloatArray) -> Ranks:
    """Rank with pymcdm's weighted sum of the parts as they are."""
    method = WSM(normalization_function=_as_they_are)
    kinds = np.ones(parts.shape[1])
    for weights in drawn:
        yield method.rank(method(parts, weights, kinds).round(12))


def criteria_ranks(parts: FloatArray, drawn: FloatArray) -> Ranks:
    """Rank with scikit-criteria's weighted sum."""
    matrix = skcriteria.mkdm(parts, [max] * parts.shape[1], weights=drawn[0])
    for weights in drawn:
        yield WeightedSumModel().evaluate(matrix.replace(weights=weights)).rank_


def _one(ranks: Callable[[FloatArray, FloatArray], Ranks], register: Register) -> NDArray[Any]:
    parts = filled(score(register).parts)
    return next(ranks(parts, np.array([WEIGHTS.shares()])))


def _pandas(register: Register) -> NDArray[np.int64]:
    """Score and rank as one would write it by hand."""
    frame = pd.DataFrame(
        {
            "village_id": register.village_id,
            "distance": register.distance_m,
            "people": register.people,
            "minority": register.minority_share,
            "served": register.served,
        }
    )
    cap = float(frame["distance"].quantile(0.95))
    most = np.log1p(frame["people"].max())
    near, large, apart = WEIGHTS.shares()
    frame["total"] = (
        near * (1.0 - frame["distance"].clip(upper=cap) / cap)
        + large * (np.log1p(frame["people"]) / most)
        + apart * (frame["minority"] * (1.0 - frame["served"]))
    ).round(12)
    by = frame.sort_values(["total", "people", "village_id"], ascending=[False, False, True])
    rank = pd.Series(np.arange(1, len(by) + 1), index=by.index)
    return rank.sort_index().to_numpy()


EQUAL: Final = "same order"


def _same_order(ours: NDArray[Any], theirs: NDArray[Any]) -> str:
    """Our ranks are strict; a tool may give those that tie one rank, but swap nobody."""
    in_turn = np.asarray(theirs)[np.argsort(ours)]
    swapped = int((np.diff(in_turn) < 0).sum())
    return f"{swapped} swapped by rounding" if swapped else EQUAL


def _as_they_are(column: FloatArray, cost: bool) -> FloatArray:  # noqa: ARG001 (pymcdm names it)
    return column

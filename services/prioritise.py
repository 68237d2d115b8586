"""Prioritise: rank the villages of a gap, with every part of every score."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from geo.schema import CORE
from planning.access import measure_access
from planning.fairness import Fairness, compare_shares
from planning.gaps import assign_lanes, gap_status
from planning.ranking import rank_villages
from planning.robustness import rank_intervals
from planning.scoring import Scores, ScoreScale, correlate_scores, score_villages
from planning.vocabulary import (
    DEFAULT_PRESET,
    DEFAULT_ROUTE_FACTOR,
    GAP_SERVICE,
    PRESETS,
    Direction,
    Gap,
    GapStatus,
    Weights,
)
from services.province import Province
from services.serving import nearest_served

DEFAULT_DRAWS: Final = 10_000
DEFAULT_TOP: Final = 28
DEFAULT_SEED: Final = 20_240_314

CARRIED: Final = tuple(name for name in CORE if not name.startswith(("mobile_", "fixed_")))
"""Register columns that a ranked list keeps."""


@dataclass(frozen=True)
class Question:
    """What is asked of a ranking.

    Attributes
    ----------
    gap : Gap
    as_of : date
    weights : Weights
    direction : Direction
    route_factor : float
        Cable length over geodesic length, at least 1.
    top : int
        How many villages count as selected.
    draws, seed : int
        Weight draws behind the rank intervals; 0 draws leaves them out.
    """

    gap: Gap
    as_of: date
    weights: Weights = PRESETS[DEFAULT_PRESET][0]
    direction: Direction = PRESETS[DEFAULT_PRESET][1]
    route_factor: float = DEFAULT_ROUTE_FACTOR
    top: int = DEFAULT_TOP
    draws: int = DEFAULT_DRAWS
    seed: int = DEFAULT_SEED


@dataclass(frozen=True)
class Ranking:
    """The villages of a gap in order, and how much to trust the order.

    Attributes
    ----------
    question : Question
    table : DataFrame
        One row a village in rank order: the columns of :data:`CARRIED`, ``state``,
        ``observed_on``, ``lane``, ``nearest_id``, ``nearest_name``, ``nearest_kind``,
        ``distance_km`` (geodesic), ``route_km`` (times the route factor), ``access`` (share),
        the columns of :meth:`planning.scoring.Scores.to_frame`, ``rank`` (1 is first),
        ``rank_low``, ``rank_high`` (5th to 95th percentile over the weight draws) and
        ``top_share`` (share of draws in which the village is among the first ``top``).
    scale : ScoreScale
        What the scores were measured against.
    correlation : DataFrame, 3 x 3
        Spearman correlation of the three scores.
    fairness : Fairness
        Minority share of the first ``top`` beside that of the gap.
    register_rows : ndarray of int
        Register row of each row of ``table``.
    """

    question: Question
    table: pd.DataFrame
    scale: ScoreScale
    correlation: pd.DataFrame
    fairness: Fairness
    register_rows: np.ndarray


@dataclass(frozen=True)
class Measures:
    """What a ranking needs and no weight changes: distances and access of a gap at a date.

    Attributes
    ----------
    gap : Gap
    as_of : date
    table : DataFrame
        One row a lacking village, in register order.
    register_rows : ndarray of int
    """

    gap: Gap
    as_of: date
    table: pd.DataFrame
    register_rows: np.ndarray


def measure(province: Province, gap: Gap, as_of: date) -> Measures:
    """Measure distance and access of every village that has the gap.

    Kept apart from :func:`prioritise` because moving a weight changes none of it.
    """
    states = province.states(as_of)
    status = gap_status(states, gap)
    rows = np.flatnonzero(status == GapStatus.LACKING)
    register = province.villages
    around = province.neighbours
    served = np.select(
        [status == GapStatus.SERVED, status == GapStatus.LACKING], [1.0, 0.0], np.nan
    )
    access = measure_access(
        around.indptr, around.indices, around.distance_m, register["people"], served
    )
    service = GAP_SERVICE[gap]
    lacking = pd.DataFrame(register.iloc[rows][list(CARRIED)]).reset_index(drop=True)
    table = pd.concat([lacking, nearest_served(province, gap, as_of, rows)], axis=1).assign(
        state=states[f"{service}_state"].to_numpy()[rows],
        observed_on=states[f"{service}_observed_on"].to_numpy()[rows],
        lane=assign_lanes(lacking["grid_power"], lacking["specially_difficult"]),
        access=access[rows],
    )
    return Measures(gap=gap, as_of=as_of, table=table, register_rows=rows)


def prioritise(measures: Measures, question: Question) -> Ranking:
    """Rank the villages of a gap.

    Parameters
    ----------
    measures : Measures
        Of the question's gap and date.
    question : Question

    Returns
    -------
    Ranking
    """
    table = measures.table
    scores = score_villages(
        table["distance_m"],
        table["people"],
        table["minority_share"],
        table["access"],
        weights=question.weights,
        direction=question.direction,
    )
    rank = rank_villages(scores.total, table["people"], table["village_id"])
    ranked = pd.concat([table, scores.to_frame(table.index)], axis=1).assign(
        rank=rank,
        distance_km=table["distance_m"] / 1000,
        route_km=table["distance_m"] / 1000 * question.route_factor,
        **_intervals(scores, table, question),
    )
    order = np.argsort(rank, kind="stable")
    ordered = ranked.iloc[order].drop(columns="distance_m").reset_index(drop=True)
    return Ranking(
        question=question,
        table=ordered,
        scale=scores.scale,
        correlation=correlate_scores(scores.parts),
        fairness=compare_shares(rank <= question.top, table["people"], table["minority_share"]),
        register_rows=measures.register_rows[order],
    )


def _intervals(scores: Scores, table: pd.DataFrame, question: Question) -> dict[str, Any]:
    if not question.draws or table.empty:
        return {"rank_low": pd.NA, "rank_high": pd.NA, "top_share": np.nan}
    intervals = rank_intervals(
        scores.parts,
        question.weights,
        table["people"],
        table["village_id"],
        k=question.top,
        draws=question.draws,
        seed=question.seed,
    )
    return {
        "rank_low": intervals.low,
        "rank_high": intervals.high,
        "top_share": intervals.top_share,
    }

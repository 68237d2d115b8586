"""What would change the order: the smallest change of a weight that moves a village."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from planning.tipping import find_tipping_points
from planning.vocabulary import Criterion
from services.prioritise import Ranking

_NEIGHBOURHOOD: Final = 200
"""Ranks on each side of the cut that are examined; further off a village hardly tips."""


@dataclass(frozen=True)
class Tipping:
    """Villages near the cut and what it takes to move each across it.

    Attributes
    ----------
    top : int
    shares : tuple of float
        The current weights, summing to one, by :class:`planning.vocabulary.Criterion`.
    table : DataFrame
        One row a village that can be moved, the easiest first: ``village_id``, ``name``,
        ``commune``, ``rank``, ``selected``, ``criterion`` (whose weight moves least), ``weight``
        (the value beyond which the village changes sides, the others rescaled) and ``change``.
    """

    top: int
    shares: tuple[float, float, float]
    table: pd.DataFrame


def find_tipping(ranking: Ranking) -> Tipping:
    """Find, for each village near the cut, the smallest change that moves it across."""
    question = ranking.question
    table = ranking.table
    near = np.flatnonzero(np.abs(table["rank"].to_numpy() - question.top) <= _NEIGHBOURHOOD)
    points = find_tipping_points(
        table[[f"{criterion}_score" for criterion in Criterion]].to_numpy(dtype=np.float64),
        question.weights,
        table["people"],
        table["village_id"],
        k=question.top,
        villages=near,
    )
    change = np.where(np.isnan(points.change), np.inf, np.abs(points.change))
    easiest = change.argmin(axis=1) if len(near) else np.empty(0, dtype=np.int64)
    each = np.arange(len(near))
    rows = table.iloc[near][["village_id", "name", "commune", "rank"]].assign(
        selected=points.selected,
        criterion=np.array([str(c) for c in Criterion], dtype=object)[easiest],
        weight=points.threshold[each, easiest],
        change=points.change[each, easiest],
    )
    movable = rows[rows["change"].notna()]
    order = movable["change"].abs().sort_values(kind="stable").index
    return Tipping(question.top, points.shares, movable.loc[order].reset_index(drop=True))

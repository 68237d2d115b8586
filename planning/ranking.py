"""From totals to strict ranks: by total, then by people, then by id, whatever the input order."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planning.columns import Column, FloatArray, IntArray, float_column
from planning.scoring import TOTAL_DECIMALS


def rank_villages(total: FloatArray, people: Column, village_id: Column) -> IntArray:
    """Rank villages, the best first.

    Parameters
    ----------
    total : ndarray, shape (n,)
        Without NaN; totals that agree to 12 decimals are tied.
    people : array-like, shape (n,)
        Breaks ties: more people first, unknown last.
    village_id : array-like of str, shape (n,)
        Breaks the remaining ties, in ascending order; unique.

    Returns
    -------
    ndarray of int64, shape (n,)
        1 for the first; every rank from 1 to n occurs once.

    Raises
    ------
    ValueError
        If a total is not finite or an id occurs twice.
    """
    by_tie_rule = tie_order(people, village_id)
    best_first = by_tie_rule[np.argsort(-score_units(total[by_tie_rule]), kind="stable")]
    rank = np.empty(len(total), dtype=np.int64)
    rank[best_first] = np.arange(1, len(total) + 1)
    return rank


def tie_order(people: Column, village_id: Column) -> IntArray:
    """Return the villages in the order in which ties are broken.

    Parameters
    ----------
    people : array-like, shape (n,)
    village_id : array-like of str, shape (n,)

    Returns
    -------
    ndarray of int64, shape (n,)
        Positions of the villages: most people first, unknown last, then by id.

    Raises
    ------
    ValueError
        If an id occurs twice: the order would depend on that of the input.
    """
    ids = pd.Index(village_id)
    if not ids.is_unique:
        raise ValueError("village ids must be unique")
    head = float_column(people)
    if ids.is_monotonic_increasing:
        by_id = np.arange(len(ids))
    else:
        by_id = np.asarray(ids.argsort(), dtype=np.int64)
    return by_id[np.argsort(-head[by_id], kind="stable")]


def score_units(total: FloatArray) -> IntArray:
    """Return totals as whole units of 1e-12, so that equality is exact.

    Raises
    ------
    ValueError
        If a total is not finite.
    """
    if not np.isfinite(total).all():
        raise ValueError("totals must be finite")
    return np.rint(total * 10.0**TOTAL_DECIMALS).astype(np.int64)

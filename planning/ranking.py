"""From totals to strict ranks: by total, then by people, then by id, whatever the input order."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planning.columns import Column, FloatArray, IntArray, float_column
from planning.scoring import TOTAL_DECIMALS
from planning.sorting import stable_order


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
    units = score_units(total)
    order = stable_order(-units)
    best_first = units[order]
    starts = np.diff(best_first, prepend=best_first[:1] + 1) != 0
    ends = np.diff(best_first, append=best_first[-1:] - 1) != 0
    # Ties are few: only they are put in the order of the tie rule, each within its own places.
    tied = ~(starts & ends)
    ids = _unique_ids(village_id)
    among = order[tied]
    by_rule = tie_order(float_column(people)[among], ids[among])
    order[tied] = among[by_rule][np.argsort(-units[among][by_rule], kind="stable")]
    rank = np.empty(len(units), dtype=np.int64)
    rank[order] = np.arange(1, len(units) + 1)
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
    ids = _unique_ids(village_id)
    by_id = np.arange(len(ids)) if _increasing(ids) else np.asarray(ids.argsort())
    return by_id[np.argsort(-float_column(people)[by_id], kind="stable")]


def _unique_ids(village_id: Column) -> pd.Index[str]:
    """Return ids as strings; raise where one occurs twice."""
    ids: pd.Index[str] = pd.Index(village_id, dtype="str")
    # Registers are kept in the order of their ids, which proves them unique at a glance.
    if not _increasing(ids) and not ids.is_unique:
        raise ValueError("village ids must be unique")
    return ids


def _increasing(ids: pd.Index[str]) -> bool:
    return bool((ids[:-1] < ids[1:]).all())


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

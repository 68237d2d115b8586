"""Whole numbers that add up exactly to a given total."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def apportion(total: int, weights: NDArray[np.float64], at_least: int) -> NDArray[np.int64]:
    """Share a total in proportion to weights by largest remainders, above a floor.

    Parameters
    ----------
    total : int
        The sum to reach; at least ``at_least * len(weights)``.
    weights : ndarray of float, shape (n,)
        Positive.
    at_least : int
        Given to everyone before the rest is shared.

    Returns
    -------
    ndarray of int64, shape (n,)
        Sums to ``total`` exactly. Equal remainders are settled by position.
    """
    rest = total - at_least * len(weights)
    exact = rest * weights / weights.sum()
    whole = np.floor(exact).astype(np.int64)
    largest_remainders = np.argsort(whole - exact, kind="stable")
    whole[largest_remainders[: rest - int(whole.sum())]] += 1
    return np.asarray(whole + at_least)

"""How many of several villages are finished: exact laws of the count."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planning.columns import FloatArray, IntArray


def count_law(usual: FloatArray, hit: FloatArray, sites: IntArray, chance: float) -> FloatArray:
    """Return the law of how many villages are finished, site by site.

    Villages are independent but for their site: with probability ``chance`` a site is hit, and
    every village of it then has its other probability. Sites are hit independently.

    Parameters
    ----------
    usual, hit : ndarray of float, shape (..., n)
        Probability of each village, its site as usual and hit.
    sites : ndarray of int, shape (n,)
        Site of each village.
    chance : float

    Returns
    -------
    ndarray of float, shape (..., n + 1)
        Exact: the Poisson-binomial law by its recursion, each site a mixture of two.
    """
    count = usual.shape[-1]
    law = np.zeros((*usual.shape[:-1], count + 1))
    law[..., 0] = 1.0
    for site in np.unique(sites):
        members = np.flatnonzero(sites == site)
        law = (1.0 - chance) * _with(law, usual, members) + chance * _with(law, hit, members)
    return law


def at_least(law: FloatArray, count: int) -> FloatArray:
    """Return the probability of ``count`` or more."""
    return np.asarray(law[..., max(count, 0) :].sum(axis=-1), dtype=np.float64)


def capped(law: FloatArray, most: IntArray) -> FloatArray:
    """Return the law of the smaller of the count and a limit, of shape ``law.shape[:-1]``."""
    numbers = np.arange(law.shape[-1])
    limit = np.minimum(most, law.shape[-1] - 1)[..., None]
    kept = np.where(numbers <= limit, law, 0.0)
    np.put_along_axis(
        kept,
        limit,
        np.take_along_axis(kept, limit, axis=-1)
        + np.where(numbers > limit, law, 0.0).sum(axis=-1, keepdims=True),
        axis=-1,
    )
    return kept


def percentile(law: FloatArray, share: float) -> int:
    """Return the smallest count that is not exceeded with probability ``share`` or more."""
    reached = np.cumsum(law) >= share - 1e-12
    return int(np.argmax(reached)) if reached.any() else len(law) - 1


def _with(law: FloatArray, chances: FloatArray, members: Sequence[int] | IntArray) -> FloatArray:
    for village in members:
        done = chances[..., village, None]
        more = np.zeros_like(law)
        more[..., 1:] = law[..., :-1] * done
        law = law * (1.0 - done) + more
    return law

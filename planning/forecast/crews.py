"""What crews can finish: a queue of villages served in order of priority, in expectation."""

from __future__ import annotations

import numpy as np

from planning.columns import BoolArray, FloatArray, IntArray


def served_in_turn(
    ready: FloatArray, capacity: FloatArray, is_quarter_end: BoolArray, order: IntArray
) -> FloatArray:
    """Return how much of each village's chance of being finished the crews leave.

    Villages come to the crews as their work allows, in expectation ``ready``; in a quarter the
    crews finish at most what ``capacity`` grows by in it, a village of higher priority first, and
    what a quarter's capacity had no village for is lost. For the first j villages together, what is
    finished by day t is then ``min over s of ready_j(s) + capacity(t) - capacity(s)``, s being t
    itself and every end of a quarter before it (the reflection of a queue); a village's own part
    is the difference to the villages before it.

    Parameters
    ----------
    ready : ndarray of float, shape (..., n, c)
        Probability of each village by each checkpoint, were crews without limit; rising.
    capacity : ndarray of float, shape (..., c)
        Villages the crews can finish by each checkpoint; rising.
    is_quarter_end : ndarray of bool, shape (c,)
    order : ndarray of int, shape (n,)
        Villages, the first to be served first.

    Returns
    -------
    ndarray of float, shape (..., n, c)
        Share of ``ready``, 0 to 1; 1 where crews do not bind.
    """
    asked = ready[..., order, :]
    waiting = np.cumsum(asked, axis=-2)
    room = capacity[..., None, :]
    at_ends = np.where(is_quarter_end, waiting - room, np.inf)
    before = np.minimum.accumulate(at_ends, axis=-1)
    finished = np.minimum(waiting, room + np.minimum(before, 0.0))
    own = np.diff(finished, axis=-2, prepend=0.0)
    share = np.ones_like(ready)
    share[..., order, :] = np.divide(own, asked, out=np.ones_like(own), where=asked > 1e-12)
    return np.clip(share, 0.0, 1.0)

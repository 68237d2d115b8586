"""Which branch pays most: Horn's order of a forest, and the bound that follows from it.

On one machine, with every job after its parent in a forest, the sum of weighted completion times is
least when the subtree top with the most weight an hour of work goes first, again and again: the job
of the highest ratio follows its parent at once, so the two become one (Horn 1972; the blocks that
remain are those of Sidney 1975). Here weights are people and work is kilometres.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np

from planning.columns import FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class RatioOrder:
    """The order and its blocks.

    Attributes
    ----------
    sequence : ndarray of int, shape (b,)
        Branches from first to last.
    block_work, block_weight : ndarray of float, shape (k,)
        Of the blocks that belong together, by falling ratio of weight to work.
    """

    sequence: IntArray
    block_work: FloatArray
    block_weight: FloatArray

    @property
    def place(self) -> IntArray:
        """Place of each branch in the sequence, shape (b,)."""
        place = np.empty(len(self.sequence), np.int64)
        place[self.sequence] = np.arange(len(self.sequence))
        return place

    def most_weight(self, work: FloatArray) -> FloatArray:
        """Return the most weight that work can finish, a block in part counting in part.

        Parameters
        ----------
        work : ndarray of float

        Returns
        -------
        ndarray of float
            No choice of branches with their trunks, whose work is within ``work``, weighs more.
        """
        free = self.block_work <= 0.0
        done = np.concatenate([[0.0], np.cumsum(self.block_work[~free])])
        weight = np.concatenate([[0.0], np.cumsum(self.block_weight[~free])])
        return np.asarray(np.interp(work, done, weight) + self.block_weight[free].sum())


def ratio_order(parent: IntArray, work: FloatArray, weight: FloatArray) -> RatioOrder:
    """Order a forest by Horn's rule.

    Parameters
    ----------
    parent : ndarray of int, shape (b,)
        -1 at a root.
    work, weight : ndarray of float, shape (b,)
        Not negative.

    Returns
    -------
    RatioOrder
        Equal ratios go by number, so the order is always the same.
    """
    n = len(parent)
    head = list(range(n))  # of the block a branch belongs to, with short cuts
    last = list(range(n))
    then = [-1] * n
    total_work, total_weight = work.tolist(), weight.tolist()
    heap = [(-_ratio(total_weight[i], total_work[i]), i) for i in range(n)]
    heapq.heapify(heap)
    current = [-1.0 for _ in range(n)]
    for key, i in heap:
        current[i] = key
    placed = [False] * n
    blocks: list[int] = []

    def head_of(i: int) -> int:
        while head[i] != i:
            head[i] = head[head[i]]
            i = head[i]
        return i

    while heap:
        key, i = heapq.heappop(heap)
        if head[i] != i or placed[i] or key != current[i]:
            continue
        top = int(parent[i])
        block = head_of(top) if top >= 0 else -1
        if top < 0 or placed[block]:
            placed[i] = True
            blocks.append(i)
            continue
        then[last[block]] = i
        last[block] = last[i]
        head[i] = block
        total_work[block] += total_work[i]
        total_weight[block] += total_weight[i]
        current[block] = -_ratio(total_weight[block], total_work[block])
        heapq.heappush(heap, (current[block], block))
    sequence: list[int] = []
    for i in blocks:
        at = i
        while at >= 0:
            sequence.append(at)
            at = then[at]
    return RatioOrder(
        np.array(sequence, np.int64),
        np.array([total_work[i] for i in blocks]),
        np.array([total_weight[i] for i in blocks]),
    )


def _ratio(weight: float, work: float) -> float:
    return weight / work if work > 0.0 else np.inf

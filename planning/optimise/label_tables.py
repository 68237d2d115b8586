"""The tables that labels live in, and how they grow."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from planning.columns import FloatArray, IntArray
from planning.optimise import label_search as search
from planning.optimise.label_bounds import Arcs, Cuts

LABEL_BYTES: Final = 80
"""What a label takes, with its places in the heap, on a shelf and in the hash table."""
_LABELS, _GROUPS, _CHUNKS = 1 << 14, 1 << 12, 1 << 11
"""How much room there is at first."""


class Tables:
    """Labels, terminal sets, shelves and heap of a search that begins at each terminal."""

    def __init__(
        self, arcs: Arcs, ground: search.Ground, cuts: Cuts, terminals: IntArray, values: FloatArray
    ) -> None:
        k, n, shelves = len(terminals), len(arcs.bits), len(arcs.heads) + len(arcs.bits)
        self.arcs, self.ground, self.cuts, self.values = arcs, ground, cuts, values
        self.everything = (1 << k) - 1
        self.counts = np.zeros(search.N_COUNTS, dtype=np.int64)
        self.counts[[search.JOIN_A, search.JOIN_B, search.JOIN_C]] = -1
        self.labels = search.Labels(
            node=_ints(_LABELS),
            mask=np.zeros(_LABELS, dtype=np.int64),
            cost=np.zeros(_LABELS),
            since=np.zeros(_LABELS),
            start=_ints(_LABELS),
            one=_ints(_LABELS),
            two=_ints(_LABELS),
            port=_ints(_LABELS),
            ports=np.zeros(_LABELS, dtype=np.int64),
            group=_ints(_LABELS),
            peer=_ints(_LABELS),
            popped=np.zeros(_LABELS, dtype=np.bool_),
            slots=_ints(2 * _LABELS),
        )
        self.groups = search.Groups(
            mask=np.zeros(_GROUPS, dtype=np.int64),
            joined=np.full(_GROUPS, np.inf),
            anchor=np.zeros(_GROUPS, dtype=np.int64),
            open=np.zeros((_GROUPS, len(cuts.root))),
            apart=np.full(_GROUPS, np.inf),
            last=_ints(_GROUPS) - 1,
            told=_ints(_GROUPS),
            due=_ints(_GROUPS),
            slots=_ints(2 * _GROUPS),
        )
        self.shelves = search.Shelves(
            head=_ints(shelves) - 1,
            fill=_ints(shelves),
            held=_ints(n),
            next=_ints(_CHUNKS),
            mask=np.zeros((_CHUNKS, search.CHUNK), dtype=np.int64),
            cost=np.zeros((_CHUNKS, search.CHUNK)),
            label=np.zeros((_CHUNKS, search.CHUNK), dtype=np.int32),
        )
        self.heap = search.Heap(np.zeros(_LABELS), _ints(_LABELS))
        room = len(arcs.heads) + n + 1
        self.scratch = search.Scratch(
            distance=np.zeros(n),
            key=np.zeros(room),
            what=np.zeros(room, dtype=np.int64),
            order=np.zeros(n, dtype=np.int64),
            parent=np.zeros(n, dtype=np.int64),
            held=np.zeros(n, dtype=np.int64),
        )
        self.counts[[search.N_LABELS, search.N_HEAP]] = k
        self.counts[search.N_GROUPS] = 1  # the empty set
        for field in (self.labels.node, self.labels.start):
            field[:k] = terminals
        for field in (self.labels.one, self.labels.two, self.labels.port, self.labels.peer):
            field[:k] = -1
        self.heap.label[:k] = np.arange(k)
        search.rehash(self.labels, self.groups, self.counts)
        search.add_singles(ground, self.groups, cuts, self.counts, terminals)

    def advance(self, pops: int) -> int:
        """Settle some labels and tell why it stopped; room is made when there is none."""
        code = search.advance(
            self.arcs,
            self.ground,
            self.cuts,
            self.labels,
            self.groups,
            self.shelves,
            self.heap,
            self.scratch,
            self.values,
            self.counts,
            self.everything,
            pops,
        )
        if code == search.GROW:
            self._grow()
        return code

    @property
    def made(self) -> int:
        """How many labels there are, and how many more would take the room of the terminal sets."""
        per_set = 24 + 8 * len(self.cuts.root)
        counts = self.counts
        return int(counts[search.N_LABELS] + counts[search.N_GROUPS] * per_set // LABEL_BYTES)

    def finish(self) -> None:
        """Let the labels that were not settled meet their complements."""
        search.meet_rest(self.arcs, self.labels, self.values, self.counts, self.everything)

    def tree(self) -> IntArray:
        """Return the edges of the best tree found, by their numbers in the arcs; none without one.

        Returns
        -------
        ndarray of int
            Ascending, each once.
        """
        made_of = [int(i) for i in self.counts[search.JOIN_A : search.JOIN_C + 1] if i >= 0]
        edges = set()
        while made_of:
            i = made_of.pop()
            if self.labels.two[i] >= 0:
                made_of.append(int(self.labels.two[i]))
            elif self.labels.one[i] >= 0:
                edges.add(int(self.arcs.edge[self.labels.port[i]]))
            if self.labels.one[i] >= 0:
                made_of.append(int(self.labels.one[i]))
        return np.array(sorted(edges), dtype=np.int64)

    def _grow(self) -> None:
        """Double the tables that are more than half full, one array after the other."""
        counts = self.counts
        if 2 * counts[search.N_LABELS] > len(self.labels.node):
            for name in self.labels._fields:
                self.labels = self.labels._replace(**{name: _doubled(getattr(self.labels, name))})
        if 2 * counts[search.N_GROUPS] > len(self.groups.mask):
            for name in self.groups._fields:
                self.groups = self.groups._replace(**{name: _doubled(getattr(self.groups, name))})
        if 2 * counts[search.N_HEAP] > len(self.heap.key):
            self.heap = search.Heap(_doubled(self.heap.key), _doubled(self.heap.label))
        if 2 * counts[search.N_CHUNKS] > len(self.shelves.next):
            for name in ("next", "mask", "cost", "label"):
                longer = _doubled(getattr(self.shelves, name))
                self.shelves = self.shelves._replace(**{name: longer})
        search.rehash(self.labels, self.groups, counts)


def _ints(size: int) -> NDArray[np.int32]:
    return np.zeros(size, dtype=np.int32)


def _doubled(array: Any) -> Any:
    longer = np.zeros((2 * len(array), *array.shape[1:]), dtype=array.dtype)
    longer[: len(array)] = array
    return longer

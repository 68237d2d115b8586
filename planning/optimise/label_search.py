"""The label loop: partial trees from the cheapest up, cut off where no optimum continues them.

Compiled loops take arrays and numbers one by one, hence the long lists of arguments.
"""
# ruff: noqa: PLR0912, PLR0915, PLR0917

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from planning.columns import FloatArray, IntArray
from planning.optimise.binary_heap import drop_first, put_in
from planning.optimise.compiled import compiled
from planning.optimise.label_bounds import Arcs, Cuts

Int32Array = NDArray[np.int32]

GROW: Final = 1
PAUSE: Final = 2
MEET: Final = 3

N_LABELS: Final = 0
N_GROUPS: Final = 1
N_CHUNKS: Final = 2
N_HEAP: Final = 3
N_POPPED: Final = 4
JOIN_A: Final = 5
JOIN_B: Final = 6
JOIN_C: Final = 7
ASKED: Final = 8
N_COUNTS: Final = 9

LIMIT: Final = 0
STEP: Final = 1
LEAST: Final = 2
TINY: Final = 3
CHUNK: Final = 32


class Ground(NamedTuple):
    """What never changes: distances to terminals (n, k), the terminals by nearness, detours."""

    distances: FloatArray
    nearest: IntArray
    detours: FloatArray


class Labels(NamedTuple):
    """Labels: node, terminals, cost, and how each came about.

    ``since`` is the length of the plain stretch that ends here and began at ``start``. ``one`` and
    ``two`` are the labels it was made of (``two`` is -1 for a step along an arc, both are for a
    beginning), ``port`` the arc back, ``ports`` the bits of the node's arcs that are used,
    ``group`` the number of the terminal set and ``peer`` another label of that set, or -1.
    ``slots`` is a hash table.
    """

    node: Int32Array
    mask: IntArray
    cost: FloatArray
    since: FloatArray
    start: Int32Array
    one: Int32Array
    two: Int32Array
    port: Int32Array
    ports: IntArray
    group: Int32Array
    peer: Int32Array
    popped: NDArray[np.bool_]
    slots: Int32Array


class Groups(NamedTuple):
    """Terminal sets: bits, the cost of joining the set to some terminal outside, and that terminal.

    ``open`` (s, d) is the weight of the cuts that contain a terminal outside the set. ``apart`` is
    the cost up to which trees of the set reach a set of nodes that parts the terminals outside (see
    :func:`_part`); ``last`` is a label of the set, ``told`` counts how often something new was
    learnt of it, and at ``due`` of these ``apart`` is worth measuring again.
    """

    mask: IntArray
    joined: FloatArray
    anchor: IntArray
    open: FloatArray
    apart: FloatArray
    last: Int32Array
    told: Int32Array
    due: Int32Array
    slots: Int32Array


class Scratch(NamedTuple):
    """Room to measure distances of a set in: per node, a heap, the order of nodes, components."""

    distance: FloatArray
    key: FloatArray
    what: IntArray
    order: IntArray
    parent: IntArray
    held: IntArray


class Shelves(NamedTuple):
    """Popped labels by node and arc of arrival, in linked chunks; merged ones by node."""

    head: Int32Array
    fill: Int32Array
    held: Int32Array
    next: Int32Array
    mask: IntArray
    cost: FloatArray
    label: Int32Array


class Heap(NamedTuple):
    """A binary heap of labels by cost; old entries are skipped when they surface."""

    key: FloatArray
    label: Int32Array


@compiled
def _mix(mask: int, node: int) -> int:
    h = (mask ^ (node * 6364136223846793005)) * -7046029254386353131
    h ^= h >> 29
    h *= -4658895280553007687
    return h ^ (h >> 32)


@compiled
def find_label(labels: Labels, node: int, mask: int) -> int:
    """Return the label's number, or ``-1 - slot`` where it would go."""
    top = len(labels.slots) - 1
    slot = _mix(mask, node) & top
    while True:
        found = labels.slots[slot]
        if found < 0:
            return -1 - slot
        if labels.mask[found] == mask and labels.node[found] == node:
            return int(found)
        slot = (slot + 1) & top


@compiled
def rehash(labels: Labels, groups: Groups, counts: IntArray) -> None:
    """Fill the hash tables anew after they have grown."""
    labels.slots[:] = -1
    for i in range(counts[N_LABELS]):
        labels.slots[-1 - find_label(labels, labels.node[i], labels.mask[i])] = i
    groups.slots[:] = -1
    for i in range(counts[N_GROUPS]):
        groups.slots[-1 - _find_group(groups, groups.mask[i])] = i


@compiled
def _find_group(groups: Groups, mask: int) -> int:
    top = len(groups.slots) - 1
    slot = _mix(mask, 0) & top
    while True:
        found = groups.slots[slot]
        if found < 0:
            return -1 - slot
        if groups.mask[found] == mask:
            return int(found)
        slot = (slot + 1) & top


@compiled
def _get_group(groups: Groups, cuts: Cuts, counts: IntArray, everything: int, mask: int) -> int:
    found = _find_group(groups, mask)
    if found >= 0:
        return found
    i = int(counts[N_GROUPS])
    counts[N_GROUPS] += 1
    groups.slots[-1 - found] = i
    groups.mask[i] = mask
    groups.joined[i] = np.inf
    groups.anchor[i] = 0
    groups.apart[i] = np.inf
    groups.last[i] = -1
    groups.told[i] = 0
    groups.due[i] = 1
    rest = everything & ~mask
    for d in range(len(cuts.root)):
        total = 0.0
        for g in range(cuts.group_first[d], cuts.group_first[d + 1]):
            if cuts.group_mask[g] & rest:
                total += cuts.group_weight[g]
        groups.open[i, d] = total
    return i


@compiled
def _join_groups(groups: Groups, union: int, one: int, two: int) -> None:
    """Join a union to terminals outside as its parts are, unless each leans on the other."""
    total = groups.joined[one] + groups.joined[two]
    if total < groups.joined[union] and (
        groups.anchor[one] & groups.mask[two] == 0 or groups.anchor[two] & groups.mask[one] == 0
    ):
        groups.joined[union] = total
        groups.anchor[union] = (groups.anchor[one] | groups.anchor[two]) & ~groups.mask[union]


@compiled
def _anchor(ground: Ground, groups: Groups, group: int, node: int, cost: float) -> None:
    """Join a set, whose tree of some cost contains a node, from there to the nearest terminal."""
    for t in ground.nearest[node]:
        if (groups.mask[group] >> t) & 1 == 0:
            if cost + ground.distances[node, t] < groups.joined[group]:
                groups.joined[group] = cost + ground.distances[node, t]
                groups.anchor[group] = 1 << int(t)
            break


@compiled
def _find_root(parent: IntArray, v: int) -> int:
    while parent[v] != v:
        parent[v] = parent[parent[v]]
        v = parent[v]
    return v


@compiled
def _part(
    arcs: Arcs,
    labels: Labels,
    groups: Groups,
    scratch: Scratch,
    group: int,
    everything: int,
    most: float,
) -> None:
    """Measure up to what cost the trees of a set reach nodes that part the terminals outside it.

    Whatever joins the terminals outside meets one of those nodes: from there the set is joined at
    that cost, so no cheapest tree holds a dearer one of the set (Iwata and Shigemura, 2019). Nodes
    are taken from the furthest to the nearest until the terminals outside hang together.
    """
    n = len(arcs.bits)
    rest = everything & ~groups.mask[group]
    wanted = 0
    left = rest
    while left:
        left &= left - 1
        wanted += 1
    distance, parent, held = scratch.distance, scratch.parent, scratch.held
    distance[:] = np.inf
    size = 0
    i = int(groups.last[group])
    while i >= 0:
        v = int(labels.node[i])
        if labels.cost[i] < distance[v]:
            distance[v] = labels.cost[i]
            size = put_in(scratch.key, scratch.what, size, labels.cost[i], v)
        i = int(labels.peer[i])
    count = 0
    while size:
        d, v = scratch.key[0], scratch.what[0]
        size = drop_first(scratch.key, scratch.what, size)
        if d > distance[v]:
            continue
        scratch.order[count] = v
        count += 1
        for a in range(arcs.first[v], arcs.first[v + 1]):
            through = d + arcs.costs[a]
            w = arcs.heads[a]
            if through < distance[w] and through <= most:
                distance[w] = through
                size = put_in(scratch.key, scratch.what, size, through, w)
    for v in range(n):
        parent[v] = v
        held[v] = 1 if arcs.bits[v] & rest else 0
    for v in range(n):
        if distance[v] == np.inf:
            if held[v] == wanted:
                return
            for a in range(arcs.first[v], arcs.first[v + 1]):
                w = arcs.heads[a]
                if w < v and distance[w] == np.inf:
                    one, two = _find_root(parent, v), _find_root(parent, w)
                    if one != two:
                        parent[one] = two
                        held[two] += held[one]
                        if held[two] == wanted:
                            return
    for at in range(count - 1, -1, -1):
        v = scratch.order[at]
        here = distance[v]
        distance[v] = np.inf  # taken
        together = held[v] == wanted
        for a in range(arcs.first[v], arcs.first[v + 1]):
            w = arcs.heads[a]
            if distance[w] == np.inf:
                one, two = _find_root(parent, v), _find_root(parent, w)
                if one != two:
                    parent[one] = two
                    held[two] += held[one]
                    together = together or held[two] == wanted
        if together:
            groups.apart[group] = min(groups.apart[group], here)
            return


@compiled
def _hopeless(
    groups: Groups,
    cuts: Cuts,
    counts: IntArray,
    group: int,
    everything: int,
    node: int,
    allowed: float,
) -> bool:
    """Tell whether joining a node with the terminals outside a set costs more than allowed.

    The ascent that told so last is asked first.
    """
    rest = everything & ~groups.mask[group]
    d = int(counts[ASKED])
    for _ in range(len(cuts.root)):
        bound = groups.open[group, d]
        if cuts.root[d] & rest == 0:
            bound -= cuts.around[d, node]
        if bound + cuts.around[d, node] > allowed:
            for i in range(cuts.first[d, node], cuts.first[d, node + 1]):
                if cuts.mask[i] & rest == 0:
                    bound += cuts.weight[i]
            if bound > allowed:
                counts[ASKED] = d
                return True
        d += 1
        if d == len(cuts.root):
            d = 0
    return False


@compiled
def _put(
    labels: Labels,
    groups: Groups,
    heap: Heap,
    counts: IntArray,
    found: int,
    node: int,
    mask: int,
    cost: float,
    since: float,
    start: int,
    one: int,
    two: int,
    port: int,
    ports: int,
    group: int,
) -> None:
    """Write a new or cheaper label and queue it."""
    if found < 0:
        i = int(counts[N_LABELS])
        counts[N_LABELS] += 1
        labels.slots[-1 - found] = i
        labels.node[i] = node
        labels.mask[i] = mask
        labels.group[i] = group
        labels.peer[i] = groups.last[group]
        groups.last[group] = i
        labels.popped[i] = False
    else:
        i = found
    if two >= 0 or labels.mask[one] != mask:
        groups.told[group] += 1
    labels.cost[i] = cost
    labels.since[i] = since
    labels.start[i] = start
    labels.one[i] = one
    labels.two[i] = two
    labels.port[i] = port
    labels.ports[i] = ports
    counts[N_HEAP] = put_in(heap.key, heap.label, counts[N_HEAP], cost, i)


@compiled
def _record(values: FloatArray, counts: IntArray, total: float, a: int, b: int, c: int) -> None:
    """Keep a whole tree, and from now on look only for cheaper ones."""
    if total > values[LIMIT]:
        return
    counts[JOIN_A], counts[JOIN_B], counts[JOIN_C] = a, b, c
    if values[STEP] > 0.0:
        values[LIMIT] = (np.floor(total / values[STEP] + 1e-6) - 0.55) * values[STEP]
    else:
        values[LIMIT] = total - values[TINY]


@compiled
def _meet(
    labels: Labels, values: FloatArray, counts: IntArray, everything: int, bit: int, i: int
) -> None:
    """Join a label with the one of all other terminals at its node, if there is one."""
    rest = everything & ~(labels.mask[i] | bit)
    other = find_label(labels, labels.node[i], rest)
    if other >= 0 and labels.popped[other]:
        _record(values, counts, labels.cost[i] + labels.cost[other], i, other, -1)


@compiled
def _merge(
    arcs: Arcs,
    labels: Labels,
    groups: Groups,
    cuts: Cuts,
    heap: Heap,
    shelves: Shelves,
    values: FloatArray,
    counts: IntArray,
    everything: int,
    i: int,
    shelf: int,
) -> None:
    """Merge a label with those of a shelf of its node."""
    v, mask, cost = int(labels.node[i]), int(labels.mask[i]), labels.cost[i]
    bit = int(arcs.bits[v])
    degree = int(arcs.first[v + 1] - arcs.first[v])
    stepped = labels.two[i] < 0
    chunk = shelves.head[shelf]
    fill = shelves.fill[shelf]
    while chunk >= 0:
        masks = shelves.mask[chunk]
        for j in range(fill):
            if masks[j] & mask:
                continue
            total = cost + shelves.cost[chunk, j]
            if total > values[LIMIT]:
                continue
            other = int(shelves.label[chunk, j])
            if labels.ports[i] & labels.ports[other]:
                continue
            union = mask | int(masks[j])
            if union | bit == everything:  # the two have met when the second was popped
                continue
            if total > 0.5 * (values[LIMIT] + values[TINY]):
                if stepped and total + shelves.cost[chunk, j] < values[LEAST]:
                    continue
                third = find_label(labels, v, everything & ~(union | bit))
                if third >= 0 and labels.popped[third]:
                    _record(values, counts, total + labels.cost[third], i, other, third)
                continue
            ports = int(labels.ports[i] | labels.ports[other])
            if bit == 0:
                used = 2
                if labels.two[i] >= 0 or labels.two[other] >= 0:
                    used = 3
                if used >= degree:
                    continue
            found = find_label(labels, v, union)
            if found >= 0 and labels.cost[found] <= total:
                continue
            group = _get_group(groups, cuts, counts, everything, union)
            _join_groups(groups, group, labels.group[i], labels.group[other])
            if total > min(groups.joined[group], groups.apart[group]) + values[TINY]:
                continue
            if _hopeless(groups, cuts, counts, group, everything, v, values[LIMIT] - total):
                continue
            _put(
                labels,
                groups,
                heap,
                counts,
                found,
                v,
                union,
                total,
                0.0,
                v,
                i,
                other,
                -1,
                ports,
                group,
            )
        chunk = shelves.next[chunk]
        fill = CHUNK


@compiled
def _shelve(labels: Labels, shelves: Shelves, counts: IntArray, shelf: int, i: int) -> None:
    if shelves.head[shelf] < 0 or shelves.fill[shelf] == CHUNK:
        shelves.next[counts[N_CHUNKS]] = shelves.head[shelf]
        shelves.head[shelf] = counts[N_CHUNKS]
        shelves.fill[shelf] = 0
        counts[N_CHUNKS] += 1
    chunk, j = shelves.head[shelf], shelves.fill[shelf]
    shelves.mask[chunk, j] = labels.mask[i]
    shelves.cost[chunk, j] = labels.cost[i]
    shelves.label[chunk, j] = i
    shelves.fill[shelf] += 1
    shelves.held[labels.node[i]] += 1


@compiled
def advance(
    arcs: Arcs,
    ground: Ground,
    cuts: Cuts,
    labels: Labels,
    groups: Groups,
    shelves: Shelves,
    heap: Heap,
    scratch: Scratch,
    values: FloatArray,
    counts: IntArray,
    everything: int,
    steps: int,
) -> int:
    """Pop up to ``steps`` labels; return why it stopped (GROW, PAUSE, MEET)."""
    k = ground.distances.shape[1]
    for _ in range(steps):
        if counts[N_HEAP] == 0:
            return MEET
        i = int(heap.label[0])
        cost = heap.key[0]
        if labels.popped[i] or cost > labels.cost[i]:
            counts[N_HEAP] = drop_first(heap.key, heap.label, counts[N_HEAP])
            continue
        if cost > 0.5 * (values[LIMIT] + values[TINY]):
            return MEET
        v = int(labels.node[i])
        degree = int(arcs.first[v + 1] - arcs.first[v])
        need = shelves.held[v] + degree + 2
        if (
            counts[N_LABELS] + need > len(labels.node)
            or counts[N_GROUPS] + need > len(groups.mask)
            or counts[N_HEAP] + need > len(heap.key)
            or counts[N_CHUNKS] + 1 > len(shelves.next)
        ):
            return GROW
        counts[N_HEAP] = drop_first(heap.key, heap.label, counts[N_HEAP])
        labels.popped[i] = True
        counts[N_POPPED] += 1
        mask, bit = int(labels.mask[i]), int(arcs.bits[v])
        group = int(labels.group[i])
        if mask:
            if groups.told[group] >= groups.due[group]:
                groups.due[group] = 2 * groups.told[group] + 1
                half = 0.5 * (values[LIMIT] + values[TINY])
                _part(arcs, labels, groups, scratch, group, everything, half)
            if cost > min(groups.joined[group], groups.apart[group]) + values[TINY]:
                continue
            _anchor(ground, groups, group, v, cost)
            _meet(labels, values, counts, everything, bit, i)
            if bit or degree > 2:
                for a in range(int(arcs.first[v]), int(arcs.first[v + 1])):
                    if a != labels.port[i]:
                        _merge(
                            arcs,
                            labels,
                            groups,
                            cuts,
                            heap,
                            shelves,
                            values,
                            counts,
                            everything,
                            i,
                            a,
                        )
                if labels.two[i] < 0:
                    shelf = len(arcs.heads) + v
                    _merge(
                        arcs,
                        labels,
                        groups,
                        cuts,
                        heap,
                        shelves,
                        values,
                        counts,
                        everything,
                        i,
                        shelf,
                    )
                    _shelve(labels, shelves, counts, labels.port[i], i)
                else:
                    _shelve(labels, shelves, counts, len(arcs.heads) + v, i)
        full = mask | bit
        if full == everything:
            continue
        if bit:
            inner = group
            group = _get_group(groups, cuts, counts, everything, full)
            if mask:
                own = _find_group(groups, bit)
                _join_groups(groups, group, inner, own)
            _anchor(ground, groups, group, v, cost)
        for a in range(int(arcs.first[v]), int(arcs.first[v + 1])):
            w = int(arcs.heads[a])
            if arcs.bits[w] & full:
                continue
            port = a - arcs.first[v]
            if port < 63 and (labels.ports[i] >> port) & 1:
                continue
            total = cost + arcs.costs[a]
            if total > min(groups.joined[group], groups.apart[group]) + values[TINY]:
                continue
            start, since = v, arcs.costs[a]
            if bit == 0 and labels.two[i] < 0:
                start = int(labels.start[i])
                since = labels.since[i] + arcs.costs[a]
            beaten = False
            for t in range(k):
                if max(ground.detours[start, t], ground.distances[w, t]) + values[TINY] < since:
                    beaten = True
                    break
            if beaten:
                continue
            found = find_label(labels, w, full)
            if found >= 0 and labels.cost[found] <= total:
                continue
            if _hopeless(groups, cuts, counts, group, everything, w, values[LIMIT] - total):
                continue
            back = int(arcs.back[a])
            place = back - int(arcs.first[w])
            ports = 1 << place if place < 63 else 0
            _put(
                labels,
                groups,
                heap,
                counts,
                found,
                w,
                full,
                total,
                since,
                start,
                i,
                -1,
                back,
                ports,
                group,
            )
    return PAUSE


@compiled
def meet_rest(
    arcs: Arcs, labels: Labels, values: FloatArray, counts: IntArray, everything: int
) -> None:
    """Join the labels that were never popped, dearer than half a tree, with their complements."""
    for i in range(counts[N_LABELS]):
        if not labels.popped[i]:
            _meet(labels, values, counts, everything, int(arcs.bits[labels.node[i]]), i)


@compiled
def add_singles(
    ground: Ground, groups: Groups, cuts: Cuts, counts: IntArray, terminals: IntArray
) -> None:
    """Add the sets of one terminal; each can be joined to the nearest other."""
    k = len(terminals)
    for i in range(k):
        group = _get_group(groups, cuts, counts, (1 << k) - 1, 1 << i)
        _anchor(ground, groups, group, int(terminals[i]), 0.0)

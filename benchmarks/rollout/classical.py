"""Generated instances after the classical families, each hard in a way of its own.

The families are those that solvers of Steiner trees are measured on; these are drawn anew after
their description and are not the published files. Seeded: the same every time.

=========== ======================================================================================
sparse      random graphs with whole costs of 1 to 10 (after Beasley's B to E)
incidence   costs follow from how many ends are terminals, so that short ways mislead (after Duin)
hypercube   the corners with an even sum, equal costs: whole plateaus of trees, weak bounds (PUC)
bipartite   terminals meet over relays only, equal costs (PUC)
holes       a grid with blocks cut out, after the wiring of chips
k-node      a geometric graph, any 40 to 200 of 400 nodes, no root
=========== ======================================================================================
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.spatial import cKDTree

from benchmarks.rollout.instances import Instance
from planning.columns import BoolArray, FloatArray, IntArray


def instances() -> list[Instance]:
    """Return all of them, family by family."""
    return [*_sparse(), *_incidence(), *_hypercubes(), *_bipartite(), *_holes(), *_k_node()]


def _steiner(
    name: str, n: int, edges: IntArray, costs: FloatArray, terminals: IntArray
) -> Instance:
    """Name the family and the instance with one word each."""
    return Instance(
        name=name,
        family=name.split(maxsplit=1)[0],
        n_nodes=n,
        edges=edges.astype(np.int64),
        costs=costs.astype(float),
        roots=np.empty(0, np.int64),
        terminals=np.sort(terminals).astype(np.int64),
        quota=len(terminals),
    )


def _random_graph(rng: np.random.Generator, n: int, m: int) -> IntArray:
    """Return a random tree and random further edges, ``m`` different ones in all."""
    order = rng.permutation(n)
    earlier = (rng.random(n - 1) * np.arange(1, n)).astype(np.int64)
    tree = np.sort(np.stack([order[1:], order[earlier]], axis=1), axis=1)
    low, high = np.triu_indices(n, 1) if n <= 3_000 and m > n * n // 8 else (None, None)
    if low is not None and high is not None:
        further = np.stack([low, high], axis=1)[rng.permutation(len(low))]
    else:
        further = np.sort(rng.integers(0, n, (3 * m, 2)), axis=1)
        further = further[further[:, 0] != further[:, 1]]
    pairs = np.concatenate([tree, further])
    _, first = np.unique(pairs[:, 0] * n + pairs[:, 1], return_index=True)
    chosen: IntArray = pairs[np.sort(first)[:m]]
    return chosen


def _sparse() -> Iterator[Instance]:
    rng = np.random.default_rng(1990)
    sizes = [
        *((500, m, t) for m in (625, 1_000, 2_500, 12_500) for t in (5, 10, 83, 125)),
        *((1_000, m, t) for m in (1_250, 2_000, 5_000, 25_000) for t in (5, 10, 167, 250)),
    ]
    for n, m, t in sizes:
        edges = _random_graph(rng, n, m)
        costs = rng.integers(1, 11, m).astype(float)
        terminals = rng.choice(n, t, replace=False)
        yield _steiner(f"sparse {n}-{m}-{t}", n, edges, costs, terminals)


def _incidence() -> Iterator[Instance]:
    rng = np.random.default_rng(1993)
    for n, m, t in (
        (80, 120, 6),
        (80, 350, 8),
        (80, 3_160, 8),
        (160, 240, 12),
        (160, 812, 12),
        (160, 2_544, 24),
        (320, 480, 17),
        (320, 1_845, 17),
        (320, 1_845, 34),
    ):
        edges = _random_graph(rng, n, m)
        terminals = rng.choice(n, t, replace=False)
        ends = np.isin(edges, terminals).sum(axis=1)
        costs = np.maximum(np.round(rng.normal(100.0 * (1 + ends), 5.0)), 1.0)
        yield _steiner(f"incidence {n}-{m}-{t}", n, edges, costs, terminals)


def _hypercubes() -> Iterator[Instance]:
    for dimension in (4, 5, 6):
        n = 1 << dimension
        low = np.arange(n)
        pairs = np.concatenate(
            [
                np.stack([low, low ^ (1 << bit)], axis=1)[(low >> bit) & 1 == 0]
                for bit in range(dimension)
            ]
        )
        even = np.array([node.bit_count() % 2 == 0 for node in range(n)])
        yield _steiner(
            f"hypercube {dimension}u", n, pairs, np.ones(len(pairs)), np.flatnonzero(even)
        )


def _bipartite() -> Iterator[Instance]:
    rng = np.random.default_rng(2001)
    for t, relays, degree in ((30, 60, 3), (50, 100, 3), (50, 250, 5)):
        to = np.argsort(rng.random((t, relays)), axis=1)[:, :degree] + t
        direct = np.stack([np.repeat(np.arange(t), degree), to.ravel()], axis=1)
        # A ring of relays keeps it in one piece; it costs twice as much.
        ring = t + np.stack([np.arange(relays), (np.arange(relays) + 1) % relays], axis=1)
        costs = np.repeat([1.0, 2.0], [len(direct), len(ring)])
        edges = np.concatenate([direct, ring])
        yield _steiner(f"bipartite {t}-{relays}-{degree}", t + relays, edges, costs, np.arange(t))


def _holes() -> Iterator[Instance]:
    rng = np.random.default_rng(1999)
    for width, height, blocks, t in ((40, 40, 12, 10), (70, 60, 25, 20), (110, 90, 50, 40)):
        is_open = np.ones((width, height), bool)
        for _ in range(blocks):
            x, y = rng.integers(1, width - 6), rng.integers(1, height - 6)
            is_open[x : x + rng.integers(2, width // 8), y : y + rng.integers(2, height // 8)] = (
                False
            )
        yield _grid(rng, is_open, t)


def _grid(rng: np.random.Generator, is_open: BoolArray, t: int) -> Instance:
    width, height = is_open.shape
    is_open[0], is_open[-1], is_open[:, 0], is_open[:, -1] = True, True, True, True
    number: IntArray = np.cumsum(is_open.ravel()).reshape(is_open.shape) - np.int64(1)
    across, along = rng.integers(1, 9, width - 1), rng.integers(1, 9, height - 1)
    right, up = is_open[1:] & is_open[:-1], is_open[:, 1:] & is_open[:, :-1]
    edges = np.concatenate(
        [
            np.stack([number[:-1][right], number[1:][right]], axis=1),
            np.stack([number[:, :-1][up], number[:, 1:][up]], axis=1),
        ]
    )
    costs = np.concatenate(
        [
            np.broadcast_to(across[:, None], right.shape)[right],
            np.broadcast_to(along[None, :], up.shape)[up],
        ]
    ).astype(float)
    # All of the frame hangs together; a pocket between blocks may not hang on it.
    main = np.flatnonzero(_reached(int(is_open.sum()), edges))
    terminals = rng.choice(main, t, replace=False)
    return _steiner(f"holes {width}x{height}-{t}", int(is_open.sum()), edges, costs, terminals)


def _reached(n: int, edges: IntArray) -> BoolArray:
    """Return which nodes hang together with node 0."""
    reached = np.zeros(n, bool)
    reached[0] = True
    while True:
        grown = reached.copy()
        touching = edges[reached[edges].any(axis=1)]
        grown[touching.ravel()] = True
        if (grown == reached).all():
            return reached
        reached = grown


def _k_node() -> Iterator[Instance]:
    rng = np.random.default_rng(1994)
    at = rng.random((400, 2))
    near: IntArray = np.asarray(cKDTree(at).query(at, k=9)[1], np.int64)
    pairs = np.sort(np.stack([np.repeat(np.arange(400), 8), near[:, 1:].ravel()], axis=1), axis=1)
    pairs = np.unique(pairs, axis=0)
    apart = at[pairs[:, 0]] - at[pairs[:, 1]]
    costs = np.round(1_000.0 * np.hypot(apart[:, 0], apart[:, 1]))
    for quota in (40, 100, 200):
        yield Instance(
            name=f"k-node 400-{quota}",
            family="k-node",
            n_nodes=400,
            edges=pairs.astype(np.int64),
            costs=costs,
            roots=np.empty(0, np.int64),
            terminals=np.arange(400),
            quota=quota,
        )

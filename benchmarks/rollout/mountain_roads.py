"""Road graphs as mountains have them: planar, winding, most nodes on the way and few to turn at.

Junctions lie in the valleys of an invented terrain. Of their Delaunay triangulation a least
spanning tree by length and climb is built, then the cheapest further links: roads follow valleys
and few cross a ridge. Links are cut into pieces by shape nodes, and spurs that lead nowhere are
hung on. Fibre stands in the lower places; villages without it lie in small clusters away from them.

Run ``python -m benchmarks.rollout.mountain_roads`` for a summary of every size.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import Final, NamedTuple

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree
from scipy.spatial import Delaunay, cKDTree

from planning.columns import FloatArray, IntArray


class Size(NamedTuple):
    """What to generate: ``generate(*PROVINCE)``."""

    nodes: int
    roots: int
    terminals: int


PROVINCE: Final = Size(36_000, 150, 56)
REGION: Final = Size(100_000, 400, 225)
NATION: Final = Size(1_000_000, 4_000, 5_000)

JUNCTIONS: Final = 0.22
"""Share of nodes that are junctions; the links between them follow from the edges per node."""
SPURS: Final = 0.15
"""Share of nodes on spurs that lead nowhere."""
EDGES_PER_NODE: Final = 1.18
AREA_PER_JUNCTION_KM2: Final = 0.8


@dataclass(frozen=True, slots=True, eq=False)
class MountainRoads:
    """A connected road graph with fibre and villages on it, ready for a solver.

    Attributes
    ----------
    n_nodes : int
    edges : ndarray of int, shape (m, 2)
    costs : ndarray of float, shape (m,)
        ``lengths_m * effort``: metres of plain ground.
    lengths_m, effort : ndarray of float, shape (m,)
        Windings are in the length; positions lie on the chord.
    roots : ndarray of int, shape (r,)
        Nodes with fibre.
    terminals : ndarray of int, shape (t,)
        Nodes of villages; none has fibre.
    xy_m : ndarray of float, shape (n, 2)
    """

    n_nodes: int
    edges: IntArray
    costs: FloatArray
    lengths_m: FloatArray
    effort: FloatArray
    roots: IntArray
    terminals: IntArray
    xy_m: FloatArray


def generate(nodes: int, roots: int, terminals: int, seed: int = 1) -> MountainRoads:
    """Return a road graph; the same for the same arguments.

    Parameters
    ----------
    nodes, roots, terminals : int
        How many of each.
    seed : int

    Returns
    -------
    MountainRoads
    """
    rng = np.random.default_rng([seed, nodes])
    junctions = max(int(JUNCTIONS * nodes), 4)
    spurs = int(SPURS * nodes)
    side = 1000.0 * np.sqrt(junctions * AREA_PER_JUNCTION_KM2)
    terrain = _Terrain.draw(rng, side)
    at = _junctions(rng, terrain, side, junctions)
    links = _links(rng, terrain, at, int(EDGES_PER_NODE * nodes) - nodes + junctions)
    edges, xy = _with_shape_nodes(at, links, nodes - junctions - spurs)
    edges, xy = _with_spurs(rng, edges, xy, spurs)

    first, second = xy[edges[:, 0]], xy[edges[:, 1]]
    chord = np.hypot(*(second - first).T) + 1.0
    climb = np.abs(terrain.height(second) - terrain.height(first)) / chord
    lengths_m = chord * (1.15 + 1.5 * climb + rng.exponential(0.15, len(edges)))
    effort = np.minimum(1.0 + 4.0 * climb, 3.0)

    has_fibre = _towns(rng, terrain, at, roots)
    villages = _villages(rng, xy, has_fibre, terminals)
    return MountainRoads(
        nodes, edges, lengths_m * effort, lengths_m, effort, has_fibre, villages, xy
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Terrain:
    """A sum of waves, folded so that valleys are wide and ridges sharp."""

    wave: FloatArray
    phase: FloatArray
    metres: FloatArray

    @classmethod
    def draw(cls, rng: np.random.Generator, side: float) -> _Terrain:
        """Draw waves of 4 to 40 km; the longer, the higher."""
        length = np.geomspace(4_000.0, max(min(side, 40_000.0), 5_000.0), 14)
        angle = rng.uniform(0.0, 2.0 * np.pi, len(length))
        wave = (2.0 * np.pi / length) * np.stack([np.cos(angle), np.sin(angle)])
        return cls(wave, rng.uniform(0.0, 2.0 * np.pi, len(length)), 0.02 * length)

    def height(self, xy: FloatArray) -> FloatArray:
        """Return metres above the lowest valley."""
        height: FloatArray = (1.0 - np.abs(np.cos(xy @ self.wave + self.phase))) @ self.metres
        return height


def _junctions(rng: np.random.Generator, terrain: _Terrain, side: float, count: int) -> FloatArray:
    """Draw places, three for one, and settle the lower ones the rather."""
    drawn = rng.uniform(0.0, side, (3 * count, 2))
    height = terrain.height(drawn)
    wish = height / max(float(height.std()), 1e-9) + rng.gumbel(0.0, 0.8, len(drawn))
    return drawn[np.sort(np.argsort(wish, kind="stable")[:count])]


def _links(rng: np.random.Generator, terrain: _Terrain, at: FloatArray, count: int) -> IntArray:
    """Return the least spanning tree by length and climb, then the cheapest further links."""
    corners = Delaunay(at).simplices.astype(np.int64)
    pairs = np.sort(np.concatenate([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [2, 0]]]))
    pairs = np.unique(pairs, axis=0)
    length = np.hypot(*(at[pairs[:, 1]] - at[pairs[:, 0]]).T) + 1.0
    middle = terrain.height(at[pairs].mean(axis=1))
    ends = terrain.height(at.reshape(-1, 2))[pairs]
    over = np.abs(ends[:, 1] - ends[:, 0]) + 2.0 * np.maximum(middle - ends.max(axis=1), 0.0)
    price = length * (1.0 + 8.0 * over / length) * rng.uniform(0.8, 1.25, len(pairs))
    n = len(at)
    tree = minimum_spanning_tree(csr_array((price, (pairs[:, 0], pairs[:, 1])), (n, n))).tocoo()
    in_tree = np.isin(pairs[:, 0] * n + pairs[:, 1], tree.row.astype(np.int64) * n + tree.col)
    order = np.lexsort((price, ~in_tree))
    return pairs[np.sort(order[: max(count, n - 1)])]


def _with_shape_nodes(at: FloatArray, links: IntArray, count: int) -> tuple[IntArray, FloatArray]:
    """Cut links into pieces, as even in length as the number of nodes allows."""
    first, second = at[links[:, 0]], at[links[:, 1]]
    share = np.cumsum(np.hypot(*(second - first).T))
    pieces = np.diff(np.round(share / share[-1] * count).astype(np.int64), prepend=0)
    link = np.repeat(np.arange(len(links)), pieces)
    begin = np.cumsum(pieces) - pieces
    step = np.arange(count) - begin[link] + 1
    part = (step / (pieces[link] + 1))[:, None]
    xy = np.concatenate([at, first[link] * (1.0 - part) + second[link] * part])
    # Node i of a link follows node i - 1, the first one the beginning of the link.
    number = len(at) + np.arange(count)
    before = np.where(step == 1, links[link, 0], number - 1)
    last = np.where(pieces > 0, len(at) + begin + pieces - 1, links[:, 0])
    edges = np.concatenate(
        [np.stack([before, number], axis=1), np.stack([last, links[:, 1]], axis=1)]
    )
    return edges, xy


def _with_spurs(
    rng: np.random.Generator, edges: IntArray, xy: FloatArray, count: int
) -> tuple[IntArray, FloatArray]:
    """Hang on spurs of one to four pieces."""
    n = len(xy)
    is_begin = rng.random(count) < 0.4
    is_begin[:1] = True
    number = n + np.arange(count)
    foot = np.where(is_begin, rng.integers(0, n, count), number - 1)
    angle, step = rng.uniform(0.0, 2.0 * np.pi, count), rng.uniform(60.0, 250.0, count)
    spur = np.cumsum(is_begin) - 1
    away = np.cumsum(step) - (np.cumsum(step) - step)[np.flatnonzero(is_begin)][spur]
    heading = angle[np.flatnonzero(is_begin)][spur]
    base = foot[np.flatnonzero(is_begin)][spur]
    ends = xy[base] + away[:, None] * np.stack([np.cos(heading), np.sin(heading)], axis=1)
    return (
        np.concatenate([edges, np.stack([foot, number], axis=1)]),
        np.concatenate([xy, ends]),
    )


def _towns(rng: np.random.Generator, terrain: _Terrain, at: FloatArray, count: int) -> IntArray:
    """Return junctions with fibre: some three each in low-lying places."""
    if not count:
        return np.empty(0, np.int64)
    towns = max(count // 3, 1)
    low = np.argsort(terrain.height(at) + rng.gumbel(0.0, 60.0, len(at)), kind="stable")
    _, near = cKDTree(at).query(at[low[:towns]], k=min(12, len(at)))
    close: IntArray = np.unique(near.ravel()).astype(np.int64)
    if len(close) < count:
        close = np.unique(np.concatenate([close, low[: 2 * count]]))
    return np.sort(rng.choice(close, count, replace=False))


def _villages(
    rng: np.random.Generator, xy: FloatArray, has_fibre: IntArray, count: int
) -> IntArray:
    """Return nodes in loose clusters of about three, rather far from fibre than near."""
    far = np.ones(len(xy))
    if len(has_fibre):
        far = np.asarray(cKDTree(xy[has_fibre]).query(xy)[0])
    far[has_fibre] = 0.0
    centres = rng.choice(
        len(xy), max(count // 3, 1), replace=False, p=np.sqrt(far) / np.sqrt(far).sum()
    )
    _, near = cKDTree(xy).query(xy[centres], k=min(1_000, len(xy)))
    around = np.unique(near.ravel())
    around = around[~np.isin(around, has_fibre)]
    if len(around) < count:
        around = np.setdiff1d(np.arange(len(xy)), has_fibre)
    return np.sort(rng.choice(around, count, replace=False)).astype(np.int64)


def main() -> None:
    """Print how large every size becomes and how long it takes."""
    for name, size in (("province", PROVINCE), ("region", REGION), ("nation", NATION)):
        start = perf_counter()
        roads = generate(*size)
        seconds = perf_counter() - start
        graph = csr_array(
            (np.ones(len(roads.edges), np.int64), roads.edges.T), (roads.n_nodes, roads.n_nodes)
        )
        degree = np.bincount(roads.edges.ravel(), minlength=roads.n_nodes)
        print(
            f"{name}: {roads.n_nodes:,} nodes, {len(roads.edges):,} edges, "
            f"{(degree == 1).mean():.0%} ends, {(degree == 2).mean():.0%} on the way, "
            f"{len(roads.roots):,} roots, {len(roads.terminals):,} terminals, "
            f"{roads.lengths_m.sum() / 1000.0:,.0f} km, "
            f"{connected_components(graph, directed=False)[0]} component, {seconds:.1f} s"
        )


if __name__ == "__main__":
    main()

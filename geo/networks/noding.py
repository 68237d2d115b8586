"""From lines to a graph: roads divided where they meet, ends that nearly meet joined.

A file of roads is a drawing; what is connected has to be read out of it. Roads meet

* at every vertex two of them share, whatever their level: whoever drew it there meant it;
* where they cross without a common vertex, if they are on one level. A file that says nothing of
  levels has all roads on one;
* where one ends on another (within :data:`geo.networks.meetings.TOUCH_M`);
* where a dangling end, one that nothing else meets, comes within the tolerance of another road.

Then meeting places within the tolerance of one another become one. No line is moved by that: the
way from where it ends to where it meets is added to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely

from geo.networks.gathering import connected, gather
from geo.networks.meetings import (
    TOUCH_M,
    Parts,
    crossings,
    number_places,
    shared_vertices,
    touches,
)
from geo.networks.plane import Plane
from geo.networks.polylines import Cuts, Polylines, cut_at, join_cuts, split
from geo.networks.roads import Roads, road_warning
from planning.columns import FloatArray, IntArray
from planning.errors import DataError, Fault

DEFAULT_SNAP_M: Final = 10.0
"""Roads drawn from aerial views end within a few metres of where they meet; two that are nearer to
each other than this can share a trench in any case."""
MOST_SNAP_M: Final = 200.0


@dataclass(frozen=True, slots=True, eq=False)
class RoadGraph:
    """Roads as a graph.

    Attributes
    ----------
    plane : Plane
    lonlat, metres : ndarray, shape (n, 2)
        Its nodes in EPSG:4326 and on the plane.
    edges : ndarray of int, shape (m, 2)
        Start and end of each line. A road that leads back to its start is a loop.
    lines : Polylines
        One per edge.
    effort : ndarray, shape (m,)
    road : ndarray of int, shape (m,)
        Road each edge is of, in the order of the roads.
    faults : tuple of Fault
        Of the roads and of their meeting.
    """

    plane: Plane
    lonlat: FloatArray
    metres: FloatArray
    edges: IntArray
    lines: Polylines
    effort: FloatArray
    road: IntArray
    faults: tuple[Fault, ...]

    def components(self) -> IntArray:
        """Return a number for the connected part each node is in."""
        return connected(len(self.lonlat), self.edges)


def node_roads(
    roads: Roads, *, snap_m: float = DEFAULT_SNAP_M, join_crossings: bool = True
) -> RoadGraph:
    """Divide roads where they meet and join what nearly meets.

    Parameters
    ----------
    roads : Roads
    snap_m : float
        Tolerance on the plane, 0 to 200 m. With 0 only what meets exactly is joined.
    join_crossings : bool
        Whether roads of one level that cross without a common vertex meet. By default they do:
        cable passes from one to the other wherever they cross, and files without levels are
        seldom drawn with common vertices. Their number is reported either way.

    Returns
    -------
    RoadGraph
        The same for roads in any order and direction.

    Raises
    ------
    DataError
        If the tolerance is out of its range or greater than all roads, or the roads lie too far
        apart or meet too often.
    """
    if not 0.0 <= snap_m <= MOST_SNAP_M:
        raise DataError("error-network-snap", got=snap_m, limit=MOST_SNAP_M)
    plane = Plane.around(np.asarray(shapely.get_coordinates(roads.lines)))
    lines = Polylines.of(roads.lines, plane)
    shared = shared_vertices(lines)
    parts = Parts.of(lines, shared)
    met = cut_at(lines, lines.measure[shared])
    crossed = crossings(parts, roads.level)
    if join_crossings:
        met = join_cuts(crossed, met)
    touched, reaching = _reach(parts, roads.level, met, snap_m)
    pieces, parent = split(lines, join_cuts(touched, met))
    graph = _joined(pieces, reaching, snap_m)
    if not len(graph.edges):
        raise DataError("error-roads-shrunk", metres=snap_m)
    faults = list(roads.faults)
    if len(crossed.measure):
        what = "crossings" if join_crossings else "crossings-apart"
        faults.append(road_warning(what, count=len(crossed.measure) // 2))
    if len(reaching.start):
        faults.append(road_warning("dangling", count=len(reaching.start), metres=snap_m))
    return RoadGraph(
        plane=plane,
        lonlat=graph.lonlat,
        metres=graph.metres,
        edges=graph.edges,
        lines=graph.lines,
        effort=roads.effort[parent[graph.piece]],
        road=parent[graph.piece],
        faults=tuple(faults),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Reaching:
    """Dangling ends and the places on other lines they are tied to, in EPSG:4326 and on the plane.

    Attributes
    ----------
    start, target : ndarray, shape (k, 2)
        Degrees.
    target_metres : ndarray, shape (k, 2)
    """

    start: FloatArray
    target: FloatArray
    target_metres: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class _Joined:
    """Pieces of roads as a graph; ``piece`` tells which piece each edge is."""

    lonlat: FloatArray
    metres: FloatArray
    edges: IntArray
    lines: Polylines
    piece: IntArray


def _reach(parts: Parts, level: IntArray, met: Cuts, snap_m: float) -> tuple[Cuts, _Reaching]:
    """Find what ends lie on, and what dangling ends are near to."""
    lines = parts.lines
    pieces, _ = split(lines, met)
    ends = np.concatenate((lines.starts, lines.ends))
    corners = np.concatenate((pieces.starts, pieces.ends))
    numbers = number_places(np.concatenate((lines.lonlat[ends], pieces.lonlat[corners])))
    degree = np.bincount(numbers[len(ends) :])
    number, first = np.unique(numbers[: len(ends)], return_index=True)
    ends, dangling = ends[first], degree[number] == 1
    touch_m = min(TOUCH_M, snap_m)
    found = touches(parts, level, ends, np.where(dangling, snap_m, touch_m))
    on_it = found.distance_m <= touch_m
    nearest = np.diff(found.end, prepend=-1) > 0
    loose = nearest & ~on_it & dangling[found.end]
    near_by = cut_at(lines, found.measure[loose])
    upon = ends[found.end[on_it]]
    lying = Cuts(found.measure[on_it], lines.lonlat[upon], lines.metres[upon])
    start = lines.lonlat[ends[found.end[loose]]]
    return join_cuts(lying, near_by), _Reaching(start, near_by.lonlat, near_by.metres)


def _joined(pieces: Polylines, reaching: _Reaching, snap_m: float) -> _Joined:
    """Join the ends of pieces into nodes and lead each piece to its nodes."""
    corners = np.concatenate((pieces.starts, pieces.ends))
    count = len(reaching.start)
    all_lonlat = np.concatenate((pieces.lonlat[corners], reaching.start, reaching.target))
    all_metres = np.concatenate(
        (pieces.metres[corners], np.full((count, 2), np.nan), reaching.target_metres)
    )
    numbers = number_places(all_lonlat)
    n_corners = len(corners)
    _, first = np.unique(numbers, return_index=True)
    ties = np.column_stack((numbers[n_corners : n_corners + count], numbers[n_corners + count :]))
    lonlat, metres = all_lonlat[first], all_metres[first]
    weight = np.bincount(numbers[:n_corners], minlength=len(first))
    node = gather(lonlat, metres, weight, ties, snap_m)[numbers[:n_corners]].reshape(2, -1).T
    ways = _led(pieces, lonlat[node], metres[node])
    # What shrank to one place is a slip of the pen or the gap between two lanes. A longer way back
    # to the same place is a road that villages may lie on.
    real = (node[:, 0] != node[:, 1]) | (ways.lengths_m() > 2.0 * snap_m + TOUCH_M)
    kept = np.flatnonzero(real)
    used, edges = np.unique(node[kept], return_inverse=True)
    return _Joined(
        lonlat[used], metres[used], edges.reshape(-1, 2).astype(np.int64), ways.take(kept), kept
    )


def _led(lines: Polylines, lonlat: FloatArray, metres: FloatArray) -> Polylines:
    """Return lines with the way to a given start and end added, each of shape (n, 2, 2)."""
    before = (lines.lonlat[lines.starts] != lonlat[:, 0]).any(axis=1)
    after = (lines.lonlat[lines.ends] != lonlat[:, 1]).any(axis=1)
    all_lonlat = np.concatenate((lines.lonlat, lonlat[before, 0], lonlat[after, 1]))
    all_metres = np.concatenate((lines.metres, metres[before, 0], metres[after, 1]))
    # Between whole numbers: an added start comes before all vertices of its line.
    rank = np.concatenate(
        (
            np.arange(len(lines.lonlat), dtype=np.float64),
            lines.starts[before] - 0.25,
            lines.ends[after] + 0.25,
        )
    )
    order = np.argsort(rank, kind="stable")
    counts = np.diff(lines.offsets) + before + after
    return Polylines.from_vertices(
        all_lonlat[order], all_metres[order], np.append(0, np.cumsum(counts))
    )

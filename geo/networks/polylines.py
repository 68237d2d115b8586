"""Many lines as one array of vertices, addressed by how far along them a point lies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely

from geo.geodesy import geodesic_between_m, to_ecef
from geo.intake.table import Geometries
from geo.networks.plane import Plane
from planning.columns import BoolArray, FloatArray, IntArray

SAME_M: Final = 1e-3
"""Points of a line nearer to each other than this are one."""
_APART_M: Final = 1.0
"""Between the end of a line and the start of the next, so that no place belongs to two."""


@dataclass(frozen=True, slots=True, eq=False)
class Polylines:
    """Lines of ``n`` in all, one after the other.

    Attributes
    ----------
    lonlat : ndarray, shape (v, 2)
        Vertices in degrees, EPSG:4326.
    metres : ndarray, shape (v, 2)
        The same on a plane.
    offsets : ndarray of int, shape (n + 1,)
        Line ``i`` has the vertices ``offsets[i]:offsets[i + 1]``, at least two.
    measure : ndarray, shape (v,)
        Metres on the plane along all lines put behind one another; ascending.
    """

    lonlat: FloatArray
    metres: FloatArray
    offsets: IntArray
    measure: FloatArray

    @classmethod
    def of(cls, lines: Geometries, plane: Plane) -> Polylines:
        """Return LineStrings in EPSG:4326, none of them empty, with their places on a plane."""
        lonlat = np.asarray(shapely.get_coordinates(lines))
        counts = shapely.get_num_coordinates(lines).astype(np.int64)
        return cls.from_vertices(lonlat, plane.metres(lonlat), np.append(0, np.cumsum(counts)))

    @classmethod
    def from_vertices(cls, lonlat: FloatArray, metres: FloatArray, offsets: IntArray) -> Polylines:
        """Return lines of vertices, measured."""
        step = np.zeros(len(metres))
        if len(metres):
            step[1:] = np.hypot(*np.diff(metres, axis=0).T)
            step[offsets[1:-1]] = _APART_M
        return cls(lonlat, metres, np.asarray(offsets, dtype=np.int64), np.cumsum(step))

    def __len__(self) -> int:
        """Return the number of lines."""
        return len(self.offsets) - 1

    @property
    def starts(self) -> IntArray:
        """First vertex of each line."""
        return self.offsets[:-1]

    @property
    def ends(self) -> IntArray:
        """Last vertex of each line."""
        return self.offsets[1:] - 1

    @property
    def owners(self) -> IntArray:
        """Line of each vertex."""
        return np.repeat(np.arange(len(self)), np.diff(self.offsets))

    def is_end(self) -> BoolArray:
        """Tell which vertices are the first or the last of a line."""
        mark = np.zeros(len(self.metres), dtype=np.bool_)
        mark[self.starts] = mark[self.ends] = True
        return mark

    def shapes(self) -> Geometries:
        """Return the lines as LineStrings in EPSG:4326."""
        return _linestrings(self.lonlat, self.owners)

    def plane_shapes(self) -> Geometries:
        """Return the lines as LineStrings on the plane."""
        return _linestrings(self.metres, self.owners)

    def lengths_m(self) -> FloatArray:
        """Return the geodesic length of each line, vertex to vertex."""
        if not len(self):
            return np.zeros(0)
        points = to_ecef(self.lonlat[:, 0], self.lonlat[:, 1])
        step = np.zeros(len(points))
        step[1:] = geodesic_between_m(points[:-1], points[1:])
        step[self.starts] = 0.0
        return np.add.reduceat(step, self.starts)

    def at(self, measure: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return where measures lie: the measure (that of a vertex if one is there), place, plane.

        Parameters
        ----------
        measure : ndarray, shape (k,)

        Returns
        -------
        measure : ndarray, shape (k,)
        lonlat, metres : ndarray, shape (k, 2)
        """
        high = np.clip(np.searchsorted(self.measure, measure), 1, len(self.measure) - 1)
        low = high - 1
        span = self.measure[high] - self.measure[low]
        share = np.clip((measure - self.measure[low]) / np.where(span > 0.0, span, 1.0), 0.0, 1.0)
        share[measure - self.measure[low] <= SAME_M] = 0.0
        share[self.measure[high] - measure <= SAME_M] = 1.0
        exact = np.where(
            share == 1.0, self.measure[high], np.where(share == 0.0, self.measure[low], measure)
        )
        part = share[:, None]
        lonlat = (1.0 - part) * self.lonlat[low] + part * self.lonlat[high]
        metres = (1.0 - part) * self.metres[low] + part * self.metres[high]
        return exact, lonlat, metres

    def take(self, which: IntArray) -> Polylines:
        """Return some of the lines."""
        counts = np.diff(self.offsets)[which]
        offsets = np.append(0, np.cumsum(counts))
        within = np.arange(offsets[-1]) - np.repeat(offsets[:-1], counts)
        vertices = np.repeat(self.starts[which], counts) + within
        return Polylines.from_vertices(self.lonlat[vertices], self.metres[vertices], offsets)


@dataclass(frozen=True, slots=True, eq=False)
class Cuts:
    """Where lines are to be divided, in any order.

    Attributes
    ----------
    measure : ndarray, shape (k,)
        Along the lines; a cut at the end of a line divides nothing.
    lonlat, metres : ndarray, shape (k, 2)
        Where the two parts shall meet: the place itself, or one beside it.
    """

    measure: FloatArray
    lonlat: FloatArray
    metres: FloatArray


def cut_at(lines: Polylines, measure: FloatArray) -> Cuts:
    """Return cuts that leave the lines where they are."""
    return Cuts(*lines.at(measure))


def join_cuts(*parts: Cuts) -> Cuts:
    """Return all cuts; of several at one place the first one counts."""
    return Cuts(
        np.concatenate([part.measure for part in parts]),
        np.concatenate([part.lonlat for part in parts]),
        np.concatenate([part.metres for part in parts]),
    )


def split(lines: Polylines, cuts: Cuts) -> tuple[Polylines, IntArray]:
    """Divide lines.

    Parameters
    ----------
    lines : Polylines
    cuts : Cuts

    Returns
    -------
    pieces : Polylines
        Line by line, in the direction of each.
    parent : ndarray of int
        Line each piece is of.
    """
    if not len(lines):
        return lines, np.zeros(0, dtype=np.int64)
    order = np.argsort(cuts.measure, kind="stable")
    fresh = order[np.diff(cuts.measure[order], prepend=-np.inf) > SAME_M]
    measure, lonlat, metres = cuts.measure[fresh], cuts.lonlat[fresh], cuts.metres[fresh]
    vertex = np.minimum(np.searchsorted(lines.measure, measure - SAME_M), len(lines.measure) - 1)
    on_vertex = np.abs(lines.measure[vertex] - measure) <= SAME_M

    is_end = lines.is_end()
    inner = on_vertex & ~is_end[vertex]
    breaks = np.zeros(len(lines.measure), dtype=np.bool_)
    breaks[vertex[inner]] = True
    all_lonlat, all_metres = lines.lonlat.copy(), lines.metres.copy()
    all_lonlat[vertex[inner]], all_metres[vertex[inner]] = lonlat[inner], metres[inner]

    added = ~on_vertex
    all_measure = np.concatenate((lines.measure, measure[added]))
    all_lonlat = np.concatenate((all_lonlat, lonlat[added]))
    all_metres = np.concatenate((all_metres, metres[added]))
    breaks = np.concatenate((breaks, np.ones(int(added.sum()), dtype=np.bool_)))
    opens = np.zeros(len(breaks), dtype=np.bool_)
    opens[lines.starts] = True

    order = np.argsort(all_measure, kind="stable")
    copies = 1 + breaks[order]
    rows = np.repeat(order, copies)
    last_copy = np.cumsum(copies) - 1
    begins = np.zeros(len(rows), dtype=np.bool_)
    begins[last_copy] = (breaks | opens)[order]
    offsets = np.append(np.flatnonzero(begins), len(rows))
    pieces = Polylines.from_vertices(all_lonlat[rows], all_metres[rows], offsets)
    first = all_measure[rows[offsets[:-1]]]
    parent = np.searchsorted(lines.measure[lines.starts], first + SAME_M, side="right") - 1
    return pieces, parent.astype(np.int64)


def _linestrings(vertices: FloatArray, owners: IntArray) -> Geometries:
    if not len(owners):
        return np.zeros(0, dtype=object)
    return np.asarray(shapely.linestrings(vertices, indices=owners), dtype=object)

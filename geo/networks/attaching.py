"""The nearest place on a road, for many points at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from geo.locality import locality_order
from geo.networks.polylines import Polylines
from planning.columns import FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Nearest:
    """Where the nearest line of each point is nearest.

    Attributes
    ----------
    line : ndarray of int, shape (n,)
    measure : ndarray, shape (n,)
        Along all lines, as :attr:`Polylines.measure`.
    """

    line: IntArray
    measure: FloatArray


def nearest_on_lines(lines: Polylines, which: IntArray, metres: FloatArray) -> Nearest:
    """Find the nearest place on some of the lines.

    Parameters
    ----------
    lines : Polylines
    which : ndarray of int, shape (k,)
        Lines that may be chosen, at least one.
    metres : ndarray, shape (n, 2)
        Points on the plane of the lines.

    Returns
    -------
    Nearest
        Of lines equally near, one; the same for the same input.
    """
    shapes = lines.take(which).plane_shapes()
    tree = shapely.STRtree(shapes)
    # Points that follow each other on the map meet the same branches of the tree.
    order = locality_order(metres[:, 0], metres[:, 1])
    points = np.asarray(shapely.points(metres[order]))
    _, near = tree.query_nearest(points, all_matches=False)
    along = shapely.line_locate_point(shapes[near], points)
    line, measure = np.empty(len(metres), dtype=np.int64), np.empty(len(metres))
    line[order] = which[near]
    measure[order] = along
    return Nearest(line, lines.measure[lines.starts[line]] + measure)

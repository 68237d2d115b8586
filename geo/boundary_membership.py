"""In which area a village really lies, and whether that is the one it is said to lie in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd
import shapely
from numpy.typing import ArrayLike, NDArray

from geo.boundaries import Boundaries
from planning.columns import IntArray
from planning.folding import fold

_KINDS: Final = re.compile(r"^(?:xa|phuong|thi tran|tt|huyen|quan|thi xa|tx|thanh pho|tp) (?=\D)")
"""Kind of area in front of a folded name; a numbered ward keeps it."""


class Lies(StrEnum):
    """Whether a village lies where it is said to lie."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, eq=False)
class Membership:
    """Where ``n`` villages lie.

    Attributes
    ----------
    status : ndarray of str, shape (n,)
        :class:`Lies` values; unknown without a position, or if the stated area is not given, not
        in the file, or a name that several areas bear.
    area : ndarray of int, shape (n,)
        Position of the area the village lies in; of several that claim its ground the stated one,
        else the first; -1 for none.
    """

    status: NDArray[np.object_]
    area: IntArray


def inside(
    boundaries: Boundaries, lon: ArrayLike, lat: ArrayLike, codes_or_names: pd.Series
) -> Membership:
    """Check the stated commune, unit or district of villages against their positions.

    Parameters
    ----------
    boundaries : Boundaries
    lon, lat : array-like, shape (n,)
        Degrees, EPSG:4326; NaN where not known.
    codes_or_names : Series of str, length n
        What each village is said to lie in: a code, or a name with or without its kind, accents
        and case as they come. Missing where nothing is said.

    Returns
    -------
    Membership
        A point on an edge lies inside.
    """
    stated = stated_areas(boundaries, codes_or_names)
    village, area = _pairs(boundaries, lon, lat)
    lies_in = _first(village, area, len(stated))
    confirmed = np.zeros(len(stated), dtype=bool)
    confirmed[village[area == stated[village]]] = True
    placed = np.isfinite(np.asarray(lon, dtype=float)) & np.isfinite(np.asarray(lat, dtype=float))
    status = np.select(
        [(stated < 0) | ~placed, confirmed],
        [str(Lies.UNKNOWN), str(Lies.INSIDE)],
        str(Lies.OUTSIDE),
    )
    return Membership(status.astype(object), np.where(confirmed, stated, lies_in))


def areas_at(boundaries: Boundaries, lon: ArrayLike, lat: ArrayLike) -> IntArray:
    """Return the position of the area each point lies in, shape (n,); -1 for none.

    Of several areas that claim the ground the first in the file.
    """
    village, area = _pairs(boundaries, lon, lat)
    return _first(village, area, len(np.asarray(lon)))


def stated_areas(boundaries: Boundaries, codes_or_names: pd.Series) -> IntArray:
    """Return the position of the area that each code or name means, shape (n,); -1 for none."""
    meant: dict[str, int] = {}
    for column in (boundaries.codes, boundaries.names):
        keys = pd.Series(column, dtype="str").map(_key, na_action="ignore")
        unique = keys[keys.notna() & ~keys.duplicated(keep=False)]
        for position, key in zip(unique.index.to_numpy(), unique, strict=True):
            meant.setdefault(str(key), int(position))
    distinct, of_row = np.unique(codes_or_names.fillna("").astype(str), return_inverse=True)
    found = np.array([meant.get(_key(str(text)), -1) for text in distinct], dtype=np.int64)
    return found[of_row] if len(found) else np.empty(0, dtype=np.int64)


def _key(text: str) -> str:
    return _KINDS.sub("", fold(text))


def _pairs(boundaries: Boundaries, lon: ArrayLike, lat: ArrayLike) -> tuple[IntArray, IntArray]:
    """Return every (village, area that covers it), in order of village and area."""
    x, y = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    placed = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    points = np.asarray(shapely.points(x[placed], y[placed]))
    # The tree holds the points: the polygons are then the ones prepared, and prepared once.
    area, village = shapely.STRtree(points).query(boundaries.polygons, predicate="intersects")
    order = np.lexsort((area, village))
    return placed[village[order]].astype(np.int64), area[order].astype(np.int64)


def _first(village: IntArray, area: IntArray, count: int) -> IntArray:
    lies_in = np.full(count, -1, dtype=np.int64)
    # Written from the last to the first: of several areas the first one stays.
    lies_in[village[::-1]] = area[::-1]
    return lies_in

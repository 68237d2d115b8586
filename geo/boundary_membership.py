"""In which area a village really lies, and whether that is the one it is said to lie in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd
import shapely
from numpy.typing import ArrayLike, NDArray

from geo.boundaries import Boundaries
from geo.register.place_names import NameIndex, is_accented
from planning.columns import IntArray


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
        What each village is said to lie in: a code, or a name as
        :mod:`geo.register.place_names` reads it, with its kind written out, short or left out.
        Missing where nothing is said.

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
    """Return the position of the area that each code or name means, shape (n,); -1 for none.

    Names are compared with their accents, and without them only where that leaves one area.
    """
    codes = _one_each(boundaries.codes)
    names = NameIndex.of((name, at) for at, name in enumerate(boundaries.names) if pd.notna(name))
    distinct, of_row = np.unique(codes_or_names.fillna("").astype(str), return_inverse=True)
    texts = [text.strip() for text in distinct.tolist()]
    accents = is_accented(texts)
    found = [codes[text] if text in codes else _named(names, text, accents) for text in texts]
    return np.array(found, dtype=np.int64)[of_row]


def _one_each(codes: NDArray[np.object_]) -> dict[str, int]:
    """Return the position of every code that one area alone has."""
    written = pd.Series(codes, dtype="str").str.strip()
    alone = written[written.notna() & ~written.duplicated(keep=False)]
    return dict(zip(alone, alone.index.tolist(), strict=True))


def _named(names: NameIndex, text: str, accents: bool) -> int:
    found = names.find(text) if accents else frozenset[int]()
    found = found or names.find(text, accents=False)
    return next(iter(found)) if text and len(found) == 1 else -1


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

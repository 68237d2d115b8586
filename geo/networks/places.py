"""Places a network joins: villages and fibre points, by id and position."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from planning.columns import BoolArray, FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Places, each with an id.

    Attributes
    ----------
    ids : tuple of str
        No two the same.
    lon, lat : ndarray, shape (n,)
        Degrees, EPSG:4326; NaN where a place has no position.
    """

    ids: tuple[str, ...]
    lon: FloatArray
    lat: FloatArray

    @classmethod
    def none(cls) -> Places:
        """Return no place at all."""
        return cls((), np.zeros(0), np.zeros(0))

    @classmethod
    def of(cls, frame: gpd.GeoDataFrame, key: str) -> Places:
        """Return the rows of a frame of points in EPSG:4326.

        Parameters
        ----------
        frame : GeoDataFrame
        key : str
            Column of the ids (``village_id``, ``site_id``).
        """
        points = frame.geometry.to_numpy()
        return cls(
            tuple(frame[key].astype(str)),
            np.asarray(shapely.get_x(points), dtype=np.float64),
            np.asarray(shapely.get_y(points), dtype=np.float64),
        )

    def __len__(self) -> int:
        """Return the number of places."""
        return len(self.ids)

    @property
    def lonlat(self) -> FloatArray:
        """Positions, shape (n, 2)."""
        return np.column_stack((self.lon, self.lat))

    def is_located(self) -> BoolArray:
        """Tell which places have a position on earth."""
        # NaN compares false.
        there: BoolArray = (np.abs(self.lon) <= 180.0) & (np.abs(self.lat) <= 90.0)
        return there

    def located(self) -> Places:
        """Return the places that have a position, ordered by id."""
        there = self.is_located()
        kept = sorted(np.flatnonzero(there).tolist(), key=self.ids.__getitem__)
        return Places(tuple(self.ids[at] for at in kept), self.lon[kept], self.lat[kept])

    def unlocated(self) -> tuple[str, ...]:
        """Return the ids of places without a position, ordered."""
        return tuple(sorted(self.ids[at] for at in np.flatnonzero(~self.is_located()).tolist()))


def join_places(*parts: Places) -> Places:
    """Return all places; an id that occurs again is left out."""
    seen: dict[str, tuple[float, float]] = {}
    for part in parts:
        for place, lon, lat in zip(part.ids, part.lon.tolist(), part.lat.tolist(), strict=True):
            seen.setdefault(place, (lon, lat))
    lonlat = np.array(list(seen.values()), dtype=np.float64).reshape(len(seen), 2)
    return Places(tuple(seen), lonlat[:, 0], lonlat[:, 1])

"""A local plane in metres, for tolerances and nearest points; lengths are never taken from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from pyproj import Transformer

from planning.columns import FloatArray
from planning.errors import DataError

WIDEST_DEGREES: Final = 20.0
"""Widest extent of one network. Ten degrees from its centre a metre of the plane is 1.5 % off."""


@dataclass(frozen=True, slots=True)
class Plane:
    """A transverse Mercator plane whose origin is the middle of what lies on it.

    Attributes
    ----------
    lon, lat : float
        Degrees, EPSG:4326, of the origin.
    """

    lon: float
    lat: float

    @classmethod
    def around(cls, lonlat: FloatArray) -> Plane:
        """Return the plane of positions.

        Parameters
        ----------
        lonlat : ndarray, shape (n, 2)
            Degrees, EPSG:4326; at least one, all finite.

        Raises
        ------
        DataError
            If they lie more than :data:`WIDEST_DEGREES` apart.
        """
        low, high = lonlat.min(axis=0), lonlat.max(axis=0)
        if (high - low).max() > WIDEST_DEGREES:
            raise DataError(
                "error-network-extent",
                west=float(low[0]), east=float(high[0]), south=float(low[1]), north=float(high[1]),
                limit=WIDEST_DEGREES,
            )  # fmt: skip
        middle = (low + high) / 2.0
        return cls(float(middle[0]), float(middle[1]))

    def metres(self, lonlat: FloatArray) -> FloatArray:
        """Return positions on the plane.

        Parameters
        ----------
        lonlat : ndarray, shape (n, 2)
            Degrees, EPSG:4326.

        Returns
        -------
        ndarray, shape (n, 2)
            Metres east and north of the origin.
        """
        here = f"+proj=tmerc +approx +lat_0={self.lat!r} +lon_0={self.lon!r} +ellps=WGS84 +units=m"
        way = Transformer.from_crs("EPSG:4326", here, always_xy=True)
        return np.column_stack(way.transform(lonlat[:, 0], lonlat[:, 1]))

"""The area in which villages of a register can lie: a country, and a province within it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.geodesy import geodesic_m
from geo.register.gazetteer import Gazetteer
from planning.columns import BoolArray, FloatArray

DEGREE_M: Final = 111_320.0
"""Metres in a degree of the equator: enough for a margin."""
LEAST_MARGIN_M: Final = 10_000.0


@dataclass(frozen=True, slots=True)
class Box:
    """Bounds in degrees, EPSG:4326."""

    west: float
    south: float
    east: float
    north: float

    def contains(self, lon: FloatArray, lat: FloatArray) -> BoolArray:
        """Tell which positions lie within; NaN does not."""
        inside: BoolArray = (
            (lon >= self.west) & (lon <= self.east) & (lat >= self.south) & (lat <= self.north)
        )
        return inside


VIETNAM: Final = Box(102.0, 8.2, 110.0, 23.5)
"""Mainland and inshore islands (EPSG area of use of VN-2000, rounded outward). Longitudes and
latitudes do not overlap in it, so it also tells one from the other."""
WORLD: Final = Box(-180.0, -90.0, 180.0, 90.0)


@dataclass(frozen=True, slots=True, eq=False)
class Extent:
    """A country and the province of the register.

    Attributes
    ----------
    country : Box
    province : shapely geometry or None
        Polygon in EPSG:4326; ``None`` if no boundary and no commune is known.
    """

    country: Box = VIETNAM
    province: shapely.Geometry | None = None

    @classmethod
    def of_gazetteer(cls, gazetteer: Gazetteer, country: Box = VIETNAM) -> Extent:
        """Return the hull of the commune centres, widened by the reach of the largest commune.

        Parameters
        ----------
        gazetteer : Gazetteer
            Fewer than three centres make no province.
        country : Box
        """
        table = gazetteer.communes.dropna(subset=["lon", "lat"])
        if len(table) < 3:
            return cls(country)
        reach = max(LEAST_MARGIN_M, 2.0 * float(table["radius_m"].max()))
        hull = shapely.MultiPoint(table[["lon", "lat"]].to_numpy(dtype=np.float64)).convex_hull
        return cls(country, hull.buffer(reach / DEGREE_M))

    @classmethod
    def of_polygons(cls, polygons: NDArray[np.object_], country: Box = VIETNAM) -> Extent:
        """Return the area that boundary polygons in EPSG:4326 cover."""
        return cls(country, shapely.union_all(shapely.make_valid(polygons)))

    def including(self, land: shapely.Geometry) -> Extent:
        """Return the extent with an area in EPSG:4326 added to the province."""
        province = land if self.province is None else shapely.union(self.province, land)
        return Extent(self.country, province)

    def in_province(self, lon: FloatArray, lat: FloatArray) -> BoolArray:
        """Tell which positions lie in the province; in the country where no province is known."""
        if self.province is None:
            return self.country.contains(lon, lat)
        shapely.prepare(self.province)
        inside: BoolArray = shapely.contains_xy(self.province, lon, lat)
        return inside


@dataclass(frozen=True, slots=True, eq=False)
class Expectation:
    """Where positions should come to lie, to tell one coordinate system from another.

    Attributes
    ----------
    extent : Extent
    centre_lon, centre_lat : ndarray of float, shape (n,), or None
        Centre of the commune each row names, EPSG:4326; NaN where none is known.
    """

    extent: Extent
    centre_lon: FloatArray | None = None
    centre_lat: FloatArray | None = None

    def share_inside(self, lon: FloatArray, lat: FloatArray) -> float:
        """Return the share of positions, from 0 to 1, that lie in the province."""
        return float(self.extent.in_province(lon, lat).mean()) if len(lon) else 0.0

    def median_distance_m(self, lon: FloatArray, lat: FloatArray) -> float:
        """Return the median distance to the centre of the stated commune; NaN if none is known."""
        if self.centre_lon is None or self.centre_lat is None:
            return float("nan")
        known = np.isfinite(self.centre_lon) & np.isfinite(lon) & np.isfinite(lat)
        if not known.any():
            return float("nan")
        lengths = geodesic_m(lon[known], lat[known], self.centre_lon[known], self.centre_lat[known])
        return float(np.median(lengths))

    def sample(self, at: NDArray[np.int64]) -> Expectation:
        """Return the expectation of some of the rows."""
        if self.centre_lon is None or self.centre_lat is None:
            return self
        return Expectation(self.extent, self.centre_lon[at], self.centre_lat[at])

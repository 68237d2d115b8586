"""A digital elevation model: heights on a grid, asked for at any position."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS
from pyproj.transformer import Transformer, TransformerGroup

from geo.geodesy import FloatArray, geodesic_m
from geo.terrain.affine import Affine
from planning.errors import Fault

HeightGrid = NDArray[np.float32]

_WGS84: Final = 4326
_ROUNDING: Final = 1e-7
"""Share of a cell, 3 micrometres of 30 m, below which a position is in the middle of its neighbour.
"""


@dataclass(frozen=True, eq=False)
class Dem:
    """Heights of the ground.

    Attributes
    ----------
    heights : ndarray of float32, shape (rows, columns)
        Metres; NaN where not known. Each stands for the middle of its cell.
    affine : Affine
        From column and row of a cell's corner to east and north.
    crs : str
        Horizontal system of ``affine``: a code or WKT without the name of any file.
    unit : str
        The unit of height as the file states it; empty if it does not. ``heights`` are metres
        whatever it says.
    faults : tuple of Fault
        Doubts about the file that did not stop it: unit not stated, heights that cannot be.
    """

    heights: HeightGrid
    affine: Affine
    crs: str
    unit: str = ""
    faults: tuple[Fault, ...] = ()

    @cached_property
    def spacing_m(self) -> float:
        """Shorter side of the cell in the middle of the grid, metres on the ground."""
        rows, columns = self.heights.shape
        column, row = np.array([0.0, 1.0, 0.0]), np.array([0.0, 0.0, 1.0])
        lon, lat = self.positions(column + columns / 2 - 1, row + rows / 2 - 1)
        return float(geodesic_m(lon[[0, 0]], lat[[0, 0]], lon[1:], lat[1:]).min())

    def sample(self, lonlat: FloatArray) -> FloatArray:
        """Return the height at positions, bilinear between the middles of cells.

        Parameters
        ----------
        lonlat : ndarray of float, shape (n, 2)
            Degrees, EPSG:4326.

        Returns
        -------
        ndarray of float, shape (n,)
            Metres; NaN outside the grid and where a cell that counts is not known. In the outer
            half of the outermost cells the height is that of the nearest place between middles.
        """
        column, row = self.cells(lonlat)
        rows, columns = self.heights.shape
        inside = (np.abs(column - (columns - 1) / 2) <= columns / 2) & (
            np.abs(row - (rows - 1) / 2) <= rows / 2
        )
        height = np.full(len(lonlat), np.nan)
        height[inside] = self._between(column[inside], row[inside])
        return height

    def cells(self, lonlat: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return column and row of positions, fractions of cells, counted from their middles."""
        x, y = lonlat[:, 0], lonlat[:, 1]
        if not _is_wgs84(self.crs):
            x, y = _best_operation(_wgs84(), CRS.from_user_input(self.crs)).transform(x, y)
        column, row = self.affine.cell(x, y)
        return column - 0.5, row - 0.5

    def positions(self, column: FloatArray, row: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return longitude and latitude (EPSG:4326) of columns and rows, the way back."""
        x, y = self.affine.place(column + 0.5, row + 0.5)
        if _is_wgs84(self.crs):
            return x, y
        lon, lat = _best_operation(CRS.from_user_input(self.crs), _wgs84()).transform(x, y)
        return np.asarray(lon), np.asarray(lat)

    def _between(self, column: FloatArray, row: FloatArray) -> FloatArray:
        rows, columns = self.heights.shape
        column, row = np.clip(column, 0, columns - 1), np.clip(row, 0, rows - 1)
        left = np.minimum(column.astype(np.int64), max(columns - 2, 0))
        upper = np.minimum(row.astype(np.int64), max(rows - 2, 0))
        right, lower = np.minimum(left + 1, columns - 1), np.minimum(upper + 1, rows - 1)
        across, down = column - left, row - upper
        height = np.zeros(len(column))
        for weight, at in (
            ((1 - across) * (1 - down), (upper, left)),
            (across * (1 - down), (upper, right)),
            ((1 - across) * down, (lower, left)),
            (across * down, (lower, right)),
        ):
            # An unknown cell that does not count must not spoil its neighbour, nor must rounding.
            height += np.where(weight > _ROUNDING, weight * self.heights[at], 0.0)
        return height


def _wgs84() -> CRS:
    return CRS.from_epsg(_WGS84)


def _is_wgs84(crs: str) -> bool:
    return crs in {"EPSG:4326", "OGC:CRS84"}


def _best_operation(source: CRS, target: CRS) -> Transformer:
    return TransformerGroup(source, target, always_xy=True).transformers[0]

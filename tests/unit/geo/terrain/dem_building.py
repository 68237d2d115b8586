"""Elevation models made on the spot: plain grids, mountains and GeoTIFF files of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.transform import Affine as RasterAffine

from geo.terrain.affine import Affine
from geo.terrain.dem import Dem, HeightGrid

WEST, NORTH = 103.5, 22.9
CELL_DEGREES = 1 / 3600


def grid_dem(
    heights: NDArray[Any], *, cell: float = CELL_DEGREES, west: float = WEST, north: float = NORTH
) -> Dem:
    """Return a geographic elevation model with square cells in degrees."""
    affine = Affine(cell, 0.0, west, 0.0, -cell, north)
    return Dem(np.asarray(heights, dtype=np.float32), affine, "EPSG:4326")


def mountains(rows: int, columns: int, *, seed: int = 1, relief_m: float = 1800.0) -> HeightGrid:
    """Return fractal ridges and valleys between 80 m and ``80 + relief_m``.

    Noise whose spectrum falls with the 2.2nd power of frequency looks like eroded mountains; its
    absolute value folds valleys sharp.
    """
    rng = np.random.default_rng(seed)
    spectrum = np.fft.rfft2(rng.standard_normal((rows, columns)))
    frequency = np.hypot(np.fft.fftfreq(rows)[:, None], np.fft.rfftfreq(columns)[None])
    frequency[0, 0] = np.inf
    noise = np.abs(np.fft.irfft2(spectrum * frequency**-2.2, s=(rows, columns)))
    return np.asarray(80.0 + relief_m * noise / noise.max(), dtype=np.float32)


def write_tiff(
    path: Path,
    heights: NDArray[Any],
    *,
    crs: str | None = "EPSG:4326",
    affine: tuple[float, ...] | None = (CELL_DEGREES, 0.0, WEST, 0.0, -CELL_DEGREES, NORTH),
    unit: str | None = "metre",
    scale: float = 1.0,
    offset: float = 0.0,
    **profile: Any,
) -> Path:
    """Write a GeoTIFF of one band (or more, if ``heights`` has three dimensions)."""
    bands = heights if heights.ndim == 3 else heights[None]
    given = {} if affine is None else {"transform": RasterAffine(*affine)}
    with rasterio.open(
        path, "w", driver="GTiff", count=len(bands), height=bands.shape[1], width=bands.shape[2],
        dtype=bands.dtype, crs=crs, **given, **profile,
    ) as target:  # fmt: skip
        target.write(bands)
        if unit is not None:
            target.units = [unit] * len(bands)
        target.scales, target.offsets = [scale] * len(bands), [offset] * len(bands)
    return path

"""Heights out of a GeoTIFF, inside the child process.

Only GDAL's own GeoTIFF driver is used and only on a file that begins as a TIFF does, so that
nothing which points elsewhere (a VRT, a catalogue, an address) is ever opened. Sizes are compared
with the limits before the first cell is read; cells go through memory strip by strip.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import rasterio
from numpy.typing import NDArray
from pyproj import CRS
from pyproj.exceptions import ProjError
from pyproj.transformer import TransformerGroup
from rasterio.errors import RasterioError, RasterioIOError
from rasterio.windows import Window

from geo.intake.crs import safe_crs
from geo.terrain.affine import Affine
from geo.terrain.limits import HIGHEST_M, LOWEST_M, MAX_BLOCK_BYTES, MAX_CELLS
from planning.errors import DataError, Fault, Severity

Bounds = tuple[float, float, float, float]

_MAGIC: Final = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_STRIP_CELLS: Final = 2**21
_MARGIN_CELLS: Final = 2
_METRES: Final = frozenset({"m", "metre", "meter", "metres", "meters"})
_FEET: Final[Mapping[str, float]] = MappingProxyType(
    {
        "ft": 0.3048,
        "foot": 0.3048,
        "feet": 0.3048,
        "international foot": 0.3048,
        "us survey foot": 1200 / 3937,
        "us_survey_foot": 1200 / 3937,
    }
)


@dataclass(frozen=True, slots=True)
class GridFacts:
    """What goes with the heights: size, place, unit and doubts."""

    rows: int
    columns: int
    affine: tuple[float, ...]
    crs: str
    unit: str
    faults: tuple[dict[str, Any], ...] = field(default=())


def read_geotiff(path: Path, heights: Path, bounds: Bounds | None) -> GridFacts:
    """Write the heights of a file as little-endian float32, row by row, and return their facts.

    Parameters
    ----------
    path : Path
        The file.
    heights : Path
        Where to write.
    bounds : tuple of float or None
        West, south, east, north in degrees (EPSG:4326): the part wanted; all of it if not given.

    Raises
    ------
    DataError
        If it is no sound elevation model, or not one of that part of the earth.
    """
    with path.open("rb") as file:
        if file.read(4) not in _MAGIC:
            raise DataError("error-terrain-format", file=path.name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with rasterio.open(path, driver="GTiff") as source:
                return _read(source, path.name, heights, bounds)
    except (RasterioError, RasterioIOError) as error:
        raise DataError("error-terrain-damaged", file=path.name) from error


def _read(source: Any, name: str, heights: Path, bounds: Bounds | None) -> GridFacts:
    if source.count != 1:
        raise DataError("error-terrain-bands", file=name, count=int(source.count))
    kind = np.dtype(source.dtypes[0])
    if kind.kind not in "iuf" or kind == np.uint8:
        raise DataError("error-terrain-values", file=name, got=str(source.dtypes[0]))
    crs = _horizontal(source, name)
    affine = Affine(*map(float, tuple(source.transform)[:6]))
    _check_place(source, affine, crs, name)
    window = _window(source, affine, crs, bounds, name)
    cells = int(window.width) * int(window.height)
    if cells > MAX_CELLS:
        raise DataError(
            "error-terrain-size",
            file=name,
            rows=int(window.height),
            columns=int(window.width),
            limit=MAX_CELLS,
        )
    block_rows, block_columns = source.block_shapes[0]
    if block_rows * block_columns * kind.itemsize > MAX_BLOCK_BYTES:
        raise DataError("error-terrain-blocks", file=name, limit=MAX_BLOCK_BYTES // 2**20)
    scale, offset = float(source.scales[0]), float(source.offsets[0])
    if not (math.isfinite(scale) and math.isfinite(offset) and scale != 0.0):
        raise DataError("error-terrain-values", file=name, got=f"{scale:g}, {offset:g}")
    unit, faults = _unit(str(source.units[0] or "").strip())
    metres = _FEET.get(unit.lower(), 1.0)
    known, absurd = 0, 0
    with heights.open("wb") as out:
        for part in _strips(window, block_rows):
            raw = source.read(1, window=part, masked=True)
            grid, outside = _metres(raw, scale * metres, offset * metres)
            known += int(np.isfinite(grid).sum())
            absurd += outside
            out.write(grid.tobytes())
    if not known:
        raise DataError("error-terrain-no-heights", file=name, count=absurd)
    if absurd:
        faults.append(
            Fault(
                "fault-terrain-absurd",
                values={"count": absurd, "low": int(LOWEST_M), "high": int(HIGHEST_M)},
                severity=Severity.WARNING,
                remedy="remedy-terrain-absurd",
            )
        )
    placed = affine.shifted(int(window.col_off), int(window.row_off))
    return GridFacts(
        int(window.height), int(window.width), tuple(placed), crs, unit,
        tuple(map(asdict, faults)),
    )  # fmt: skip


def _horizontal(source: Any, name: str) -> str:
    if source.crs is None:
        raise DataError("error-terrain-no-crs", file=name)
    stated = source.crs.to_wkt()
    safe = safe_crs(stated)
    crs = None if safe is None else CRS.from_user_input(safe)
    if crs is not None and crs.is_compound:
        crs = crs.sub_crs_list[0]
    if crs is None or not (crs.is_projected or crs.is_geographic):
        raise DataError("error-terrain-crs", file=name, got=" ".join(stated.split())[:80])
    return "EPSG:4326" if crs.to_epsg(min_confidence=100) == 4326 else str(crs.to_wkt())


def _check_place(source: Any, affine: Affine, crs: str, name: str) -> None:
    """Refuse a grid without a place, and one whose corners are nowhere on earth."""
    if not affine.sound:
        raise DataError("error-terrain-no-place", file=name)
    column = np.array([0.0, source.width, source.width, 0.0])
    row = np.array([0.0, 0.0, source.height, source.height])
    x, y = affine.place(column, row)
    system = CRS.from_user_input(crs)
    lon, lat = x, y
    if not crs.startswith("EPSG:4326"):
        lon, lat = _transformed(system, CRS.from_epsg(4326), x, y)
    sound = np.isfinite(lon) & (np.abs(lon) <= 180.01) & (np.abs(lat) <= 90.01)
    if system.is_geographic:
        sound &= (np.abs(x) <= 180.01) & (np.abs(y) <= 90.01)
    if not sound.all():
        raise DataError(
            "error-terrain-nowhere", file=name, crs=system.name[:80], got=f"{x[0]:.6g}; {y[0]:.6g}"
        )


def _window(source: Any, affine: Affine, crs: str, bounds: Bounds | None, name: str) -> Window:
    """Return the cells of the part wanted, with a margin, cut to the file."""
    whole = Window(0, 0, source.width, source.height)
    if bounds is None:
        return whole
    west, south, east, north = bounds
    share = np.linspace(0.0, 1.0, 21)
    along = np.concatenate((west + (east - west) * share, np.full(21, east),
                            east + (west - east) * share, np.full(21, west)))  # fmt: skip
    up = np.concatenate((np.full(21, south), south + (north - south) * share,
                         np.full(21, north), north + (south - north) * share))  # fmt: skip
    x, y = along, up
    if not crs.startswith("EPSG:4326"):
        x, y = _transformed(CRS.from_epsg(4326), CRS.from_user_input(crs), along, up)
    landed = np.isfinite(x) & np.isfinite(y)
    if landed.any():
        column, row = affine.cell(x[landed], y[landed])
        left = max(math.floor(column.min()) - _MARGIN_CELLS, 0)
        right = min(math.ceil(column.max()) + _MARGIN_CELLS, source.width)
        top = max(math.floor(row.min()) - _MARGIN_CELLS, 0)
        bottom = min(math.ceil(row.max()) + _MARGIN_CELLS, source.height)
        if left < right and top < bottom:
            return Window(left, top, right - left, bottom - top)
    raise DataError("error-terrain-elsewhere", file=name)


def _transformed(source: CRS, target: CRS, x: Any, y: Any) -> tuple[Any, Any]:
    try:
        best = TransformerGroup(source, target, always_xy=True).transformers[0]
        moved = best.transform(x, y)
    except (ProjError, IndexError):
        return np.full(len(x), np.nan), np.full(len(x), np.nan)
    return np.asarray(moved[0]), np.asarray(moved[1])


def _strips(window: Window, block_rows: int) -> Iterator[Window]:
    """Yield the window from top to bottom in whole rows of blocks, a bounded number of cells."""
    step = max(_STRIP_CELLS // (int(window.width) * block_rows), 1) * block_rows
    top, bottom = int(window.row_off), int(window.row_off + window.height)
    # Aligned with the blocks of the file, so that none is unpacked twice.
    edges = [top, *range((top // step + 1) * step, bottom, step), bottom]
    for start, stop in pairwise(edges):
        yield Window(window.col_off, start, window.width, stop - start)


def _metres(raw: Any, scale: float, offset: float) -> tuple[NDArray[np.float32], int]:
    """Return heights with NaN for what is not known, and how many were no heights at all."""
    with np.errstate(invalid="ignore", over="ignore"):
        grid = (raw.data.astype(np.float64) * scale + offset).astype("<f4")
        unknown = np.ma.getmaskarray(raw) | ~np.isfinite(grid)
        absurd = ~unknown & ((grid < LOWEST_M) | (grid > HIGHEST_M))
    grid[unknown | absurd] = np.nan
    return grid, int(absurd.sum())


def _unit(stated: str) -> tuple[str, list[Fault]]:
    """Return the stated unit and what is doubtful about it."""
    unit = stated[:40]
    if unit.lower() in _METRES:
        return unit, []
    key = "fault-terrain-unit-unknown" if unit else "fault-terrain-unit-unstated"
    if unit.lower() in _FEET:
        key = "fault-terrain-unit-feet"
    return unit, [
        Fault(key, got=unit or None, severity=Severity.WARNING, remedy="remedy-terrain-unit")
    ]

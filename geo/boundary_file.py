"""The product's own file of boundaries: ``boundaries.geojson`` in a province's folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.boundaries import Boundaries, read_boundaries
from geo.intake.table import RawColumn, RawTable
from geo.reading import read_layer
from planning.errors import DataError, Severity

BOUNDARIES_FILE: Final = "boundaries.geojson"
"""Its name in the folder of a province."""


def write_boundaries(boundaries: Boundaries) -> bytes:
    """Write areas as UTF-8 GeoJSON (RFC 7946) that :func:`read_boundary_file` reads back.

    Properties: ``code``, ``name``, ``level`` and ``area_km2`` (geodesic, as computed).
    """
    properties = [
        {"code": code, "name": name, "level": str(boundaries.level), "area_km2": round(area, 6)}
        for code, name, area in zip(
            boundaries.codes, boundaries.names, boundaries.area_km2.tolist(), strict=True
        )
    ]
    shapes = shapely.to_geojson(boundaries.polygons)
    features = ",\n".join(
        f'{{"type":"Feature","properties":{_json(own)},"geometry":{shape}}}'
        for own, shape in zip(properties, shapes, strict=True)
    )
    return f'{{"type":"FeatureCollection","features":[\n{features}\n]}}\n'.encode()


def read_boundary_file(path: Path) -> Boundaries:
    """Read the boundaries of a province.

    Parameters
    ----------
    path : Path
        GeoJSON with the properties :func:`write_boundaries` writes; others are understood as
        :func:`geo.boundaries.read_boundaries` does.

    Raises
    ------
    DataError
        If the file cannot be read or an area cannot be used; every error is listed. Warnings are
        no obstacle, they stay in :attr:`Boundaries.faults`.
    """
    boundaries = read_boundaries(as_table(read_layer(path), path.name), file=path.name)
    errors = [fault for fault in boundaries.faults if fault.severity is Severity.ERROR]
    if errors:
        raise DataError("error-schema", errors, file=path.name, count=len(errors))
    return boundaries


def _json(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False)


def as_table(frame: pd.DataFrame, file: str) -> RawTable:
    """Return a frame of areas as the table of a file; the first row is row 1.

    Raises
    ------
    DataError
        If the frame has no geometry.
    """
    if not isinstance(frame, gpd.GeoDataFrame):
        raise DataError("error-boundaries-no-shapes", file=file)
    columns = [
        RawColumn(str(name), *_cells(frame[name])) for name in frame.columns.drop("geometry")
    ]
    return RawTable(
        columns=tuple(columns),
        rows=np.arange(1, len(frame) + 1),
        geometry=np.asarray(frame.geometry.to_numpy(), dtype=object),
        crs_wkt=None if frame.crs is None else frame.crs.to_wkt(),
        format="geojson",
    )


def _cells(column: pd.Series) -> tuple[pd.Series, np.ndarray | None]:
    """Return the texts and the numbers of a column."""
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        nothing = pd.Series([None] * len(column), dtype="str")
        return nothing, column.to_numpy(dtype=np.float64, na_value=np.nan)
    return column.astype("str").str.normalize("NFC"), None

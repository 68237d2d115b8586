"""Write the product's own files: registers, observations and boundaries, whole or not at all."""

from __future__ import annotations

import contextlib
import json
import secrets
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import orjson
import pandas as pd

from planning.errors import PlannerError

_DAYS: Final = "%Y-%m-%d"


def register_geojson(villages: gpd.GeoDataFrame, metadata: dict[str, str]) -> bytes:
    """Return a register as GeoJSON by RFC 7946, one feature a line.

    Parameters
    ----------
    villages : GeoDataFrame, n rows
        Points in EPSG:4326, missing where a village has none, and the columns of
        :data:`geo.schema.VILLAGES`; further columns are written as they are.
    metadata : dict
        Foreign member of the collection.

    Returns
    -------
    bytes
        UTF-8. Missing values and points are ``null``, days ISO 8601; a column with a time of day
        keeps it.
    """
    columns = pd.DataFrame(villages.drop(columns="geometry"))
    plain = {str(name): _plain(columns[name]) for name in columns.columns}
    positions = np.column_stack([villages.geometry.x, villages.geometry.y])
    points = [
        {"type": "Point", "coordinates": position} if placed else None
        for position, placed in zip(
            positions.tolist(), np.isfinite(positions).all(axis=1), strict=True
        )
    ]
    head = json.dumps({"type": "FeatureCollection", "metadata": metadata}, ensure_ascii=False)
    lines = [
        orjson.dumps(
            {
                "type": "Feature",
                "properties": dict(zip(plain, values, strict=True)),
                "geometry": point,
            }
        )
        for point, *values in zip(points, *plain.values(), strict=True)
    ]
    return head[:-1].encode() + b', "features": [\n' + b",\n".join(lines) + b"\n]}\n"


def observations_csv(observations: pd.DataFrame) -> bytes:
    """Return dated observations as CSV, UTF-8, in the order given."""
    dated = observations.assign(observed_on=observations["observed_on"].dt.strftime(_DAYS))
    return dated.to_csv(index=False, lineterminator="\n").encode()


def write_file(path: Path, content: bytes) -> None:
    """Write a file, completely or not at all: a reader never sees half of it.

    Raises
    ------
    PlannerError
        If the place cannot be written to.
    """
    temporary = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    except OSError as problem:
        raise PlannerError("error-export-write", path=str(path)) from problem
    finally:
        # Where nothing could be written there may be nothing to look for either.
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _plain(column: pd.Series) -> list[Any]:
    if pd.api.types.is_datetime64_any_dtype(column):
        known = column.dropna()
        if (known == known.dt.normalize()).all() and known.dt.tz is None:
            column = column.dt.strftime(_DAYS)
        else:
            column = column.map(pd.Timestamp.isoformat, na_action="ignore")
    whole = column.astype(object)
    return whole.where(column.notna(), None).tolist()

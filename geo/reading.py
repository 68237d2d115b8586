"""Read the product's own files: villages, observations, sites, published figures.

Every frame is validated here, once, against :mod:`geo.schema`, with all faults at once; text is
brought to NFC. Targets are read by :mod:`geo.target_file`. Files of other shapes are the
importer's business, not this module's.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd
import pandera.errors
import pandera.pandas as pa
import pyogrio

from geo.faults import find_faults
from geo.schema import OBSERVATIONS, SITES, VILLAGES
from planning.errors import DataError, Fault
from planning.vocabulary import Evidence, Service

WGS84: Final = "EPSG:4326"
_SQLITE_MAGIC: Final = b"SQLite format 3\x00"


def read_villages(path: Path) -> gpd.GeoDataFrame:
    """Read a register of villages.

    Parameters
    ----------
    path : Path
        ``.geojson``, ``.gpkg`` or ``.parquet`` with the columns of :data:`geo.schema.VILLAGES`.

    Returns
    -------
    GeoDataFrame
        Points in EPSG:4326, sorted by ``village_id``; absent optional columns hold missing
        values.

    Raises
    ------
    DataError
        If the file cannot be read as such, or any value breaks the schema (all faults listed).
    """
    return _validated(_read_points(path), VILLAGES, path, key="village_id")


def read_sites(path: Path) -> gpd.GeoDataFrame:
    """Read existing network points, like :func:`read_villages`, by :data:`geo.schema.SITES`."""
    return _validated(_read_points(path), SITES, path, key="site_id")


def read_observations(path: Path) -> pd.DataFrame:
    """Read dated observations from CSV, in file order.

    Raises
    ------
    DataError
        If the file cannot be read or any value breaks :data:`geo.schema.OBSERVATIONS`.
    """
    frame = _read_csv(path)
    if "observed_on" in frame:
        frame["observed_on"] = _days(frame["observed_on"], path)
    return _checked(_normalised(frame), OBSERVATIONS, path)


def observations_of_register(villages: pd.DataFrame, source: str) -> pd.DataFrame:
    """Take a register's own state columns as its observations.

    Used when a register comes without a file of observations. A state without a date cannot be
    placed in time, so it yields no observation.

    Parameters
    ----------
    villages : DataFrame
        Columns of :data:`geo.schema.VILLAGES`.
    source : str
        What the observations name as their source, usually the file's name.
    """
    parts = [
        pd.DataFrame(
            {
                "village_id": villages["village_id"],
                "service": str(service),
                "state": villages[f"{service}_state"],
                "observed_on": villages[f"{service}_observed_on"],
                "evidence": str(Evidence.REGISTER),
                "source": source,
            }
        )
        for service in Service
    ]
    dated = pd.concat(parts, ignore_index=True).dropna(subset=["observed_on"])
    return OBSERVATIONS.validate(dated.reset_index(drop=True))


def read_communes(path: Path) -> pd.DataFrame:
    """Read the table of communes: every column as text but ``lon`` and ``lat``."""
    frame = _normalised(_read_csv(path))
    return frame.assign(lon=pd.to_numeric(frame["lon"]), lat=pd.to_numeric(frame["lat"]))


def read_published_figures(path: Path) -> pd.DataFrame:
    """Read published figures: ``value`` and ``denominator`` as numbers, ``as_of`` as dates."""
    frame = _normalised(_read_csv(path))
    return frame.assign(
        value=pd.to_numeric(frame["value"]),
        denominator=pd.to_numeric(frame["denominator"]),
        as_of=_days(frame["as_of"], path),
    )


def read_layer(path: Path) -> gpd.GeoDataFrame:
    """Read a map file by suffix *and* content, so that GDAL never gets to choose a driver.

    Left to sniff, GDAL reads a VRT named ``village.geojson``, and with it other files of the
    machine and any address.

    Parameters
    ----------
    path : Path
        ``.geojson``, ``.gpkg`` or ``.parquet``.

    Returns
    -------
    GeoDataFrame
        Not checked at all; a plain DataFrame if the file has no geometry.

    Raises
    ------
    DataError
        If the file cannot be read as such.
    """
    try:
        return _open(path)
    except (OSError, ValueError, pyogrio.errors.DataSourceError) as error:
        raise DataError("error-file-unreadable", file=path.name) from error


def hash_files(paths: Iterable[Path]) -> str:
    """Return 12 hexadecimal digits naming the content of the files, in the order given."""
    digest = hashlib.blake2b(digest_size=6)
    for path in paths:
        content = path.read_bytes()
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()


def _read_points(path: Path) -> gpd.GeoDataFrame:
    frame = read_layer(path)
    if not isinstance(frame, gpd.GeoDataFrame):
        raise DataError("error-no-geometry", file=path.name)
    if frame.crs is not None and frame.crs != WGS84:
        frame = frame.to_crs(WGS84)
    if frame.empty:
        raise DataError("error-no-villages", file=path.name)
    kinds = set(frame.geometry.dropna().geom_type)
    if kinds - {"Point"} or frame.geometry.isna().any() or frame.geometry.is_empty.any():
        raise DataError("error-not-points", file=path.name)
    return frame


def _open(path: Path) -> gpd.GeoDataFrame:
    suffix = path.suffix.lower()
    if suffix in {".geojson", ".json"}:
        with warnings.catch_warnings():
            # A column of mixed types is a fault with a row, not a warning on a terminal.
            warnings.simplefilter("ignore", UserWarning)
            return gpd.read_file(
                # A text that looks like a date stays the text it is.
                f"GeoJSON:{path.resolve()}",
                engine="pyogrio",
                DATE_AS_STRING="YES",
            )
    if suffix == ".gpkg":
        with path.open("rb") as file:
            if file.read(len(_SQLITE_MAGIC)) != _SQLITE_MAGIC:
                raise ValueError(suffix)
        return gpd.read_file(path.resolve(), engine="pyogrio")
    if suffix == ".parquet":
        return gpd.read_parquet(path)
    raise DataError("error-file-kind", file=path.name, expected=".geojson, .gpkg, .parquet")


def _read_csv(path: Path) -> pd.DataFrame:
    try:
        # Only an empty field is missing: "none" and "NA" are words of our vocabularies.
        return pd.read_csv(path, dtype="str", keep_default_na=False, na_values=[""])
    except (OSError, ValueError) as error:
        raise DataError("error-file-unreadable", file=path.name) from error


def _days(column: pd.Series, path: Path) -> pd.Series:
    days = pd.to_datetime(column, format="%Y-%m-%d", errors="coerce")
    wrong = column[days.isna() & column.notna()]
    if len(wrong):
        raise DataError(
            "error-schema",
            [
                Fault("fault-value", row + 1, str(column.name), str(got), "expected-date")
                for row, got in zip(wrong.index.to_numpy(), wrong, strict=True)
            ],
            file=path.name,
            count=len(wrong),
        )
    return days


def _normalised(frame: pd.DataFrame) -> pd.DataFrame:
    text = frame.select_dtypes(include=["str", "object"]).columns.difference(["geometry"])
    return frame.assign(**{name: frame[name].str.normalize("NFC") for name in text})


def _validated(
    frame: gpd.GeoDataFrame, schema: pa.DataFrameSchema, path: Path, *, key: str
) -> gpd.GeoDataFrame:
    columns = _normalised(pd.DataFrame(frame.drop(columns="geometry")))
    checked = _checked(columns, schema, path)
    whole = gpd.GeoDataFrame(checked, geometry=frame.geometry.to_numpy(), crs=WGS84)
    return whole.sort_values(key, ignore_index=True)


def _checked(frame: pd.DataFrame, schema: pa.DataFrameSchema, path: Path) -> pd.DataFrame:
    try:
        return schema.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        faults = find_faults(frame, schema)
        raise DataError("error-schema", faults, file=path.name, count=len(faults)) from error

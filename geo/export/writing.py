"""The door: one list in, one file out, the format chosen by the suffix."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from geo.export.content import Content, content_of
from geo.export.delimited import Separator, encode_csv
from geo.export.geojson import encode_geojson
from geo.export.geopackage import encode_geopackage
from geo.export.geoparquet import encode_geoparquet
from geo.export.kmz import encode_kmz
from geo.export.shapefile import encode_shapefile
from geo.export.spreadsheet import encode_xlsx
from geo.export.table import ExportTable
from geo.writing import write_file
from planning.errors import PlannerError

SUFFIXES: Final = (".csv", ".xlsx", ".geojson", ".gpkg", ".kmz", ".parquet", ".zip")
"""Formats a list can be written in; ``.zip`` is a Shapefile."""


def to_bytes(table: ExportTable, suffix: str, *, separator: Separator = ",") -> bytes:
    """Return a list as the contents of a file.

    Parameters
    ----------
    table : ExportTable
    suffix : str
        One of :data:`SUFFIXES`, in any case.
    separator : {",", ";"}
        Between the fields of a CSV; other formats ignore it.

    Returns
    -------
    bytes

    Raises
    ------
    PlannerError
        If the suffix names no known format, or the list does not fit into it.
    """
    encode = _encoder(suffix, separator)
    return encode(content_of(table))


def write_table(table: ExportTable, path: Path, *, separator: Separator = ",") -> None:
    """Write a list to a file, completely or not at all.

    The file is written beside its final place and then put there in one step, so that a reader
    never sees half of it and a failure leaves an older file as it was.

    Parameters
    ----------
    table : ExportTable
    path : Path
        Its suffix chooses the format.
    separator : {",", ";"}
        Between the fields of a CSV; other formats ignore it.

    Raises
    ------
    PlannerError
        If the suffix names no known format, the list does not fit into it, or the place cannot
        be written to.
    """
    write_file(path, to_bytes(table, path.suffix, separator=separator))


def _encoder(suffix: str, separator: Separator) -> Callable[[Content], bytes]:
    encoders: Mapping[str, Callable[[Content], bytes]] = {
        ".csv": partial(encode_csv, separator=separator),
        ".xlsx": encode_xlsx,
        ".geojson": encode_geojson,
        ".gpkg": encode_geopackage,
        ".kmz": encode_kmz,
        ".parquet": encode_geoparquet,
        ".zip": encode_shapefile,
    }
    encode = encoders.get(suffix.lower())
    if encode is None:
        raise PlannerError("error-export-format", suffix=suffix, expected=", ".join(SUFFIXES))
    return encode

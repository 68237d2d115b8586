"""GeoJSON: a FeatureCollection, one Feature, or one Feature per line (RFC 7946, RFC 8142)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely

from geo.intake.assembly import (
    check_size,
    clean_name,
    compact_json,
    repeated_key,
)
from geo.intake.byte_texts import finish
from geo.intake.columns import join_columns
from geo.intake.crs import WGS84, safe_crs, unread_crs
from geo.intake.geojson_features import FeaturePart, find_repeated, read_features
from geo.intake.json_text import (
    JsonPart,
    UnevenPiecesError,
    parse_pieces,
    parse_whole,
    read_utf8,
)
from geo.intake.table import Geometries, RawColumn, RawTable, ReadOptions
from planning.errors import DataError, Fault

_LONGEST_NOTE: Final = 500
_GEOMETRY_TYPES: Final = frozenset(
    {
        "Point",
        "MultiPoint",
        "LineString",
        "MultiLineString",
        "Polygon",
        "MultiPolygon",
        "GeometryCollection",
    }
)
_EXPECTED: Final = "FeatureCollection, Feature"


@dataclass(frozen=True, slots=True)
class _Content:
    """Parts of a file, the members beside its features, and names that stand twice."""

    parts: tuple[FeaturePart, ...]
    members: Mapping[str, Any]
    repeated: Mapping[str, int]


def read_geojson(path: Path, options: ReadOptions) -> RawTable:
    """Read a GeoJSON file.

    Numbers stay numbers, texts texts (also ISO dates), booleans become ``TRUE`` and ``FALSE``,
    nested values compact JSON. The coordinate system is that of a ``crs`` member as older files
    have it, else WGS84 as RFC 7946 wants; none if most coordinates cannot be degrees.

    Parameters
    ----------
    path : Path
    options : ReadOptions
        ``encoding`` is heeded; there are no layers.

    Returns
    -------
    RawTable
        Rows count features from 1. Faults tell of features, geometries and keys that do not hold.

    Raises
    ------
    DataError
        If the file is no JSON, no GeoJSON, has no feature or more than can be held.
    """
    data, encoding = read_utf8(path, options.encoding)
    try:
        content = _read(parse_pieces(data), path.name)
    except UnevenPiecesError:
        content = _read(parse_whole(data, path.name), path.name)
    table = replace(_table(content, path.name), encoding=encoding)
    return finish(table, options.encoding, file=path.name)


def _read(pieces: Iterable[JsonPart], file: str) -> _Content:
    parts: list[FeaturePart] = []
    repeated: Counter[str] = Counter()
    members: Mapping[str, Any] = {}
    count = 0
    for piece in pieces:
        features = piece.value
        if piece.is_document:
            features, members = _features(piece.value, file)
        parts.append(read_features(features, count + 1, file))
        repeated.update(find_repeated(piece.data, piece.value, features))
        count += len(features)
        check_size(file, count, len(parts[-1].columns))
    return _Content(tuple(parts), members, repeated)


def _table(content: _Content, file: str) -> RawTable:
    parts = content.parts
    geometry = np.concatenate([part.geometry for part in parts])
    crs, faults = _crs(content.members, geometry)
    faults += [repeated_key(name, times) for name, times in content.repeated.items()]
    return RawTable(
        columns=_columns(parts, file),
        rows=np.arange(1, len(geometry) + 1, dtype=np.int64),
        geometry=geometry,
        crs_wkt=crs,
        format="geojson",
        faults=(*faults, *(fault for part in parts for fault in part.faults)),
        metadata=_metadata(content.members),
    )


def _features(document: object, file: str) -> tuple[Sequence[Any], Mapping[str, Any]]:
    """Return the features of a document and the members beside them."""
    if isinstance(document, list):
        return _listed(document, file), {}
    if not isinstance(document, dict):
        raise DataError("error-intake-map-json-kind", file=file, got="JSON", expected=_EXPECTED)
    kind = document.get("type")
    if kind == "Feature":
        return [document], {"crs": document["crs"]} if "crs" in document else {}
    if isinstance(kind, str) and kind in _GEOMETRY_TYPES:
        raise DataError("error-intake-map-json-bare", file=file, got=kind)
    features = document.get("features")
    if kind != "FeatureCollection" or not isinstance(features, list):
        got = str(kind)[:40] if kind else "JSON"
        raise DataError("error-intake-map-json-kind", file=file, got=got, expected=_EXPECTED)
    if not features:
        raise DataError("error-intake-map-no-rows", file=file)
    return features, {name: document[name] for name in document if name != "features"}


def _listed(values: list[Any], file: str) -> list[Any]:
    if not all(isinstance(value, dict) and value.get("type") == "Feature" for value in values):
        raise DataError("error-intake-map-json-kind", file=file, got="JSON", expected=_EXPECTED)
    return values


def _columns(parts: Sequence[FeaturePart], file: str) -> tuple[RawColumn, ...]:
    """Return the columns of all parts, and the identifiers unless a column is called so."""
    counts = [len(part) for part in parts]
    names = dict.fromkeys(name for part in parts for name in part.columns)
    check_size(file, sum(counts), len(names))
    columns = [join_columns([part.columns.get(name) for part in parts], counts) for name in names]
    identifiers = [part.identifiers for part in parts]
    if any(part is not None for part in identifiers) and "id" not in map(clean_name, names):
        columns.insert(0, join_columns(identifiers, counts))
    return tuple(columns)


def _crs(members: Mapping[str, Any], geometry: Geometries) -> tuple[str | None, list[Fault]]:
    """Return the coordinate system stated, and a fault if it cannot be taken over."""
    if "crs" not in members:
        return (WGS84 if _fits_degrees(geometry) else None), []
    stated = members["crs"]
    if stated is None:
        return None, []
    described = stated.get("properties") if isinstance(stated, dict) else None
    name = described.get("name") if isinstance(described, dict) else None
    crs = safe_crs(name) if isinstance(name, str) else None
    if crs is None:
        return None, [unread_crs(name if isinstance(name, str) else compact_json(stated))]
    return crs, []


def _fits_degrees(geometry: Geometries) -> bool:
    """Tell whether most coordinates can be degrees: one slip is a fault, not another system."""
    corners = shapely.bounds(geometry)
    known = corners[~np.isnan(corners).any(axis=1)]
    if not len(known):
        return True
    fitting = (np.abs(known) <= (180, 90, 180, 90)) | (np.abs(known) <= (90, 180, 90, 180))
    return bool(fitting.all(axis=1).mean() > 0.5)


def _metadata(members: Mapping[str, Any]) -> dict[str, str]:
    """Return the texts beside the features, those of ``metadata`` without a prefix."""
    told = members.get("metadata")
    found = dict(told) if isinstance(told, dict) else {}
    found |= {name: members[name] for name in ("name", "title", "description") if name in members}
    return {
        clean_name(name): clean_name(value)[:_LONGEST_NOTE]
        for name, value in found.items()
        if isinstance(value, str)
    }

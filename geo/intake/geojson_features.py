"""Features of a GeoJSON text as columns, geometries and faults, some thousand at a time.

Points, which is what villages are, are read as two columns of numbers; every other geometry one
by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

import numpy as np
import orjson
import shapely

from geo.intake.assembly import check_size, column_of_cells, compact_json
from geo.intake.json_text import count_keys, keys_within, repeated_keys
from geo.intake.shapes import broken_geometry, empty_geometry, keep_placed, place_points
from geo.intake.table import Geometries, RawColumn
from planning.columns import FloatArray, IntArray
from planning.errors import Fault

_NUMBERS: Final = frozenset({int, float})

Feature = Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class FeaturePart:
    """Some features, one after the other.

    Attributes
    ----------
    columns : dict of RawColumn
        By name as written.
    identifiers : RawColumn or None
        The ``id`` members, ``None`` if no feature has one.
    geometry : ndarray of geometries or None, shape (n,)
    faults : tuple of Fault
    """

    columns: dict[str, RawColumn]
    identifiers: RawColumn | None
    geometry: Geometries
    faults: tuple[Fault, ...]

    def __len__(self) -> int:
        """Return the number of features."""
        return len(self.geometry)


def read_features(features: Sequence[Any], first_row: int, file: str) -> FeaturePart:
    """Read features that a parser made of JSON text.

    Parameters
    ----------
    features : sequence, length n
        Whatever stands in the list of features; what is none becomes an empty row with a fault.
    first_row : int
        Row of the first of them.
    file : str
        For the sentence of a refusal.

    Raises
    ------
    DataError
        If there are more columns than can be held.
    """
    kept, faults = _sound_features(features, first_row)
    properties = [feature.get("properties") or {} for feature in kept]
    names = list(dict.fromkeys(chain.from_iterable(properties)))
    check_size(file, len(features), len(names))
    columns = {name: column_of_cells(name, [row.get(name) for row in properties]) for name in names}
    identifiers = [feature.get("id") for feature in kept]
    rows = np.arange(first_row, first_row + len(kept), dtype=np.int64)
    geometry, broken = _geometries([feature.get("geometry") for feature in kept], rows)
    return FeaturePart(
        columns,
        column_of_cells("id", identifiers) if any(map(_is_given, identifiers)) else None,
        geometry,
        tuple(sorted(faults + broken, key=lambda fault: fault.row or 0)),
    )


def find_repeated(data: bytes, document: object, features: Sequence[Any]) -> Mapping[str, int]:
    """Return names that stand twice in one object of a text, where a parser keeps only one.

    Looking for them takes as long as reading, so first the keys are counted: of the text, of
    what features are made of, and only then of everything.

    Parameters
    ----------
    data : bytes
        JSON text in UTF-8.
    document : object
        What a parser made of it.
    features : sequence
        Its features.
    """
    written = count_keys(data)
    sound = [feature for feature in features if type(feature) is dict]
    parts = chain(
        (feature.get("properties") for feature in sound),
        (feature.get("geometry") for feature in sound),
    )
    flat = sum(map(len, sound)) + sum(len(part) for part in parts if type(part) is dict)
    outside = {**document, "features": None} if isinstance(document, dict) else None
    if len(features) > 1 and written <= flat + keys_within(outside):
        return {}
    return {} if written <= keys_within(document) else repeated_keys(data)


def _is_given(identifier: object) -> bool:
    return identifier is not None


def _sound_features(features: Sequence[Any], first_row: int) -> tuple[list[Feature], list[Fault]]:
    """Return one mapping per feature; what is none becomes empty, with a fault."""
    faults = []
    kept: list[Feature] = list(features)
    for at, feature in enumerate(features):
        if type(feature) is dict and (
            type(feature.get("properties")) is dict or not feature.get("properties")
        ):
            continue
        faults.append(_broken_feature(first_row + at, feature))
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        kept[at] = {"geometry": geometry}
    return kept, faults


def _geometries(shapes: Sequence[Any], rows: IntArray) -> tuple[Geometries, list[Fault]]:
    """Return all geometries, the points at once and the others one by one."""
    geometry = np.full(len(shapes), None, dtype=object)
    are_points = np.fromiter(map(_is_plain_point, shapes), dtype=np.bool_, count=len(shapes))
    at = np.flatnonzero(are_points)
    if len(at) == len(shapes):
        positions = _positions([shape["coordinates"] for shape in shapes])
    else:
        positions = _positions([shapes[row]["coordinates"] for row in at.tolist()])
    geometry[at], faults = place_points(positions[:, 0], positions[:, 1], rows[at])
    others = [row for row in np.flatnonzero(~are_points).tolist() if shapes[row] is not None]
    geometry[others], more = _other_geometries([shapes[row] for row in others], rows[others])
    return geometry, faults + more


def _is_plain_point(shape: object) -> bool:
    if type(shape) is not dict or shape.get("type") != "Point":
        return False
    position = shape.get("coordinates")
    return (
        type(position) is list
        and len(position) >= 2
        and type(position[0]) in _NUMBERS
        and type(position[1]) in _NUMBERS
    )


def _positions(pairs: Sequence[Sequence[float]]) -> FloatArray:
    if all(len(pair) == 2 for pair in pairs):
        return np.array(pairs, dtype=np.float64).reshape(len(pairs), 2)
    # A height, where there is one, is of no use here and may be anything.
    return np.array([pair[:2] for pair in pairs], dtype=np.float64).reshape(len(pairs), 2)


def _other_geometries(shapes: Sequence[Any], rows: IntArray) -> tuple[Geometries, list[Fault]]:
    written = [_written(shape) for shape in shapes]
    empty = np.fromiter(map(_is_empty, shapes), dtype=np.bool_, count=len(shapes))
    geometry = shapely.from_geojson(np.array(written, dtype=object), on_invalid="ignore")
    geometry[empty] = None
    broken = shapely.is_missing(geometry) & ~empty
    faults = [empty_geometry(row) for row in rows[empty].tolist()]
    faults += [
        broken_geometry(int(rows[at]), written[at].decode("utf-8", "replace"))
        for at in np.flatnonzero(broken).tolist()
    ]
    placed, astray = keep_placed(geometry, rows)
    return placed, faults + astray


def _written(shape: object) -> bytes:
    """Write a geometry as JSON again, one nested beyond all sense as nothing readable."""
    try:
        return orjson.dumps(shape)
    except TypeError:
        return b"{}"


def _is_empty(shape: object) -> bool:
    return isinstance(shape, dict) and shape.get("coordinates", shape.get("geometries")) == []


def _broken_feature(row: int, got: object) -> Fault:
    return Fault(
        "fault-intake-map-feature",
        row,
        got=compact_json(got)[:80],
        expected="expected-intake-map-feature",
        remedy="remedy-intake-map-feature",
    )

"""A plan as one GeoJSON collection by RFC 7946: villages, links and masts, each with its kind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Final

import shapely

from geo.export.content import Cell
from geo.export.plan_content import (
    LINKS,
    SITES,
    VILLAGES,
    PlanContent,
    PlanTable,
    coordinates_of,
    is_point,
)

_KINDS: Final = {VILLAGES: "village", LINKS: "link", SITES: "site"}
_IDS: Final = {VILLAGES: "village_id", LINKS: "link_id", SITES: "site_id"}


def encode_plan_geojson(content: PlanContent) -> bytes:
    """Return a plan as a GeoJSON feature collection, one feature on each line.

    Parameters
    ----------
    content : PlanContent

    Returns
    -------
    bytes
        UTF-8 without byte order mark; WGS84, longitude first. The properties are those of the
        tables after ``kind``: ``"village"``, ``"link"`` or ``"site"``. Missing values and
        positions are ``null``, dates ISO 8601. The foreign members ``name`` and ``metadata``
        (RFC 7946 section 6.1) hold the evidence of the plan.
    """
    head = _json({"type": "FeatureCollection", "name": "plan", "metadata": content.metadata})
    found = (content.tables[key] for key in _KINDS if key in content.tables)
    features = ",\n".join(feature for table in found for feature in _features(table))
    return f'{head[:-1]},"features":[\n{features}\n]}}\n'.encode()


def _features(table: PlanTable) -> Iterator[str]:
    shapes = table.shapes if table.shapes is not None else [None] * len(table)
    for shape, row in zip(shapes, table.rows(), strict=True):
        feature: dict[str, object] = {
            "type": "Feature",
            "geometry": _geometry(shape),
            "properties": {
                "kind": _KINDS[table.key],
                **{key: _value(value) for key, value in row.items()},
            },
        }
        key = row.get(_IDS[table.key])
        yield _json(feature if key is None else {**feature, "id": key})


def _geometry(shape: shapely.Geometry | None) -> dict[str, object] | None:
    if shape is None:
        return None
    vertices = coordinates_of(shape)
    if is_point(shape):
        return {"type": "Point", "coordinates": vertices[0]}
    return {"type": "LineString", "coordinates": vertices}


def _value(value: Cell) -> Cell:
    return value.isoformat() if isinstance(value, date) else value


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))

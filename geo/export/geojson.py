"""GeoJSON by RFC 7946: WGS84, longitude first, no ``crs`` member, stable English keys."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from geo.export.content import Cell, Content, Position
from geo.export.layer import LAYER_NAME


def encode_geojson(content: Content) -> bytes:
    """Return the list as a GeoJSON feature collection, one feature on each line.

    The foreign members ``name`` and ``metadata`` (RFC 7946 section 6.1) hold the layer name and
    the evidence of the list.

    Parameters
    ----------
    content : Content

    Returns
    -------
    bytes
        UTF-8 without byte order mark. Missing values and positions are ``null``, dates ISO 8601.
    """
    head = _json({"type": "FeatureCollection", "name": LAYER_NAME, "metadata": content.metadata})
    features = ",\n".join(_features(content))
    return f'{head[:-1]},"features":[\n{features}\n]}}\n'.encode()


def _features(content: Content) -> Iterator[str]:
    keys = [column.key for column in content.columns]
    columns = [map(_value, content.stored[key]) for key in keys]
    for position, *values in zip(content.positions, *columns, strict=True):
        yield _json(
            {
                "type": "Feature",
                "geometry": _geometry(position),
                "properties": dict(zip(keys, values, strict=True)),
            }
        )


def _geometry(position: Position) -> dict[str, object] | None:
    return None if position is None else {"type": "Point", "coordinates": position}


def _value(value: Cell) -> Cell:
    return value.isoformat() if isinstance(value, date) else value


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))

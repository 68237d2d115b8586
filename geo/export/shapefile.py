"""Shapefile for those who ask for it, as one ZIP with the words that its format has no room for.

Field names have ten characters and texts 254 bytes, so the archive holds two tables beside the
layer: ``fields.csv`` says what each field means and how many of its texts were cut, ``notes.csv``
where the list comes from. In the layer stand stored values, as in GeoPackage.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyproj import CRS

from geo.export.archive import zip_bytes
from geo.export.content import Content
from geo.export.dbase import MAX_ROW_BYTES, cut_text, dbase_column, encode_dbase, row_bytes
from geo.export.delimited import Separator, encode_texts
from geo.export.field_names import field_names
from geo.export.layer import LAYER_NAME
from geo.export.point_shapes import encode_points
from geo.export.table import Column, ColumnKind
from planning.errors import PlannerError

_ENCODING: Final = b"UTF-8"
_CRS: Final = "EPSG:4326"
_MAX_BYTES: Final = 2**31 - 1
"""Of each file; its readers count in signed 32-bit numbers."""


def encode_shapefile(content: Content) -> bytes:
    """Return the list as a zipped Shapefile of points in WGS84.

    Members: ``priority_list.shp``, ``.shx``, ``.dbf`` (UTF-8, as ``.cpg`` says), ``.cpg``,
    ``.prj``, and two tables for people, UTF-8 with a byte order mark and ``;`` between fields
    in Vietnamese: ``fields.csv`` and ``notes.csv``.

    Parameters
    ----------
    content : Content

    Returns
    -------
    bytes
        The same for the same content. A missing value is missing and a village without a
        position has a null shape; spaces around a text are lost in every reader.

    Raises
    ------
    PlannerError
        If the list has more rows or columns than the format holds.
    """
    rows = len(content.positions)
    names = field_names([column.key for column in content.columns])
    columns = [
        dbase_column(name, column.kind, content.stored[column.key])
        for name, column in zip(names, content.columns, strict=True)
    ]
    width = row_bytes(columns)
    if width > MAX_ROW_BYTES:
        raise PlannerError("error-export-columns", columns=len(columns))
    if rows > (limit := _MAX_BYTES // width - 1):
        raise PlannerError("error-export-rows", rows=rows, limit=limit)
    shapes, index = encode_points(content.positions)
    separator: Separator = ";" if content.language == "vi" else ","
    return zip_bytes(
        (
            (f"{LAYER_NAME}.shp", [shapes]),
            (f"{LAYER_NAME}.shx", [index]),
            (f"{LAYER_NAME}.dbf", [encode_dbase(columns, rows)]),
            (f"{LAYER_NAME}.cpg", [_ENCODING]),
            (f"{LAYER_NAME}.prj", [CRS.from_user_input(_CRS).to_wkt("WKT1_ESRI").encode()]),
            ("fields.csv", [encode_texts(_dictionary(content, names), separator)]),
            ("notes.csv", [encode_texts(_notes(content), separator)]),
        )
    )


def _dictionary(content: Content, names: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    words = content.wording
    yield words.field, words.key, words.heading, words.meaning, words.choices, words.cut
    for name, column in zip(names, content.columns, strict=True):
        cut = _count_cut(content, column)
        yield name, column.key, column.label, column.description, _choices(column), cut


def _choices(column: Column) -> str:
    if column.kind is not ColumnKind.CHOICE:
        return ""
    return "\n".join(f"{value}: {label}" for value, label in column.choices.items())


def _count_cut(content: Content, column: Column) -> str:
    if column.kind not in {ColumnKind.TEXT, ColumnKind.CHOICE}:
        return ""
    texts = [str(value) for value in content.stored[column.key] if value is not None]
    return str(sum(cut_text(text) != text for text in texts) or "")


def _notes(content: Content) -> Iterator[tuple[str, ...]]:
    yield from ((text,) for text in (content.title, content.subtitle) if text)
    yield from content.notes

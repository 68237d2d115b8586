"""What an export file is made from: a frame of villages and everything that must stand beside it.

Words come in as data. This package knows no language, so a heading that is missing here is a
mistake of the caller and never an English sentence in a Vietnamese office.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from geopandas import GeoDataFrame

from geo.symbology import MapClass

_KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,62}")
_RESERVED_KEYS: Final = frozenset(
    {"fid", "geom", "geometry", "lon", "lat", "ogr_style"}
    | {"description", "timestamp", "begin", "end", "icon", "snippet", "visibility"}
    | {"altitudemode", "tessellate", "extrude", "draworder", "heading", "tilt", "roll"}
)
"""Names the files use themselves, or that make a geodata driver do something special.

Source of the KML names: GDAL, LIBKML driver, "Field names and special fields".
"""


class ColumnKind(StrEnum):
    """What a column holds, which decides its type, rounding and number format in every file."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    SHARE = "share"
    SCORE = "score"
    KM = "km"
    DATE = "date"
    BOOLEAN = "boolean"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the list.

    Attributes
    ----------
    key : str
        Stable English name: field of GeoJSON, GeoPackage and GeoParquet, ``Data name`` of KML.
    label : str
        Heading in the reader's language: CSV, XLSX, KML, alias in QGIS.
    kind : ColumnKind
        ``SHARE`` and ``SCORE`` are 0 to 1; a share is shown as per cent.
    description : str
        What the column means, for the notes sheet.
    choices : mapping of str to str
        Stored value to label, for ``CHOICE``. Files for people show the label, files for
        programs keep the stored value.
    """

    key: str
    label: str
    kind: ColumnKind
    description: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wording:
    """The words an export file needs beside its columns, in the reader's language.

    Attributes
    ----------
    list_sheet, notes_sheet : str
        Names of the two sheets of the workbook.
    legend, columns : str
        Headings of the legend and of the table of columns on the notes sheet.
    heading, key, meaning : str
        Headings within the table of columns.
    choices : str
        Heading of the values a choice can have.
    choose : str
        What a spreadsheet says to who types another value into a choice.
    field, cut : str
        Headings, in the dictionary of a Shapefile, of the short name and of how many texts are
        longer than the format allows.
    longitude, latitude : str
        Headings of the coordinates in CSV and XLSX.
    map_class : str
        Heading of the class column, if ``columns`` does not have it.
    yes, no : str
        How a ``BOOLEAN`` is shown to people.
    data_status : str
        What the illustrative label is a value of, such as "Data status".
    page : str
        The word before the page number in print.
    """

    list_sheet: str
    notes_sheet: str
    legend: str
    columns: str
    heading: str
    key: str
    meaning: str
    choices: str
    choose: str
    field: str
    cut: str
    longitude: str
    latitude: str
    map_class: str
    yes: str
    no: str
    data_status: str
    page: str


@dataclass(frozen=True, slots=True)
class ExportTable:
    """A list of villages, ready to be written in any format.

    Attributes
    ----------
    title, subtitle : str
    frame : GeoDataFrame
        EPSG:4326 points (a missing position is allowed), one row per village, in list order.
    columns : tuple of Column
        The columns to write, in this order; others of the frame stay out.
    notes : tuple of (label, value)
        As-of date, weights, filter, data hash, source and so on, in the reader's language.
    metadata : mapping
        The same under stable English keys, for GeoJSON and GeoPackage.
    class_key : str
        The column whose values are :class:`geo.symbology.MapClass` values. It stands in every
        file, as the last column if it is not one of ``columns``.
    class_labels : mapping of str to str
        Class to its name in folders and legends, for every class that occurs.
    wording : Wording
    language : str
        Decides number and date formats only.
    illustrative : str
        A label that must stand in every file, such as "Dữ liệu minh hoạ"; empty for real data.
    name_key : str
        The column that names a village on a map; one of ``columns``.

    Raises
    ------
    ValueError
        With everything that is inconsistent, at once.
    """

    title: str
    subtitle: str
    frame: GeoDataFrame
    columns: tuple[Column, ...]
    notes: tuple[tuple[str, str], ...]
    metadata: Mapping[str, str | int | float]
    class_key: str
    class_labels: Mapping[str, str]
    wording: Wording
    language: str
    illustrative: str = ""
    name_key: str = "name"

    def __post_init__(self) -> None:
        faults = [*_key_faults(self), *_class_faults(self)]
        if self.frame.crs is None or self.frame.crs.to_epsg() != 4326:
            faults.append(f"frame must be in EPSG:4326, got {self.frame.crs}")
        if faults:
            raise ValueError("; ".join(faults))


def _key_faults(table: ExportTable) -> list[str]:
    keys = [column.key for column in table.columns]
    faults = [
        f"two columns are named {key}" for key in sorted({k for k in keys if keys.count(k) > 1})
    ]
    faults += [
        f"{key!r} cannot name a field"
        for key in [*keys, table.class_key]
        if not _KEY.fullmatch(key) or key in _RESERVED_KEYS
    ]
    faults += [
        f"the frame has no column {key!r}"
        for key in [*keys, table.class_key]
        if key not in table.frame.columns
    ]
    if table.name_key not in keys:
        faults.append(f"{table.name_key!r} must be one of the columns")
    return faults


def _class_faults(table: ExportTable) -> list[str]:
    if table.class_key not in table.frame.columns:
        return []
    found = {str(value) for value in table.frame[table.class_key].unique()}
    known = {str(member) for member in MapClass}
    return [f"{name!r} is no map class" for name in sorted(found - known)] + [
        f"map class {name!r} has no label"
        for name in sorted((found & known) - set(table.class_labels))
    ]

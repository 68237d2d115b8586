"""A roll-out plan as every form writes it: tables of clean values, some of them on a map.

Words, figures and shapes come in; this package knows neither the question nor the language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
import pandas as pd
import shapely

from geo.export.content import COORDINATE_DECIMALS, Cell, clean_text, stored_values
from geo.export.table import Column, ColumnKind, Wording
from geo.intake.table import Geometries
from geo.symbology import MapClass, RouteClass

VILLAGES: Final = "villages"
LINKS: Final = "links"
SITES: Final = "sites"
"""The tables that lie on the map. The first two are in every plan."""
REASONS: Final = "reasons"
"""The table for reading that says of villages again why they are in or out."""

_WAVE_CLASSES: Final = tuple(member for member in RouteClass if member is not RouteClass.NEVER)


@dataclass(frozen=True, slots=True, eq=False)
class PlanTable:
    """One table of a plan; :func:`plan_table` makes it.

    Attributes
    ----------
    key : str
        Stable name: layer of the GeoPackage.
    title : str
        Name of its sheet.
    about : str
        What stands in it, in a line.
    columns : tuple of Column
    stored : mapping of str to list of Cell
        Values by column key.
    shapes : ndarray of geometry, or None
        EPSG:4326, one per row; ``None`` for a table that is on no map.
    leading : int
        Columns from the left that stay in sight.
    """

    key: str
    title: str
    about: str
    columns: tuple[Column, ...]
    stored: Mapping[str, list[Cell]]
    shapes: Geometries | None = None
    leading: int = 0

    def __len__(self) -> int:
        return len(next(iter(self.stored.values()), []))

    def shown(self, column: Column) -> list[Cell]:
        """Return a column as people read it: labels in place of stored choices."""
        values = self.stored[column.key]
        if column.kind is ColumnKind.BOOLEAN:
            return [None if v is None else column.choices["true" if v else "false"] for v in values]
        if column.kind is ColumnKind.CHOICE:
            return [None if v is None else column.choices.get(str(v), v) for v in values]
        return values

    def rows(self) -> Iterator[dict[str, Cell]]:
        """Iterate over the stored values, row by row."""
        keys = [column.key for column in self.columns]
        for values in zip(*(self.stored[key] for key in keys), strict=True):
            yield dict(zip(keys, values, strict=True))


def plan_table(
    key: str,
    title: str,
    about: str,
    columns: Sequence[Column],
    frame: pd.DataFrame,
    *,
    shapes: Geometries | None = None,
    leading: int = 0,
) -> PlanTable:
    """Clean and round a frame once for all forms, as :func:`~geo.export.content.content_of` does.

    Parameters
    ----------
    key, title, about : str
    columns : sequence of Column
        Columns of ``frame`` to write, in this order. ``BOOLEAN`` ones say in ``choices`` what
        ``"true"`` and ``"false"`` are called.
    frame : DataFrame, n rows
    shapes : ndarray of geometry, shape (n,), optional
        EPSG:4326; ``None`` where a row has no place.
    leading : int
        Columns from the left that stay in sight on a sheet.

    Returns
    -------
    PlanTable
        Positions rounded to :data:`~geo.export.content.COORDINATE_DECIMALS`.
    """
    return PlanTable(
        key=key,
        title=clean_text(title),
        about=clean_text(about),
        columns=tuple(_clean(column) for column in columns),
        stored={column.key: _stored(frame[column.key], column.kind) for column in columns},
        shapes=None if shapes is None else _rounded(shapes),
        leading=leading,
    )


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """A line of the first sheet: what it says and its value; a heading has none.

    Attributes
    ----------
    label : str
    value : str, number, date or None
    kind : ColumnKind
        Number format of the value.
    """

    label: str
    value: Cell = None
    kind: ColumnKind = ColumnKind.TEXT

    @property
    def is_heading(self) -> bool:
        """Whether it opens a part of the sheet."""
        return self.value is None


@dataclass(frozen=True, slots=True, eq=False)
class PlanContent:
    """A plan, ready to be written in any form.

    Attributes
    ----------
    title, subtitle : str
    illustrative : str
        A label that must stand in every file; empty for real data.
    language : str
        Decides number and date formats only.
    written_on : date
        The day that stands in files as the one they were made on: that of the data, so that the
        same plan gives the same bytes.
    summary_title, notes_title : str
        Names of the first and the last sheet.
    summary : tuple of SummaryLine
    tables : mapping of str to PlanTable
        In order; :data:`VILLAGES` and :data:`LINKS` are among them.
    waves : mapping of str to str
        Every wave and its name, first to last.
    no_wave : str
        What links and villages of the plan without a wave stand under.
    classes : mapping of MapClass to str
        Names of the classes of villages and sites.
    statuses : mapping of str to MapClass
        The class of each value a village's ``status`` can have.
    notes : tuple of (str, str)
    metadata : mapping
        Stable English keys; texts, numbers and ``None``.
    wording : Wording
    """

    title: str
    subtitle: str
    illustrative: str
    language: str
    written_on: date
    summary_title: str
    notes_title: str
    summary: tuple[SummaryLine, ...]
    tables: Mapping[str, PlanTable]
    waves: Mapping[str, str]
    no_wave: str
    classes: Mapping[MapClass, str]
    statuses: Mapping[str, MapClass]
    notes: tuple[tuple[str, str], ...]
    metadata: Mapping[str, Cell]
    wording: Wording

    def wave_classes(self) -> dict[str, RouteClass]:
        """Return how each wave is drawn; all from the sixth on look the same."""
        last = len(_WAVE_CLASSES) - 1
        return {wave: _WAVE_CLASSES[min(at, last)] for at, wave in enumerate(self.waves)}


def clean_plan(content: PlanContent) -> PlanContent:
    """Return a plan whose every text an XML file may hold, as those of its tables already are.

    Parameters
    ----------
    content : PlanContent

    Returns
    -------
    PlanContent
        Numbers of the metadata that are not finite are ``None``.
    """
    return replace(
        content,
        title=clean_text(content.title),
        subtitle=clean_text(content.subtitle),
        illustrative=clean_text(content.illustrative),
        summary=tuple(
            SummaryLine(clean_text(line.label), _clean_value(line.value), line.kind)
            for line in content.summary
        ),
        notes=tuple((clean_text(label), clean_text(value)) for label, value in content.notes),
        metadata={key: _clean_value(value) for key, value in content.metadata.items()},
    )


def is_point(shape: shapely.Geometry) -> bool:
    """Tell a point from a line."""
    return bool(shapely.get_type_id(shape) == shapely.GeometryType.POINT)


def coordinates_of(shape: shapely.Geometry | None) -> list[list[float]]:
    """Return the vertices of a point or line; none of a missing or empty one."""
    vertices: list[list[float]] = shapely.get_coordinates(shape).tolist()
    return vertices


def _clean_value(value: Cell) -> Cell:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, float) and not np.isfinite(value):
        return None
    return value


def _stored(series: pd.Series, kind: ColumnKind) -> list[Cell]:
    if kind is ColumnKind.INTEGER:
        # Money is counted in whole dong; the solver's own sums have fractions of them.
        series = series.astype("Float64").round()
    return stored_values(series, kind)


def _clean(column: Column) -> Column:
    return Column(
        key=column.key,
        label=clean_text(column.label),
        kind=column.kind,
        description=clean_text(column.description),
        choices={str(value): clean_text(label) for value, label in column.choices.items()},
    )


def _rounded(shapes: Geometries) -> Geometries:
    known = np.array([_is_placed(shape) for shape in shapes], dtype=np.bool_)
    found: Geometries = np.full(len(shapes), None, dtype=object)
    found[known] = shapely.transform(
        np.asarray(shapes, dtype=object)[known],
        lambda degrees: np.round(degrees, COORDINATE_DECIMALS),
    )
    return found


def _is_placed(shape: shapely.Geometry | None) -> bool:
    vertices = shapely.get_coordinates(shape)
    return len(vertices) > 0 and bool(np.isfinite(vertices).all())

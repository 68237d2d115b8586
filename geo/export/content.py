"""What stands in a file whatever its format: clean texts, plain values, rounded once.

Every writer starts from the same :class:`Content`, so that the files of one list agree row by
row because they cannot do otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
import pandas as pd
import shapely

from geo.export.table import Column, ColumnKind, ExportTable, Wording
from geo.symbology import MapClass

Cell = str | int | float | bool | date | None
"""A value of a row; ``None`` is missing, never zero and never an empty text."""

Position = tuple[float, float] | None
"""Longitude and latitude in degrees, WGS84; ``None`` if the village has no position."""

COORDINATE_DECIMALS: Final = 7
"""About one centimetre; RFC 7946 section 11.2 asks for no more precision than there is."""

DECIMALS: Final[Mapping[ColumnKind, int]] = {
    ColumnKind.SHARE: 6,
    ColumnKind.SCORE: 6,
    ColumnKind.KM: 3,
}
"""Kept decimals: six let a reader recompute a total score, three are metres."""

SIGNIFICANT_DIGITS: Final = 15
"""Of other numbers: what a spreadsheet holds (Microsoft, "Excel specifications and limits")."""

_ILLEGAL: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Everything outside the Char production of XML 1.0, lone surrogates included."""


@dataclass(frozen=True, slots=True)
class Content:
    """One list of villages as every format writes it.

    Attributes
    ----------
    title, subtitle, illustrative, language : str
    columns : tuple of Column
        With clean labels; the class column is among them, with the class labels as choices.
    stored : mapping of str to list of Cell
        Values by column key, in list order.
    positions : list of Position
    classes : list of MapClass
        The class of each row.
    legend : mapping of MapClass to str
        The classes that occur, in the order of the colour table, with their labels.
    notes : tuple of (str, str)
        Including the illustrative label.
    metadata : mapping
        Stable English keys, JSON values.
    wording : Wording
    name_key, class_key : str
    """

    title: str
    subtitle: str
    illustrative: str
    language: str
    columns: tuple[Column, ...]
    stored: Mapping[str, list[Cell]]
    positions: list[Position]
    classes: list[MapClass]
    legend: Mapping[MapClass, str]
    notes: tuple[tuple[str, str], ...]
    metadata: Mapping[str, str | int | float | None]
    wording: Wording
    name_key: str
    class_key: str

    def shown(self, column: Column) -> list[Cell]:
        """Return a column as people read it: labels in place of stored choices."""
        values = self.stored[column.key]
        match column.kind:
            case ColumnKind.CHOICE:
                return [None if v is None else column.choices.get(str(v), v) for v in values]
            case ColumnKind.BOOLEAN:
                yes, no = self.wording.yes, self.wording.no
                return [None if v is None else (yes if v else no) for v in values]
            case _:
                return values


def content_of(table: ExportTable) -> Content:
    """Clean and round a table once for all formats.

    Texts lose the characters no XML file may hold and have ``LF`` as their only line end; an
    empty text, NaN and infinity are missing; numbers are rounded to :data:`DECIMALS` or
    :data:`SIGNIFICANT_DIGITS`, degrees to :data:`COORDINATE_DECIMALS`. Nothing else changes.

    Parameters
    ----------
    table : ExportTable

    Returns
    -------
    Content
    """
    columns = _columns(table)
    classes = [MapClass(value) for value in table.frame[table.class_key]]
    present = set(classes)
    return Content(
        title=clean_text(table.title),
        subtitle=clean_text(table.subtitle),
        illustrative=clean_text(table.illustrative),
        language=table.language,
        columns=columns,
        stored={c.key: stored_values(table.frame[c.key], c.kind) for c in columns},
        positions=_positions(table),
        classes=classes,
        legend={m: clean_text(table.class_labels[m]) for m in MapClass if m in present},
        notes=_notes(table),
        metadata=_metadata(table),
        wording=table.wording,
        name_key=table.name_key,
        class_key=table.class_key,
    )


def clean_text(text: str) -> str:
    r"""Return ``text`` without characters illegal in XML 1.0 and with ``LF`` line ends.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Notes
    -----
    Source: W3C, Extensible Markup Language (XML) 1.0, fifth edition, sections 2.2 and 2.11.

    Examples
    --------
    >>> clean_text("Y Tý\x00\r\nthôn 3")
    'Y Tý\nthôn 3'
    """
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def stored_values(series: pd.Series, kind: ColumnKind) -> list[Cell]:
    """Return the values of a column as plain Python values, missing ones as ``None``.

    Parameters
    ----------
    series : pandas.Series
        Any dtype that holds what ``kind`` says.
    kind : ColumnKind

    Returns
    -------
    list of Cell
        ``str`` for texts and choices, ``int``, finite ``float``, ``bool`` or ``date``.
    """
    match kind:
        case ColumnKind.TEXT | ColumnKind.CHOICE:
            texts = [
                "" if m else str(v)
                for v, m in zip(series.tolist(), series.isna().tolist(), strict=True)
            ]
            cleaned = {text: clean_text(text) or None for text in set(texts)}
            return [cleaned[text] for text in texts]
        case ColumnKind.INTEGER:
            finite = np.isfinite(series.astype("Float64").to_numpy(float, na_value=np.nan))
            return _plain(series.where(finite).astype("Int64"))
        case ColumnKind.BOOLEAN:
            return _plain(series.astype("boolean"))
        case ColumnKind.DATE:
            return _plain(pd.to_datetime(series).dt.date)
        case _:
            numbers = series.astype("Float64").to_numpy(float, na_value=np.nan)
            return [_rounded(x, kind) if np.isfinite(x) else None for x in numbers.tolist()]


def _rounded(number: float, kind: ColumnKind) -> float:
    if kind in DECIMALS:
        return round(number, DECIMALS[kind])
    return float(f"{number:.{SIGNIFICANT_DIGITS}g}")


def _plain(series: pd.Series) -> list[Cell]:
    return [None if m else v for v, m in zip(series.tolist(), series.isna().tolist(), strict=True)]


def _columns(table: ExportTable) -> tuple[Column, ...]:
    columns = table.columns
    if table.class_key not in {column.key for column in columns}:
        columns += (Column(table.class_key, table.wording.map_class, ColumnKind.CHOICE),)
    return tuple(
        _clean_column(
            replace(column, kind=ColumnKind.CHOICE, choices=table.class_labels)
            if column.key == table.class_key
            else column
        )
        for column in columns
    )


def _clean_column(column: Column) -> Column:
    return replace(
        column,
        label=clean_text(column.label),
        description=clean_text(column.description),
        choices={str(value): clean_text(label) for value, label in column.choices.items()},
    )


def _positions(table: ExportTable) -> list[Position]:
    points = table.frame.geometry.to_numpy()
    degrees = np.column_stack([shapely.get_x(points), shapely.get_y(points)])
    known = np.isfinite(degrees).all(axis=1)
    pairs = np.round(degrees, COORDINATE_DECIMALS).tolist()
    return [(x, y) if ok else None for (x, y), ok in zip(pairs, known, strict=True)]


def _notes(table: ExportTable) -> tuple[tuple[str, str], ...]:
    notes = tuple((clean_text(label), clean_text(value)) for label, value in table.notes)
    said = clean_text(table.illustrative)
    if not said or any(value == said for _, value in notes):
        return notes
    return ((clean_text(table.wording.data_status), said), *notes)


def _metadata(table: ExportTable) -> dict[str, str | int | float | None]:
    own: dict[str, str | int | float] = {
        "title": table.title,
        "subtitle": table.subtitle,
        "language": table.language,
        "data_status": table.illustrative,
    }
    return {key: _json_value(value) for key, value in {**own, **table.metadata}.items()}


def _json_value(value: str | int | float) -> str | int | float | None:
    if isinstance(value, str):
        return clean_text(value)
    return value if np.isfinite(value) else None

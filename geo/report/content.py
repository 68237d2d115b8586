"""What stands in a report whatever its form: words, figures, two kinds of pictures, tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.export.content import Cell
from geo.export.table import ColumnKind

WORDY: Final = frozenset({ColumnKind.TEXT, ColumnKind.CHOICE, ColumnKind.BOOLEAN})
"""Kinds of columns that are aligned to the left."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What the layout of an official document asks for besides its text.

    Attributes
    ----------
    superior, issuer : str
        The body above the issuing one, and the issuing one.
    number : str
        Number and sign of the document, the number to be filled in.
    country, motto : str
        The national header.
    place_and_date : str
    recipients_title : str
    recipients : tuple of str
        One a line.
    signatory : tuple of str
        Lines above the place of the signature.
    """

    superior: str
    issuer: str
    number: str
    country: str
    motto: str
    place_and_date: str
    recipients_title: str
    recipients: tuple[str, ...]
    signatory: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gauge:
    """One target as a half circle with its count.

    Attributes
    ----------
    title : str
        What is counted.
    count, percent : str
        Such as ``0/28`` and ``0,0 %``.
    share : float
        Part of the half circle that is filled; cut to 0 to 1.
    planned_share : float or None
        Where the plan to date stands on it.
    sign : str
        A character that tells the band without colour.
    colour : str
        ``#RRGGBB`` of the band.
    band : str
        The band in words, against what.
    about : str
        Deadline and forecast, in a line.
    alt : str
        The whole picture in a sentence.
    """

    title: str
    count: str
    percent: str
    share: float
    planned_share: float | None
    sign: str
    colour: str
    band: str
    about: str
    alt: str


@dataclass(frozen=True, slots=True, eq=False)
class MapContent:
    """Villages with a gap on the ground of their province.

    Attributes
    ----------
    ground : bytes
        GeoJSON of :func:`geo.ground.write_ground`.
    lon, lat : ndarray of float, shape (n,)
        Degrees, WGS84.
    mobile : ndarray of str, shape (n,)
        ``no_signal``, ``no_mobile``, ``unknown`` or empty.
    fibre : ndarray of bool, shape (n,)
        Whether the village lacks fibre.
    legend : tuple of (str, str)
        Class (``no_signal``, ``no_mobile``, ``no_fibre``, ``unknown``) and its words with the
        count; one a row.
    unit : str
        The word for kilometres.
    north : str
        The letter at the arrow.
    alt : str
        The picture in a sentence.
    note : str
        What the outlines are.
    """

    ground: bytes
    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]
    mobile: npt.NDArray[np.str_]
    fibre: npt.NDArray[np.bool_]
    legend: tuple[tuple[str, str], ...]
    unit: str
    north: str
    alt: str
    note: str


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column of a table.

    Attributes
    ----------
    label : str
    kind : ColumnKind
    width : float
        Share of the table, beside the other columns'.
    """

    label: str
    kind: ColumnKind
    width: float = 1.0

    @property
    def is_wordy(self) -> bool:
        """Whether it holds texts rather than figures."""
        return self.kind in WORDY


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table, for eyes and for calculating.

    Attributes
    ----------
    title, note : str
        Above and below it.
    sheet : str
        Name of its sheet in a workbook.
    columns : tuple of ReportColumn
    cells : tuple of tuple of Cell
        Values, row by row.
    said : tuple of tuple of str
        The same as people read them.
    total : tuple of str
        The last row in print, added up; empty for none.
    """

    title: str
    note: str
    sheet: str
    columns: tuple[ReportColumn, ...]
    cells: tuple[tuple[Cell, ...], ...]
    said: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, a paragraph each."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ReportContent:
    """All that is printed, in the reader's language.

    Attributes
    ----------
    language : str
        ``vi`` or ``en``.
    as_of : date
        The only day a file knows, so that equal reports are equal files.
    letterhead : Letterhead
    kind, subject : str
        The kind of document and what it is about.
    illustrative : str
        The label of invented data; empty for real data.
    illustrative_note : str
        What is invented, in a sentence; empty for real data.
    targets_heading : str
    gauges : tuple of Gauge
    further_targets : str
        Where targets stand that have no gauge; empty if all have one.
    figures : tuple of (str, str)
        Label and value of the state at the day.
    map : MapContent
    priorities : ReportTable
    sections : tuple of Section
        After the priorities: without power, difficulties, the office's sentences.
    annex_title : str
        Such as "Phụ lục", before the number of an annex.
    annexes : tuple of ReportTable
    foot : tuple of str
        Day and hash of the data, of the plan, head of the record; on every page.
    page : str
        The word before "1/3".
    sheets : tuple of ReportTable
        Further lists that only a workbook has room for.
    facts : tuple of (str, str)
        Label and value of the first sheet: sources, hashes, software.
    facts_title : str
    """

    language: str
    as_of: date
    letterhead: Letterhead
    kind: str
    subject: str
    illustrative: str
    illustrative_note: str
    targets_heading: str
    gauges: tuple[Gauge, ...]
    further_targets: str
    figures: tuple[tuple[str, str], ...]
    map: MapContent
    priorities: ReportTable
    sections: tuple[Section, ...]
    annex_title: str
    annexes: tuple[ReportTable, ...]
    foot: tuple[str, ...]
    page: str
    sheets: tuple[ReportTable, ...]
    facts: tuple[tuple[str, str], ...]
    facts_title: str

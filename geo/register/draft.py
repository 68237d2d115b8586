"""A register in the making: a foreign table understood, with everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.faults import find_faults
from geo.intake.table import RawTable
from geo.register.cells import Cells, read_cells
from geo.register.choices import Choices
from geo.register.coordinates import CoordinateReading, read_coordinates, read_points
from geo.register.extent import Extent
from geo.register.frame import observed_on, register_frame
from geo.register.gazetteer import Gazetteer
from geo.register.names import find_name_faults
from geo.register.overlooked import find_overlooked
from geo.register.place_statements import PLACE_FIELDS
from geo.register.places import PlaceBasis, ResolvedPlaces, resolve_places
from geo.register.plausibility import find_implausible
from geo.register.positions import Located, locate_villages
from geo.register.recognition import recognise
from geo.register.sections import places_of_sections
from geo.register.states import FIXED_FIELDS, MOBILE_FIELDS, fixed_states, mobile_states
from geo.register.totals import find_wrong_totals
from geo.register.undated import day_of_figures, find_undated
from geo.schema import VILLAGES
from planning.columns import BoolArray
from planning.errors import Fault, Severity
from planning.vocabulary import Service

COORDINATE_FIELDS: Final = ("longitude", "latitude", "x", "y", "coordinates")
"""Fields from which a position is read."""

_FIRST: Final = ("fault-legacy-text", "fault-no-heading", "fault-other-province")
_STRANGE: Final = 0.5
"""Share of stated places that must be unknown for a list to be of another province."""


@dataclass(frozen=True, slots=True, eq=False)
class RegisterDraft:
    """A foreign table as a register, not yet accepted.

    Attributes
    ----------
    raw : RawTable
    cells : Cells
        What each column was taken for, and how it was read.
    places : ResolvedPlaces
    located : Located
    register : GeoDataFrame, n rows
        :data:`geo.schema.VILLAGES` and the columns carried along, EPSG:4326, in file order. Rows
        at fault are among them, with missing values where a cell is unusable.
    has_id : ndarray of bool, shape (n,)
        Rows whose key stands in the file; the others have ``#<row>`` for the time being.
    faults : tuple of Fault
        All of them, by row and column; the file as a whole first.
    faulty : ndarray of bool, shape (n,)
        Rows with at least one error of their own.
    """

    raw: RawTable
    cells: Cells
    places: ResolvedPlaces
    located: Located
    register: gpd.GeoDataFrame
    has_id: BoolArray
    faults: tuple[Fault, ...]
    faulty: BoolArray

    @property
    def errors(self) -> tuple[Fault, ...]:
        """The faults that stop acceptance."""
        return tuple(fault for fault in self.faults if fault.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """The faults that do not."""
        return tuple(fault for fault in self.faults if fault.severity is Severity.WARNING)

    @property
    def errors_of_the_whole(self) -> tuple[Fault, ...]:
        """Errors that setting rows aside cannot cure."""
        return tuple(fault for fault in self.errors if fault.row is None)


def draft_register(
    raw: RawTable,
    choices: Choices,
    gazetteer: Gazetteer,
    *,
    today: date,
    inside: BoolArray | None = None,
    extent: Extent | None = None,
) -> RegisterDraft:
    """Understand a foreign table as a register of villages.

    Parameters
    ----------
    raw : RawTable
    choices : Choices
        A person's decisions; nothing that is in doubt is decided without them.
    gazetteer : Gazetteer
        Of the province; an empty one resolves no place.
    today : date
        No observation can be later.
    inside : ndarray of bool, shape (n,), optional
        Whether each village lies within the boundary of the place it names.
    extent : Extent, optional
        Country and province, where boundaries tell more than the gazetteer's centres.

    Returns
    -------
    RegisterDraft
    """
    cells = read_cells(raw, recognise(raw.names, choices.columns), choices, today)
    of_sections, section_faults = places_of_sections(raw, cells.by_field)
    stated = {**cells.by_field, **of_sections}
    named = pd.DataFrame(
        {field: stated[field] for field in PLACE_FIELDS if field in stated}, index=range(len(raw))
    )
    headings = {field: cells.heading(field) for field in PLACE_FIELDS if field in cells.columns}
    places, used, faults = _resolved(named, raw, gazetteer, headings)
    extent = extent or Extent.of_gazetteer(used)
    located = locate_villages(
        places,
        _coordinates(raw, cells, extent, choices),
        raw.rows,
        gazetteer=used,
        extent=extent,
        file_crs=raw.crs_wkt,
        crs=choices.crs,
        given_basis=cells.by_field.get("position_basis"),
        inside=inside,
        replace_bad_positions=choices.replace_bad_positions,
    )
    mobile, mobile_faults = mobile_states(cells.by_field, raw.rows)
    fixed, fixed_faults = fixed_states(cells.by_field, raw.rows)
    states = {Service.MOBILE: mobile, Service.FIXED: fixed}
    day, day_faults = day_of_figures(choices.observed_on, today)
    observed = {service: observed_on(cells, service, day) for service in Service}
    frame = register_frame(
        cells, raw.rows, places=places, located=located, states=states, observed=observed
    )
    faults += [
        *_softened(raw.faults, cells),
        *cells.faults,
        *section_faults,
        *find_overlooked(cells.spare, cells.by_field),
        *places.faults,
        *located.faults,
        *find_name_faults(cells, raw.rows),
        *mobile_faults,
        *fixed_faults,
        *day_faults,
        *find_undated(cells, raw.rows, states, observed),
        *_state_column_faults(cells),
        *find_implausible(cells, places.frame, raw.rows),
        *find_wrong_totals(raw, cells),
        *_schema_faults(frame, cells, raw),
    ]
    ordered = _ordered(faults)
    errors = {fault.row for fault in ordered if fault.severity is Severity.ERROR}
    return RegisterDraft(
        raw=raw,
        cells=cells,
        places=places,
        located=located,
        register=frame,
        has_id=~frame["village_id"].str.startswith("#").to_numpy(dtype=bool),
        faults=ordered,
        faulty=np.isin(raw.rows, [row for row in errors if row is not None]),
    )


def _resolved(
    named: pd.DataFrame, raw: RawTable, gazetteer: Gazetteer, headings: Mapping[str, str]
) -> tuple[ResolvedPlaces, Gazetteer, list[Fault]]:
    """Resolve the places, unless most of them are of another province than the gazetteer."""
    places = resolve_places(named, raw.rows, gazetteer, headings)
    summary = places.summary
    stated = len(raw) - summary.silent
    familiar = summary.unresolved <= _STRANGE * stated or _is_proven(places)
    if not len(gazetteer) or not stated or familiar:
        return places, gazetteer, []
    nowhere = Gazetteer.empty()
    fault = Fault(
        "fault-other-province",
        values={"count": summary.unresolved, "total": stated},
        severity=Severity.WARNING,
        remedy="remedy-other-province",
    )
    return resolve_places(named, raw.rows, nowhere, headings), nowhere, [fault]


def _is_proven(places: ResolvedPlaces) -> bool:
    """Tell whether codes place a list here: they are given once in the country, names are not.

    Most places of a list of the merged province are not in the gazetteer of one of its parts.
    """
    by_code = (str(PlaceBasis.CODE), str(PlaceBasis.UNIT_CODE))
    # A code of this province beside the name of another of its communes is a slip, not a stranger.
    return bool(places.frame["place_basis"].isin(by_code).any()) or any(
        fault.key == "fault-place-disagree" for fault in places.faults
    )


def _coordinates(
    raw: RawTable, cells: Cells, extent: Extent, choices: Choices
) -> CoordinateReading:
    """Read the shapes of a map file, the columns of any other."""
    if raw.geometry is not None:
        return read_points(raw.geometry, raw.rows, extent=extent, swap=choices.swap)
    columns = {name: cells.columns[name] for name in COORDINATE_FIELDS if name in cells.columns}
    return read_coordinates(columns, raw.rows, extent=extent, swap=choices.swap)


def _softened(faults: tuple[Fault, ...], cells: Cells) -> list[Fault]:
    """Let a legacy font in a column that is not used be a warning, once the headings are known."""
    used = {account.heading for account in cells.accounts if account.field}
    spare = {account.heading for account in cells.accounts} - used
    return [
        replace(fault, severity=Severity.WARNING)
        if fault.key == "fault-legacy-text" and fault.column in spare and "name" in cells.columns
        else fault
        for fault in faults
    ]


def _state_column_faults(cells: Cells) -> list[Fault]:
    if any(name in cells.by_field for name in (*MOBILE_FIELDS, *FIXED_FIELDS)):
        return []
    return [
        Fault(
            "fault-no-state-column",
            remedy="remedy-no-state-column",
        )
    ]


def _schema_faults(frame: gpd.GeoDataFrame, cells: Cells, raw: RawTable) -> list[Fault]:
    """Hold the result against the law of registers; names are asked about already."""
    checked = pd.DataFrame(frame.drop(columns="geometry"))
    return [
        replace(
            fault,
            row=int(raw.rows[fault.row - 1]) if fault.row else None,
            column=cells.heading(fault.column or ""),
            remedy="remedy-schema",
        )
        for fault in find_faults(checked, VILLAGES, most=checked.size)
        if fault.column != "name"
    ]


def _ordered(faults: list[Fault]) -> tuple[Fault, ...]:
    def place(fault: Fault) -> tuple[int, bool, int, bool, str]:
        return (
            # What keeps the rest from being read comes before what follows from it.
            _FIRST.index(fault.key) if fault.key in _FIRST else len(_FIRST),
            fault.row is not None,
            fault.row or 0,
            fault.severity is Severity.WARNING,
            fault.column or "",
        )

    return tuple(sorted(faults, key=place))

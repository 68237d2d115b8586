"""Boundaries of communes or districts: checked, and put beside a register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import shapely

from geo.boundaries import Boundaries, read_boundaries
from geo.boundary_columns import AreaLevel
from geo.boundary_file import BOUNDARIES_FILE, write_boundaries
from geo.boundary_membership import Lies, inside
from geo.intake.table import RawTable
from geo.register.area_levels import told_level
from geo.register.draft import RegisterDraft
from geo.register.gazetteer import Gazetteer
from planning.authority import Actor
from planning.columns import BoolArray
from planning.errors import DataError, Severity
from services.record import carry_on, permit_seeding, recorded_files
from services.shelf import Shelf, ShelfEntry


@dataclass(frozen=True, eq=False)
class Outline:
    """A file of boundaries, checked.

    Attributes
    ----------
    file : str
    boundaries : Boundaries
    """

    file: str
    boundaries: Boundaries

    @property
    def errors(self) -> int:
        """Count the faults that keep an area out."""
        return sum(fault.severity is Severity.ERROR for fault in self.boundaries.faults)


def is_outline(raw: RawTable) -> bool:
    """Tell whether a map file holds areas, not villages."""
    if raw.geometry is None:
        return False
    kinds = shapely.get_type_id(raw.geometry[~shapely.is_missing(raw.geometry)])
    return bool(len(kinds)) and bool(np.isin(kinds, (3, 6)).mean() > 0.5)


def check_outline(
    raw: RawTable,
    file: str,
    level: AreaLevel | None = None,
    gazetteer: Gazetteer | None = None,
) -> Outline:
    """Check a file of boundaries.

    Parameters
    ----------
    raw : RawTable
    file : str
    level : AreaLevel, optional
        As a person decided.
    gazetteer : Gazetteer, optional
        Of the province; with it a file of its communes or units tells its level by itself.

    Raises
    ------
    DataError
        If it has no polygons, no usable coordinate system or no level.
    """
    if level is None and gazetteer is not None:
        level = told_level(raw, gazetteer)
    return Outline(file, read_boundaries(raw, file=file, level=level))


def lies_inside(draft: RegisterDraft, boundaries: Boundaries) -> BoolArray:
    """Tell of each village whether it lies in the area it names; true where nobody can tell."""
    of_level = {
        AreaLevel.COMMUNE: ("commune_code", "commune"),
        AreaLevel.UNIT: ("unit_code", "unit"),
        AreaLevel.DISTRICT: ("district_code", "district"),
    }
    code, name = of_level[boundaries.level]
    stated = draft.register[code].fillna(draft.register[name])
    where = draft.located.frame
    membership = inside(boundaries, where["lon"], where["lat"], stated)
    lies: BoolArray = membership.status != Lies.OUTSIDE
    return lies


def outline_file(outline: Outline) -> bytes:
    """Return boundaries as the contents of a ``boundaries.geojson``.

    Raises
    ------
    DataError
        If an error stands against the file.
    """
    faults = outline.boundaries.faults
    errors = [fault for fault in faults if fault.severity is Severity.ERROR]
    if errors:
        raise DataError("error-import-faults", errors, file=outline.file, count=len(errors))
    return write_boundaries(outline.boundaries)


def attach(outline: Outline, shelf: Shelf, moment: datetime, by: Actor | None = None) -> ShelfEntry:
    """Put boundaries beside the register in use: a copy of it with them becomes the one in use.

    Raises
    ------
    DataError
        If an error stands against the file.
    StoreError
        If ``by`` may not accept registers.
    """
    actor = permit_seeding(by)
    content = outline_file(outline)
    key = shelf.in_use()
    before = shelf.entry(key)
    entry = ShelfEntry(
        key=shelf.free_key(before.name, moment),
        name=before.name,
        source=before.source,
        accepted_at=moment,
        villages=before.villages,
        illustrative=before.illustrative,
    )
    files = {**shelf.files(key), **recorded_files(shelf, key), BOUNDARIES_FILE: content}
    shelf.put(entry, files)
    carry_on(shelf, key, entry.key, actor, moment)
    shelf.use(entry.key)
    return entry

"""Take a foreign list in: understand it, and accept it when nothing stands against it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from importlib import resources
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.boundaries import Boundaries
from geo.boundary_file import BOUNDARIES_FILE
from geo.intake.sandbox import read_foreign
from geo.intake.table import RawTable
from geo.reading import observations_of_register, read_communes
from geo.register.choices import Choices, write_choices
from geo.register.draft import RegisterDraft, draft_register
from geo.register.extent import Extent
from geo.register.gazetteer import Gazetteer
from geo.target_file import read_targets
from geo.writing import observations_csv, register_geojson
from planning.authority import Actor
from planning.errors import DataError, PlannerError
from planning.identity import new_ids
from planning.vocabulary import PositionBasis
from services.merge import Merge
from services.outline import lies_inside
from services.record import carry_on, permit_seeding
from services.shelf import Shelf, ShelfEntry

MAPPING_FILE: Final = "mapping.toml"
"""Under this name an accepted register keeps the choices it was read with."""

_OF_THE_PROVINCE: Final = ("targets.toml", "published_figures.csv")
_HASH_BYTES: Final = 6

Progress = Callable[[str, float], None]
"""Called with the name of a step and the share of the work that is done, from 0 to 1."""


@dataclass(frozen=True, eq=False)
class Understanding:
    """A foreign list and what was made of it.

    Attributes
    ----------
    file : str
        Name of the file.
    file_hash : str
        Names its exact content.
    choices : Choices
        What a person decided.
    draft : RegisterDraft
    """

    file: str
    file_hash: str
    choices: Choices
    draft: RegisterDraft

    @property
    def acceptable(self) -> bool:
        """Whether nothing stops acceptance."""
        return not self.draft.errors

    @property
    def separable(self) -> bool:
        """Whether it could be accepted with the rows at fault set aside."""
        return not self.draft.errors_of_the_whole and not bool(self.draft.faulty.all())

    @property
    def settled(self) -> Choices:
        """The choices with the field of every column spelled out, to be kept and used again."""
        fields = {account.label: account.field for account in self.draft.cells.accounts}
        return replace(self.choices, columns=fields)


def shipped_gazetteer() -> Gazetteer:
    """Load the units of the province that ships with the product, in all their vintages."""
    folder = Path(str(resources.files("data")))
    spellings = pd.read_csv(folder / "commune_spellings.csv", dtype="str")
    return Gazetteer.from_communes(read_communes(folder / "communes.csv"), spellings)


def read_list(
    path: Path, choices: Choices, *, name: str | None = None, progress: Progress | None = None
) -> RawTable:
    """Read a foreign file in a child process with limits.

    Parameters
    ----------
    path : Path
    choices : Choices
        Layer, encoding and header row are used.
    name : str, optional
        What the user calls the file; by default the path's name.
    progress : callable, optional

    Raises
    ------
    DataError
        One sentence, if the file cannot be used.
    """
    return read_foreign(path, choices.reading, name=name, progress=progress)


def understand(
    raw: RawTable,
    choices: Choices,
    gazetteer: Gazetteer,
    *,
    file: str,
    file_hash: str,
    today: date,
    boundaries: Boundaries | None = None,
) -> Understanding:
    """Make a register of a foreign table, with every fault.

    Parameters
    ----------
    raw : RawTable
    choices : Choices
    gazetteer : Gazetteer
    file, file_hash : str
    today : date
    boundaries : Boundaries, optional
        Outlines against which the stated communes, units or districts are checked.
    """
    draft = draft_register(raw, choices, gazetteer, today=today)
    if boundaries is not None:
        inside = lies_inside(draft, boundaries)
        extent = Extent.of_gazetteer(gazetteer).including(boundaries.land)
        draft = draft_register(raw, choices, gazetteer, today=today, inside=inside, extent=extent)
    return Understanding(file, file_hash, choices, draft)


def acceptable_register(understood: Understanding, *, set_aside: bool = False) -> gpd.GeoDataFrame:
    """Return the villages that can be accepted.

    Parameters
    ----------
    understood : Understanding
    set_aside : bool
        Leave out the rows at fault, on a person's word; without it one error stops all.

    Returns
    -------
    GeoDataFrame
        In file order; villages without a key have none yet.

    Raises
    ------
    DataError
        ``error-import-faults`` if an error stands against it, or no state has a day.
    """
    draft = understood.draft
    stopped = bool(draft.errors) and not (set_aside and understood.separable)
    if stopped:
        raise DataError(
            "error-import-faults", draft.errors, file=understood.file, count=len(draft.errors)
        )
    kept = ~draft.faulty if set_aside else np.ones(len(draft.register), dtype=np.bool_)
    register = draft.register[kept].reset_index(drop=True)
    if observations_of_register(register, understood.file).empty:
        raise PlannerError("error-no-dated-state", file=understood.file)
    return register.assign(village_id=register["village_id"].where(draft.has_id[kept]))


def with_ids(register: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a register in which every village has a key, ordered by it."""
    own = register["village_id"]
    area = register["commune_code"].fillna(register["unit_code"])
    made = new_ids(area[own.isna()], own.dropna())
    whole = register.assign(village_id=own.fillna(made))
    return whole.sort_values("village_id", ignore_index=True)


def register_file(register: gpd.GeoDataFrame, understood: Understanding) -> bytes:
    """Return a register as the contents of a ``villages.geojson``."""
    return register_geojson(
        register, {"source": understood.file, "source_hash": understood.file_hash}
    )


def accept(
    understood: Understanding,
    register: gpd.GeoDataFrame,
    shelf: Shelf,
    *,
    name: str,
    moment: datetime,
    merge: Merge | None = None,
    boundaries: bytes | None = None,
    by: Actor | None = None,
) -> ShelfEntry:
    """Put a register on the shelf and make it the one in use.

    Parameters
    ----------
    understood : Understanding
    register : GeoDataFrame
        From :func:`acceptable_register`.
    shelf : Shelf
    name : str
        What the register is called.
    moment : datetime
        Now, with time zone.
    merge : Merge, optional
        The list laid over the register in use; its result is accepted instead, and what else
        that register has (network points, targets, boundaries) stays with it.
    boundaries : bytes, optional
        Contents of a ``boundaries.geojson``.
    by : Actor, optional
        Who accepts it; the machine's user by default.

    Returns
    -------
    ShelfEntry

    Raises
    ------
    StoreError
        If they may not accept registers.
    """
    actor = permit_seeding(by)
    before = shelf.in_use()
    if merge is None:
        villages = with_ids(register)
        history = observations_of_register(villages, understood.file)
    else:
        villages, history = merge.register, merge.observations
    files = {
        "villages.geojson": register_file(villages, understood),
        "observations.csv": observations_csv(history),
        MAPPING_FILE: write_choices(understood.settled),
    }
    beside = (
        _files_of_the_province(understood.draft) if merge is None else shelf.files(shelf.in_use())
    )
    files = {**beside, **files}
    if boundaries is not None:
        files[BOUNDARIES_FILE] = boundaries
    entry = ShelfEntry(
        key=shelf.free_key(name, moment),
        name=name,
        source=understood.file,
        accepted_at=moment,
        villages=len(villages),
        # An exported list of the illustrative province does not become a real one on its way back.
        illustrative=bool((villages["position_basis"] == PositionBasis.ILLUSTRATIVE).any()),
    )
    shelf.put(entry, files)
    if merge is not None:
        carry_on(shelf, before, entry.key, actor, moment)
    shelf.use(entry.key)
    return entry


def hash_content(content: bytes) -> str:
    """Return twelve hexadecimal digits naming the content of a file."""
    return hashlib.blake2b(content, digest_size=_HASH_BYTES).hexdigest()


def _files_of_the_province(draft: RegisterDraft) -> dict[str, bytes]:
    """Return what is sourced of the shipped province, for a list of that province and time."""
    if not bool((draft.places.commune_at >= 0).any() or (draft.places.unit_at >= 0).any()):
        return {}
    folder = Path(str(resources.files("data")))
    first = draft.register[["mobile_observed_on", "fixed_observed_on"]].min().min()
    targets = read_targets(folder / "targets.toml")
    # A list that begins after the cohorts were counted cannot be held against them.
    if pd.isna(first) or first.date() > max(target.cohort_on for target in targets):
        return {}
    return {name: (folder / name).read_bytes() for name in _OF_THE_PROVINCE}

"""The record of a province: opening it, taking a register in, and a province as recorded."""

from __future__ import annotations

import getpass
import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo.writing import observations_csv, register_geojson
from planning.authority import Act, Actor
from planning.errors import StoreError
from planning.folding import fold
from planning.vocabulary import Role, Target
from services.health import BACKUPS_VARIABLE
from services.province import DATA_VARIABLE, Province, province_in
from services.shelf import Shelf, shelf_here
from store.history import head_of
from store.observations import load_observations
from store.opening import FILE_NAME, STORE_VARIABLE, Store, open_store
from store.people import load_people, role_of
from store.registers import Taken, is_seeded, last_event, seed_register
from store.targets import load_targets
from store.villages import load_corrections
from store.works import load_works

UNITS_SINCE: Final = date(2025, 7, 1)
"""First day of the communes that succeeded the older ones (docs/reference/facts.md)."""

_HASH_BYTES: Final = 6
_OBSERVED: Final = ("village_id", "service", "state", "observed_on", "evidence", "source")


@dataclass(frozen=True, eq=False)
class Record:
    """A register in the record.

    Attributes
    ----------
    store : Store
    key : str
        The register's key, as the shelf or the administrator's folder names it.
    """

    store: Store
    key: str


def register_key(shelf: Shelf) -> str:
    """Return the key under which the register in use is recorded."""
    folder = os.environ.get(DATA_VARIABLE)
    if folder:
        # Its files may be mended in place: what was recorded stays with the folder.
        return f"folder-{'-'.join(fold(Path(folder).resolve().name).split()) or 'register'}"
    return shelf.in_use()


def is_begun(shelf: Shelf) -> bool:
    """Tell whether there is a store already: reading never makes one."""
    return bool(os.environ.get(STORE_VARIABLE)) or (shelf.home / FILE_NAME).is_file()


def open_here(shelf: Shelf) -> Store:
    """Open this installation's store: the URL of the environment, else its own file."""
    return open_store(os.environ.get(STORE_VARIABLE, ""), shelf.home)


def person_here(store: Store) -> Actor:
    """Return who uses the command line: the machine's user.

    Whoever holds the file of a store, or is the first on a server's, administers it; on a
    server's, others have the role they were given.
    """
    login = _login()
    if store.is_file or not any(one.active for one in load_people(store)):
        return Actor(login, Role.ADMINISTRATOR)
    return Actor(login, role_of(store, login))


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "local"


def province_here(shelf: Shelf | None = None) -> Province:
    """Load the province in use as it is recorded."""
    place = shelf or shelf_here()
    folder = os.environ.get(DATA_VARIABLE)
    base = province_in(Path(folder)) if folder else place.open()
    if not is_begun(place):
        return base
    store = open_here(place)
    try:
        return as_recorded(base, Record(store, register_key(place)))
    finally:
        store.close()


def as_recorded(base: Province, record: Record) -> Province:
    """Lay what is recorded over a province as its files have it.

    Parameters
    ----------
    base : Province
    record : Record

    Returns
    -------
    Province
        With recorded observations after those of the files, corrected facts, the targets and the
        work of the record; its data hash names files and record together. The base itself where
        nothing is recorded of it.
    """
    if not is_seeded(record.store, record.key):
        return base
    # Before the rows: a head may be older than what is shown beside it, never newer.
    _, head = head_of(record.store)
    recorded = load_observations(record.store, record.key, seeded=False)
    own = last_event(record.store, record.key)
    if not own:
        return replace(base, record_head=head)
    known = set(base.villages["village_id"])
    observations = pd.concat(
        [base.observations, recorded.loc[recorded["village_id"].isin(known), list(_OBSERVED)]],
        ignore_index=True,
    )
    works = load_works(record.store, record.key)
    content = hashlib.blake2b(f"{base.data_hash}:{own}".encode(), digest_size=_HASH_BYTES)
    return replace(
        base,
        villages=_corrected(base.villages, load_corrections(record.store, record.key)),
        observations=observations.astype(base.observations.dtypes.to_dict()),
        targets=load_targets(record.store, record.key),
        works=works[works["village_id"].isin(known)].reset_index(drop=True),
        record_head=head,
        data_hash=content.hexdigest(),
    )


def _corrected(
    villages: gpd.GeoDataFrame, corrections: Mapping[str, Mapping[str, Any]]
) -> gpd.GeoDataFrame:
    """Return the register with corrected facts, the same frame where there are none."""
    if not corrections:
        return villages
    changed = villages.copy()
    at = pd.Series(changed.index, index=changed["village_id"])
    for village_id, facts in corrections.items():
        if village_id in at:
            for name, value in facts.items():
                changed.loc[at[village_id], name] = value
    return changed


def begin(base: Province, record: Record, actor: Actor, now: datetime) -> None:
    """Take a province into the record, unless it is there."""
    # Asked first: writing a whole province down costs more than recording an entry.
    if not is_seeded(record.store, record.key):
        seed_register(record.store, actor, taken_from(base, record.key), now)


def taken_from(base: Province, key: str, continues: str = "") -> Taken:
    """Return a province as the record takes it in."""
    villages = base.villages
    table = pd.DataFrame(villages.drop(columns=villages.geometry.name)).assign(
        lon=villages.geometry.x.to_numpy(), lat=villages.geometry.y.to_numpy()
    )
    return Taken(
        key=key,
        name=base.name,
        data_hash=base.data_hash,
        illustrative=base.illustrative,
        villages=table,
        observations=base.observations,
        targets=_own_targets(base, continues),
        continues=continues,
        units_since=UNITS_SINCE,
    )


def _own_targets(base: Province, continues: str) -> tuple[Target, ...]:
    # Targets of a register that continues another are recorded with that one already.
    return () if continues else base.targets


def permit_seeding(actor: Actor | None) -> Actor:
    """Return who accepts a register: whom a server named, else the machine's user.

    Raises
    ------
    StoreError
        If they may not.
    """
    person = actor or Actor(_login(), Role.ADMINISTRATOR)
    if not person.may(Act.SEED_REGISTER):
        raise StoreError("error-store-forbidden", act=str(Act.SEED_REGISTER), role=str(person.role))
    return person


def recorded_files(shelf: Shelf, key: str) -> dict[str, bytes]:
    """Return a register's own files as they are recorded; none where nothing is recorded of it."""
    if not is_begun(shelf):
        return {}
    store = open_here(shelf)
    try:
        if not is_seeded(store, key):
            return {}
        province = as_recorded(shelf.open(key), Record(store, key))
    finally:
        store.close()
    return {
        "villages.geojson": register_geojson(province.villages, {"source": province.source}),
        "observations.csv": observations_csv(province.observations),
    }


def carry_on(shelf: Shelf, before: str, key: str, actor: Actor, now: datetime) -> None:
    """Let the record of a register go on under the key of its successor.

    Work and targets recorded so far stay with it; what was observed stands in its own files.
    Nothing happens where nothing was recorded of the register before.
    """
    if not is_begun(shelf):
        return
    store = open_here(shelf)
    try:
        if is_seeded(store, before) and not is_seeded(store, key):
            seed_register(store, actor, taken_from(shelf.open(key), key, before), now)
    finally:
        store.close()


def ask_store() -> None:
    """Ask the store the smallest thing there is, if one was begun.

    Raises
    ------
    StoreError
        If it does not answer.
    """
    shelf = shelf_here()
    if is_begun(shelf):
        store = open_here(shelf)
        try:
            head_of(store)
        finally:
            store.close()


def backup_folder(shelf: Shelf) -> Path:
    """Return where backups go: the folder the administrator named, else one beside the store."""
    return Path(os.environ.get(BACKUPS_VARIABLE) or shelf.home / "backups")


def now_utc() -> datetime:
    """Return this moment, for the mouths that have no clock of their own."""
    return datetime.now(UTC)

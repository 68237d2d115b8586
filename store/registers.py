"""Registers in the record: a register is taken in once, whole, as one event."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import pandas as pd
from sqlalchemy import Connection, Table, select

from planning.authority import Act, Actor
from planning.columns import each_row
from planning.errors import ConflictError
from planning.vocabulary import Target
from store import subjects
from store.fingerprints import canonical
from store.ledger import Entry, Receipt, record
from store.opening import Store
from store.tables import alias, event, membership, observation, register, target, village
from store.target_rows import target_row
from store.texts import sound

_OWN: Final = ("village_id", "name", "kind", "aliases")
_AREAS: Final = ("commune", "district", "unit")
_TODAY_S: Final = frozenset(
    {"geometry", "mobile_state", "mobile_observed_on", "fixed_state", "fixed_observed_on"}
)
"""Columns of a register that are no facts of the village: states are observations."""


@dataclass(frozen=True, eq=False)
class Taken:
    """A register as it is taken into the record.

    Attributes
    ----------
    key, name, data_hash : str
    illustrative : bool
    villages : DataFrame
        Columns of the register, with ``lon`` and ``lat`` (EPSG:4326) in place of a geometry.
    observations : DataFrame
    targets : sequence of Target
    continues : str
        Key of the register it continues; empty for a new one.
    units_since : date or None
        First day of the units that succeeded the communes.
    """

    key: str
    name: str
    data_hash: str
    illustrative: bool
    villages: pd.DataFrame
    observations: pd.DataFrame
    targets: Sequence[Target] = ()
    continues: str = ""
    units_since: date | None = None


def seed_register(store: Store, actor: Actor, taken: Taken, now: datetime) -> Receipt:
    """Take a register into the record; one that is there already is left as it is.

    The key of the submission is the register's own: two people who begin at once seed it once.
    """
    rows = list(_rows(taken))
    fields = {
        "name": sound(taken.name),
        "data_hash": taken.data_hash,
        "illustrative": taken.illustrative,
        "continues": taken.continues,
        "villages": len(taken.villages),
        "observations": len(taken.observations),
        "targets": len(taken.targets),
    }
    entry = Entry(
        register=taken.key,
        kind="register.seeded",
        subject=subjects.REGISTER,
        # Whoever may record may begin to; that a list succeeds another is a steward's to say.
        act=Act.SEED_REGISTER if taken.continues else Act.OBSERVE,
        fields=fields,
        rows=rows,
        seen=0,
    )
    if is_seeded(store, taken.key):
        return Receipt(0, 1, "", repeated=True)
    try:
        (receipt,) = record(store, actor, [entry], f"seed:{actor.login}:{taken.key}", now)
    except ConflictError:
        # Somebody else began at the same moment; theirs is the same register.
        return Receipt(0, 1, "", repeated=True)
    return receipt


def _rows(taken: Taken) -> Iterator[tuple[Table, dict[str, Any]]]:
    yield (
        register,
        {
            "register": taken.key,
            "name": sound(taken.name),
            "data_hash": taken.data_hash,
            "illustrative": taken.illustrative,
            "continues": taken.continues,
        },
    )
    apart = {*_OWN, *_TODAY_S, "lon", "lat"}
    facts = [column for column in taken.villages.columns if column not in apart]
    for row in taken.villages.to_dict("records"):
        own = {"register": taken.key, "village_id": row["village_id"]}
        yield (
            village,
            own
            | {
                "name": plain(row["name"]),
                "kind": plain(row.get("kind")),
                "lon": plain(row["lon"]),
                "lat": plain(row["lat"]),
                "facts": canonical({name: plain(row[name]) for name in facts}),
            },
        )
        for other in str(plain(row.get("aliases")) or "").split(";"):
            if other.strip():
                yield alias, own | {"alias": other.strip()}
        for area in _AREAS:
            code, name = plain(row.get(f"{area}_code")), plain(row.get(area))
            if code is None and name is None:
                continue
            since = taken.units_since
            yield (
                membership,
                own
                | {
                    "area_kind": area,
                    "code": code or "",
                    "name": name or "",
                    "valid_from": since if area == "unit" else None,
                    "valid_to": None if area == "unit" else since,
                },
            )
    for seen in each_row(taken.observations):
        yield (
            observation,
            {
                "register": taken.key,
                "village_id": seen.village_id,
                "service": str(seen.service),
                "state": str(seen.state),
                "observed_on": seen.observed_on.date(),
                "evidence": str(seen.evidence),
                "source": plain(seen.source),
            },
        )
    for one in taken.targets:
        yield target, target_row(taken.key, one)


def plain(value: Any) -> Any:
    """Return a cell as a plain Python value; ``None`` for every kind of nothing."""
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, float) and math.isnan(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    if isinstance(value, str):
        return sound(value)
    return value.item() if hasattr(value, "item") else value


def is_seeded(store: Store, key: str) -> bool:
    """Tell whether a register is in the record."""
    with store.reading() as connection:
        found = select(register.c.register).where(register.c.register == key)
        return connection.execute(found).first() is not None


def last_event(store: Store, key: str) -> str:
    """Return the hash of the last event of a register and those it continues.

    Taking a register in does not count: it changes nothing. Empty before the first.
    """
    with store.reading() as connection:
        query = (
            select(event.c.hash)
            .where(
                event.c.register.in_(lineage(connection, key)), event.c.kind != "register.seeded"
            )
            .order_by(event.c.seq.desc())
        )
        return connection.execute(query.limit(1)).scalar() or ""


def lineage(connection: Connection, key: str) -> list[str]:
    """Return a register's key and those of the registers it continues, the newest first."""
    keys = [key]
    while True:
        told = select(register.c.continues).where(register.c.register == keys[-1])
        before = connection.execute(told).scalar()
        if not before or before in keys:
            return keys
        keys.append(before)

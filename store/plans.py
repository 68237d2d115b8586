"""Plans that were kept: what was decided on, by whom and on which data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from planning.authority import Act, Actor
from store import subjects
from store.fingerprints import canonical, digest
from store.ledger import Entry, Receipt, record_in
from store.opening import Store
from store.tables import event, plan
from store.texts import one_line


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A plan in the record.

    Attributes
    ----------
    plan_id, name, plan_hash, data_hash : str
    card : mapping
        Totals and chosen villages, as JSON values.
    by : str
    recorded_at : datetime
    removed : bool
    """

    plan_id: str
    name: str
    plan_hash: str
    data_hash: str
    card: Mapping[str, Any]
    by: str
    recorded_at: datetime
    removed: bool


def save_plan(
    store: Store,
    actor: Actor,
    register: str,
    *,
    plan_id: str,
    name: str,
    plan_hash: str,
    data_hash: str,
    card: Mapping[str, Any],
    now: datetime,
    removed: bool = False,
) -> Receipt:
    """Record that a plan was kept, or given up; nothing where that is how it stands already."""
    fields = {
        "removed": removed,
        "name": one_line(name, "name") or plan_id,
        "plan_hash": plan_hash,
        "data_hash": data_hash,
        "card": canonical(card),
    }
    entry = Entry(
        register=register,
        kind="plan.removed" if removed else "plan.kept",
        subject=subjects.plan(plan_id),
        act=Act.SAVE_PLAN,
        fields=fields,
        rows=[(plan, fields | {"register": register, "plan_id": plan_id})],
    )
    with store.writing() as connection:
        standing = _standing(connection, entry)
        if standing and standing.fields == canonical(fields) and actor.may(entry.act):
            return Receipt(standing.seq, standing.version, standing.hash, repeated=True)
        next_version = standing.version + 1 if standing else 1
        key = digest(f"plan\n{register}\n{plan_id}\n{next_version}".encode())
        (receipt,) = record_in(connection, actor, [entry], f"plan:{key}", now)
    return receipt


def _standing(connection: Connection, entry: Entry) -> Any:
    return connection.execute(
        select(event)
        .where(event.c.register == entry.register, event.c.subject == entry.subject)
        .order_by(event.c.version.desc())
    ).first()


def load_plans(store: Store, register: str) -> tuple[KeptPlan, ...]:
    """Return every plan of a register as it stands now, the newest first."""
    query = (
        select(plan, event.c.actor, event.c.recorded_at)
        .join(event, event.c.seq == plan.c.event)
        .where(plan.c.register == register)
        .order_by(plan.c.event)
    )
    with store.reading() as connection:
        rows = connection.execute(query).mappings().all()
    last = {row["plan_id"]: row for row in rows}
    kept = (
        KeptPlan(
            plan_id=row["plan_id"],
            name=row["name"],
            plan_hash=row["plan_hash"],
            data_hash=row["data_hash"],
            card=json.loads(row["card"]),
            by=row["actor"],
            recorded_at=row["recorded_at"],
            removed=row["removed"],
        )
        for row in last.values()
    )
    return tuple(sorted(kept, key=lambda one: one.recorded_at, reverse=True))

"""What was recorded, event by event, and how to take one of them back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from planning.authority import Act, Actor
from planning.errors import StoreError
from planning.vocabulary import Service
from store import subjects
from store.ledger import Entry, Receipt, record_in, repeated_in
from store.opening import Store
from store.registers import lineage
from store.tables import chain, event, latest, target, village, withdrawal

_WITHDRAWN: Final = frozenset({"observation.recorded", "work.reported"})
_RESTORED: Final = {"village.edited": village, "target.set": target, "target.removed": target}
_TAKES_BACK: Final = ("withdrawn", "restored_before")
"""Fields of an event that name the one it takes back."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event as people read it.

    Attributes
    ----------
    seq, version : int
    kind, subject, actor, role, hash : str
    recorded_at : datetime
    fields : mapping
        The subject as it is from this event on.
    undone : bool
        Whether a later event took it back.
    """

    seq: int
    version: int
    kind: str
    subject: str
    actor: str
    role: str
    hash: str
    recorded_at: datetime
    fields: Mapping[str, Any]
    undone: bool


def load_history(
    store: Store,
    register: str,
    *,
    village_id: str | None = None,
    most: int = 500,
    by: str | None = None,
) -> tuple[Told, ...]:
    """Return events, the newest first.

    Parameters
    ----------
    store : Store
    register : str
        With the registers it continues.
    village_id : str, optional
        Only what was recorded of one village.
    most : int
    by : str, optional
        Only what one login recorded.
    """
    with store.reading() as connection:
        keys = lineage(connection, register)
        query = select(event).where(event.c.register.in_(keys))
        if village_id is not None:
            own = [subjects.village(village_id)]
            own += [subjects.state_of(village_id, service) for service in Service]
            own += [subjects.work_of(village_id, service) for service in Service]
            query = query.where(event.c.subject.in_(own))
        if by is not None:
            query = query.where(event.c.actor == by)
        rows = connection.execute(query.order_by(event.c.seq.desc()).limit(most)).all()
        gone = set(
            connection.execute(
                select(withdrawal.c.withdrawn).where(withdrawal.c.register.in_(keys))
            ).scalars()
        )
    return tuple(
        Told(
            seq=row.seq,
            version=row.version,
            kind=row.kind,
            subject=row.subject,
            actor=row.actor,
            role=row.role,
            hash=row.hash,
            recorded_at=row.recorded_at,
            fields=json.loads(row.fields),
            undone=row.seq in gone,
        )
        for row in rows
    )


def versions_of(store: Store, register: str, wanted: Sequence[str]) -> dict[str, int]:
    """Return the version of each subject; 0 where nothing is recorded of it."""
    found: dict[str, int] = dict.fromkeys(wanted, 0)
    names = list(found)
    with store.reading() as connection:
        for first in range(0, len(names), 500):
            query = select(latest.c.subject, latest.c.version).where(
                latest.c.register == register, latest.c.subject.in_(names[first : first + 500])
            )
            found |= {row.subject: row.version for row in connection.execute(query)}
    return found


def head_of(store: Store) -> tuple[int, str]:
    """Return the place and hash of the last event of the chain; 0 and zeros before the first."""
    with store.reading() as connection:
        row = connection.execute(select(chain.c.seq, chain.c.hash)).one()
    return row.seq, row.hash


def undo(store: Store, actor: Actor, seq: int, submission: str, now: datetime) -> Receipt:
    """Take an event back by a new one; both stay in the record.

    An observation or a report on work is withdrawn. Facts of a village and targets return to what
    they were before, if nothing was recorded of them since.

    Raises
    ------
    StoreError
        If there is no such event, it is taken back already, is not of a kind that can be, or
        belongs to somebody else and the actor may not undo others'.
    """

    def same(rows: Sequence[Row[Any]]) -> bool:
        told = [json.loads(row.fields) for row in rows]
        return len(told) == 1 and any(told[0].get(name) == seq for name in _TAKES_BACK)

    with store.writing() as connection:
        repeated = repeated_in(connection, actor, submission, same)
        if repeated:
            return repeated[0]
        row = connection.execute(select(event).where(event.c.seq == seq)).first()
        if row is None:
            raise StoreError("error-store-no-event", seq=seq)
        act = Act.UNDO_OWN if row.actor == actor.login else Act.UNDO_ANY
        if row.kind in _WITHDRAWN:
            entry = _withdrawing(connection, row, act)
        elif row.kind in _RESTORED:
            entry = _restoring(connection, row, act)
        else:
            raise StoreError("error-store-not-undoable", seq=seq)
        (receipt,) = record_in(connection, actor, [entry], submission, now)
        return receipt


def _withdrawing(connection: Connection, row: Row[Any], act: Act) -> Entry:
    gone = select(withdrawal.c.withdrawn).where(withdrawal.c.register == row.register)
    withdrawn = set(connection.execute(gone).scalars())
    if row.seq in withdrawn:
        raise StoreError("error-store-undone", seq=row.seq)
    # What stands once it is gone: the last report on the subject that was not withdrawn.
    others = connection.execute(
        select(event.c.seq, event.c.fields)
        .where(
            event.c.register == row.register,
            event.c.subject == row.subject,
            event.c.kind == row.kind,
        )
        .order_by(event.c.seq.desc())
    ).all()
    left = [one for one in others if one.seq != row.seq and one.seq not in withdrawn]
    fields = json.loads(left[0].fields) if left else {}
    return Entry(
        register=row.register,
        kind=f"{row.kind.partition('.')[0]}.withdrawn",
        subject=row.subject,
        act=act,
        fields=fields | {"withdrawn": row.seq},
        rows=[(withdrawal, {"register": row.register, "withdrawn": row.seq})],
    )


def _restoring(connection: Connection, row: Row[Any], act: Act) -> Entry:
    table = _RESTORED[row.kind]
    key = row.subject.partition(":")[2]
    column = "village_id" if table is village else "target_id"
    rows = (
        connection.execute(
            select(table)
            .where(
                # Before a list that succeeds another, it stood in that one.
                table.c.register.in_(lineage(connection, row.register)),
                table.c[column] == key,
            )
            .order_by(table.c.event.desc(), table.c.row.desc())
        )
        .mappings()
        .all()
    )
    if not rows or rows[0]["event"] != row.seq:
        raise StoreError("error-store-changed-since", seq=row.seq)
    earlier = [one for one in rows if one["event"] < row.seq]
    restored = dict(earlier[0] if earlier else rows[0])
    for name in ("event", "row", "row_hash"):
        restored.pop(name)
    restored["register"] = row.register
    if table is target and not earlier:
        restored["removed"] = True
    told = connection.execute(
        select(event.c.fields).where(
            event.c.register == row.register,
            event.c.subject == row.subject,
            event.c.version == row.version - 1,
        )
    ).scalar()
    fields = json.loads(told) if told else {}
    return Entry(
        register=row.register,
        kind=f"{row.kind.partition('.')[0]}.restored",
        subject=row.subject,
        act=act,
        fields=fields | {"restored_before": row.seq},
        rows=[(table, restored)],
    )

"""The ledger: every write is a transaction of events, authorised, checked and chained here.

An event says who did what to which subject, with all fields of the subject as it is from then on.
Its hash covers the event before it, itself and its rows in the history tables, so that a row
changed behind the program's back shows (:mod:`store.verification`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Column, Connection, Float, Row, Table, bindparam, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_on_server
from sqlalchemy.dialects.sqlite import insert as insert_in_file

from planning.authority import Act, Actor
from planning.errors import Conflict, ConflictError, StoreError
from store.fingerprints import canonical, hash_event, hash_row, hash_rows
from store.opening import Store
from store.tables import HISTORY, chain, event, latest
from store.texts import is_name, sound

MOST_LETTERS: Final = 200
"""Of a login or a submission key."""

OWN_MACHINE_WIDE: Final = ""
"""The register named by events that belong to none: people, attachments."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to record.

    Attributes
    ----------
    register : str
        Key of the register it belongs to, or :data:`OWN_MACHINE_WIDE`.
    kind : str
        What happened, for example ``observation.recorded``.
    subject : str
        What it happened to, for example ``state:LC-02701-002:fixed``.
    act : Act
        What the actor must be permitted to do.
    fields : mapping
        Every field of the subject as it is from now on; JSON values and dates.
    rows : sequence of (Table, mapping)
        Rows of history tables that hold the same for queries.
    seen : int or None
        Version of the subject the author saw (0: nothing recorded yet); ``None`` for what cannot
        be contested.
    """

    register: str
    kind: str
    subject: str
    act: Act
    fields: Mapping[str, Any]
    rows: Sequence[tuple[Table, Mapping[str, Any]]] = field(default_factory=tuple)
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that an entry is recorded.

    Attributes
    ----------
    seq : int
        Its place in the chain.
    version : int
        Version of the subject from now on.
    hash : str
    repeated : bool
        True if the same submission had been recorded before; nothing was written again.
    """

    seq: int
    version: int
    hash: str
    repeated: bool = False


_BEFORE: Final = select(event).where(event.c.submission == bindparam("key")).order_by(event.c.part)
# One question for both: what lies under the lock is what all writers together wait for.
_HEAD: Final = select(
    chain.c.seq,
    chain.c.hash,
    select(event.c.seq)
    .where(event.c.submission == bindparam("key"))
    .limit(1)
    .scalar_subquery()
    .label("told"),
).where(chain.c.id == 1)
_VERSION: Final = select(latest.c.version).where(
    latest.c.register == bindparam("of"), latest.c.subject == bindparam("what")
)
_MOVE: Final = (
    update(chain).where(chain.c.id == 1).values(seq=bindparam("to"), hash=bindparam("head"))
)
_ADD: Final = insert(event).inline()
_ADD_ROWS: Final = {table.name: insert(table).inline() for table in HISTORY}


def _keeping(inserting: Any) -> Any:
    return inserting.on_conflict_do_update(
        index_elements=["register", "subject"], set_={"version": inserting.excluded.version}
    )


_KEEP: Final = {
    "postgresql": _keeping(insert_on_server(latest)),
    "sqlite": _keeping(insert_in_file(latest)),
}
"""Statements are built once: building them anew took half the time under the lock."""


def record(
    store: Store, actor: Actor, entries: Sequence[Entry], submission: str, now: datetime
) -> tuple[Receipt, ...]:
    """Record entries, all or none.

    Parameters
    ----------
    store : Store
    actor : Actor
    entries : sequence of Entry
    submission : str
        Key of what was submitted: the same key records only once, however often it is sent.
    now : datetime
        With time zone.

    Raises
    ------
    StoreError
        If the actor may not, or the store cannot be written to; nothing is recorded then.
    ConflictError
        If a subject has changed since the author saw it; nothing is recorded then.
    """
    with store.writing() as connection:
        return record_in(connection, actor, entries, submission, now)


def record_in(
    connection: Connection,
    actor: Actor,
    entries: Sequence[Entry],
    submission: str,
    now: datetime,
) -> tuple[Receipt, ...]:
    """Record within a transaction that :meth:`Store.writing` has begun; see :func:`record`."""
    _permit(actor, entries, submission)
    head = connection.execute(_HEAD, {"key": submission}).one()
    if head.told is not None:
        return repeated_in(connection, actor, submission, lambda rows: _same(rows, entries))
    versions = _versions(connection, entries)
    seq, before = head.seq, head.hash
    receipts: list[Receipt] = []
    events: list[dict[str, Any]] = []
    rows: list[tuple[Table, dict[str, Any]]] = []
    for part, entry in enumerate(entries):
        seq += 1
        written = _rows_of(entry, seq)
        rows += written
        key = (entry.register, entry.subject)
        versions[key] += 1
        told_event: dict[str, Any] = {
            "seq": seq,
            "register": entry.register,
            "kind": entry.kind,
            "subject": entry.subject,
            "version": versions[key],
            "actor": actor.login,
            "role": str(actor.role),
            "recorded_at": now,
            "submission": submission,
            "part": part,
            "fields": canonical(entry.fields),
            "rows_hash": hash_rows(row["row_hash"] for _, row in written),
            "before": before,
        }
        before = told_event["hash"] = hash_event(told_event)
        events.append(told_event)
        receipts.append(Receipt(seq, versions[key], before))
    connection.execute(_ADD, events)
    for table, group in groupby(sorted(rows, key=lambda row: row[0].name), lambda row: row[0]):
        connection.execute(_ADD_ROWS[table.name], [row for _, row in group])
    connection.execute(
        _KEEP[connection.dialect.name],
        [
            {"register": key[0], "subject": key[1], "version": version}
            for key, version in versions.items()
        ],
    )
    connection.execute(_MOVE, {"to": seq, "head": before})
    return tuple(receipts)


def _permit(actor: Actor, entries: Sequence[Entry], submission: str) -> None:
    if not is_name(actor.login, MOST_LETTERS):
        raise StoreError("error-store-login", got=sound(actor.login[:MOST_LETTERS]))
    if not is_name(submission, MOST_LETTERS):
        raise StoreError("error-store-submission")
    if not entries:
        raise StoreError("error-store-nothing")
    for entry in entries:
        if not actor.may(entry.act):
            raise StoreError("error-store-forbidden", act=str(entry.act), role=str(actor.role))


def repeated_in(
    connection: Connection,
    actor: Actor,
    submission: str,
    matches: Callable[[Sequence[Row[Any]]], bool],
) -> tuple[Receipt, ...]:
    """Return the receipts of a submission that was recorded before; empty for a new one.

    Parameters
    ----------
    connection : Connection
        Of :meth:`Store.writing`.
    actor : Actor
    submission : str
    matches : callable of sequence of Row
        Whether these events are what is submitted now.

    Raises
    ------
    StoreError
        If the key stands for something else or for somebody else's: to say "recorded" of what is
        not would lose it.
    """
    if not is_name(submission, MOST_LETTERS):
        raise StoreError("error-store-submission")
    told = connection.execute(_BEFORE, {"key": submission}).all()
    if told and (any(row.actor != actor.login for row in told) or not matches(told)):
        raise StoreError("error-store-submission")
    return tuple(Receipt(row.seq, row.version, row.hash, repeated=True) for row in told)


def _same(told: Sequence[Row[Any]], entries: Sequence[Entry]) -> bool:
    return [(row.register, row.kind, row.subject, row.fields) for row in told] == [
        (entry.register, entry.kind, entry.subject, canonical(entry.fields)) for entry in entries
    ]


def _versions(connection: Connection, entries: Sequence[Entry]) -> dict[tuple[str, str], int]:
    """Return the version of every subject now, or raise every conflict there is."""
    versions: dict[tuple[str, str], int] = {}
    late: list[Conflict] = []
    for part, entry in enumerate(entries):
        key = (entry.register, entry.subject)
        if key not in versions:
            found = connection.execute(_VERSION, {"of": key[0], "what": key[1]}).scalar()
            versions[key] = found or 0
        if entry.seen is not None and entry.seen != versions[key]:
            late.append(_conflict(connection, entry, part, versions[key]))
    if late:
        raise ConflictError(late)
    return versions


def _conflict(connection: Connection, entry: Entry, part: int, version: int) -> Conflict:
    found = connection.execute(
        select(event.c.version, event.c.fields, event.c.actor, event.c.recorded_at).where(
            event.c.register == entry.register,
            event.c.subject == entry.subject,
            event.c.version.in_([entry.seen, version]),
        )
    ).all()
    told = {row.version: row for row in found}
    if version not in told:
        # The author claims to have seen a version that was never recorded.
        raise StoreError("error-store-version", subject=entry.subject)
    seen = told.get(entry.seen or 0)
    return Conflict(
        subject=entry.subject,
        part=part,
        seen=entry.seen or 0,
        version=version,
        by=told[version].actor,
        recorded_at=told[version].recorded_at,
        original=json.loads(seen.fields) if seen else {},
        theirs=json.loads(told[version].fields),
        yours=json.loads(canonical(entry.fields)),
    )


def _rows_of(entry: Entry, seq: int) -> list[tuple[Table, dict[str, Any]]]:
    written = []
    for number, (table, values) in enumerate(entry.rows):
        row = {
            column.name: _as_read(column, values.get(column.name))
            for column in table.columns
            if column.name != "row_hash"
        } | {"event": seq, "row": number}
        written.append((table, row | {"row_hash": hash_row(table.name, row)}))
    return written


def _as_read(column: Column[Any], value: Any) -> Any:
    """Return a value as every database gives it back, so that its hash holds there too."""
    if value is None or not isinstance(column.type, Float):
        return value
    return float(value) + 0.0  # SQLite knows no negative zero

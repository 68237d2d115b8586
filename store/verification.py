"""Verification: walk the chain of events and every row, and name what does not fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Table, select

from store.fingerprints import GENESIS, hash_event, hash_row, hash_rows
from store.opening import Store
from store.tables import HISTORY, chain, event, latest

_BATCH: Final = 5_000


@dataclass(frozen=True, slots=True)
class Breach:
    """One thing that does not fit.

    Attributes
    ----------
    kind : str
        ``row`` (a row was changed), ``rows`` (an event has lost or gained rows), ``event`` (an
        event was changed), ``link`` (an event is missing before it), ``end`` (the last events are
        missing), ``orphan`` (rows without an event) or ``version`` (the version kept of the subject
        of an event, its last, is another).
    table : str
    event : int
    row : int or None
    """

    kind: str
    table: str
    event: int
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Verified:
    """What a walk along the chain found.

    Attributes
    ----------
    events, rows : int
        How many were looked at.
    head : str
        Hash of the last event.
    breaches : tuple of Breach
        Empty for a sound record.
    head_known : bool or None
        Whether a head printed on a report is in the chain; ``None`` when none was asked for.
    """

    events: int
    rows: int
    head: str
    breaches: tuple[Breach, ...]
    head_known: bool | None = None


def verify(store: Store, head: str = "") -> Verified:
    """Recompute every hash of the record.

    Parameters
    ----------
    store : Store
    head : str
        A head as printed on a report, or its first letters: whether the record still holds it.
    """
    with store.reading() as connection:
        by_event, breaches, n_rows = _rows(connection)
        before, seq, found = GENESIS, 0, not head
        last: dict[tuple[str, str], tuple[int, int]] = {}
        query = select(event).order_by(event.c.seq).execution_options(yield_per=_BATCH)
        for told in connection.execute(query).mappings():
            row = dict(told)
            seq += 1
            if row["seq"] != seq or row["before"] != before:
                breaches.append(Breach("link", "event", row["seq"]))
                seq = row["seq"]
            if hash_event(row) != row["hash"]:
                breaches.append(Breach("event", "event", row["seq"]))
            if hash_rows(by_event.pop(row["seq"], [])) != row["rows_hash"]:
                breaches.append(Breach("rows", "event", row["seq"]))
            before = row["hash"]
            last[row["register"], row["subject"]] = (row["version"], row["seq"])
            found = found or (len(head) >= 8 and before.startswith(head))
        end = connection.execute(select(chain.c.seq, chain.c.hash)).one()
        if (end.seq, end.hash) != (seq, before):
            breaches.append(Breach("end", "chain", end.seq))
        breaches += [Breach("orphan", "event", lost) for lost in sorted(by_event)]
        breaches += _versions(connection, last)
    return Verified(seq, n_rows, before, tuple(breaches), found if head else None)


def _versions(
    connection: Connection, last: Mapping[tuple[str, str], tuple[int, int]]
) -> Iterator[Breach]:
    """Yield the subjects whose kept version is not that of their last event: edits rely on it."""
    kept = {(row.register, row.subject): row.version for row in connection.execute(select(latest))}
    for key, (version, seq) in last.items():
        if kept.pop(key, None) != version:
            yield Breach("version", "latest", seq)
    if kept:
        yield Breach("version", "latest", 0)


def _rows(connection: Connection) -> tuple[dict[int, list[str]], list[Breach], int]:
    """Return the hashes of all rows by event, in order, and the rows that were changed."""
    placed: dict[int, list[tuple[int, str]]] = {}
    breaches, count = [], 0
    for table in HISTORY:
        for row in _walk(connection, table):
            count += 1
            if hash_row(table.name, row) != row["row_hash"]:
                breaches.append(Breach("row", table.name, row["event"], row["row"]))
            placed.setdefault(row["event"], []).append((row["row"], row["row_hash"]))
    return (
        {seq: [told for _, told in sorted(rows)] for seq, rows in placed.items()},
        breaches,
        count,
    )


def _walk(connection: Connection, table: Table) -> Iterator[Mapping[str, Any]]:
    query = select(table).execution_options(yield_per=_BATCH)
    for row in connection.execute(query).mappings():
        yield dict(row)

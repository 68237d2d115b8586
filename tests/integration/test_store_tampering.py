"""Guards that refuse to change history, and the chain that tells when somebody went round them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Date, Float, Integer, LargeBinary, Table, text
from sqlalchemy.exc import DBAPIError

from store.fingerprints import hash_event, hash_row, hash_rows
from store.opening import Store
from store.tables import HISTORY, Moment, event
from store.verification import Breach, verify
from tests.integration.small_record import (
    PLANNER,
    hashes,
    log,
    observe,
    one_of_everything,
    seeded,
    seen,
)

GUARDED = (event, *HISTORY)


def run(store: Store, statement: str, **values: Any) -> int:
    """Run a statement through the program's own connection."""
    with store.engine.connect() as connection:
        writer = connection.execution_options(gap_planner_writes=True)
        with writer.begin():
            return int(writer.execute(text(statement), values).rowcount)


@contextmanager
def guards_down(store: Store) -> Iterator[Any]:
    """Give a way to write past the guards, as somebody with the file or the server could."""
    if store.file is None:
        with store.engine.connect() as connection, connection.begin():
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            yield lambda statement, values=(): connection.execute(
                text(statement), {f"p{n}": value for n, value in enumerate(values)}
            )
        return
    with closing(sqlite3.connect(store.file, isolation_level=None)) as outside:
        outside.execute("PRAGMA synchronous = OFF")
        outside.execute("BEGIN IMMEDIATE")
        guards = outside.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        known = guards.fetchall()
        for name, _ in known:
            outside.execute(f'DROP TRIGGER "{name}"')
        yield lambda statement, values=(): outside.execute(
            statement, {f"p{n}": value for n, value in enumerate(values)}
        )
        for _, sql in known:
            outside.execute(sql)
        outside.execute("COMMIT")


def tamper(store: Store, statement: str, *values: Any) -> None:
    with guards_down(store) as write:
        done = write(statement, values)
        assert done.rowcount == 1


def breaches(store: Store) -> set[tuple[str, str, int, int | None]]:
    return {(one.kind, one.table, one.event, one.row) for one in verify(store).breaches}


# --- refused -----------------------------------------------------------------------------------


@pytest.mark.parametrize("table", GUARDED, ids=lambda table: table.name)
def test_history_tables_refuse_to_change_or_forget_a_row(store: Store, table: Table) -> None:
    one_of_everything(store)
    before = log(store)
    key = "seq" if table is event else "event"
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    statements = [
        f'UPDATE "{table.name}" SET {key} = {key} + 1000',
        f'UPDATE "{table.name}" SET "{[*table.columns][-2].name}" = NULL',
        f'DELETE FROM "{table.name}"',
    ]
    if store.file is None:
        statements += [f'TRUNCATE "{table.name}"', f'TRUNCATE "{table.name}" CASCADE']
    else:
        statements.append(
            f'INSERT OR REPLACE INTO "{table.name}" ({columns}) '
            f'SELECT {columns} FROM "{table.name}"'
        )
    for statement in statements:
        with pytest.raises(DBAPIError, match=r"history|truncate a table referenced"):
            run(store, statement)
    assert log(store) == before
    assert verify(store).breaches == ()


def test_every_history_table_has_rows_to_guard(store: Store) -> None:
    one_of_everything(store)
    for table in GUARDED:
        with store.reading() as connection:
            found = connection.execute(text(f'SELECT count(*) FROM "{table.name}"')).scalar_one()
        assert found > 0, table.name


# --- told --------------------------------------------------------------------------------------


def other(column: Column[Any], value: Any) -> str:
    """Return an expression of SQL that differs from a value of a column."""
    name = f'"{column.name}"'
    if value is None:
        empty = ((Integer, "7"), (Float, "7.5"), (Date, "'2001-01-01'"))
        return next((sql for kind, sql in empty if isinstance(column.type, kind)), "'khác'")
    kinds = (
        (Boolean, f"NOT {name}"),
        (Integer | Float, f"{name} + 1"),
        (Date, "'2001-01-01'"),
        (LargeBinary, "CAST('x' AS BLOB)"),
        (Moment, "'2001-01-01 00:00:00.000000'"),
    )
    return next((sql for kind, sql in kinds if isinstance(column.type, kind)), f"{name} || 'x'")


@pytest.mark.parametrize("table", HISTORY, ids=lambda table: table.name)
def test_a_changed_cell_of_any_column_names_its_row(store: Store, table: Table) -> None:
    one_of_everything(store)
    with store.reading() as connection:
        last = table.select().order_by(table.c.event.desc()).limit(1)
        row = dict(connection.execute(last).mappings().one())
    seq, number = row["event"], row["row"]
    where = f'event = {seq} AND "row" = {number}'
    for column in table.columns:
        if column.name in {"event", "row"}:
            continue
        new = other(column, row[column.name])
        if store.file is None:
            new = new.replace("CAST('x' AS BLOB)", "'x'::bytea")
        tamper(store, f'UPDATE "{table.name}" SET "{column.name}" = {new} WHERE {where}')
        expected = {("row", table.name, seq, number)}
        if column.name == "row_hash":
            expected.add(("rows", "event", seq, None))
        assert breaches(store) == expected, column.name
        tamper(
            store,
            f'UPDATE "{table.name}" SET "{column.name}" = :p0 WHERE {where}',
            _bound(store, row[column.name]),
        )
    assert breaches(store) == set()


def _bound(store: Store, value: Any) -> Any:
    if store.file is not None and hasattr(value, "isoformat"):
        return value.isoformat()
    return value


@pytest.mark.parametrize("column", [one.name for one in event.columns if one.name != "seq"])
def test_a_changed_cell_of_an_event_names_the_event(store: Store, column: str) -> None:
    one_of_everything(store)
    tamper(store, f'UPDATE event SET "{column}" = {other(event.c[column], "")} WHERE seq = 7')
    expected = {("event", "event", 7, None)}
    expected |= {("rows", "event", 7, None)} if column == "rows_hash" else set()
    expected |= {("link", "event", 7, None)} if column == "before" else set()
    expected |= {("link", "event", 8, None)} if column == "hash" else set()
    found = breaches(store)
    # What a subject's version should be is read off its events: a changed one misleads it.
    assert {one for one in found if one[0] != "version"} == expected
    assert (column in {"register", "subject", "version"}) == (found != expected)


def test_a_change_whose_hash_was_made_to_fit_shows_at_the_event(store: Store) -> None:
    one_of_everything(store)
    with guards_down(store) as write:
        write("UPDATE observation SET state = 'none' WHERE event = 3")
    (table,) = (one for one in HISTORY if one.name == "observation")
    with store.reading() as connection:
        row = dict(connection.execute(table.select().where(table.c.event == 3)).mappings().one())
    fitting = hash_row("observation", row)
    tamper(store, "UPDATE observation SET row_hash = :p0 WHERE event = 3", fitting)
    assert breaches(store) == {("rows", "event", 3, None)}
    tamper(store, "UPDATE event SET rows_hash = :p0 WHERE seq = 3", hash_rows([fitting]))
    assert breaches(store) == {("event", "event", 3, None)}
    told = hash_event(log(store)[2])
    tamper(store, "UPDATE event SET hash = :p0 WHERE seq = 3", told)
    assert breaches(store) == {("link", "event", 4, None)}


def test_a_chain_forged_to_its_end_no_longer_holds_the_hash_that_was_printed(
    store: Store,
) -> None:
    seeded(store)
    observe(store, "s1", seen(state="other"))
    printed = hashes(store)[-1]
    assert verify(store, printed).head_known is True
    observe(store, "s2", seen(2))
    # The last two events are written anew, every hash fitting.
    with guards_down(store) as write:
        for seq in (2, 3):
            write(f"DELETE FROM observation WHERE event = {seq}")
            write(f"DELETE FROM event WHERE seq = {seq}")
        write("DELETE FROM latest WHERE subject <> 'register'")
        write("UPDATE chain SET seq = 1, hash = :p0", [hashes(store)[0]])
    observe(store, "forged", seen(state="fibre"))
    found = verify(store, printed)
    assert found.breaches == ()
    assert found.head_known is False


def test_a_head_printed_earlier_is_recognised_also_by_its_first_letters(store: Store) -> None:
    one_of_everything(store)
    for known in hashes(store):
        assert verify(store, known).head_known is True
        assert verify(store, known[:8]).head_known is True
    first = hashes(store)[0]
    assert verify(store, first[:7]).head_known is False
    assert verify(store, "0" * 64).head_known is False
    assert verify(store).head_known is None


def test_a_row_taken_away_names_its_event(store: Store) -> None:
    one_of_everything(store)
    tamper(store, "DELETE FROM observation WHERE event = 1 AND village_id = 'LC-3'")
    assert breaches(store) == {("rows", "event", 1, None)}


def test_a_row_put_in_names_its_event(store: Store) -> None:
    one_of_everything(store)
    columns = '"row", register, village_id, service, state, observed_on, evidence, row_hash'
    given = "99, register, village_id, service, 'fibre', observed_on, evidence, row_hash"
    source = "FROM observation WHERE event = 3"
    with guards_down(store) as write:
        write(f"INSERT INTO observation (event, {columns}) SELECT 3, {given} {source}")
        write(
            f'INSERT INTO observation (event, {columns}) SELECT 77, {given} {source} AND "row" = 0'
        )
    assert breaches(store) == {
        ("row", "observation", 3, 99),
        ("rows", "event", 3, None),
        ("row", "observation", 77, 99),
        ("orphan", "event", 77, None),
    }


def test_a_row_moved_to_another_event_names_both(store: Store) -> None:
    one_of_everything(store)
    tamper(store, 'UPDATE observation SET event = 3, "row" = 5 WHERE event = 4')
    assert breaches(store) == {
        ("row", "observation", 3, 5),
        ("rows", "event", 3, None),
        ("rows", "event", 4, None),
    }


def test_an_event_taken_away_is_missed_by_the_next(store: Store) -> None:
    one_of_everything(store)
    subject = log(store)[2]["subject"]
    tamper(store, "DELETE FROM event WHERE seq = 3")
    assert breaches(store) == {
        ("link", "event", 4, None),
        ("orphan", "event", 3, None),
        ("version", "latest", 0, None),
    }
    assert subject == "state:LC-1:fixed"


def test_the_last_event_taken_away_is_missed_by_the_chain(store: Store) -> None:
    one_of_everything(store)
    last = log(store)[-1]
    with guards_down(store) as write:
        write(f"DELETE FROM person WHERE event = {last['seq']}")
        write(f"DELETE FROM event WHERE seq = {last['seq']}")
        write("DELETE FROM latest WHERE subject = 'person:lan@lao-cai.example'")
    assert breaches(store) == {("end", "chain", last["seq"], None)}
    tamper(store, "UPDATE chain SET seq = seq - 1")
    assert breaches(store) == {("end", "chain", last["seq"] - 1, None)}


def test_an_event_put_in_is_told(store: Store) -> None:
    one_of_everything(store)
    last = log(store)[-1]
    forged = last | {"seq": last["seq"] + 1, "submission": "x", "version": 9, "subject": "person:x"}
    forged = forged | {"before": last["hash"], "rows_hash": hash_rows([])}
    forged["hash"] = hash_event(forged)
    names = ", ".join(f'"{name}"' for name in forged)
    marks = ", ".join(f":p{n}" for n in range(len(forged)))
    moment = forged["recorded_at"]
    if store.file is not None:
        forged["recorded_at"] = moment.replace(tzinfo=None).isoformat(" ", "microseconds")
    tamper(store, f"INSERT INTO event ({names}) VALUES ({marks})", *forged.values())
    found = verify(store).breaches
    assert Breach("end", "chain", last["seq"]) in found
    assert all(one.event in {last["seq"], last["seq"] + 1} for one in found)


def test_two_events_exchanged_are_both_named(store: Store) -> None:
    one_of_everything(store)
    with guards_down(store) as write:
        for old, new in ((3, 900), (4, 3), (900, 4)):
            write(f"UPDATE event SET seq = {new} WHERE seq = {old}")
    found = breaches(store)
    assert {("event", "event", 3, None), ("event", "event", 4, None)} <= found
    assert {one[2] for one in found if one[0] != "version"} == {3, 4, 5}


def test_a_version_changed_behind_the_programs_back_is_told(store: Store) -> None:
    one_of_everything(store)
    run(store, "UPDATE latest SET version = 7 WHERE subject = 'village:LC-1'")
    (edited,) = (row["seq"] for row in log(store) if row["subject"] == "village:LC-1")
    assert breaches(store) == {("version", "latest", edited, None)}
    run(store, "DELETE FROM latest WHERE subject = 'village:LC-1'")
    assert breaches(store) == {("version", "latest", edited, None)}


def test_evidence_changed_behind_the_programs_back_is_not_shown(store: Store) -> None:
    from planning.errors import StoreError  # noqa: PLC0415
    from store.attachments import load_attachment  # noqa: PLC0415

    one_of_everything(store)
    (kept,) = (row for row in log(store) if row["kind"] == "attachment.kept")
    content_hash = kept["subject"].partition(":")[2]
    empty = "''::bytea" if store.file is None else "x''"
    tamper(store, f"UPDATE attachment SET content = {empty}")
    with pytest.raises(StoreError) as told:
        load_attachment(store, content_hash)
    assert told.value.key == "error-store-damaged"
    assert PLANNER.login == kept["actor"]

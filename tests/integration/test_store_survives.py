"""What the record survives: processes killed in mid-write, full disks, migrations cut short.

The rounds of the issue take ``GAP_PLANNER_LONG=1``; the test command runs fewer of each.
"""

from __future__ import annotations

import os
import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from i18n import LANGUAGES
from i18n.translator import translator
from planning.errors import StoreError
from planning.vocabulary import Role
from store.backup import back_up
from store.migrating import known, migrate, newest, schema_of
from store.opening import Store, _file_engine, _server_engine, open_store
from store.people import Person, grant_role
from store.verification import verify
from tests.integration.postgres_server import Server
from tests.integration.small_record import (
    ADMINISTRATOR,
    building,
    hashes,
    log,
    moment,
    observe,
    one_of_everything,
    seeded,
    seen,
)
from tests.integration.store_victims import (
    clear_room,
    leave_room,
    migrate_and_die,
    process,
    small_disk,
    write_pairs,
)

LONG = bool(os.environ.get("GAP_PLANNER_LONG"))
KILLED = 200 if LONG else 20
FULL_STEPS = range(1, 201) if LONG else range(1, 201, 10)
EVERY_STATEMENT = 1 if LONG else 6
KILLED_MIGRATIONS = 50 if LONG else 5

# --- killed in mid-write -----------------------------------------------------------------------


def test_a_writer_killed_in_mid_write_loses_nothing_acknowledged_and_tears_nothing(
    address: str, store: Store
) -> None:
    seeded(store)
    acknowledged: set[str] = set()
    for life in range(KILLED):
        draw = random.Random(life)  # noqa: S311 # reproducible, no secret
        lives, wait = draw.randrange(1, 8), draw.random() * 0.02
        with process(write_pairs, address, life) as (child, told):
            for _ in range(lives):
                acknowledged.add(told.recv_bytes().decode())
            time.sleep(wait)
            child.kill()
            child.join()
            with suppress(EOFError):
                while True:
                    acknowledged.add(told.recv_bytes().decode())
        rows = log(store)
        found = [row["submission"] for row in rows[1:]]
        assert acknowledged <= set(found)
        # At most what was under way when the writer died is there without having been told.
        assert len(set(found) - acknowledged) <= life + 1
        assert sorted(found) == sorted([*set(found)] * 2)
        assert verify(store).breaches == ()
    assert len(acknowledged) >= KILLED


# --- no room -----------------------------------------------------------------------------------


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", 96 if LONG else 24) as folder:
        yield folder


def test_a_full_disk_is_said_and_the_record_is_what_was_acknowledged(disk: Path) -> None:
    store = seeded(open_store("", disk / "home"))
    told = hashes(store)
    for step in FULL_STEPS:
        store.close()
        store = open_store("", disk / "home")
        assert hashes(store) == told
        leave_room(disk, step)
        refused = None
        for n in range(1_000):
            try:
                told.append(
                    observe(store, f"{step}-{n}", seen(1 + n % 4, note="ghi chú " * 99)).hash
                )
            except StoreError as problem:
                refused = problem
                break
        assert refused is not None
        assert refused.key == "error-store-full", step
        # Nothing half, also as seen while the disk is full.
        assert hashes(store) == told
        assert verify(store).breaches == ()
        clear_room(disk)
        # The same submission, as a person would send it again.
        again = observe(store, f"{step}-{n}", seen(1 + n % 4, note="ghi chú " * 99))
        assert not again.repeated
        told.append(again.hash)
    assert verify(store).breaches == ()
    store.close()


def test_a_record_is_opened_on_a_full_disk_or_the_disk_is_named(disk: Path) -> None:
    seeded(open_store("", disk / "home")).close()
    leave_room(disk, 0)
    for home in (disk / "home", disk / "other"):
        with pytest.raises(StoreError) as told:
            observe(open_store("", home), "s1")
        assert told.value.key == "error-store-full"
    clear_room(disk)
    store = open_store("", disk / "home")
    assert observe(store, "s1").seq == 2
    store.close()


def test_a_backup_onto_a_full_disk_leaves_the_older_ones(file_store: Store, disk: Path) -> None:
    one_of_everything(file_store)
    first = back_up(file_store, disk, moment(1))
    leave_room(disk, 3)
    with pytest.raises(StoreError) as told:
        back_up(file_store, disk, moment(2))
    assert told.value.key == "error-store-backup"
    assert sorted(path.name for path in disk.iterdir()) == sorted(["ballast", first.name])


# --- migration ---------------------------------------------------------------------------------


@contextmanager
def at_schema(url: str, revision: str) -> Iterator[Store]:
    """Give a store of a released schema with everything in it that it could hold."""
    file = Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite") else None
    store = Store(_file_engine(file) if file else _server_engine(url), file)
    try:
        if revision:
            migrate(store.engine, revision)
        if revision == "0001":
            seeded(store)
            observe(store, "s1", seen(), seen(2))
        elif revision:
            one_of_everything(store)
        yield store
    finally:
        store.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give an address where there is nothing yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'old.sqlite'}"
    server: Server = request.getfixturevalue("server")
    return server.new_schema()


def shape(store: Store) -> Any:
    """Return what tables and columns there are."""
    query = (
        "SELECT type, name, sql FROM sqlite_master ORDER BY name"
        if store.is_file
        else "SELECT table_name, column_name FROM information_schema.columns "
        "WHERE table_schema = current_schema() ORDER BY table_name, column_name"
    )
    with store.reading() as connection:
        return connection.execute(text(query)).all()


def test_every_released_schema_is_known_in_order() -> None:
    assert known() == ("0001", "0002", "0003")
    assert newest() == "0003"


@pytest.mark.parametrize("revision", ["", "0001", "0002", "0003"])
def test_a_migration_killed_at_any_statement_leaves_the_old_record_and_runs_again(
    empty_place: str, revision: str
) -> None:
    with at_schema(empty_place, revision) as store:
        before = (schema_of(store.engine), shape(store))
        told = hashes(store) if revision else []
        statement = 1
        while True:
            with process(migrate_and_die, empty_place, statement) as (child, end):
                assert end.recv_bytes() == b"begun"
                try:
                    assert end.recv_bytes() == b"done"
                    break
                except EOFError:
                    child.join()
            assert (schema_of(store.engine), shape(store)) == before, statement
            assert (hashes(store) if revision else []) == told
            statement += EVERY_STATEMENT
        store.close()
        assert schema_of(store.engine) == newest()
        assert (statement > 1) == (revision != newest())
    after = open_store(empty_place)
    assert hashes(after) == told
    assert verify(after).breaches == ()
    # What only the newest schema can hold.
    grant_role(after, ADMINISTRATOR, Person("x", "x", Role.PLANNER, active=True), "g9", moment(50))
    assert verify(after).breaches == ()
    after.close()


def test_a_migration_killed_at_any_moment_runs_again(tmp_path: Path) -> None:
    for n in range(KILLED_MIGRATIONS):
        url = f"sqlite:///{tmp_path / f'{n}.sqlite'}"
        with at_schema(url, "0001") as old:
            told = hashes(old)
        with process(migrate_and_die, url, 1_000_000) as (child, end):
            assert end.recv_bytes() == b"begun"
            time.sleep(n * 0.1 / KILLED_MIGRATIONS)
            child.kill()
            child.join()
        store = open_store(url)
        assert hashes(store) == told
        assert verify(store).breaches == ()
        store.close()


def test_a_record_of_a_newer_program_is_refused_in_both_languages(
    address: str, store: Store
) -> None:
    seeded(store)
    with store.engine.connect() as connection, connection.begin():
        connection.execute(text("UPDATE alembic_version SET version_num = '0099'"))
    try:
        with pytest.raises(StoreError) as told:
            open_store(address)
        assert told.value.values == {"got": "0099", "expected": newest()}
        for language in LANGUAGES:
            said = translator(language)(told.value.key, **told.value.values)
            assert "0099" in said
            assert newest() in said
    finally:
        with store.engine.connect() as connection, connection.begin():
            connection.execute(text(f"UPDATE alembic_version SET version_num = '{newest()}'"))


# --- files that are no record --------------------------------------------------------------------


def test_a_damaged_file_is_named_and_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "record.sqlite"
    file.write_bytes(b"no database" * 500)
    with pytest.raises(StoreError) as told:
        open_store("", tmp_path)
    assert told.value.key == "error-store-damaged"
    assert told.value.values == {"path": str(file)}
    assert file.read_bytes() == b"no database" * 500


def test_a_record_in_a_folder_with_a_name_of_signs_is_found_again(tmp_path: Path) -> None:
    home = tmp_path / "Sổ 100% #1? [mới] %20"
    store = seeded(open_store("", home))
    told = hashes(store)
    store.close()
    assert [path.name for path in home.iterdir()] == ["record.sqlite"]
    assert (home / "record.sqlite").stat().st_mode & 0o077 == 0
    again = open_store("", home)
    assert hashes(again) == told
    again.close()


def test_a_page_lost_on_the_disk_is_told_as_damage(file_store: Store) -> None:
    one_of_everything(file_store)
    observe(file_store, "more", *(seen(1 + n % 4, note="x" * 900) for n in range(60)))
    file_store.close()
    file = file_store.file
    assert file is not None
    with file.open("r+b") as place:
        place.seek(4096 * 3)
        place.write(b"\xff" * (file.stat().st_size - 4096 * 3))

    def read() -> None:
        store = open_store(f"sqlite:///{file}")
        try:
            verify(store)
        finally:
            store.close()

    with pytest.raises(StoreError) as told:
        read()
    assert told.value.key == "error-store-damaged"


def test_addresses_that_are_none_are_refused(tmp_path: Path) -> None:
    for url in ("mysql://x/y", "nonsense", "sqlite://", "sqlite:///:memory:"):
        with pytest.raises(StoreError) as told:
            open_store(url)
        assert told.value.key == "error-store-url", url
    with pytest.raises(StoreError) as told:
        open_store("nonsense://office:secret@host/x")
    assert "secret" not in str(told.value)
    with pytest.raises(StoreError) as told:
        open_store("postgresql://nobody:secret@127.0.0.1:1/none")
    assert told.value.key == "error-store-unreachable"
    assert "secret" not in str(told.value)


def test_a_file_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError) as told:
        open_store("", tmp_path / "file" / "home")
    assert told.value.key == "error-store-readonly"


def test_the_file_of_a_record_is_an_ordinary_database_in_wal_mode(file_store: Store) -> None:
    one_of_everything(file_store)
    with closing(sqlite3.connect(str(file_store.file))) as outside:
        assert outside.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert outside.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert outside.execute("SELECT count(*) FROM work").fetchone() == (1,)
    assert building().village_id == "LC-1"

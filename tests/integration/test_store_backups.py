"""Backups: made while others write, restored in one step, refused when they are none."""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from planning.errors import StoreError
from store.backup import DAMAGED, SUFFIX, back_up, last_backup, replace_damaged, restore
from store.history import head_of
from store.migrating import migrate
from store.observations import load_observations
from store.opening import Store, open_store
from store.plans import load_plans
from store.verification import verify
from tests.integration.postgres_server import Server
from tests.integration.small_record import (
    KEY,
    building,
    hashes,
    log,
    moment,
    observe,
    one_of_everything,
    seeded,
    seen,
)

LONG = bool(os.environ.get("GAP_PLANNER_LONG"))
BACKUPS = 100 if LONG else 10


def refused(copy: Path, store: Store) -> str:
    before = log(store)
    with pytest.raises(StoreError) as told:
        restore(copy, store, moment(90))
    assert log(store) == before
    assert verify(store).breaches == ()
    assert store.file is not None
    assert not list(store.file.parent.glob("tmp*"))
    return told.value.key


def test_a_backup_is_the_record_at_its_moment_and_nobody_else_reads_it(
    file_store: Store, tmp_path: Path
) -> None:
    one_of_everything(file_store)
    copy = back_up(file_store, tmp_path / "kept", moment(20))
    observe(file_store, "later", seen(4))
    assert copy.name == "record-20261102T032000000000Z.backup.sqlite"
    assert copy.stat().st_mode & 0o077 == 0
    assert last_backup(tmp_path / "kept") == copy
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]
    opened = open_store(f"sqlite:///{copy}")
    assert hashes(opened) == hashes(file_store)[:-1]
    assert verify(opened).breaches == ()
    opened.close()


def test_what_is_restored_replaces_the_record_which_is_kept(
    file_store: Store, tmp_path: Path
) -> None:
    one_of_everything(file_store)
    then = log(file_store)
    copy = back_up(file_store, tmp_path, moment(20))
    observe(file_store, "later", seen(4))
    now = log(file_store)
    kept, checked = restore(copy, file_store, moment(30))
    assert log(file_store) == then
    assert checked.events == len(then)
    assert verify(file_store).breaches == ()
    aside = open_store(f"sqlite:///{kept}")
    assert log(aside) == now
    aside.close()
    # The guards stand again, and work goes on.
    with (
        pytest.raises(sqlite3.IntegrityError, match="history"),
        closing(sqlite3.connect(str(file_store.file))) as outside,
    ):
        outside.execute("DELETE FROM event")
    observe(file_store, "after", seen(2))
    assert verify(file_store).breaches == ()


def test_nothing_acknowledged_is_lost_when_somebody_restores_meanwhile(
    file_store: Store, tmp_path: Path
) -> None:
    seeded(file_store)
    copy = back_up(file_store, tmp_path, moment(1))
    acknowledged: set[str] = set()
    stop = threading.Event()

    def work(worker: int) -> None:
        own = open_store(f"sqlite:///{file_store.file}")
        for n in range(1_000_000):
            if stop.is_set():
                break
            acknowledged.add(observe(own, f"{worker}-{n}", seen(1 + n % 4)).hash)
        own.close()

    threads = [threading.Thread(target=work, args=(worker,)) for worker in range(3)]
    for thread in threads:
        thread.start()
    kept = [restore(copy, file_store, moment(10 + n))[0] for n in range(8)]
    stop.set()
    for thread in threads:
        thread.join()
    found = set(hashes(file_store))
    for path in kept:
        aside = open_store(f"sqlite:///{path}")
        found |= set(hashes(aside))
        assert verify(aside).breaches == ()
        aside.close()
    assert acknowledged
    assert acknowledged <= found
    assert verify(file_store).breaches == ()


def test_each_backup_made_under_load_is_whole_and_equal_to_its_moment(
    file_store: Store, tmp_path: Path
) -> None:
    seeded(file_store)
    stop = threading.Event()
    told: dict[int, str] = {}

    def work(worker: int) -> None:
        own = open_store(f"sqlite:///{file_store.file}")
        for n in range(1_000_000):
            if stop.is_set():
                break
            receipt = observe(own, f"{worker}-{n}", seen(1 + n % 4), at=n)
            told[receipt.seq] = receipt.hash
        own.close()

    threads = [threading.Thread(target=work, args=(worker,)) for worker in range(4)]
    for thread in threads:
        thread.start()
    copies: list[tuple[int, Path, int]] = []
    for n in range(BACKUPS):
        before = head_of(file_store)[0]
        copies.append((before, back_up(file_store, tmp_path, moment(n)), head_of(file_store)[0]))
    stop.set()
    for thread in threads:
        thread.join()
    final = log(file_store)
    assert [row["hash"] for row in final if row["seq"] in told] == [
        told[seq] for seq in sorted(told)
    ]
    for before, copy, after in copies:
        restore(copy, file_store, moment(2000))
        restored = log(file_store)
        assert before <= len(restored) <= after
        assert restored == final[: len(restored)]
        assert len(load_observations(file_store, KEY, seeded=False)) == len(restored) - 1
        assert verify(file_store).breaches == ()


def test_a_backup_of_an_older_schema_is_brought_to_this_one_and_restored(
    file_store: Store, tmp_path: Path
) -> None:
    old = tmp_path / "old.sqlite"
    engine = create_engine(f"sqlite:///{old}")
    migrate(engine, "0001")
    engine.dispose()
    one_of_everything(file_store)
    _, checked = restore(old, file_store, moment(30))
    assert checked.events == 0
    assert load_plans(file_store, KEY) == ()
    seeded(file_store)
    assert verify(file_store).breaches == ()
    with closing(sqlite3.connect(old)) as kept:
        assert kept.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)


GARBAGE = {
    "nothing at all": b"",
    "no database": b"%PDF-1.7 quarterly report" * 100,
    "a database's head and then noise": b"SQLite format 3\x00" + bytes(range(256)) * 40,
}


@pytest.mark.parametrize("content", GARBAGE.values(), ids=GARBAGE)
def test_garbage_is_refused_and_the_record_left_as_it_is(
    file_store: Store, tmp_path: Path, content: bytes
) -> None:
    one_of_everything(file_store)
    copy = tmp_path / f"x{SUFFIX}"
    copy.write_bytes(content)
    assert refused(copy, file_store) == "error-store-restore"
    assert refused(tmp_path / "missing", file_store) == "error-store-restore"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_backup_is_refused(file_store: Store, tmp_path: Path, share: float) -> None:
    one_of_everything(file_store)
    copy = back_up(file_store, tmp_path, moment(20))
    os.truncate(copy, int(copy.stat().st_size * share))
    assert refused(copy, file_store) in {"error-store-restore", "error-store-restore-breach"}


def test_another_programs_database_is_refused(file_store: Store, tmp_path: Path) -> None:
    one_of_everything(file_store)
    copy = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(copy)) as other:
        other.execute("CREATE TABLE photos (name TEXT)")
    assert refused(copy, file_store) == "error-store-restore"


def test_a_tampered_backup_is_refused(file_store: Store, tmp_path: Path) -> None:
    one_of_everything(file_store)
    copy = back_up(file_store, tmp_path, moment(20))
    with closing(sqlite3.connect(copy)) as outside:
        outside.execute("DROP TRIGGER observation_refuses_update")
        outside.execute(
            "UPDATE observation SET state = 'fibre' WHERE event = 1 AND village_id = 'LC-2'"
        )
        outside.commit()
    assert refused(copy, file_store) == "error-store-restore-breach"


def test_a_backup_of_a_newer_program_is_refused_by_name(file_store: Store, tmp_path: Path) -> None:
    seeded(file_store)
    copy = back_up(file_store, tmp_path, moment(20))
    with closing(sqlite3.connect(copy)) as outside:
        outside.execute("UPDATE alembic_version SET version_num = '9999'")
        outside.commit()
    assert refused(copy, file_store) == "error-store-newer"


def test_what_a_backup_brings_along_besides_its_rows_stays_outside(
    file_store: Store, tmp_path: Path
) -> None:
    seeded(file_store)
    copy = back_up(file_store, tmp_path, moment(20))
    with closing(sqlite3.connect(copy)) as outside:
        outside.execute("CREATE TRIGGER spy AFTER INSERT ON event BEGIN DELETE FROM latest; END")
        outside.execute("DROP TRIGGER event_refuses_delete")
        outside.commit()
    restore(copy, file_store, moment(30))
    with closing(sqlite3.connect(str(file_store.file))) as inside:
        names = {name for (name,) in inside.execute("SELECT name FROM sqlite_master")}
    assert "spy" not in names
    assert "event_refuses_delete" in names


def test_a_backup_in_a_folder_with_a_name_of_signs_is_found(
    file_store: Store, tmp_path: Path
) -> None:
    seeded(file_store)
    copy = back_up(file_store, tmp_path / "Sao lưu 50% #1?", moment(20))
    observe(file_store, "later")
    restore(copy, file_store, moment(30))
    assert head_of(file_store)[0] == 1


def test_a_damaged_record_is_replaced_by_a_backup_and_kept(
    file_store: Store, tmp_path: Path
) -> None:
    one_of_everything(file_store)
    then = log(file_store)
    copy = back_up(file_store, tmp_path, moment(20))
    file = file_store.file
    assert file is not None
    file_store.close()
    file.write_bytes(b"not a database any more" * 1000)
    with pytest.raises(StoreError) as told:
        open_store(f"sqlite:///{file}")
    assert told.value.key == "error-store-damaged"
    kept, checked = replace_damaged(copy, file, moment(30))
    assert kept.name.endswith(DAMAGED)
    assert kept.read_bytes().startswith(b"not a database")
    assert checked.events == len(then)
    again = open_store(f"sqlite:///{file}")
    assert log(again) == then
    assert file.stat().st_mode & 0o077 == 0
    again.close()


def test_a_backup_that_has_no_room_says_so_and_leaves_nothing(
    file_store: Store, tmp_path: Path
) -> None:
    seeded(file_store)
    in_the_way = tmp_path / "file"
    in_the_way.write_text("x")
    with pytest.raises(StoreError) as told:
        back_up(file_store, in_the_way, moment(1))
    assert told.value.key == "error-store-backup"


def test_a_record_on_a_server_is_backed_up_by_the_servers_own_tools(
    server: Server, tmp_path: Path
) -> None:
    store = open_store(server.new_schema())
    for act in (
        lambda: back_up(store, tmp_path, moment()),
        lambda: restore(tmp_path / "x", store, moment()),
    ):
        with pytest.raises(StoreError) as told:
            act()
        assert told.value.key == "error-store-server-backup"
    store.close()


def test_work_recorded_before_a_restore_can_be_recorded_again_after_it(
    file_store: Store, tmp_path: Path
) -> None:
    seeded(file_store)
    copy = back_up(file_store, tmp_path, moment(1))
    first = observe(file_store, "s1", seen(note=building().village_id))
    restore(copy, file_store, moment(5))
    again = observe(file_store, "s1", seen(note=building().village_id))
    assert (again.hash, again.repeated) == (first.hash, False)

"""Backups of a SQLite store: a consistent copy while others write, and its return."""

from __future__ import annotations

import os
import secrets
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from planning.errors import StoreError
from store.opening import Store, open_store
from store.tables import metadata
from store.verification import Verified, verify

SUFFIX: Final = ".backup.sqlite"
DAMAGED: Final = ".damaged.sqlite"
_LOCK_S: Final = 30
_BESIDE: Final = ("-wal", "-shm")
"""What SQLite keeps beside a file."""


def back_up(store: Store, folder: Path, now: datetime) -> Path:
    """Write a copy of the store, complete and consistent while others write.

    The copy gets its name only when it is whole.

    Returns
    -------
    Path
        ``record-<UTC time>.backup.sqlite`` in the folder.

    Raises
    ------
    StoreError
        For a store on a server (its own tools back it up), or if there is no room.
    """
    file = _file_of(store)
    target = folder / f"record-{_stamp(now)}{SUFFIX}"
    scratch = folder / f".{secrets.token_hex(6)}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with closing(_connected(file)) as source:
            source.execute("VACUUM INTO ?", (str(scratch),))
        scratch.chmod(0o600)
        with scratch.open("rb+") as written:
            os.fsync(written.fileno())
        scratch.replace(target)
    except (sqlite3.Error, OSError) as problem:
        raise StoreError("error-store-backup", path=str(target)) from problem
    finally:
        with suppress(OSError):
            scratch.unlink()
    return target


def restore(copy: Path, store: Store, now: datetime) -> tuple[Path, Verified]:
    """Put what a backup holds in the place of what the store holds, in one transaction.

    Others may go on reading and writing: they see the old record or the new, and what anybody was
    told is recorded before that moment is in the copy that is kept.

    Returns
    -------
    Path, Verified
        Where the record that was replaced is kept, and the verification of the backup.

    Raises
    ------
    StoreError
        If the backup cannot be read or does not verify; the store is left as it is.
    """
    file = _file_of(store)
    with (
        _checked(copy, file.parent) as (sound, checked),
        _failing_as_restore(copy),
        closing(_connected(file)) as place,
    ):
        place.execute("ATTACH ? AS sound", (str(sound),))
        place.execute("BEGIN IMMEDIATE")
        try:
            # Nobody writes from here on; a reader of its own makes the copy.
            kept = back_up(store, file.parent / "backups", now)
            _exchange(place)
            place.execute("COMMIT")
        except BaseException:
            if place.in_transaction:
                place.execute("ROLLBACK")
            raise
    return kept, checked


def replace_damaged(copy: Path, file: Path, now: datetime) -> tuple[Path, Verified]:
    """Put a backup in the place of a file that cannot be opened any more.

    Returns
    -------
    Path, Verified
        Where the damaged file is kept, and the verification of the backup.

    Raises
    ------
    StoreError
        If the backup cannot be read or does not verify; the file is left as it is.
    """
    kept = file.parent / "backups" / f"record-{_stamp(now)}{DAMAGED}"
    with _checked(copy, file.parent) as (sound, checked), _failing_as_restore(copy):
        kept.parent.mkdir(parents=True, exist_ok=True)
        # The log first: beside another file it would be taken for its own.
        for ending in (*_BESIDE, ""):
            found = file.with_name(file.name + ending)
            if found.exists():
                found.replace(kept.with_name(kept.name + ending))
        sound.replace(file)
    return kept, checked


def _exchange(place: sqlite3.Connection) -> None:
    """Exchange the rows of every table; tables and guards remain the program's own."""
    guards = place.execute("SELECT name, sql FROM main.sqlite_master WHERE type = 'trigger'")
    known = guards.fetchall()
    for name, _ in known:
        place.execute(f'DROP TRIGGER "{name}"')
    for table in metadata.sorted_tables:
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        place.execute(f'DELETE FROM main."{table.name}"')  # noqa: S608 # our own names
        place.execute(
            f'INSERT INTO main."{table.name}" ({columns}) '  # noqa: S608
            f'SELECT {columns} FROM sound."{table.name}"'
        )
    for _, sql in known:
        place.execute(sql)


@contextmanager
def _checked(copy: Path, beside: Path) -> Iterator[tuple[Path, Verified]]:
    """Give a copy of a backup, brought to this program's schema and verified.

    It lies beside the store, on a disk whose locks hold; the backup may lie on a network share.
    """
    with _failing_as_restore(copy), tempfile.TemporaryDirectory(dir=beside) as folder:
        aside = Path(folder) / "checked.sqlite"
        if not copy.is_file():
            raise StoreError("error-store-restore", path=str(copy))
        with (
            closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(aside)) as taken,
        ):
            if not source.execute("SELECT 1 FROM sqlite_master WHERE name = 'chain'").fetchone():
                raise StoreError("error-store-restore", path=str(copy))
            source.backup(taken)
        try:
            opened = open_store("sqlite:///" + str(aside))
        except StoreError as problem:
            newer = problem.key == "error-store-newer"
            raise (
                problem if newer else StoreError("error-store-restore", path=str(copy))
            ) from problem
        try:
            found = verify(opened)
        finally:
            opened.close()
        if found.breaches:
            raise StoreError(
                "error-store-restore-breach", path=str(copy), count=len(found.breaches)
            )
        aside.chmod(0o600)
        with aside.open("rb+") as written:
            os.fsync(written.fileno())
        yield aside, found


@contextmanager
def _failing_as_restore(copy: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as problem:
        raise StoreError("error-store-restore", path=str(copy)) from problem


def _connected(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, timeout=_LOCK_S, isolation_level=None)


def _stamp(now: datetime) -> str:
    return now.astimezone(UTC).strftime("%Y%m%dT%H%M%S%fZ")


def last_backup(folder: Path) -> Path | None:
    """Return the newest backup in a folder; ``None`` where there is none."""
    found = sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else []
    return found[-1] if found else None


def _file_of(store: Store) -> Path:
    if store.file is None:
        raise StoreError("error-store-server-backup")
    return store.file

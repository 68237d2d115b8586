"""Backups of a SQLite store: a consistent copy while others write, and its return."""

from __future__ import annotations

import os
import secrets
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

from planning.errors import StoreError
from store.opening import Store, open_store
from store.verification import Verified, verify

SUFFIX: Final = ".backup.sqlite"


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
    stamp = now.strftime("%Y%m%dT%H%M%S%fZ")
    target = folder / f"record-{stamp}{SUFFIX}"
    scratch = folder / f".{secrets.token_hex(6)}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(file, timeout=30, isolation_level=None)) as source:
            source.execute("VACUUM INTO ?", (str(scratch),))
        scratch.chmod(0o600)
        with scratch.open("rb+") as written:
            os.fsync(written.fileno())
        scratch.replace(target)
    except (sqlite3.Error, OSError) as problem:
        raise StoreError("error-store-backup", path=str(target)) from problem
    finally:
        scratch.unlink(missing_ok=True)
    return target


def restore(copy: Path, store: Store, now: datetime) -> tuple[Path, Verified]:
    """Put a backup in the place of the store; what stood there is kept beside it.

    Returns
    -------
    Path, Verified
        Where the replaced store is kept, and the verification of the backup.

    Raises
    ------
    StoreError
        If the backup cannot be read or does not verify; the store is left as it is.
    """
    file = _file_of(store)
    checked = _checked(copy)
    kept = back_up(store, file.parent / "backups", now)
    store.close()
    try:
        with (
            closing(sqlite3.connect(copy, timeout=30)) as source,
            closing(sqlite3.connect(file, timeout=30)) as place,
        ):
            # Page by page through SQLite's own copy: readers and writers see old or new.
            source.backup(place)
    except sqlite3.Error as problem:
        raise StoreError("error-store-restore", path=str(copy)) from problem
    return kept, checked


def _checked(copy: Path) -> Verified:
    try:
        if copy.read_bytes()[:16] != b"SQLite format 3\x00":
            raise StoreError("error-store-restore", path=str(copy))
        aside = copy.with_name(f".{secrets.token_hex(6)}.check")
        with (
            closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(aside)) as place,
        ):
            source.backup(place)
    except (OSError, sqlite3.Error) as problem:
        raise StoreError("error-store-restore", path=str(copy)) from problem
    try:
        # An older backup is brought to this schema before it is judged; the copy stays as it is.
        opened = open_store(f"sqlite:///{aside}")
        try:
            checked = verify(opened)
        finally:
            opened.close()
    finally:
        for left in aside.parent.glob(f"{aside.name}*"):
            left.unlink(missing_ok=True)
    if checked.breaches:
        raise StoreError("error-store-restore-breach", path=str(copy), count=len(checked.breaches))
    return checked


def last_backup(folder: Path) -> Path | None:
    """Return the newest backup in a folder; ``None`` where there is none."""
    found = sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else []
    return found[-1] if found else None


def _file_of(store: Store) -> Path:
    if store.file is None:
        raise StoreError("error-store-server-backup")
    return store.file

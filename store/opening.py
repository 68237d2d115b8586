"""Open the register of record: a SQLite file by default, PostgreSQL by URL."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from planning.errors import StoreError
from store.migrating import migrate
from store.place import free_bytes, refuse_network_share
from store.turns import turn

STORE_VARIABLE: Final = "GAP_PLANNER_STORE"
"""Environment variable with the URL of the store; a SQLite file of the installation by default."""

FILE_NAME: Final = "record.sqlite"
_BUSY_MS: Final = 30_000
_CHAIN_LOCK: Final = 0x6761_7073
_SYNCS_LOG: Final = os.name == "posix"
"""Elsewhere a file opened for reading cannot be synced, and SQLite does it under its lock."""

_SENTENCES: Final = {
    "SQLITE_FULL": "error-store-full",
    "SQLITE_READONLY": "error-store-readonly",
    "SQLITE_CANTOPEN": "error-store-readonly",
    "SQLITE_CORRUPT": "error-store-damaged",
    "SQLITE_NOTADB": "error-store-damaged",
    "SQLITE_BUSY": "error-store-busy",
    "SQLITE_IOERR": "error-store-disk",
    "53100": "error-store-full",
    "25006": "error-store-readonly",
}
"""What the beginning of a driver's error name (SQLite) or state (PostgreSQL) means to people."""

_MAY_BE_FULL: Final = frozenset({"error-store-disk", "error-store-readonly"})
_SHARED_MEMORY_BYTES: Final = 64 * 1024
"""SQLite says no more than "error" when what it keeps beside the file finds no room."""


@dataclass(frozen=True, eq=False)
class Store:
    """An open register of record.

    Attributes
    ----------
    engine : Engine
    file : Path or None
        The SQLite file; ``None`` on a server.
    """

    engine: Engine
    file: Path | None

    @property
    def is_file(self) -> bool:
        """Whether it is one SQLite file."""
        return self.file is not None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one consistent state, however long it reads."""
        with said(self), self.engine.connect() as connection:
            # A SQLite transaction sees one state anyway; a server's would see a new one with
            # every statement.
            yield (
                connection
                if self.is_file
                else connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            )

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection inside the one transaction that may write now; commit at its end.

        Writers queue: SQLite takes its write lock at once (a deferred one fails when two readers
        turn writers), PostgreSQL an advisory lock, so that the chain of events has one end.
        """
        with said(self), self.engine.connect() as connection:
            writer = connection.execution_options(gap_planner_writes=True)
            waiting = turn(self.file.parent, _BUSY_MS / 1000) if self.file else nullcontext()
            with waiting, writer.begin():
                if not self.is_file:
                    writer.execute(text(f"SELECT pg_advisory_xact_lock({_CHAIN_LOCK})"))
                yield writer
            if self.file is not None:
                _settle(self.file)

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def _settle(file: Path) -> None:
    """Wait until what was committed is on the disk; only then may anybody be told of it.

    ``synchronous=FULL`` does the same inside the transaction, one writer after another, each for
    as long as the disk takes. Here the lock is free again, and writers wait for one write of the
    disk together (docs/decisions/0017-sync-after-the-lock.md).
    """
    if not _SYNCS_LOG:
        return
    try:
        log = os.open(f"{file}-wal", os.O_RDONLY)
        try:
            os.fsync(log)
        finally:
            os.close(log)
    except FileNotFoundError:
        return  # checkpointed and closed meanwhile: a checkpoint waits for the disk itself
    except OSError as problem:
        raise StoreError("error-store-disk", path=str(file)) from problem


@contextmanager
def said(store: Store | None = None) -> Iterator[None]:
    """Turn what a database driver raises into a refusal that says what to do."""
    try:
        yield
    except SQLAlchemyError as problem:
        raise StoreError(_key_of(problem, store), **_where(store)) from problem


def _where(store: Store | None) -> dict[str, Any]:
    return {"path": str(store.file) if store and store.file else "PostgreSQL"}


def _key_of(problem: SQLAlchemyError, store: Store | None) -> str:
    cause = problem.orig if isinstance(problem, DBAPIError) else None
    name = str(getattr(cause, "sqlite_errorname", "") or getattr(cause, "sqlstate", "") or "")
    found = (key for beginning, key in _SENTENCES.items() if name.startswith(beginning))
    key = next(found, "error-store-unreachable")
    if key in _MAY_BE_FULL and store and store.file and _is_full(store.file.parent):
        return "error-store-full"
    return key


def _is_full(folder: Path) -> bool:
    try:
        return free_bytes(folder) < _SHARED_MEMORY_BYTES
    except OSError:
        return False


def open_store(url: str = "", home: Path | None = None) -> Store:
    """Open the store and bring it to this program's schema.

    Parameters
    ----------
    url : str
        ``postgresql+psycopg://…`` or ``sqlite:///file``; empty: ``record.sqlite`` in ``home``.
    home : Path, optional
        The installation's own folder; made if it is not there.

    Raises
    ------
    StoreError
        If it cannot be reached, lies on a network share or belongs to a newer program.
    """
    if not url:
        if home is None:
            raise StoreError("error-store-url", got="")
        return _opened_file(home / FILE_NAME)
    try:
        address = make_url(url)
        driver = address.drivername
    except ArgumentError as problem:
        raise StoreError("error-store-url", got=url.rsplit("@", maxsplit=1)[-1]) from problem
    if driver in {"postgresql", "postgresql+psycopg"}:
        return _migrated(Store(_server_engine(url), None))
    if driver in {"sqlite", "sqlite+pysqlite"} and address.database not in {None, "", ":memory:"}:
        return _opened_file(Path(str(address.database)))
    raise StoreError("error-store-url", got=driver)


def _opened_file(file: Path) -> Store:
    _prepare(file)
    return _migrated(Store(_file_engine(file), file))


def _migrated(store: Store) -> Store:
    try:
        with said(store):
            migrate(store.engine)
    except BaseException:
        store.close()
        raise
    return store


def _prepare(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # Nobody but the owner reads a record of an office. To open a file that is there and close
        # it again would let go of the locks that this process holds on it.
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        pass
    except OSError as problem:
        raise StoreError("error-store-readonly", path=str(file)) from problem
    refuse_network_share(file.parent)


def _file_engine(file: Path) -> Engine:
    # As parts, not as text: a folder's name may contain what means something in an address.
    address = URL.create("sqlite", database=str(file))
    engine = create_engine(address, connect_args={"timeout": _BUSY_MS / 1000})

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _record: object) -> None:
        # The driver would begin by itself, deferred; the listener below begins instead.
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout={_BUSY_MS}",
            "journal_mode=WAL",
            f"synchronous={'NORMAL' if _SYNCS_LOG else 'FULL'}",
            "foreign_keys=ON",
            # Else INSERT OR REPLACE would take a row of history away without asking its guard.
            "recursive_triggers=ON",
            "trusted_schema=OFF",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get("gap_planner_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _server_engine(url: str) -> Engine:
    try:
        return create_engine(
            make_url(url).set(drivername="postgresql+psycopg"),
            pool_pre_ping=True,
            pool_size=5,
            connect_args={"connect_timeout": 10},
        )
    except (ArgumentError, NoSuchModuleError) as problem:
        raise StoreError("error-store-url", got="postgresql") from problem

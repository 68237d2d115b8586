"""A foreign SQLite file, opened so that it can be read and can do nothing else.

SQLite files carry code: views, triggers, generated columns and defaults are SQL of whoever made
the file. Here the file is immutable, its schema is not trusted, and an authoriser lets through
selecting from real tables with a handful of harmless functions, for a bounded time.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

_SECONDS: Final = 20.0
_STEPS_BETWEEN_LOOKS: Final = 100_000
_LONGEST_VALUE: Final = 32 * 2**20
_CACHE_KIB: Final = 8_192
_CHUNK: Final = 5_000

_FUNCTIONS: Final = frozenset(
    {"abs", "avg", "coalesce", "count", "ifnull", "length", "lower", "max", "min", "nullif"}
    | {"round", "substr", "sum", "trim", "upper"}
)
_PRAGMAS: Final = frozenset({"table_xinfo"})
_ALLOWED: Final = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ})

Row = tuple[Any, ...]


@contextmanager
def open_locked(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a SQLite file for reading only.

    Yields
    ------
    sqlite3.Connection
        Raises ``sqlite3.Error`` for whatever is wrong with the file or goes beyond reading, also
        when 20 seconds have passed.
    """
    connection = sqlite3.connect(_address(path), uri=True, isolation_level=None)
    try:
        _lock(connection)
        yield connection
    finally:
        connection.close()


def quoted(name: str) -> str:
    """Return a name of a file as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def read_columns(connection: sqlite3.Connection, query: str) -> Iterator[list[Row]]:
    """Run a query and yield its result some thousand rows at a time, column by column."""
    cursor = connection.execute(query)
    while rows := cursor.fetchmany(_CHUNK):
        yield list(zip(*rows, strict=True))


def _address(path: Path) -> str:
    """Return the file's address, only those letters escaped that mean something in one.

    Whoever watches over opened files can then still recognise the path in it.
    """
    escaped = path.resolve().as_posix()
    for letter, code in (("%", "%25"), ("?", "%3f"), ("#", "%23")):
        escaped = escaped.replace(letter, code)
    return f"file:/{escaped.lstrip('/')}?mode=ro&immutable=1"


def _lock(connection: sqlite3.Connection) -> None:
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.setlimit(sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 50)
    connection.setlimit(sqlite3.SQLITE_LIMIT_WORKER_THREADS, 0)
    for pragma in (
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "query_only = ON",
        "mmap_size = 0",
        "temp_store = MEMORY",
        f"cache_size = -{_CACHE_KIB}",
    ):
        connection.execute(f"PRAGMA {pragma}").close()
    connection.set_authorizer(_authorise)
    latest = time.monotonic() + _SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > latest, _STEPS_BETWEEN_LOOKS)


def _authorise(
    action: int, first: str | None, second: str | None, _database: str | None, _inner: str | None
) -> int:
    allowed = (
        action in _ALLOWED
        or (action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in _FUNCTIONS)
        or (action == sqlite3.SQLITE_PRAGMA and (first or "").lower() in _PRAGMAS)
    )
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY

"""Bring a store to the schema of this program: one transaction, all or nothing."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from planning.errors import StoreError

_SCRIPTS: Final = Path(__file__).parent / "migrations"
_LOCK: Final = 0x6761_706D
_ONE_AT_A_TIME: Final = Lock()
"""Alembic keeps what it migrates in one place of the process; sessions of the app are threads."""


def migrate(engine: Engine, revision: str = "head") -> None:
    """Upgrade a store; nothing happens where it is up to date.

    A process killed half-way leaves the old schema: the databases roll a begun transaction back.

    Raises
    ------
    StoreError
        ``error-store-newer`` if a newer program has written to it.
    """
    if revision == "head" and schema_of(engine) == newest():
        return
    with (
        _ONE_AT_A_TIME,
        engine.connect().execution_options(gap_planner_writes=True) as connection,
        connection.begin(),
    ):
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
        found = _current(connection)
        if found is not None and found not in known():
            raise StoreError("error-store-newer", got=found, expected=newest())
        configuration = _configuration()
        configuration.attributes["connection"] = connection
        command.upgrade(configuration, revision)


def schema_of(engine: Engine) -> str | None:
    """Return the revision of a store's schema; ``None`` before the first migration."""
    with engine.connect() as connection:
        return _current(connection)


def newest() -> str:
    """Return the revision this program works with."""
    (head,) = ScriptDirectory.from_config(_configuration()).get_heads()
    return head


def known() -> tuple[str, ...]:
    """Return every released revision, the oldest first."""
    scripts = ScriptDirectory.from_config(_configuration()).walk_revisions()
    return tuple(reversed([script.revision for script in scripts]))


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _configuration() -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    return configuration

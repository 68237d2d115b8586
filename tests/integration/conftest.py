"""Stores to test on: a SQLite file and a database of a real PostgreSQL server with PostGIS."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from store.opening import Store, open_store
from tests.integration.postgres_server import Server, running

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Give a PostgreSQL server for the whole run."""
    with running() as found:
        yield found


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of an empty store on each kind of database in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'record.sqlite'}"
    found: Server = request.getfixturevalue("server")
    return found.emptied()


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """Give an open store on each kind of database in turn."""
    opened = open_store(address)
    yield opened
    opened.close()


@pytest.fixture
def file_store(tmp_path: Path) -> Iterator[Store]:
    """Give an open store in a SQLite file."""
    opened = open_store("", tmp_path / "home")
    yield opened
    opened.close()

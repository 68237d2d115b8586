"""A real PostgreSQL with PostGIS for the tests: installed if need be, started and stopped by them.

Its cluster lies in a folder of its own, on a free port of this machine, with a password of its own,
and forgets nothing it has acknowledged (fsync is on, as a server in an office has it).
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

import psycopg
import pytest

from store.fingerprints import GENESIS
from store.opening import open_store
from store.tables import metadata

PACKAGES: Final = ("postgresql", "postgresql-15-postgis-3")
_SHARED: Final = "shared"
_ACCOUNT: Final = "postgres"


@dataclass(frozen=True)
class Server:
    """A running server.

    Attributes
    ----------
    port : int
    password : str
    """

    port: int
    password: str = field(repr=False)

    def url(self, database: str) -> str:
        """Return the address of a database, as GAP_PLANNER_STORE would name it."""
        return f"postgresql+psycopg://{_ACCOUNT}:{self.password}@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """Return the address of a new, empty database."""
        name = f"record_{secrets.token_hex(6)}"
        self.tell(f"CREATE DATABASE {name}")
        return self.url(name)

    def new_schema(self) -> str:
        """Return the address of a new, empty schema in a database that has PostGIS: sooner made."""
        name = f"record_{secrets.token_hex(6)}"
        self.tell(f"CREATE SCHEMA {name}", _SHARED)
        return f"{self.url(_SHARED)}?options=-csearch_path%3D{name},public"

    @cached_property
    def _used_again(self) -> str:
        address = self.new_schema()
        open_store(address).close()
        return address

    def emptied(self) -> str:
        """Return the address of one schema that tests use in turn, without a row."""
        tables = [f'"{table.name}"' for table in reversed(metadata.sorted_tables)]
        with psycopg.connect(self._used_again.replace("+psycopg", "")) as connection:
            connection.execute("SET session_replication_role = replica")
            for table in tables:
                connection.execute(f"DELETE FROM {table}".encode())
            connection.execute("INSERT INTO chain VALUES (1, 0, %s)", (GENESIS,))
        return self._used_again

    def tell(self, statement: str, database: str = "postgres") -> None:
        """Run a statement as the server's administrator."""
        address = self.url(database).replace("+psycopg", "")
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def running() -> Iterator[Server]:
    """Give a server, or skip the test aloud where there can be none."""
    programs = _programs()
    home = Path(tempfile.mkdtemp(prefix="gap-planner-postgres-"))
    server = Server(_free_port(), secrets.token_hex(16))
    password = home / "password"
    password.write_text(server.password)
    for path in (home, password):
        shutil.chown(path, _ACCOUNT, _ACCOUNT)
    data = home / "data"
    given = f"-p {server.port} -k {home} -c listen_addresses=127.0.0.1 -c max_connections=200"
    log = home / "log"
    try:
        _run(
            programs / "initdb",
            *("--pgdata", data, "--auth", "scram-sha-256", "--pwfile", password),
            *("--encoding", "UTF8", "--locale", "C.UTF-8"),
        )
        _run(programs / "pg_ctl", "start", "-w", "-D", data, "-l", log, "-o", given)
        try:
            server.tell(f"CREATE DATABASE {_SHARED}")
            server.tell("CREATE EXTENSION postgis", _SHARED)
            yield server
        finally:
            _run(programs / "pg_ctl", "stop", "-w", "-m", "immediate", "-D", data)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _programs() -> Path:
    if _found() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        _install()
    found = _found()
    if found is None or os.geteuid() != 0 or shutil.which("runuser") is None:
        pytest.skip(
            "NOT TESTED ON POSTGRESQL: run the tests as root on Debian 12, which installs "
            f"{' and '.join(PACKAGES)} by itself, or install these packages first"
        )
    return found


def _found() -> Path | None:
    """Return the folder of the server's programs if PostGIS is there as well."""
    for share in sorted(Path("/usr/share/postgresql").glob("*/extension/postgis.control")):
        programs = Path("/usr/lib/postgresql") / share.parts[-3] / "bin"
        if (programs / "initdb").is_file():
            return programs
    return None


def _install() -> None:
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    # Others on this machine may be installing: wait for them.
    wait = ("-o", "DPkg::Lock::Timeout=300", "-qq")
    for command in (("update",), ("install", "-y", "--no-install-recommends", *PACKAGES)):
        subprocess.run(["apt-get", *wait, *command], env=quiet, check=False, capture_output=True)


def _run(*command: object) -> None:
    subprocess.run(
        ["runuser", "-u", _ACCOUNT, "--", *(str(part) for part in command)],
        check=True,
        # The server keeps what it was started with open: a pipe would never end.
        stdout=subprocess.DEVNULL,
        cwd="/",
    )


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])

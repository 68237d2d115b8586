"""Processes that are killed while they write or migrate, and disks that have no room."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import Engine
from sqlalchemy import event as sqlalchemy_event

from store.observations import save_observations
from store.opening import open_store
from tests.integration.small_record import KEY, PLANNER, moment, seen

PAGE: Final = 4096


@contextmanager
def process(target: Any, *given: Any) -> Iterator[tuple[Any, Connection]]:
    """Give a running process and the end of a pipe it tells things through; it ends with it."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    start, end = context.Pipe(duplex=False)
    child = context.Process(target=target, args=(*given, end))
    child.start()
    end.close()
    try:
        yield child, start
    finally:
        child.kill()
        child.join()
        start.close()


def write_pairs(url: str, life: int, end: Connection) -> None:
    """Record two observations at a time for ever, telling each pair once it is acknowledged."""
    store = open_store(url)
    for n in range(1_000_000):
        key = f"{life}-{n}"
        pair = [seen(1 + n % 4, note=key), seen(1 + (n + 1) % 4, state="other", note=key)]
        save_observations(store, PLANNER, KEY, pair, submission=key, now=moment(n % 50))
        end.send_bytes(key.encode())


def migrate_and_die(url: str, statement: int, end: Connection) -> None:
    """Open a store and be killed just before a statement of the migration; tell if it came."""

    @sqlalchemy_event.listens_for(Engine, "before_cursor_execute")
    def _count(_connection: Any, _cursor: Any, sql: str, *_: Any) -> None:
        if sql.split(maxsplit=1)[0] in {"CREATE", "ALTER", "INSERT", "UPDATE", "DELETE"}:
            _count.left -= 1  # type: ignore[attr-defined]
            if _count.left == 0:  # type: ignore[attr-defined]
                os.kill(os.getpid(), signal.SIGKILL)

    _count.left = statement  # type: ignore[attr-defined]
    end.send_bytes(b"begun")
    open_store(url).close()
    end.send_bytes(b"done")


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """Give a folder that is a disk of its own of so many megabytes."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)],
        check=False,
        capture_output=True,
    )
    if mounted.returncode != 0:
        pytest.skip("NOT TESTED ON A FULL DISK: only root may make a small one (mount -t tmpfs)")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def leave_room(disk: Path, pages: int) -> None:
    """Fill a disk up to so many pages of 4 KiB."""
    ballast = disk / "ballast"
    ballast.unlink(missing_ok=True)
    ballast.touch()
    found = os.statvfs(disk)
    free = found.f_bavail * found.f_bsize // PAGE
    with ballast.open("wb") as filled:
        os.posix_fallocate(filled.fileno(), 0, max(free - pages, 1) * PAGE)


def clear_room(disk: Path) -> None:
    """Take away what fills a disk."""
    (disk / "ballast").unlink()

"""Edits a second by many processes at once: bare SQLite synced in two ways, and the record.

``python -m benchmarks.record``; ``--url postgresql+psycopg://…`` also measures a server (an empty
database: the rows stay there).
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from statistics import median
from time import monotonic
from typing import Any, Final

import pandas as pd

from benchmarks.measure import machine, print_table
from planning.authority import Actor
from planning.vocabulary import Evidence, Role, Service
from store.observations import Observed, save_observations
from store.opening import open_store
from store.registers import Taken, seed_register
from store.verification import verify

BY: Final = Actor("benchmark", Role.PLANNER)
VILLAGES: Final = tuple(f"V-{n}" for n in range(100))
Writing = Callable[[int], Callable[[int], object]]
"""From the number of a process to what writes its n-th edit."""


def bare(file: Path, synchronous: str, worker: int) -> Callable[[int], object]:
    """Write one row a transaction; with ``NORMAL`` sync the log after the lock is free."""
    connection = sqlite3.connect(file, timeout=30, isolation_level=None)
    connection.execute(f"PRAGMA synchronous={synchronous}")

    def write(n: int) -> None:
        note = f"{n} {'x' * 400}"
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO edit (worker, note) VALUES (?, ?)", (worker, note))
        connection.execute("COMMIT")
        if synchronous == "NORMAL":
            log = os.open(f"{file}-wal", os.O_RDONLY)
            os.fsync(log)
            os.close(log)

    return write


def recorded(url: str, worker: int) -> Callable[[int], object]:
    """Record one observation a submission."""
    store = open_store(url)

    def write(n: int) -> object:
        village = VILLAGES[(worker + n) % len(VILLAGES)]
        one = Observed(village, Service.FIXED, "fibre", date(2024, 6, 30), Evidence.SURVEY)
        key = f"{os.getpid()}-{n}"
        now = datetime.now(UTC)
        return save_observations(store, BY, "benchmark", [one], submission=key, now=now)

    return write


def edits_a_second(writing: Writing, writers: int, seconds: float) -> float:
    """Let processes write at once for some seconds."""
    context: Any = multiprocessing.get_context("spawn" if os.name == "nt" else "forkserver")
    if os.name != "nt":
        # One process imports what takes long, the others are its copies.
        context.set_forkserver_preload(["store.observations", "store.registers"])
    together, told = context.Barrier(writers), context.SimpleQueue()
    processes = [
        context.Process(target=_work, args=(writing, worker, seconds, together, told))
        for worker in range(writers)
    ]
    for process in processes:
        process.start()
    done = sum(int(told.get()) for _ in processes)
    for process in processes:
        process.join()
    return done / seconds


def _work(writing: Writing, worker: int, seconds: float, together: Any, told: Any) -> None:
    write = writing(worker)
    together.wait()
    until, n = monotonic() + seconds, 0
    while monotonic() < until:
        write(n)
        n += 1
    told.put(n)


def begin(url: str) -> None:
    """Take a register of a hundred villages into a record."""
    villages = pd.DataFrame({"village_id": VILLAGES, "name": VILLAGES, "lon": 104.0, "lat": 22.0})
    nothing = pd.DataFrame(
        columns=["village_id", "service", "state", "observed_on", "evidence", "source"]
    )
    taken = Taken(
        key="benchmark",
        name="Benchmark",
        data_hash="",
        illustrative=True,
        villages=villages,
        observations=nothing,
    )
    store = open_store(url)
    seed_register(store, BY, taken, datetime.now(UTC))
    store.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--url", default="", help="also a server, by its address")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        plain, own = Path(folder) / "bare.sqlite", f"sqlite:///{folder}/record.sqlite"
        with closing(sqlite3.connect(plain)) as made:
            made.execute("PRAGMA journal_mode=WAL")
            made.execute("CREATE TABLE edit (id INTEGER PRIMARY KEY, worker INTEGER, note TEXT)")
        ways: dict[str, Writing] = {
            "bare SQLite, FULL: synced under the lock": partial(bare, plain, "FULL"),
            "bare SQLite, NORMAL and synced after the lock": partial(bare, plain, "NORMAL"),
            "the record, SQLite": partial(recorded, own),
        }
        begin(own)
        if given.url:
            begin(given.url)
            ways["the record, PostgreSQL"] = partial(recorded, given.url)
        found: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(given.rounds):
            for name, writing in ways.items():
                found[name].append(edits_a_second(writing, given.writers, given.seconds))
        rows = [
            [name, f"{median(rates):,.0f}", f"{min(rates):,.0f} to {max(rates):,.0f}"]
            for name, rates in found.items()
        ]
        length = f"{given.seconds:g} s a round, {given.rounds} rounds"
        print_table(
            f"{given.writers} processes, {length}; {machine()}",
            ["way", "edits/s (median)", "spread"],
            rows,
        )
        store = open_store(own)
        found_wrong = verify(store).breaches
        print(f"\nThe record afterwards: {found_wrong or 'sound'}")
        store.close()


if __name__ == "__main__":
    main()

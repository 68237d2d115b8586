"""Many users at once: sessions that think, search, filter and click, and what they wait.

Run ``python -m benchmarks.load`` (50 sessions, 5 s think time, one minute, every page, edits
among the clicks). It starts the app itself, on this machine only and with a record of its own, and
stops it in every case. Every request really changes something. The bar: no error, 95 of 100 answers
within a second, less than 0.05 seconds of processor time a rerun, every acknowledged edit in the
record.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
from websockets.exceptions import ConnectionClosed

from benchmarks.app_server import AppServer, running_app
from benchmarks.measure import machine, print_table
from benchmarks.streamlit_client import Run, Tab, open_tab
from benchmarks.user_acts import ACTS, do, possible_acts
from store.opening import FILE_NAME

P95_BAR_S: Final = 1.0
CPU_BAR_S: Final = 0.05
FIRST_PAGE: Final = "first page"

EVERY_PAGE: Final = "every"
MOVES: Final = 0.15
"""Share of requests with which users of every page go to another one."""


@dataclass(slots=True)
class Journal:
    """What all sessions together lived through."""

    runs: dict[str, list[Run]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    edits: dict[str, int] = field(default_factory=dict)

    def note(self, act: str, run: Run) -> None:
        """Add one script run."""
        self.runs.setdefault(act, []).append(run)
        if run.said and act.endswith(("recorded", "resolved")):
            self.edits[act] = self.edits.get(act, 0) + 1
        self.faults.extend(f"{act}: {fault}" for fault in run.faults)


def main() -> None:
    """Measure and print; end with status 1 if any session met an error."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--think", type=float, default=5.0, help="seconds between two requests")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--page", choices=[EVERY_PAGE, *ACTS], default=EVERY_PAGE)
    arguments = parser.parse_args()
    clients = min(max(arguments.clients, 1), 500)
    seconds = min(max(arguments.seconds, 1.0), 900.0)
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        with running_app({"GAP_PLANNER_STATE": folder}) as server:
            faults = asyncio.run(
                measure_users(server, arguments.page, clients, max(arguments.think, 0.1), seconds)
            )
        print(f"events in the record: {_recorded(Path(folder))}")
    sys.exit(1 if faults else 0)


async def measure_users(
    server: AppServer, page: str, clients: int, think: float, seconds: float
) -> list[str]:
    """Let one user in, then all of them; print what each phase cost and return the faults."""
    cold = Journal()
    pages = list(ACTS) if page == EVERY_PAGE else [page]
    for one in pages:
        async with open_tab(server.port, one) as tab:
            cold.note(f"{one}: first on the cold server", await tab.load())
    arrived, worked = Journal(), Journal()
    ready = asyncio.Barrier(clients + 1)
    warm_mb, cpu_at_start = server.memory_mb(), server.cpu_seconds()
    async with asyncio.TaskGroup() as group:
        for number in range(clients):
            first = pages[number % len(pages)]
            rng = np.random.default_rng(number)
            user = _User(first, len(pages) > 1, think, rng, arrived, worked)
            group.create_task(user.live(server.port, think * number / clients, ready, seconds))
        await ready.wait()
        cpu_at_work = server.cpu_seconds()
    cpu_at_end, end_mb = server.cpu_seconds(), server.memory_mb()
    reruns = [run for runs in worked.runs.values() for run in runs]
    journals = (cold, arrived, worked)
    print_table(
        f"{clients} users, {page} page, {think:g} s think time, {seconds:g} s",
        ("request", "times", "p50", "p95", "max", "kB received (median)"),
        [_row(act, runs) for journal in journals for act, runs in sorted(journal.runs.items())]
        + [_row("all reruns", reruns)],
    )
    faults = [fault for journal in journals for fault in journal.faults]
    cpu_s = (cpu_at_end - cpu_at_work) / max(len(reruns), 1)
    print_table(
        "The server",
        ("figure", "measured", "bar"),
        [
            ("errors", str(len(faults)), "0"),
            ("edits acknowledged", str(sum(worked.edits.values())), ""),
            ("p95 of all reruns", f"{_quantile(reruns, 0.95):.3f} s", f"< {P95_BAR_S:g} s"),
            ("processor time a rerun", f"{cpu_s:.4f} s", f"< {CPU_BAR_S:g} s"),
            ("processor time a first page", f"{(cpu_at_work - cpu_at_start) / clients:.4f} s", ""),
            ("memory after the first page", f"{warm_mb:.0f} MB", ""),
            ("memory at the end", f"{end_mb:.0f} MB", ""),
            ("busy processes on the machine (1 min)", f"{os.getloadavg()[0]:.1f}", ""),
        ],
    )
    for fault in faults[:10]:
        print(fault)
    return faults


@dataclass(slots=True)
class _User:
    page: str
    is_moving: bool
    think: float
    rng: np.random.Generator
    arrived: Journal
    worked: Journal

    async def live(self, port: int, delay: float, ready: asyncio.Barrier, seconds: float) -> None:
        """Open the page, wait for the others, then think and act until time is up.

        A session that breaks off while it works is an error to count; one that cannot even open
        the page ends the benchmark.
        """
        await asyncio.sleep(delay)
        async with open_tab(port, self.page) as tab:
            self.arrived.note(f"{self.page}: {FIRST_PAGE}", await tab.load())
            await ready.wait()
            end = time.monotonic() + seconds
            while True:
                pause = self.rng.uniform(0.5, 1.5) * self.think
                if time.monotonic() + pause > end:
                    break
                await asyncio.sleep(pause)
                try:
                    await self._act(tab)
                except (TimeoutError, ConnectionClosed) as error:
                    self.worked.faults.append(f"the session broke off: {error!r}")
                    return

    async def _act(self, tab: Tab) -> None:
        possible = possible_acts(self.page, tab)
        if self.is_moving and (not possible or self.rng.random() < MOVES):
            self.page = str(self.rng.choice([one for one in ACTS if one != self.page]))
            self.worked.note(f"{self.page}: moved there", await tab.go(self.page))
            return
        act = str(self.rng.choice(possible))
        self.worked.note(f"{self.page}: {act}", await do(self.page, act, tab, self.rng))


def _recorded(home: Path) -> int:
    """Return how many events the server's record holds, read from its file."""
    file = home / FILE_NAME
    if not file.is_file():
        return 0
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("SELECT count(*) FROM event").fetchone()[0])


def _row(act: str, runs: Sequence[Run]) -> tuple[str, ...]:
    times = (_quantile(runs, 0.5), _quantile(runs, 0.95), _quantile(runs, 1.0))
    received = sorted(run.received for run in runs)
    kilobytes = f"{received[len(received) // 2] / 1000:.1f}" if runs else "–"
    return act, str(len(runs)), *(f"{seconds:.3f} s" for seconds in times), kilobytes


def _quantile(runs: Sequence[Run], share: float) -> float:
    if not runs:
        return float("nan")
    ordered = sorted(run.seconds for run in runs)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


if __name__ == "__main__":
    main()

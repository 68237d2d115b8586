"""Sessions come, click and go, for as long as wanted, and memory is to come to rest.

Run ``python -m benchmarks.soak``: 10,000 sessions in half an hour. Each opens a
page, does a few things there and leaves, as a closed browser tab does. Edits are not among them:
what is recorded is kept on purpose. The bar: resident memory at the end at most a tenth above what
it was after the warm-up, and no error.

Streamlit keeps up to 128 left sessions for two minutes, should their owners come back, so the
warm-up opens more than that.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.app_server import AppServer, running_app
from benchmarks.measure import machine, print_table
from benchmarks.streamlit_client import open_tab
from benchmarks.user_acts import ACTS, do, possible_acts

GROWTH_BAR: Final = 0.10
WARM_UP: Final = 300
_EDITS: Final = ("recorded", "resolved")


@dataclass(frozen=True, slots=True)
class Soaked:
    """What a number of sessions lived through.

    Attributes
    ----------
    runs : int
        Script runs.
    faults : tuple of str
    memory_mb : float
        Resident memory of the server afterwards.
    """

    runs: int
    faults: tuple[str, ...]
    memory_mb: float


async def soak(
    server: AppServer,
    pages: Sequence[str],
    sessions: int,
    *,
    clicks: int,
    seed: int,
    at_once: int = 4,
    seconds: float = 0.0,
) -> Soaked:
    """Open and close sessions, a few at a time, and tell what became of the server.

    Parameters
    ----------
    server : AppServer
    pages : sequence of str
        Opened in turn.
    sessions : int
    clicks : int
        Things each session does on its page.
    seed : int
    at_once : int
        Sessions open at the same moment.
    seconds : float
        Spread evenly over at least this time.
    """
    begun = time.monotonic()
    numbers = iter(range(sessions))
    runs, faults = 0, list[str]()

    async def live(number: int) -> None:
        nonlocal runs
        rng = np.random.default_rng((seed, number))
        page = pages[number % len(pages)]
        async with open_tab(server.port, page) as tab:
            faults.extend((await tab.load()).faults)
            for _ in range(clicks):
                harmless = [act for act in possible_acts(page, tab) if not act.endswith(_EDITS)]
                if harmless:
                    done = await do(page, str(rng.choice(harmless)), tab, rng)
                    faults.extend(done.faults)
                    runs += 1
        runs += 1

    async def come_and_go() -> None:
        for number in numbers:
            wait = begun + seconds * number / sessions - time.monotonic()
            if wait > 0:
                await asyncio.sleep(wait)
            await live(number)

    await asyncio.gather(*(come_and_go() for _ in range(at_once)))
    return Soaked(runs, tuple(faults), server.memory_mb())


def main() -> None:
    """Measure and print; end with status 1 on an error or where memory keeps growing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=1800.0)
    parser.add_argument("--clicks", type=int, default=3)
    arguments = parser.parse_args()
    print(machine())
    settings = {"GAP_PLANNER_STATE": tempfile.mkdtemp()}
    with running_app(settings) as server:
        growth, faults = asyncio.run(
            _measure(server, arguments.sessions, arguments.seconds, arguments.clicks)
        )
    for fault in faults[:10]:
        print(fault)
    sys.exit(1 if faults or growth > GROWTH_BAR else 0)


async def _measure(
    server: AppServer, sessions: int, seconds: float, clicks: int
) -> tuple[float, list[str]]:
    pages = list(ACTS)
    warm = await soak(server, pages, WARM_UP, clicks=clicks, seed=0)
    rows = [(f"after the warm-up, {WARM_UP}", str(warm.runs), f"{warm.memory_mb:.0f} MB", "")]
    faults, growth, parts = list(warm.faults), 0.0, 10
    for part in range(1, parts + 1):
        done = await soak(
            server, pages, sessions // parts, clicks=clicks, seed=part, seconds=seconds / parts
        )
        growth = done.memory_mb / warm.memory_mb - 1
        faults.extend(done.faults)
        said = (f"{part * sessions // parts}", str(done.runs))
        rows.append((*said, f"{done.memory_mb:.0f} MB", f"{growth:+.1%}"))
        print(*rows[-1], f"load {os.getloadavg()[0]:.1f}", flush=True)
    print_table(
        f"{sessions} sessions in {seconds:g} s, {clicks} clicks each, {len(faults)} errors",
        ("sessions", "script runs", "resident memory", f"growth (bar {GROWTH_BAR:.0%})"),
        rows,
    )
    return growth, faults


if __name__ == "__main__":
    main()

"""Many users at once: sessions that think, search, filter and click, and what they wait.

Run ``python -m benchmarks.load`` (50 sessions, 5 s think time, one minute, the map page). It
starts the app itself, on this machine only, and stops it in every case. Every request really
changes a widget. The bar: no error, 95 of 100 answers within a second, less than 0.05 seconds of
processor time a rerun.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

import numpy as np
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed

from benchmarks.app_server import ROOT, AppServer, running_app
from benchmarks.measure import machine, print_table
from benchmarks.streamlit_client import Run, Tab, open_tab

Decision = Callable[[Element, WidgetState, np.random.Generator], None]

P95_BAR_S: Final = 1.0
CPU_BAR_S: Final = 0.05
FIRST_PAGE: Final = "first page"

_QUERIES: Final = ("", "y ty", "bản", "Sa Pa", "thôn 3", "mường khương", "bat xat")
_MAP: Final = "streamlit_folium.st_folium"


@dataclass(slots=True)
class Journal:
    """What all sessions together lived through."""

    runs: dict[str, list[Run]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def note(self, act: str, run: Run) -> None:
        """Add one script run."""
        self.runs.setdefault(act, []).append(run)
        self.faults.extend(f"{act}: {fault}" for fault in run.faults)


def main() -> None:
    """Measure and print; end with status 1 if any session met an error."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--think", type=float, default=5.0, help="seconds between two requests")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--page", choices=sorted(ACTS), default="map")
    arguments = parser.parse_args()
    clients = min(max(arguments.clients, 1), 500)
    seconds = min(max(arguments.seconds, 1.0), 900.0)
    print(machine())
    with running_app() as server:
        faults = asyncio.run(
            measure_users(server, arguments.page, clients, max(arguments.think, 0.1), seconds)
        )
    sys.exit(1 if faults else 0)


async def measure_users(
    server: AppServer, page: str, clients: int, think: float, seconds: float
) -> list[str]:
    """Let one user in, then all of them; print what each phase cost and return the faults."""
    cold = Journal()
    async with open_tab(server.port, page) as tab:
        cold.note("first page of the cold server", await tab.load())
    arrived, worked = Journal(), Journal()
    ready = asyncio.Barrier(clients + 1)
    warm_mb, cpu_at_start = server.memory_mb(), server.cpu_seconds()
    async with asyncio.TaskGroup() as group:
        for number in range(clients):
            user = _User(page, think, np.random.default_rng(number), arrived, worked)
            group.create_task(user.live(server.port, think * number / clients, ready, seconds))
        await ready.wait()
        cpu_at_work = server.cpu_seconds()
    cpu_at_end, end_mb = server.cpu_seconds(), server.memory_mb()
    reruns = [run for runs in worked.runs.values() for run in runs]
    journals = (cold, arrived, worked)
    print_table(
        f"{clients} users of the {page} page, {think:g} s think time, {seconds:g} s",
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


@dataclass(frozen=True, slots=True)
class _User:
    page: str
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
            self.arrived.note(FIRST_PAGE, await tab.load())
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
        acts = ACTS[self.page]
        act = self.rng.choice([name for name, (key, _) in acts.items() if tab.shows(key)])
        key, decide = acts[act]
        run = await tab.change(key, lambda element, state: decide(element, state, self.rng))
        self.worked.note(act, run)


def _pick_button(element: Element, state: WidgetState, rng: np.random.Generator) -> None:
    now = list(state.string_array_value.data)
    others = [o.content for o in element.button_group.options if [o.content] != now]
    state.string_array_value.data[:] = [str(rng.choice(others))]


def _pick_some(element: Element, state: WidgetState, rng: np.random.Generator) -> None:
    options = list(element.multiselect.options)
    count = int(rng.integers(0, min(2, len(options)), endpoint=True))
    state.string_array_value.data[:] = rng.choice(options, count, replace=False).tolist()


def _slide(element: Element, state: WidgetState, rng: np.random.Generator) -> None:
    slider = element.slider
    steps = round((slider.max - slider.min) / slider.step)
    chosen = np.sort(rng.choice(steps + 1, len(slider.default), replace=False))
    state.double_array_value.data[:] = (slider.min + slider.step * chosen).tolist()


def _search(_element: Element, state: WidgetState, rng: np.random.Generator) -> None:
    state.string_value = str(
        rng.choice([query for query in _QUERIES if query != state.string_value])
    )


def _click_village(_element: Element, state: WidgetState, rng: np.random.Generator) -> None:
    said = {
        "last_object_clicked_tooltip": f"({rng.choice(_village_ids())})",
        "last_object_clicked_count": int(rng.integers(1 << 30)),
        "all_drawings": None,
    }
    state.json_value = json.dumps(said)


def _click_row(_element: Element, state: WidgetState, rng: np.random.Generator) -> None:
    chosen = {"selection": {"rows": [int(rng.integers(20))], "columns": [], "cells": []}}
    state.string_value = json.dumps(chosen)


@cache
def _village_ids() -> list[str]:
    register = json.loads((ROOT / "data" / "villages.geojson").read_text(encoding="utf-8"))
    return [village["properties"]["village_id"] for village in register["features"]]


_DAY: Final = {"as-of day": ("as_of_vi", _pick_button)}
_FILTERS: Final = {
    "search": ("q_vi", _search),
    "district filter": ("district_vi", _pick_some),
    "minority filter": ("minority_vi", _slide),
}
ACTS: Final[Mapping[str, Mapping[str, tuple[str, Decision]]]] = {
    "map": {
        **_DAY,
        **_FILTERS,
        "gap filter": ("gap_vi", _pick_some),
        "village on the map": (_MAP, _click_village),
        "village in the list": ("village_list", _click_row),
    },
    "priorities": {
        **_DAY,
        **_FILTERS,
        "gap": ("rank_gap_vi", _pick_button),
        "weight": ("w_distance_vi", _slide),
        "direction": ("direction_vi", _pick_button),
        "village in the list": ("ranked_list", _click_row),
    },
    "targets": {**_DAY},
}
"""By page: what users do, with the key of the widget and how they decide."""


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

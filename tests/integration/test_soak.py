"""The short form of the soak: sessions come and go, and the server's memory comes to rest.

The long one, 10,000 sessions in half an hour, is ``make soak``.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from benchmarks.app_server import AppServer, running_app
from benchmarks.soak import GROWTH_BAR, Soaked, soak

# Streamlit keeps 128 left sessions: memory comes to rest only after more than that.
WARM_UP = 150
SESSIONS = 150
PAGES = ("data", "updates", "map", "import")


def test_the_memory_of_sessions_that_are_gone_is_given_back(tmp_path: Path) -> None:
    async def come_and_go(server: AppServer) -> tuple[Soaked, Soaked]:
        warm = await soak(server, PAGES, WARM_UP, clicks=1, seed=1)
        return warm, await soak(server, PAGES, SESSIONS, clicks=1, seed=2)

    with running_app({"GAP_PLANNER_STATE": str(tmp_path)}) as server:
        warm, after = asyncio.run(come_and_go(server))
    assert (*warm.faults, *after.faults) == ()
    assert after.runs > SESSIONS
    growth = after.memory_mb / warm.memory_mb - 1
    assert growth <= GROWTH_BAR, f"{warm.memory_mb:.0f} MB to {after.memory_mb:.0f} MB"

"""The warm start: what a first visitor needs is there before the visitor."""

import asyncio
import gc
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.province import DATA_VARIABLE
from ui import cache
from ui.warm_up import freeze_garbage, ready

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    yield
    gc.unfreeze()
    cache.opened_province.clear()


def start() -> None:
    async def serve() -> None:
        async with ready(None):
            pass

    asyncio.run(serve())


def test_freezing_takes_living_objects_out_of_collection() -> None:
    assert freeze_garbage() > 1_000
    assert gc.get_freeze_count() > 1_000


def test_a_started_server_has_its_province_and_has_frozen_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cache.opened_province.clear()
    start()
    assert gc.get_freeze_count() > 1_000
    # With nothing left to read, only what was kept can answer.
    monkeypatch.setattr("services.shelf.shipped_province", lambda: pytest.fail("read again"))
    assert len(cache.province().villages) == 1568


def test_a_province_that_cannot_be_read_does_not_stop_the_server(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    cache.opened_province.clear()
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    start()
    assert gc.get_freeze_count() > 1_000


def test_the_map_component_is_left_to_the_first_visitor() -> None:
    # Streamlit serves a component only if its module is imported while a script runs, so an
    # early import would leave a blank instead of the map. A new process has imported nothing yet.
    code = "import sys; from ui.warm_up import warm_up; warm_up(); print(*sys.modules)"
    finished = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = finished.stdout.split()
    assert "ui.cache" in loaded
    assert "streamlit_folium" not in loaded


def test_the_forced_collection_after_every_run_is_off() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["runner"]["postScriptGC"] is False

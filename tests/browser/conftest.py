"""A real server, a real Chromium, and a witness of everything they should not do."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Frame,
    FrameLocator,
    Page,
    Route,
    expect,
    sync_playwright,
)
from playwright.sync_api import TimeoutError as PlaywrightTimeout

ROOT = Path(__file__).resolve().parents[2]
START_LIMIT_S = 60
PATIENCE_MS = 30_000
PROBE_FAILED = "Client error - 404"
LOCAL_HOSTS = {"127.0.0.1", "localhost"}

Serve: TypeAlias = Callable[..., str]


@dataclass
class Visit:
    """A page in a browser that reaches this machine only, and what it tried otherwise.

    Attributes
    ----------
    page : Page
    foreign : list of str
        Addresses on other machines the page asked for; none of them was reached.
    fetched : list of str
        Paths on this machine the page asked for, in order.
    errors : list of str
        Console errors and uncaught exceptions.
    dialogs : list of str
        Messages of dialogs the page opened.
    """

    page: Page
    foreign: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Begin to record and to keep the page from reaching other machines."""
        self.page.context.route("**/*", self._pass)
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda problem: self.errors.append(str(problem)))
        self.page.on("dialog", self._dismiss)

    def _note(self, message: ConsoleMessage) -> None:
        # Opened at a page's own address, Streamlit first asks below that page for its server and
        # takes the "not found" as the answer: that it is one level up.
        probing = "/_stcore/" in message.location["url"] or PROBE_FAILED in message.text
        if message.type == "error" and not probing:
            self.errors.append(message.text)

    def _pass(self, route: Route) -> None:
        address = urlsplit(route.request.url)
        if address.hostname in LOCAL_HOSTS or address.scheme in {"data", "blob"}:
            self.fetched.append(address.path)
            route.continue_()
        else:
            self.foreign.append(route.request.url)
            route.abort()

    def _dismiss(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    @property
    def map(self) -> MapOnPage:
        """The (first) map on the page, once its points are drawn."""
        return MapOnPage(self.page)


class MapOnPage:
    """The map inside its frame, spoken to as a user would, by place and by word."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.element = page.locator("iframe[title*='st_folium']").first
        self.element.wait_for()
        self.ask("() => map.gapPlanner.shownVillages.length")

    @property
    def frame(self) -> FrameLocator:
        """The document of the map, for locators."""
        return self.element.content_frame

    def ask(self, function: str, argument: Any = None) -> Any:
        """Evaluate a JavaScript function in the map's frame once its points are drawn."""
        document = self._document()
        document.wait_for_function(
            "window.map && window.map.gapPlanner && window.map.gapPlanner.shownVillages"
        )
        return document.evaluate(function, argument)

    def _document(self) -> Frame:
        handle = self.element.element_handle()
        frame = handle.content_frame() if handle else None
        assert frame is not None
        return frame

    def drawn_ids(self) -> set[str]:
        """Return the villages and sites that are on the map now."""
        return set(self.ask("() => map.gapPlanner.group.getLayers().map((glyph) => glyph.id)"))

    def expect_drawn(self, ids: set[str]) -> None:
        """Wait until exactly these villages and sites are on the map, else fail and say what is."""
        drawn = "map.gapPlanner.group.getLayers().map((glyph) => glyph.id).sort()"
        with contextlib.suppress(PlaywrightTimeout):
            self._document().wait_for_function(
                f"(ids) => JSON.stringify({drawn}) === ids",
                arg=json.dumps(sorted(ids), separators=(",", ":")),
                timeout=5_000,
            )
        assert self.drawn_ids() == ids

    def wait_for(self, condition: str) -> None:
        """Wait until a JavaScript function in the map's frame says true."""
        self._document().wait_for_function(condition)

    def place_of(self, village_id: str) -> tuple[float, float]:
        """Return where on the page a village is drawn, in pixels."""
        # A run in progress may still move what is on the page.
        self.page.locator("[data-test-script-state='notRunning']").first.wait_for()
        self.element.scroll_into_view_if_needed()
        box = self.element.bounding_box()
        assert box is not None
        x, y = self.ask(
            """(id) => {
                const glyph = map.gapPlanner.group.getLayers().find((one) => one.id === id);
                const at = map.latLngToContainerPoint(glyph.getLatLng());
                return [at.x, at.y];
            }""",
            village_id,
        )
        return box["x"] + x, box["y"] + y

    def click(self, village_id: str) -> None:
        """Click a village with the mouse."""
        self.page.mouse.click(*self.place_of(village_id))

    def tooltip_of(self, village_id: str) -> str:
        """Return what the tooltip says while the mouse is over a village."""
        self.page.mouse.move(*self.place_of(village_id))
        tooltip = self.frame.locator(".gp-tooltip").filter(has_text=f"({village_id})")
        tooltip.wait_for()
        return tooltip.inner_text()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests: the system's, else the one Playwright installed."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    system = next(filter(None, map(shutil.which, names)), None)
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=system, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Return a function that serves a script (once per session) and returns its address."""
    running: dict[tuple[Any, ...], tuple[subprocess.Popen[bytes], str]] = {}

    def start(script: Path, environment: Mapping[str, str] | None = None) -> str:
        given = dict(environment or {})
        key = (script, *sorted(given.items()))
        if key not in running:
            port = _free_port()
            command = [sys.executable, "-m", "streamlit", "run", str(script)]
            server = subprocess.Popen(
                [*command, f"--server.port={port}", "--server.headless=true"],
                cwd=ROOT,
                env={**os.environ, "GAP_PLANNER_TILES": "none", **given},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            address = f"http://127.0.0.1:{port}"
            running[key] = (server, address)
            _wait_until_healthy(server, address)
        return running[key][1]

    yield start
    for server, _ in running.values():
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Return a function that opens an address in a fresh browser session.

    After the test every visit must have stayed on this machine, opened no dialog and logged no
    error.
    """
    visits: list[Visit] = []

    def go(address: str, **context: Any) -> Visit:
        context.setdefault("viewport", {"width": 1280, "height": 1000})
        page = browser.new_context(**context).new_page()
        page.set_default_timeout(PATIENCE_MS)
        one = Visit(page)
        one.watch()
        visits.append(one)
        page.goto(address)
        return one

    yield go
    for one in visits:
        one.page.context.close()
        assert one.foreign == []
        assert one.dialogs == []
        assert one.errors == []


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_healthy(server: subprocess.Popen[bytes], address: str) -> None:
    limit = time.monotonic() + START_LIMIT_S
    while server.poll() is None and time.monotonic() < limit:
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=2)
        try:
            connection.request("GET", "/_stcore/health")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise RuntimeError(f"no server at {address}; exit code {server.poll()}")

"""The pictures of the guides: the app is started, driven with a real browser and photographed.

Every view is reached by its address and a few clicks, at a fixed window size, with the offline
background, so that the same code gives the same pictures.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

import numpy as np
from PIL import Image, ImageChops, ImageColor
from playwright.sync_api import Page, sync_playwright
from scipy.spatial import cKDTree

from docs.example_list import write_example
from geo.symbology import SYMBOLS
from i18n import translator

ROOT: Final = Path(__file__).resolve().parents[1]
_BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "chrome")
_FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--font-render-hinting=none",
)
_START_S: Final = 60
_WAIT_MS: Final = 60_000
_SETTLE_MS: Final = 1_500
_UNSEEN: Final = 8
"""Levels of 255 by which a colour may differ between two runs."""

VILLAGE: Final = "LC-02701-002"
"""A village of the illustrative province that lacks signal, for the picture of the card."""

Step = Callable[[Page], None]


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture.

    Attributes
    ----------
    name : str
        File name without its suffix.
    address : str
        Path and query of the view.
    height : int
        Of the window, pixels.
    width : int
    has_map : bool
        Whether to wait for a map.
    steps : tuple of callable
        What to do on the page before the picture is taken.
    """

    name: str
    address: str
    height: int = 900
    width: int = 1280
    has_map: bool = False
    steps: tuple[Step, ...] = ()


def take_pictures(folder: Path, only: str = "") -> list[Path]:
    """Start the app, take every picture, stop the app.

    Parameters
    ----------
    folder : Path
        Where the pictures go.
    only : str
        Take only pictures whose name contains this.

    Returns
    -------
    list of Path

    Raises
    ------
    RuntimeError
        If the app does not start.
    """
    folder.mkdir(parents=True, exist_ok=True)
    taken = []
    with running_app() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_browser(), args=list(_FLAGS))
        for picture in pictures():
            if only not in picture.name:
                continue
            page = browser.new_page(
                viewport={"width": picture.width, "height": picture.height},
                locale="vi-VN",
                color_scheme="light",
                reduced_motion="reduce",
            )
            page.goto(address + picture.address)
            for step in picture.steps:
                _settle(page)
                step(page)
            _settle(page, has_map=picture.has_map)
            path = folder / f"{picture.name}.png"
            shot = page.screenshot(animations="disabled", caret="hide")
            fresh = _with_few_colours(shot)
            if not _looks_like(fresh, path):
                fresh.save(path, optimize=True)
            page.close()
            taken.append(path)
        browser.close()
    return taken


def pictures() -> tuple[Picture, ...]:
    """Return every picture of the documentation."""
    card = f"?village={VILLAGE}"
    return (
        Picture("map-vi", "", height=1000, has_map=True),
        Picture("map-en", "?lang=en", height=1000, has_map=True),
        Picture("map-14-march-vi", "?as_of=2024-03-14", height=1000, has_map=True),
        Picture("card-vi", card, height=1080, has_map=True),
        Picture("search-vi", "?q=y+ty&gap=fibre", height=1080, has_map=True),
        Picture("phone-vi", card, width=390, height=1400, has_map=True),
        Picture("priorities-vi", "priorities", height=1160),
        Picture("priorities-en", "priorities?lang=en", height=1160),
        Picture("priorities-map-vi", "priorities", height=1240, has_map=True, steps=(_tab(1),)),
        Picture("what-changes-vi", "priorities", height=1240, steps=(_tab(2),)),
        Picture("compare-vi", "priorities", height=1160, steps=(_tab(3),)),
        Picture("downloads-vi", "priorities", height=700, steps=(_show_downloads,)),
        Picture("plan-vi", "plan?planned=1", height=1310, has_map=True, steps=(_wait_for_plan,)),
        Picture(
            "plan-en", "plan?lang=en&planned=1", height=1310, has_map=True, steps=(_wait_for_plan,)
        ),
        Picture("targets-vi", "targets?as_of=2024-09-30", height=1500),
        Picture("updates-vi", f"updates?village={VILLAGE}&gap=fibre", height=1160),
        Picture("data-vi", "data", height=1080),
        Picture("import-vi", "import", height=1330, steps=(_drop_list,)),
        Picture(
            "import-faults-vi",
            "import",
            height=1180,
            has_map=True,
            steps=(_drop_list, _choose_zone, _show_faults),
        ),
    )


@contextmanager
def running_app() -> Iterator[str]:
    """Run the app on a free port, without online tiles; yield its address with a slash at the end.

    Raises
    ------
    RuntimeError
        If it does not answer within a minute.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}/"
    command = [sys.executable, "-m", "streamlit", "run", "ui/server.py", f"--server.port={port}"]
    unset = {name: value for name, value in os.environ.items() if name != "GAP_PLANNER_DATA"}
    with tempfile.TemporaryDirectory() as state:
        server = subprocess.Popen(  # noqa: S603 - our own arguments, and no shell
            command,
            cwd=ROOT,
            env={**unset, "GAP_PLANNER_TILES": "none", "GAP_PLANNER_STATE": state},
            stdout=subprocess.DEVNULL,
        )
        try:
            _wait_for(address, server)
            yield address
        finally:
            server.terminate()
            server.wait()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urlopen(f"{address}_stcore/health", timeout=5):  # noqa: S310 - our own server
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError("the app did not start")


def _with_few_colours(shot: bytes) -> Image.Image:
    """Return a picture in 256 colours, the map's own and the commonest: the file is a third.

    What changes is the smoothing at the edges of letters. Pillow's own methods would also turn
    the colour of small signs, which means something here.
    """
    with Image.open(io.BytesIO(shot)) as picture:
        pixels = np.asarray(picture.convert("RGB"))
    colours, of_pixel, count = np.unique(
        pixels.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True
    )
    signs = {hue for symbol in SYMBOLS.values() for hue in (symbol.fill, symbol.stroke) if hue}
    own = np.array([ImageColor.getrgb(hue) for hue in sorted(signs)], dtype=np.uint8)
    commonest = colours[np.argsort(-count, kind="stable")]
    palette = np.concatenate([own, commonest])[:256]
    nearest = np.asarray(cKDTree(palette).query(colours)[1], dtype=np.uint8)
    reduced = Image.fromarray(nearest[of_pixel].reshape(pixels.shape[:2]), mode="P")
    reduced.putpalette(palette.tobytes())
    return reduced


def _looks_like(picture: Image.Image, path: Path) -> bool:
    """Tell whether the file shows the same already, but for what no eye can see.

    The browser smooths an edge now and then a shade differently; without this every run would
    change files.
    """
    if not path.is_file():
        return False
    with Image.open(path) as old:
        if old.size != picture.size:
            return False
        difference = ImageChops.difference(old.convert("RGB"), picture.convert("RGB"))
    return int(np.asarray(difference).max()) <= _UNSEEN


def _browser() -> str | None:
    """Return the system's Chromium, ``None`` for the one Playwright installed."""
    return next(filter(None, map(shutil.which, _BROWSERS)), None)


def _settle(page: Page, *, has_map: bool = False) -> None:
    """Wait until the script has run, fonts are there and nothing moves any more."""
    page.wait_for_selector("[data-testid=stHtml] h1", timeout=_WAIT_MS)
    page.wait_for_selector(
        '[data-testid=stApp][data-test-script-state="notRunning"]', timeout=_WAIT_MS
    )
    if has_map:
        frame = page.frame_locator("iframe:visible").first
        frame.locator(".gp-legend").wait_for(timeout=_WAIT_MS, state="attached")
        frame.locator("canvas").first.wait_for(timeout=_WAIT_MS, state="attached")
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(_SETTLE_MS)


def _tab(position: int) -> Step:
    def step(page: Page) -> None:
        page.get_by_role("tab").nth(position).click()

    return step


def _wait_for_plan(page: Page) -> None:
    page.get_by_test_id("plan-figures").wait_for(timeout=_WAIT_MS)


def _show_downloads(page: Page) -> None:
    words = translator("vi")
    page.get_by_text(words("ranked-note")).scroll_into_view_if_needed()
    page.mouse.move(640, 350)
    page.mouse.wheel(0, 4000)


def _drop_list(page: Page) -> None:
    with tempfile.TemporaryDirectory() as folder:
        page.locator("input[type=file]").first.set_input_files(write_example(Path(folder)))
        # The browser reads the file only when it sends it.
        page.get_by_role("heading", name=translator("vi")("import-step-accept")).wait_for()


def _choose_zone(page: Page) -> None:
    label = translator("vi")("import-crs-candidates")
    page.get_by_role("combobox", name=re.compile(re.escape(label))).click()
    page.keyboard.type("104-45")
    page.get_by_role("option", name=re.compile("104-45")).first.click()


def _show_faults(page: Page) -> None:
    heading = page.get_by_role("heading", name=translator("vi")("import-step-faults"))
    heading.evaluate("element => element.scrollIntoView({block: 'start'})")

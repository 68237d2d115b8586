"""Entry of the child process: lock the room, recognise the file, read it, leave the table.

Run by :mod:`geo.intake.sandbox` as ``python -m geo.intake.child`` inside the private directory,
with the request as JSON on standard input; progress goes to standard output, a line each.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from geo.intake.confinement import guard, limit_resources
from geo.intake.formats import recognise
from geo.intake.limits import Limits
from geo.intake.table import RawTable, ReadOptions
from planning.errors import DataError

SOURCE: Final = "source"
"""What every file is called inside, whatever the person calls it."""

READERS: Final[Mapping[str, tuple[str, str]]] = {
    "csv": ("geo.intake.delimited", "read_delimited"),
    "xlsx": ("geo.intake.xlsx", "read_xlsx"),
    "xls": ("geo.intake.xls", "read_xls"),
    "ods": ("geo.intake.ods", "read_ods"),
    "geojson": ("geo.intake.geojson", "read_geojson"),
    "gpkg": ("geo.intake.geopackage", "read_geopackage"),
    "shp": ("geo.intake.shapefile_archive", "read_shapefile"),
    "tab": ("geo.intake.mapinfo", "read_mapinfo"),
    "kml": ("geo.intake.kml", "read_kml"),
    "kmz": ("geo.intake.kml", "read_kmz"),
    "parquet": ("geo.intake.geoparquet", "read_geoparquet"),
}
"""Where each format is read; imported only when a file asks for it."""

Report = Callable[[str, float], None]


def read_source(path: Path, suffix: str, options: ReadOptions, report: Report) -> RawTable:
    """Recognise and read a file that lies in the private directory.

    Parameters
    ----------
    path : Path
        The file; it is given the suffix of its format.
    suffix : str
        Suffix of the name the person knows it by, with its point.
    options : ReadOptions
    report : callable of (str, float)
        Told the stage and the share of the whole work done.

    Raises
    ------
    DataError
        If it is no file the product reads, or not a sound one.
    """
    report("open", 0.05)
    kind = recognise(path, suffix)
    report("read", 0.1)
    module, function = READERS[kind]
    read: Callable[[Path, ReadOptions], RawTable] = getattr(import_module(module), function)
    return read(path.rename(path.with_suffix(f".{kind}")), options)


def main() -> None:
    """Read the file the request on standard input speaks of."""
    request: dict[str, Any] = json.loads(sys.stdin.readline())
    room = Path.cwd()
    limit_resources(Limits(**request["limits"]))
    guard(room)
    # Millions of cells and no cycles among them: looking for some costs more than reading.
    gc.disable()
    from geo.intake.packet import send_refusal, send_table  # noqa: PLC0415  (after the locks)

    try:
        options = ReadOptions(**request["options"])
        table = read_source(room / SOURCE, request["suffix"], options, _report)
        _report("send", 0.85)
        send_table(table, room)
    except DataError as error:
        send_refusal(error, room)


def _report(stage: str, share: float) -> None:
    sys.stdout.write(json.dumps([stage, share]) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
    # All is written: taking millions of cells apart again would cost a tenth of a second.
    os._exit(0)

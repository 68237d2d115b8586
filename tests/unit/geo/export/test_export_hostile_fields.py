"""A column that somebody else named cannot upset a driver: tried in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from geo.export import SUFFIXES, Column, ColumnKind, ExportTable, write_table

MakeTable = Callable[..., ExportTable]

STYLE: Final = "SYMBOL(c:#FF0000FF)"
KEYS: Final = ("carried", "id", "type", "style", "shape", "rowid", "ogc_fid", "select", "date")
"""Names that mean something to SQLite, Shapefiles or GeoJSON, and that a list may have."""

READ_WITH_GDAL: Final = """
import json, sys, pyogrio
found = {}
for path in sys.argv[1:]:
    for name in pyogrio.list_layers(path)[:, 0]:
        if name not in ("notes", "layer_styles"):
            _, table = pyogrio.read_arrow(path, layer=name)
            values = {key: [str(v) for v in table[key].to_pylist()] for key in table.column_names}
            found.setdefault(path, []).append(values)
print(json.dumps(found))
"""


def hostile_table(table: ExportTable, make_table: MakeTable) -> ExportTable:
    columns = tuple(Column(key, "OGR_STYLE", ColumnKind.TEXT) for key in KEYS)
    frame = table.frame.assign(**dict.fromkeys(KEYS, STYLE))
    return make_table(frame=frame, columns=(*table.columns, *columns))


def read_apart(paths: list[Path]) -> dict[str, list[dict[str, list[str]]]]:
    finished = subprocess.run(
        [sys.executable, "-c", READ_WITH_GDAL, *map(str, paths)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    found: dict[str, Any] = json.loads(finished.stdout)
    return found


@pytest.mark.parametrize(
    "key",
    ["OGR_STYLE", "ogr_style", "Ogr_Style", "geom", "geometry", "fid", "visibility", "snippet"],
)
def test_a_reserved_name_never_reaches_a_driver(
    key: str, table: ExportTable, make_table: MakeTable
) -> None:
    frame = table.frame.assign(**({} if key == "geometry" else {key: STYLE}))
    with pytest.raises(ValueError, match="cannot name a field"):
        make_table(
            frame=frame,
            columns=(*table.columns, Column(key, key, ColumnKind.TEXT)),
        )


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_format_can_be_written_with_such_columns(
    suffix: str, table: ExportTable, make_table: MakeTable, tmp_path: Path
) -> None:
    path = tmp_path / f"list{suffix}"
    write_table(hostile_table(table, make_table), path)
    data = path.read_bytes()
    if suffix in {".xlsx", ".kmz", ".zip"}:
        with zipfile.ZipFile(path) as archive:
            data = b"".join(archive.read(name) for name in archive.namelist())
    assert STYLE.encode() in data


def test_gdal_reads_such_columns_as_plain_texts(
    table: ExportTable, make_table: MakeTable, tmp_path: Path
) -> None:
    paths = [tmp_path / name for name in ("list.geojson", "list.gpkg", "list.shp.zip", "list.kmz")]
    for path in paths:
        write_table(hostile_table(table, make_table), path)
    # GDAL opens the document of a KMZ, not the archive, unless it has the driver for it.
    with zipfile.ZipFile(paths[-1]) as archive:
        paths[-1] = Path(archive.extract("doc.kml", tmp_path))
    found = read_apart(paths)
    assert list(found) == [str(path) for path in paths]
    for file, layers in found.items():
        assert sum(len(layer["carried"]) for layer in layers) == 4, file
        for layer in layers:
            assert set(layer["carried"]) == {STYLE}, path

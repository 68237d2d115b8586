"""Map files are hostile until read: every reader answers with a table or one sentence."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pytest

from geo.intake.geojson import read_geojson
from geo.intake.geopackage import read_geopackage
from geo.intake.geoparquet import read_geoparquet
from geo.intake.kml import read_kml, read_kmz
from geo.intake.mapinfo import read_mapinfo
from geo.intake.shapefile_archive import read_shapefile
from geo.intake.table import RawTable, ReadOptions
from planning.errors import DataError
from tests.unit.geo.intake.hostile_files import READ, Canary, HostileFile
from tests.unit.geo.intake.hostile_maps import hostile_maps

CANARY = "canary-51c0de"
MOST_SECONDS = 10.0
READERS: Final[Mapping[str, Callable[[Path, ReadOptions], RawTable]]] = {
    ".geojson": read_geojson,
    ".gpkg": read_geopackage,
    ".kml": read_kml,
    ".kmz": read_kmz,
    ".parquet": read_geoparquet,
}
NAMES = [file.name for file in hostile_maps(Canary(Path("/nowhere"), 9))]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> dict[str, HostileFile]:
    secret = tmp_path_factory.mktemp("outside") / "secret.gsb"
    secret.write_text(CANARY)
    return {file.name: file for file in hostile_maps(Canary(secret, 9))}


def test_the_corpus_has_its_size_and_no_name_twice() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert len(NAMES) >= 120


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_map_ends_in_a_table_or_one_sentence(
    name: str, corpus: dict[str, HostileFile], tmp_path: Path
) -> None:
    file = corpus[name]
    path = tmp_path / name
    path.write_bytes(file.content)
    start = time.monotonic()
    outcome, said = outcome_of(path)
    assert outcome in file.expected, said
    assert CANARY not in said
    assert time.monotonic() - start < MOST_SECONDS


def outcome_of(path: Path) -> tuple[str, str]:
    is_tab = path.name.startswith(("tab-", "dat-", "map-"))
    read = READERS.get(path.suffix, read_mapinfo if is_tab else read_shapefile)
    try:
        table = read(path, ReadOptions())
    except DataError as error:
        return error.key, str(error.values)
    assert all(len(column) == len(table) > 0 for column in table.columns)
    assert table.geometry is None or len(table.geometry) == len(table)
    assert "secret.gsb" not in str(table.crs_wkt)
    cells = [column.texts.tolist() for column in table.columns]
    return READ, str((cells, table.names, table.faults, table.metadata))

from __future__ import annotations

from pathlib import Path

import pytest

from geo.export import SUFFIXES, ExportTable, to_bytes, write_table
from planning.errors import PlannerError


def test_there_are_seven_formats() -> None:
    assert SUFFIXES == (".csv", ".xlsx", ".geojson", ".gpkg", ".kmz", ".parquet", ".zip")


def test_an_unknown_suffix_names_the_known_ones(table: ExportTable, tmp_path: Path) -> None:
    with pytest.raises(PlannerError) as caught:
        write_table(table, tmp_path / "list.doc")
    assert caught.value.key == "error-export-format"
    assert caught.value.values == {
        "suffix": ".doc",
        "expected": ".csv, .xlsx, .geojson, .gpkg, .kmz, .parquet, .zip",
    }
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_is_written_whole_and_nothing_is_left_beside_it(
    suffix: str, table: ExportTable, tmp_path: Path
) -> None:
    path = tmp_path / f"list{suffix.upper()}"
    path.write_bytes(b"older")
    write_table(table, path)
    assert path.stat().st_size > 500
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_leaves_the_older_file_and_no_litter(
    table: ExportTable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"older")

    def full_disk(_source: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full_disk)
    with pytest.raises(PlannerError, match="error-export-write"):
        write_table(table, path)
    assert path.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_a_sentence_and_not_a_traceback(
    table: ExportTable, tmp_path: Path
) -> None:
    with pytest.raises(PlannerError, match="error-export-write"):
        write_table(table, tmp_path / "nowhere" / "list.csv")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_list_without_rows_is_still_a_file(suffix: str, empty_table: ExportTable) -> None:
    assert to_bytes(empty_table, suffix)


@pytest.mark.parametrize("suffix", [".csv", ".geojson", ".kmz", ".parquet", ".zip"])
def test_the_same_list_gives_the_same_bytes(suffix: str, table: ExportTable) -> None:
    assert to_bytes(table, suffix) == to_bytes(table, suffix)

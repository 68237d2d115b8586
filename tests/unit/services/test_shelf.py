"""Accepted registers stand beside each other, and none is ever changed."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from planning.errors import DataError, StoreError
from services.shelf import SHIPPED, Shelf, ShelfEntry

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def villages(name: str) -> bytes:
    feature = {
        "type": "Feature",
        "properties": {
            "village_id": "V-1",
            "name": name,
            "mobile_state": "no_signal",
            "mobile_observed_on": "2026-01-31",
            "fixed_state": "none",
        },
        "geometry": {"type": "Point", "coordinates": [104.0, 22.4]},
    }
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def put(shelf: Shelf, name: str, moment: datetime = NOON) -> ShelfEntry:
    entry = ShelfEntry(shelf.free_key(name, moment), name, f"{name}.xlsx", moment, 1)
    shelf.put(entry, {"villages.geojson": villages(name)})
    return entry


def test_the_shipped_province_is_in_use_until_another_is_chosen(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    assert shelf.in_use() == SHIPPED
    assert len(shelf.open().villages) == 1568
    assert shelf.open().illustrative
    entry = put(shelf, "Thôn Một")
    assert shelf.in_use() == SHIPPED
    shelf.use(entry.key)
    opened = shelf.open()
    assert (opened.name, opened.illustrative) == ("Thôn Một", False)
    assert opened.villages["name"].tolist() == ["Thôn Một"]
    shelf.use(SHIPPED)
    assert len(shelf.open().villages) == 1568


def test_keys_are_plain_and_never_taken_twice(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    keys = [put(shelf, name).key for name in ("Lào Cai – Quý 1", "lao cai quy 1", "ກຂຄ", "../..")]
    assert keys[:2] == ["lao-cai-quy-1-20261124", "lao-cai-quy-1-20261124-2"]
    assert len(set(keys)) == 4
    assert all(set(key) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") for key in keys)
    assert {folder.parent for folder in (tmp_path / "registers").iterdir()} == {
        tmp_path / "registers"
    }


def test_the_newest_stands_first_and_a_taken_place_is_refused(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    first = put(shelf, "A")
    put(shelf, "B", NOON.replace(hour=13))
    assert [entry.name for entry in shelf.entries()] == ["B", "A"]
    with pytest.raises(StoreError):
        shelf.put(first, {})
    assert shelf.entry(first.key) == first


@pytest.mark.parametrize("key", ["nosuch", "../shipped", "", "a/b", "x" * 90])
def test_an_unknown_key_is_refused_and_names_what_there_is(tmp_path: Path, key: str) -> None:
    shelf = Shelf(tmp_path)
    for act in (shelf.use, shelf.open, shelf.entry, shelf.files):
        with pytest.raises(StoreError) as refused:
            act(key)
        assert refused.value.values["expected"] == SHIPPED


def test_a_register_that_is_torn_is_said_to_be_and_never_passed_over(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    entry = put(shelf, "A")
    shelf.use(entry.key)
    (tmp_path / "registers" / entry.key / "register.toml").write_text("torn = ")
    assert shelf.in_use() == entry.key
    assert shelf.entries() == ()
    with pytest.raises(StoreError) as refused:
        shelf.open()
    assert refused.value.values["register"] == entry.key


def test_nothing_half_written_stays_behind(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    entry = ShelfEntry("a-1", "A", "a.csv", NOON, 1)
    with pytest.raises(TypeError):
        shelf.put(entry, {"villages.geojson": "no bytes"})  # type: ignore[dict-item]
    assert list((tmp_path / "registers").iterdir()) == []


def test_the_files_of_the_shipped_province_can_be_copied(tmp_path: Path) -> None:
    files = Shelf(tmp_path).files(SHIPPED)
    assert {"villages.geojson", "observations.csv", "targets.toml"} <= set(files)


def test_unreadable_villages_are_refused_in_a_sentence(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    entry = ShelfEntry("a-1", "A", "a.csv", NOON, 1)
    shelf.put(entry, {"villages.geojson": b"{}"})
    shelf.use("a-1")
    with pytest.raises(DataError):
        shelf.open()

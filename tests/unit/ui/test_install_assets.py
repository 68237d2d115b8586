"""The browser's libraries are copied completely or not at all."""

import json
from pathlib import Path

import pytest

from ui import install_assets
from ui.install_assets import (
    PACKAGES,
    ROOT,
    AssetError,
    copy_files,
    expected_stamp,
    install,
    installed_stamp,
)
from ui.map.base import MapAssets

LOCK = '{\n  "lockfileVersion": 3\n}\n'


@pytest.fixture
def node_modules(tmp_path: Path) -> Path:
    for package, files in PACKAGES.values():
        for file in files:
            path = tmp_path / "node_modules" / package / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(file, encoding="utf-8")
    return tmp_path / "node_modules"


def test_every_file_is_copied_below_its_folder_without_dist(
    node_modules: Path, tmp_path: Path
) -> None:
    copy_files(node_modules, tmp_path / "vendor")
    assert (tmp_path / "vendor/leaflet/leaflet.js").read_text(encoding="utf-8") == "dist/leaflet.js"
    copied = [path for path in (tmp_path / "vendor").rglob("*") if path.is_file()]
    assert len(copied) == sum(len(files) for _, files in PACKAGES.values())


def test_a_package_without_its_file_is_named(node_modules: Path, tmp_path: Path) -> None:
    (node_modules / "leaflet/dist/leaflet.css").unlink()
    with pytest.raises(AssetError, match=r"leaflet has no file dist/leaflet\.css"):
        copy_files(node_modules, tmp_path / "vendor")


def test_the_stamp_changes_with_the_lock_file_but_not_with_line_ends(tmp_path: Path) -> None:
    lock = tmp_path / "package-lock.json"
    lock.write_bytes(LOCK.encode())
    stamp = expected_stamp(tmp_path)
    lock.write_bytes(LOCK.replace("\n", "\r\n").encode())
    assert expected_stamp(tmp_path) == stamp
    lock.write_bytes(LOCK.replace("3", "4").encode())
    assert expected_stamp(tmp_path) != stamp


def test_nothing_is_done_when_the_stamp_is_right(tmp_path: Path) -> None:
    (tmp_path / "package-lock.json").write_text(LOCK, encoding="utf-8")
    (tmp_path / "static/vendor").mkdir(parents=True)
    assert installed_stamp(tmp_path) is None
    (tmp_path / "static/vendor/.installed").write_text(expected_stamp(tmp_path) + "\n")
    assert install(tmp_path) is False


def test_a_failed_install_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "package-lock.json").write_text(LOCK, encoding="utf-8")
    old = tmp_path / "static/vendor/leaflet/leaflet.js"
    old.parent.mkdir(parents=True)
    old.write_text("old", encoding="utf-8")
    monkeypatch.setattr(install_assets, "npm_command", lambda root: ["npm-that-is-not-there"])
    with pytest.raises(OSError, match="npm-that-is-not-there"):
        install(tmp_path)
    assert old.read_text(encoding="utf-8") == "old"
    assert [entry.name for entry in (tmp_path / "static").iterdir()] == ["vendor"]


def test_all_that_the_map_loads_is_installed() -> None:
    offered = {
        f"/s/vendor/{folder}/{file.removeprefix('dist/')}?v=1"
        for folder, (_, files) in PACKAGES.items()
        for file in files
    }
    assets = MapAssets(base="/s", version="1", script="a.js", style="a.css")
    loaded = [url for url in assets.scripts() + assets.styles() if "/vendor/" in url]
    assert set(loaded) <= offered
    assert len(loaded) == 10


def test_the_lock_file_pins_every_package_by_hash_and_names_no_host() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    locked = {name: entry for name, entry in lock["packages"].items() if name}
    # What only the tests need is marked so, and left out by `npm ci --omit=dev`.
    used = {name for name, entry in locked.items() if not entry.get("dev")}
    assert {f"node_modules/{package}" for package, _ in PACKAGES.values()} == used
    for entry in locked.values():
        assert entry["integrity"].startswith("sha512-")
        assert "resolved" not in entry

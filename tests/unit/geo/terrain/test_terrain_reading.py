"""Elevation files: sound ones keep their heights, hostile ones end in one sentence."""

from __future__ import annotations

import struct
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from geo.intake.limits import Limits
from geo.terrain.reading import locked_environment, read_dem
from i18n import LANGUAGES, translator
from i18n.refusals import say_fault, say_refusal, say_remedy
from planning.errors import DataError
from tests.unit.geo.terrain.dem_building import CELL_DEGREES, NORTH, WEST, mountains, write_tiff

SECRET = "canary-77aa"
HEIGHTS = mountains(60, 80)


def keys_of(path: Path) -> list[str]:
    return [fault.key for fault in read_dem(path).faults]


def refused(path: Path, **options: object) -> DataError:
    with pytest.raises(DataError) as caught:
        read_dem(path, **options)  # type: ignore[arg-type]
    for language in LANGUAGES:
        said = say_refusal(caught.value, translator(language))
        assert path.name in said
        assert SECRET not in said
    return caught.value


def test_heights_and_place_arrive_as_they_were_written(tmp_path: Path) -> None:
    dem = read_dem(write_tiff(tmp_path / "a.tif", HEIGHTS))
    assert np.array_equal(dem.heights, HEIGHTS)
    assert dem.affine == pytest.approx((CELL_DEGREES, 0, WEST, 0, -CELL_DEGREES, NORTH))
    assert dem.crs == "EPSG:4326"
    assert dem.faults == ()


@pytest.mark.parametrize(
    "profile",
    [
        {"compress": "deflate", "predictor": 3},
        {"compress": "lzw", "tiled": True, "blockxsize": 16, "blockysize": 16},
        {"blockysize": 7},
        {"bigtiff": "yes", "compress": "zstd"},
        {"nodata": float("nan")},
    ],
)
def test_however_it_is_packed(profile: dict[str, Any], tmp_path: Path) -> None:
    dem = read_dem(write_tiff(tmp_path / "a.tif", HEIGHTS, **profile))
    assert np.array_equal(dem.heights, HEIGHTS)


def test_nodata_scale_and_offset_are_heeded(tmp_path: Path) -> None:
    raw = np.array([[0, 100], [-9999, 3000]], dtype=np.int16)
    dem = read_dem(write_tiff(tmp_path / "a.tif", raw, nodata=-9999, scale=0.5, offset=10.0))
    assert dem.heights[0].tolist() == [10.0, 60.0]
    assert np.isnan(dem.heights[1, 0])
    assert dem.heights[1, 1] == 1510.0


def test_voids_that_nobody_declared_are_not_pits(tmp_path: Path) -> None:
    raw = np.array([[-32768, 120], [12000, 300]], dtype=np.int16)
    dem = read_dem(write_tiff(tmp_path / "a.tif", raw))
    assert np.isnan(dem.heights).tolist() == [[True, False], [True, False]]
    assert [(fault.key, fault.values["count"]) for fault in dem.faults] == [
        ("fault-terrain-absurd", 2)
    ]


@pytest.mark.parametrize(
    ("unit", "key"),
    [
        (None, "fault-terrain-unit-unstated"),
        ("ft", "fault-terrain-unit-feet"),
        ("furlong", "fault-terrain-unit-unknown"),
    ],
)
def test_a_doubtful_unit_is_told(unit: str | None, key: str, tmp_path: Path) -> None:
    dem = read_dem(write_tiff(tmp_path / "a.tif", HEIGHTS, unit=unit))
    assert [fault.key for fault in dem.faults] == [key]
    factor = 0.3048 if unit == "ft" else 1.0
    assert dem.heights == pytest.approx(HEIGHTS * factor, rel=1e-6)
    for language in LANGUAGES:
        words = translator(language)
        assert say_fault(dem.faults[0], words)
        assert say_remedy(dem.faults[0], words)


def test_vietnamese_zones_and_systems_with_heights_keep_their_place(tmp_path: Path) -> None:
    affine = (30.0, 0.0, 419_000.0, 0.0, -30.0, 2_488_000.0)
    for crs in ("EPSG:9208", "EPSG:32648"):
        dem = read_dem(write_tiff(tmp_path / "a.tif", HEIGHTS, crs=crs, affine=affine))
        lon, lat = dem.positions(np.array([0.0]), np.array([0.0]))
        assert dem.sample(np.column_stack((lon, lat)))[0] == pytest.approx(HEIGHTS[0, 0], abs=0.05)
    assert (
        "VN-2000"
        in read_dem(write_tiff(tmp_path / "b.tif", HEIGHTS, crs="EPSG:9208", affine=affine)).crs
    )


def test_only_the_part_wanted_is_read_and_it_keeps_its_place(tmp_path: Path) -> None:
    path = write_tiff(tmp_path / "a.tif", HEIGHTS, blockysize=8)
    whole = read_dem(path)
    west, north = WEST + 20.5 * CELL_DEGREES, NORTH - 10.5 * CELL_DEGREES
    bounds = (west, north - 5 * CELL_DEGREES, west + 9 * CELL_DEGREES, north)
    part = read_dem(path, bounds=bounds)
    assert part.heights.shape == (10, 14)
    rng = np.random.default_rng(3)
    lonlat = rng.uniform(bounds[:2], bounds[2:], (50, 2))
    assert part.sample(lonlat) == pytest.approx(whole.sample(lonlat), abs=1e-3)


def test_a_file_of_another_province_is_refused(tmp_path: Path) -> None:
    path = write_tiff(tmp_path / "a.tif", HEIGHTS)
    assert refused(path, bounds=(105.0, 10.0, 106.0, 11.0)).key == "error-terrain-elsewhere"


def test_a_wrong_system_is_found_by_where_it_leads(tmp_path: Path) -> None:
    metres = (30.0, 0.0, 419_000.0, 0.0, -30.0, 2_488_000.0)
    path = write_tiff(tmp_path / "a.tif", HEIGHTS, crs="EPSG:4326", affine=metres)
    assert refused(path).key == "error-terrain-nowhere"
    far = write_tiff(tmp_path / "b.tif", HEIGHTS, crs="EPSG:32630", affine=metres)
    wanted = (103.5, 22.0, 104.5, 22.9)
    assert refused(far, bounds=wanted).key == "error-terrain-elsewhere"


def vrt(tmp_path: Path) -> bytes:
    inner = write_tiff(tmp_path / "inner.tif", HEIGHTS)
    return (
        f'<VRTDataset rasterXSize="80" rasterYSize="60"><SRS>EPSG:4326</SRS>'
        f'<VRTRasterBand dataType="Float32" band="1"><SimpleSource>'
        f'<SourceFilename relativeToVRT="0">{inner}</SourceFilename>'
        f"<SourceBand>1</SourceBand></SimpleSource></VRTRasterBand></VRTDataset>"
    ).encode()


def sound(tmp_path: Path) -> bytes:
    return write_tiff(tmp_path / "sound.tif", HEIGHTS).read_bytes()


def huge(width: int, height: int, *, strips: int = 1) -> bytes:
    """Return a TIFF of a few bytes that says it is huge."""
    entries = [
        (256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 16), (259, 3, 1, 1),
        (262, 3, 1, 1), (273, 4, strips, 8), (277, 3, 1, 1), (278, 4, 1, height),
        (279, 4, strips, 4), (339, 3, 1, 2),
    ]  # fmt: skip
    body = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\0" + struct.pack("<IH", 8, len(entries)) + body + b"\0\0\0\0"


def repeated_directory(_: Path) -> bytes:
    """Return a TIFF whose list of pictures leads back to itself."""
    return huge(10, 10)[:-4] + struct.pack("<I", 8)


HOSTILE: dict[str, Callable[[Path], bytes]] = {
    "error-terrain-format vrt": vrt,
    "error-terrain-format vrt-after-blank": lambda room: b"\n" + vrt(room),
    "error-terrain-format text": lambda _: b"ncols 3\nnrows 2\n1 2 3 4 5 6",
    "error-terrain-format png": lambda _: b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    "error-terrain-format name": lambda _: b"/vsicurl/http://127.0.0.1:9/a.tif",
    "error-terrain-format nothing": lambda _: b"",
    "error-terrain-damaged cut-header": lambda room: sound(room)[:6],
    "error-terrain-damaged cut-directory": lambda room: sound(room)[:200],
    "error-terrain-damaged cut-heights": lambda room: sound(room)[:-9000],
    "error-terrain-damaged magic-only": lambda _: b"II*\0" + b"\xff" * 64,
    "error-terrain-damaged zeros": lambda _: b"MM\0*" + b"\0" * 400,
    "error-terrain- huge": lambda _: huge(2**31 - 1, 2**31 - 1),
    "error-terrain- wide": lambda _: huge(2**31 - 1, 1),
    "error-terrain- many-strips": lambda _: huge(1000, 1000, strips=2**30),
    "error-terrain- itself": repeated_directory,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_in_one_sentence(name: str, tmp_path: Path) -> None:
    path = tmp_path / "village.tif"
    path.write_bytes(HOSTILE[name](tmp_path))
    start = time.monotonic()
    assert refused(path).key.startswith(name.split(maxsplit=1)[0])
    assert time.monotonic() - start < 20


@pytest.mark.filterwarnings("ignore:Dataset has no geotransform")
def test_files_beside_it_are_not_read(tmp_path: Path) -> None:
    path = write_tiff(tmp_path / "a.tif", HEIGHTS, crs=None, affine=None)
    beside = "\n".join(map(str, (CELL_DEGREES, 0, 0, -CELL_DEGREES, WEST, NORTH)))
    (tmp_path / "a.tfw").write_text(beside)
    (tmp_path / "a.tif.aux.xml").write_text(
        f"<PAMDataset><SRS>EPSG:4326</SRS><GeoTransform>{WEST},0.1,0,{NORTH},0,-0.1"
        f"</GeoTransform></PAMDataset>"
    )
    assert refused(path).key == "error-terrain-no-crs"
    bare = write_tiff(tmp_path / "b.tif", HEIGHTS, affine=None)
    assert refused(bare).key == "error-terrain-no-place"


def test_only_one_driver_of_gdal_exists_there(tmp_path: Path) -> None:
    code = "import rasterio; print(sorted(rasterio.Env().__enter__().drivers()))"
    done = subprocess.run(
        [sys.executable, "-P", "-s", "-B", "-c", code],
        cwd=tmp_path,
        env=locked_environment(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "['GTiff']"


def test_a_picture_is_no_elevation_model(tmp_path: Path) -> None:
    picture = np.zeros((3, 8, 8), dtype=np.uint8)
    assert refused(write_tiff(tmp_path / "a.tif", picture)).key == "error-terrain-bands"
    shaded = write_tiff(tmp_path / "b.tif", picture[0])
    assert refused(shaded).key == "error-terrain-values"
    waves = write_tiff(tmp_path / "c.tif", np.zeros((8, 8), dtype=np.complex64))
    assert refused(waves).key == "error-terrain-values"


def test_a_file_without_any_height_is_refused(tmp_path: Path) -> None:
    empty = np.full((4, 4), -32768, dtype=np.int16)
    assert refused(write_tiff(tmp_path / "a.tif", empty)).key == "error-terrain-no-heights"


def test_a_small_file_that_unpacks_to_much_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    small = {"compress": "deflate", "tiled": True, "sparse_ok": True}
    write_sparse(path, 100_000, 100_000, **small)
    assert path.stat().st_size < 5_000_000
    error = refused(path)
    assert error.key == "error-terrain-size"
    assert error.values["rows"] == 100_000
    corner = (WEST, NORTH - 0.01, WEST + 0.01, NORTH)
    # Of the same file a corner may be read; nothing was written there.
    assert read_dem(path, bounds=corner).heights.shape == (39, 39)


def write_sparse(path: Path, height: int, width: int, **profile: Any) -> None:
    import rasterio  # noqa: PLC0415
    from rasterio.transform import Affine  # noqa: PLC0415

    transform = Affine(CELL_DEGREES, 0.0, WEST, 0.0, -CELL_DEGREES, NORTH)
    with rasterio.open(
        path, "w", driver="GTiff", count=1, height=height, width=width, dtype="int16",
        crs="EPSG:4326", transform=transform, **profile,
    ):  # fmt: skip
        pass


def test_time_and_memory_are_limited(tmp_path: Path) -> None:
    path = write_tiff(tmp_path / "a.tif", HEIGHTS)
    assert refused(path, limits=Limits(wall_s=0.01)).key == "error-terrain-slow"
    assert refused(path, limits=Limits(memory_bytes=8 * 2**20)).key == "error-terrain-memory"


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.tif").key == "error-terrain-missing"
    assert refused(tmp_path, name=tmp_path.name).key == "error-terrain-missing"

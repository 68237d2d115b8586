"""Polygons of communes and districts are read, placed and checked; faults say where."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.boundaries import Boundaries, read_boundaries
from geo.boundary_columns import AreaColumns, AreaLevel
from geo.boundary_file import as_table
from planning.errors import DataError, Fault, Severity

CELL_KM2 = 123.09
"""A tenth of a degree by a tenth at the equator: 11.1319 km (the equator / 3600) by 11.0574 km."""


def frame(shapes: list[Any], crs: Any = 4326, **columns: Any) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=crs)


def read(shapes: list[Any], crs: Any = 4326, **columns: Any) -> Boundaries:
    level = columns.pop("as_level", AreaLevel.COMMUNE)
    return read_boundaries(as_table(frame(shapes, crs, **columns), "f.geojson"), level=level)


def cell(x: int, y: int, wide: int = 1, high: int = 1) -> shapely.Polygon:
    return shapely.box(x / 10, y / 10, (x + wide) / 10, (y + high) / 10)


def found(boundaries: Boundaries, key: str) -> list[Fault]:
    return [fault for fault in boundaries.faults if fault.key == key]


def test_areas_keep_their_codes_names_and_true_size() -> None:
    areas = read([cell(0, 0), cell(1, 0, wide=2)], code=["02701", "02702"], name=["Y Tý", "A Lù"])
    assert areas.codes.tolist() == ["02701", "02702"]
    assert areas.names.tolist() == ["Y Tý", "A Lù"]
    assert areas.area_km2 == pytest.approx([CELL_KM2, 2 * CELL_KM2], rel=1e-3)
    assert areas.rows.tolist() == [1, 2]
    assert areas.faults == ()


def test_a_hole_is_no_part_of_an_area_and_the_direction_of_a_ring_does_not_matter() -> None:
    outer = cell(0, 0, wide=3, high=3)
    ring = shapely.Polygon(outer.exterior.coords[::-1], [cell(1, 1).exterior.coords])
    areas = read([ring, cell(1, 1)], code=["00001", "00002"])
    assert areas.area_km2 == pytest.approx([8 * CELL_KM2, CELL_KM2], rel=1e-3)
    assert areas.faults == ()


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("Mã xã", "Tên xã"),
        ("ma_xa", "ten_xa"),
        ("MA_DVHC", "TEN_DVHC"),
        ("level2_id", "name"),
        ("code", "fullName"),
        ("maXa", "tenXa"),
    ],
)
def test_code_and_name_are_found_by_their_headings(code: str, name: str) -> None:
    areas = read([cell(0, 0)], **{"STT": [1], code: ["02701"], name: ["Y Tý"]})
    assert (areas.codes[0], areas.names[0]) == ("02701", "Y Tý")


def test_a_person_may_name_the_columns() -> None:
    table = as_table(frame([cell(0, 0)], code=["x"], key=["02701"], label=["Y Tý"]), "f")
    areas = read_boundaries(
        table, level=AreaLevel.UNIT, columns=AreaColumns(code="key", name="label")
    )
    assert (areas.codes[0], areas.names[0], areas.level) == ("02701", "Y Tý", AreaLevel.UNIT)


def test_lost_zeros_come_back_and_are_reported() -> None:
    areas = read([cell(0, 0), cell(1, 0)], code=[2701, 12702])
    assert areas.codes.tolist() == ["02701", "12702"]
    (fault,) = found(areas, "fault-boundary-zeros")
    assert fault.values == {"count": 1}
    assert fault.column == "code"
    assert read([cell(0, 0)], code=[80], as_level=AreaLevel.DISTRICT).codes[0] == "080"


def test_the_level_is_that_of_the_file_or_of_its_codes_and_never_a_guess() -> None:
    stated = as_table(frame([cell(0, 0)], code=["02701"], level=["unit"]), "f")
    assert read_boundaries(stated).level is AreaLevel.UNIT
    districts = as_table(frame([cell(0, 0)], code=["080"]), "f")
    assert read_boundaries(districts).level is AreaLevel.DISTRICT
    with pytest.raises(DataError, match="error-boundaries-level"):
        read_boundaries(as_table(frame([cell(0, 0)], code=["02701"]), "f"))


def test_projected_areas_become_degrees() -> None:
    degrees = shapely.box(103.9, 22.3, 104.1, 22.5)
    projected = gpd.GeoSeries([degrees], crs=4326).to_crs(32648)
    areas = read([projected.iloc[0]], crs=32648, code=["02701"])
    assert areas.polygons[0].bounds == pytest.approx((103.9, 22.3, 104.1, 22.5), abs=1e-3)
    assert areas.area_km2[0] == pytest.approx(456.1, rel=1e-3)  # 20.588 km by 22.152 km


def test_projected_numbers_without_a_system_are_refused() -> None:
    metres = shapely.box(400_000, 2_400_000, 410_000, 2_410_000)
    with pytest.raises(DataError, match="error-boundaries-crs"):
        read([metres], crs=None, code=["02701"])
    assert len(read([cell(0, 0)], crs=None, code=["02701"])) == 1


def test_a_person_may_name_the_system() -> None:
    zone = gpd.GeoSeries([shapely.box(103.9, 22.3, 104.1, 22.5)], crs=4326).to_crs(9208)
    table = as_table(frame([zone.iloc[0]], crs=None, code=["02701"]), "f.geojson")
    areas = read_boundaries(table, level=AreaLevel.COMMUNE, crs="EPSG:9208")
    assert areas.polygons[0].bounds == pytest.approx((103.9, 22.3, 104.1, 22.5), abs=1e-3)
    with pytest.raises(DataError, match="error-boundaries-crs"):
        read_boundaries(table, level=AreaLevel.COMMUNE, crs="EPSG:0")


def test_a_zone_of_vn2000_without_its_datum_shift_is_an_error_not_a_silent_move() -> None:
    zone = gpd.GeoSeries([shapely.box(103.9, 22.3, 104.1, 22.5)], crs=4326).to_crs(9208)
    unshifted = (
        "+proj=tmerc +lat_0=0 +lon_0=104.75 +k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84 "
        "+towgs84=0,0,0,0,0,0,0 +units=m +no_defs"
    )
    areas = read([zone.iloc[0]], crs=unshifted, code=["02701"])
    (fault,) = found(areas, "fault-crs-shift")
    assert fault.severity is Severity.ERROR
    assert fault.values["shift"] == pytest.approx(223, abs=2)


def test_points_and_plain_tables_are_refused() -> None:
    with pytest.raises(DataError, match="error-boundaries-no-areas"):
        read([shapely.Point(104, 22)], code=["02701"])
    with pytest.raises(DataError, match="error-boundaries-no-areas"):
        read([None], code=["02701"])
    plain = as_table(frame([cell(0, 0)], code=["02701"]), "f")
    without = type(plain)(columns=plain.columns, rows=plain.rows)
    with pytest.raises(DataError, match="error-boundaries-no-shapes"):
        read_boundaries(without)


def test_rows_without_an_area_are_errors_and_the_others_are_kept() -> None:
    with np.errstate(invalid="ignore"):
        no_numbers = [shapely.Polygon([(0, 0), (0.1, odd), (0.1, 0.1)]) for odd in (np.nan, np.inf)]
    shapes = [
        cell(0, 0),
        shapely.Point(0.5, 0.5),
        None,
        shapely.Polygon(),
        shapely.box(500, 0, 501, 1),
        *no_numbers,
        cell(1, 0),
    ]
    areas = read(shapes, code=[f"0000{i}" for i in range(8)])
    assert areas.codes.tolist() == ["00000", "00007"]
    (kind,) = found(areas, "fault-boundary-kind")
    assert (kind.row, kind.got, kind.severity) == (2, "Point", Severity.ERROR)
    assert [fault.row for fault in found(areas, "fault-boundary-empty")] == [3, 4, 5, 6, 7]


def test_a_crossed_outline_is_repaired_and_reported_with_its_place() -> None:
    bow_tie = shapely.Polygon([(0, 0), (0.2, 0.2), (0.2, 0), (0, 0.2)])
    areas = read([bow_tie], code=["00001"], name=["Y Tý"])
    assert shapely.is_valid(areas.polygons).all()
    assert areas.area_km2[0] == pytest.approx(2 * CELL_KM2, rel=1e-3)
    (fault,) = found(areas, "fault-boundary-invalid")
    assert fault.values == {"area": "Y Tý", "lon": "0.1", "lat": "0.1"}
    assert fault.severity is Severity.WARNING


def test_codes_that_stand_twice_are_errors_and_names_that_do_are_warnings() -> None:
    areas = read(
        [cell(0, 0), cell(1, 0), cell(2, 0), cell(3, 0)],
        code=["00001", "00002", "00001", None],
        name=["Thanh Bình", "A Lù", "Y Tý", "THANH BINH"],
    )
    (code,) = found(areas, "fault-boundary-code-twice")
    assert (code.row, code.got, code.values["first"]) == (3, "00001", 1)
    assert code.severity is Severity.ERROR
    (name,) = found(areas, "fault-boundary-name-twice")
    assert (name.row, name.got, name.values["first"]) == (4, "THANH BINH", 1)
    assert name.severity is Severity.WARNING
    (missing,) = found(areas, "fault-boundary-no-code")
    assert (missing.row, missing.values["area"]) == (4, "THANH BINH")


def test_an_area_with_neither_code_nor_name_is_an_error() -> None:
    areas = read([cell(0, 0), cell(1, 0)], code=["00001", None], name=["A", None])
    (fault,) = found(areas, "fault-boundary-nameless")
    assert (fault.row, fault.severity) == (2, Severity.ERROR)


@pytest.mark.parametrize("per_km2", [1, 100, 1_000_000])
def test_stated_areas_are_compared_in_whatever_unit_they_are(per_km2: int) -> None:
    true = CELL_KM2 * per_km2
    areas = read(
        [cell(0, 0), cell(1, 0), cell(2, 0)],
        code=["00001", "00002", "00003"],
        dien_tich=[true * 1.009, true * 1.05, None],
    )
    (fault,) = found(areas, "fault-boundary-area")
    assert (fault.row, fault.column) == (2, "dien_tich")
    assert fault.values["difference"] == pytest.approx(-0.05 * CELL_KM2, rel=0.01)


def test_a_small_difference_of_a_small_area_is_no_fault() -> None:
    small = shapely.box(0, 0, 0.01, 0.01)  # 1.23 km2
    areas = read([small], code=["00001"], area_km2=[1.30])
    assert found(areas, "fault-boundary-area") == []


def test_ground_of_three_areas_is_one_patch_and_gaps_are_told() -> None:
    # A ring of eight cells around an open one; two squares more on one corner of it.
    ring = shapely.difference(cell(0, 0, 3, 3), cell(1, 1))
    corner = cell(0, 0)
    areas = read([ring, corner, corner], code=["00001", "00002", "00003"], name=["A", "B", "C"])
    (overlap,) = found(areas, "fault-boundary-overlap")
    assert overlap.values["areas"] == "A, B, C"
    assert overlap.values["km2"] == pytest.approx(CELL_KM2, rel=1e-3)
    assert overlap.values["ha"] == pytest.approx(100 * CELL_KM2, rel=1e-3)
    (gap,) = found(areas, "fault-boundary-gap")
    assert gap.values["km2"] == pytest.approx(CELL_KM2, rel=1e-3)
    assert (float(gap.values["lon"]), float(gap.values["lat"])) == pytest.approx((0.15, 0.15))


def test_land_of_the_districts_in_no_commune_is_told() -> None:
    districts = read([cell(0, 0, wide=3)], code=["080"], as_level=AreaLevel.DISTRICT)
    table = as_table(frame([cell(0, 0), cell(2, 0)], code=["00001", "00002"]), "f")
    areas = read_boundaries(table, level=AreaLevel.COMMUNE, whole=districts)
    (total,) = found(areas, "fault-boundary-gaps")
    assert total.values["count"] == 1
    assert total.values["km2"] == pytest.approx(CELL_KM2, rel=1e-3)


def test_the_order_of_the_file_is_kept() -> None:
    order = np.array([3, 1, 2])
    areas = read([cell(int(i), 0) for i in order], code=[f"0000{i}" for i in order])
    assert areas.codes.tolist() == ["00003", "00001", "00002"]

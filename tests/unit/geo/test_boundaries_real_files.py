"""Boundaries as they are really published get the right verdict."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.boundaries import Boundaries, read_boundaries
from geo.boundary_columns import AreaLevel
from geo.boundary_file import as_table
from geo.boundary_membership import inside
from planning.errors import Severity

REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "real"

pytestmark = pytest.mark.skipif(
    not REAL.is_dir(), reason="the real files are not beside this repository (../shared/data/real)"
)


def read(name: str, level: AreaLevel | None, whole: Boundaries | None = None) -> Boundaries:
    table = as_table(gpd.read_file(f"GeoJSON:{REAL / name}"), name)
    return read_boundaries(table, file=name, level=level, whole=whole)


@pytest.fixture(scope="module")
def districts() -> Boundaries:
    return read("laocai_districts_pre2025.geojson", None)


@pytest.fixture(scope="module")
def units(districts: Boundaries) -> Boundaries:
    return read("laocai_communes_post2025.geojson", AreaLevel.UNIT, whole=districts)


def found(boundaries: Boundaries, key: str) -> list[dict[str, Any]]:
    """Return what the faults of one kind say."""
    return [fault.values for fault in boundaries.faults if fault.key == key]


def test_the_nine_districts_have_no_fault(districts: Boundaries) -> None:
    assert districts.level is AreaLevel.DISTRICT
    assert districts.faults == ()
    assert districts.codes.tolist() == [f"{n:03d}" for n in (80, 82, 83, 84, 85, 86, 87, 88, 89)]
    assert districts.area_km2.sum() == pytest.approx(6366.34, abs=0.01)


def test_one_patch_belongs_to_three_units(units: Boundaries) -> None:
    (overlap,) = found(units, "fault-boundary-overlap")
    assert overlap["areas"] == "Phường Lào Cai, Xã Bát Xát, Xã Cốc San"
    assert overlap["count"] == 3
    assert overlap["km2"] == pytest.approx(3.489, abs=0.001)


def test_the_unit_whose_stated_area_is_farthest_off_stands_first(units: Boundaries) -> None:
    first = found(units, "fault-boundary-area")[0]
    assert first["area"] == "Xã Sơn Lương"
    assert first["difference"] == pytest.approx(12.76, abs=0.01)


def test_sizes_agree_with_those_another_program_computed(units: Boundaries) -> None:
    given = gpd.read_file(f"GeoJSON:{REAL / 'laocai_communes_post2025.geojson'}")["geod_km2"]
    assert np.abs(units.area_km2 - given).max() < 0.006


def test_land_of_the_old_districts_in_no_unit_is_told(
    units: Boundaries, districts: Boundaries
) -> None:
    (total,) = found(units, "fault-boundary-gaps")
    brute = shapely.difference(shapely.union_all(districts.polygons), units.land)
    parts = shapely.get_parts(brute)
    # Square degrees at 22.4 degrees north to square kilometres, to a hundredth.
    large = shapely.area(parts) * 111.32 * 110.72 * np.cos(np.radians(22.4))
    assert total["km2"] == pytest.approx(large[large >= 0.01].sum(), rel=0.01)
    assert total["km2"] == pytest.approx(16.53, abs=0.05)


def test_nothing_of_it_stops_acceptance(units: Boundaries) -> None:
    assert len(units) == 99
    assert {fault.severity for fault in units.faults} == {Severity.WARNING}


def test_the_seats_of_the_units_lie_in_their_units_but_for_one(units: Boundaries) -> None:
    seats = pd.read_csv(REAL / "laocai_communes_post2025_table.csv", dtype={"code": "str"})
    lon, lat = (pd.to_numeric(seats[name], errors="coerce") for name in ("kinhdo", "vido"))
    result = inside(units, lon, lat, seats["code"])
    outside = seats["fullName"][result.status == "outside"]
    assert len(outside) == 1

"""Heights between the middles of cells, outside the grid and beside unknown cells."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer

from geo.terrain.affine import Affine
from geo.terrain.dem import Dem
from tests.unit.geo.terrain.dem_building import grid_dem

TEN = np.array([[10.0, 20.0, 30.0], [40.0, 50.0, 60.0]])


def at(dem: Dem, column: float, row: float) -> float:
    """Return the height at a column and row counted from the corner of the grid."""
    x, y = dem.affine.place(np.array([column]), np.array([row]))
    return float(dem.sample(np.column_stack((x, y)))[0])


def test_the_middle_of_a_cell_has_its_height_and_between_them_it_is_bilinear() -> None:
    dem = grid_dem(TEN, cell=0.5, west=100.0, north=20.0)
    assert at(dem, 0.5, 0.5) == 10.0
    assert at(dem, 2.5, 1.5) == 60.0
    assert at(dem, 1.0, 0.5) == 15.0
    assert at(dem, 1.0, 1.0) == 30.0
    assert at(dem, 0.75, 1.25) == pytest.approx(10 + 0.25 * 10 + 0.75 * 30)


def test_the_outer_half_of_the_outer_cells_is_level_and_beyond_nothing_is_known() -> None:
    dem = grid_dem(TEN, cell=0.5, west=100.0, north=20.0)
    assert at(dem, 0.0, 0.0) == 10.0
    assert at(dem, 3.0, 2.0) == 60.0
    assert np.isnan(at(dem, -0.01, 1.0))
    assert np.isnan(at(dem, 1.0, 2.01))


def test_an_unknown_cell_spoils_only_what_it_counts_in() -> None:
    holed = TEN.copy()
    holed[0, 1] = np.nan
    dem = grid_dem(holed, cell=0.5, west=100.0, north=20.0)
    assert np.isnan(at(dem, 1.0, 1.0))
    assert at(dem, 0.5, 1.0) == 25.0
    assert at(dem, 1.0, 1.5) == 45.0


@pytest.mark.parametrize("shape", [(1, 1), (1, 3), (3, 1)])
def test_a_grid_of_one_row_or_column_is_a_grid(shape: tuple[int, int]) -> None:
    dem = grid_dem(np.full(shape, 7.0), cell=0.5, west=100.0, north=20.0)
    assert at(dem, 0.2, 0.3) == 7.0


@settings(max_examples=50, deadline=None)
@given(st.floats(-3, 3), st.floats(-3, 3), st.integers(2, 6), st.integers(2, 6))
def test_a_tilted_plane_is_given_back_exactly(
    along: float, down: float, rows: int, columns: int
) -> None:
    row, column = np.mgrid[:rows, :columns]
    dem = grid_dem(along * column + down * row, cell=0.5, west=100.0, north=20.0)
    rng = np.random.default_rng(0)
    c, r = rng.uniform(0, columns - 1, 20), rng.uniform(0, rows - 1, 20)
    x, y = dem.affine.place(c + 0.5, r + 0.5)
    assert dem.sample(np.column_stack((x, y))) == pytest.approx(along * c + down * r, abs=1e-5)


def test_a_projected_grid_is_asked_by_longitude_and_latitude() -> None:
    # The check point of the province: 103.97 E, 22.486 N is 419543.581, 2487684.182 in EPSG:9208.
    affine = Affine(30.0, 0.0, 419_543.581 - 45.0, 0.0, -30.0, 2_487_684.182 + 45.0)
    dem = Dem(np.arange(9, dtype=np.float32).reshape(3, 3), affine, "EPSG:9208")
    assert dem.sample(np.array([[103.97, 22.486]]))[0] == pytest.approx(4.0, abs=1e-4)
    assert dem.spacing_m == pytest.approx(30.0, rel=1e-3)


def test_a_turned_grid_finds_its_cells() -> None:
    affine = Affine(0.3, 0.4, 100.0, 0.4, -0.3, 20.0)
    dem = Dem(np.array([[1.0, 2.0], [3.0, 4.0]], dtype=np.float32), affine, "EPSG:4326")
    x, y = affine.place(np.array([0.5, 1.5]), np.array([1.5, 0.5]))
    assert dem.sample(np.column_stack((x, y))).tolist() == pytest.approx([3.0, 2.0])


def test_positions_are_the_way_back_from_cells() -> None:
    affine = Affine(30.0, 0.0, 400_000.0, 0.0, -30.0, 2_490_000.0)
    dem = Dem(np.zeros((100, 100), dtype=np.float32), affine, "EPSG:32648")
    lon, lat = dem.positions(np.array([3.0, 77.5]), np.array([12.0, 50.25]))
    expected = Transformer.from_crs("EPSG:32648", "EPSG:4326", always_xy=True).transform(
        400_000.0 + 3.5 * 30, 2_490_000.0 - 12.5 * 30
    )
    assert (lon[0], lat[0]) == pytest.approx(expected, abs=1e-9)
    column, row = dem.cells(np.column_stack((lon, lat)))
    assert column == pytest.approx([3.0, 77.5], abs=1e-5)
    assert row == pytest.approx([12.0, 50.25], abs=1e-5)


def test_cells_of_a_degree_grid_are_as_wide_as_on_the_ground() -> None:
    dem = grid_dem(np.zeros((10, 10)), cell=1 / 3600, west=103.9, north=22.5)
    # A second of arc is 30.8 m of meridian and cos 22.5° of 30.9 m along the parallel.
    assert dem.spacing_m == pytest.approx(28.6, abs=0.1)

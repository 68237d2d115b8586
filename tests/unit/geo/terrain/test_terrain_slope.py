"""Slope along lines: what it adds to the cost of a metre."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from geo.geodesy import geodesic_m
from geo.terrain.slope import SlopeCost, effort_along, line_lengths_m, mean_grades
from tests.unit.geo.terrain.dem_building import CELL_DEGREES, NORTH, WEST, grid_dem

COLUMN_M = float(geodesic_m(WEST, NORTH - 0.01, WEST + CELL_DEGREES, NORTH - 0.01))


def line(*cells: tuple[float, float]) -> shapely.LineString:
    """Return a line through columns and rows of the grid."""
    return shapely.LineString(
        [(WEST + c * CELL_DEGREES, NORTH - r * CELL_DEGREES) for c, r in cells]
    )


def ramp(grade: float) -> np.ndarray:
    """Return ground that rises eastwards by a grade and is level from north to south."""
    return np.tile(np.arange(200) * COLUMN_M * grade, (100, 1))


def test_a_road_that_climbs_at_a_tenth_costs_15_per_cent_more() -> None:
    shapes = np.array([line((10, 36), (150, 36)), line((150, 36), (10, 36))])
    assert mean_grades(grid_dem(ramp(0.1)), shapes) == pytest.approx([0.1, 0.1], rel=1e-3)
    assert effort_along(grid_dem(ramp(0.1)), shapes) == pytest.approx([1.15, 1.15], rel=1e-3)


def test_a_road_along_the_slope_is_level() -> None:
    assert effort_along(grid_dem(ramp(0.3)), np.array([line((50, 10), (50, 90))])) == pytest.approx(
        [1.0], abs=1e-6
    )


def test_up_and_down_again_is_not_level() -> None:
    heights = np.minimum(ramp(0.2), ramp(0.2)[:, ::-1])
    grade = mean_grades(grid_dem(heights), np.array([line((20, 36), (180, 36))]))
    assert grade[0] == pytest.approx(0.2, abs=0.005)


def test_beyond_the_cap_ground_is_no_dearer() -> None:
    slope = SlopeCost(factor=2.0, cap=0.5)
    effort = effort_along(grid_dem(ramp(3.0)), np.array([line((10, 36), (150, 36))]), slope)
    assert effort == pytest.approx([2.0])


def test_ground_that_is_not_known_counts_for_nothing() -> None:
    heights = ramp(0.1)
    heights[:, 80:] = np.nan
    shapes = np.array(
        [line((10, 36), (150, 36)), line((100, 36), (150, 36)), line((-50, 5), (-9, 5))]
    )
    assert effort_along(grid_dem(heights), shapes) == pytest.approx([1.15, 1.0, 1.0], rel=1e-3)
    assert np.isnan(mean_grades(grid_dem(heights), shapes)[1:]).all()


def test_a_line_of_no_length_is_plain_and_no_lines_are_none() -> None:
    dem = grid_dem(ramp(0.1))
    assert effort_along(dem, np.array([line((10, 36), (10, 36))])).tolist() == [1.0]
    assert effort_along(dem, np.array([], dtype=object)).tolist() == []


def test_lengths_of_lines_are_geodesic() -> None:
    shapes = np.array([line((0, 36), (10, 36), (10, 36)), line((5, 5), (5, 15))])
    expected = [
        10 * COLUMN_M,
        float(geodesic_m(WEST, NORTH - 5 * CELL_DEGREES, WEST, NORTH - 15 * CELL_DEGREES)),
    ]
    assert line_lengths_m(shapes) == pytest.approx(expected, rel=1e-6)

"""Small areas make the large ones they belong to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import shapely

from geo.dissolving import dissolve


@pytest.mark.parametrize("union", [shapely.union_all, shapely.coverage_union_all])
def test_each_owner_gets_its_areas_and_one_without_an_empty_one(
    union: Callable[[Any], Any],
) -> None:
    areas = np.array([shapely.box(at, 0, at + 1, 1) for at in range(4)])
    joined = dissolve(areas, np.array([2, 0, 0, 2]), 3, union)
    assert joined[0].equals(shapely.box(1, 0, 3, 1))
    assert joined[1].is_empty
    assert joined[2].equals(shapely.union(areas[0], areas[3]))
    assert joined.shape == (3,)

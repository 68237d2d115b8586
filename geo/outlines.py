"""The map's ground from real boundaries: the same file as :mod:`geo.backdrop`, true outlines."""

from __future__ import annotations

from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.boundaries import Boundaries
from geo.boundary_columns import AreaLevel
from geo.dissolving import dissolve
from geo.ground import Basis, Level, ground_features, write_ground

_FINENESS: Final = 2000
"""Parts of the land's extent that an outline may be moved by: half a pixel on a large screen."""


def outlines(boundaries: Boundaries, villages: gpd.GeoDataFrame) -> bytes:
    """Draw the background of a province whose boundaries are known.

    Parameters
    ----------
    boundaries : Boundaries
        At least one area.
    villages : GeoDataFrame
        A register; its districts join old communes into larger areas. Units since 2025-07-01 lie
        in no district: they are framed by the land as a whole.

    Returns
    -------
    bytes
        What :func:`geo.ground.write_ground` writes. The features of the boundaries carry their
        position ``area``; shared edges stay shared when outlines are simplified.
    """
    west, south, east, north = shapely.total_bounds(boundaries.polygons)
    tolerance = max(east - west, north - south) / _FINENESS
    areas = np.asarray(shapely.coverage_simplify(boundaries.polygons, tolerance))
    if boundaries.level is AreaLevel.DISTRICT:
        features = ground_features(
            Level.OUTER, areas, boundaries.names, np.arange(len(areas)), numbered=True
        )
        return write_ground(Basis.BOUNDARIES, features)
    group, group_names = _districts(boundaries, villages)
    features = [
        *ground_features(Level.INNER, areas, boundaries.names, group, numbered=True),
        *ground_features(
            Level.OUTER,
            dissolve(areas, group, len(group_names)),
            group_names,
            np.arange(len(group_names)),
        ),
    ]
    return write_ground(Basis.BOUNDARIES, features)


def _districts(
    boundaries: Boundaries, villages: gpd.GeoDataFrame
) -> tuple[NDArray[np.intp], list[object]]:
    """Return the number of each area's district and the districts' names; all in one for units."""
    if boundaries.level is AreaLevel.UNIT:
        return np.zeros(len(boundaries), dtype=np.intp), [None]
    of_code = (
        pd.DataFrame(villages[["commune_code", "district"]])
        .dropna()
        .drop_duplicates("commune_code")
    )
    district = pd.Series(boundaries.codes, dtype="str").map(
        of_code.set_index("commune_code")["district"]
    )
    group, names = pd.factorize(district, use_na_sentinel=False)
    return group, [name if pd.notna(name) else None for name in names]

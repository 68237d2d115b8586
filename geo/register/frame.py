"""The frame of a register, put together from what was read of its columns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.register.cells import Cells
from geo.register.place_statements import PLACE_FIELDS
from geo.register.places import ResolvedPlaces
from geo.register.positions import Located
from geo.schema import CORE, VILLAGES
from planning.columns import IntArray, float_column, map_distinct
from planning.folding import fold
from planning.vocabulary import FixedState, MobileState, Service, VillageKind

UNKNOWN: Final[Mapping[Service, str]] = MappingProxyType(
    {Service.MOBILE: str(MobileState.UNKNOWN), Service.FIXED: str(FixedState.UNKNOWN)}
)
"""State of a village nobody observed."""

_KIND_OF_WORD: Final = {
    "thon": VillageKind.THON,
    "lang": VillageKind.THON,
    "ap": VillageKind.THON,
    "xom": VillageKind.THON,
    "buon": VillageKind.THON,
    "ban": VillageKind.BAN,
    "to": VillageKind.TO_DAN_PHO,
    "tdp": VillageKind.TO_DAN_PHO,
    "khu": VillageKind.TO_DAN_PHO,
}
"""First word of a name that says what it is: ``Tổ dân phố 3``, ``Bản Mù``."""

_DERIVED: Final = frozenset({
    "kind", "minority_share", "position_basis", "mobile_state", "mobile_observed_on", "fixed_state",
    "fixed_observed_on", "village_id",
})  # fmt: skip


def register_frame(
    cells: Cells,
    rows: IntArray,
    *,
    places: ResolvedPlaces,
    located: Located,
    states: Mapping[Service, pd.Series],
    observed: Mapping[Service, pd.Series],
) -> gpd.GeoDataFrame:
    """Put a register together.

    Parameters
    ----------
    cells : Cells
    rows : ndarray of int, shape (n,)
        Row numbers of the file; a village without a key is ``#<row>`` for the time being.
    places : ResolvedPlaces
    located : Located
    states, observed : mapping of Service to Series, length n
        Each service's state and the day it was observed.

    Returns
    -------
    GeoDataFrame, n rows
        Columns of :data:`geo.schema.VILLAGES` first, then those of the file that have no field,
        under their own headings; EPSG:4326.
    """
    given = cells.by_field
    of_place = set(PLACE_FIELDS)
    columns: dict[str, pd.Series] = {
        name: given[name]
        for name in VILLAGES.columns
        if name in given and name not in of_place | _DERIVED
    }
    resolved = {name: places.frame[name] for name in of_place & set(places.frame.columns)}
    columns |= {name: resolved[name] for name in VILLAGES.columns if name in resolved}
    columns["kind"] = _kinds(cells)
    columns["minority_share"] = _minority_share(given, len(cells))
    columns["position_basis"] = pd.Series(located.frame["position_basis"])
    for service in Service:
        known = states[service] != UNKNOWN[service]
        columns[f"{service}_state"] = states[service]
        columns[f"{service}_observed_on"] = observed[service].where(known)
    if "name" not in columns:
        columns["name"] = pd.Series(None, index=range(len(cells)), dtype="str")
    own = given.get("village_id", pd.Series(None, index=range(len(cells)), dtype="str"))
    lost = np.flatnonzero(own.isna())
    columns["village_id"] = own.fillna(
        pd.Series([f"#{row}" for row in rows[lost]], index=lost, dtype="str")
    )
    spare = {name: column for name, column in _spare(cells).items() if name not in VILLAGES.columns}
    # Whoever works on a register need not ask whether a column of every register is there.
    columns |= {name: _missing(name, len(cells)) for name in CORE if name not in columns}
    ordered = {name: columns[name] for name in VILLAGES.columns if name in columns}
    where = located.frame[["lon", "lat"]].to_numpy(dtype=np.float64)
    points = np.full(len(where), None, dtype=object)
    placed = np.isfinite(where).all(axis=1)
    points[placed] = shapely.points(where[placed])
    return gpd.GeoDataFrame({**ordered, **spare}, geometry=points, crs="EPSG:4326")


def observed_on(cells: Cells, service: Service, otherwise: date | None) -> pd.Series:
    """Return the day of each row's state of a service: its own, the row's, else the list's."""
    days = pd.Series(pd.NaT, index=range(len(cells)), dtype="datetime64[ns]")
    for name in (f"{service}_observed_on", "observed_on"):
        if name in cells.by_field:
            days = days.fillna(cells.by_field[name])
    if otherwise is not None:
        days = days.fillna(pd.Timestamp(otherwise))
    return days


def _missing(name: str, count: int) -> pd.Series:
    return pd.Series(index=range(count), dtype=VILLAGES.columns[name].dtype.type)


def _spare(cells: Cells) -> dict[str, pd.Series]:
    """Return the columns without a field that hold anything, under their own headings."""
    return {label: column for label, column in cells.spare.items() if bool(column.notna().any())}


def _kinds(cells: Cells) -> pd.Series:
    stated = cells.by_field.get("kind", pd.Series(None, index=range(len(cells)), dtype="str"))
    names = cells.by_field.get("name")
    if names is None:
        return stated
    return stated.fillna(map_distinct(names, _kind_of, "str"))


def _kind_of(name: str) -> str | None:
    first, _, rest = fold(name).partition(" ")
    kind = _KIND_OF_WORD.get(first)
    return str(kind) if kind and rest else None


def _minority_share(given: Mapping[str, pd.Series], count: int) -> pd.Series:
    """Return the stated share, else that of people, else that of households."""
    share = given.get("minority_share", pd.Series(np.nan, index=range(count)))
    for part, whole in (("minority_people", "people"), ("minority_households", "households")):
        if part in given and whole in given:
            parts, wholes = float_column(given[part]), float_column(given[whole])
            sound = (wholes > 0) & (parts <= wholes)
            derived = np.divide(parts, wholes, out=np.full(count, np.nan), where=sound)
            share = share.fillna(pd.Series(derived))
    return share

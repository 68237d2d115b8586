"""What differs between two lists of the same villages."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.geodesy import geodesic_m
from geo.schema import VILLAGES
from planning.columns import FloatArray
from planning.gaps import STATE_COLUMN, UNKNOWN_STATE
from planning.vocabulary import PositionBasis, Service
from services.province import Province

MOVED_M: Final = 50.0
"""Metres beyond which a position counts as another one: more than a handheld receiver's error."""

_AREAS: Final = ("commune_code", "commune", "district_code", "district", "unit_code", "unit")
_APART: Final = frozenset({
    "village_id", "name", "aliases", "position_basis", "geometry", *_AREAS,
    "mobile_state", "mobile_observed_on", "fixed_state", "fixed_observed_on",
})  # fmt: skip


class Change(StrEnum):
    """What became of a village between two lists."""

    NEW = "new"
    GONE = "gone"
    RENAMED = "renamed"
    MOVED = "moved"
    AREA = "area"
    STATE = "state"
    CHANGED = "changed"
    SAME = "same"


def find_changes(new: gpd.GeoDataFrame, old: gpd.GeoDataFrame, seen: pd.DataFrame) -> pd.DataFrame:
    """Compare matched villages.

    Parameters
    ----------
    new, old : GeoDataFrame, n rows each
        Row by row the same village, with the keys of ``old``; EPSG:4326.
    seen : DataFrame
        What the new list observes, as :func:`compare_observations` returns it.

    Returns
    -------
    DataFrame
        One row a change, as :attr:`services.merge.Merge.changes`.
    """
    before = pd.DataFrame(old).set_axis(new.index)
    plain = [c for c in VILLAGES.columns if c not in _APART and c in new and c in before]
    parts = [
        _differences(new, before, ["name"], Change.RENAMED),
        _differences(new, before, [c for c in _AREAS if c in before], Change.AREA),
        _differences(new, before, plain, Change.CHANGED),
        _moves(new, old),
        _state_changes(seen[seen["village_id"].isin(new["village_id"])]),
    ]
    return pd.concat(parts, ignore_index=True)


def compare_observations(new: pd.DataFrame, province: Province) -> pd.DataFrame:
    """Return what a list observes, each beside what the history knew on that day.

    Returns
    -------
    DataFrame
        ``village_id``, ``name``, ``service``, ``state``, ``observed_on``, and of the last
        observation up to that day ``before`` and ``before_on``, missing where there is none.
    """
    seen = pd.concat([_observed(new, service) for service in Service], ignore_index=True)
    history = province.observations[["village_id", "service", "state", "observed_on"]]
    ordered = history.sort_values("observed_on", kind="stable")
    joined = pd.merge_asof(
        seen.sort_values("observed_on", kind="stable"),
        ordered.rename(columns={"state": "before", "observed_on": "before_on"}),
        left_on="observed_on",
        right_on="before_on",
        by=["village_id", "service"],
    )
    return joined.sort_values(["village_id", "service"], kind="stable", ignore_index=True)


def differs(seen: pd.DataFrame) -> pd.Series[bool]:
    """Tell which of the compared observations name another state than the history."""
    return seen["before"].isna() | (seen["before"] != seen["state"])


def listed(villages: pd.DataFrame, change: Change) -> pd.DataFrame:
    """List villages under one kind of change, without saying of what."""
    count = len(villages)
    return pd.DataFrame(
        {
            "village_id": villages["village_id"].to_numpy(dtype=object),
            "name": villages["name"].to_numpy(dtype=object),
            "change": np.full(count, str(change), dtype=object),
            "field": np.full(count, None, dtype=object),
            "before": np.full(count, None, dtype=object),
            "after": np.full(count, None, dtype=object),
        }
    )


def surveyed(frame: gpd.GeoDataFrame) -> npt.NDArray[np.bool_]:
    """Tell which villages have a position of their own, not that of their commune."""
    exact: npt.NDArray[np.bool_] = (
        (frame["position_basis"] != PositionBasis.COMMUNE_CENTRE).to_numpy()
        & ~frame.geometry.is_empty.to_numpy()
        & frame.geometry.notna().to_numpy()
    )
    return exact


def lonlat(frame: gpd.GeoDataFrame) -> tuple[FloatArray, FloatArray]:
    """Return longitudes and latitudes in degrees, EPSG:4326."""
    return frame.geometry.x.to_numpy(), frame.geometry.y.to_numpy()


def _differences(
    new: pd.DataFrame, before: pd.DataFrame, columns: Sequence[str], change: Change
) -> pd.DataFrame:
    parts = []
    for column in columns:
        now, then = new[column], before[column]
        # What the new list does not say is no change.
        differs = (now.notna() & (then.isna() | (now != then).fillna(value=True))).to_numpy()
        if differs.any():
            table = listed(new[differs], change)
            parts.append(
                table.assign(
                    field=column,
                    before=_texts(then[differs]),
                    after=_texts(now[differs]),
                )
            )
    return pd.concat(parts, ignore_index=True) if parts else listed(new.iloc[:0], change)


def _texts(values: pd.Series) -> npt.NDArray[np.object_]:
    known = values.notna()
    texts: npt.NDArray[np.object_] = (
        values.astype(object).map(_text).where(known, None).to_numpy(dtype=object)
    )
    return texts


def _text(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _moves(new: gpd.GeoDataFrame, old: gpd.GeoDataFrame) -> pd.DataFrame:
    """List the villages whose position becomes another one, from their commune's centre too."""
    placed = (new.geometry.notna() & old.geometry.notna().to_numpy()).to_numpy()
    both = np.flatnonzero(surveyed(new) & placed)
    (x, y), (u, v) = lonlat(new.iloc[both]), lonlat(old.iloc[both])
    metres = geodesic_m(x, y, u, v)
    far = metres > MOVED_M
    moved = new.iloc[both[far]]
    return listed(moved, Change.MOVED).assign(
        field="geometry",
        before=[f"{lon:.5f}, {lat:.5f}" for lon, lat in zip(u[far], v[far], strict=True)],
        after=[
            f"{lon:.5f}, {lat:.5f} ({d:.0f} m)"
            for lon, lat, d in zip(x[far], y[far], metres[far], strict=True)
        ],
    )


def _observed(new: pd.DataFrame, service: Service) -> pd.DataFrame:
    """Return what a list observes of a service: dated states that are known."""
    state, day = new[STATE_COLUMN[service]], new[f"{service}_observed_on"]
    said = (state != UNKNOWN_STATE[service]) & day.notna()
    return pd.DataFrame(
        {
            "village_id": new["village_id"],
            "name": new["name"],
            "service": str(service),
            "state": state,
            "observed_on": day,
        }
    )[said]


def _state_changes(seen: pd.DataFrame) -> pd.DataFrame:
    news = seen[differs(seen)]
    return pd.DataFrame(
        {
            "village_id": news["village_id"],
            "name": news["name"],
            "change": str(Change.STATE),
            "field": news["service"].map(lambda service: f"{service}_state"),
            "before": news["before"],
            "after": news["state"],
        }
    )

"""Next quarter's list over this one: what is new, gone, renamed, moved and changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.nearest import nearest
from geo.schema import OBSERVATIONS
from planning.columns import BoolArray, IntArray
from planning.identity import new_ids
from planning.matching import ALIAS_SEPARATOR, SAME_PLACE_M, Matches, match_villages
from planning.vocabulary import Evidence
from services.changes import (
    Change,
    compare_observations,
    differs,
    find_changes,
    listed,
    lonlat,
    surveyed,
)
from services.province import Province


@dataclass(frozen=True, eq=False)
class Merge:
    """A new list laid over a register; nothing is accepted yet.

    Attributes
    ----------
    register : GeoDataFrame
        What the register would become: matched villages keep their key, what the new list leaves
        empty keeps its value, villages that are gone from the list stay.
    observations : DataFrame
        What the history would become: every observation of the new list is added, unless the
        history has the same state on the same day already.
    confirmed : int
        Observations among the added ones that find a known state unchanged on a later day.
    changes : DataFrame
        One row a change: ``village_id``, ``name``, ``change`` (:class:`Change`), ``field``,
        ``before``, ``after`` (texts, missing where there is none). A village without any change
        has one row ``same``.
    similar : DataFrame
        Pairs that may be one village under two names: ``new_row``, ``village_id``, ``name``
        (new), ``old_name``, ``similarity``.
    basis : Series of str
        Why each row of the new list is who it is (:class:`planning.matching.MatchBasis`).
    """

    register: gpd.GeoDataFrame
    observations: pd.DataFrame
    confirmed: int
    changes: pd.DataFrame
    similar: pd.DataFrame
    basis: pd.Series

    def counts(self) -> dict[Change, int]:
        """Return the number of villages with each kind of change; a village may have several."""
        table = self.changes.drop_duplicates(["village_id", "change"])["change"].value_counts()
        return {change: int(table.get(str(change), 0)) for change in Change}


def lay_over(
    new: gpd.GeoDataFrame,
    province: Province,
    source: str,
    *,
    same: Sequence[tuple[int, str]] = (),
) -> Merge:
    """Lay a new list over a register.

    Parameters
    ----------
    new : GeoDataFrame, n rows
        Columns of :data:`geo.schema.VILLAGES`, EPSG:4326; ``village_id`` may be missing.
    province : Province
        Its villages and observations are the register and history until now.
    source : str
        The new list's file, which becomes the source of its observations.
    same : sequence of (int, str)
        Rows of the new list and keys of the villages a person said they are.

    Returns
    -------
    Merge
    """
    old = province.villages
    at = {key: row for row, key in enumerate(old["village_id"])}
    confirmed = [(row, at[key]) for row, key in same if key in at]
    found = match_villages(new, old, near=_near(new, old), confirmed=confirmed)
    known = found.old_row >= 0
    taken = pd.concat([old["village_id"], province.observations["village_id"]]).drop_duplicates()
    ids = _ids(new, old, found.old_row, taken)
    named = new.assign(village_id=ids)
    seen = compare_observations(named, province)
    again = ~differs(seen)
    added = seen[~again | (seen["before_on"] != seen["observed_on"])]
    changes = pd.concat(
        [
            find_changes(named[known], old.iloc[found.old_row[known]], seen),
            listed(named[~known], Change.NEW),
            listed(old[~np.isin(np.arange(len(old)), found.old_row)], Change.GONE),
        ],
        ignore_index=True,
    )
    unchanged = named[known & ~_among(named["village_id"], changes["village_id"])]
    return Merge(
        register=_merged(named, old, found.old_row),
        observations=_history(province, added, source),
        confirmed=int(again[added.index].sum()),
        changes=pd.concat([changes, listed(unchanged, Change.SAME)], ignore_index=True),
        similar=_similar(found, new, old),
        basis=pd.Series(found.basis, index=ids.to_numpy(), dtype="str"),
    )


def _near(new: gpd.GeoDataFrame, old: gpd.GeoDataFrame) -> list[tuple[int, int]]:
    """Return pairs of surveyed villages that are each other's nearest and nearly on one spot."""
    mine, theirs = (np.flatnonzero(surveyed(frame)) for frame in (new, old))
    if not len(mine) or not len(theirs):
        return []
    (x, y), (u, v) = (lonlat(frame.iloc[rows]) for frame, rows in ((new, mine), (old, theirs)))
    there, back = nearest(x, y, u, v), nearest(u, v, x, y)
    mutual = back.index[there.index] == np.arange(len(mine))
    close = mutual & (there.distance_m <= SAME_PLACE_M)
    return [(int(mine[i]), int(theirs[there.index[i]])) for i in np.flatnonzero(close)]


def _ids(
    new: pd.DataFrame, old: pd.DataFrame, old_row: IntArray, taken: pd.Series[str]
) -> pd.Series:
    """Give matched villages their key; the others their own if it is free, else a new one."""
    own = new["village_id"].mask(_among(new["village_id"], taken))
    ids = own.reset_index(drop=True).astype("str")
    known = old_row >= 0
    ids[known] = old["village_id"].to_numpy()[old_row[known]]
    missing = ids.isna()
    area = new["commune_code"].fillna(new["unit_code"]).reset_index(drop=True)
    ids[missing] = new_ids(area[missing], [*taken, *ids.dropna()])
    return ids


def _among(keys: pd.Series[str], known: pd.Series[str]) -> BoolArray:
    """Tell which keys are known; looked up at once, where ``isin`` takes texts one by one."""
    found: BoolArray = pd.Index(known.unique()).get_indexer(pd.Index(keys)) >= 0
    return found


def _history(province: Province, added: pd.DataFrame, source: str) -> pd.DataFrame:
    columns = list(OBSERVATIONS.columns)
    dated = added.assign(evidence=str(Evidence.REGISTER), source=source)
    return pd.concat([province.observations[columns], dated[columns]], ignore_index=True)


def _merged(new: gpd.GeoDataFrame, old: gpd.GeoDataFrame, old_row: IntArray) -> gpd.GeoDataFrame:
    """Return the register with the new list in it."""
    known = old_row >= 0
    before = pd.DataFrame(old.drop(columns="geometry")).iloc[old_row[known]]
    now = pd.DataFrame(new.drop(columns="geometry"))
    before = before.set_axis(now.index[known])
    filled: Mapping[str, pd.Series] = {
        column: now[column].where(now[column].notna() | ~known, before[column].reindex(now.index))
        for column in now.columns
        if column in before
    }
    kept = {c: before[c].reindex(now.index) for c in before.columns if c not in now}
    merged = now.assign(**filled, **kept)
    merged["aliases"] = _aliases(merged, before.reindex(now.index))
    geometry, basis = _places(new, old, old_row)
    whole = gpd.GeoDataFrame(merged.assign(position_basis=basis), geometry=geometry, crs=new.crs)
    gone = old[~np.isin(np.arange(len(old)), old_row)]
    return pd.concat([whole, gone], ignore_index=True).sort_values("village_id", ignore_index=True)


def _aliases(merged: pd.DataFrame, before: pd.DataFrame) -> pd.Series:
    """Add the name a village had to its other names."""
    given = merged["aliases"] if "aliases" in merged else pd.Series(None, index=merged.index)
    former = before["name"].where(before["name"] != merged["name"])
    joined = [
        ALIAS_SEPARATOR.join(dict.fromkeys(_names(one) + _names(other)))
        for one, other in zip(given, former, strict=True)
    ]
    return pd.Series([text or None for text in joined], index=merged.index, dtype="str")


def _names(text: Any) -> list[str]:
    if not isinstance(text, str):
        return []
    return [name for part in text.split(ALIAS_SEPARATOR) if (name := part.strip())]


def _places(
    new: gpd.GeoDataFrame, old: gpd.GeoDataFrame, old_row: IntArray
) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.object_]]:
    """Keep a surveyed position where the new list only knows the commune."""
    geometry = new.geometry.to_numpy().copy()
    basis = new["position_basis"].to_numpy(dtype=object)
    known = np.flatnonzero(old_row >= 0)
    theirs = old.iloc[old_row[known]]
    better = ~surveyed(new.iloc[known]) & surveyed(theirs)
    geometry[known[better]] = theirs.geometry.to_numpy()[better]
    basis[known[better]] = theirs["position_basis"].to_numpy(dtype=object)[better]
    return geometry, basis


def _similar(found: Matches, new: pd.DataFrame, old: pd.DataFrame) -> pd.DataFrame:
    pairs = found.similar
    return pd.DataFrame(
        {
            "new_row": pairs["new_row"],
            "name": new["name"].to_numpy(dtype=object)[pairs["new_row"].to_numpy(dtype=int)],
            "village_id": old["village_id"].to_numpy(dtype=object)[
                pairs["old_row"].to_numpy(dtype=int)
            ],
            "old_name": old["name"].to_numpy(dtype=object)[pairs["old_row"].to_numpy(dtype=int)],
            "similarity": pairs["similarity"],
        }
    )

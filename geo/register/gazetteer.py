"""Which communes there were, when, and what became of them.

A code of a commune means something only with a day: on 2025-07-01 all 48 new units of old Lào Cai
took over the code of one of their members, often with another name. So the gazetteer keeps two
tables, communes before that day and units since, and says for any day which codes were valid.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from geo.geodesy import geodesic_m, to_ecef
from geo.register.place_names import NameIndex, exact_key
from planning.columns import FloatArray, IntArray

CODE_DIGITS: Final = 5
DISTRICT_DIGITS: Final = 3

_COMMUNE_COLUMNS: Final = (
    "commune_code", "commune", "district_code", "district", "unit_code", "unit",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Vintage:
    """A span of days through which the same codes were valid.

    Attributes
    ----------
    valid_from : date
    valid_to : date or None
        The last day; ``None`` while it lasts.
    codes : frozenset of str
    units : bool
        Whether these are units since the reform rather than communes before it.
    """

    valid_from: date
    valid_to: date | None
    codes: frozenset[str]
    units: bool


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """The administrative units of a province in all their vintages.

    Positions in ``communes`` and ``units`` are what the indexes point at.

    Attributes
    ----------
    communes : DataFrame
        ``commune_code``, ``commune``, ``district_code``, ``district``, ``unit_code``, ``unit``,
        ``lon``, ``lat`` (degrees, EPSG:4326; NaN if unknown), ``radius_m``, ``valid_from`` and
        ``valid_to`` (date).
    units : DataFrame
        ``unit_code``, ``unit``, ``lon``, ``lat`` (mean of its communes), ``district_code`` and
        ``district`` (missing where its communes were in several), ``valid_from``.
    unit_of : ndarray of int, shape (n,)
        Unit of each commune.
    commune_at, unit_at : mapping of str to int
        By code.
    commune_names, unit_names, district_names : NameIndex
        District names point at ``district_codes``.
    district_codes : tuple of str
    commune_keys, unit_keys : tuple of str
        :func:`~geo.register.place_names.exact_key` of each one's own name.
    communes_of : mapping of str to frozenset of int
        By code of the district.
    vintages : tuple of Vintage
        In order of time.
    """

    communes: pd.DataFrame
    units: pd.DataFrame
    unit_of: IntArray
    commune_at: Mapping[str, int]
    unit_at: Mapping[str, int]
    commune_names: NameIndex
    unit_names: NameIndex
    district_names: NameIndex
    district_codes: tuple[str, ...]
    commune_keys: tuple[str, ...]
    unit_keys: tuple[str, ...]
    communes_of: Mapping[str, frozenset[int]]
    vintages: tuple[Vintage, ...]

    @classmethod
    def from_communes(cls, frame: pd.DataFrame, spellings: pd.DataFrame | None = None) -> Gazetteer:
        """Build a gazetteer.

        Parameters
        ----------
        frame : DataFrame
            As :func:`geo.reading.read_communes` gives it: one row a commune, with the unit it
            became and ``unit_valid_from``. ``radius_km`` is used where it is there, else half the
            way to the third nearest centre.
        spellings : DataFrame, optional
            ``code``, ``spelling``, ``valid_from`` and ``valid_to``: further names of a code by
            date. Where the own name of a code ends, so does the code: another has taken it in.

        Returns
        -------
        Gazetteer
        """
        given = frame.sort_values("commune_code", ignore_index=True)
        variants = _no_spellings() if spellings is None else spellings
        communes = _communes(given, variants)
        units = _units(communes, given)
        commune_at = {code: i for i, code in enumerate(communes["commune_code"])}
        unit_at = {code: i for i, code in enumerate(units["unit_code"])}
        districts = communes[["district_code", "district"]].drop_duplicates("district_code")
        return cls(
            communes=communes,
            units=units,
            unit_of=communes["unit_code"].map(unit_at).to_numpy(dtype=np.int64),
            commune_at=MappingProxyType(commune_at),
            unit_at=MappingProxyType(unit_at),
            commune_names=NameIndex.of(
                [
                    *zip(communes["commune"], range(len(communes)), strict=True),
                    *_named(variants, commune_at, communes, units=False),
                ]
            ),
            unit_names=NameIndex.of(
                [
                    *zip(units["unit"], range(len(units)), strict=True),
                    *_named(variants, unit_at, units, units=True),
                ]
            ),
            district_names=NameIndex.of(
                zip(districts["district"], range(len(districts)), strict=True)
            ),
            district_codes=tuple(districts["district_code"]),
            commune_keys=tuple(map(exact_key, communes["commune"])),
            unit_keys=tuple(map(exact_key, units["unit"])),
            communes_of=_communes_of(communes),
            vintages=_vintages(communes, units),
        )

    @classmethod
    def empty(cls) -> Gazetteer:
        """Return a gazetteer that knows no place: given values are kept, nothing is resolved."""
        columns = {name: pd.Series(dtype="str") for name in (*_COMMUNE_COLUMNS, "unit_valid_from")}
        centre = {name: pd.Series(dtype=np.float64) for name in ("lon", "lat")}
        return cls.from_communes(pd.DataFrame({**columns, **centre, "valid_from": columns["unit"]}))

    def __len__(self) -> int:
        """Return the number of communes."""
        return len(self.communes)

    def codes_on(self, day: date) -> frozenset[str]:
        """Return the codes valid on a day; none before the first vintage."""
        for vintage in self.vintages:
            if vintage.valid_from <= day and (vintage.valid_to is None or day <= vintage.valid_to):
                return vintage.codes
        return frozenset()

    def district_communes(self, district_code: str) -> frozenset[int]:
        """Return the communes of a district."""
        return self.communes_of.get(district_code, frozenset())


def _communes_of(communes: pd.DataFrame) -> Mapping[str, frozenset[int]]:
    members: dict[str, set[int]] = {}
    for at, code in enumerate(communes["district_code"]):
        members.setdefault(code, set()).add(at)
    return MappingProxyType({code: frozenset(found) for code, found in members.items()})


def _no_spellings() -> pd.DataFrame:
    return pd.DataFrame(columns=["code", "spelling", "valid_from", "valid_to"], dtype="str")


def _communes(given: pd.DataFrame, variants: pd.DataFrame) -> pd.DataFrame:
    communes = given.loc[:, [*_COMMUNE_COLUMNS, "lon", "lat"]]
    starts = _days(given["valid_from"])
    ends = [day - timedelta(days=1) for day in _days(given["unit_valid_from"])]
    own = dict(zip(communes["commune_code"], communes["commune"].map(exact_key), strict=True))
    for code, spelling, until in zip(
        variants["code"], variants["spelling"], variants["valid_to"], strict=True
    ):
        if own.get(code) == exact_key(spelling) and pd.notna(until):
            at = list(own).index(code)
            ends[at] = min(ends[at], date.fromisoformat(until))
    return communes.assign(radius_m=_radii(given), valid_from=starts, valid_to=ends)


def _radii(given: pd.DataFrame) -> FloatArray:
    """Return how far each commune reaches around its centre, in metres."""
    if "radius_km" in given:
        return pd.to_numeric(given["radius_km"]).to_numpy(dtype=np.float64) * 1000.0
    radii = np.full(len(given), np.inf)
    known = np.flatnonzero(given["lon"].notna() & given["lat"].notna())
    if len(known) < 2:
        return radii
    lon, lat = (given[axis].to_numpy(dtype=np.float64)[known] for axis in ("lon", "lat"))
    points = to_ecef(lon, lat)
    neighbours = [min(4, len(known))]
    third = np.asarray(cKDTree(points).query(points, k=neighbours)[1])[:, 0]
    radii[known] = geodesic_m(lon, lat, lon[third], lat[third]) / 2.0
    return radii


def _units(communes: pd.DataFrame, given: pd.DataFrame) -> pd.DataFrame:
    dated = communes.assign(since=_days(given["unit_valid_from"]))
    groups = dated.groupby("unit_code", sort=True)
    units = groups.agg(
        unit=("unit", "first"),
        lon=("lon", "mean"),
        lat=("lat", "mean"),
        district_code=("district_code", "first"),
        district=("district", "first"),
        valid_from=("since", "first"),
    )
    # A village of a unit that straddles districts has a district; the unit has none.
    alone = groups["district_code"].nunique().to_numpy() == 1
    for column in ("district_code", "district"):
        units[column] = units[column].where(alone)
    return units.reset_index()


def _named(
    variants: pd.DataFrame, at: Mapping[str, int], table: pd.DataFrame, *, units: bool
) -> Iterator[tuple[str, int]]:
    """Yield the spellings of a table's codes that were in use while its codes were valid."""
    for code, spelling, since, until in zip(
        *(variants[name] for name in ("code", "spelling", "valid_from", "valid_to")), strict=True
    ):
        if code not in at:
            continue
        own = table.iloc[at[code]]
        starts = date.min if pd.isna(since) else date.fromisoformat(since)
        ends = date.max if pd.isna(until) else date.fromisoformat(until)
        if ends >= own["valid_from"] and (units or starts <= own["valid_to"]):
            yield spelling, at[code]


def _vintages(communes: pd.DataFrame, units: pd.DataFrame) -> tuple[Vintage, ...]:
    if communes.empty:
        return ()
    starts = sorted(
        {*communes["valid_from"], *(d + timedelta(days=1) for d in communes["valid_to"])}
    )
    before = [
        Vintage(
            since,
            following - timedelta(days=1),
            frozenset(
                communes.loc[
                    (communes["valid_from"] <= since) & (communes["valid_to"] >= since),
                    "commune_code",
                ]
            ),
            units=False,
        )
        for since, following in pairwise(starts)
    ]
    since = min(units["valid_from"])
    return (*before, Vintage(since, None, frozenset(units["unit_code"]), units=True))


def _days(texts: pd.Series) -> list[date]:
    return [date.fromisoformat(text) for text in texts]

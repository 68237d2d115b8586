"""The law of the frames: one pandera schema each for villages, observations and sites.

Every reader validates against these before anything else sees a frame, with all faults at once.
The data dictionaries (``data/README.md``, ``docs/reference/data-dictionary.md``) are tested
against them. A nullable column that is absent is added as missing values: nothing downstream need
ask whether it is there, and nothing becomes zero.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import pandera.pandas as pa

from planning.vocabulary import (
    Evidence,
    FixedState,
    GridPower,
    MobileState,
    PositionBasis,
    Service,
    SiteKind,
    VillageKind,
)

AREA_CLASSES: Final = ("I", "II", "III")


def _choice(values: type[StrEnum]) -> pa.Check:
    return pa.Check.isin([str(value) for value in values])


def _text(*checks: pa.Check, nullable: bool = False) -> pa.Column:
    return pa.Column(str, list(checks), nullable=nullable, coerce=True)


def _count() -> pa.Column:
    return pa.Column("Int64", pa.Check.ge(0), nullable=True, coerce=True)


def _flag() -> pa.Column:
    return pa.Column("boolean", nullable=True, coerce=True)


def _amount() -> pa.Column:
    return pa.Column(float, pa.Check.ge(0), nullable=True, coerce=True, required=False)


def _note() -> pa.Column:
    return pa.Column(str, nullable=True, coerce=True, required=False)


def _day(*, nullable: bool) -> pa.Column:
    return pa.Column("datetime64[ns]", nullable=nullable, coerce=True)


VILLAGES: Final = pa.DataFrameSchema(
    {
        "village_id": pa.Column(str, pa.Check.str_length(1, 64), unique=True, coerce=True),
        "name": _text(pa.Check.str_length(min_value=1)),
        "kind": _text(_choice(VillageKind), nullable=True),
        "commune_code": _text(nullable=True),
        "commune": _text(nullable=True),
        "district_code": _text(nullable=True),
        "district": _text(nullable=True),
        "unit_code": _text(nullable=True),
        "unit": _text(nullable=True),
        "households": _count(),
        "people": _count(),
        "minority_share": pa.Column(float, pa.Check.in_range(0.0, 1.0), nullable=True, coerce=True),
        "main_group": _text(nullable=True),
        "poor_households": _count(),
        "area_class": _text(pa.Check.isin(AREA_CLASSES), nullable=True),
        "specially_difficult": _flag(),
        "border": _flag(),
        "grid_power": _text(_choice(GridPower), nullable=True),
        "position_basis": _text(_choice(PositionBasis), nullable=True),
        "mobile_state": _text(_choice(MobileState)),
        "mobile_observed_on": _day(nullable=True),
        "fixed_state": _text(_choice(FixedState)),
        "fixed_observed_on": _day(nullable=True),
        "aliases": _note(),
        "minority_households": pa.Column(
            "Int64", pa.Check.ge(0), nullable=True, coerce=True, required=False
        ),
        "near_poor_households": pa.Column(
            "Int64", pa.Check.ge(0), nullable=True, coerce=True, required=False
        ),
        "elevation_m": pa.Column(
            float, pa.Check.in_range(-500.0, 9000.0), nullable=True, coerce=True, required=False
        ),
        "road": _note(),
        "commune_distance_km": _amount(),
        "base_station_distance_km": _amount(),
        "fibre_distance_km": _amount(),
        "solution": _note(),
        "operator": _note(),
        "funding": _note(),
        "cost_vnd": _amount(),
        "deadline": _note(),
        "work": _note(),
        "difficulties": _note(),
        "source": _note(),
    },
    add_missing_columns=True,
)
"""A register of villages; a ``geometry`` column of EPSG:4326 points comes with it.

The columns after the two states are what offices record beside them: carried along where a list
has them (``required=False``: an absent one stays absent).
"""

CORE: Final = tuple(name for name, rule in VILLAGES.columns.items() if rule.required)
"""Columns of :data:`VILLAGES` that every checked register has, in order."""

OBSERVATIONS: Final = pa.DataFrameSchema(
    {
        "village_id": _text(),
        "service": _text(_choice(Service)),
        "state": _text(),
        "observed_on": _day(nullable=False),
        "evidence": _text(_choice(Evidence)),
        "source": _text(nullable=True),
    },
    checks=[
        pa.Check(
            lambda frame: (
                (
                    frame["state"].isin([str(s) for s in MobileState])
                    & (frame["service"] == Service.MOBILE)
                )
                | (
                    frame["state"].isin([str(s) for s in FixedState])
                    & (frame["service"] == Service.FIXED)
                )
            ),
            name="state belongs to service",
        )
    ],
)
"""Dated, append-only observations."""

SITES: Final = pa.DataFrameSchema(
    {
        "site_id": pa.Column(str, pa.Check.str_length(1, 64), unique=True, coerce=True),
        "name": _text(),
        "kind": _text(_choice(SiteKind)),
        "technology": _text(pa.Check.isin(["fibre", "2g", "3g", "4g", "5g"])),
        "commune_code": _text(nullable=True),
        "in_service_on": _day(nullable=True),
    },
    add_missing_columns=True,
)
"""Existing network points; a ``geometry`` column of EPSG:4326 points comes with it."""

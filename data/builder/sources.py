"""Read the source tables and join them: one row per village, one per commune."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pandas as pd

SOURCES: Final = Path(__file__).parents[1] / "sources"

COMMUNES_VALID_FROM: Final = "2020-03-01"
COMMUNES_VALID_TO: Final = "2024-10-31"
UNITS_VALID_FROM: Final = "2025-07-01"


def _read(name: str) -> pd.DataFrame:
    """Read a source table with every value as text, so that codes keep their zeros."""
    return pd.read_csv(SOURCES / name, dtype=str, keep_default_na=False, encoding="utf-8")


def read_communes() -> pd.DataFrame:
    """Read the 152 communes, sorted by code.

    Returns
    -------
    DataFrame
        ``commune_code, commune, commune_type, district_code, district, unit_code, unit`` (str),
        ``lon, lat`` (degrees WGS84, approximate), ``centre_basis`` (geocoded/inferred),
        ``border`` (bool, assumed).
    """
    table = _read("laocai_communes.csv").rename(
        columns={
            "code": "commune_code",
            "name": "commune",
            "type": "commune_type",
            "new_code": "unit_code",
            "new_name": "unit",
            "position": "centre_basis",
        }
    )
    return (
        table.assign(
            lon=table["lon"].astype(float),
            lat=table["lat"].astype(float),
            border=table["commune_code"].isin(_read("border_communes.csv")["commune_code"]),
        )
        .drop(columns=["radius_km", "area_km2"])
        .sort_values("commune_code")
        .reset_index(drop=True)
    )


def read_districts() -> pd.DataFrame:
    """Read the nine districts of the time, indexed by code.

    Returns
    -------
    DataFrame
        ``people`` (int), ``minority_share`` (0 to 1), ``persons_per_household`` (float) and the
        vintage, basis and source of each as text.
    """
    table = _read("districts.csv").set_index("district_code")
    return table.assign(
        people=table["people"].astype(int),
        minority_share=table["minority_share"].astype(float),
        persons_per_household=table["persons_per_household"].astype(float),
    )


def read_groups() -> pd.DataFrame:
    """Read the mix of ethnic groups by district, valley floors first.

    Returns
    -------
    DataFrame
        ``district_code, main_group`` (str), ``weight`` (any unit, in proportion),
        ``communes`` (codes a group is confined to, separated by blanks; empty = everywhere).
    """
    table = _read("ethnic_groups.csv")
    return table.assign(
        weight=table["weight"].astype(float), height_order=table["height_order"].astype(int)
    ).sort_values(["district_code", "height_order"])


def read_villages(communes: pd.DataFrame) -> pd.DataFrame:
    """Read the 1,568 illustrative positions with their commune, sorted by village id.

    Returns
    -------
    DataFrame
        ``village_id`` ("LC-02701-003"), ``village_no`` (int), ``lon, lat`` (degrees WGS84), the
        columns of the commune, its centre as ``centre_lon, centre_lat``.
    """
    points = _read("laocai_village_points.csv")
    numbers = points["village_no"].astype(int)
    centres = communes.rename(columns={"lon": "centre_lon", "lat": "centre_lat"})
    return (
        points.assign(
            village_id="LC-" + points["commune_code"] + "-" + numbers.map("{:03d}".format),
            village_no=numbers,
            lon=points["lon"].astype(float),
            lat=points["lat"].astype(float),
        )
        .merge(centres, on="commune_code", how="left", validate="many_to_one")
        .sort_values("village_id")
        .reset_index(drop=True)
    )

"""A province that fits on a line: one fibre point, four villages north of it a step apart."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import shapely

from geo.geodesy import geodesic_m
from geo.schema import VILLAGES
from planning.vocabulary import Gap, Target
from services.province import Province
from services.rollout_values import RolloutQuestion

LON, LAT, STEP = 104.0, 22.0, 0.01
DAY: Final = pd.Timestamp("2024-06-30")
PER_KM: Final = 100e6
EQUIPMENT: Final = 10e6
COSTS: Final = {
    "fibre_new_poles": PER_KM / 25_400,
    "fibre_equipment": EQUIPMENT / 25_400,
    "solar_village": 7e6 / 25_400,
}
"""100 million a kilometre, 10 million a village, 7 million for solar power, in USD as the book."""

PEOPLE: Final = (40, 10, 20, 30)
MINORITY: Final = (0.0, 1.0, 1.0, 0.5)
DISTRICTS: Final = ("080", "080", "090", "090")


def step_km(steps: int = 1) -> float:
    """Return the geodesic length of some steps of 0.01° to the north."""
    return float(geodesic_m([LON], [LAT], [LON], [LAT + STEP * steps])[0]) / 1000.0


def line_province(**changes: Any) -> Province:
    """Return the province; ``changes`` replace columns of the register."""
    count = len(PEOPLE)
    table = pd.DataFrame(
        {
            "village_id": [f"V{n}" for n in range(1, count + 1)],
            "name": [f"Bản {n}" for n in range(1, count + 1)],
            "commune_code": "02701",
            "commune": "Xã Y Tý",
            "district_code": list(DISTRICTS),
            "district": [f"Huyện {code}" for code in DISTRICTS],
            "unit_code": "02701",
            "unit": "Xã Y Tý",
            "people": list(PEOPLE),
            "households": [people // 5 for people in PEOPLE],
            "minority_share": list(MINORITY),
            "grid_power": "grid",
            "specially_difficult": True,
            "position_basis": "surveyed",
            "mobile_state": "no_signal",
            "mobile_observed_on": DAY,
            "fixed_state": "none",
            "fixed_observed_on": DAY,
        }
    ).assign(**changes)
    points = [shapely.Point(LON, LAT + STEP * n) for n in range(1, count + 1)]
    villages = gpd.GeoDataFrame(VILLAGES.validate(table), geometry=points, crs="EPSG:4326")
    observations = pd.concat(
        [
            pd.DataFrame(
                {
                    "village_id": table["village_id"],
                    "service": service,
                    "state": table[f"{service}_state"],
                    "observed_on": DAY,
                    "evidence": "survey",
                    "source": "first",
                }
            )
            for service in ("mobile", "fixed")
        ],
        ignore_index=True,
    )
    sites = gpd.GeoDataFrame(
        {
            "site_id": ["F1", "B1"],
            "name": ["Điểm cáp", "Trạm"],
            "kind": ["fibre_point", "base_station"],
            "technology": ["fibre", "4g"],
            "commune_code": "02701",
            "in_service_on": pd.Series([pd.NaT, pd.NaT], dtype="datetime64[ns]"),
        },
        geometry=[shapely.Point(LON, LAT), shapely.Point(LON, LAT)],
        crs="EPSG:4326",
    )
    common: dict[str, Any] = {
        "cohort_on": DAY.date(),
        "cohort_size": 4,
        "deadline": date(2024, 12, 31),
    }
    targets = (
        Target(target_id="fibre", gap=Gap.FIBRE, required=2, source="x", **common),
        Target(target_id="signal", gap=Gap.NO_SIGNAL, required=4, source="x", **common),
    )
    return Province(
        villages=villages,
        observations=observations,
        sites=sites,
        communes=pd.DataFrame(),
        targets=targets,
        published=pd.DataFrame(),
        illustrative=True,
        name="Tỉnh thử",
        source="line",
        data_hash="line",
    )


def ask(**changes: Any) -> RolloutQuestion:
    """Return a question for two villages of cable, without a route factor."""
    asked: dict[str, Any] = {
        "target_id": "fibre",
        "gap": Gap.FIBRE,
        "as_of": DAY.date(),
        "start": date(2024, 7, 1),
        "deadline": date(2024, 12, 31),
        "route_factor": 1.0,
        "cost_values": COSTS,
    }
    return RolloutQuestion(**(asked | changes))

"""A roll-out plan small enough to add up by hand, for every test that writes one.

Two villages are connected over a shared trunk: 1.5 km of cable for 150 million dong to the first
and 2.25 km for 225 million from there to the second. A third has a microwave mast.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.networks.network import GeoNetwork, NetworkKind
from planning.errors import Fault
from planning.network import Network
from planning.vocabulary import Gap
from services.rollout_costs import cost_book_of, cost_lines
from services.rollout_values import RolloutPlan, RolloutQuestion, Totals

HOSTILE: Final = '=HYPERLINK("http://x.example","<b>y</b>")'
ROOT: Final = (104.0, 22.0)
FIRST: Final = (104.01, 22.005)
SECOND: Final = (104.02, 22.02)
THIRD: Final = (104.05, 22.05)


def small_plan(**changes: Any) -> RolloutPlan:
    """Return the plan, with some of its parts in place of its own."""
    question = RolloutQuestion(
        target_id="fibre-2024",
        gap=Gap.FIBRE,
        as_of=date(2024, 6, 30),
        start=date(2024, 7, 1),
        deadline=date(2024, 12, 31),
        connect=3,
        decided=("B",),
        excluded={"E": "+84 không đường <vào>"},
        min_per_district={"084": 1},
    )
    plan = RolloutPlan(
        question=question,
        network=_network(),
        villages=_villages(),
        links=_links(),
        sites=pd.DataFrame(
            {
                "site_id": ["M001"],
                "lon": [104.045],
                "lat": [22.045],
                "cost_vnd": [900e6],
                "serves": [("C",)],
            }
        ),
        totals=Totals(
            villages=3,
            people=600,
            households=120,
            minority_share=0.75,
            km=3.75,
            cost_vnd=1_375_000_000.4,
            cost_usd=54_133.9,
            gap=0.02,
            proven=False,
            bound_vnd=1_347_500_000.0,
            seconds=1.5,
            plan_hash="ab" * 32,
            people_unknown=1,
            power_later=1,
        ),
        certificate={
            "plan_hash": "ab" * 32,
            "holds": True,
            "checks": [{"check": "edges", "holds": True}, {"check": "cost", "holds": True}],
            "villages": ["A", "B", "C"],
            "why": "đường",
        },
        baselines=pd.DataFrame(
            {
                "name": ["plan", "other"],
                "message": ["planfile-part-result", "planfile-part-question"],
                "villages": [3, 3],
                "people": [600, 580],
                "km": [3.75, 5.0],
                "cost_vnd": [1_375e6, 1_500e6],
                "keeps_conditions": [True, False],
            }
        ),
        order=None,
        calendar=None,
        waves=pd.DataFrame(
            {
                "wave": ["2024-Q3", "2024-Q4"],
                "capacity_km": [48.0, 69.333],
                "villages": [1, 1],
                "people": [200, 300],
                "km": [1.5, 2.25],
                "cost_vnd": [150e6, 225e6],
                "villages_total": [1, 2],
                "people_total": [200, 500],
                "baseline_villages_total": [0, 2],
                "baseline_people_total": [0, 500],
            }
        ),
        costs=cost_lines(question, cost_book_of(question)),
        conditions=pd.DataFrame(
            {
                "key": ["district"],
                "name": ["Huyện <X>"],
                "asked": [1.0],
                "attained": [2.0],
                "attained_without": [None],
                "price_low_vnd": [0.0],
                "price_high_vnd": [12e6],
            }
        ),
        conflict=None,
        faults=(Fault("fault-roads-empty", row=3, values={"count": 1}),),
        province="Lào Cai",
        data_hash="0123456789ab",
        illustrative=True,
    )
    return replace(plan, **changes)


def villages_with(columns: Mapping[str, Any]) -> pd.DataFrame:
    """Return the villages with some columns changed."""
    return _villages().assign(**columns)


def _network() -> GeoNetwork:
    places = np.array([ROOT, FIRST, SECOND, THIRD])
    edges = np.array([[0, 1], [1, 2], [2, 3]])
    return GeoNetwork(
        network=Network(
            n_nodes=4,
            edges=edges,
            lengths_m=np.array([1500.0, 2250.0, 5000.0]),
            effort=np.ones(3),
            roots=np.array([0]),
            villages=np.array([1, 2, 3]),
        ),
        node_lonlat=places,
        edge_shapes=np.array([shapely.LineString(places[pair]) for pair in edges], dtype=object),
        village_ids=("A", "B", "C"),
        root_ids=("F1",),
        faults=(),
        kind=NetworkKind.CANDIDATE,
    )


def _links() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {
            "link_id": ["L001", "L002", "R001"],
            "technology": ["fibre", "fibre", "microwave"],
            "length_km": [1.5, 2.25, 8.0],
            "cost_vnd": [150e6, 225e6, 100e6],
            "wave": pd.Series(["2024-Q3", "2024-Q4", None], dtype=object),
            "from_name": pd.Series(["Điểm cáp & 1", HOSTILE, None], dtype=object),
            "to_name": pd.Series([HOSTILE, "Thôn Hai", "M001"], dtype=object),
            "villages": [2, 1, 1],
        },
        geometry=[
            shapely.LineString([ROOT, FIRST]),
            shapely.LineString([FIRST, SECOND]),
            shapely.LineString([ROOT, (104.045, 22.045)]),
        ],
        crs="EPSG:4326",
    )


def _villages() -> pd.DataFrame:
    texts: dict[str, list[Any]] = {
        "village_id": ["A", "B", "C", "D", "E"],
        "village": [HOSTILE, "Thôn Hai", "Thôn Ba", "Thôn Tư", None],
        "commune": ["Xã Một"] * 5,
        "unit": ["Xã Một"] * 5,
        "district": ["Huyện <X>"] * 5,
        "district_code": ["084"] * 5,
        "lane": ["fund", "operator", "fund", "power_first", "unknown"],
        "technology": ["fibre", "fibre", "mast", None, None],
        "wave": ["2024-Q3", "2024-Q4", None, None, None],
        "done_on": [date(2024, 9, 30), date(2024, 12, 31), None, None, None],
        "reason": [
            "reason-chosen",
            "reason-decided",
            "reason-indispensable",
            "reason-left-out",
            "reason-impossible",
        ],
        "reason_values": [
            {"difference": 12_345_678.4, "unit": "vnd"},
            {"difference": 0.0, "unit": "vnd"},
            {},
            {"difference": 2_000_000.0, "unit": "vnd"},
            {},
        ],
        "alternates": [("D", "E"), (), (), ("C",), ()],
    }
    numbers: dict[str, list[float | None]] = {
        "score": [0.9, 0.8, 0.7, 0.6, 0.5],
        "minority_share": [0.5, 1.0, 0.75, 0.0, None],
        "lon": [FIRST[0], SECOND[0], THIRD[0], 104.1, None],
        "lat": [FIRST[1], SECOND[1], THIRD[1], 22.1, None],
        "shortest_cable_km": [1.5, 3.75, 8.75, 20.5, None],
        "connection_cost_vnd": [12_700_000.25, 12_700_000.25, None, None, None],
        "equipment_cost_vnd": [0.0, 0.0, 0.0, 0.0, 0.0],
        "replacement_cost_vnd": [12_345_678.4, None, None, None, None],
        "enters_at_vnd": [None, None, None, 2_000_000.0, None],
        "needed_budget_vnd": [None, None, None, 1_377_000_000.4, None],
    }
    return pd.DataFrame(
        {
            **{key: pd.Series(values, dtype=object) for key, values in texts.items()},
            **{key: pd.Series(values, dtype="float64") for key, values in numbers.items()},
            "rank": [1, 2, 3, 4, 5],
            "people": pd.array([200, 300, 100, 50, None], dtype="Int64"),
            "households": pd.array([40, 60, 20, 10, None], dtype="Int64"),
            "is_connected": [True, True, True, False, False],
        }
    )

"""A village known only by its commune's centre makes no claim finer than the commune."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from geo.schema import VILLAGES
from planning.vocabulary import Direction, Gap, Weights
from services.assess import assess
from services.prioritise import Question, measure, prioritise
from services.province import Province
from services.serving import find_serving_points, nearest_of_all, nearest_served
from services.village import describe

DAY = date(2024, 6, 30)
KM = 1 / 110.574  # degrees of latitude at the equator


def province(bases: list[str]) -> Province:
    """Four villages on a meridian at 0, 1, 2 and 5 km; A and C lack fibre, B and D have it."""
    villages = VILLAGES.validate(
        pd.DataFrame(
            {
                "village_id": ["A", "B", "C", "D"],
                "name": ["Bản A", "Bản B", "Bản C", "Bản D"],
                "commune_code": "02701",
                "people": pd.array([100, 200, 300, 400], dtype="Int64"),
                "minority_share": 0.5,
                "position_basis": bases,
                "mobile_state": "broadband",
                "fixed_state": ["none", "fibre", "none", "fibre"],
                "fixed_observed_on": pd.Timestamp(DAY),
            }
        )
    )
    points = gpd.points_from_xy([0.0] * 4, np.array([0.0, 1.0, 2.0, 5.0]) * KM)
    observations = pd.DataFrame(
        {
            "village_id": villages["village_id"],
            "service": "fixed",
            "state": villages["fixed_state"],
            "observed_on": pd.Timestamp(DAY),
            "evidence": "survey",
            "source": "test",
        }
    )
    names = ["site_id", "name", "kind", "technology", "commune_code", "in_service_on"]
    return Province(
        villages=gpd.GeoDataFrame(villages, geometry=points, crs=4326),
        observations=observations,
        sites=gpd.GeoDataFrame({name: [] for name in names}, geometry=[], crs=4326),
        communes=pd.DataFrame(),
        targets=(),
        published=pd.DataFrame(),
        illustrative=False,
        name="test",
        source="test",
        data_hash="test",
    )


def nearest(bases: list[str]) -> pd.DataFrame:
    return nearest_served(province(bases), Gap.FIBRE, DAY, np.arange(4))


def test_surveyed_villages_are_measured_to_the_metre() -> None:
    found = nearest(["surveyed"] * 4)
    assert found["nearest_id"].tolist() == ["B", "D", "B", "B"]
    assert found["distance_m"].tolist() == pytest.approx([1000, 4000, 1000, 4000], abs=1)


def test_a_village_at_its_communes_centre_has_no_distance() -> None:
    found = nearest(["commune_centre", "surveyed", "surveyed", "surveyed"])
    assert found["nearest_id"].tolist()[1:] == ["D", "B", "B"]
    first = found.iloc[0]
    assert first[["nearest_id", "nearest_name", "nearest_kind", "distance_m"]].isna().all()


def test_a_village_at_its_communes_centre_is_nobodys_nearest_point() -> None:
    found = nearest(["surveyed", "commune_centre", "surveyed", "surveyed"])
    # B stands between A and C; D, 5 and 3 km away, is the nearest that can be measured.
    assert found["nearest_id"].fillna("nobody").tolist() == ["D", "nobody", "D", "nobody"]
    assert found["distance_m"].tolist() == pytest.approx(
        [5000, np.nan, 3000, np.nan], abs=1, nan_ok=True
    )
    points = find_serving_points(
        province(["surveyed", "commune_centre", "surveyed", "surveyed"]), Gap.FIBRE, DAY
    )
    assert points.point_id.tolist() == ["D"]


def test_its_score_counts_one_half_for_the_distance_and_says_so() -> None:
    centred = province(["commune_centre", "surveyed", "surveyed", "surveyed"])
    question = Question(Gap.FIBRE, DAY, Weights(1, 1, 0), Direction.NEAR, draws=0)
    table = prioritise(measure(centred, Gap.FIBRE, DAY), question).table.set_index("village_id")
    village = table.loc["A"]
    assert np.isnan(village["distance_score"])
    # Half the weight on distance, which counts 1/2; half on people: log(101) / log(301) = 0.808662.
    assert village["distance_points"] == 0.25
    assert village["total"] == pytest.approx(0.25 + 0.808662 / 2, abs=1e-6)
    assert village["total_high"] - village["total_low"] == pytest.approx(0.5)
    assert village["incomplete"]
    assert not table.loc["C", "incomplete"]
    assert pd.isna(village["distance_km"])


def test_access_within_ten_kilometres_still_uses_it() -> None:
    surveyed = measure(province(["surveyed"] * 4), Gap.FIBRE, DAY)
    centred = measure(province(["commune_centre"] * 4), Gap.FIBRE, DAY)
    assert centred.table["access"].tolist() == surveyed.table["access"].tolist()
    assert centred.table["access"].between(0, 1, inclusive="neither").all()


def test_the_card_says_why_there_is_no_distance() -> None:
    mixed = province(["commune_centre", "surveyed", "surveyed", "surveyed"])
    now, nearest = assess(mixed, DAY), nearest_of_all(mixed, DAY)
    assert describe(mixed, now, {}, nearest, "A").no_distance == "no-distance-commune-centre"
    assert describe(mixed, now, {}, nearest, "B").no_distance is None


def test_a_register_that_does_not_say_how_positions_are_known_is_measured() -> None:
    silent = province(["surveyed"] * 4)
    villages = silent.villages.assign(position_basis=pd.Series([None] * 4, dtype="str"))
    found = nearest_served(replace(silent, villages=villages), Gap.FIBRE, DAY, np.arange(4))
    assert found["distance_m"].notna().all()

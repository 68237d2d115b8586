"""Targets of one area: the cohort is the area's own, and an area nobody knows is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from geo.target_file import write_targets
from geo.writing import register_geojson
from i18n import translator
from i18n.refusals import say_faults
from planning.errors import DataError
from planning.vocabulary import Area, AreaKind
from services.province import load_province
from services.rollout import roll_out
from services.track import track
from tests.unit.services.line_province import ask, line_province

SOUTH = Area(AreaKind.DISTRICT, "080", "Huyện 080")


def test_a_target_of_a_district_is_about_its_villages_only() -> None:
    province = line_province()
    fibre = replace(province.targets[0], area=SOUTH, cohort_size=2)
    own = replace(province, targets=(fibre,))
    (report,) = track(own, date(2024, 6, 30))
    assert report.progress.cohort_size == 2
    assert report.by_district["district_code"].tolist() == ["080"]
    plan = roll_out(own, ask(connect=2))
    assert set(plan.villages["village_id"]) == {"V1", "V2"}


def test_what_is_built_elsewhere_does_not_count() -> None:
    province = line_province()
    fibre = replace(province.targets[0], area=SOUTH, cohort_size=2)
    built = pd.DataFrame(
        {
            "village_id": ["V1", "V3"],
            "service": "fixed",
            "state": "fibre",
            "observed_on": pd.Timestamp(2024, 9, 1),
            "evidence": "acceptance",
            "source": "test",
        }
    )
    later = replace(
        province,
        targets=(fibre,),
        observations=pd.concat([province.observations, built], ignore_index=True),
    )
    (report,) = track(later, date(2024, 9, 1))
    assert (report.progress.achieved, report.progress.remaining) == (1, 1)


def test_an_area_the_register_does_not_have_is_a_sentence(tmp_path: Path) -> None:
    province = line_province()
    strange = replace(
        province.targets[0], area=Area(AreaKind.COMMUNE, "99999", "Nowhere"), cohort_size=2
    )
    villages = tmp_path / "villages.geojson"
    villages.write_bytes(register_geojson(gpd.GeoDataFrame(province.villages), {}))
    write_targets(tmp_path / "targets.toml", [strange])
    with pytest.raises(DataError) as refused:
        load_province(villages, targets=tmp_path / "targets.toml")
    (said,) = say_faults(refused.value, translator("vi"))
    assert "99999" in said
    assert "xã, phường, thị trấn" in said

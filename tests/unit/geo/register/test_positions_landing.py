"""Metres brought to WGS84: by the system a person names, the file states, or nobody knows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely
from pyproj import CRS, Transformer

from geo.register.coordinates import CoordinateReading, read_points
from geo.register.extent import Extent
from geo.register.gazetteer import Gazetteer
from geo.register.places import resolve_places
from geo.register.positions import Located, locate_villages
from i18n import translator
from planning.columns import FloatArray
from planning.errors import Severity

ZONE = "+proj=tmerc +lat_0=0 +lon_0=104.75 +k=0.9999 +x_0=500000 +y_0=0 +units=m"


def said(located: Located) -> list[tuple[str, int | None, Severity]]:
    return [(fault.key, fault.row, fault.severity) for fault in located.faults]


def zone_points(count: int = 40) -> tuple[list[str], CoordinateReading, FloatArray]:
    generator = np.random.default_rng(5)
    lon, lat = 103.842 + generator.normal(0, 0.01, count), 22.336 + generator.normal(0, 0.01, count)
    x, y = Transformer.from_crs(4326, 9208, always_xy=True).transform(lon, lat)
    reading = read_points(shapely.points(x, y), np.arange(2, count + 2), extent=Extent())
    return ["03001"] * count, reading, np.column_stack((lon, lat))


def land(gazetteer: Gazetteer, extent: Extent, **options: Any) -> tuple[Located, float]:
    communes, reading, true = zone_points()
    located = locate_villages(
        resolve_places(
            pd.DataFrame({"commune_code": communes}), np.arange(2, len(communes) + 2), gazetteer, {}
        ),
        reading,
        np.arange(2, len(communes) + 2),
        gazetteer=gazetteer,
        extent=extent,
        **options,
    )
    off = np.abs(located.frame[["lon", "lat"]].to_numpy() - true).max()
    return located, float(off)


@pytest.mark.parametrize("file_crs", [None, "EPSG:4326"])
def test_metres_without_a_system_are_asked_about_with_candidates(
    lao_cai: Gazetteer, province: Extent, file_crs: str | None
) -> None:
    located, _ = land(lao_cai, province, file_crs=file_crs)
    (fault,) = located.faults
    assert (fault.key, fault.severity) == ("fault-crs-missing", Severity.ERROR)
    assert fault.values["code"] == "EPSG:9208"
    assert fault.values["first"].startswith("VN-2000 / TM-3 104-45 (EPSG:9208) · 100 %")
    assert located.account.candidates[0].system.code == 9208
    assert located.frame["lon"].isna().all()
    assert located.account.missing == 40


@pytest.mark.parametrize("crs", ["EPSG:9208", "VN-2000 Lào Cai"])
def test_the_system_a_person_names_is_used_and_stated(
    lao_cai: Gazetteer, province: Extent, crs: str
) -> None:
    located, off = land(lao_cai, province, crs=crs)
    assert off < 2e-8
    assert (located.faults, located.account.accuracy_m) == ((), 1.0)
    assert located.account.system == "VN-2000 / TM-3 104-45 (EPSG:9208)"
    assert "VN-2000 to WGS 84" in located.account.operation


def test_a_null_shift_is_an_error_until_a_person_decides(
    lao_cai: Gazetteer, province: Extent
) -> None:
    stated = str(CRS.from_proj4(f"{ZONE} +ellps=WGS84 +towgs84=0,0,0,0,0,0,0").to_wkt())
    located, off = land(lao_cai, province, file_crs=stated)
    assert said(located) == [("fault-crs-shift", None, Severity.ERROR)]
    assert off > 1e-3
    decided, off = land(lao_cai, province, file_crs=stated, crs="9208")
    assert said(decided) == [("fault-crs-overridden", None, Severity.WARNING)]
    assert decided.faults[0].values["shift"] == pytest.approx(223.0, abs=0.5)
    assert off < 2e-8


def test_the_wrong_zone_is_one_fault_and_not_one_for_each_village(
    lao_cai: Gazetteer, province: Extent
) -> None:
    located, _ = land(lao_cai, province, file_crs="EPSG:5897")
    assert said(located) == [("fault-crs-zone", None, Severity.ERROR)]
    assert located.faults[0].values["code"] == "EPSG:9208"
    insisted, _ = land(lao_cai, province, crs="EPSG:5897")
    assert said(insisted) == [("fault-crs-zone", None, Severity.WARNING)]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_doubt_about_a_system_can_be_said_in_both_languages(
    lao_cai: Gazetteer, province: Extent, language: str
) -> None:
    words = translator(language)
    stated = str(CRS.from_proj4(f"{ZONE} +ellps=WGS84 +towgs84=0,0,0,0,0,0,0").to_wkt())
    options: list[dict[str, str]] = [
        {"file_crs": "EPSG:5897"}, {"file_crs": stated}, {"file_crs": stated, "crs": "9208"},
        {}, {"file_crs": "nonsense"}, {"crs": "WGS84"},
    ]  # fmt: skip
    keys = set()
    for option in options:
        for fault in land(lao_cai, province, **option)[0].faults:
            keys.add(fault.key)
            values = {"column": fault.column, "got": fault.got, "expected": fault.expected}
            assert words(fault.key, **(values | fault.values))
            assert words(str(fault.remedy), **(values | fault.values))
    assert keys == {
        "fault-crs-zone", "fault-crs-shift", "fault-crs-overridden", "fault-crs-missing",
        "fault-crs-unreadable", "fault-crs-units",
    }  # fmt: skip

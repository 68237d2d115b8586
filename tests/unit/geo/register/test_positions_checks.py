"""Where villages lie: their own coordinates, a commune centre, or a fault that says why not."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from geo.intake.table import RawColumn
from geo.reading import read_villages
from geo.register.coordinates import CoordinateReading, read_coordinates, read_points
from geo.register.extent import Extent
from geo.register.gazetteer import Gazetteer
from geo.register.places import ResolvedPlaces, resolve_places
from geo.register.positions import Located, locate_villages
from i18n import translator
from planning.errors import DataError, Severity

Spot = tuple[str | None, str | None]
DATA = Path(__file__).resolve().parents[4] / "data"
SA_PA = ("22.336", "103.842")


def places(gazetteer: Gazetteer, communes: list[str | None], **more: Any) -> ResolvedPlaces:
    named = pd.DataFrame({"commune_code": pd.Series(communes, dtype="str"), **more})
    return resolve_places(named, np.arange(2, len(communes) + 2), gazetteer, {})


def coordinates(spots: list[Spot], extent: Extent) -> CoordinateReading:
    lat, lon = (
        RawColumn(name, pd.Series([spot[i] for spot in spots], dtype="str"))
        for i, name in enumerate(("Vĩ độ", "Kinh độ"))
    )
    rows = np.arange(2, len(spots) + 2)
    return read_coordinates({"latitude": lat, "longitude": lon}, rows, extent=extent)


def locate(
    gazetteer: Gazetteer, extent: Extent, villages: list[tuple[str | None, Spot]], **options: Any
) -> Located:
    return locate_villages(
        places(gazetteer, [commune for commune, _ in villages]),
        coordinates([spot for _, spot in villages], extent),
        np.arange(2, len(villages) + 2),
        gazetteer=gazetteer,
        extent=extent,
        **options,
    )


def said(located: Located) -> list[tuple[str, int | None, Severity]]:
    return [(fault.key, fault.row, fault.severity) for fault in located.faults]


def test_a_sound_position_is_surveyed_and_an_empty_one_at_the_centre(
    lao_cai: Gazetteer, province: Extent
) -> None:
    located = locate(lao_cai, province, [("03001", SA_PA), ("03001", (None, None))])
    assert located.faults == ()
    assert located.frame["position_basis"].tolist() == ["surveyed", "commune_centre"]
    assert located.frame["lon"].tolist() == [103.842, lao_cai.communes.loc[
        lao_cai.commune_at["03001"], "lon"]]  # fmt: skip
    account = located.account
    assert (account.given, account.at_centre, account.replaced, account.missing) == (1, 1, 0, 0)
    assert (account.system, account.assumed) == ("WGS 84 (EPSG:4326)", True)


def test_a_village_with_neither_is_an_error(lao_cai: Gazetteer, province: Extent) -> None:
    located = locate(lao_cai, province, [(None, (None, None)), ("9", (None, None))])
    assert said(located) == [
        ("fault-position-none", 2, Severity.ERROR),
        ("fault-position-none", 3, Severity.ERROR),
    ]
    assert located.frame["lon"].isna().all()
    assert located.frame["position_basis"].isna().all()


@pytest.mark.parametrize(
    ("spot", "key"),
    [
        (("0", "0"), "fault-position-zero"),
        (("14.058324", "108.277199"), "fault-position-geocoder"),
        (("48.85", "2.35"), "fault-position-country"),
        (("21.03", "105.85"), "fault-position-province"),
        (("95", "103.8"), "fault-position-range"),
    ],
)
def test_an_impossible_position_is_an_error_that_can_be_replaced_by_the_centre(
    lao_cai: Gazetteer, province: Extent, spot: Spot, key: str
) -> None:
    villages: list[tuple[str | None, Spot]] = [("03001", SA_PA), ("02692", spot)]
    located = locate(lao_cai, province, villages)
    assert said(located) == [(key, 3, Severity.ERROR)]
    assert located.faults[0].remedy == "remedy-position-centre"
    replaced = locate(lao_cai, province, villages, replace_bad_positions=True)
    assert said(replaced) == [(key, 3, Severity.WARNING)]
    assert replaced.faults[0].remedy == "remedy-position-replaced"
    assert replaced.frame["position_basis"].tolist() == ["surveyed", "commune_centre"]
    at = lao_cai.commune_at["02692"]
    assert replaced.frame["lat"].tolist()[1] == lao_cai.communes["lat"].iloc[at]
    assert (replaced.account.replaced, replaced.account.given) == (1, 1)


def test_without_a_known_commune_there_is_no_centre_to_use(
    lao_cai: Gazetteer, province: Extent
) -> None:
    located = locate(lao_cai, province, [(None, ("0", "0"))], replace_bad_positions=True)
    assert said(located) == [("fault-position-zero", 2, Severity.ERROR)]
    assert located.faults[0].remedy == "remedy-position-correct"


def test_a_commune_of_another_province_may_lie_outside(
    lao_cai: Gazetteer, province: Extent
) -> None:
    located = locate(lao_cai, province, [("04273", ("21.72", "104.9"))])
    assert said(located) == [("fault-position-province", 2, Severity.WARNING)]


def test_half_and_unreadable_positions_can_be_replaced_too(
    lao_cai: Gazetteer, province: Extent
) -> None:
    villages: list[tuple[str | None, Spot]] = [("03001", ("22.3", None)), ("03001", ("x", "103.8"))]
    located = locate(lao_cai, province, villages)
    assert [severity for _, _, severity in said(located)] == [Severity.ERROR] * 2
    assert located.frame["lon"].isna().all()
    replaced = locate(lao_cai, province, villages, replace_bad_positions=True)
    assert [severity for _, _, severity in said(replaced)] == [Severity.WARNING] * 2
    assert replaced.account.replaced == 2


def test_a_swapped_row_is_reported_once_and_has_no_position(
    lao_cai: Gazetteer, province: Extent
) -> None:
    villages: list[tuple[str | None, Spot]] = [("03001", SA_PA), ("03001", ("103.85", "22.34"))]
    located = locate(lao_cai, province, villages)
    assert said(located) == [("fault-coordinate-swapped", 3, Severity.ERROR)]
    assert located.frame["lon"].isna().tolist() == [False, True]
    assert located.account.missing == 1


def test_two_villages_on_one_spot_are_a_warning_that_names_the_other(
    lao_cai: Gazetteer, province: Extent
) -> None:
    near = ("22.3360004", "103.8420004")
    located = locate(
        lao_cai, province, [("03001", SA_PA), ("03001", near), ("03001", ("22.337", "103.842"))]
    )
    assert said(located) == [("fault-position-duplicate", 2, Severity.WARNING)]
    assert located.faults[0].values == {"count": 2, "others": "3"}


def test_three_villages_of_different_communes_on_one_spot_are_a_failed_search(
    lao_cai: Gazetteer, province: Extent
) -> None:
    located = locate(lao_cai, province, [("03001", SA_PA), ("03002", SA_PA), ("03006", SA_PA)])
    assert said(located) == [("fault-position-pile", row, Severity.ERROR) for row in (2, 3, 4)]
    same = locate(lao_cai, province, [("03001", SA_PA)] * 3)
    assert said(same) == [("fault-position-duplicate", 2, Severity.WARNING)]


def test_villages_at_the_centre_share_it_without_a_fault(
    lao_cai: Gazetteer, province: Extent
) -> None:
    basis = pd.Series(["commune_centre"] * 4, dtype="str")
    located = locate(
        lao_cai,
        province,
        [("03001", SA_PA), ("03002", SA_PA), ("03006", SA_PA), ("03001", (None, None))],
        given_basis=basis,
    )
    assert located.faults == ()
    assert set(located.frame["position_basis"]) == {"commune_centre"}


def test_a_village_far_from_its_commune_and_nearer_to_another_is_doubted(
    lao_cai: Gazetteer, province: Extent
) -> None:
    located = locate(lao_cai, province, [("02692", SA_PA), ("03001", SA_PA)])
    far = [fault for fault in located.faults if fault.key == "fault-position-far"]
    assert [(fault.row, fault.severity) for fault in far] == [(2, Severity.WARNING)]
    assert far[0].values["stated"] == "Xã A Lù"
    assert far[0].values["distance"] == pytest.approx(48.2, abs=0.5)


def test_of_a_unit_the_nearest_of_its_communes_counts(lao_cai: Gazetteer, province: Extent) -> None:
    named = pd.DataFrame({"unit": ["Bảo Hà", "Y Tý"]})
    rows = np.array([2, 3])
    resolved = resolve_places(named, rows, lao_cai, {})
    at = lao_cai.commune_at["03070"]
    spot = tuple(str(lao_cai.communes[axis].iloc[at]) for axis in ("lat", "lon"))
    reading = coordinates([(spot[0], spot[1])] * 2, province)
    located = locate_villages(resolved, reading, rows, gazetteer=lao_cai, extent=province)
    assert said(located) == [
        ("fault-position-duplicate", 2, Severity.WARNING),
        ("fault-position-far", 3, Severity.WARNING),
    ]


def test_a_boundary_decides_where_there_is_one(lao_cai: Gazetteer, province: Extent) -> None:
    located = locate(
        lao_cai,
        province,
        [("02692", SA_PA), ("03001", ("22.337", "103.843"))],
        inside=np.array([True, False]),
    )
    assert said(located) == [("fault-position-boundary", 3, Severity.WARNING)]


def test_degrees_in_a_metric_system_and_a_system_nobody_knows_are_refused(
    lao_cai: Gazetteer, province: Extent
) -> None:
    located = locate(lao_cai, province, [("03001", SA_PA)], crs="EPSG:9208")
    assert said(located) == [("fault-crs-units", None, Severity.ERROR)]
    with pytest.raises(DataError):
        locate(lao_cai, province, [("03001", SA_PA)], crs="Atlantis")


def test_an_empty_gazetteer_locates_by_coordinates_alone() -> None:
    gazetteer = Gazetteer.empty()
    located = locate(gazetteer, Extent(), [("1", SA_PA), ("1", ("60", "10"))])
    assert said(located) == [("fault-position-country", 3, Severity.ERROR)]


def test_the_shipped_villages_are_all_where_they_say(lao_cai: Gazetteer, province: Extent) -> None:
    villages = read_villages(DATA / "villages.geojson")
    rows = np.arange(1, len(villages) + 1)
    resolved = places(lao_cai, villages["commune_code"].tolist())
    reading = read_points(villages.geometry.to_numpy(), rows, extent=province)
    located = locate_villages(
        resolved, reading, rows, gazetteer=lao_cai, extent=province, file_crs="EPSG:4326",
        given_basis=villages["position_basis"],
    )  # fmt: skip
    assert Counter(fault.key for fault in located.faults) == {}
    assert set(located.frame["position_basis"]) == {"illustrative"}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_fault_here_can_be_said_in_both_languages(
    lao_cai: Gazetteer, province: Extent, language: str
) -> None:
    words = translator(language)
    villages: list[tuple[str | None, Spot]] = [
        ("02692", SA_PA), ("03001", ("0", "0")), (None, (None, None)), ("03001", ("22", None)),
        ("03001", SA_PA), ("03002", SA_PA),
    ]  # fmt: skip
    located = locate(lao_cai, province, villages)
    resolved = resolve_places(
        pd.DataFrame({"place": ["Bản Hồ", "Zzz", "Kim Tân"], "place_code": [None, None, "2671"]}),
        np.array([2, 3, 4]),
        lao_cai,
        {"place": "Xã"},
    )
    assert words(resolved.summary.evidence.key, **resolved.summary.evidence.values)
    for fault in (*located.faults, *resolved.faults):
        expected = fault.expected or "–"
        values = {
            "row": fault.row or "–",
            "column": fault.column or "–",
            "got": fault.got or "–",
            "expected": words(expected) if words.has(expected) else expected,
        } | fault.values
        assert fault.remedy is not None
        assert words(fault.key, **values)
        assert words(fault.remedy, **values)

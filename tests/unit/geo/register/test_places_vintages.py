"""152 communes, then 151, then 48 units: codes mean something only with a day."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from geo.register.gazetteer import Gazetteer
from geo.register.places import resolve_places


def resolve(gazetteer: Gazetteer, **columns: list[str | None]) -> pd.DataFrame:
    named = pd.DataFrame({name: pd.Series(v, dtype="str") for name, v in columns.items()})
    resolved = resolve_places(named, np.arange(2, len(named) + 2), gazetteer, {})
    assert resolved.faults == ()
    return resolved.frame


def test_three_vintages_follow_each_other_without_a_gap(lao_cai: Gazetteer) -> None:
    assert [(v.valid_from, v.valid_to, len(v.codes)) for v in lao_cai.vintages] == [
        (date(2020, 3, 1), date(2024, 10, 31), 152),
        (date(2024, 11, 1), date(2025, 6, 30), 151),
        (date(2025, 7, 1), None, 48),
    ]


@pytest.mark.parametrize(
    ("day", "count", "has_ta_chai"),
    [
        (date(2020, 2, 29), 0, False),
        (date(2020, 3, 1), 152, True),
        (date(2024, 10, 31), 152, True),
        (date(2024, 11, 1), 151, False),
        (date(2025, 6, 30), 151, False),
        (date(2025, 7, 1), 48, False),
    ],
)
def test_a_code_is_valid_from_day_to_day(
    lao_cai: Gazetteer, day: date, count: int, has_ta_chai: bool
) -> None:
    assert len(lao_cai.codes_on(day)) == count
    assert ("02872" in lao_cai.codes_on(day)) is has_ta_chai


def test_every_commune_code_leads_to_one_unit_by_whatever_it_is_named(
    lao_cai: Gazetteer,
) -> None:
    communes = lao_cai.communes
    by_code = resolve(lao_cai, commune_code=list(communes["commune_code"]))
    by_name = resolve(
        lao_cai, commune=list(communes["commune"]), district=list(communes["district"])
    )
    by_unit = resolve(
        lao_cai, commune_code=list(communes["commune_code"]), unit=list(communes["unit"])
    )
    for column in ("commune_code", "commune", "district_code", "unit_code", "unit"):
        expected = communes[column].tolist()
        for found in (by_code, by_name, by_unit):
            assert found[column].tolist() == expected, column
    assert by_code["unit_code"].nunique() == 48


def test_the_151_lead_to_the_same_units_as_before(lao_cai: Gazetteer) -> None:
    codes = sorted(lao_cai.codes_on(date(2024, 11, 1)))
    found = resolve(lao_cai, commune_code=list(codes))
    assert found["unit_code"].nunique() == 48
    assert found["unit_code"].notna().all()


def test_every_unit_resolves_by_code_and_by_name_and_all_48_codes_were_used_before(
    lao_cai: Gazetteer,
) -> None:
    units = lao_cai.units
    by_code = resolve(lao_cai, unit_code=list(units["unit_code"]))
    by_name = resolve(lao_cai, unit=list(units["unit"]))
    assert by_code["unit"].tolist() == by_name["unit"].tolist() == units["unit"].tolist()
    assert set(units["unit_code"]) <= set(lao_cai.commune_at)
    # None of them says which old commune a village was in.
    assert by_code["commune"].isna().all()


def test_five_units_straddle_districts_so_a_village_keeps_its_own(lao_cai: Gazetteer) -> None:
    straddling = lao_cai.units.loc[lao_cai.units["district_code"].isna(), "unit_code"]
    assert straddling.tolist() == ["02647", "02746", "02848", "02923", "02989"]
    found = resolve(lao_cai, unit=["Cốc San", "Cốc San", "Y Tý"], district=["Bát Xát", None, None])
    assert found["district"].isna().tolist() == [False, True, False]
    assert found["district"].tolist()[::2] == ["Huyện Bát Xát", "Huyện Bát Xát"]


def test_a_name_that_passed_to_a_neighbour_is_no_contradiction(lao_cai: Gazetteer) -> None:
    found = resolve(lao_cai, commune_code=["02839", "02872", None], commune=["Tà Chải"] * 3)
    assert found["commune_code"].tolist() == ["02839", "02872", "02872"]
    assert found["unit_code"].tolist() == ["02839"] * 3


def test_an_empty_gazetteer_keeps_what_is_given_and_finds_no_fault() -> None:
    named = pd.DataFrame({"place": ["Xã Tân Lập", None], "district": ["Huyện Mộc Châu", "x"]})
    resolved = resolve_places(named, np.array([2, 3]), Gazetteer.empty(), {})
    assert resolved.faults == ()
    assert resolved.frame["commune"].tolist()[0] == "Xã Tân Lập"
    assert resolved.frame["district"].tolist() == ["Huyện Mộc Châu", "x"]
    assert resolved.frame["centre_lon"].isna().all()
    assert (resolved.summary.unresolved, resolved.summary.silent) == (1, 1)
    assert Gazetteer.empty().codes_on(date(2024, 1, 1)) == frozenset()


def test_the_centre_is_the_communes_or_else_the_mean_of_the_units_communes(
    lao_cai: Gazetteer,
) -> None:
    found = resolve(lao_cai, commune=["A Lù", None], unit=["Y Tý", "Y Tý"])
    members = lao_cai.communes[lao_cai.communes["unit"] == "Xã Y Tý"]
    alone = members[members["commune"] == "Xã A Lù"]
    assert found["centre_lon"].tolist() == [alone["lon"].iloc[0], members["lon"].mean()]
    assert found["centre_lat"].tolist() == [alone["lat"].iloc[0], members["lat"].mean()]

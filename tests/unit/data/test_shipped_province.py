"""The committed files of the province hold what they promise."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pyproj import Geod

from planning.vocabulary import (
    LACKING_STATES,
    Evidence,
    FixedState,
    Gap,
    GridPower,
    MobileState,
    PositionBasis,
    Service,
    SiteKind,
    VillageKind,
)

DATA = Path(__file__).parents[3] / "data"
BASELINE, MID_YEAR = "2024-03-14", "2024-06-30"
GEOD = Geod(ellps="WGS84")

PEOPLE = {
    "080": 130_671,
    "082": 74_388,
    "083": 63_682,
    "084": 37_490,
    "085": 65_338,
    "086": 103_262,
    "087": 85_564,
    "088": 81_857,
    "089": 89_167,
}
SOURCED_SHARE = {"080": 24.0, "082": 82.0, "083": 88.0, "084": 99.7, "088": 82.0}


def read_collection(name: str) -> dict[str, Any]:
    collection: dict[str, Any] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return collection


def read_points(name: str) -> pd.DataFrame:
    return pd.DataFrame(
        feature["properties"]
        | dict(zip(("lon", "lat"), feature["geometry"]["coordinates"], strict=True))
        for feature in read_collection(name)["features"]
    )


def read_text(name: str) -> pd.DataFrame:
    return pd.read_csv(DATA / name, dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def villages() -> pd.DataFrame:
    return read_points("villages.geojson")


@pytest.fixture(scope="module")
def observations() -> pd.DataFrame:
    return read_text("observations.csv")


@pytest.fixture(scope="module")
def sites() -> pd.DataFrame:
    return read_points("sites.geojson")


@pytest.fixture(scope="module")
def communes() -> pd.DataFrame:
    return read_text("communes.csv")


@pytest.fixture(scope="module")
def figures() -> pd.DataFrame:
    return read_text("published_figures.csv")


def states_at(observations: pd.DataFrame, day: str) -> pd.DataFrame:
    """Last state of each village and service up to a day, by brute force."""
    seen = observations[observations["observed_on"] <= day]
    last = seen.drop_duplicates(["village_id", "service"], keep="last")
    return last.pivot_table("state", "village_id", "service", aggfunc="first")


def lacking(observations: pd.DataFrame, gap: Gap, day: str) -> set[str]:
    service = "fixed" if gap == Gap.FIBRE else "mobile"
    states = states_at(observations, day)[service]
    return set(states.index[states.isin([str(state) for state in LACKING_STATES[gap]])])


def nearest_m(places: pd.DataFrame, sites: pd.DataFrame) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Geodesic metres from each place to the nearest site, every pair computed."""
    lon, lat = places["lon"].to_numpy(), places["lat"].to_numpy()
    shape = (len(places), len(sites))
    metres = GEOD.inv(
        np.broadcast_to(lon[:, None], shape).ravel(),
        np.broadcast_to(lat[:, None], shape).ravel(),
        np.broadcast_to(sites["lon"].to_numpy(), shape).ravel(),
        np.broadcast_to(sites["lat"].to_numpy(), shape).ravel(),
    )[2]
    pairs: np.ndarray[Any, np.dtype[np.float64]] = np.reshape(metres, shape)
    return np.asarray(pairs.min(axis=1))


def minority_percent(group: pd.DataFrame) -> float:
    return 100 * float(np.average(group["minority_share"], weights=group["people"]))


# --- totals -----------------------------------------------------------------------------------


def test_every_village_is_there_once_in_order(villages: pd.DataFrame) -> None:
    assert len(villages) == 1568
    assert villages["village_id"].is_unique
    assert villages["village_id"].is_monotonic_increasing
    expected = "LC-" + villages["commune_code"] + "-"
    assert villages["village_id"].str.fullmatch(r"LC-\d{5}-\d{3}").all()
    assert (villages["village_id"].str[:9] == expected).all()
    assert not villages.duplicated(["lon", "lat"]).any()


def test_on_14_march_14_lack_mobile_broadband_6_of_them_any_signal_and_225_lack_fibre(
    observations: pd.DataFrame,
) -> None:
    mobile = lacking(observations, Gap.MOBILE, BASELINE)
    no_signal = lacking(observations, Gap.NO_SIGNAL, BASELINE)
    assert (len(mobile), len(no_signal)) == (14, 6)
    assert no_signal < mobile
    states = states_at(observations, BASELINE)["mobile"]
    assert set(states[sorted(mobile - no_signal)]) == {"2g_only", "partial"}
    assert len(lacking(observations, Gap.FIBRE, BASELINE)) == 225


def test_at_mid_year_the_same_6_have_no_signal_and_56_of_the_225_lack_fibre(
    observations: pd.DataFrame,
) -> None:
    no_signal = lacking(observations, Gap.NO_SIGNAL, BASELINE)
    assert lacking(observations, Gap.NO_SIGNAL, MID_YEAR) == no_signal
    assert lacking(observations, Gap.MOBILE, MID_YEAR) == no_signal
    remaining = lacking(observations, Gap.FIBRE, MID_YEAR)
    assert len(remaining) == 56
    assert remaining < lacking(observations, Gap.FIBRE, BASELINE)


def test_169_villages_are_connected_by_resurvey_not_by_construction(
    observations: pd.DataFrame,
) -> None:
    later = observations[observations["observed_on"] == MID_YEAR]
    fixed = later[later["service"] == "fixed"]
    assert len(fixed) == 225
    assert (fixed["state"] == "fibre").sum() == 169
    assert set(fixed["evidence"]) == {"resurvey"}
    mobile = later[later["service"] == "mobile"]
    assert mobile["state"].value_counts().to_dict() == {"broadband": 8, "no_signal": 6}
    assert set(mobile["evidence"]) == {"operator_report"}


def test_every_village_is_observed_at_the_baseline_and_no_state_is_unknown(
    villages: pd.DataFrame, observations: pd.DataFrame
) -> None:
    baseline = observations[observations["observed_on"] == BASELINE]
    assert len(baseline) == 2 * len(villages)
    assert not baseline.duplicated(["village_id", "service"]).any()
    assert set(baseline["village_id"]) == set(villages["village_id"])
    assert set(baseline["evidence"]) == {"survey"}
    assert "unknown" not in set(observations["state"])


def test_the_register_carries_the_last_state_and_its_day(
    villages: pd.DataFrame, observations: pd.DataFrame
) -> None:
    register = villages.set_index("village_id")
    for service in ("mobile", "fixed"):
        seen = observations[observations["service"] == service]
        last = seen.drop_duplicates("village_id", keep="last").set_index("village_id").sort_index()
        assert (register[f"{service}_state"] == last["state"]).all()
        assert (register[f"{service}_observed_on"] == last["observed_on"]).all()


# --- people -----------------------------------------------------------------------------------


def test_district_populations_sum_to_the_sourced_ones(villages: pd.DataFrame) -> None:
    assert villages.groupby("district_code")["people"].sum().to_dict() == PEOPLE
    assert villages["people"].sum() == 731_419


def test_the_minority_share_of_the_province_is_66_2_per_cent(villages: pd.DataFrame) -> None:
    assert minority_percent(villages) == pytest.approx(66.2, abs=0.01)


@pytest.mark.parametrize(("district", "percent"), SOURCED_SHARE.items())
def test_sourced_district_shares_hold_as_displayed(
    villages: pd.DataFrame, district: str, percent: float
) -> None:
    here = villages[villages["district_code"] == district]
    assert minority_percent(here) == pytest.approx(percent, abs=0.5 if percent < 99 else 0.05)


def test_1174_villages_have_a_minority_share_of_at_least_one_half(villages: pd.DataFrame) -> None:
    assert (villages["minority_share"] >= 0.5).sum() == 1174


def test_the_main_group_agrees_with_the_minority_share(villages: pd.DataFrame) -> None:
    assert ((villages["main_group"] == "Kinh") == (villages["minority_share"] < 0.5)).all()
    assert villages["minority_share"].between(0, 1).all()


def test_households_are_about_112_a_village_and_never_fewer_than_15(
    villages: pd.DataFrame,
) -> None:
    assert villages["households"].mean() == pytest.approx(112, abs=1)
    assert villages["households"].min() >= 15
    assert villages["poor_households"].between(0, villages["households"]).all()
    assert (villages["people"] / villages["households"]).between(2.8, 6.5).all()


# --- words ------------------------------------------------------------------------------------


def test_every_value_belongs_to_its_vocabulary(
    villages: pd.DataFrame, observations: pd.DataFrame, sites: pd.DataFrame
) -> None:
    for table, column, words in (
        (villages, "kind", VillageKind),
        (villages, "grid_power", GridPower),
        (villages, "position_basis", PositionBasis),
        (villages, "mobile_state", MobileState),
        (villages, "fixed_state", FixedState),
        (observations, "service", Service),
        (observations, "evidence", Evidence),
        (sites, "kind", SiteKind),
    ):
        assert set(table[column]) <= {str(word) for word in words}, column
    assert set(villages["area_class"]) == {"I", "II", "III"}
    assert set(villages["position_basis"]) == {"illustrative"}


def test_names_are_plainly_illustrative(villages: pd.DataFrame, sites: pd.DataFrame) -> None:
    assert villages["name"].str.fullmatch(r".+ – (thôn|bản|tổ) \d+").all()
    assert sites["name"].str.endswith("(minh hoạ)").all()
    assert "Y Tý – thôn 3" in set(villages["name"])
    wards = villages["commune"].str.startswith(("Phường", "Thị trấn"))
    assert (villages.loc[wards, "kind"] == "to_dan_pho").all()
    assert (villages.loc[~wards, "kind"] != "to_dan_pho").all()


@pytest.mark.parametrize(
    "path",
    sorted(path for path in DATA.rglob("*") if path.suffix in {".geojson", ".csv", ".toml", ".md"}),
    ids=lambda path: path.name,
)
def test_files_are_nfc_utf8_without_bom_and_with_unix_lines(path: Path) -> None:
    raw = path.read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    text = raw.decode("utf-8")
    assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize("name", ["villages.geojson", "sites.geojson"])
def test_geojson_says_it_is_illustrative_and_has_a_feature_a_line(name: str) -> None:
    collection = read_collection(name)
    assert collection["type"] == "FeatureCollection"
    assert collection["metadata"]["label"] == "dữ liệu minh hoạ / illustrative data"
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(collection["features"]) + 2
    for feature in collection["features"]:
        lon, lat = feature["geometry"]["coordinates"]
        assert (round(lon, 5), round(lat, 5)) == (lon, lat)
        assert 103.5 < lon < 104.7
        assert 21.8 < lat < 22.9
    assert (DATA / name).stat().st_size < 1_400_000


def test_observations_name_themselves_illustrative_and_the_day_nominal(
    observations: pd.DataFrame,
) -> None:
    assert observations["source"].str.contains("illustrative").all()
    later = observations["observed_on"] == MID_YEAR
    assert observations.loc[later, "source"].str.contains("nominal").all()


# --- where the gaps fall ----------------------------------------------------------------------


def test_gap_villages_are_remote_small_minority_and_never_urban(
    villages: pd.DataFrame, observations: pd.DataFrame, communes: pd.DataFrame
) -> None:
    centres = communes.set_index("commune_code").loc[villages["commune_code"]]
    far = GEOD.inv(
        villages["lon"].to_numpy(),
        villages["lat"].to_numpy(),
        centres["lon"].astype(float).to_numpy(),
        centres["lat"].astype(float).to_numpy(),
    )[2]
    table = villages.assign(far=far)
    for gap, day in ((Gap.MOBILE, BASELINE), (Gap.FIBRE, BASELINE), (Gap.FIBRE, MID_YEAR)):
        inside = table["village_id"].isin(lacking(observations, gap, day))
        here, rest = table[inside], table[~inside]
        assert here["far"].median() > 1.5 * rest["far"].median()
        assert here["people"].median() < rest["people"].median()
        assert minority_percent(here) > minority_percent(rest)
        assert not (here["kind"] == "to_dan_pho").any()
        assert here["district_code"].nunique() >= 5
        assert here["households"].min() >= 15


def test_every_lane_has_villages_among_the_56_without_fibre(
    villages: pd.DataFrame, observations: pd.DataFrame
) -> None:
    last = villages[villages["village_id"].isin(lacking(observations, Gap.FIBRE, MID_YEAR))]
    grid = last["grid_power"] == "grid"
    assert (~grid).sum() >= 5
    assert (grid & last["specially_difficult"]).sum() >= 5
    assert (grid & ~last["specially_difficult"]).sum() >= 2


def test_villages_with_fibre_at_the_baseline_have_grid_power(
    villages: pd.DataFrame, observations: pd.DataFrame
) -> None:
    without = villages["village_id"].isin(lacking(observations, Gap.FIBRE, BASELINE))
    assert (villages.loc[~without, "grid_power"] == "grid").all()


def test_some_villages_lack_both_services_and_some_only_one(observations: pd.DataFrame) -> None:
    mobile = lacking(observations, Gap.MOBILE, BASELINE)
    fibre = lacking(observations, Gap.FIBRE, BASELINE)
    assert mobile & fibre
    assert mobile - fibre


def test_area_classes_and_borders_belong_to_the_commune_and_are_marked_assumed(
    villages: pd.DataFrame, communes: pd.DataFrame
) -> None:
    of_commune = ["commune_code", "area_class", "border"]
    assert len(villages[of_commune].drop_duplicates()) == len(communes)
    assert set(communes["area_class_basis"]) == {"assumed"}
    assert set(communes["border_basis"]) == {"assumed"}
    outside_class_iii = villages["area_class"] != "III"
    assert villages.loc[outside_class_iii, "specially_difficult"].sum() == 130


# --- communes ---------------------------------------------------------------------------------


def test_152_communes_map_into_48_units_and_five_units_cross_old_districts(
    communes: pd.DataFrame, villages: pd.DataFrame
) -> None:
    assert len(communes) == 152
    assert communes["commune_code"].is_unique
    assert communes["commune_type"].value_counts().to_dict() == {
        "Xã": 127,
        "Phường": 16,
        "Thị trấn": 9,
    }
    assert communes["unit_code"].nunique() == 48
    districts = communes.groupby("unit_code")["district_code"].nunique()
    assert (districts > 1).sum() == 5
    counts = villages.groupby("commune_code").size()
    assert (communes.set_index("commune_code")["villages"].astype(int) == counts).all()


# --- sites ------------------------------------------------------------------------------------


def test_every_site_has_a_unique_id_a_fitting_technology_and_a_day(sites: pd.DataFrame) -> None:
    assert sites["site_id"].is_unique
    assert sites["site_id"].str.fullmatch(r"[FB]-\d{5}-\d{2}").all()
    fibre = sites["kind"] == "fibre_point"
    assert set(sites.loc[fibre, "technology"]) == {"fibre"}
    assert set(sites.loc[~fibre, "technology"]) == {"2g", "4g"}
    assert 400 <= (~fibre).sum() <= 600
    assert sites["in_service_on"].map(date.fromisoformat).max() <= date(2024, 6, 30)


def test_no_site_stands_on_a_village(sites: pd.DataFrame, villages: pd.DataFrame) -> None:
    assert nearest_m(sites, villages).min() > 10


def test_every_commune_centre_has_a_fibre_point_near(
    sites: pd.DataFrame, communes: pd.DataFrame
) -> None:
    centres = communes.assign(lon=communes["lon"].astype(float), lat=communes["lat"].astype(float))
    fibre = sites[sites["kind"] == "fibre_point"]
    assert nearest_m(centres, fibre).max() < 1_000


def test_villages_with_a_service_have_a_site_in_reach_and_the_others_have_none_next_door(
    villages: pd.DataFrame, observations: pd.DataFrame, sites: pd.DataFrame
) -> None:
    ids = villages["village_id"]
    fibre = sites[sites["kind"] == "fibre_point"]
    without = ids.isin(lacking(observations, Gap.FIBRE, BASELINE))
    assert nearest_m(villages[~without], fibre).max() < 4_500
    assert nearest_m(villages[without], fibre).min() > 1_000
    for day in (BASELINE, MID_YEAR):
        on_air = sites[(sites["kind"] == "base_station") & (sites["in_service_on"] <= day)]
        broadband = on_air[on_air["technology"] == "4g"]
        dark = ids.isin(lacking(observations, Gap.NO_SIGNAL, day))
        lack = ids.isin(lacking(observations, Gap.MOBILE, day))
        assert nearest_m(villages[dark], on_air).min() > 2_000
        assert nearest_m(villages[lack], broadband).min() > 2_000
        assert nearest_m(villages[~lack], broadband).max() < 4_500


# --- what is quoted ---------------------------------------------------------------------------


def test_targets_fit_the_cohorts_and_have_no_result(observations: pd.DataFrame) -> None:
    targets = tomllib.loads((DATA / "targets.toml").read_text(encoding="utf-8"))["target"]
    assert [(t["target_id"], t["required"], t["cohort_size"]) for t in targets] == [
        ("no-signal-2024", 6, 6),
        ("fibre-2024", 28, 56),
    ]
    for target in targets:
        cohort = lacking(observations, Gap(target["gap"]), target["cohort_on"].isoformat())
        assert len(cohort) == target["cohort_size"]
        assert (target["cohort_on"], target["deadline"]) == (date(2024, 6, 30), date(2024, 12, 31))
        assert target["source"]
        assert "result" not in target


def test_published_figures_are_sourced_or_derived_and_never_background(
    figures: pd.DataFrame,
) -> None:
    assert figures["figure_id"].is_unique
    assert set(figures["mark"]) == {"S", "D"}
    for column in ("source", "definition_vi", "definition_en", "measure", "unit", "series"):
        assert (figures[column] != "").all(), column
    assert set(figures["as_of_precision"]) == {"day", "nominal", "quarter", "year"}
    figures["as_of"].map(date.fromisoformat)
    pd.to_numeric(figures["value"])
    pd.to_numeric(figures["denominator"])
    addresses = figures["source_url"]
    assert (addresses.str.startswith("https://") | (addresses == "")).all()
    assert set(figures["gap"]) == {"", "no_signal", "mobile", "fibre"}


def test_published_figures_hold_the_numbers_the_province_is_built_on(figures: pd.DataFrame) -> None:
    value = figures.set_index("figure_id")["value"].astype(float)
    assert value["mobile-2024-03"] == 14
    assert value["fibre-2024-03"] == 225
    assert value["no-signal-2024-06"] == 6
    assert value["fibre-2024-06"] == 56
    assert value["villages-2024"] - value["mobile-served-2024-09"] == value["mobile-2024-09"] == 6
    assert value["villages-2024"] - value["fixed-served-2024-09"] == value["fixed-2024-09"] == 56
    assert value["fibre-2024-03"] - value["fibre-2024-06"] == value["fibre-difference-2024"]
    assert value["household-fibre-count-2023"] / 0.614 == pytest.approx(
        value["households-2023"], rel=0.001
    )


def test_the_figures_across_the_break_are_not_one_series(figures: pd.DataFrame) -> None:
    series = figures.set_index("figure_id")["series"]
    assert series["fibre-2024-03"] != series["fibre-2024-06"]
    nominal = figures[figures["as_of"] == MID_YEAR]
    mid_year = nominal[nominal["figure_id"].str.endswith("2024-06")]
    assert set(mid_year["as_of_precision"]) == {"nominal"}


# --- the dictionary ---------------------------------------------------------------------------


def columns_of(name: str) -> set[str]:
    if name.endswith(".geojson"):
        return set(read_collection(name)["features"][0]["properties"])
    if name.endswith(".toml"):
        content = tomllib.loads((DATA / name).read_text(encoding="utf-8"))
        tables = content.get(
            "target", [each for each in content.values() if isinstance(each, dict)]
        )
        return {key for table in tables for key in table}
    return set(read_text(name).columns)


def test_the_dictionary_lists_exactly_the_columns_of_each_file() -> None:
    text = (DATA / "README.md").read_text(encoding="utf-8")
    sections = re.findall(r"^### `([^`]+)`\n(.*?)(?=^##|\Z)", text, flags=re.MULTILINE | re.DOTALL)
    described = {name: re.findall(r"^\| `(\w+)` \|", body, re.MULTILINE) for name, body in sections}
    shipped = {path.name for path in DATA.iterdir() if path.suffix in {".geojson", ".csv", ".toml"}}
    assert set(described) == shipped
    for name, columns in described.items():
        assert len(columns) == len(set(columns))
        assert set(columns) == columns_of(name), name

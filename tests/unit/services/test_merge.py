"""Next quarter's list over this one: what is new, gone, renamed, moved and changed."""

from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from geo.schema import VILLAGES
from planning.vocabulary import Gap
from services.changes import Change
from services.merge import Merge, lay_over
from services.province import Province

JANUARY, APRIL = pd.Timestamp("2026-01-31"), pd.Timestamp("2026-04-30")


def register(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    common = {
        "village_id": None,
        "commune_code": "02701",
        "commune": "Xã Y Tý",
        "unit_code": "02701",
        "position_basis": "surveyed",
        "mobile_state": "broadband",
        "mobile_observed_on": JANUARY,
        "fixed_state": "none",
        "fixed_observed_on": JANUARY,
        "lon": 103.6,
        "lat": 22.6,
    }
    table = pd.DataFrame([{**common, **row} for row in rows])
    points = gpd.points_from_xy(table.pop("lon"), table.pop("lat"))
    ids = table["village_id"].fillna(pd.Series([f"?{i}" for i in range(len(table))]))
    checked = VILLAGES.validate(table.assign(village_id=ids))
    checked["village_id"] = table["village_id"].astype("str")
    return gpd.GeoDataFrame(checked, geometry=points, crs="EPSG:4326")


def province(villages: gpd.GeoDataFrame) -> Province:
    parts = [
        pd.DataFrame(
            {
                "village_id": villages["village_id"],
                "service": service,
                "state": villages[f"{service}_state"],
                "observed_on": villages[f"{service}_observed_on"],
                "evidence": "survey",
                "source": "first",
            }
        )
        for service in ("mobile", "fixed")
    ]
    return Province(
        villages=villages,
        observations=pd.concat(parts, ignore_index=True),
        sites=gpd.GeoDataFrame({"kind": []}, geometry=[], crs="EPSG:4326"),
        communes=pd.DataFrame(),
        targets=(),
        published=pd.DataFrame(),
        illustrative=False,
        name="P",
        source="first",
        data_hash="0",
    )


OLD = register(
    {"village_id": "V-02701-001", "name": "Thôn Một", "people": 100, "lon": 103.60},
    {"village_id": "V-02701-002", "name": "Thôn Hai", "people": 200, "lon": 103.65},
    {"village_id": "V-02701-003", "name": "Thôn Ba", "people": 300, "lon": 103.70},
)


def laid(*rows: dict[str, Any], **more: Any) -> Merge:
    later = [{"mobile_observed_on": APRIL, "fixed_observed_on": APRIL, **row} for row in rows]
    return lay_over(register(*later), province(OLD), "second.xlsx", **more)


def said(merge: Merge) -> list[tuple[str, str, Any, Any]]:
    rows = merge.changes[["village_id", "change", "before", "after"]].astype(object)
    return sorted(
        (a, b, None if pd.isna(c) else c, None if pd.isna(d) else d)
        for a, b, c, d in rows.itertuples(index=False)
    )


SAME = (
    {"name": "Thôn Một", "people": 100, "lon": 103.60},
    {"name": "Thôn Hai", "people": 200, "lon": 103.65},
    {"name": "Thôn Ba", "people": 300, "lon": 103.70},
)


def test_the_same_list_changes_nothing() -> None:
    merge = laid(*SAME)
    assert merge.counts() == {**dict.fromkeys(Change, 0), Change.SAME: 3}
    assert merge.register["village_id"].tolist() == OLD["village_id"].tolist()


def test_a_state_seen_again_on_a_later_day_is_kept_as_observed_that_day_once() -> None:
    merge = laid(*SAME)
    added = merge.observations.iloc[6:]
    assert merge.confirmed == len(added) == 6
    assert added["observed_on"].eq(APRIL).all()
    assert added["source"].eq("second.xlsx").all()
    whole = Province(**{**vars(province(merge.register)), "observations": merge.observations})
    # A late correction of February says nothing about April, which was seen for itself.
    february = pd.Timestamp("2026-02-28")
    late = lay_over(
        register({**SAME[0], "fixed_state": "fibre", "fixed_observed_on": february}),
        whole,
        "third.xlsx",
    )
    known = Province(**{**vars(whole), "observations": late.observations})
    assert known.cohort(Gap.FIBRE, date(2026, 3, 1)).tolist() == [False, True, True]
    assert known.cohort(Gap.FIBRE, date(2026, 5, 1)).tolist() == [True, True, True]
    # The same list once more adds nothing.
    again = lay_over(laid(*SAME).register, whole, "second.xlsx")
    assert (again.confirmed, len(again.observations)) == (0, 12)


def test_a_changed_state_becomes_an_observation_with_the_file_as_its_source() -> None:
    merge = laid(SAME[0], SAME[1], {**SAME[2], "fixed_state": "fibre"})
    assert ("V-02701-003", "state", "none", "fibre") in said(merge)
    (added,) = merge.observations[merge.observations["state"] == "fibre"].itertuples()
    assert (added.village_id, added.service, added.state) == ("V-02701-003", "fixed", "fibre")
    assert (added.observed_on, added.source, added.evidence) == (APRIL, "second.xlsx", "register")
    later = province(merge.register)
    whole = Province(**{**vars(later), "observations": merge.observations})
    assert whole.cohort(Gap.FIBRE, date(2026, 3, 1)).tolist() == [True, True, True]
    assert whole.cohort(Gap.FIBRE, date(2026, 5, 1)).tolist() == [True, True, False]


def test_an_older_list_tells_the_past_and_not_the_present() -> None:
    december = {"fixed_state": "fibre", "fixed_observed_on": pd.Timestamp("2025-12-31")}
    merge = laid(SAME[0], SAME[1], {**SAME[2], **december})
    whole = Province(**{**vars(province(merge.register)), "observations": merge.observations})
    assert whole.cohort(Gap.FIBRE, date(2026, 5, 1)).tolist() == [True, True, True]
    assert whole.cohort(Gap.FIBRE, date(2026, 1, 15)).tolist() == [False, False, False]


def test_new_and_gone_villages_are_named_and_the_gone_ones_stay() -> None:
    merge = laid(SAME[0], SAME[1], {"name": "Thôn Bốn", "lon": 103.8})
    assert ("V-02701-004", "new", None, None) in said(merge)
    assert ("V-02701-003", "gone", None, None) in said(merge)
    assert merge.register["village_id"].tolist() == [f"V-02701-00{n}" for n in (1, 2, 3, 4)]


def test_a_new_name_at_the_old_place_is_a_renaming_and_the_old_name_is_kept() -> None:
    merge = laid(SAME[0], SAME[1], {**SAME[2], "name": "Thôn Hoa Đào"})
    assert ("V-02701-003", "renamed", "Thôn Ba", "Thôn Hoa Đào") in said(merge)
    renamed = merge.register.set_index("village_id").loc["V-02701-003"]
    assert (renamed["name"], renamed["aliases"]) == ("Thôn Hoa Đào", "Thôn Ba")
    # The old name finds it again, wherever the village has gone by then.
    again = lay_over(
        register({"name": "thon ba", "lon": 103.9}), province(merge.register), "third.csv"
    )
    assert again.basis.to_dict() == {"V-02701-003": "alias"}


def test_a_move_is_told_in_metres_and_a_receivers_error_is_not_one() -> None:
    # 0.0003° of longitude are 31 m at this latitude, 0.01° are 1,028 m.
    merge = laid(SAME[0], {**SAME[1], "lon": 103.6503}, {**SAME[2], "lon": 103.71})
    moved = [row for row in said(merge) if row[1] == "moved"]
    assert [(row[0], row[3]) for row in moved] == [("V-02701-003", "103.71000, 22.60000 (1028 m)")]


def test_what_the_new_list_leaves_empty_keeps_its_value() -> None:
    merge = laid({**SAME[0], "people": None}, {**SAME[1], "people": 250}, SAME[2])
    assert merge.register["people"].tolist() == [100, 250, 300]
    assert [row for row in said(merge) if row[1] == "changed"] == [
        ("V-02701-002", "changed", "200", "250")
    ]


def test_leaving_the_commune_centre_for_a_surveyed_place_is_a_move() -> None:
    at_centre = OLD.assign(position_basis="commune_centre")
    later = [{**row, "lon": lon} for row, lon in zip(SAME, (103.62, 103.67, 103.72), strict=True)]
    merge = lay_over(register(*later), province(at_centre), "second.xlsx")
    assert merge.counts()[Change.MOVED] == 3
    assert merge.register["position_basis"].tolist() == ["surveyed"] * 3


def test_a_commune_centre_never_overwrites_a_surveyed_place() -> None:
    merge = laid({**SAME[0], "lon": 103.5, "position_basis": "commune_centre"}, *SAME[1:])
    first = merge.register.iloc[0]
    assert (first.geometry.x, first["position_basis"]) == (103.60, "surveyed")
    assert merge.counts()[Change.MOVED] == 0


def test_a_village_keeps_its_key_through_a_merger_of_communes() -> None:
    merge = laid(
        {**SAME[0], "commune_code": None, "commune": None, "unit_code": "02701"}, *SAME[1:]
    )
    assert merge.counts()[Change.SAME] == 3
    moved_unit = laid({**SAME[0], "unit_code": "02695", "commune_code": None}, *SAME[1:])
    # In another unit under its name, but on its own spot: the same village.
    assert ("V-02701-001", "area", "02701", "02695") in said(moved_unit)


def test_a_similar_name_is_asked_about_and_taken_when_confirmed() -> None:
    new = (SAME[0], SAME[1], {"name": "Thôn Baa", "lon": 103.9})
    merge = laid(*new)
    (pair,) = merge.similar.to_dict("records")
    assert (pair["old_name"], pair["name"], pair["village_id"]) == (
        "Thôn Ba",
        "Thôn Baa",
        "V-02701-003",
    )
    assert merge.counts()[Change.NEW] == merge.counts()[Change.GONE] == 1
    confirmed = laid(*new, same=[(2, "V-02701-003")])
    assert confirmed.counts()[Change.RENAMED] == 1
    assert confirmed.counts()[Change.NEW] == 0


def test_keys_of_villages_that_are_gone_are_not_given_again() -> None:
    observed = province(OLD).observations
    extra = observed.iloc[[0]].assign(village_id="V-02701-009")
    before = Province(
        **{**vars(province(OLD)), "observations": pd.concat([observed, extra], ignore_index=True)}
    )
    merge = lay_over(register({"name": "Thôn Mười", "lon": 104.0}), before, "x.csv")
    assert merge.basis.index.tolist() == ["V-02701-010"]


def test_no_village_is_lost_or_doubled_whatever_the_lists() -> None:
    random = np.random.default_rng(7)
    names = [f"Thôn {n}" for n in range(12)]
    for _ in range(40):
        chosen = random.choice(12, size=random.integers(1, 10), replace=False)
        rows = [{"name": names[n], "lon": 103.6 + n / 100} for n in chosen]
        merge = laid(*rows)
        assert merge.register["village_id"].is_unique
        assert set(OLD["village_id"]) <= set(merge.register["village_id"])
        counts = merge.counts()
        assert len(merge.register) == len(OLD) + counts[Change.NEW]
        assert len(rows) == len(merge.basis)


@pytest.mark.parametrize("column", ["village_id", "service", "state", "observed_on"])
def test_the_history_stays_complete(column: str) -> None:
    merge = laid({**SAME[0], "mobile_state": "partial"}, {"name": "Thôn Bốn", "lon": 103.9})
    assert merge.observations[column].notna().all()

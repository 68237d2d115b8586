"""Roll-out plans of four villages on a line, against figures added up by hand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine

from planning.errors import DataError, PlannerError
from planning.vocabulary import Gap
from services.rollout import robustness, roll_out, trace_costs
from services.rollout_values import RolloutPlan
from tests.unit.services.line_province import (
    EQUIPMENT,
    PEOPLE,
    PER_KM,
    ask,
    line_province,
    step_km,
)


def cost(steps: int, villages: int) -> float:
    return step_km(steps) * PER_KM + villages * EQUIPMENT


def chosen(plan: RolloutPlan) -> list[str]:
    return sorted(plan.villages.loc[plan.villages["is_connected"], "village_id"])


def plan_of(**changes: Any) -> RolloutPlan:
    return roll_out(line_province(), ask(**changes))


def row(plan: RolloutPlan, village: str) -> Any:
    return plan.villages.set_index("village_id").loc[village]


def test_the_two_nearest_are_cheapest_and_cost_what_cable_and_equipment_cost() -> None:
    plan = plan_of()
    assert chosen(plan) == ["V1", "V2"]
    assert plan.totals.cost_vnd == pytest.approx(cost(2, 2), rel=1e-9)
    assert plan.totals.cost_usd == pytest.approx(cost(2, 2) / 25_400, rel=1e-9)
    assert plan.totals.km == pytest.approx(step_km(2), rel=1e-9)
    assert (plan.totals.villages, plan.totals.people, plan.totals.households) == (2, 50, 10)
    assert plan.totals.minority_share == pytest.approx(10 / 50)
    assert plan.totals.proven
    assert plan.totals.bound_vnd == pytest.approx(plan.totals.cost_vnd)
    assert plan.conflict is None


def test_the_target_says_how_many_where_nobody_does() -> None:
    assert plan_of().question.connect == 2
    assert plan_of(target_id=None).question.connect == 4
    assert chosen(plan_of(connect=3)) == ["V1", "V2", "V3"]


def test_a_village_that_is_left_aside_is_still_passed() -> None:
    plan = plan_of(connect=1, excluded={"V1": "đang di dời"})
    assert chosen(plan) == ["V2"]
    assert plan.totals.cost_vnd == pytest.approx(cost(2, 1))
    assert row(plan, "V1").reason == "plan-reason-excluded-why"
    assert row(plan, "V1").reason_values == {"why": "đang di dời"}


def test_a_decided_village_is_in_however_far() -> None:
    plan = plan_of(connect=1, decided=("V4",))
    assert chosen(plan) == ["V4"]
    assert row(plan, "V4").reason == "reason-decided"


def test_reasons_are_the_price_of_doing_otherwise() -> None:
    plan = plan_of()
    step = step_km() * PER_KM
    # Without the first or the second, cable has to go on to the third.
    assert row(plan, "V1").replacement_cost_vnd == pytest.approx(step, rel=1e-3)
    assert row(plan, "V2").replacement_cost_vnd == pytest.approx(step, rel=1e-3)
    assert row(plan, "V2").alternates == ("V3",)
    # With the third in, either of the others goes; with the fourth, two steps more.
    assert row(plan, "V3").enters_at_vnd == pytest.approx(step, rel=1e-3)
    assert row(plan, "V4").enters_at_vnd == pytest.approx(2 * step, rel=1e-3)
    assert np.isnan(row(plan, "V1").enters_at_vnd)


def test_links_and_equipment_add_up_to_the_plan() -> None:
    plan = plan_of(connect=3)
    whole = plan.links["cost_vnd"].sum() + plan.villages["equipment_cost_vnd"].sum()
    assert whole == pytest.approx(plan.totals.cost_vnd, rel=1e-12)
    assert plan.links["length_km"].sum() == pytest.approx(plan.totals.km, rel=1e-12)
    assert plan.links["villages"].tolist() == [3, 2, 1]
    assert plan.links["from_name"].tolist() == ["Điểm cáp", "Bản 1", "Bản 2"]
    assert plan.links["to_name"].tolist() == ["Bản 1", "Bản 2", "Bản 3"]
    assert plan.links.crs == "EPSG:4326"


def test_a_budget_brings_the_most_of_its_aim() -> None:
    money = cost(2, 2)
    assert chosen(plan_of(budget_vnd=money, aim="villages")) == ["V1", "V2"]
    plan = plan_of(budget_vnd=cost(4, 3), aim="people")
    # Four steps and three villages: all but the smallest, 90 people.
    assert chosen(plan) == ["V1", "V3", "V4"]
    assert plan.totals.score == 90
    assert plan.totals.score_bound == pytest.approx(90)
    assert plan.totals.bound_vnd is None


def test_a_side_condition_is_kept_and_its_price_is_the_cable_it_takes() -> None:
    plan = plan_of(min_per_district={"090": 1})
    assert chosen(plan) in (["V1", "V3"], ["V2", "V3"])
    condition = plan.conditions.iloc[0]
    assert (condition.asked, condition.attained, condition.attained_without) == (1, 1, 0)
    assert condition.price_high_vnd == pytest.approx(step_km() * PER_KM, rel=1e-3)


def test_a_least_minority_share_is_one_of_people() -> None:
    plan = plan_of(min_minority_share=0.8)
    # V1 has 40 people of none; V2 and V3 are 30 of 30.
    assert chosen(plan) == ["V2", "V3"]
    assert plan.totals.minority_share == 1.0


def test_villages_without_power_wait_or_get_their_own() -> None:
    province = line_province(grid_power=["none", "grid", "grid", "grid"])
    later = roll_out(province, ask())
    assert chosen(later) == ["V2", "V3"]
    assert row(later, "V1").reason == "plan-reason-power"
    assert later.totals.power_later == 1
    now = roll_out(province, ask(power_first="allowed"))
    assert chosen(now) == ["V1", "V2"]
    assert now.totals.cost_vnd == pytest.approx(cost(2, 2) + 7e6)
    decided = roll_out(province, ask(decided=("V1",), connect=1))
    assert chosen(decided) == ["V1"]


def test_villages_beyond_the_reach_of_cable_are_out_with_the_reason() -> None:
    plan = plan_of(reach_m=step_km(2) * 1000 + 1, connect=1)
    assert row(plan, "V3").reason == "plan-reason-reach"
    assert row(plan, "V3").reason_values["km"] == round(step_km(3), 1)
    assert row(plan, "V2").reason == "reason-left-out"


def test_too_many_villages_are_answered_with_the_most_there_can_be() -> None:
    plan = plan_of(connect=9)
    assert plan.conflict is not None
    (line,) = plan.conflict.lines
    assert (line.message, line.asked, line.nearest) == ("conflict-quota", 9, 4)
    assert chosen(plan) == ["V1", "V2", "V3", "V4"]
    assert plan.certificate["answers_question"] is False


def test_too_little_money_is_answered_with_what_is_enough_and_what_it_buys() -> None:
    plan = plan_of(connect=3, budget_vnd=cost(2, 2))
    assert plan.conflict is not None
    lines = {line.message: line for line in plan.conflict.lines}
    assert lines["conflict-budget"].nearest == pytest.approx(cost(3, 3))
    assert lines["conflict-quota"].nearest == 2
    assert all(line.is_enough for line in lines.values())
    assert plan.conflict.is_minimal


def test_waiting_for_power_is_named_where_it_is_what_stands_in_the_way() -> None:
    province = line_province(grid_power=["none", "grid", "grid", "grid"])
    plan = roll_out(province, ask(connect=4))
    assert plan.conflict is not None
    messages = [line.message for line in plan.conflict.lines]
    assert messages == ["conflict-quota", "conflict-power"]
    assert plan.conflict.lines[1].values == {"count": 1}


def test_too_short_a_reach_is_named_with_the_one_it_would_take() -> None:
    plan = plan_of(reach_m=step_km(2) * 1000 + 1, connect=3)
    assert plan.conflict is not None
    lines = {line.message: line for line in plan.conflict.lines}
    nearest = lines["conflict-reach"].nearest
    assert nearest == pytest.approx(step_km(3) * 1000, abs=2.0)
    assert lines["conflict-quota"].nearest == 2


def test_a_village_both_decided_and_left_aside_is_a_conflict_of_the_two() -> None:
    plan = plan_of(decided=("V2",), excluded={"V2": ""})
    assert plan.conflict is not None
    lines = {line.message: line for line in plan.conflict.lines}
    assert set(lines) == {"conflict-locked", "conflict-forbidden"}
    assert {line.values["village_id"] for line in lines.values()} == {"V2"}


def test_the_curve_climbs_a_step_and_a_village_at_a_time() -> None:
    curve = trace_costs(line_province(), ask())
    assert curve["k"].tolist() == [1, 2, 3, 4]
    assert curve["cost_vnd"].tolist() == pytest.approx([cost(k, k) for k in (1, 2, 3, 4)])
    assert curve["proven"].all()
    step = step_km() * PER_KM + EQUIPMENT
    assert curve["price_next_vnd"].iloc[1] == pytest.approx(step, rel=1e-3)
    assert np.isnan(curve["price_next_vnd"].iloc[3])
    assert curve["joins"].tolist() == [("V1",), ("V2",), ("V3",), ("V4",)]


def test_costs_that_vary_keep_the_nearest_in() -> None:
    firm = robustness(line_province(), ask(), 5)
    shares = firm.villages.set_index("village_id")["share"]
    assert shares[["V1", "V2"]].tolist() == [1.0, 1.0]
    assert shares.sum() == pytest.approx(2.0)
    by_case = firm.costs.set_index("case")["cost_vnd"]
    # The user's own values stay in every case.
    assert by_case["low"] == pytest.approx(by_case["high"])


def test_crews_that_are_slow_finish_the_second_village_later() -> None:
    # 1 crew, half of two steps in a dry quarter; the rains leave 60 % of the third quarter.
    plan = plan_of(crews=1, km_per_crew_quarter=step_km() / 0.6)
    assert row(plan, "V1").wave == "2024-Q3"
    assert row(plan, "V1").done_on == date(2024, 9, 30)
    assert row(plan, "V2").wave == "2024-Q4"
    assert plan.waves["villages"].tolist() == [1, 1]
    assert plan.waves["people_total"].tolist() == [PEOPLE[0], PEOPLE[0] + PEOPLE[1]]
    assert plan.waves["cost_vnd"].sum() == pytest.approx(plan.totals.cost_vnd)


def test_what_does_not_fit_before_the_deadline_has_no_quarter() -> None:
    plan = plan_of(crews=1, km_per_crew_quarter=0.1)
    assert row(plan, "V2").wave is None
    assert row(plan, "V2").done_on is None
    assert plan.certificate["order"]["unfinished"] == 2


def test_simpler_ways_stand_beside_the_plan_and_none_is_cheaper() -> None:
    plan = plan_of(connect=3)
    costs = plan.baselines.set_index("name")["cost_vnd"]
    assert costs["plan"] == pytest.approx(plan.totals.cost_vnd)
    assert (costs >= costs["plan"] * (1 - 1e-12)).all()
    # A cable of its own to each: 1 + 2 + 3 steps.
    own = sum(step_km(n) for n in (1, 2, 3)) * PER_KM + 3 * EQUIPMENT
    assert costs["own_cables"] == pytest.approx(own)


def test_the_same_question_gives_the_same_certificate_but_for_the_seconds() -> None:
    one, other = (dict(plan_of(connect=3).certificate) for _ in range(2))
    for certificate in (one, other):
        certificate.pop("seconds")
    assert json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert one["holds"] is True
    assert one["plan_hash"] != plan_of(connect=2).certificate["plan_hash"]
    edges = sum(edge["cost_vnd"] for edge in one["edges"])
    assert edges == pytest.approx(cost(3, 3), abs=1.0)


def test_every_cost_line_says_where_it_comes_from() -> None:
    plan = roll_out(line_province(), ask(cost_values={}))
    lines = plan.costs.set_index("key")
    assert lines.loc["fibre_new_poles", "source"]
    assert set(lines["mark"]) <= {"sourced", "derived", "estimate"}
    assert (lines["used"] == lines["base"]).all()
    given = plan_of().costs.set_index("key")
    assert given.loc["fibre_new_poles", "mark"] == "given"
    # The range shown beside a user's own value is the user's, not a published one.
    own = [given[end]["fibre_new_poles"] for end in ("low", "base", "high")]
    assert own == [given["used"]["fibre_new_poles"]] * 3


def test_costs_of_a_file_and_a_case_are_used(tmp_path: Path) -> None:
    book = tmp_path / "costs.toml"
    book.write_text(
        '[fibre_new_poles]\nlow = 50e6\nbase = 100e6\nhigh = 200e6\ncurrency = "VND"\n'
        '[fibre_equipment]\nbase = 10e6\ncurrency = "VND"\n'
    )
    for case, per_km in (("low", 50e6), ("base", 100e6), ("high", 200e6)):
        plan = plan_of(cost_values={}, cost_file=book, cost_case=case)
        assert plan.totals.cost_vnd == pytest.approx(step_km(2) * per_km + 2 * EQUIPMENT)


def test_masts_clear_every_village_with_links_and_sites_that_add_up() -> None:
    plan = plan_of(target_id="signal", technology="masts", power_first="allowed", cost_values={})
    assert plan.totals.villages == 4
    assert set(plan.villages["technology"]) == {"mast"}
    # Villages a step (1.1 km) apart on 3.3 km: one mast in the middle serves all.
    assert len(plan.sites) == 1
    assert sorted(plan.sites["serves"].iloc[0]) == ["V1", "V2", "V3", "V4"]
    whole = plan.sites["cost_vnd"].sum() + plan.links["cost_vnd"].sum()
    assert whole == pytest.approx(plan.totals.cost_vnd)
    assert plan.links["technology"].tolist() == ["microwave"]
    assert plan.order is None
    assert len(plan.waves) == 0
    assert {check["check"] for check in plan.certificate["checks"]} == {"mix", "set-cover"}


def test_more_masts_than_there_are_villages_are_not_promised() -> None:
    plan = plan_of(target_id="signal", technology="masts", connect=6, cost_values={})
    assert plan.conflict is not None
    assert (plan.conflict.lines[0].asked, plan.conflict.lines[0].nearest) == (6, 4)
    assert plan.totals.villages == 4


def test_the_mix_is_never_dearer_than_fibre_counted_the_same_way() -> None:
    mix = plan_of(technology="mix", connect=4, power_first="allowed", cost_values={})
    free = {"leo_terminal": 0.0, "leo_service": 0.0}
    by_satellite = plan_of(technology="mix", connect=4, power_first="allowed", cost_values=free)
    assert by_satellite.totals.cost_vnd == pytest.approx(0.0)
    assert set(by_satellite.villages["technology"]) == {"satellite"}
    assert mix.totals.cost_vnd >= by_satellite.totals.cost_vnd
    parts = mix.links["cost_vnd"].sum() + mix.villages["equipment_cost_vnd"].sum()
    assert parts + mix.sites["cost_vnd"].sum() == pytest.approx(mix.totals.cost_vnd)
    assert "counting-any_broadband" in mix.notes


def test_a_village_at_its_communes_centre_is_not_planned_for() -> None:
    basis = ["commune_centre", "surveyed", "surveyed", "surveyed"]
    plan = roll_out(line_province(position_basis=basis), ask(connect=1))
    assert chosen(plan) == ["V2"]
    assert row(plan, "V1").reason == "plan-reason-no-position"
    with pytest.raises(PlannerError, match="error-plan-nowhere"):
        roll_out(line_province(position_basis=basis), ask(decided=("V1",)))


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"target_id": "water"}, "error-plan-target"),
        ({"decided": ("V9",)}, "error-plan-not-lacking"),
        ({"excluded": {"V9": ""}}, "error-plan-not-lacking"),
        ({"min_per_district": {"999": 1}}, "error-plan-district"),
        ({"technology": "masts"}, "error-plan-masts-only"),
        ({"target_id": "signal"}, "error-plan-fibre-only"),
        ({"deadline": date(2024, 6, 1)}, "error-plan-dates"),
        ({"as_of": date(2020, 1, 1)}, "error-too-early"),
        ({"cost_values": {"gold": 1.0}}, "cost-fault-unknown"),
        ({"cost_values": {"fibre_new_poles": -1.0}}, "cost-fault-negative"),
        ({"route_factor": 0.5}, "error-network-route-factor"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(changes: dict[str, Any], key: str) -> None:
    with pytest.raises(PlannerError) as refused:
        plan_of(**changes)
    assert refused.value.key == key


def test_a_file_of_heights_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "heights.tif"
    path.write_bytes(b"no heights at all")
    with pytest.raises(DataError) as refused:
        plan_of(dem=path)
    assert refused.value.key == "error-terrain-format"


def test_nobody_to_connect_is_said() -> None:
    with pytest.raises(PlannerError, match="error-plan-nobody"):
        roll_out(line_province(fixed_state="fibre"), ask())


def test_who_watches_hears_the_phases_and_can_stop() -> None:
    heard: list[str] = []

    def watch(phase: str, seconds: float, value: float | None, bound: float | None) -> bool:
        heard.append(phase)
        return True

    roll_out(line_province(), ask(), watch=watch)
    assert list(dict.fromkeys(heard)) == ["network", "reasons", "order"]
    stopped = roll_out(line_province(), ask(), watch=lambda *_: False)
    assert stopped.totals.villages == 2


def test_roads_of_a_file_are_followed(tmp_path: Path) -> None:
    # A road that leaves the line to the east by a step and comes back: three steps to V1.
    detour = [[104.0, 22.0], [104.01, 22.0], [104.01, 22.01], [104.0, 22.01]]
    road = {"type": "LineString", "coordinates": detour}
    path = tmp_path / "roads.geojson"
    features = [{"type": "Feature", "properties": {}, "geometry": road}]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    plan = plan_of(connect=1, roads=path)
    assert chosen(plan) == ["V1"]
    assert plan.totals.km > 2.9 * step_km() * 0.95
    assert plan.certificate["network"]["kind"] == "roads"


def test_a_gap_other_than_the_targets_gives_way_to_it() -> None:
    assert plan_of(gap=Gap.MOBILE).question.gap is Gap.FIBRE


def write_ground(path: Path, rise_per_degree: float) -> Path:
    """Write a slope that rises to the north, a cell every 0.001°."""
    rows, columns, cell = 120, 60, 0.001
    south, west = 21.97, 103.97
    north = south + rows * cell
    lat = north - (np.arange(rows) + 0.5) * cell
    heights = np.repeat(((lat - south) * rise_per_degree)[:, None], columns, axis=1)
    with rasterio.open(
        path, "w", driver="GTiff", height=rows, width=columns, count=1, dtype="float32",
        crs="EPSG:4326", transform=Affine(cell, 0.0, west, 0.0, -cell, north),
    ) as file:  # fmt: skip
        file.write(heights.astype("float32"), 1)
    return path


def test_cable_that_climbs_one_in_ten_costs_fifteen_per_cent_more(tmp_path: Path) -> None:
    # A degree of latitude is 110.7 km here: 11.07 km of rise over it is 10 %.
    steep = write_ground(tmp_path / "steep.tif", step_km() * 100 * 1000 * 0.1)
    plan = plan_of(dem=steep)
    assert plan.totals.km == pytest.approx(step_km(2))
    expected = step_km(2) * PER_KM * 1.15 + 2 * EQUIPMENT
    assert plan.totals.cost_vnd == pytest.approx(expected, rel=2e-3)
    level = plan_of(dem=write_ground(tmp_path / "level.tif", 0.0))
    assert level.totals.cost_vnd == pytest.approx(cost(2, 2), rel=1e-6)


def test_masts_over_level_ground_see_the_villages_around_them(tmp_path: Path) -> None:
    level = write_ground(tmp_path / "level.tif", 0.0)
    plan = plan_of(target_id="signal", technology="masts", dem=level, cost_values={})
    assert plan.totals.villages == 4
    assert "plan-note-sight" in plan.notes
    assert plan.certificate["holds"] is True

"""Plans that are kept, and two of them side by side."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from planning.errors import StoreError
from services import scenarios
from services.rollout import roll_out
from services.rollout_values import RolloutPlan
from services.shelf import shelf_here
from tests.unit.services.line_province import ask, line_province

MORNING = datetime(2024, 7, 1, 8, tzinfo=UTC)
NOON = datetime(2024, 7, 1, 12, tzinfo=UTC)


def plan_of(**changes: Any) -> RolloutPlan:
    return roll_out(line_province(), ask(**changes))


def test_a_plan_that_is_kept_comes_back_as_it_was() -> None:
    plan = plan_of()
    saved = scenarios.save("  Hai thôn  gần ", plan, MORNING)
    assert saved.name == "Hai thôn gần"
    again = scenarios.load(saved.key)
    assert again.totals == plan.totals
    assert again.villages.equals(plan.villages)
    assert again.certificate == plan.certificate


def test_the_newest_stands_first_and_what_is_removed_is_gone() -> None:
    first = scenarios.save("a", plan_of(), MORNING)
    second = scenarios.save("b", plan_of(connect=3), NOON)
    assert [one.key for one in scenarios.list_saved()] == [second.key, first.key]
    scenarios.remove(second.key)
    assert [one.name for one in scenarios.list_saved()] == ["a"]
    with pytest.raises(StoreError, match="error-scenario-unknown"):
        scenarios.load(second.key)


@pytest.mark.parametrize("key", ["", "../registers", "0" * 16])
def test_keys_that_are_none_are_refused(key: str) -> None:
    with pytest.raises(StoreError, match="error-scenario-unknown"):
        scenarios.load(key)


def test_a_torn_scenario_is_left_out_of_the_list() -> None:
    saved = scenarios.save("a", plan_of(), MORNING)
    folder = shelf_here().home / "scenarios" / saved.key
    (folder / "scenario.json").write_text("{")
    assert scenarios.list_saved() == ()
    (folder / "plan.pickle").write_bytes(b"")
    with pytest.raises(StoreError, match="error-scenario-unknown"):
        scenarios.load(saved.key)


def test_a_scenario_needs_a_name() -> None:
    with pytest.raises(StoreError, match="error-scenario-name"):
        scenarios.save("  ", plan_of(), MORNING)


def test_two_plans_are_held_against_each_other_village_by_village() -> None:
    a, b = plan_of(), plan_of(excluded={"V1": ""})
    both = scenarios.compare(a, b)
    status = both.villages.set_index("village_id")["status"]
    assert status.to_dict() == {"V1": "only_a", "V2": "both", "V3": "only_b", "V4": "neither"}
    assert both.villages["village_id"].tolist() == ["V1", "V3", "V2", "V4"]
    change = both.villages.set_index("village_id")["cost_difference_vnd"]
    assert change["V1"] == pytest.approx(-10e6)
    assert change["V2"] == 0.0
    totals = both.totals.set_index("figure")
    assert totals.loc["villages", "difference"] == 0
    assert totals.loc["people", "difference"] == 30 - 50
    assert totals.loc["km", "difference"] == pytest.approx(b.totals.km - a.totals.km)
    assert both.same_data

"""Plan again from today, on a province that fits on a line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from i18n import translator
from planning.errors import PlannerError
from services.province import Province
from services.replan import plan_in, question_of, replan
from services.rollout import roll_out
from services.rollout_export import write_plan
from tests.unit.services.line_province import EQUIPMENT, PER_KM, ask, line_province, step_km

LATER = date(2024, 9, 1)


def built(province: Province, *villages: str) -> Province:
    rows = pd.DataFrame(
        {
            "village_id": list(villages),
            "service": "fixed",
            "state": "fibre",
            "observed_on": pd.Timestamp(2024, 8, 1),
            "evidence": "acceptance",
            "source": "test",
        }
    )
    return replace(
        province, observations=pd.concat([province.observations, rows], ignore_index=True)
    )


def working(province: Province, village: str, status: str) -> Province:
    works = pd.DataFrame(
        {
            "village_id": [village],
            "service": ["fixed"],
            "status": [status],
            "since": pd.to_datetime(["2024-08-01"]),
        }
    )
    return replace(province, works=works)


@pytest.fixture(scope="module")
def province() -> Province:
    return line_province()


def test_with_nothing_done_the_plan_and_its_cost_are_the_same(province: Province) -> None:
    before = roll_out(province, ask())
    again = replan(province, before, LATER)
    assert again.built == ()
    assert again.spent_vnd == 0.0
    assert again.from_here_vnd == pytest.approx(before.totals.cost_vnd)
    assert again.stay_vnd == pytest.approx(before.totals.cost_vnd)
    assert again.saving_vnd == pytest.approx(0.0, abs=1.0)
    assert again.regret_vnd == pytest.approx(0.0, abs=1.0)


def test_what_is_built_is_free(province: Province) -> None:
    before = roll_out(province, ask())
    step = step_km() * PER_KM
    again = replan(built(province, "V1"), before, LATER)
    assert again.built == ("V1",)
    assert again.off_plan == ()
    assert again.spent_vnd == pytest.approx(step + EQUIPMENT, rel=1e-3)
    assert again.from_here_vnd == pytest.approx(step + EQUIPMENT, rel=1e-3)
    assert again.stay_vnd == pytest.approx(again.from_here_vnd)
    connected = again.plan.villages.loc[again.plan.villages["is_connected"], "village_id"]
    assert set(connected) == {"V1", "V2"}
    assert again.plan.certificate["holds"]


def test_a_village_built_off_the_plan_is_regretted_and_re_planning_uses_it(
    province: Province,
) -> None:
    before = roll_out(province, ask())
    step = step_km() * PER_KM
    # V3 was built instead of V1 and V2; its cable passes both.
    again = replan(built(province, "V3"), before, LATER)
    assert again.off_plan == ("V3",)
    assert again.spent_vnd == pytest.approx(3 * step + EQUIPMENT, rel=1e-3)
    # One more village is enough, and only its equipment is to pay.
    assert again.from_here_vnd == pytest.approx(EQUIPMENT, rel=1e-3)
    assert again.stay_vnd == pytest.approx(2 * EQUIPMENT, rel=1e-3)
    assert again.saving_vnd == pytest.approx(EQUIPMENT, rel=1e-3)
    assert again.regret_vnd == pytest.approx(step, rel=1e-3)


def test_what_is_funded_stays_and_what_is_suspended_may_go(province: Province) -> None:
    before = roll_out(province, ask())
    funded = replan(working(province, "V4", "funded"), before, LATER)
    assert funded.decided == ("V4",)
    connected = funded.plan.villages.set_index("village_id")["is_connected"]
    assert connected["V4"]
    assert int(connected.sum()) == 2
    surveyed = replan(working(province, "V4", "surveyed"), before, LATER)
    assert surveyed.decided == ()
    stopped = replan(working(province, "V2", "suspended"), before, LATER)
    assert (stopped.decided, stopped.suspended) == ((), ("V2",))


def test_a_plan_written_to_a_folder_is_found_again(province: Province, tmp_path: Path) -> None:
    before = roll_out(province, ask())
    write_plan(before, tmp_path, ["certificate"], translator("en"))
    found = plan_in(str(tmp_path), province)
    assert found.totals.plan_hash == before.totals.plan_hash
    assert question_of(before.certificate["question"]) == before.question
    with pytest.raises(PlannerError, match="error-replan-unknown"):
        plan_in(str(tmp_path / "nothing"), province)
    (tmp_path / "certificate.json").write_text('{"question": 3, "plan_hash": ""}')
    with pytest.raises(PlannerError, match="error-replan-unknown"):
        plan_in(str(tmp_path), province)


def test_a_register_that_changed_is_told_apart(province: Province) -> None:
    before = roll_out(province, ask())
    with pytest.raises(PlannerError, match="error-replan-day"):
        replan(province, before, date(2024, 1, 1))
    moved = line_province()
    moved = replace(moved, villages=moved.villages.set_geometry(moved.villages.translate(0.01)))
    with pytest.raises(PlannerError, match="error-replan-changed"):
        replan(moved, before, LATER)
    masts = roll_out(province, ask(target_id="signal", technology="masts", power_first="allowed"))
    with pytest.raises(PlannerError, match="error-replan-fibre-only"):
        replan(province, masts, LATER)

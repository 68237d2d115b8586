"""A plan worked out by another process is the same plan, and can be stopped or given up."""

from __future__ import annotations

import pytest

from planning.errors import PlannerError
from services import rollout_worker
from services.rollout import roll_out
from services.rollout_worker import WorkerError
from tests.unit.services.line_province import ask, line_province

PATIENCE_S = 120.0


def test_the_child_finds_the_same_plan() -> None:
    job = rollout_worker.start(line_province(), ask())
    assert job.wait(PATIENCE_S)
    plan = job.result()
    assert plan.totals.plan_hash == roll_out(line_province(), ask()).totals.plan_hash
    assert len(plan.links.geometry.iloc[0].coords) == 2
    assert job.heard.phase == "order"


def test_a_refusal_comes_back_as_itself() -> None:
    job = rollout_worker.start(line_province(), ask(target_id="water"))
    with pytest.raises(PlannerError) as refused:
        job.result()
    assert refused.value.key == "error-plan-target"
    assert refused.value.values["got"] == "water"


def test_curve_and_draws_are_worked_out_too() -> None:
    curve = rollout_worker.start(line_province(), ask(), "curve")
    draws = rollout_worker.start(line_province(), ask(), "draws", draws=3)
    assert curve.result()["k"].tolist() == [1, 2, 3, 4]
    assert draws.result().draws == 3


def test_a_job_given_up_has_no_result() -> None:
    job = rollout_worker.start(line_province(), ask())
    job.cancel()
    assert job.wait(PATIENCE_S)
    with pytest.raises(WorkerError):
        job.result()


def test_a_job_asked_to_stop_ends_with_what_it_has() -> None:
    job = rollout_worker.start(line_province(), ask())
    job.stop()
    assert job.wait(PATIENCE_S)
    assert job.result().totals.villages == 2


def test_a_job_whose_tab_was_closed_is_given_up() -> None:
    looks = []

    def is_wanted() -> bool:
        looks.append(1)
        return False

    job = rollout_worker.Job(b"", is_wanted, patience_s=0.01)
    assert job.wait(PATIENCE_S)
    assert looks
    with pytest.raises(WorkerError):
        job.result()


def test_a_job_somebody_waits_for_is_not_given_up() -> None:
    job = rollout_worker.start(line_province(), ask(), is_wanted=lambda: True)
    assert job.wait(PATIENCE_S)
    assert job.result().totals.villages == 2

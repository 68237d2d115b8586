"""The smallest change that makes a target safe, against every choice tried."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

import pytest

from planning.forecast.outlook import Change, Outlook
from planning.forecast.pace import pace_forecast
from planning.forecast.securing import SAFE, Lever, changes_of, smallest_changes
from planning.forecast.standing import Standing
from planning.vocabulary import WorkStatus
from tests.unit.planning.forecast.assumed import BOOK, CALM, DRY, outlook, work

S = WorkStatus


def fewest_by_trying(asked: Outlook, lever: Lever) -> int | None:
    options = changes_of(asked, lever)
    for count in range(1, len(options) + 1):
        for choice in combinations(options, count):
            change = Change({village: options[village] for village in choice})
            if asked.chances(change).met >= SAFE:
                return count
    return None


CASES = {
    "on the way": (work(S.FUNDED, S.BUILDING, S.BUILDING, S.ON_AIR, S.ON_AIR, since=DRY), 4),
    "early": (work(*[S.SURVEYED] * 4, *[S.BUILDING] * 3, since=DRY), 4),
    "one commune": (
        work(*[S.FUNDED] * 3, *[S.ON_AIR] * 3, since=DRY, sites=("a", "a", "b", "b", "c", "d")),
        5,
    ),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("lever", [Lever.RAISE, Lever.BRING_FORWARD])
def test_the_fewest_villages_are_those_of_every_choice_tried(name: str, lever: Lever) -> None:
    workload, required = CASES[name]
    asked = outlook(workload, required, BOOK.with_base(crews=50.0), DRY, DRY + timedelta(days=150))
    assert asked.chances().met < SAFE
    found = {one.lever: one for one in smallest_changes(asked)}
    tried = fewest_by_trying(asked, lever)
    assert found[lever].count == tried
    if tried is not None:
        assert found[lever].is_proven
        options = changes_of(asked, lever)
        chosen = [asked.workload.village_ids.index(one) for one in found[lever].villages]
        change = Change({village: options[village] for village in chosen})
        assert len(chosen) == tried
        assert asked.chances(change).met == pytest.approx(found[lever].met)
        assert found[lever].met >= SAFE


def test_no_choice_beats_the_bound() -> None:
    workload, required = CASES["one commune"]
    asked = outlook(workload, required, BOOK)
    for lever in (Lever.RAISE, Lever.BRING_FORWARD):
        options = changes_of(asked, lever)
        for count in range(1, len(options) + 1):
            best = max(
                asked.chances(Change({one: options[one] for one in choice})).met
                for choice in combinations(options, count)
            )
            assert best <= asked.met_at_best(options, count) + 1e-12


def test_suspended_villages_are_resumed_where_they_stopped() -> None:
    stopped = Standing(S.SUSPENDED, DRY - timedelta(days=20), S.ON_AIR)
    on_air = Standing(S.ON_AIR, DRY, S.ON_AIR)
    asked = outlook(
        work(*[S.ON_AIR] * 5, standings=(on_air, on_air, stopped, stopped, stopped)), 4, BOOK
    )
    (first, *_) = smallest_changes(asked)
    assert (first.lever, first.count, first.least) == (Lever.RESUME, 2, 2)
    assert first.villages == ("V3", "V4")
    assert first.met == pytest.approx(0.913, abs=5e-4)
    options = changes_of(asked, Lever.RESUME)
    assert options[2].standing == Standing(S.ON_AIR, DRY, S.ON_AIR)


def test_a_target_that_is_safe_needs_nothing() -> None:
    sure = work(*[S.ON_AIR] * 4, since=DRY - timedelta(days=5))
    assert smallest_changes(outlook(sure, 1)) == ()


def test_crews_are_the_answer_where_crews_are_what_lacks() -> None:
    tight = CALM.with_base(crews=1.0, villages_per_crew_quarter=1.0)
    asked = outlook(work(*[S.BUILDING] * 8, since=DRY), 7, tight, DRY, DRY + timedelta(days=240))
    found = {one.lever: one for one in smallest_changes(asked)}
    crews = found[Lever.CREWS]
    assert crews.count == 2
    assert crews.is_proven
    assert asked.chances(Change(crews=crews.count)).met >= SAFE
    assert asked.chances(Change(crews=crews.count - 1)).met < SAFE


def test_where_neither_is_enough_both_together_may_be() -> None:
    tight = CALM.with_base(crews=1.0, villages_per_crew_quarter=1.0)
    asked = outlook(work(*[S.SURVEYED] * 6), 3, tight, date(2024, 11, 1), date(2025, 3, 31))
    found = {one.lever: one for one in smallest_changes(asked)}
    assert found[Lever.CREWS].count is None
    assert found[Lever.BRING_FORWARD].count is None
    both = found[Lever.FORWARD_WITH_CREWS]
    assert both.count is not None
    assert both.crews > 0
    assert both.met >= SAFE


@pytest.mark.parametrize(
    ("achieved", "required", "gone", "left", "met"),
    [
        (28, 28, 10, 10, 1.0),
        (0, 28, 92, 92, 0.0),
        (5, 6, 100, 0, 0.0),
        # One more of a Poisson law of mean 1: 1 - 1/e.
        (1, 2, 100, 100, 0.6321205588),
    ],
)
def test_the_naive_pace_goes_on_as_before(
    achieved: int, required: int, gone: int, left: int, met: float
) -> None:
    assert pace_forecast(achieved, required, gone, left) == pytest.approx(met)

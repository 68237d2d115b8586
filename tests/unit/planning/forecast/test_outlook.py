"""What to expect of a target: laws known by hand, shocks shared, crews, plans."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from planning.forecast.crews import served_in_turn
from planning.forecast.durations import Duration
from planning.forecast.outlook import Change, month_ends
from planning.forecast.shocks import contractor_groups, enumerate_shocks
from planning.forecast.standing import Spell, Standing
from planning.forecast_assumptions import Assumption
from planning.vocabulary import Lane, WorkStatus
from tests.unit.planning.forecast.assumed import AFTER, BOOK, CALM, DRY, outlook, work

AIR, BUILD, FUNDED = WorkStatus.ON_AIR, WorkStatus.BUILDING, WorkStatus.FUNDED


def test_a_village_on_air_has_the_chance_of_being_accepted_in_time() -> None:
    chances = outlook(work(AIR, since=DRY), 1).chances()
    law = Duration.through(CALM[Assumption.ACCEPT])
    by_hand = float(law.done_by(np.array([90.0]))[0])
    assert chances.met == pytest.approx(by_hand, rel=1e-6)
    assert chances.villages == pytest.approx([by_hand])
    assert chances.law == pytest.approx([1 - by_hand, by_hand])


def test_the_time_already_spent_counts() -> None:
    since = DRY - timedelta(days=40)
    chances = outlook(work(AIR, since=since), 1).chances()
    law = Duration.through(CALM[Assumption.ACCEPT])
    before, after = law.done_by(np.array([40.0, 130.0]))
    assert chances.met == pytest.approx((after - before) / (1 - before), rel=1e-6)


def test_stages_follow_one_another_as_in_a_simulation() -> None:
    chances = outlook(work(BUILD, since=DRY), 1).chances()
    draws = np.random.default_rng(7).random((2, 200_000))
    build = np.ceil(Duration.through(CALM[Assumption.BUILD]).drawn(draws[0]))
    accept = np.ceil(Duration.through(CALM[Assumption.ACCEPT]).drawn(draws[1]))
    share = float(np.mean(build + accept <= 90))
    assert chances.met == pytest.approx(share, abs=4 * np.sqrt(0.25 / 200_000))


def test_villages_alone_are_counted_as_the_product_of_their_chances() -> None:
    both = outlook(work(AIR, BUILD, since=DRY), 2).chances()
    assert both.met == pytest.approx(float(np.prod(both.villages)))
    assert both.law.sum() == pytest.approx(1.0)
    assert both.percentile(0.9) == 2


def test_what_is_verified_is_certain_and_what_is_past_the_deadline_stays_as_it_is() -> None:
    done = work(AIR, AIR, BUILD, since=DRY, is_done=np.array([True, False, False]))
    assert outlook(done, 1).chances().met == pytest.approx(1.0)
    late = outlook(done, 2, as_of=AFTER + timedelta(days=30)).chances()
    assert late.law == pytest.approx(np.array([0.0, 1.0, 0.0, 0.0]))
    assert late.met == 0.0
    assert outlook(work(), 0).chances().met == 1.0


def test_the_rain_makes_building_slower() -> None:
    rainy = replace(CALM, values={**CALM.values, Assumption.RAINY_PACE: BOOK["rainy_pace"]})  # type: ignore[index]
    june, september = date(2024, 6, 1), date(2024, 8, 30)
    at_work = work(BUILD, since=june)
    slow = outlook(at_work, 1, rainy, june, september).chances().met
    fast = outlook(at_work, 1, CALM, june, september).chances().met
    assert slow < fast - 0.1
    # In the dry months there is no difference.
    dry = work(BUILD, since=DRY)
    assert outlook(dry, 1, rainy).chances().met == pytest.approx(outlook(dry, 1).chances().met)


def test_a_storm_is_one_chance_for_all() -> None:
    stormy = CALM.with_base(storm_chance=0.4, storm_days=400.0)
    june, end = date(2024, 6, 30), date(2024, 12, 31)
    at_work = work(*[BUILD] * 3, since=june)
    calm = outlook(at_work, 3, CALM, june, end).chances()
    struck = outlook(at_work, 3, CALM.with_base(storm_chance=1.0, storm_days=400.0), june, end)
    mixed = outlook(at_work, 3, stormy, june, end).chances()
    assert mixed.law == pytest.approx(0.6 * calm.law + 0.4 * struck.chances().law)


def test_a_contractor_shared_spreads_the_count_and_leaves_the_mean() -> None:
    spread = CALM.with_base(contractor_spread=0.6)
    together = outlook(work(*[FUNDED] * 8, since=DRY), 4, spread).chances()
    own = tuple("abcdefgh")
    two = outlook(work(*[FUNDED] * 8, since=DRY, contractors=("a", "b") * 4), 4, spread).chances()
    alone = outlook(work(*[FUNDED] * 8, since=DRY, contractors=own), 4, CALM).chances()
    counts = np.arange(9)

    def variance(law: np.ndarray) -> float:
        mean = float(law @ counts)
        return float(law @ (counts - mean) ** 2)

    assert variance(together.law) > variance(two.law) > variance(alone.law)
    assert two.law @ counts == pytest.approx(together.law @ counts, rel=0.02)


def test_stages_seen_teach_how_fast_a_contractor_is() -> None:
    quick = Spell(Assumption.BUILD, date(2023, 11, 1), date(2023, 11, 15))
    slow = Spell(Assumption.BUILD, date(2023, 11, 1), date(2024, 3, 1))

    def weights(*spells: Spell) -> tuple[float, float]:
        standing = Standing(FUNDED, DRY, FUNDED, spells)
        shocks = enumerate_shocks(
            DRY, AFTER, BOOK, groups=contractor_groups(["x"]), standings=[standing],
            lanes=[Lane.FUND],
        )  # fmt: skip
        return float(shocks.weights.sum()), float(shocks.weights @ shocks.factors)

    assert weights()[0] == pytest.approx(1.0)
    assert weights()[1] == pytest.approx(np.exp(0.25**2 / 2), rel=1e-3)
    assert weights(quick)[1] < weights()[1] < weights(slow)[1]
    assert weights(quick, quick)[1] < weights(quick)[1]


def test_many_contractors_share_the_last_number() -> None:
    assert contractor_groups(["d", "a", "a", "b", "b", "c"]).tolist() == [2, 0, 0, 1, 1, 2]


def test_no_more_are_finished_than_the_crews_can() -> None:
    nearly_sure = CALM.with_base(crews=1.0, villages_per_crew_quarter=3.0)
    many = outlook(work(*[BUILD] * 10, since=DRY - timedelta(days=60)), 4, nearly_sure).chances()
    # 90 days are 0.986 of a quarter: two whole villages.
    assert many.law[3:].tolist() == [0.0] * 8
    assert many.met == 0.0
    assert many.villages.sum() <= 3.0 + 1e-9
    # Who needs no crew any more is not held up.
    on_air = outlook(work(*[AIR] * 10, since=DRY - timedelta(days=60)), 4, nearly_sure).chances()
    assert on_air.met > 0.99


def test_crews_serve_the_first_first_and_never_more_than_their_capacity() -> None:
    ready = np.array([[0.5, 1.0], [0.5, 1.0], [0.0, 1.0]])
    ends = np.array([True, True])
    share = served_in_turn(ready, np.array([0.75, 2.25]), ends, np.array([1, 0, 2]))
    finished = share * ready
    assert finished == pytest.approx(np.array([[0.25, 1.0], [0.5, 1.0], [0.0, 0.25]]))
    assert (served_in_turn(ready, np.array([9.0, 18.0]), ends, np.arange(3)) == 1.0).all()


@pytest.mark.parametrize(("is_end", "finished"), [(True, [1.0, 0.0]), (False, [1.0, 1.0])])
def test_capacity_that_a_quarter_had_no_village_for_is_lost(
    is_end: bool, finished: list[float]
) -> None:
    ready = np.array([[0.0, 1.0], [0.0, 1.0]])
    share = served_in_turn(ready, np.array([1.0, 2.0]), np.array([is_end, True]), np.arange(2))
    assert (share * ready)[:, 1] == pytest.approx(finished)


def test_a_plan_holds_building_back_to_its_quarter() -> None:
    free = outlook(work(FUNDED, since=DRY - timedelta(days=30)), 1).chances().met
    held = work(FUNDED, since=DRY - timedelta(days=30), not_before=(DRY + timedelta(days=45),))
    late = work(FUNDED, since=DRY - timedelta(days=30), not_before=(AFTER + timedelta(days=1),))
    assert 0.0 < outlook(held, 1).chances().met < free
    assert outlook(late, 1).chances().met == 0.0


def test_the_path_rises_to_the_deadline() -> None:
    asked = outlook(work(*[BUILD] * 6, since=DRY), 3, BOOK)
    days = month_ends(DRY, AFTER)
    assert days == (date(2024, 11, 30), date(2024, 12, 31), date(2025, 1, 30))
    path = asked.path(days)
    assert path == sorted(path)
    final = asked.chances()
    assert path[-1] == tuple(final.percentile(share) for share in (0.1, 0.5, 0.9))


def test_nothing_changed_is_nothing_else_and_the_same_again_is_the_same() -> None:
    asked = outlook(work(*[BUILD] * 6, since=DRY), 3, BOOK)
    first, again = asked.chances(), asked.chances(Change())
    assert first.law.tolist() == again.law.tolist()
    other = outlook(work(*[BUILD] * 6, since=DRY), 3, BOOK).chances()
    assert first.law.tolist() == other.law.tolist()

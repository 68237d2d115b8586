"""How long stages take, the season and what is reported of the work."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from planning.forecast.durations import Duration
from planning.forecast.seasons import dry_days, storm_seasons
from planning.forecast.standing import Spell, Standing, stages_after, standings
from planning.forecast_assumptions import Assumed, Assumption
from planning.vocabulary import Lane, Service, WorkStatus

LAW = Duration.through(Assumed(20, 45, 120))


def test_the_law_runs_through_its_three_percentiles() -> None:
    assert LAW.done_by(np.array([0.0, 20.0, 45.0, 120.0])) == pytest.approx([0, 0.1, 0.5, 0.9])
    assert LAW.drawn(np.array([0.1, 0.5, 0.9])) == pytest.approx([20, 45, 120])


def test_what_is_left_of_a_stage_is_the_law_given_that_it_still_lasts() -> None:
    left = LAW.done_by_after(45.0, np.array([0.0, 75.0]))
    assert left == pytest.approx([0.0, (0.9 - 0.5) / 0.5])
    # The longer it has lasted, the longer it lasts still.
    assert LAW.done_by_after(400.0, np.array([75.0]))[0] < left[1]
    assert np.isfinite(LAW.done_by_after(1e6, np.array([75.0])))[0]


def test_a_range_without_width_is_a_day() -> None:
    law = Duration.through(Assumed(10, 10, 10))
    assert law.done_by(np.array([9.5, 10.5])) == pytest.approx([0.0, 1.0], abs=1e-9)


def test_rain_slows_from_april_to_october_and_april_counts_half() -> None:
    assert dry_days(date(2024, 1, 31), date(2024, 2, 29), 0.6)[-1] == pytest.approx(29)
    assert dry_days(date(2024, 3, 31), date(2024, 4, 30), 0.6)[-1] == pytest.approx(30 * 0.8)
    assert dry_days(date(2024, 6, 30), date(2024, 7, 31), 0.6)[-1] == pytest.approx(31 * 0.6)
    assert dry_days(date(2024, 7, 1), date(2024, 7, 1), 0.6).tolist() == [0.0]


def test_a_storm_stops_work_for_its_days() -> None:
    storm = (date(2024, 9, 7),)
    calm = dry_days(date(2024, 8, 31), date(2024, 9, 30), 1.0)
    struck = dry_days(date(2024, 8, 31), date(2024, 9, 30), 1.0, storm, 10.5)
    assert calm[-1] - struck[-1] == pytest.approx(10.5)
    assert struck[6] == calm[6] == 6.0
    assert struck[16] == 6.0


def test_a_storm_season_is_told_by_its_part_ahead() -> None:
    (whole,) = storm_seasons(date(2024, 6, 30), date(2024, 12, 31))
    assert (whole.share, whole.strikes_on) == (1.0, date(2024, 8, 31))
    (part,) = storm_seasons(date(2024, 10, 1), date(2024, 12, 31))
    assert part.share == pytest.approx(30 / 123)
    assert storm_seasons(date(2024, 11, 1), date(2025, 6, 30)) == ()
    assert len(storm_seasons(date(2024, 1, 1), date(2025, 12, 31))) == 2


def test_villages_without_power_wait_for_it_between_money_and_building() -> None:
    a = Assumption
    assert stages_after(WorkStatus.SURVEYED, Lane.OPERATOR)[0] is a.FUND_BY_OPERATOR
    assert stages_after(WorkStatus.SURVEYED, Lane.UNKNOWN)[0] is a.FUND_BY_FUND
    assert stages_after(WorkStatus.FUNDED, Lane.POWER_FIRST) == (
        a.POWER, a.MOBILISE, a.BUILD, a.ACCEPT,
    )  # fmt: skip
    assert stages_after(WorkStatus.BUILDING, Lane.POWER_FIRST) == (a.BUILD, a.ACCEPT)
    assert stages_after(WorkStatus.ACCEPTED, Lane.FUND) == ()


def reports(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "village_id": [row[0] for row in rows],
            "service": "fixed",
            "status": [row[1] for row in rows],
            "since": pd.to_datetime([row[2] for row in rows]),
        }
    )


def test_where_work_stands_and_which_stages_it_went_through() -> None:
    works = reports(
        ("A", "surveyed", "2024-01-10"),
        ("A", "funded", "2024-03-10"),
        ("A", "suspended", "2024-05-01"),
        ("B", "surveyed", "2024-01-10"),
        ("B", "building", "2024-04-01"),
        ("B", "building", "2024-04-20"),
        ("B", "on_air", "2024-06-01"),
    )
    ids = pd.Index(["A", "B", "C"])
    a, b, c = standings(works, ids, [Lane.FUND] * 3, Service.FIXED, date(2024, 6, 1))
    assert (a.status, a.since, a.before) == (
        WorkStatus.SUSPENDED,
        date(2024, 5, 1),
        WorkStatus.FUNDED,
    )
    assert a.spells == (Spell(Assumption.FUND_BY_FUND, date(2024, 1, 10), date(2024, 3, 10)),)
    # From surveyed to building is more than one stage; building was reported twice.
    assert b.spells == (Spell(Assumption.BUILD, date(2024, 4, 1), date(2024, 6, 1)),)
    assert c == Standing()
    earlier = standings(works, ids, [Lane.FUND] * 3, Service.FIXED, date(2024, 4, 30))
    assert earlier[0].status is WorkStatus.FUNDED
    assert standings(works, ids, [Lane.FUND] * 3, Service.MOBILE, date(2024, 6, 1))[0] == Standing()

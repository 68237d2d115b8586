"""Forecasts of a province: from what is recorded by a day, in sentences, and in four series."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from geo.forecast_book import read_assumptions
from i18n import LANGUAGES, translator
from i18n.refusals import say_faults
from planning.errors import DataError
from planning.forecast.securing import Lever, Remedy
from planning.forecast_assumptions import UNITS, Assumption, Basis
from planning.vocabulary import Gap, Milestone
from services.forecast import Stage, forecast, shipped_assumptions, starts_of
from services.forecast_words import (
    say_chance,
    say_forecast,
    say_remedy,
    say_remedy_villages,
)
from services.province import Province, shipped_province
from services.rollout import roll_out
from services.series import Series, breaks_of, series_of
from services.track import Agreement, reconcile
from tests.unit.services.line_province import ask, line_province

JUNE = date(2024, 6, 30)
DATA = Path(__file__).resolve().parents[3] / "data"


@pytest.fixture(scope="module")
def shipped() -> Province:
    return shipped_province()


def with_work(province: Province, *rows: tuple[str, str, str]) -> Province:
    works = pd.DataFrame(
        {
            "village_id": [row[0] for row in rows],
            "service": "fixed",
            "status": [row[1] for row in rows],
            "since": pd.to_datetime([row[2] for row in rows]),
        }
    )
    return replace(province, works=works)


def test_nothing_recorded_is_said_and_the_shipped_targets_are_unlikely(shipped: Province) -> None:
    signal, fibre = (
        forecast(shipped, target, JUNE, with_remedies=False) for target in shipped.targets
    )
    for one in (signal, fibre):
        assert one.stage is Stage.OPEN
        assert not one.has_work
        assert one.met is not None
        assert one.met < 0.01
        assert one.at_risk_since == JUNE
        assert one.law.sum() == pytest.approx(1.0)
        assert one.pace == 0.0
    assert (len(signal.villages), len(fibre.villages)) == (6, 56)
    assert (fibre.low, fibre.middle, fibre.high) == (1, 3, 6)
    said = " ".join(say_forecast(fibre, translator("vi")))
    assert said.startswith(
        "Tính đến ngày 30/06/2024, đạt 0/28 thôn, 0,0\N{NO-BREAK SPACE}% kế hoạch; "
        "ước thực hiện cả năm 3/28 thôn"
    )
    assert "dưới 1 %" in said
    assert "Chưa ghi nhận tiến độ" in said


def test_after_the_deadline_there_is_no_forecast_and_no_result(shipped: Province) -> None:
    fibre = forecast(shipped, shipped.targets[1], date(2025, 1, 1))
    assert (fibre.stage, fibre.met, fibre.remedies) == (Stage.PAST, None, ())
    (said,) = say_forecast(fibre, translator("vi"))
    assert "Kết quả: chưa công bố" in said
    published = replace(shipped.targets[1], result=30)
    (told,) = say_forecast(forecast(shipped, published, date(2025, 1, 1)), translator("en"))
    assert "Published result: 30 of 28 villages" in told
    on_the_day = forecast(shipped, shipped.targets[1], date(2024, 12, 31), with_remedies=False)
    assert (on_the_day.stage, on_the_day.met, on_the_day.middle) == (Stage.OPEN, 0.0, 0)


def test_before_the_target_was_set_there_is_none_either(shipped: Province) -> None:
    fibre = forecast(shipped, shipped.targets[1], date(2024, 3, 14))
    assert fibre.stage is Stage.NOT_SET
    (said,) = say_forecast(fibre, translator("en"))
    assert "No forecast yet" in said


def test_work_that_is_further_along_makes_the_target_likelier() -> None:
    province = line_province()
    target = province.targets[0]
    early = with_work(province, ("V1", "funded", "2024-07-01"), ("V2", "funded", "2024-07-01"))
    late = with_work(province, ("V1", "on_air", "2024-07-01"), ("V2", "building", "2024-07-01"))
    day = date(2024, 8, 1)
    before, after = (forecast(one, target, day, with_remedies=False) for one in (early, late))
    assert before.has_work
    assert before.met is not None
    assert after.met is not None
    assert before.met < after.met
    chances = after.villages.set_index("village_id")["probability"]
    assert chances["V1"] > chances["V2"] > chances["V3"]
    # What is reported later is not known yet.
    unknown = forecast(late, target, JUNE, with_remedies=False)
    assert not unknown.has_work


def test_a_target_is_at_risk_since_the_day_its_chance_fell_for_good() -> None:
    province = with_work(
        line_province(),
        ("V1", "on_air", "2024-07-05"),
        ("V2", "on_air", "2024-07-05"),
        ("V3", "on_air", "2024-07-05"),
        ("V1", "suspended", "2024-10-01"),
        ("V2", "suspended", "2024-10-10"),
        ("V3", "suspended", "2024-10-15"),
    )
    target = province.targets[0]
    well = forecast(province, target, date(2024, 9, 1), with_remedies=False)
    assert well.at_risk_since is None
    badly = forecast(province, target, date(2024, 10, 20))
    assert badly.met is not None
    assert badly.met < 0.8
    assert badly.at_risk_since == date(2024, 10, 10)
    resume = next(one for one in badly.remedies if one.lever is Lever.RESUME)
    assert resume.count == 2
    assert resume.is_proven


def test_verified_villages_are_certain_and_the_plan_may_hold_others_back() -> None:
    province = line_province()
    built = pd.DataFrame(
        {
            "village_id": ["V2"],
            "service": "fixed",
            "state": "fibre",
            "observed_on": pd.Timestamp(2024, 8, 1),
            "evidence": "acceptance",
            "source": "test",
        }
    )
    later = replace(
        province, observations=pd.concat([province.observations, built], ignore_index=True)
    )
    found = forecast(later, province.targets[0], date(2024, 8, 1), with_remedies=False)
    assert found.progress.achieved == 1
    assert found.law[0] == pytest.approx(0.0)
    assert found.villages.set_index("village_id")["probability"]["V2"] == pytest.approx(1.0)
    plan = roll_out(province, ask())
    starts = starts_of(plan)
    assert set(starts) == {"V1", "V2"}
    assert all(day.month in {7, 10} for day in starts.values())
    held = forecast(
        province,
        province.targets[0],
        JUNE,
        not_before=dict.fromkeys(["V1", "V2", "V3", "V4"], date(2025, 1, 1)),
        with_remedies=False,
    )
    assert held.middle == 0


def test_the_same_question_has_the_same_answer(shipped: Province) -> None:
    one, other = (
        forecast(shipped, shipped.targets[0], JUNE, with_remedies=False) for _ in range(2)
    )
    assert one.law.tolist() == other.law.tolist()
    pd.testing.assert_frame_equal(one.villages, other.villages)


def test_series_are_kept_apart_and_none_crosses_the_break(shipped: Province) -> None:
    target = shipped.targets[1]
    found = forecast(shipped, target, JUNE, with_remedies=False)
    table = series_of(shipped, target, JUNE, forecast=found)
    assert set(table["series"]) == {
        Series.PUBLISHED, Series.PLAN, Series.VERIFIED, Series.FORECAST,
    }  # fmt: skip
    published = table[table["series"] == Series.PUBLISHED]
    assert published["lacking"].tolist() == [226, 225, 56]
    assert published["segment"].nunique() == 2
    verified = table[table["series"] == Series.VERIFIED]
    assert verified["lacking"].tolist() == [225, 56]
    assert verified["segment"].nunique() == 2
    assert breaks_of(shipped, target, JUNE) == [JUNE]
    assert breaks_of(shipped, shipped.targets[0], JUNE) == []
    for _, segment in table.groupby("segment"):
        assert len(set(segment["series"])) == 1
        assert not {225, 56} <= set(segment["lacking"])
    plan = table[table["series"] == Series.PLAN]
    assert plan["lacking"].tolist() == [56, 28]
    expected = table[table["series"] == Series.FORECAST]
    assert expected["day"].min() == pd.Timestamp(JUNE)
    assert (expected["low"] <= expected["lacking"]).all()
    assert (expected["lacking"] <= expected["high"]).all()
    assert expected["lacking"].iloc[-1] == 56 - 3


def test_milestones_and_quarters_of_a_plan_are_series_of_their_own() -> None:
    province = line_province()
    target = replace(province.targets[0], milestones=(Milestone(date(2024, 9, 30), 1),))
    plan = roll_out(province, ask())
    table = series_of(replace(province, targets=(target,)), target, JUNE, plan=plan)
    assert table[table["series"] == Series.PLAN]["lacking"].tolist() == [4, 3, 2]
    waves = table[table["series"] == Series.WAVES]
    assert waves["lacking"].iloc[0] == 4
    assert waves["lacking"].iloc[-1] == 2


def test_published_figures_stand_beside_ours_with_definition_date_and_agreement(
    shipped: Province,
) -> None:
    table = reconcile(shipped).set_index("figure_id")
    assert table.loc["fibre-2024-03", "state"] == Agreement.SAME
    assert table.loc["mobile-2022-11", "state"] == Agreement.BEFORE_REGISTER
    assert table.loc["villages-2023", "state"] == Agreement.OTHER_MEASURE
    assert table.loc["result-fibre-2024", "state"] == Agreement.NOT_PUBLISHED
    assert table.loc["result-fibre-2024", "as_of"] == pd.Timestamp(2024, 12, 31)
    assert "Chưa có cáp quang" in str(table.loc["fibre-2024-06", "computed_definition_vi"])
    assert table.loc["fibre-2024-06", "definition_en"]
    other = replace(
        shipped, published=shipped.published.assign(value=shipped.published["value"] + 1)
    )
    assert reconcile(other).set_index("figure_id").loc["fibre-2024-03", "state"] == (
        Agreement.DIFFERS
    )


def test_the_shipped_assumptions_are_assumptions() -> None:
    book = shipped_assumptions()
    assert set(book.values) == set(Assumption) == set(UNITS)
    for one in book.values.values():
        assert one.basis is Basis.ASSUMPTION
        assert one.low <= one.base <= one.high
        assert one.note_vi
        assert one.note_en


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        ("[survey]", "[surveys]", "forecast-fault-missing"),
        ("low = 10\n", "low = 40\n", "forecast-fault-order"),
        ("low = 10\n", "low = 0\n", "forecast-fault-bounds"),
        ("low = 10\n", 'low = "10"\n', "forecast-fault-number"),
        ("low = 10\n", "low = true\n", "forecast-fault-number"),
        ("low = 10\n", "low = nan\n", "forecast-fault-bounds"),
        ('unit = "days"', 'unit = "weeks"', "forecast-fault-unit"),
        ('basis = "assumption"', "basis = [1]", "forecast-fault-basis"),
        ("low = 10\n", "low = 10\nlowest = 1\n", "forecast-fault-field"),
    ],
)
def test_wrong_assumptions_are_refused_with_sentences(
    tmp_path: Path, was: str, becomes: str, fault: str
) -> None:
    text = (DATA / "forecast.toml").read_text(encoding="utf-8")
    file = tmp_path / "own.toml"
    file.write_text(text.replace(was, becomes, 1), encoding="utf-8")
    with pytest.raises(DataError, match="forecast-book-faults") as refused:
        read_assumptions(file)
    assert fault in [one.key for one in refused.value.faults]
    for language in LANGUAGES:
        assert all(say_faults(refused.value, translator(language)))


def test_an_office_replaces_what_it_knows_better(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text('[crews]\nlow = 9\nbase = 9\nhigh = 9\nunit = "crews"\nbasis = "sourced"\n')
    own = read_assumptions(file, over=shipped_assumptions())
    assert own.base(Assumption.CREWS) == 9
    assert own[Assumption.SURVEY] == shipped_assumptions()[Assumption.SURVEY]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_remedy_can_be_said(language: str) -> None:
    words = translator(language)
    for lever in Lever:
        found = Remedy(lever, 2, 2, ("a", "b"), 0.934, 5, 1)
        assert "93" in say_remedy(found, words)
        assert words("forecast-proven") in say_remedy(found, words)
        assert words("forecast-at-least", least=1) in say_remedy(replace(found, least=1), words)
        if lever is not Lever.FORWARD_WITH_CREWS:
            assert "93" in say_remedy(replace(found, count=None), words)
    many = Remedy(Lever.RAISE, 8, 8, tuple("abcdefgh"), 0.95, 9)
    assert "A, b, c, d, e, f" in say_remedy_villages(many, {"a": "A"}, words)
    assert say_remedy_villages(replace(many, villages=()), {}, words) == ""


def test_no_chance_is_said_to_be_certain() -> None:
    words = translator("vi")
    assert say_chance(1.0, words) == "trên 99 %"
    assert say_chance(0.0, words) == "dưới 1 %"
    assert say_chance(0.5, words) == "50\N{NO-BREAK SPACE}%"


def test_a_target_of_a_gap_without_villages_is_met_or_not_without_error() -> None:
    province = line_province()
    none = replace(province.targets[0], gap=Gap.FIBRE, cohort_on=date(2024, 1, 1))
    found = forecast(province, none, JUNE)
    assert found.villages.empty
    assert found.met == 0.0
    assert np.isfinite(found.law).all()

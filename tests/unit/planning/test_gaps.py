"""States and gaps at a date, by hand."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from planning.gaps import assign_lanes, gap_status, states_at
from planning.vocabulary import Gap

MARCH, JUNE = date(2024, 3, 14), date(2024, 6, 30)


def history(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["village_id", "service", "state", "observed_on"])
    return frame.assign(
        observed_on=pd.to_datetime(frame["observed_on"]), evidence="survey", source="test"
    )


VILLAGES = pd.Index(["a", "b", "c"], name="village_id")


def test_the_state_is_the_last_one_observed_up_to_the_day() -> None:
    seen = history(
        ("a", "mobile", "no_signal", "2024-03-14"),
        ("a", "mobile", "broadband", "2024-06-30"),
        ("b", "mobile", "2g_only", "2024-06-30"),
    )
    assert states_at(seen, VILLAGES, MARCH)["mobile_state"].tolist() == [
        "no_signal",
        "unknown",
        "unknown",
    ]
    assert states_at(seen, VILLAGES, JUNE)["mobile_state"].tolist() == [
        "broadband",
        "2g_only",
        "unknown",
    ]


def test_an_observation_counts_on_its_own_day_and_not_the_day_before() -> None:
    seen = history(("a", "fixed", "fibre", "2024-06-30"))
    assert states_at(seen, VILLAGES, date(2024, 6, 29))["fixed_state"].iloc[0] == "unknown"
    assert states_at(seen, VILLAGES, JUNE)["fixed_state"].iloc[0] == "fibre"


def test_of_two_observations_on_one_day_the_later_row_wins() -> None:
    seen = history(("a", "fixed", "none", "2024-06-30"), ("a", "fixed", "fibre", "2024-06-30"))
    assert states_at(seen, VILLAGES, JUNE)["fixed_state"].iloc[0] == "fibre"
    assert states_at(seen.iloc[::-1], VILLAGES, JUNE)["fixed_state"].iloc[0] == "none"


def test_rows_out_of_order_in_the_file_do_not_matter_between_days() -> None:
    seen = history(("a", "fixed", "fibre", "2024-06-30"), ("a", "fixed", "none", "2024-03-14"))
    assert states_at(seen, VILLAGES, JUNE)["fixed_state"].iloc[0] == "fibre"


def test_services_do_not_mix() -> None:
    seen = history(("a", "fixed", "fibre", "2024-03-14"))
    assert states_at(seen, VILLAGES, JUNE)["mobile_state"].iloc[0] == "unknown"


@pytest.mark.parametrize(
    ("state", "no_signal", "mobile"),
    [
        ("no_signal", "lacking", "lacking"),
        ("partial", "served", "lacking"),
        ("2g_only", "served", "lacking"),
        ("broadband", "served", "served"),
        ("unknown", "unknown", "unknown"),
    ],
)
def test_2g_alone_is_not_broadband_and_unknown_is_neither(
    state: str, no_signal: str, mobile: str
) -> None:
    states = pd.DataFrame({"mobile_state": [state], "fixed_state": ["fibre"]})
    assert gap_status(states, Gap.NO_SIGNAL).tolist() == [no_signal]
    assert gap_status(states, Gap.MOBILE).tolist() == [mobile]


@pytest.mark.parametrize(
    ("state", "expected"),
    [("none", "lacking"), ("other", "lacking"), ("fibre", "served"), ("unknown", "unknown")],
)
def test_fixed_broadband_other_than_fibre_is_a_fibre_gap(state: str, expected: str) -> None:
    states = pd.DataFrame({"mobile_state": ["broadband"], "fixed_state": [state]})
    assert gap_status(states, Gap.FIBRE).tolist() == [expected]


def test_lanes_follow_the_grid_first_and_then_the_class_of_the_village() -> None:
    power = pd.Series(["grid", "grid", "none", "planned", "other", "unknown", None, "grid"])
    difficult = pd.array([True, False, True, False, True, True, True, pd.NA], dtype="boolean")
    assert assign_lanes(power, pd.Series(difficult)).tolist() == [
        "fund",
        "operator",
        "power_first",
        "power_first",
        "power_first",
        "unknown",
        "unknown",
        "unknown",
    ]

"""Words of a vocabulary, yes and no, and the state they add up to."""

import numpy as np
import pandas as pd
import pytest

from geo.intake.table import RawColumn
from geo.register.dictionary import fields
from geo.register.states import fixed_states, mobile_states
from geo.register.words import read_choice, read_flag, read_presence
from planning.errors import Severity

YES = pd.array([True], dtype="boolean")


def column(*cells: str | None) -> RawColumn:
    return RawColumn("Cột", pd.Series(cells, dtype="str"))


def rows(count: int) -> np.ndarray:
    return np.arange(2, 2 + count)


def test_words_are_known_without_case_and_accents() -> None:
    cells = column("Có điện lưới", "CHUA CO", "Dự kiến", "điện mặt trời", None, "chưa rõ")
    reading = read_choice(cells, rows(6), fields()["grid_power"])
    assert reading.words.iloc[:4].tolist() == ["grid", "none", "planned", "other"]
    assert reading.words.iloc[4:].isna().all()
    assert reading.faults == ()


def test_a_strange_word_is_a_fault_that_proposes_the_nearest() -> None:
    reading = read_choice(column("Trang sóngg", "xyz"), rows(2), fields()["mobile_state"])
    near, far = reading.faults
    assert (near.row, near.values["suggestion"]) == (2, "Trắng sóng")
    assert (near.remedy, far.remedy) == ("remedy-word-similar", "remedy-word")
    assert "Trắng sóng" in str(far.expected)


def test_area_classes_are_read_from_numbers_too() -> None:
    cells = RawColumn("KV", pd.Series([None, "KV III"], dtype="str"), np.array([2.0, np.nan]))
    assert read_choice(cells, rows(2), fields()["area_class"]).words.tolist() == ["II", "III"]


def test_an_empty_cell_beside_marks_stays_unknown_until_somebody_says_it_means_no() -> None:
    field = fields()["specially_difficult"]
    marks = column("x", None, "X")
    reading = read_flag(marks, rows(3), field)
    assert reading.words.tolist() == [True, pd.NA, True]
    assert reading.blank_undecided
    assert [(f.key, f.severity) for f in reading.faults] == [
        ("fault-blank-undecided", Severity.WARNING)
    ]
    decided = read_flag(marks, rows(3), field, blank_means_no=True)
    assert decided.words.tolist() == [True, False, True]
    assert decided.faults == ()


def test_naming_an_operator_says_that_there_is_service() -> None:
    reading = read_presence(column("Viettel, VNPT", "x", "Không", "chưa có", None, "chưa rõ", "0"))
    assert reading.words.tolist() == [True, True, False, False, pd.NA, pd.NA, False]


def flags(**values: list[bool | None]) -> dict[str, pd.Series]:
    return {name: pd.Series(cells, dtype="boolean") for name, cells in values.items()}


def test_the_best_technology_makes_the_mobile_state() -> None:
    said = flags(has_2g=[True, True, False, None], has_4g=[True, False, False, None])
    states, faults = mobile_states(said, rows(4))
    assert states.tolist() == ["broadband", "2g_only", "no_signal", "unknown"]
    assert faults == []


def test_without_a_word_on_2g_no_broadband_is_not_no_signal() -> None:
    states, faults = mobile_states(flags(has_4g=[False, True]), rows(2))
    assert states.tolist() == ["unknown", "broadband"]
    assert [(f.key, f.values["count"]) for f in faults] == [("fault-signal-not-said", 1)]


def test_columns_that_contradict_each_other_are_a_fault_and_no_state() -> None:
    said = flags(no_signal=[True, True], has_4g=[True, None])
    states, faults = mobile_states(said, rows(2))
    assert states.tolist() == ["unknown", "no_signal"]
    assert [(f.key, f.row) for f in faults] == [("fault-state-conflict", 2)]
    stated = {"mobile_state": pd.Series(["broadband"], dtype="str"), **flags(partial=[True])}
    assert mobile_states(stated, rows(1))[1][0].row == 2


@pytest.mark.parametrize(
    ("said", "state"),
    [
        (flags(has_fibre=[True]), "fibre"),
        (flags(has_fibre=[False]), "none"),
        (flags(no_fibre=[True]), "none"),
        (flags(no_fibre=[False]), "fibre"),
        (flags(has_fibre=[None]), "unknown"),
        ({"fixed_state": pd.Series(["other"], dtype="str"), **flags(has_fibre=[False])}, "other"),
    ],
)
def test_the_fixed_state(said: dict[str, pd.Series], state: str) -> None:
    states, faults = fixed_states(said, rows(1))
    assert states.tolist() == [state]
    assert faults == []

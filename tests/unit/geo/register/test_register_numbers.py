"""Numbers are decided per column, and what no column decides is asked about."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.intake.table import RawColumn
from geo.register.numbers import NumberReading, NumberStyle, read_numbers
from planning.errors import Severity

HOUSEHOLDS = (0.0, 100_000.0)


def read(*cells: str | None, **how: object) -> NumberReading:
    column = RawColumn("Số hộ", pd.Series(cells, dtype="str"))
    rows = np.arange(2, 2 + len(cells))
    return read_numbers(column, rows, field="households", **how)  # type: ignore[arg-type]


def faults(reading: NumberReading) -> list[tuple[str, int | None, str | None]]:
    return [(fault.key, fault.row, fault.got) for fault in reading.faults]


def test_a_thousand_or_one_and_a_bit_is_asked_and_not_guessed() -> None:
    reading = read("1.234")
    assert np.isnan(reading.numbers).all()
    assert reading.ambiguous
    (fault,) = reading.faults
    assert (fault.key, fault.got, fault.severity) == (
        "fault-number-ambiguous",
        "1.234",
        Severity.ERROR,
    )
    assert (fault.values["as_comma"], fault.values["as_point"]) == ("1234", "1.234")


@pytest.mark.parametrize("beside", ["22,5", "1.234.567", "1.234,5"])
def test_one_cell_in_the_vietnamese_style_decides_its_column(beside: str) -> None:
    reading = read("1.234", beside)
    assert reading.style is NumberStyle.COMMA
    assert reading.numbers[0] == 1234.0
    assert reading.faults == ()


@pytest.mark.parametrize("beside", ["22.5", "1,234,567", "1,234.5", "1.5e3"])
def test_one_cell_in_the_english_style_decides_its_column(beside: str) -> None:
    reading = read("1.234", beside)
    assert reading.style is NumberStyle.POINT
    assert reading.numbers[0] == 1.234


def test_a_latitude_that_can_only_be_one_decides_by_itself() -> None:
    assert read("22,335", bounds=(-90.0, 90.0)).numbers.tolist() == [22.335]
    assert read("22.335", bounds=(-90.0, 90.0)).numbers.tolist() == [22.335]


def test_many_fractions_of_a_household_are_no_reading() -> None:
    cells = ("1.234", "2.345", "3.456", "4.567", "5.678", "856")
    assert read(*cells, whole=True).numbers.tolist() == [1234, 2345, 3456, 4567, 5678, 856]
    # As many figures of kilometres stay open.
    assert read(*cells).ambiguous


def test_round_thousands_stay_open_even_for_households() -> None:
    assert read("1.000", "2.000", "3.000", "4.000", "5.000", whole=True).ambiguous


def test_what_a_person_chose_is_not_asked_again() -> None:
    assert read("1.234", style=NumberStyle.COMMA).numbers.tolist() == [1234.0]
    assert read("1.234", style=NumberStyle.POINT).numbers.tolist() == [1.234]


def test_a_column_that_speaks_for_both_styles_reads_neither() -> None:
    reading = read("1,5", "2.5")
    assert np.isnan(reading.numbers).all()
    assert faults(reading) == [("fault-number-style", 2, "1,5"), ("fault-number-style", 3, "2.5")]


def test_the_rarer_style_is_at_fault() -> None:
    reading = read("1,5", "2.5", "3.5")
    assert reading.numbers[1:].tolist() == [2.5, 3.5]
    assert faults(reading) == [("fault-number-style", 2, "1,5")]


def test_missing_is_missing_and_never_zero() -> None:
    reading = read(None, "-", "…", "?", "đang cập nhật", "0")
    assert np.isnan(reading.numbers[:5]).all()
    assert reading.numbers[5] == 0.0
    (said,) = reading.faults
    assert (said.key, said.row, said.severity) == ("fault-said-unknown", 6, Severity.WARNING)


def test_units_and_spaces_are_read_over() -> None:
    assert read("12 hộ", "1 234 hộ", "5").numbers.tolist() == [12.0, 1234.0, 5.0]
    assert read("12\u00a0345").numbers.tolist() == [12345.0]
    assert read("\u22125").numbers.tolist() == [-5.0]


def test_every_cell_that_is_no_number_is_named_with_its_row() -> None:
    assert faults(read("12", "mười", "x12", "12;5")) == [
        ("fault-value", 3, "mười"),
        ("fault-value", 4, "x12"),
        ("fault-value", 5, "12;5"),
    ]


def test_figures_out_of_bounds_and_parts_of_a_household_are_faults() -> None:
    reading = read("-5", "12", "3,5", "900000", whole=True, bounds=HOUSEHOLDS)
    assert [(fault.row, fault.got, fault.expected) for fault in reading.faults] == [
        (2, "-5", "0–100000"),
        (5, "900000", "0–100000"),
        (4, "3,5", "expected-integer"),
    ]
    assert reading.numbers[1] == 12.0
    assert np.isnan(reading.numbers[[0, 2, 3]]).all()


def test_infinity_is_no_number() -> None:
    column = RawColumn("n", pd.Series([None, "1e999"], dtype="str"), np.array([np.inf, np.nan]))
    reading = read_numbers(column, np.array([2, 3]), field="people")
    assert np.isnan(reading.numbers).all()
    assert [fault.row for fault in reading.faults] == [2, 3]


def test_a_date_among_numbers_is_a_fault() -> None:
    days = np.array(["2024-04-03", "NaT"], dtype="datetime64[s]")
    column = RawColumn("n", pd.Series([None, "7"], dtype="str"), None, days)
    reading = read_numbers(column, np.array([2, 3]), field="people")
    assert faults(reading) == [("fault-value", 2, "2024-04-03")]


@given(st.lists(st.integers(0, 10**7), min_size=1), st.sampled_from([".", ","]))
def test_grouped_numbers_never_read_as_another_number_silently(
    numbers: list[int], group: str
) -> None:
    cells = [f"{n:,}".replace(",", group) for n in numbers]
    reading = read(*cells)
    for number, value in zip(numbers, reading.numbers, strict=True):
        assert value == number or (np.isnan(value) and reading.faults)

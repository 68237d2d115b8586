"""The order of day and month is decided per column, and asked about where it cannot be."""

from datetime import date

import numpy as np
import pandas as pd

from geo.intake.table import RawColumn
from geo.register.days import DayOrder, DayReading, read_days
from planning.errors import Severity

TODAY = date(2026, 11, 24)


def read(*cells: str | None, order: DayOrder | None = None) -> DayReading:
    column = RawColumn("Ngày", pd.Series(cells, dtype="str"))
    rows = np.arange(2, 2 + len(cells))
    return read_days(column, rows, field="observed_on", today=TODAY, order=order)


def days(reading: DayReading) -> list[str]:
    return [str(day)[:10] for day in reading.days]


def test_the_third_of_april_or_the_fourth_of_march_is_asked() -> None:
    reading = read("03/04/2024")
    assert days(reading) == ["NaT"]
    (fault,) = reading.faults
    assert fault.key == "fault-day-ambiguous"
    assert fault.values["day_first"] == date(2024, 4, 3)
    assert fault.values["month_first"] == date(2024, 3, 4)


def test_one_day_after_the_twelfth_decides_its_column() -> None:
    assert days(read("03/04/2024", "14/03/2024")) == ["2024-04-03", "2024-03-14"]
    assert days(read("03/04/2024", "3/14/2024")) == ["2024-03-04", "2024-03-14"]


def test_a_day_in_the_future_is_no_observation() -> None:
    # 11 December 2026 has not come yet, 12 November has.
    assert days(read("11/12/2026")) == ["2026-11-12"]
    reading = read("14/03/2027")
    assert days(reading) == ["NaT"]
    assert [fault.key for fault in reading.faults] == ["fault-day-implausible"]


def test_what_a_person_chose_is_not_asked_again() -> None:
    assert days(read("03/04/2024", order=DayOrder.MONTH_FIRST)) == ["2024-03-04"]


def test_dates_are_read_in_all_their_usual_spellings() -> None:
    spellings = ("14-3-2024", "14.03.2024", "2024-03-14", "2024-03-14T07:00:00", "14 / 03 / 2024")
    assert days(read(*spellings, "Ngày 14 tháng 3 năm 2024")) == ["2024-03-14"] * 6


def test_a_day_that_never_was_is_a_fault_with_its_row() -> None:
    reading = read("30/02/2024", "06/2024", "-", None, "chưa rõ")
    assert days(reading) == ["NaT"] * 5
    assert [(fault.row, fault.severity) for fault in reading.faults] == [
        (2, Severity.ERROR),
        (3, Severity.ERROR),
        (6, Severity.WARNING),
    ]


def test_a_bare_number_is_not_taken_for_a_day() -> None:
    column = RawColumn("Ngày", pd.Series([None], dtype="str"), np.array([45365.0]))
    reading = read_days(column, np.array([2]), field="observed_on", today=TODAY)
    assert days(reading) == ["NaT"]
    assert reading.faults[0].remedy == "remedy-day-number"


def test_date_cells_are_taken_as_they_are() -> None:
    cells = np.array(["2024-03-14"], dtype="datetime64[s]")
    column = RawColumn("Ngày", pd.Series([None], dtype="str"), None, cells)
    reading = read_days(column, np.array([2]), field="observed_on", today=TODAY)
    assert days(reading) == ["2024-03-14"]

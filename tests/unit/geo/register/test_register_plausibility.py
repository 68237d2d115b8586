"""Slips that no single cell shows: doubles, parts above their whole, wrong totals."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from geo.intake.table import RawTable
from geo.register.cells import Cells
from geo.register.plausibility import find_implausible
from geo.register.totals import find_wrong_totals
from planning.errors import Fault, Severity


def cells(count: int, **columns: Sequence[object]) -> Cells:
    series = {name: pd.Series(values) for name, values in columns.items()}
    return Cells(series, {}, (), {}, (), count)


def places(*communes: str | None) -> pd.DataFrame:
    nothing = pd.Series([None] * len(communes), dtype="str")
    code = pd.Series(communes, dtype="str")
    return pd.DataFrame(
        {"commune_code": code, "commune": nothing, "unit_code": nothing, "unit": nothing}
    )


def found(read: Cells, *communes: str | None) -> list[Fault]:
    rows = np.arange(2, 2 + len(communes))
    faults = find_implausible(read, places(*communes), rows)
    assert all(fault.severity is Severity.WARNING for fault in faults)
    return faults


def test_a_name_twice_in_a_commune_is_pointed_out_and_twice_in_two_is_not() -> None:
    read = cells(4, name=["Thôn 1", "thôn  1", "Thôn 1", "Thôn 2"])
    (fault,) = found(read, "02701", "02701", "02692", "02701")
    assert (fault.key, fault.row, fault.got, fault.values["other"]) == (
        "fault-duplicate-name",
        3,
        "thôn  1",
        2,
    )


def test_a_part_cannot_be_more_than_its_whole() -> None:
    read = cells(3, households=[10, 20, None], poor_households=[10, 21, 5], people=[40, 15, 1])
    faults = found(read, "1", "2", "3")
    assert [(f.row, f.column, f.got, f.values["whole"]) for f in faults] == [
        (3, "poor_households", "21", "20"),
        (3, "households", "20", "15"),
    ]


def test_a_figure_out_of_all_measure_is_pointed_out_and_a_large_village_is_not() -> None:
    usual = [100, 120, 90, 110, 130, 95, 105, 115, 125, 100, 110, 300]
    assert found(cells(12, people=usual), *["1"] * 12) == []
    slip = [*usual[:11], 653_422]
    (fault,) = found(cells(12, people=slip), *["1"] * 12)
    assert (fault.key, fault.row, fault.got, fault.values["median"]) == (
        "fault-outlier",
        13,
        "653422",
        "110",
    )
    # Too few to say what is usual, or all the same.
    assert found(cells(11, people=slip[1:]), *["1"] * 11) == []
    assert found(cells(12, people=[5] * 11 + [9_999]), *["1"] * 12) == []


def raw(*aside: tuple[int, str, str]) -> RawTable:
    return RawTable((), np.arange(2), set_aside=aside)


def test_a_total_that_is_no_sum_is_pointed_out() -> None:
    read = cells(2, households=[45, 1_234], people=[200, 5_000])
    right = raw((5, "total", "Tổng cộng 1.279 5.200"))
    assert find_wrong_totals(right, read) == []
    (fault,) = find_wrong_totals(raw((5, "total", "Tổng cộng 1.279 5.300")), read)
    assert (fault.row, fault.column, fault.got, fault.values["sum"]) == (
        5,
        "people",
        "5300",
        "5200",
    )


def test_totals_by_section_and_incomplete_columns_are_left_alone() -> None:
    read = cells(2, households=[45, 1_234], people=[200, None])
    two = raw((3, "total", "Cộng 45"), (5, "total", "Tổng 1.300"))
    assert find_wrong_totals(two, read) == []
    assert find_wrong_totals(raw((5, "total", "Tổng 1.279 7")), read) == []
    assert find_wrong_totals(raw(), read) == []

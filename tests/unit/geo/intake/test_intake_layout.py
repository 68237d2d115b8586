"""A list as offices write it: titles, headings of two lines, sections, totals and notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from geo.intake.grid import CellError, Grid, Merge
from geo.intake.grid_building import GridBuilder
from geo.intake.layout import Layout, lay_out
from planning.errors import DataError


def _grid(
    rows: Sequence[Any], merges: Sequence[Merge] = (), errors: Sequence[CellError] = ()
) -> Grid:
    builder = GridBuilder("thon.xlsx", "Thôn")
    builder.add(rows)
    return builder.grid(merges, errors)


def _texts(layout: Layout, name: str) -> list[object]:
    (column,) = [column for column in layout.columns if column.name == name]
    return [text if isinstance(text, str) else None for text in column.texts]


_OFFICE = [
    ["UBND TỈNH LÀO CAI", None, None, None, "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    ["DANH SÁCH THÔN CHƯA CÓ SÓNG"],
    [],
    ["STT", "Thôn, bản", "Xã", "Số hộ", None, "Ghi chú"],
    [None, None, None, "Tổng", "Hộ nghèo", None],
    ["(1)", "(2)", "(3)", "(4)", "(5)=(4)-1", "(6)"],
    ["I", "Huyện Bát Xát", None, 71.0, 50.0, None],
    [1.0, "Nậm Chảy", "Y Tý", 30.0, 20.0, "xa"],
    [2.0, "Bản Phố", "Y Tý", 41.0, 30.0, None],
    ["II", "Huyện Bắc Hà"],
    [3.0, "Lùng Phình", "Lùng Phình", 22.0, 2.0, None],
    [None, "Tổng cộng", None, 93.0, 52.0],
    [],
    ["Ghi chú: số liệu đến 30/6"],
    [None, None, None, None, "Lào Cai, ngày 30 tháng 6 năm 2024"],
    [None, None, None, None, "NGƯỜI LẬP BIỂU"],
]


@pytest.mark.parametrize("merged", [True, False])
def test_an_office_list_is_taken_apart_with_and_without_merged_cells(merged: bool) -> None:
    merges = [Merge(3, 3, 3, 4), *(Merge(3, at, 4, at) for at in (0, 1, 2, 5))] if merged else []
    layout = lay_out(_grid(_OFFICE, merges))
    names = [column.name for column in layout.columns]
    assert names == ["STT", "Thôn, bản", "Xã", "Số hộ / Tổng", "Số hộ / Hộ nghèo", "Ghi chú"]
    assert layout.header_rows == (4, 5)
    assert layout.rows.tolist() == [8, 9, 11]
    assert _texts(layout, "Thôn, bản") == ["Nậm Chảy", "Bản Phố", "Lùng Phình"]
    assert layout.columns[3].numbers is not None
    assert layout.columns[3].numbers.tolist() == [30.0, 41.0, 22.0]
    assert [(row, why) for row, why, _ in layout.set_aside] == [
        (1, "title"),
        (2, "title"),
        (6, "numbering"),
        (7, "section"),
        (10, "section"),
        (12, "total"),
        (14, "note"),
        (15, "note"),
        (16, "note"),
    ]
    assert layout.set_aside[3][2] == "I Huyện Bát Xát 71 50"


def test_every_row_with_content_is_a_village_or_set_aside() -> None:
    grid = _grid(_OFFICE)
    layout = lay_out(grid)
    told = {*layout.rows.tolist(), *layout.header_rows, *(row for row, _, _ in layout.set_aside)}
    assert told == set((np.flatnonzero(grid.filled().any(axis=1)) + 1).tolist())


def test_a_village_of_which_only_the_name_is_known_stays() -> None:
    rows = [
        ["STT", "Thôn", "Xã", "Số hộ", "Kinh độ", "Vĩ độ"],
        [1.0, "Nậm Chảy", "Y Tý", 30.0, 103.6, 22.6],
        [2.0, "Bản Phố"],
        [None, "Cao Sơn"],
        [4.0, "Lùng Phình", "Y Tý", 22.0, 103.7, 22.5],
        [5.0, "Thôn cuối"],
    ]
    layout = lay_out(_grid(rows))
    assert layout.rows.tolist() == [2, 3, 4, 5, 6]
    assert layout.set_aside == ()


@pytest.mark.parametrize("name", ["Cộng Hoà", "Tổng Còng", "Total Phìn"])
def test_a_village_whose_name_begins_like_a_total_is_none(name: str) -> None:
    rows = [["STT", "Thôn", "Xã", "Số hộ"], [1.0, name, "Y Tý", 3.0], [2.0, "Ao", "Y Tý", 3.0]]
    assert lay_out(_grid(rows)).rows.tolist() == [2, 3]


def test_a_commune_merged_over_its_villages_is_written_beside_each() -> None:
    rows = [
        ["Xã", "Thôn", "Số hộ"],
        ["Y Tý", "Nậm Chảy", 30.0],
        [None, "Bản Phố", 41.0],
        [None, "Sín Chéng", 22.0],
        ["Bắc Hà", "Lùng Phình", 9.0],
    ]
    layout = lay_out(_grid(rows, [Merge(1, 0, 3, 0)]))
    assert _texts(layout, "Xã") == ["Y Tý", "Y Tý", "Y Tý", "Bắc Hà"]
    assert layout.metadata == {"merged_filled": "2"}
    assert _texts(lay_out(_grid(rows)), "Xã") == ["Y Tý", None, None, "Bắc Hà"]


def test_without_a_heading_every_row_is_data_and_it_is_said() -> None:
    rows = [["02644", "Y Tý", "22.3"], ["02645", "A Lù", "22.4"], ["02646", "Trịnh Tường", "22.5"]]
    layout = lay_out(_grid(rows))
    assert layout.header_rows == ()
    assert [column.name for column in layout.columns] == ["", "", ""]
    assert len(layout.rows) == 3
    assert [fault.key for fault in layout.faults] == ["fault-no-heading"]


def test_a_person_may_name_the_row_of_the_heading() -> None:
    rows = [["a", "b"], ["Thôn", "Xã"], ["Nậm Chảy", "Y Tý"]]
    assert lay_out(_grid(rows), header_row=1).header_rows == (1,)
    with pytest.raises(DataError) as refusal:
        lay_out(_grid(rows), header_row=9)
    assert refusal.value.key == "error-intake-header-row"


def test_years_may_head_columns() -> None:
    rows = [["Thôn", 2023.0, 2024.0], ["Nậm Chảy", 30.0, 31.0], ["Bản Phố", 41.0, 42.0]]
    layout = lay_out(_grid(rows))
    assert [column.name for column in layout.columns] == ["Thôn", "2023", "2024"]
    assert layout.rows.tolist() == [2, 3]


def test_error_cells_are_faults_with_the_heading_of_their_column() -> None:
    rows = [["STT", "Thôn", "Số hộ"], [1.0, "Ao", None], [2.0, "Phố", 3.0]]
    layout = lay_out(_grid(rows, errors=[CellError(1, 2, "#N/A")]))
    (fault,) = layout.faults
    assert (fault.row, fault.column, fault.got) == (2, "Số hộ", "#N/A")


def test_an_infinite_number_is_not_an_empty_cell() -> None:
    rows = [["Thôn", "Số hộ"], ["Ao", float("inf")], ["Phố", float("nan")]]
    assert _texts(lay_out(_grid(rows)), "Số hộ") == ["inf", "nan"]


def test_an_empty_grid_is_refused() -> None:
    with pytest.raises(DataError) as refusal:
        lay_out(_grid([[], [None, ""]]), file="a.csv")
    assert refusal.value.key == "error-intake-empty"


def test_a_grid_is_the_same_however_its_rows_are_cut_into_blocks() -> None:
    rows = [[f"t{at}", float(at) if at % 5000 else None, at % 4999 == 0] for at in range(9000)]
    whole = _grid(rows)
    assert len(whole) == 9000
    assert whole.columns[0].texts.iloc[[0, 4095, 4096, 8999]].tolist() == [
        "t0",
        "t4095",
        "t4096",
        "t8999",
    ]
    numbers = whole.columns[1].numbers
    assert numbers is not None
    assert np.flatnonzero(np.isnan(numbers)).tolist() == [0, 5000]
    assert whole.columns[2].texts.iloc[4999] == "TRUE"

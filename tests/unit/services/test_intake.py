"""A foreign list understood: places of every vintage, days, what may be accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely

from geo.intake.table import RawColumn, RawTable
from geo.register.choices import Choices
from geo.register.gazetteer import Gazetteer
from planning.errors import DataError, PlannerError, Severity
from services.faults import fault_records
from services.intake import (
    Understanding,
    accept,
    acceptable_register,
    shipped_gazetteer,
    understand,
    with_ids,
)
from services.outline import check_outline
from services.shelf import Shelf

TODAY = date(2026, 1, 15)
DAY = Choices(observed_on=date(2024, 6, 30))


@pytest.fixture(scope="module")
def lao_cai() -> Gazetteer:
    return shipped_gazetteer()


def table(columns: Mapping[str, list[str]]) -> RawTable:
    count = len(next(iter(columns.values())))
    return RawTable(
        tuple(
            RawColumn(name, pd.Series([cell or None for cell in cells], dtype="str"))
            for name, cells in columns.items()
        ),
        np.arange(2, count + 2),
    )


def understood(
    columns: Mapping[str, list[str]], gazetteer: Gazetteer, choices: Choices = DAY
) -> Understanding:
    count = len(next(iter(columns.values())))
    least = {"Thôn": [f"Thôn {n}" for n in range(1, count + 1)], "Di động": ["4G"] * count}
    raw = table({**least, **columns})
    return understand(raw, choices, gazetteer, file="list.csv", file_hash="0" * 12, today=TODAY)


def placed(made: Understanding, *names: str) -> list[tuple[str | None, ...]]:
    frame = made.draft.register
    return [
        tuple(None if pd.isna(cell) else str(cell) for cell in row)
        for row in frame[list(names)].itertuples(index=False)
    ]


def keys(made: Understanding) -> Counter[str]:
    return Counter(fault.key for fault in made.draft.faults)


def test_a_list_without_coordinates_stands_at_its_communes_centre(lao_cai: Gazetteer) -> None:
    made = understood({"Xã": ["Y Tý", "TT. Bắc Hà"], "Huyện": ["Bát Xát", "Bắc Hà"]}, lao_cai)
    assert made.acceptable
    assert placed(made, "commune_code", "position_basis") == [
        ("02701", "commune_centre"),
        ("02839", "commune_centre"),
    ]
    assert made.draft.register.geometry.x.tolist() == [103.614, 104.289]
    assert made.draft.located.account.at_centre == 2


def test_old_units_lead_to_the_new_ones_and_keep_the_district(lao_cai: Gazetteer) -> None:
    made = understood({"Xã (cũ)": ["Xã Xuân Giao", "Phường Hàm Rồng"]}, lao_cai)
    assert placed(made, "commune_code", "unit_code", "unit", "district") == [
        ("02932", "02923", "Xã Gia Phú", "Huyện Bảo Thắng"),
        ("03016", "03006", "Phường Sa Pa", "Thị xã Sa Pa"),
    ]


def test_new_units_are_not_taken_for_the_communes_whose_codes_they_took(
    lao_cai: Gazetteer,
) -> None:
    made = understood({"Mã xã mới": ["03006", "02923"]}, lao_cai)
    # 03006 was phường Phan Si Păng; a unit of several districts leaves the district open.
    assert placed(made, "commune_code", "unit", "district") == [
        (None, "Phường Sa Pa", "Thị xã Sa Pa"),
        (None, "Xã Gia Phú", None),
    ]


def test_a_list_half_in_communes_of_2024_and_half_in_units_of_2025_is_not_guessed(
    lao_cai: Gazetteer,
) -> None:
    made = understood(
        {"Xã": ["Xã Xuân Giao", "Xã Bản Vược", "Phường Cam Đường", "Xã Phong Hải", "Xã Y Tý"]},
        lao_cai,
    )
    assert made.draft.places.summary.evidence.vintage == "mixed"
    assert placed(made, "commune_code", "unit_code") == [
        ("02932", "02923"),
        ("02710", "02683"),
        (None, "02671"),
        (None, "02902"),
        # There was a xã Y Tý before and is one since: the unit is sure, the commune is not.
        (None, "02701"),
    ]
    (fault,) = made.draft.faults
    assert (fault.key, fault.severity) == ("fault-place-commune-open", Severity.WARNING)


def test_the_district_on_the_row_decides_in_a_mixture(lao_cai: Gazetteer) -> None:
    made = understood(
        {
            "Xã": ["Xã Y Tý", "Phường Cam Đường", "Xã Xuân Giao"],
            "Huyện": ["Bát Xát", "", ""],
        },
        lao_cai,
    )
    assert placed(made, "commune_code", "unit_code")[0] == ("02701", "02701")
    assert made.draft.faults == ()


def test_lost_zeros_come_back_and_are_told_once(lao_cai: Gazetteer) -> None:
    made = understood({"Mã xã cũ": ["2701", "2932"], "Xã (cũ)": ["Y Tý", "Xuân Giao"]}, lao_cai)
    assert placed(made, "commune_code") == [("02701",), ("02932",)]
    (fault,) = made.draft.faults
    assert (fault.key, fault.got, fault.expected) == ("fault-place-zeros", "2701", "02701")
    assert fault.values["count"] == 2


def test_a_name_of_two_communes_stays_open_and_both_are_named(lao_cai: Gazetteer) -> None:
    made = understood({"Xã": ["Thanh Bình", "Bản Phiệt", "Bản Phiệt"]}, lao_cai)
    assert not made.acceptable
    fault = next(f for f in made.draft.faults if f.key == "fault-place-ambiguous")
    assert "02779" in str(fault.values["readings"])
    assert "03022" in str(fault.values["readings"])
    assert made.draft.faulty.tolist() == [True, False, False]
    settled = understood({"Xã": ["Thanh Bình"], "Huyện": ["Sa Pa"]}, lao_cai)
    assert placed(settled, "commune_code") == [("03022",)]


@pytest.mark.parametrize(
    "name", ["Xã Vạn Hoà", "VẠN HÒA", "X. Vạn Hòa", "Vạn Hoà (xã)", "xã  vạn hoà"]
)
def test_ways_of_writing_are_one_name(lao_cai: Gazetteer, name: str) -> None:
    made = understood({"Xã": [name], "Huyện": ["TP Lào Cai"]}, lao_cai)
    assert placed(made, "commune_code") == [("02665",)]
    assert made.draft.faults == ()


def test_a_code_and_a_name_that_contradict_each_other_are_an_error(lao_cai: Gazetteer) -> None:
    made = understood({"Mã xã": ["02701"], "Xã": ["Bản Hồ"]}, lao_cai)
    assert keys(made)["fault-place-disagree"] == 1
    assert made.draft.faulty.tolist() == [True]


def test_codes_keep_a_list_here_although_most_of_it_lies_in_the_merged_part(
    lao_cai: Gazetteer,
) -> None:
    made = understood(
        {
            "Mã xã": ["02701", "04252", "04273", "04279"],
            "Xã": ["Xã Y Tý", "Phường Yên Bái", "Phường Nam Cường", "Phường Văn Phú"],
            "Kinh độ": ["103.61", "104.88", "104.87", "104.94"],
            "Vĩ độ": ["22.66", "21.71", "21.74", "21.69"],
        },
        lao_cai,
    )
    assert made.draft.places.summary.unresolved == 3
    assert placed(made, "unit_code")[0] == ("02701",)
    assert keys(made)["fault-other-province"] == 0
    assert keys(made)["fault-place-code-unknown"] == 3


def test_names_alone_do_not_bring_a_list_of_another_province_here(lao_cai: Gazetteer) -> None:
    made = understood(
        {
            "Xã": ["Xã Y Tý", "Xã Na Ngoi", "Xã Mường Típ", "Xã Keng Đu"],
            "Kinh độ": ["104.1", "104.11", "104.12", "104.13"],
            "Vĩ độ": ["19.4", "19.41", "19.42", "19.43"],
        },
        lao_cai,
    )
    assert made.acceptable
    assert keys(made) == {"fault-other-province": 1}
    assert placed(made, "commune_code", "commune")[1] == (None, "Xã Na Ngoi")


def test_a_list_of_which_no_column_is_known_has_one_fault_for_each_thing_missing(
    lao_cai: Gazetteer,
) -> None:
    raw = table({"A": ["x"] * 50, "B": ["y"] * 50})
    made = understand(raw, DAY, lao_cai, file="l.csv", file_hash="", today=TODAY)
    assert keys(made) == {
        "fault-no-name-column": 1,
        "fault-no-position-column": 1,
        "fault-no-state-column": 1,
    }
    assert not made.separable


def test_one_wrong_day_is_a_fault_of_its_row_and_not_of_the_list(lao_cai: Gazetteer) -> None:
    made = understood(
        {
            "Xã (cũ)": ["Y Tý"] * 3,
            "Ngày cập nhật": ["30/06/2024", "31/02/2024", ""],
        },
        lao_cai,
        Choices(),
    )
    assert [(f.key, f.row) for f in made.draft.faults] == [
        ("fault-value", 3),
        ("fault-no-day-row", 4),
    ]
    assert made.separable
    assert made.draft.faulty.tolist() == [False, True, True]


def test_a_list_without_any_day_is_asked_once(lao_cai: Gazetteer) -> None:
    made = understood({"Xã (cũ)": ["Y Tý"] * 3}, lao_cai, Choices())
    assert [(f.key, f.row, f.values["count"]) for f in made.draft.faults] == [
        ("fault-no-day", None, 3)
    ]


@pytest.mark.parametrize("day", [date(2026, 1, 16), date(1989, 12, 31), date(9999, 12, 31)])
def test_a_day_of_the_figures_that_cannot_be_one_is_a_fault(lao_cai: Gazetteer, day: date) -> None:
    made = understood({"Xã (cũ)": ["Y Tý"]}, lao_cai, Choices(observed_on=day))
    assert [fault.key for fault in made.draft.errors] == ["fault-day-given", "fault-no-day"]
    assert made.draft.errors[0].got == day.isoformat()


def test_the_column_of_states_of_an_export_is_read_by_its_own_words(lao_cai: Gazetteer) -> None:
    made = understood(
        {
            "Xã (cũ)": ["Y Tý"] * 5,
            "Di động": [""] * 5,
            "Hiện trạng": [
                "Lõm sóng", "Chưa có băng rộng cố định", "fibre", "2g_only", "Chưa có số liệu",
            ],
        },
        lao_cai,
    )  # fmt: skip
    assert placed(made, "mobile_state", "fixed_state") == [
        ("partial", "unknown"),
        ("unknown", "none"),
        ("unknown", "fibre"),
        ("2g_only", "unknown"),
        ("unknown", "unknown"),
    ]


def test_a_states_own_column_goes_before_the_common_one(lao_cai: Gazetteer) -> None:
    made = understood(
        {"Xã (cũ)": ["Y Tý"], "Di động": ["4G"], "Hiện trạng": ["Có cáp quang"]}, lao_cai
    )
    assert placed(made, "mobile_state", "fixed_state") == [("broadband", "fibre")]


def test_every_fault_speaks_both_languages(lao_cai: Gazetteer) -> None:
    made = understood(
        {
            "Xã": ["Thanh Bình", "Không Có", "Y Tý"],
            "Số hộ": ["x", "-1", "1.234"],
            "Ngày cập nhật": ["31/02/2024", "30/06/2150", ""],
        },
        lao_cai,
    )
    records = fault_records(made.draft.faults)
    assert len(records) >= 6
    for record in records:
        for part in ("sentence", "remedy"):
            vietnamese, english = record[part]["vi"], record[part]["en"]
            assert vietnamese
            assert english
            assert vietnamese != english
            assert "{" not in vietnamese + english


def test_what_is_at_fault_is_accepted_only_when_set_aside(lao_cai: Gazetteer) -> None:
    made = understood({"Xã (cũ)": ["Y Tý"] * 2, "Số hộ": ["5", "x"]}, lao_cai)
    with pytest.raises(DataError) as refused:
        acceptable_register(made)
    assert [fault.row for fault in refused.value.faults] == [3]
    assert acceptable_register(made, set_aside=True)["name"].tolist() == ["Thôn 1"]


def test_a_list_that_observes_nothing_is_no_register(lao_cai: Gazetteer) -> None:
    made = understood({"Xã (cũ)": ["Y Tý"], "Di động": ["không rõ"]}, lao_cai)
    with pytest.raises(PlannerError) as refused:
        acceptable_register(made)
    assert refused.value.key == "error-no-dated-state"


def test_new_keys_name_the_commune_and_given_ones_stay(lao_cai: Gazetteer) -> None:
    made = understood({"Xã (cũ)": ["Y Tý"] * 3, "Mã thôn": ["", "K-7", ""]}, lao_cai)
    ids = with_ids(acceptable_register(made)).set_index("name")["village_id"]
    assert ids.to_dict() == {"Thôn 1": "V-02701-001", "Thôn 2": "K-7", "Thôn 3": "V-02701-002"}


@pytest.mark.parametrize(("basis", "illustrative"), [("Minh hoạ", True), ("Đo GPS", False)])
def test_invented_villages_stay_labelled_after_their_return(
    lao_cai: Gazetteer, tmp_path: Path, basis: str, *, illustrative: bool
) -> None:
    made = understood(
        {
            "Xã (cũ)": ["Y Tý"],
            "Kinh độ": ["103.61"],
            "Vĩ độ": ["22.66"],
            "Căn cứ vị trí": [basis],
        },
        lao_cai,
    )
    shelf = Shelf(tmp_path)
    entry = accept(
        made, acceptable_register(made), shelf, name="x", moment=datetime(2026, 1, 15, tzinfo=UTC)
    )
    assert entry.illustrative is illustrative
    assert shelf.open().illustrative is illustrative


def areas(codes: list[str], names: list[str]) -> RawTable:
    squares = [shapely.box(103.6 + n / 10, 22.5, 103.65 + n / 10, 22.6) for n in range(len(codes))]
    columns = table({"Mã": codes, "Tên": names}).columns
    return RawTable(
        columns, np.arange(1, len(codes) + 1), geometry=np.array(squares, dtype=object),
        format="geojson",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("names", "level"),
    [
        (["Thị trấn Bát Xát", "Xã Y Tý"], "commune"),
        (["Xã Bát Xát", "Xã Y Tý"], "unit"),
    ],
)
def test_areas_tell_their_time_by_code_and_name(
    lao_cai: Gazetteer, names: list[str], level: str
) -> None:
    outline = check_outline(areas(["02683", "02701"], names), "a.geojson", gazetteer=lao_cai)
    assert outline.boundaries.level == level


def test_areas_of_no_certain_time_are_asked_about(lao_cai: Gazetteer) -> None:
    raw = areas(["02701"], ["Xã Y Tý"])
    with pytest.raises(DataError) as refused:
        check_outline(raw, "a.geojson", gazetteer=lao_cai)
    assert refused.value.key == "error-boundaries-level"

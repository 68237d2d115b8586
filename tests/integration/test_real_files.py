"""Files as they are really published go in, each with the verdict it deserves."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from geo.intake.table import RawTable
from geo.register.choices import Choices
from planning.errors import Fault, Severity
from services.intake import Understanding, read_list, shipped_gazetteer, understand
from services.outline import Outline, check_outline, is_outline

REAL = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "real"

pytestmark = pytest.mark.skipif(
    not REAL.is_dir(), reason="the real files are not beside this repository (../shared/data/real)"
)

UNITS = "laocai_communes_post2025.geojson"
POINTS = "laocai_communes_points_pgdump.tsv"
TABLE = "laocai_communes_post2025_table.csv"
POINT_COLUMNS = {
    "#1": "commune_code",
    "#2": "commune",
    "#3": "name",
    "#4": "latitude",
    "#5": "longitude",
    "#7": "district_code",
}
TABLE_COLUMNS = {
    "code": "unit_code",
    "fullName": "unit",
    "trungtamhc": "name",
    "kinhdo": "longitude",
    "vido": "latitude",
    "dansonguoi": "people",
    "pop": "",
    "clon": "",
    "clat": "",
}


def read(name: str) -> RawTable:
    return read_list(REAL / name, Choices())


def list_of(name: str, *, outline: Outline | None = None, **columns: Any) -> Understanding:
    choices = Choices(observed_on=date(2024, 6, 30), **columns)
    return understand(
        read(name),
        choices,
        shipped_gazetteer(),
        file=name,
        file_hash="",
        today=date(2026, 1, 15),
        boundaries=outline.boundaries if outline else None,
    )


def outline_of(name: str) -> Outline:
    raw = read(name)
    assert is_outline(raw)
    return check_outline(raw, name, gazetteer=shipped_gazetteer())


def keys(faults: tuple[Fault, ...], severity: Severity | None = None) -> Counter[str]:
    return Counter(f.key for f in faults if severity in {None, f.severity})


@pytest.fixture(scope="module")
def units() -> Outline:
    return outline_of(UNITS)


@pytest.fixture(scope="module")
def points() -> Understanding:
    return list_of(POINTS, columns=POINT_COLUMNS)


@pytest.fixture(scope="module")
def seats(units: Outline) -> Understanding:
    return list_of(TABLE, columns=TABLE_COLUMNS, outline=units)


def test_nine_districts_are_taken_without_a_fault() -> None:
    outline = outline_of("laocai_districts_pre2025.geojson")
    assert (len(outline.boundaries), outline.boundaries.level) == (9, "district")
    assert outline.boundaries.faults == ()


def test_99_units_say_themselves_that_they_are_of_2025(units: Outline) -> None:
    assert (len(units.boundaries), units.boundaries.level) == (99, "unit")
    assert units.errors == 0


def test_the_patch_of_three_units_and_the_wrong_area_are_warnings(units: Outline) -> None:
    (overlap,) = [f for f in units.boundaries.faults if f.key == "fault-boundary-overlap"]
    assert overlap.values["areas"] == "Phường Lào Cai, Xã Bát Xát, Xã Cốc San"
    assert overlap.values["km2"] == pytest.approx(3.489, abs=0.001)
    wrong = [f.values for f in units.boundaries.faults if f.key == "fault-boundary-area"]
    assert wrong[0]["area"] == "Xã Sơn Lương"
    assert wrong[0]["difference"] == pytest.approx(12.8, abs=0.05)


def test_a_dump_without_heading_says_what_to_do_instead_of_164_faults() -> None:
    made = list_of(POINTS)
    assert len(made.draft.raw) == 164
    assert made.draft.raw.header_rows == ()
    assert [account.label for account in made.draft.cells.accounts] == [
        f"#{n}" for n in range(1, 10)
    ]
    assert keys(made.draft.faults) == {
        "fault-no-heading": 1,
        "fault-no-name-column": 1,
        "fault-no-position-column": 1,
        "fault-no-state-column": 1,
    }


def test_the_dump_is_usable_when_its_columns_are_named(points: Understanding) -> None:
    assert points.draft.raw.rows.tolist() == list(range(1, 165))
    assert points.draft.located.account.given == 164
    assert keys(points.draft.faults, Severity.ERROR) == {
        "fault-no-state-column": 1,
        "fault-place-disagree": 12,
        "fault-place-district": 1,
        "fault-position-geocoder": 12,
    }


def test_all_lost_zeros_of_the_dump_are_given_back(points: Understanding) -> None:
    zeros = [fault for fault in points.draft.faults if fault.key == "fault-place-zeros"]
    assert [(f.column, f.got, f.expected, f.values["count"]) for f in zeros] == [
        ("#1", "2635", "02635", 164),
        ("#7", "80", "080", 164),
    ]
    assert points.draft.register["commune_code"].str.fullmatch(r"\d{5}").all()


def test_the_12_fallbacks_of_a_geocoder_are_errors_and_6_shared_spots_warnings(
    points: Understanding,
) -> None:
    fallbacks = [f for f in points.draft.faults if f.key == "fault-position-geocoder"]
    assert len({fault.row for fault in fallbacks}) == 12
    assert {fault.remedy for fault in fallbacks} <= {
        "remedy-position-centre",
        "remedy-position-correct",
    }
    shared = [f for f in points.draft.faults if f.key == "fault-position-duplicate"]
    assert sum(fault.values["count"] for fault in shared) == 12
    assert {fault.severity for fault in shared} == {Severity.WARNING}


def test_of_16_units_that_are_gone_15_codes_are_unknown_and_one_lives_on_under_another_name(
    points: Understanding,
) -> None:
    unknown = [f for f in points.draft.faults if f.key == "fault-place-code-unknown"]
    assert len(unknown) == 15
    pho_moi = [f for f in points.draft.faults if f.got == "Phường Phố Mới"]
    assert [fault.key for fault in pho_moi] == ["fault-place-disagree"]
    assert points.draft.places.summary.old == 164 - 15 - 12 - 1


def test_ten_of_the_fallbacks_can_go_to_their_communes_centre() -> None:
    made = list_of(POINTS, columns=POINT_COLUMNS, replace_bad_positions=True)
    account = made.draft.located.account
    assert (account.replaced, account.given) == (10, 154)


def test_the_table_of_units_keeps_the_48_of_the_province_and_names_the_other_51() -> None:
    made = list_of(TABLE)
    assert (made.draft.places.summary.new, made.draft.places.summary.unresolved) == (48, 51)
    assert keys(made.draft.faults)["fault-place-code-unknown"] == 51
    assert keys(made.draft.faults)["fault-other-province"] == 0


def test_impossible_populations_are_found(seats: Understanding) -> None:
    unit_of_row = dict(zip(seats.draft.raw.rows, seats.draft.register["unit"], strict=True))
    found = {
        (fault.got, unit_of_row[fault.row], fault.severity, fault.key)
        for fault in seats.draft.faults
        if fault.column == "dansonguoi" and fault.key != "fault-said-unknown"
    }
    assert found == {
        ("653422", "Xã Yên Bình", Severity.ERROR, "fault-value"),
        ("88", "Xã Cốc Lầu", Severity.WARNING, "fault-outlier"),
    }


def test_a_cell_that_is_being_updated_is_not_known_and_not_nought(seats: Understanding) -> None:
    said = [f for f in seats.draft.faults if f.key == "fault-said-unknown"]
    assert {fault.got for fault in said} == {"đang cập nhật"}
    assert len(said) == 4
    rows = [fault.row - 2 for fault in said if fault.row is not None]
    assert seats.draft.register["people"].iloc[rows].isna().all()


def test_one_seat_lies_outside_its_unit(seats: Understanding) -> None:
    (outside,) = [f for f in seats.draft.faults if f.key == "fault-position-boundary"]
    assert outside.severity is Severity.WARNING
    assert outside.row == 98


def test_where_a_tone_sits_makes_no_other_commune(seats: Understanding) -> None:
    frame = seats.draft.register
    with_code = frame[frame["unit_code"].isin(shipped_gazetteer().unit_at)]
    assert len(with_code) == 48
    assert keys(seats.draft.faults)["fault-place-disagree"] == 0


def test_a_census_of_other_years_finds_all_but_the_four_communes_that_are_gone() -> None:
    made = list_of("citypopulation_laocai_communes_census.csv")
    assert len(made.draft.raw) == 52
    unknown = [f.got for f in made.draft.faults if f.key == "fault-place-name-unknown"]
    assert unknown == ["Bản Già", "Lầu Thí Ngài", "Long Khánh", "Long Phúc"]
    assert made.draft.places.summary.old == 48
    assert int(made.draft.cells.by_field["people"].iloc[0]) == 4253


def test_a_table_of_2016_has_60279_people_and_mostly_communes_of_no_known_vintage() -> None:
    made = list_of("sapa_2016_communes.csv")
    assert int(made.draft.cells.by_field["people"].sum()) == 60_279
    assert keys(made.draft.faults)["fault-other-province"] == 1
    assert keys(made.draft.faults, Severity.ERROR)["fault-no-name-column"] == 1
    assert not made.acceptable


@pytest.mark.parametrize("name", [POINTS, TABLE, "sapa_2016_communes.csv"])
def test_no_real_table_is_taken_for_a_register_of_villages(name: str) -> None:
    made = list_of(name)
    assert not made.acceptable
    assert not made.separable

"""Names and codes of places: what settles them, what stays open, what contradicts itself."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from geo.register.gazetteer import Gazetteer
from geo.register.list_vintage import ListVintage
from geo.register.place_names import exact_key, split_kind
from geo.register.places import ResolvedPlaces, resolve_places
from planning.errors import Severity

Cell = str | float | None


def resolve(gazetteer: Gazetteer, **columns: list[Cell]) -> ResolvedPlaces:
    named = pd.DataFrame({name: pd.Series(values) for name, values in columns.items()})
    headings = {name: f"cột {name}" for name in columns}
    return resolve_places(named, np.arange(2, len(named) + 2), gazetteer, headings)


def said(resolved: ResolvedPlaces) -> list[tuple[str, int | None, str | None]]:
    return [(fault.key, fault.row, fault.got) for fault in resolved.faults]


def codes(resolved: ResolvedPlaces, column: str = "commune_code") -> list[str | None]:
    return [None if pd.isna(code) else str(code) for code in resolved.frame[column]]


@pytest.mark.parametrize(
    "spelling",
    ["Xã Hoà Mạc", "hòa mạc", "X. HÒA MẠC", "xã  Hoà  Mạc", "X Hòa Mạc", "Hoa\u0300 Ma\u0323c"],
)
def test_kind_case_and_the_letter_of_the_tone_do_not_matter(
    lao_cai: Gazetteer, spelling: str
) -> None:
    resolved = resolve(lao_cai, commune=[spelling])
    assert codes(resolved) == ["03097"]
    assert resolved.faults == ()


def test_a_kind_is_cut_off_only_where_a_name_follows() -> None:
    assert split_kind("TT. Bát Xát") == ("township", "Bát Xát")
    assert split_kind("P.Lào Cai") == ("ward", "Lào Cai")
    assert split_kind("Phố Lu") == (None, "Phố Lu")
    assert split_kind("Xã") == (None, "Xã")
    assert exact_key("Thị trấn N.T Phong Hải") == exact_key("N T Phong Hải")


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("Tả Ngài Chồ", "02755"),
        ("Nàn Sín", "02836"),
        ("Nậm Dạng", "03073"),
        ("Nậm Chày", "03076"),
        ("Thẳm Dương", "03115"),
        ("TT NT Phong Hải", "02902"),
    ],
)
def test_spellings_of_other_lists_are_known(lao_cai: Gazetteer, spelling: str, code: str) -> None:
    assert codes(resolve(lao_cai, commune=[spelling])) == [code]


def test_an_accent_is_part_of_the_name(lao_cai: Gazetteer) -> None:
    resolved = resolve(lao_cai, commune=["Nậm Chảy", "Nậm Chầy"])
    assert codes(resolved) == ["02770", "03076"]
    assert resolved.faults == ()


def test_without_accents_a_name_is_taken_only_where_it_is_one_name(lao_cai: Gazetteer) -> None:
    resolved = resolve(
        lao_cai,
        commune=["Nam Chay", "Nam Chay", "Ban Vuoc", "Sa Pa"],
        district=[None, "Muong Khuong", None, "Sa Pa"],
    )
    assert codes(resolved) == [None, "02770", "02710", None]
    # Sa Pa and Sa Pả look alike here, and both went into phường Sa Pa.
    assert codes(resolved, "unit_code") == [None, "02761", "02683", "03006"]
    assert [key for key, _, _ in said(resolved)] == [
        "fault-place-accents",
        "fault-place-ambiguous",
        "fault-place-commune-open",
    ]
    accents = resolved.faults[0]
    assert (accents.row, accents.got, accents.values["count"]) == (None, "Nam Chay", 2)
    with_accents = resolve(lao_cai, commune=["Sa Pa", "Bản Vược"], district=["Sa Pa", None])
    assert codes(with_accents) == ["03001", "02710"]


def test_two_communes_of_one_name_need_the_district_or_the_unit(lao_cai: Gazetteer) -> None:
    alone = resolve(lao_cai, commune=["Thanh Bình"])
    assert codes(alone) == codes(alone, "unit_code") == [None]
    assert said(alone) == [("fault-place-ambiguous", 2, "Thanh Bình")]
    assert alone.faults[0].severity is Severity.WARNING
    assert alone.frame["commune"].tolist() == ["Thanh Bình"]
    helped = resolve(
        lao_cai,
        commune=["Thanh Bình"] * 3,
        district=["TX Sa Pa", "H. Mường Khương", None],
        unit=[None, None, "Bản Hồ"],
    )
    assert codes(helped) == ["03022", "02779", "03022"]
    assert helped.faults == ()


def test_a_code_and_a_name_that_disagree_name_both_readings(lao_cai: Gazetteer) -> None:
    resolved = resolve(
        lao_cai, place_code=["02671", "02671", "02671"], place=["Nam Cường", "Cam Đường", "Kim Tân"]
    )
    assert codes(resolved, "unit_code") == ["02671", "02671", None]
    assert resolved.commune_at.tolist() == [lao_cai.commune_at["02671"], -1, -1]
    assert said(resolved) == [("fault-place-disagree", 4, "Kim Tân")]
    fault = resolved.faults[0]
    assert fault.severity is Severity.ERROR
    assert fault.column == "cột place"
    assert "Phường Nam Cường" in fault.values["by_code"]
    assert "Phường Cam Đường" in fault.values["by_code"]
    assert "Phường Kim Tân" in fault.values["by_name"]
    # The row keeps what it says.
    assert (codes(resolved)[2], resolved.frame["commune"].tolist()[2]) == ("02671", "Kim Tân")


def test_lost_zeros_are_restored_and_reported_once_for_the_column(lao_cai: Gazetteer) -> None:
    for column in (["2671", "2671.0", "02674"], [2671.0, 2671.0, 2674.0]):
        resolved = resolve(lao_cai, commune_code=list(column))
        assert codes(resolved) == ["02671", "02671", "02674"]
        assert said(resolved) == [("fault-place-zeros", None, "2671")]
        fault = resolved.faults[0]
        assert (fault.expected, fault.severity) == ("02671", Severity.WARNING)
        assert fault.values["count"] == (2 if isinstance(column[0], str) else 3)


def test_a_code_nobody_knows_stays_as_it_is_unless_its_column_lost_its_zeros(
    lao_cai: Gazetteer,
) -> None:
    alone = resolve(lao_cai, commune_code=["4273", "HN-7"])
    assert codes(alone) == ["4273", "HN-7"]
    assert {key for key, _, _ in said(alone)} == {"fault-place-code-unknown"}
    beside = resolve(lao_cai, commune_code=["4273", "2671"])
    assert codes(beside) == ["04273", "02671"]


def test_nothing_is_accepted_for_being_similar_only_proposed(lao_cai: Gazetteer) -> None:
    resolved = resolve(lao_cai, commune=["Bản Vượk", "Bản Vượk", "Zzz"])
    assert codes(resolved) == [None] * 3
    first, second = resolved.faults
    assert (first.remedy, first.row, first.values["count"]) == ("remedy-place-proposal", 2, 2)
    assert "Xã Bản Vược" in first.values["suggestion"]
    assert (second.remedy, second.row) == ("remedy-place-check", 4)
    assert {first.severity, second.severity} == {Severity.WARNING}


def test_a_commune_outside_the_district_stated_beside_it_is_a_fault(lao_cai: Gazetteer) -> None:
    resolved = resolve(lao_cai, commune=["Bản Hồ"], district=["Bát Xát"])
    assert said(resolved) == [("fault-place-district", 2, "Bản Hồ")]
    assert codes(resolved) == [None]
    districts = resolve(lao_cai, commune=["Bản Hồ"], district=["Bát Xát"], district_code=["088"])
    assert [key for key, _, _ in said(districts)] == ["fault-place-districts"]


def test_a_commune_that_went_into_another_unit_is_a_fault(lao_cai: Gazetteer) -> None:
    resolved = resolve(lao_cai, commune=["Hoà Mạc"], unit=["Bản Hồ"])
    assert said(resolved) == [("fault-place-unit", 2, "Hoà Mạc")]
    assert "Xã Văn Bàn" in resolved.faults[0].values["by_name"]


def test_an_unknown_district_is_kept_and_reported_once(lao_cai: Gazetteer) -> None:
    resolved = resolve(lao_cai, commune=["Bản Hồ"] * 3, district=["Yên Bình", "Yên Bình", "Sa Pa"])
    assert said(resolved) == [("fault-place-district-unknown", 2, "Yên Bình")]
    assert resolved.faults[0].values["count"] == 2
    assert codes(resolved) == ["03046"] * 3


def test_a_name_of_the_other_vintage_is_not_taken_for_a_spelling(lao_cai: Gazetteer) -> None:
    resolved = resolve(lao_cai, unit=["Nậm Chảy"])
    assert codes(resolved, "unit_code") == [None]
    assert [key for key, _, _ in said(resolved)] == ["fault-place-name-unknown"]


def test_a_district_on_the_row_means_the_old_commune(lao_cai: Gazetteer) -> None:
    resolved = resolve(lao_cai, place=["Khánh Yên", "Bản Hồ"], district=["Văn Bàn", "Sa Pa"])
    assert codes(resolved) == ["03055", "03046"]
    assert codes(resolved, "unit_code") == ["03082", "03046"]


def test_the_lists_other_values_settle_a_name_of_both_vintages(lao_cai: Gazetteer) -> None:
    old = resolve(lao_cai, place=["Khánh Yên", "A Lù"])
    assert old.summary.evidence.vintage is ListVintage.OLD
    assert (old.summary.evidence.old_only, old.summary.evidence.old_example) == (1, "A Lù")
    assert codes(old, "unit_code") == ["03082", "02701"]
    new = resolve(lao_cai, place=["Khánh Yên", "Phường Cam Đường"])
    assert new.summary.evidence.vintage is ListVintage.NEW
    assert codes(new, "unit_code") == ["03103", "02671"]
    assert codes(new) == [None, None]
    assert new.faults == ()


def test_a_mixture_or_no_evidence_leaves_open_what_is_open(lao_cai: Gazetteer) -> None:
    mixed = resolve(lao_cai, place=["Khánh Yên", "Bản Hồ", "A Lù", "Phường Cam Đường"])
    assert mixed.summary.evidence.vintage is ListVintage.MIXED
    assert codes(mixed, "unit_code") == [None, "03046", "02701", "02671"]
    assert codes(mixed) == [None, None, "02692", None]
    assert said(mixed) == [
        ("fault-place-ambiguous", 2, "Khánh Yên"),
        ("fault-place-commune-open", 3, "Bản Hồ"),
    ]
    bare = resolve(lao_cai, place_code=["02671", "03046"])
    assert bare.summary.evidence.vintage is ListVintage.OPEN
    assert codes(bare, "unit_code") == ["02671", "03046"]
    assert codes(bare) == [None, None]


def test_the_kind_of_unit_can_be_the_rows_own_evidence(lao_cai: Gazetteer) -> None:
    resolved = resolve(lao_cai, place=["TT Bát Xát", "Xã Bát Xát"])
    assert codes(resolved) == ["02683", None]
    assert codes(resolved, "unit_code") == ["02683", "02683"]
    assert resolved.faults == ()


def test_the_summary_counts_rows(lao_cai: Gazetteer) -> None:
    resolved = resolve(
        lao_cai,
        commune=["A Lù", None, "A Lù", "Zzz", None],
        unit=[None, "Y Tý", "Y Tý", None, None],
    )
    summary = resolved.summary
    assert (summary.old, summary.new, summary.both) == (1, 1, 1)
    assert (summary.unresolved, summary.silent) == (1, 1)
    assert resolved.frame["place_basis"].tolist() == [
        "name", "unit_name", "name", "given", "none",
    ]  # fmt: skip


def test_rows_keep_their_order_however_many_say_the_same(lao_cai: Gazetteer) -> None:
    generator = np.random.default_rng(7)
    at = generator.integers(0, len(lao_cai), 5000)
    communes = lao_cai.communes.iloc[at]
    resolved = resolve(
        lao_cai, place=communes["commune"].tolist(), district=communes["district"].tolist()
    )
    assert resolved.frame["commune_code"].tolist() == communes["commune_code"].tolist()
    assert (resolved.commune_at == at).all()


def test_a_list_without_rows_or_places_is_no_problem(lao_cai: Gazetteer) -> None:
    assert len(resolve(lao_cai, commune=[]).frame) == 0
    nothing = resolve_places(pd.DataFrame(index=range(3)), np.array([2, 3, 4]), lao_cai, {})
    assert nothing.summary.silent == 3
    assert nothing.faults == ()


def test_a_row_with_a_district_says_nothing_about_rows_without(lao_cai: Gazetteer) -> None:
    resolved = resolve(
        lao_cai,
        place=["A Lù", "Phường Cam Đường", "Khánh Yên"],
        district=["Bát Xát", None, None],
    )
    assert resolved.summary.evidence.vintage is ListVintage.NEW
    assert codes(resolved, "unit_code") == ["02701", "02671", "03103"]

"""Villages keep their identity through spellings, names and mergers."""

import pandas as pd
import pytest

from planning.identity import new_ids
from planning.matching import MatchBasis, match_villages, name_key


def listed(
    *rows: tuple[str | None, str, str | None, str | None], **more: list[str]
) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["village_id", "name", "commune_code", "unit_code"])
    return frame.assign(**more)


OLD = listed(
    ("V-1", "Thôn Phìn Hồ", "02701", "02701"),
    ("V-2", "Thôn 1", "02701", "02701"),
    ("V-3", "Thôn 1", "02692", "02701"),
    ("V-4", "Bản Mới", "02692", "02701"),
)


def pairs(new: pd.DataFrame, **more: object) -> list[tuple[int, str]]:
    found = match_villages(new, OLD, **more)  # type: ignore[arg-type]
    return list(zip(found.old_row.tolist(), found.basis.tolist(), strict=True))


def test_a_key_wins_over_every_name() -> None:
    assert pairs(listed(("V-4", "Thôn Phìn Hồ", "02701", "02701"))) == [(3, "key")]


def test_names_agree_without_kind_case_and_accents() -> None:
    assert pairs(listed((None, "PHIN HO", "02701", "02701"))) == [(0, "name")]


def test_equal_names_are_told_apart_by_their_commune() -> None:
    new = listed((None, "Thôn 1", "02692", "02701"), (None, "Thôn 1", "02701", "02701"))
    assert pairs(new) == [(2, "name"), (1, "name")]


def test_a_list_in_new_units_matches_names_that_are_unique_in_the_unit() -> None:
    new = listed((None, "Phìn Hồ", None, "02701"), (None, "Thôn 1", None, "02701"))
    # Two communes of the unit had a Thôn 1: nobody can say which one this is.
    assert pairs(new) == [(0, "name"), (-1, "")]


def test_a_renamed_village_is_found_by_its_former_name() -> None:
    new = listed((None, "Thôn Hoa Đào", "02701", "02701"), aliases=["Phìn Hồ; Phin Ho"])
    assert pairs(new) == [(0, "alias")]


def test_a_renamed_village_is_found_by_its_place() -> None:
    new = listed((None, "Thôn Hoa Đào", "02701", "02701"))
    assert pairs(new, near=[(0, 0)]) == [(0, "place")]


def test_what_a_person_confirms_is_taken_first() -> None:
    new = listed((None, "Phìn Hồ", "02701", "02701"))
    assert pairs(new, confirmed=[(0, 1)]) == [(1, "confirmed")]


def test_a_similar_name_is_proposed_and_not_taken() -> None:
    found = match_villages(listed((None, "Phìn Hô 1", "02701", "02701")), OLD)
    assert found.old_row.tolist() == [-1]
    (proposal,) = found.similar.to_dict("records")
    assert (proposal["new_row"], proposal["old_row"]) == (0, 0)
    assert proposal["similarity"] == pytest.approx(2 * 7 / (7 + 9) * 100)


def test_no_village_is_matched_twice() -> None:
    new = listed(("V-1", "A", "02701", "02701"), (None, "Phìn Hồ", "02701", "02701"))
    assert pairs(new) == [(0, MatchBasis.KEY), (-1, "")]


def test_the_kind_alone_is_no_name() -> None:
    assert name_key("Bản Mới") == "moi"
    assert name_key("Thôn") == "thon"
    assert name_key("Tổ dân phố số 7") == "7"


def test_new_keys_continue_after_the_highest_ever_used() -> None:
    areas = pd.Series(["02701", None, "02701", "02692"])
    ids = new_ids(areas, ["V-02701-007", "V-02692-999", "LC-02701-003", "odd"])
    assert ids.tolist() == ["V-02701-008", "V-0-001", "V-02701-009", "V-02692-1000"]


def test_nothing_is_proposed_among_more_names_than_one_area_has(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    new = listed((None, "Thôn Phìn Hồo", "02701", "02701"), (None, "Thôn Xx", "02701", "02701"))
    assert match_villages(new, OLD).similar["new_row"].tolist() == [0]
    monkeypatch.setattr("planning.matching.MOST_COMPARED", 1)
    assert match_villages(new, OLD).similar.empty

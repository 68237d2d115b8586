"""Rows that name a commune or district speak for the villages below them."""

import numpy as np
import pandas as pd

from geo.intake.table import RawColumn, RawTable
from geo.register.sections import places_of_sections


def listed(*rows: int, sections: dict[int, str]) -> RawTable:
    names = RawColumn("Thôn", pd.Series([f"Thôn {row}" for row in rows], dtype="str"))
    aside = tuple((row, "section", text) for row, text in sections.items())
    return RawTable((names,), np.array(rows), set_aside=aside)


def test_a_commune_speaks_for_its_villages_until_the_next_one() -> None:
    raw = listed(3, 4, 6, 7, sections={2: "I Xã Y Tý", 5: "II. Xã A Lù"})
    found, faults = places_of_sections(raw, {})
    assert found["place"].tolist() == ["Xã Y Tý", "Xã Y Tý", "Xã A Lù", "Xã A Lù"]
    assert [(f.key, f.values) for f in faults] == [
        ("fault-section-place", {"count": 4, "sections": 2})
    ]


def test_a_district_ends_the_commune_above_it() -> None:
    raw = listed(4, 6, 8, sections={2: "A. Huyện Bát Xát", 3: "1. Xã Y Tý", 5: "B. Thị xã Sa Pa",
                                    7: "1. Xã Tả Van"})  # fmt: skip
    found, _ = places_of_sections(raw, {})
    assert found["district"].tolist() == ["Huyện Bát Xát", "Thị xã Sa Pa", "Thị xã Sa Pa"]
    assert found["place"].fillna("?").tolist() == ["Xã Y Tý", "?", "Xã Tả Van"]


def test_a_village_above_every_section_gets_nothing() -> None:
    found, _ = places_of_sections(listed(2, 4, sections={3: "Xã Y Tý"}), {})
    assert found["place"].fillna("?").tolist() == ["?", "Xã Y Tý"]


def test_a_column_of_the_list_goes_before_its_sections() -> None:
    raw = listed(3, sections={2: "Xã Y Tý"})
    assert places_of_sections(raw, {"commune_code": pd.Series(["02701"])}) == ({}, [])


def test_other_sections_say_nothing_of_places() -> None:
    raw = listed(3, sections={2: "Nhóm 1: thôn có điện lưới"})
    assert places_of_sections(raw, {}) == ({}, [])

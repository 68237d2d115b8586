"""Headings are recognised by meaning, and a doubtful one is not guessed."""

import pytest

from geo.register.choices import Choices, read_choices, write_choices
from geo.register.days import DayOrder
from geo.register.dictionary import FieldKind, fields, headings
from geo.register.numbers import NumberStyle
from geo.register.recognition import Confidence, field_of, labels, recognise
from planning.errors import DataError
from planning.folding import fold


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("STT", "ordinal"),
        ("Thôn, bản", "name"),
        ("TÊN THÔN/BẢN", "name"),
        ("Xã", "place"),
        ("Xã (mới)", "unit"),
        ("xã (cũ)", "commune"),
        ("Huyện (cũ)", "district"),
        ("Số hộ / Tổng số", "households"),
        ("Số hộ / DTTS", "minority_households"),
        ("Tổng số hộ (hộ)", "households"),
        ("4G theo DN / Viettel", "has_4g"),
        ("Toạ độ VN-2000 / X", "x"),
        ("Tọa độ VN-2000 / X", "x"),
        ("Tỷ lệ DTTS (%)", "minority_share"),
        ("Tỉ lệ DTTS", "minority_share"),
        ("Sô hộ nghèo", "poor_households"),
        ("Số hộ cận nghéo", "near_poor_households"),
        ("Dân số năm 2023", "people"),
        ("population_2016", "people"),
        ("kinhdo", "longitude"),
        ("Cáp quang (có/chưa, DN)", "has_fibre"),
        ("Khó khăn, vướng mắc", "difficulties"),
    ],
)
def test_headings_of_offices_are_recognised(heading: str, field: str) -> None:
    assert field_of(heading)[0] == field


@pytest.mark.parametrize("heading", ["", "Ghi chú", "truocsapnhap", "abc", "Hộ k", "???"])
def test_a_strange_heading_stays_without_a_field(heading: str) -> None:
    assert field_of(heading) == ("", Confidence.NONE)


def test_composed_and_decomposed_letters_and_both_tone_placements_are_one_heading() -> None:
    assert field_of("Số hộ")[0] == field_of("So\u0302\u0301 ho\u0323\u0302")[0] == "households"
    assert field_of("Toạ độ")[0] == field_of("Tọa độ")[0] == "coordinates"


def test_a_slip_is_said_to_be_only_likely() -> None:
    assert field_of("Khoản cách tới trung tâm xã")[1] is Confidence.LIKELY


def test_one_column_a_field_the_surest_first() -> None:
    first, second, third = recognise(["Số hộ nghèoo", "Hộ nghèo", "Hộ nghèo"], {})
    assert (first.field, first.rival) == ("", "Hộ nghèo")
    assert second.field == "poor_households"
    assert (third.label, third.field, third.rival) == ("Hộ nghèo #2", "", "Hộ nghèo")


def test_several_operators_share_a_field() -> None:
    found = recognise(["4G / Viettel", "4G / VNPT"], {})
    assert [one.field for one in found] == ["has_4g", "has_4g"]


def test_a_decision_wins_over_every_recognition() -> None:
    found = recognise(["Số hộ", "Ghi chú"], {"Ghi chú": "households", "Số hộ": ""})
    assert [(one.field, one.confidence) for one in found] == [
        ("", Confidence.CHOSEN),
        ("households", Confidence.CHOSEN),
    ]


def test_every_column_has_a_name_of_its_own() -> None:
    assert labels(["a", "", "a", ""]) == ("a", "#2", "a #2", "#4")


def test_no_heading_means_two_fields_and_no_word_two_values() -> None:
    meant: dict[str, str] = {}
    for field in fields().values():
        for name in field.names:
            assert meant.setdefault(fold(name), field.key) == field.key, name
        spoken: dict[str, str] = {}
        for value, words in field.examples.items():
            for word in words:
                assert spoken.setdefault(fold(word), value) == value, word
    assert len(fields()) >= 40
    assert "" not in headings()


def test_only_choices_have_words_and_all_have_headings() -> None:
    for field in fields().values():
        assert field.names
        assert bool(field.words) == (field.kind is FieldKind.CHOICE), field.key


def test_choices_come_back_from_their_file() -> None:
    choices = Choices(
        layer='Biểu "1"',
        crs="EPSG:9208",
        swap=True,
        columns={"Thôn\nbản": "name", "Ghi = chú": "", "#4": "people"},
        numbers={"Số khẩu": NumberStyle.COMMA},
        dates={"Ngày": DayOrder.DAY_FIRST},
        blank_means_no=frozenset({"ĐBKK"}),
    )
    assert read_choices(write_choices(choices), "mapping.toml") == choices


def test_every_unusable_entry_of_a_mapping_is_named() -> None:
    text = (
        b'version = 1\n[columns]\na = "nosuch"\n[numbers]\nb = "tab"\n'
        b'[file]\nheader_row = "x"\n[z]\n'
    )
    with pytest.raises(DataError) as refused:
        read_choices(text, "m.toml")
    assert [fault.column for fault in refused.value.faults] == [
        "z",
        "file.header_row",
        "columns.a",
        "numbers.b",
    ]


@pytest.mark.parametrize("content", [b"\xff\xfe", b"a = ", b"", b"version = 2", b"x" * 2_000_000])
def test_what_is_no_mapping_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(DataError):
        read_choices(content, "m.toml")

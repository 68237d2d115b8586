"""Bytes and letters: what is certain is decoded, what is likely is asked about."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata

import pytest

from geo.intake.encodings import REPLACEMENT, decode
from geo.intake.legacy_fonts import decode_legacy, find_legacy, preview
from geo.intake.syllables import is_syllable
from planning.errors import DataError

_TEXT = "Thôn Nậm Chảy, xã Y Tý, huyện Bát Xát; Bản Phố; Mường Khương; tổng cộng"
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_VOWELS = "aăâeêioôơuưy"
_ACCENTED = "đ" + "".join(
    letter
    for vowel in _VOWELS
    for tone in ("", *_TONES)
    if not (letter := unicodedata.normalize("NFC", vowel + tone)).isascii()
)


def _as_cp1258(text: str) -> bytes:
    """Write a text as Windows does: tones that have no letter of their own follow it."""
    written = b""
    for letter in text:
        try:
            written += letter.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            tone = next(part for part in parts if part in _TONES)
            base = unicodedata.normalize("NFC", parts.replace(tone, ""))
            written += base.encode("cp1258") + tone.encode("cp1258")
    return written


def test_vietnamese_has_67_letters_beyond_ascii_in_each_case() -> None:
    assert len(set(_ACCENTED)) == 67
    assert len(set(_ACCENTED + _ACCENTED.upper())) == 134


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_recognised_with_and_without_its_mark(encoding: str) -> None:
    decoded = decode(_TEXT.encode(encoding))
    assert decoded.text == _TEXT
    assert decoded.sure


def test_the_vietnamese_code_page_is_judged_by_its_words_and_composed() -> None:
    decoded = decode(_as_cp1258(_TEXT))
    assert (decoded.text, decoded.encoding, decoded.sure) == (_TEXT, "cp1258", False)


def test_every_letter_of_the_vietnamese_code_page_comes_back() -> None:
    letters = _ACCENTED + _ACCENTED.upper()
    assert decode(_as_cp1258(letters), "cp1258").text == letters


def test_western_text_is_not_taken_for_vietnamese() -> None:
    decoded = decode("Café Zürich, Señor Müller, façade".encode("cp1252"))
    assert decoded.encoding == "cp1252"
    assert decoded.text.startswith("Café Zürich")


def test_a_few_bad_bytes_leave_utf8_what_it_is() -> None:
    decoded = decode((_TEXT * 5).encode() + b"\xff")
    assert decoded.encoding == "utf-8"
    assert decoded.text.count(REPLACEMENT) == 1


def test_a_bad_byte_behind_pages_without_an_accent_leaves_utf8_what_it_is() -> None:
    plain = b"1;Thon;Xa\n" * 30_000
    assert len(plain) > 2**18
    decoded = decode(plain + (_TEXT * 5).encode() + b"\xff")
    assert (decoded.encoding, decoded.sure) == ("utf-8", True)
    assert decoded.text.endswith(_TEXT + REPLACEMENT)


def test_half_a_character_of_utf16_and_an_unknown_name_are_refused() -> None:
    for data, encoding in ((_TEXT.encode("utf-16")[:-1], None), (b"a", "koi8")):
        with pytest.raises(DataError):
            decode(data, encoding)


@pytest.mark.parametrize(
    ("encoding", "written", "read"),
    [
        ("tcvn3", "Th«n NËm Ch¶y, x· Y Tý, huyÖn B¸t X¸t", "Thôn Nậm Chảy, xã Y Tý, huyện Bát Xát"),
        ("tcvn3", "TæNG CéNG", "TỔNG CỘNG"),
        ("tcvn3", "HuyÖn SI MA CAI", "Huyện SI MA CAI"),
        ("tcvn3", "§ång TuyÓn", "Đồng Tuyển"),
        ("vni", "Thoân Naäm Chaûy, xaõ Y Tyù", "Thôn Nậm Chảy, xã Y Tý"),
        ("vni", "THOÂN ÑOÀNG TUYEÅN", "THÔN ĐỒNG TUYỂN"),
        ("vni", "löôùi ñieän xaõ Nghóa Ñoâ", "lưới điện xã Nghĩa Đô"),
    ],
)
def test_legacy_fonts_read_as_they_were_printed(encoding: str, written: str, read: str) -> None:
    assert decode_legacy(written, encoding) == read
    assert decode_legacy(read, encoding) == read


def test_every_small_letter_of_tcvn3_agrees_with_the_system_table() -> None:
    if shutil.which("iconv") is None:
        pytest.skip("no iconv here")
    seen = ""
    for code in range(0xA1, 0x100):
        done = subprocess.run(
            ["iconv", "-f", "TCVN-5712", "-t", "UTF-8"],
            input=bytes([code]),
            capture_output=True,
            check=False,
        )
        if done.returncode:
            pytest.skip("this iconv does not know TCVN-5712")
        letter = unicodedata.normalize("NFC", done.stdout.decode())
        if letter in _ACCENTED or letter in "ĂÂÊÔƠƯĐ":
            assert decode_legacy(chr(code), "tcvn3") == letter
            seen += letter
    assert sorted(seen) == sorted(_ACCENTED + "ĂÂÊÔƠƯĐ")


def test_every_letter_of_vni_is_in_its_table() -> None:
    from geo.intake.legacy_fonts import _vni_table  # noqa: PLC0415

    assert set(_vni_table().values()) >= set(_ACCENTED + _ACCENTED.upper())


def test_legacy_text_is_found_and_shown_before_and_after() -> None:
    found = find_legacy(["NËm Ch¶y", "B¶n"])
    assert found is not None
    assert found.encoding == "tcvn3"
    assert found.pairs[0] == ("NËm Ch¶y", "Nậm Chảy")
    assert (found.fit, found.fit_before) == (1.0, 0.0)
    assert preview(["Thoân Naäm"], "vni").pairs == (("Thoân Naäm", "Thôn Nậm"),)


@pytest.mark.parametrize(
    "text", ["Thôn Nậm Chảy", "Bản Phố", "Hà Nội", "Café Müller", "São Paulo", "Xã", "Tà", "plain"]
)
def test_right_text_is_not_taken_for_a_legacy_font(text: str) -> None:
    assert find_legacy([text]) is None


_SYLLABLES = "nghiêng giếng gì quốc quyển khuỷu Chéng hoà hòa thuỷ đường ươm yêu Quỳnh TUYỂN"
_OTHERS = "Thoân Naäm tácp tàc hhôn café ôô bđ áà strong"


@pytest.mark.parametrize("word", _SYLLABLES.split())
def test_syllables_are_recognised(word: str) -> None:
    assert is_syllable(word)
    assert is_syllable(unicodedata.normalize("NFD", word))


@pytest.mark.parametrize("word", _OTHERS.split())
def test_what_is_no_syllable_is_not(word: str) -> None:
    assert not is_syllable(word)

"""Hostile names become text that can only be read."""

import unicodedata

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.display import display_text, escape_html, escape_markdown

INVISIBLE_OR_DISTURBING = {
    "a right-to-left override": ("Bản\u202etxet.exe", "Bảntxet.exe"),
    "bidirectional isolates": ("\u2066Y Tý\u2069", "Y Tý"),
    "zero-width spaces": ("Y\u200b Tý\u200d", "Y Tý"),
    "a byte order mark": ("\ufeffY Tý", "Y Tý"),
    "a soft hyphen": ("Bảo\u00ad Hà", "Bảo Hà"),
    "control characters": ("Y\x00 T\x1b[31mý", "Y T[31mý"),
    "line and tab breaks": ("Y\r\n\tTý\u2028thôn\u2029 1", "Y Tý thôn 1"),
    "no-break and wide spaces": ("Y\u00a0\u3000Tý", "Y Tý"),
    "filler letters": ("\u3164\u115fY Tý\u2800", "Y Tý"),
    "variation selectors": ("Y\ufe0f Tý\U000e0101", "Y Tý"),
    "tag characters": ("Y Tý\U000e0041\U000e0042", "Y Tý"),
    "private and unassigned characters": ("Y\ue000 Tý\U0003ffff", "Y Tý"),
    "a lone surrogate": ("Y Tý\ud800", "Y Tý"),
    "a pile of combining marks": ("Y" + "\u0301" * 40 + " T\u00fd", "\u00dd\u0301\u0301 T\u00fd"),
    "decomposed Vietnamese": (unicodedata.normalize("NFD", "Mường Khương"), "Mường Khương"),
}


@pytest.mark.parametrize(
    ("hostile", "shown"),
    INVISIBLE_OR_DISTURBING.values(),
    ids=INVISIBLE_OR_DISTURBING.keys(),
)
def test_nothing_hidden_survives(hostile: str, shown: str) -> None:
    assert display_text(hostile) == shown


@pytest.mark.parametrize("missing", [None, float("nan"), np.float64("nan"), pd.NA, pd.NaT])
def test_a_missing_value_shows_nothing(missing: object) -> None:
    assert display_text(missing) == ""


@pytest.mark.parametrize("text", ["nan", "NaT", "<NA>"])
def test_a_village_may_be_called_nan(text: str) -> None:
    assert display_text(text) == text


def test_a_long_name_ends_in_an_ellipsis_within_the_limit() -> None:
    assert display_text("Thôn Nậm Cang", 8) == "Thôn Nậ…"
    assert display_text("Thôn Nậm Cang", 6) == "Thôn…"
    assert display_text("Thôn Nậm Cang", 13) == "Thôn Nậm Cang"


def test_a_limit_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="0"):
        display_text("Y Tý", 0)


def test_html_marks_are_escaped_in_text_and_in_attributes() -> None:
    hostile = "\"><img src=x onerror='alert(1)'>&"
    assert escape_html(hostile) == ("&quot;&gt;&lt;img src=x onerror=&#x27;alert(1)&#x27;&gt;&amp;")


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("**x**", r"\*\*x\*\*"),
        ("[x](javascript:alert(1))", "\\[x\\]\\(javascript\\:\u2060alert\\(1\\)\\)"),
        ("![x](y.png)", r"\!\[x\]\(y\.png\)"),
        ("$x^2$", r"\$x\^2\$"),
        (":red[x]", "\\:\u2060red\\[x\\]"),
        (":material/home:", "\\:\u2060material\\/home\\:\u2060"),
        ("<b>x</b>", r"\<b\>x\<\/b\>"),
        ("`x`", r"\`x\`"),
        ("# x", r"\# x"),
        ("1. x", r"1\. x"),
        ("- x", r"\- x"),
        ("a|b", r"a\|b"),
        ("&lt;b&gt;", r"\&lt\;b\&gt\;"),
        ("www.evil.example", "www\u2060\\.evil\\.example"),
        ("WWW.evil.example", "WWW\u2060\\.evil\\.example"),
        ("https://evil.example", "https\\:\u2060\\/\\/evil\\.example"),
        ("a@evil.example", "a\\@\u2060evil\\.example"),
        ("\\", "\\\\"),
    ],
)
def test_markdown_marks_are_escaped(hostile: str, shown: str) -> None:
    assert escape_markdown(hostile) == shown


def test_vietnamese_is_left_as_it_is() -> None:
    assert escape_html("Nậm Xé – thôn 3") == "Nậm Xé – thôn 3"
    assert escape_markdown("Nậm Xé – thôn 3") == "Nậm Xé – thôn 3"


@given(st.text(alphabet=st.characters(), max_size=300), st.integers(1, 60))
def test_any_text_becomes_one_composed_visible_line(text: str, limit: int) -> None:
    shown = display_text(text, limit)
    assert len(shown) <= limit
    assert shown == " ".join(shown.split())
    assert unicodedata.is_normalized("NFC", shown)
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Cn"} for c in shown)


@given(st.text(alphabet=st.characters(), max_size=100))
def test_a_display_copy_shows_as_itself(text: str) -> None:
    once = display_text(text)
    assert display_text(once) == once

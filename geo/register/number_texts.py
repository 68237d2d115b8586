"""One text read in both number styles, before anybody decides which is meant."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

from planning.columns import BoolArray, FloatArray
from planning.folding import fold


class NumberStyle(StrEnum):
    """Which mark stands before the decimals: ``22,335`` or ``22.335``."""

    COMMA = "comma"
    POINT = "point"


NOT_KNOWN: Final = frozenset(
    fold(word)
    for word in (
        "n/a", "na", "null", "nan", "none", "không rõ", "chưa rõ", "chưa có số liệu",
        "chưa có", "chưa biết", "đang cập nhật", "chưa cập nhật", "unknown", "no data",
        "not available", "không có số liệu", "not known",
    )
)  # fmt: skip
"""Folded words that say a value is not known; so do dashes, dots and question marks alone."""

_BLANK: Final = r"[-–—_.…?*/\s]*"
_UNIT: Final = (
    r"(?i)\s*(?:km|m|ha|hộ|người|khẩu|nhân khẩu|đồng|vnđ|vnd|đ|households?|people|persons?|%)\.?$"
)
_PLAIN: Final = r"[+-]?\d+"
_COMMA: Final = r"[+-]?(?:\d{1,3}(?:\.\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:,\d+)?"
_POINT: Final = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:\.\d+)?"
_POWER: Final = r"[eE][+-]?\d{1,3}"
_COMMA_POWER: Final = rf"[+-]?\d+(?:,\d+)?{_POWER}"
_POINT_POWER: Final = rf"[+-]?\d+(?:\.\d+)?{_POWER}"


@dataclass(frozen=True, slots=True, eq=False)
class NumberTexts:
    """Distinct texts read in both styles.

    Attributes
    ----------
    comma, point : ndarray of float, shape (k,)
        The number in each style, NaN where the style cannot read the text.
    comma_ok, point_ok : ndarray of bool, shape (k,)
        Whether the style can read it.
    blank : ndarray of bool, shape (k,)
        A dash, dots or a question mark alone.
    said_unknown : ndarray of bool, shape (k,)
        Words of :data:`NOT_KNOWN`.
    """

    comma: FloatArray
    point: FloatArray
    comma_ok: BoolArray
    point_ok: BoolArray
    blank: BoolArray
    said_unknown: BoolArray

    @property
    def differ(self) -> BoolArray:
        """Texts both styles can read, as different numbers."""
        differ: BoolArray = self.comma_ok & self.point_ok & (self.comma != self.point)
        return differ


def read_texts(distinct: pd.Series) -> NumberTexts:
    """Read distinct texts in both styles; units after the number and spaces within it are cut."""
    text = (
        distinct.str.replace(r"[\u00a0\u202f\u2009]", " ", regex=True)
        .str.replace("[−‒]", "-", regex=True)
        .str.replace(_UNIT, "", regex=True)
        .str.strip()
    )
    blank = distinct.str.fullmatch(_BLANK).to_numpy(dtype=bool)
    said = distinct.map(fold).isin(NOT_KNOWN).to_numpy(dtype=bool)
    comma_ok = text.str.fullmatch(f"{_COMMA}|{_COMMA_POWER}").to_numpy(dtype=bool)
    point_ok = text.str.fullmatch(f"{_POINT}|{_POINT_POWER}").to_numpy(dtype=bool)
    spaceless = text.str.replace(" ", "")
    comma = spaceless.str.replace(".", "").str.replace(",", ".")
    point = spaceless.str.replace(",", "")
    return NumberTexts(
        comma=_floats(comma, comma_ok),
        point=_floats(point, point_ok),
        comma_ok=comma_ok,
        point_ok=point_ok,
        blank=blank,
        said_unknown=said & ~blank,
    )


def _floats(text: pd.Series, ok: BoolArray) -> FloatArray:
    values = np.full(len(text), np.nan)
    values[ok] = text.to_numpy(dtype=object)[ok].astype(np.float64)
    return values

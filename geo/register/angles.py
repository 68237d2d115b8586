"""Angles as people write them: degrees with a mark, minutes, seconds, and a letter for the side.

``22°20'06"N``, ``22 20 06``, ``22°20,1'``, ``103°50′30″Đ`` and ``103 độ 50 phút`` are read; a plain
number is left to :mod:`geo.register.numbers`. In Vietnamese N is *nam*, south, beside B, *bắc*,
and in English it is north: a column that uses B means the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from planning.columns import BoolArray, FloatArray

LONGEST: Final = 64
"""Characters beyond which a text is no coordinate."""

LETTERS: Final = "NSEWBĐDT"

_WORDS: Final = (
    (r"(?i)vĩ\s*độ|kinh\s*độ|lat(?:itude)?|long?(?:itude)?|[:=]", " "),
    (r"(?i)độ|deg(?:rees?)?|[º˚⁰*]|(?<=\d)\s*d(?=\s*\d)", "°"),
    (r"(?i)phút|min(?:utes?)?|[’‘′´`ʹ]|(?<=\d)\s*m(?=\s*\d)", "'"),
    (r"(?<='\d)s$|(?<='\d\d)s$", '"'),
    (r"(?i)giây|sec(?:onds?)?|''|[”“″ʺ]", '"'),
    (r"(?i)bắc|north", "B"),
    (r"(?i)nam\b|south", "S"),
    (r"(?i)đông|east", "E"),
    (r"(?i)tây|west", "W"),
    (r"[\u00a0\u202f\u2009\t]", " "),
    (r"[−–]", "-"),
)
_NUMBER: Final = r"\d+(?:[.,]\d+)?"
_SIDE: Final = f"[{LETTERS}]"
_DEGREE: Final = "[°º˚⁰*]"
_MINUTE: Final = "['’‘′´`ʹ]"
_SECOND: Final = "(?:[\"”“″ʺ]|''|’’|′′|´´)"
_ANGLE: Final = (
    rf"(?P<lead>{_SIDE})?\s*(?P<sign>[+-])?\s*(?P<degrees>{_NUMBER})\s*{_DEGREE}?\s*"
    rf"(?:(?P<minutes>(?<![\d.,]){_NUMBER})\s*{_MINUTE}?\s*)?"
    rf"(?:(?P<seconds>(?<![\d.,]){_NUMBER})\s*{_SECOND}?\s*)?(?P<trail>{_SIDE})?"
)
_MARKED: Final = rf"{_DEGREE}|{_MINUTE}|{_SECOND}|{_SIDE}|\d\s+\d"


@dataclass(frozen=True, slots=True, eq=False)
class AngleReading:
    """A column read as angles.

    Attributes
    ----------
    degrees : ndarray of float, shape (n,)
        NaN where a text is no angle.
    unreadable : ndarray of bool, shape (n,)
        Texts that look like an angle and are none, such as 22°75'.
    longitude, latitude : ndarray of bool, shape (n,)
        Whether a letter says which way the angle counts.
    """

    degrees: FloatArray
    unreadable: BoolArray
    longitude: BoolArray
    latitude: BoolArray


def tidy_angles(texts: pd.Series, longest: int = LONGEST) -> pd.Series:
    """Return texts with one spelling for each mark, word and letter; missing ones stay so.

    Parameters
    ----------
    texts : Series of str
    longest : int
        Characters after which a text is cut, one later, so that it shows that it is too long.

    Returns
    -------
    Series of str
    """
    plain = texts.str.slice(0, longest + 1).str.upper().str.strip()
    at = np.flatnonzero(texts.notna() & ~plain.str.fullmatch(_ANGLE).fillna(value=False))
    if not at.size:
        return plain
    tidy = texts.iloc[at].str.slice(0, longest + 1)
    for pattern, mark in _WORDS:
        tidy = tidy.str.replace(pattern, mark, regex=True)
    tidy = tidy.str.upper().str.replace(r"\s+", " ", regex=True).str.strip()
    plain.iloc[at] = tidy
    return plain


def has_marks(tidy: pd.Series) -> BoolArray:
    """Tell which tidied texts are angles rather than plain numbers."""
    marked = tidy.str.contains(_MARKED, regex=True).fillna(value=False)
    # 2 487 684 is a number with thousands, 22 20 06 an angle.
    thousands = tidy.str.fullmatch(r"[+-]?\d{1,3}(?: \d{3})+(?:[.,]\d+)?").fillna(value=False)
    return marked.to_numpy(dtype=np.bool_) & ~thousands.to_numpy(dtype=np.bool_)


def read_angles(tidy: pd.Series, *, nam_is_south: bool) -> AngleReading:
    """Read tidied texts as angles.

    Parameters
    ----------
    tidy : Series of str, length n
        From :func:`tidy_angles`; missing where there is nothing to read.
    nam_is_south : bool
        Whether N stands for *nam*.

    Returns
    -------
    AngleReading
    """
    present = tidy.notna().to_numpy()
    if not present.any():
        nothing = np.zeros(len(tidy), dtype=np.bool_)
        return AngleReading(np.full(len(tidy), np.nan), nothing, nothing, nothing)
    whole = tidy.str.len().le(LONGEST) & tidy.str.fullmatch(_ANGLE)
    parts = tidy.where(whole).str.extract(_ANGLE)
    degrees, minutes, seconds = (_floats(parts[name]) for name in ("degrees", "minutes", "seconds"))
    letter = parts["lead"].fillna(parts["trail"])
    # Two letters, 75 minutes, or half a degree and ten minutes are slips of the pen.
    sound = (
        whole.to_numpy(dtype=np.bool_, na_value=False)
        & ~(parts["lead"].notna() & parts["trail"].notna()).to_numpy()
        & ~(parts["sign"].notna() & letter.notna()).to_numpy()
        & ~(np.nan_to_num(minutes) >= 60.0)
        & ~(np.nan_to_num(seconds) >= 60.0)
        & ~((degrees % 1 != 0) & ~np.isnan(minutes))
        & ~((np.nan_to_num(minutes) % 1 != 0) & ~np.isnan(seconds))
    )
    negative = (parts["sign"] == "-") | letter.isin([*"SWT", *("N" if nam_is_south else "")])
    value = degrees + np.nan_to_num(minutes) / 60.0 + np.nan_to_num(seconds) / 3600.0
    return AngleReading(
        np.where(sound, np.where(negative, -value, value), np.nan),
        present & ~sound,
        letter.isin([*"EWĐDT"]).to_numpy(dtype=np.bool_) & sound,
        letter.isin([*"NSB"]).to_numpy(dtype=np.bool_) & sound,
    )


def uses_bac(tidy: pd.Series) -> bool:
    """Tell whether a column writes B for north, so that its N is south."""
    return bool(tidy.str.contains(r"^B|B$", regex=True).fillna(value=False).any())


def _floats(texts: pd.Series) -> FloatArray:
    return texts.str.replace(",", ".").to_numpy(dtype=object, na_value=np.nan).astype(np.float64)

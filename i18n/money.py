"""Sums of money as people say them: 12,3 tỷ đồng, 340 triệu đồng."""

from __future__ import annotations

from typing import Final

from i18n.translator import Translator

_BILLION: Final = 1e9
_MILLION: Final = 1e6


def say_vnd(amount: float, words: Translator) -> str:
    """Say a sum in đồng with three figures, in billions or millions.

    Parameters
    ----------
    amount : float
        In VND.
    words : Translator

    Returns
    -------
    str

    Examples
    --------
    >>> from i18n import translator
    >>> say_vnd(12_345_000_000, translator("vi"))
    '12,3 tỷ đồng'
    >>> say_vnd(1_000_000, translator("en"))
    'VND 1 million'
    """
    # 999.6 million is said as one billion, not as 1,000 million.
    if abs(amount) >= _BILLION - _MILLION / 2:
        return words("money-billion", amount=_three_figures(amount / _BILLION, words))
    if abs(amount) >= _MILLION:
        return words("money-million", amount=_three_figures(amount / _MILLION, words))
    return words("money-vnd", amount=words.number(round(amount)))


def say_usd(amount: float, words: Translator) -> str:
    """Say a sum in US dollars, to the nearest thousand where it has more than five digits."""
    rounded = round(amount, -3) if abs(amount) >= 100_000 else round(amount)
    return words("money-usd", amount=words.number(rounded))


def _three_figures(value: float, words: Translator) -> str:
    decimals = 0 if abs(value) >= 99.95 else 1 if abs(value) >= 9.995 else 2
    written = f"{value:.{decimals}f}"
    if "." in written:
        decimals = len(written.rstrip("0").partition(".")[2])
    return words.number(float(written), decimals)

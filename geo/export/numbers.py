"""Values as a sentence would write them, by the customs of a language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from geo.export.content import Cell
from geo.export.table import ColumnKind

_VIETNAMESE_MARKS: Final = str.maketrans({",": ".", ".": ","})
_DECIMALS: Final[Mapping[ColumnKind, int]] = {
    ColumnKind.SHARE: 1,
    ColumnKind.SCORE: 3,
    ColumnKind.KM: 1,
    ColumnKind.NUMBER: 2,
}


def said(value: Cell, kind: ColumnKind, language: str) -> str:
    """Write a value for a reader: ``1.568``, ``99,6 %`` and ``14/03/2024`` in Vietnamese.

    Parameters
    ----------
    value : Cell
    kind : ColumnKind
    language : str
        ``"vi"``; any other language gets English marks and ISO 8601 dates.

    Returns
    -------
    str

    Examples
    --------
    >>> said(0.996, ColumnKind.SHARE, "en")
    '99.6%'
    >>> said(1568, ColumnKind.INTEGER, "vi")
    '1.568'
    """
    vietnamese = language == "vi"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}" if vietnamese else value.isoformat()
    if isinstance(value, str) or value is None:
        return value or ""
    number = f"{value * 100 if kind is ColumnKind.SHARE else value:,.{_DECIMALS.get(kind, 0)}f}"
    if vietnamese:
        number = number.translate(_VIETNAMESE_MARKS)
    if kind is ColumnKind.SHARE:
        return number + ("\N{NO-BREAK SPACE}%" if vietnamese else "%")
    return number

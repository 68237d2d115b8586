"""Which columns of a file of areas hold code, name, area and level: found by their headings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

from geo.intake.table import RawColumn, RawTable
from planning.columns import FloatArray
from planning.errors import DataError
from planning.folding import fold


class AreaLevel(StrEnum):
    """What kind of area a polygon is; also the stem of the register's columns for it.

    ``COMMUNE`` and ``DISTRICT`` ended on 2025-06-30, ``UNIT`` (xã, phường) began the day after.
    """

    COMMUNE = "commune"
    UNIT = "unit"
    DISTRICT = "district"


CODE_DIGITS: Final = {AreaLevel.COMMUNE: 5, AreaLevel.UNIT: 5, AreaLevel.DISTRICT: 3}
"""Digits of an official code."""

# In order of preference; as geo headings come out of planning.folding.fold.
_CODE: Final = (
    *("ma don vi hanh chinh", "ma dvhc", "ma don vi", "ma dv", "ma xa", "maxa", "ma phuong xa"),
    *("ma huyen", "mahuyen", "ma quan huyen", "unit code", "commune code", "district code"),
    *("level3 id", "level2 id", "ma gso", "gso code", "code", "ma", "ward code", "id"),
)
_NAME: Final = (
    *("fullname", "full name", "ten day du", "ten don vi hanh chinh", "ten dvhc", "ten don vi"),
    *("ten xa", "tenxa", "ten phuong xa", "ten huyen", "tenhuyen", "ten quan huyen"),
    *("unit", "commune", "district", "name", "ten", "xa", "huyen", "ward name"),
)
_AREA: Final = (
    *("areakm2", "area km2", "dien tich km2", "dientichkm2", "dien tich", "dientich", "area"),
    *("dien tich tu nhien", "dt km2"),
)


@dataclass(frozen=True, slots=True)
class AreaColumns:
    """Headings of the columns that describe an area; ``None``: there is none.

    Attributes
    ----------
    code, name : str or None
    area : str or None
        Area as the file states it, to be compared with the polygon's.
    level : str or None
        A column that holds :class:`AreaLevel` values.
    """

    code: str | None = None
    name: str | None = None
    area: str | None = None
    level: str | None = None


def find_columns(table: RawTable, given: AreaColumns | None = None) -> AreaColumns:
    """Find the columns that describe the areas.

    Parameters
    ----------
    table : RawTable
    given : AreaColumns, optional
        What a person decided; only what it leaves open is looked for.

    Returns
    -------
    AreaColumns
    """
    by_heading: dict[str, str] = {}
    for name in table.names:
        by_heading.setdefault(fold(name), name)

    def first(candidates: tuple[str, ...]) -> str | None:
        return next((by_heading[c] for c in candidates if c in by_heading), None)

    found = AreaColumns(first(_CODE), first(_NAME), first(_AREA), first(("level",)))
    if given is None:
        return found
    decided = {field: getattr(given, field) for field in ("code", "name", "area", "level")}
    return replace(found, **{field: name for field, name in decided.items() if name is not None})


def text_of(table: RawTable, heading: str | None) -> pd.Series:
    """Return a column as text, shape (n,); whole numbers without decimals, missing as missing."""
    column = _column(table, heading)
    if column is None:
        return pd.Series([None] * len(table), dtype="str")
    texts = column.texts.reset_index(drop=True).astype("str")
    if column.numbers is None:
        return texts
    written = pd.Series(column.numbers).map("{:.15g}".format, na_action="ignore").astype("str")
    return texts.fillna(written)


def numbers_of(table: RawTable, heading: str | None) -> FloatArray:
    """Return a column as numbers, shape (n,); NaN for what is not plainly a number."""
    column = _column(table, heading)
    if column is None:
        return np.full(len(table), np.nan)
    written = column.texts.str.replace(",", ".", regex=False)
    values = pd.to_numeric(written, errors="coerce").to_numpy(dtype=np.float64)
    return values if column.numbers is None else np.where(np.isnan(values), column.numbers, values)


def level_of(table: RawTable, columns: AreaColumns, codes: pd.Series, file: str) -> AreaLevel:
    """Return the level a file says it is of, or that only one level can have such codes.

    Raises
    ------
    DataError
        If neither is so: communes and the units that followed them share their codes.
    """
    stated = text_of(table, columns.level).dropna().unique()
    if len(stated) == 1 and stated[0] in set(AreaLevel):
        return AreaLevel(stated[0])
    known = codes.dropna()
    if len(known) and known.str.fullmatch(r"\d{1,3}").all():
        return AreaLevel.DISTRICT
    raise DataError("error-boundaries-level", file=file, expected=" | ".join(AreaLevel))


def _column(table: RawTable, heading: str | None) -> RawColumn | None:
    return next((column for column in table.columns if column.name == heading), None)

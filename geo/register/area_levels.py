"""Whether a file of areas holds communes of before July 2025 or units since: told by its own words.

Units took over the codes of communes, often under another name. A code and a name together that
were never one commune are a unit, and the other way round.
"""

from __future__ import annotations

from geo.boundary_columns import CODE_DIGITS, AreaLevel, find_columns, text_of
from geo.intake.table import RawTable
from geo.register.gazetteer import Gazetteer
from geo.register.place_names import exact_key, split_kind


def told_level(table: RawTable, gazetteer: Gazetteer) -> AreaLevel | None:
    """Return the level of a file of areas, if its codes and names leave no doubt.

    Parameters
    ----------
    table : RawTable
    gazetteer : Gazetteer

    Returns
    -------
    AreaLevel or None
        ``None`` unless every area that was of one time only is of the same time.
    """
    columns = find_columns(table)
    codes = text_of(table, columns.code).str.zfill(CODE_DIGITS[AreaLevel.UNIT])
    names = text_of(table, columns.name)
    stated = {
        (code, _said(name))
        for code, name in zip(codes, names, strict=True)
        if isinstance(code, str) and isinstance(name, str)
    }
    communes, units = gazetteer.communes, gazetteer.units
    old = {*zip(communes["commune_code"], map(_said, communes["commune"]), strict=True)}
    new = {*zip(units["unit_code"], map(_said, units["unit"]), strict=True)}
    if stated & (old - new) and not stated & (new - old):
        return AreaLevel.COMMUNE
    if stated & (new - old) and not stated & (old - new):
        return AreaLevel.UNIT
    return None


def _said(name: str) -> tuple[str | None, str]:
    return split_kind(name)[0], exact_key(name)

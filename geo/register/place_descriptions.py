"""Communes and units named so that nobody takes one for the other: code, district, time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from geo.register.gazetteer import Gazetteer

_SHOWN: Final = 4


def describe_communes(gazetteer: Gazetteer, positions: frozenset[int]) -> str:
    """Name communes with code, days of validity and district, in words of no language."""
    table = gazetteer.communes
    return _listed(
        f"{table['commune'].iloc[i]}, {table['district'].iloc[i]} "
        f"({table['commune_code'].iloc[i]}, {_month(table['valid_from'].iloc[i])}–"
        f"{_month(table['valid_to'].iloc[i])})"
        for i in sorted(positions)
    )


def describe_units(gazetteer: Gazetteer, positions: frozenset[int]) -> str:
    """Name units with code and first month."""
    table = gazetteer.units
    return _listed(
        f"{table['unit'].iloc[i]} ({table['unit_code'].iloc[i]}, "
        f"{_month(table['valid_from'].iloc[i])}–)"
        for i in sorted(positions)
    )


def describe(old: frozenset[int], new: frozenset[int], gazetteer: Gazetteer) -> str:
    """Name communes and units, the communes first; a dash if there are none."""
    parts = (describe_communes(gazetteer, old), describe_units(gazetteer, new))
    return " / ".join(part for part in parts if part) or "–"


def _listed(names: Iterator[str]) -> str:
    shown = list(names)
    return " / ".join(shown[:_SHOWN]) + (" / …" if len(shown) > _SHOWN else "")


def _month(day: Any) -> str:
    return f"{day.month}/{day.year}"

"""The columns of a plan's files, table by table, and the words each has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from geo.export.plan_content import LINKS, REASONS, SITES, VILLAGES
from geo.export.table import Column, ColumnKind
from geo.symbology import MapClass
from i18n import Translator
from planning.costs import Mark
from planning.vocabulary import Lane

WAVES: Final = "waves"
COSTS: Final = "costs"
COMPARISON: Final = "comparison"
CONDITIONS: Final = "conditions"

STATUSES: Final[Mapping[str, MapClass]] = {
    "chosen": MapClass.PLANNED,
    "decided": MapClass.PLANNED,
    "left_out": MapClass.LEFT_OUT,
    "waits": MapClass.LEFT_OUT,
    "excluded": MapClass.LEFT_OUT,
}
"""What a plan makes of a village, and how it is drawn; named by ``planfile-status-<value>``."""

_REASON_KINDS: Final = {
    "status": ColumnKind.CHOICE,
    "reason": ColumnKind.TEXT,
    "replacement_cost_vnd": ColumnKind.INTEGER,
    "enters_at_vnd": ColumnKind.INTEGER,
    "needed_budget_vnd": ColumnKind.INTEGER,
    "alternates": ColumnKind.TEXT,
}

COLUMNS: Final[Mapping[str, Mapping[str, ColumnKind]]] = {
    VILLAGES: {
        "rank": ColumnKind.INTEGER,
        "village_id": ColumnKind.TEXT,
        "name": ColumnKind.TEXT,
        "status": ColumnKind.CHOICE,
        "is_connected": ColumnKind.BOOLEAN,
        "wave": ColumnKind.CHOICE,
        "done_on": ColumnKind.DATE,
        "technology": ColumnKind.CHOICE,
        "commune": ColumnKind.TEXT,
        "unit": ColumnKind.TEXT,
        "district": ColumnKind.TEXT,
        "lane": ColumnKind.CHOICE,
        "people": ColumnKind.INTEGER,
        "households": ColumnKind.INTEGER,
        "minority_share": ColumnKind.SHARE,
        "score": ColumnKind.SCORE,
        "shortest_cable_km": ColumnKind.KM,
        "connection_cost_vnd": ColumnKind.INTEGER,
        "equipment_cost_vnd": ColumnKind.INTEGER,
        **{key: kind for key, kind in _REASON_KINDS.items() if key != "status"},
    },
    LINKS: {
        "link_id": ColumnKind.TEXT,
        "from_name": ColumnKind.TEXT,
        "to_name": ColumnKind.TEXT,
        "wave": ColumnKind.CHOICE,
        "technology": ColumnKind.CHOICE,
        "length_km": ColumnKind.KM,
        "cost_vnd": ColumnKind.INTEGER,
        "villages": ColumnKind.INTEGER,
    },
    SITES: {
        "site_id": ColumnKind.TEXT,
        "cost_vnd": ColumnKind.INTEGER,
        "serves": ColumnKind.TEXT,
    },
    WAVES: {
        "wave": ColumnKind.CHOICE,
        "capacity_km": ColumnKind.KM,
        "km": ColumnKind.KM,
        "villages": ColumnKind.INTEGER,
        "people": ColumnKind.INTEGER,
        "cost_vnd": ColumnKind.INTEGER,
        "km_total": ColumnKind.KM,
        "villages_total": ColumnKind.INTEGER,
        "people_total": ColumnKind.INTEGER,
        "cost_total_vnd": ColumnKind.INTEGER,
        "baseline_villages_total": ColumnKind.INTEGER,
        "baseline_people_total": ColumnKind.INTEGER,
    },
    COSTS: {
        "cost": ColumnKind.TEXT,
        "name": ColumnKind.TEXT,
        "used": ColumnKind.NUMBER,
        "unit": ColumnKind.TEXT,
        "mark": ColumnKind.CHOICE,
        "low": ColumnKind.NUMBER,
        "base": ColumnKind.NUMBER,
        "high": ColumnKind.NUMBER,
        "range_mark": ColumnKind.CHOICE,
        "source": ColumnKind.TEXT,
        "url": ColumnKind.TEXT,
    },
    REASONS: {
        "village_id": ColumnKind.TEXT,
        "name": ColumnKind.TEXT,
        **_REASON_KINDS,
    },
    COMPARISON: {
        "way": ColumnKind.TEXT,
        "name": ColumnKind.TEXT,
        "villages": ColumnKind.INTEGER,
        "people": ColumnKind.INTEGER,
        "km": ColumnKind.KM,
        "cost_vnd": ColumnKind.INTEGER,
        "keeps_conditions": ColumnKind.BOOLEAN,
    },
    CONDITIONS: {
        "condition": ColumnKind.TEXT,
        "name": ColumnKind.TEXT,
        "asked": ColumnKind.NUMBER,
        "attained": ColumnKind.NUMBER,
        "attained_without": ColumnKind.NUMBER,
        "price_low_vnd": ColumnKind.INTEGER,
        "price_high_vnd": ColumnKind.INTEGER,
    },
}
"""Columns of every table of a plan, in order. The heading of one is the first that exists of the
messages ``planfile-field-<table>-<key>``, ``planfile-field-<key>``, ``field-<key>``; what it means
stands in those of ``about``."""

_VALUES: Final[Mapping[str, tuple[str, ...]]] = {
    "status": tuple(STATUSES),
    "technology": ("fibre", "mast", "satellite", "microwave"),
    "lane": tuple(map(str, Lane)),
    "mark": tuple(map(str, Mark)),
    "range_mark": tuple(map(str, Mark)),
}
_KEYS: Final[Mapping[str, Callable[[str], str]]] = {
    "status": lambda value: f"planfile-status-{value}",
    "technology": lambda value: f"planfile-technology-{value}",
    "lane": lambda value: f"lane-{value}",
    "mark": lambda value: f"cost-mark-{value}",
    "range_mark": lambda value: f"cost-mark-{value}",
}
"""Values of choices and the messages of their names."""


def export_column(
    table: str, key: str, kind: ColumnKind, waves: Mapping[str, str], words: Translator
) -> Column:
    """Return a column of a table with its words.

    Parameters
    ----------
    table, key : str
    kind : ColumnKind
    waves : mapping of str to str
        Names of the quarters.
    words : Translator
    """
    headings = (f"planfile-field-{table}-{key}", f"planfile-field-{key}", f"field-{key}")
    meanings = (f"planfile-about-{table}-{key}", f"planfile-about-{key}", f"about-{key}")
    return Column(
        key=key,
        label=words(next(filter(words.has, headings))),
        kind=kind,
        description=words(next(filter(words.has, meanings))),
        choices=_choices(key, kind, waves, words),
    )


def _choices(
    key: str, kind: ColumnKind, waves: Mapping[str, str], words: Translator
) -> Mapping[str, str]:
    if kind is ColumnKind.BOOLEAN:
        return {"true": words("yes"), "false": words("no")}
    if key == "wave":
        return waves
    return {value: words(_KEYS[key](value)) for value in _VALUES.get(key, ())}

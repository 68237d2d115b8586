"""The tables of a plan's files, read off the columns they are written with."""

from __future__ import annotations

from typing import Final

from docs.markdown_table import table
from geo.export.table import ColumnKind
from i18n import translator
from services.rollout_export_columns import COLUMNS, export_column

_KINDS: Final = {
    ColumnKind.TEXT: "text",
    ColumnKind.INTEGER: "whole number",
    ColumnKind.NUMBER: "number",
    ColumnKind.SHARE: "share, 0 to 1",
    ColumnKind.SCORE: "score, 0 to 1",
    ColumnKind.KM: "number, km",
    ColumnKind.DATE: "date",
    ColumnKind.BOOLEAN: "true / false",
    ColumnKind.CHOICE: "choice",
}


def plan_tables() -> dict[str, str]:
    """Return the columns of each table of a plan as Markdown, by ``plan <table>``."""
    return {f"plan {key}": _columns(key) for key in COLUMNS}


def _columns(key: str) -> str:
    english, vietnamese = translator("en"), translator("vi")
    rows = []
    for name, kind in COLUMNS[key].items():
        column = export_column(key, name, kind, {}, english)
        said = export_column(key, name, kind, {}, vietnamese)
        values = ", ".join(f"`{value}`" for value in column.choices)
        stored = kind is ColumnKind.CHOICE and values
        meaning = f"{column.description} One of {values}." if stored else column.description
        rows.append((f"`{name}`", _KINDS[kind], column.label, said.label, meaning))
    return table(("column", "holds", "heading", "tiêu đề", "meaning"), rows)

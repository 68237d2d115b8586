"""The changes between two lists in words, village by village."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import pandas as pd

from i18n import Translator
from services.changes import Change
from services.merge import Merge

_SAID_AS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "mobile_state": "state-mobile",
        "fixed_state": "state-fixed",
        "grid_power": "grid_power",
        "kind": "kind",
    }
)
"""How the messages of a field's values begin."""

_YES_NO: Final[Mapping[str, str]] = MappingProxyType({"True": "yes", "False": "no"})


def change_lines(merge: Merge, words: Translator) -> pd.DataFrame:
    """Return the changes of a merge as texts in a language.

    Returns
    -------
    DataFrame
        ``village_id``, ``name``, ``change``, ``field``, ``before`` and ``after``, one row a
        change, empty texts where there is none; unchanged villages are left out.
    """
    changed = merge.changes[merge.changes["change"] != Change.SAME].reset_index(drop=True)
    fields = {
        field: words("change-position") if field == "geometry" else words(f"field-{field}")
        for field in changed["field"].dropna().unique()
    }
    return pd.DataFrame(
        {
            "village_id": changed["village_id"],
            "name": changed["name"],
            "change": changed["change"].map(lambda change: words(f"change-{change}")),
            "field": [fields.get(field, "") for field in changed["field"]],
            "before": _said(changed, "before", words),
            "after": _said(changed, "after", words),
        }
    )


def _said(changed: pd.DataFrame, column: str, words: Translator) -> list[str]:
    return [
        "" if pd.isna(value) else _value(field, str(value), words)
        for field, value in zip(changed["field"], changed[column], strict=True)
    ]


def _value(field: object, value: str, words: Translator) -> str:
    if field in _SAID_AS:
        return words(f"{_SAID_AS[str(field)]}-{value}")
    return words(_YES_NO[value]) if value in _YES_NO else value

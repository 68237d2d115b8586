"""The work queue: villages in the order in which they wait."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.display import display_text
from i18n import Translator
from planning.vocabulary import GAP_SERVICE, Gap
from services.work_queue import Queue

_HEIGHT_PX: Final = 430
_NAME: Final = 60


def choose_from_queue(queue: Queue, gap: Gap, words: Translator) -> pd.Series | None:
    """Show the queue and return the chosen row; ``None`` while none is."""
    chosen: Any = st.dataframe(
        _table(queue, gap, words),
        key=f"updates_queue_{gap}_{words.language}",
        hide_index=True,
        height=_HEIGHT_PX,
        on_select="rerun",
        selection_mode="single-row",
    )
    rows = [row for row in chosen["selection"]["rows"] if row < len(queue.table)]
    return queue.table.iloc[rows[0]] if rows else None


def _table(queue: Queue, gap: Gap, words: Translator) -> pd.DataFrame:
    service = GAP_SERVICE[gap]
    table = queue.table

    def names(column: str) -> list[str]:
        return [
            words("unknown") if pd.isna(value) else display_text(value, _NAME)
            for value in table[column]
        ]

    return pd.DataFrame(
        {
            words("record-what"): [words(f"next-{one}") for one in table["waiting_for"]],
            words("sheet-village"): names("village"),
            words("sheet-commune"): names("commune"),
            words("sheet-status"): [words(f"work-{one}") for one in table["status"]],
            words("sheet-state"): [words(f"state-{service}-{one}") for one in table["state"]],
            words("sheet-observed_on"): [
                "–" if pd.isna(day) else words.date(day.date()) for day in table["observed_on"]
            ],
            words("sheet-village_id"): names("village_id"),
        }
    )

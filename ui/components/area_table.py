"""The table behind coloured areas: what their colours and tooltips say, to read and to copy."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from geo.boundary_columns import AreaLevel
from geo.display import display_text
from i18n import Translator
from planning.vocabulary import Gap
from ui.components.village_table import figures_column, numbers, percents

_HEIGHT_PX = 320


def show_area_table(
    rates: pd.DataFrame, level: AreaLevel, gap: Gap, name: str, words: Translator
) -> None:
    """Show the areas with the highest rate first, folded away until somebody asks for it.

    Parameters
    ----------
    rates : DataFrame
        From :func:`services.boundaries.gap_rates`.
    level : AreaLevel
    gap : Gap
    name : str
        Tells the tables of different pages apart.
    words : Translator
    """
    # Folded away it is not sent at all.
    shown = st.expander(
        words("area-table", level=words(f"area-level-{level}"), gap=words(f"gap-short-{gap}")),
        key=f"areas_{name}_{words.language}",
        on_change="rerun",
    )
    if not shown.open:
        return
    with shown:
        st.dataframe(
            area_table(rates, words),
            column_config={
                "name": words("area-name"),
                "code": words("area-code"),
                "rate": figures_column(words("area-rate")),
                "lacking": figures_column(words("status-lacking")),
                "known": figures_column(words("area-known")),
                "unknown": figures_column(words("status-unknown")),
            },
            hide_index=True,
            height=min(_HEIGHT_PX, 38 + 35 * max(len(rates), 1)),
        )


def area_table(rates: pd.DataFrame, words: Translator) -> pd.DataFrame:
    """Write the areas, highest rate first, those without a rate last; file order among equals."""
    ordered = rates.sort_values("rate", ascending=False, kind="stable", na_position="last")
    return pd.DataFrame(
        {
            "name": [display_text(name, 80) for name in ordered["name"]],
            "code": [display_text(code, 20) for code in ordered["code"]],
            "rate": percents(ordered["rate"], words),
            "lacking": numbers(ordered["lacking"], words),
            "known": numbers(ordered["known"], words),
            "unknown": numbers(ordered["unknown"], words),
        }
    )

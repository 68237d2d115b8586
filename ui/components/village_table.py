"""Tables of villages; a row can be chosen like a point on the map."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import streamlit as st

from geo.display import display_text
from i18n import Translator
from planning.vocabulary import Criterion, Gap, PositionBasis
from services.assess import Assessment
from services.prioritise import Ranking
from services.province import Province
from ui import state
from ui.theme import CRITERION_COLOUR

_HEIGHT_PX = 420
_BAR_PX = {Criterion.DISTANCE: 115, Criterion.POPULATION: 100, Criterion.MINORITY: 205}
"""Wide enough for the headings, narrow enough for the lane to stay in sight on a laptop."""


def village_table(province: Province, assessment: Assessment, words: Translator) -> pd.DataFrame:
    """Write the list of all villages, those that lack most first.

    Writing a thousand names and numbers costs more than all the rest of a page, so it is done
    once a day and language (:func:`ui.cache.village_list`) and filtered for each user.

    Returns
    -------
    DataFrame
        Indexed by register row.
    """
    register, states = province.villages, assessment.villages
    gaps = np.sum([assessment.lacking[gap] for gap in Gap], axis=0)
    table = pd.DataFrame(
        {
            "name": _names(register["name"]),
            "commune": _names(register["commune"]),
            "district": _names(register["district"]),
            "mobile": _said(states["mobile_state"], "state-mobile", words),
            "fixed": _said(states["fixed_state"], "state-fixed", words),
            "lane": _said(states["lane"], "lane", words),
            "people": numbers(register["people"], words),
            "minority": percents(register["minority_share"], words),
            "id": register["village_id"],
        }
    )
    # Words that come back in many rows travel to the browser once each.
    repeated = ["commune", "district", "mobile", "fixed", "lane"]
    table = table.astype(dict.fromkeys(repeated, "category"))
    return table.iloc[np.argsort(-gaps, kind="stable")]


def show_village_list(
    table: pd.DataFrame, visible: npt.NDArray[np.bool_], words: Translator
) -> None:
    """Show the villages that pass the filter; a click on a row chooses its village.

    Parameters
    ----------
    table : DataFrame
        From :func:`village_table`.
    visible : ndarray of bool, shape (n,)
        In register order.
    words : Translator
    """
    columns = {
        "name": words("field-name"),
        "commune": words("field-commune"),
        "district": words("field-district"),
        "mobile": words("field-mobile_state"),
        "fixed": words("field-fixed_state"),
        "lane": words("field-lane"),
        "people": figures_column(words("field-people")),
        "minority": figures_column(words("field-minority_share")),
        "id": words("field-village_id"),
    }
    shown = table[visible[table.index]].reset_index(drop=True)
    _show(shown, columns, "village_list", _HEIGHT_PX)


def show_ranked_list(ranking: Ranking, rows: pd.DataFrame, words: Translator) -> None:
    """Show ranked villages with the parts of their scores as bars; a click chooses one.

    Parameters
    ----------
    ranking : Ranking
    rows : DataFrame
        Rows of ``ranking.table`` to show.
    words : Translator
    """
    with_interval = bool(ranking.question.draws)
    table = pd.DataFrame(
        {
            "rank": rows["rank"],
            "name": _names(rows["name"]),
            "total": numbers(rows["total"], words, 3),
            # Bars in whole hundredths: their labels then need no decimal mark.
            **{f"{c}_bar": (100 * rows[f"{c}_score"]).round() for c in Criterion},
            "lane": _said(rows["lane"], "lane", words),
            "interval": _intervals(rows, words) if with_interval else "–",
            "top_share": percents(rows["top_share"], words, 0),
            "commune": _names(rows["commune"]),
            "district": _names(rows["district"]),
            "distance": numbers(rows["distance_km"], words, 2),
            "people": numbers(rows["people"], words),
            "minority_share": percents(rows["minority_share"], words),
            "access": percents(rows["access"], words),
            "power": _said(rows["grid_power"], "grid_power", words),
            "id": rows["village_id"],
        }
    )
    columns = {
        "rank": st.column_config.NumberColumn(words("field-rank"), width="small"),
        "name": words("field-name"),
        "commune": words("field-commune"),
        "district": words("field-district"),
        "total": figures_column(words("field-total"), words("about-total")),
        **{
            f"{c}_bar": st.column_config.ProgressColumn(
                words(f"criterion-{c}"),
                help=words(f"about-{c}_score"),
                min_value=0,
                max_value=100,
                format="%d",
                width=_BAR_PX[c],
                color=CRITERION_COLOUR[c],
            )
            for c in Criterion
        },
        "interval": st.column_config.TextColumn(
            words("cli-interval"), help=words("note-interval-text", draws=ranking.question.draws)
        ),
        "top_share": figures_column(words("field-top_share"), words("about-top_share")),
        "lane": words("field-lane"),
        "distance": figures_column(words("field-distance_km"), words("about-distance_km")),
        "people": figures_column(words("field-people")),
        "minority_share": figures_column(words("field-minority_share")),
        "access": figures_column(words("field-access"), words("about-access")),
        "power": words("field-grid_power"),
        "id": words("field-village_id"),
    }
    _show(table, columns, "ranked_list", _HEIGHT_PX)
    if (rows["position_basis"] == PositionBasis.COMMUNE_CENTRE).any():
        st.caption(words("no-distance-commune-centre"))


def _show(table: pd.DataFrame, columns: dict[str, Any], key: str, height: int) -> None:
    st.dataframe(
        table,
        column_config=columns,
        hide_index=True,
        height=min(height, 38 + 35 * max(len(table), 1)),
        on_select=partial(_choose_row, key, table["id"]),
        selection_mode="single-row",
        key=key,
    )


def _choose_row(key: str, ids: pd.Series[str]) -> None:
    chosen = state.said(key)["selection"]["rows"]
    # The browser's word: it may speak of a longer list than the one it was sent last.
    if chosen and chosen[0] < len(ids):
        state.choose_village(str(ids.iloc[chosen[0]]))


def _names(column: pd.Series) -> list[str]:
    return [display_text(value, 80) for value in column]


def _said(column: pd.Series, prefix: str, words: Translator) -> pd.Series:
    said = {value: words(f"{prefix}-{value}") for value in column.dropna().unique()}
    return column.map(said)


def _intervals(rows: pd.DataFrame, words: Translator) -> list[str]:
    return [
        f"{words.number(low)}–{words.number(high)}"
        for low, high in zip(rows["rank_low"], rows["rank_high"], strict=True)
    ]


def numbers(column: pd.Series, words: Translator, decimals: int = 0) -> list[str]:
    """Write numbers as the language does, padded so that sorting text sorts numbers.

    A browser would write them in the language of the machine, not of the page.
    """
    return padded(["–" if pd.isna(n) else words.number(n, decimals) for n in column])


def percents(column: pd.Series, words: Translator, decimals: int = 1) -> list[str]:
    """Write shares as per cent; see :func:`numbers`."""
    return padded(["–" if pd.isna(n) else words.percent(n, decimals) for n in column])


def padded(texts: list[str]) -> list[str]:
    """Make texts equally long with blanks in front."""
    width = max(map(len, texts), default=0)
    return [text.rjust(width) for text in texts]


def figures_column(label: str, about: str | None = None) -> Any:
    """Return the look of a column of written numbers."""
    return st.column_config.TextColumn(label, help=about, alignment="right")

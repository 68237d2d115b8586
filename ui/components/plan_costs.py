"""What things cost: the case, unit costs to replace by local quotes, roads and heights."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Final, cast

import pandas as pd
import streamlit as st

from geo.display import display_text
from i18n import Translator
from planning.columns import each_row
from planning.costs import Case, Cost, Mark
from planning.vocabulary import DEFAULT_ROUTE_FACTOR
from services.rollout_values import COST_CASES, RolloutQuestion
from ui import cache, state
from ui.components.controls import choose_one, enter_number
from ui.components.village_table import figures_column
from ui.theme import show_uploader_words
from ui.uploads import keep_upload

_ROADS: Final = (".geojson", ".json", ".gpkg", ".zip", ".kml", ".kmz", ".parquet", ".geoparquet")
_HEIGHTS: Final = (".tif", ".tiff")
_SIGN: Final = {Mark.ESTIMATE: "≈", Mark.GIVEN: "✎", Mark.DERIVED: "∂", Mark.SOURCED: "§"}
_ROW_PX: Final = 35
_NAME_PX: Final = 270
_FIXED: Final = ("name", "used", "range", "unit", "mark", "source")


def choose_costs(question: RolloutQuestion, words: Translator) -> RolloutQuestion:
    """Show unit costs and files of the ground; return the question with them."""
    with st.expander(words("planpage-costs"), icon=":material/payments:"):
        case_column, factor_column = st.columns([2.4, 1], vertical_alignment="bottom")
        with case_column:
            case = choose_one(
                words("planpage-cost-case"),
                {case: words(f"planpage-cost-case-{case}") for case in COST_CASES},
                state.COST_CASE,
                "base",
                words.language,
                help=words("planpage-cost-case-help"),
            )
        with factor_column:
            factor = enter_number(
                words("note-route-factor"),
                (1.0, 10.0),
                DEFAULT_ROUTE_FACTOR,
                state.ROUTE_FACTOR,
                words.language,
                step=0.1,
                help=words("route-factor-help"),
            )
        question = replace(question, cost_case=cast(Case, case), route_factor=factor)
        question = replace(question, cost_values=_edit_costs(question, words))
        st.markdown(f"**{words('planpage-ground')}**")
        roads_column, heights_column = st.columns(2, gap="medium")
        with roads_column:
            roads = _upload("roads", _ROADS, words)
            st.caption(words("planpage-roads-note"))
        with heights_column:
            heights = _upload("dem", _HEIGHTS, words)
            st.caption(words("planpage-dem-note"))
    return replace(question, roads=roads, dem=heights)


def _edit_costs(question: RolloutQuestion, words: Translator) -> dict[str, float]:
    """Show the unit costs that have a say; return those the user has replaced."""
    lines = cache.cost_lines(
        question.cost_case, question.technology, question.power_first, question.dem is not None
    )
    given = _given()
    name = f"cost_{question.technology}_{question.cost_case}_{question.power_first}"
    # The editor keeps its edits only while the table it was given stays the same.
    first = state.remembered(f"{name}_first", given)
    state.remember(f"{name}_first", first)
    table = pd.DataFrame(
        {
            "name": [words(line.message) for line in each_row(lines)],
            "own": [first.get(line.key) for line in each_row(lines)],
            "used": [_amount(line.used, line.unit, words) for line in each_row(lines)],
            "range": [_range(line, words) for line in each_row(lines)],
            "unit": [
                words(f"cost-unit-{line.unit}", currency=line.currency or "")
                for line in each_row(lines)
            ],
            "mark": [
                f"{_SIGN[Mark(line.mark)]} {words(f'cost-mark-{line.mark}')}"
                for line in each_row(lines)
            ],
            "source": [display_text(line.source, 160) for line in each_row(lines)],
        }
    ).astype({"own": "float64"})
    edited = st.data_editor(
        table,
        column_config=_columns(words),
        disabled=_FIXED,
        hide_index=True,
        num_rows="fixed",
        height=_ROW_PX * (len(table) + 1) + 3,
        placeholder="–",
        key=f"{name}_{words.language}",
    )
    st.caption(words("planpage-costs-note"))
    own = {
        str(key): float(value)
        for key, value in zip(lines["key"], edited["own"], strict=True)
        if pd.notna(value)
    }
    elsewhere = {key: value for key, value in given.items() if key not in set(lines["key"])}
    state.keep_pairs(state.COSTS, {k: f"{v:.10g}" for k, v in {**elsewhere, **own}.items()})
    return own


def _columns(words: Translator) -> dict[str, Any]:
    return {
        "name": st.column_config.TextColumn(words("planpage-cost-name"), width=_NAME_PX),
        "own": st.column_config.NumberColumn(
            words("planpage-cost-own"), help=words("planpage-cost-own-help"), min_value=0.0
        ),
        "used": figures_column(words("planpage-cost-used")),
        "range": figures_column(words("planpage-cost-range")),
        "unit": words("planpage-cost-unit"),
        "mark": words("planpage-cost-mark"),
        "source": words("cli-source"),
    }


def _given() -> dict[str, float]:
    """Return the user's own unit costs, as the session or the address has them."""
    given = {}
    for key, text in state.recall_pairs(state.COSTS).items():
        try:
            value = float(text)
        except ValueError:
            continue
        if key in set(Cost) and 0 <= value < float("inf"):
            given[key] = value
    return given


def _range(line: Any, words: Translator) -> str:
    low, high = (_amount(value, line.unit, words) for value in (line.low, line.high))
    return low if low == high else f"{low} – {high}"


def _amount(value: float, unit: str, words: Translator) -> str:
    if unit in {"share", "share_per_year"}:
        return words.percent(value)
    return words.number(value, 0 if float(value).is_integer() else 1)


def _upload(name: str, suffixes: tuple[str, ...], words: Translator) -> Path | None:
    """Show the place to drop a file on; it stays in use while its user looks at another page."""
    nothing: tuple[str, Path] | None = None
    key = f"plan_{name}_{words.language}"
    show_uploader_words(
        key,
        words("import-choose"),
        words(
            "import-limits",
            megabytes=st.get_option("server.maxUploadSize"),
            suffixes=", ".join(suffixes),
        ),
    )
    upload = st.file_uploader(words(f"planpage-{name}"), type=[s[1:] for s in suffixes], key=key)
    if upload is not None:
        path = keep_upload(cache.state_folder() / "uploads", upload.name, upload.getvalue())
        state.remember(f"plan_{name}", (upload.name, path))
        return path
    kept = state.remembered(f"plan_{name}", nothing)
    if kept is None or not kept[1].is_file():
        return None
    st.button(
        words("planpage-upload-kept", file=display_text(kept[0], 60)),
        icon=":material/close:",
        on_click=state.remember,
        args=(f"plan_{name}", None),
        key=f"plan_{name}_drop",
    )
    return kept[1]

"""Plans kept under a name, and two of them side by side."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.display import display_text, escape_markdown
from i18n import Translator
from planning.authority import Act
from planning.columns import each_row
from services import scenarios
from services.recording import keep_plan
from services.rollout_values import RolloutPlan
from services.scenarios import Scenario, ScenarioComparison
from ui import cache, state
from ui.components.plan_words import say_km, say_money, say_wave
from ui.components.village_table import figures_column, padded
from ui.identity import may, require

_HEIGHT_PX: Final = 420


def show_scenarios(plan: RolloutPlan, words: Translator) -> None:
    """Let the plan be kept, and two kept plans be compared."""
    _show_saving(plan, words)
    kept = scenarios.list_saved()
    if len(kept) < 2:
        key = "planpage-saved-one" if kept else "planpage-saved-none"
        st.info(words(key), icon=":material/compare:")
        return
    left, right = st.columns(2, gap="medium")
    with left:
        a = _choose("a", kept, 1, words)
    with right:
        b = _choose("b", kept, 0, words)
    found = scenarios.compare(scenarios.load(a), scenarios.load(b))
    if not found.same_data:
        st.warning(words("planpage-compare-other-data"), icon=":material/warning:")
    st.table(_totals(found, words))
    _show_villages(found, words)


def _show_saving(plan: RolloutPlan, words: Translator) -> None:
    name, button = st.columns([3, 1], vertical_alignment="bottom")
    called = name.text_input(
        words("planpage-save-name"),
        value=_proposed(plan, words),
        max_chars=scenarios.MOST_LETTERS,
        key=f"plan_save_name_{plan.totals.plan_hash[:12]}_{words.language}",
    )
    pressed = button.button(
        words("planpage-save"),
        icon=":material/save:",
        key="plan_save",
        width="stretch",
        disabled=not may(Act.SAVE_PLAN, words),
    )
    if pressed:
        actor = require(Act.SAVE_PLAN, words)
        now = datetime.now().astimezone()
        saved = scenarios.save(called or "", plan, now)
        keep_plan(cache.base_province(), cache.begun_record(), actor, saved, plan, now=now)
        st.success(
            words("planpage-saved", name=escape_markdown(saved.name, 120)),
            icon=":material/check_circle:",
        )


def _proposed(plan: RolloutPlan, words: Translator) -> str:
    count = words("planpage-villages", count=plan.totals.villages)
    parts = [words(f"gap-short-{plan.question.gap}"), count, say_money(plan.totals.cost_vnd, words)]
    return ", ".join(parts)


def _choose(side: str, kept: tuple[Scenario, ...], first: int, words: Translator) -> str:
    labels = {
        one.key: display_text(f"{one.name} · {words.date(one.saved_at.date())}", 160)
        for one in kept
    }
    name = f"plan_compare_{side}"
    if state.remembered(name, kept[first].key) not in labels:
        state.remember(name, kept[first].key)
    key = state.local_key(name, words.language, kept[first].key)
    chosen = st.selectbox(
        words(f"planpage-compare-{side}"),
        list(labels),
        format_func=labels.__getitem__,
        key=key,
        on_change=_remember,
        args=(name, key),
    )
    return str(chosen)


def _remember(name: str, key: str) -> None:
    state.remember(name, state.said(key))


def _totals(found: ScenarioComparison, words: Translator) -> pd.DataFrame:
    rows = [
        {
            words("planpage-compare-figure"): words(f"planpage-total-{line.figure}"),
            "A": _figure(line.figure, line.a, words),
            "B": _figure(line.figure, line.b, words),
            words("planpage-compare-difference"): _signed(line.figure, line.difference, words),
        }
        for line in each_row(found.totals)
    ]
    return pd.DataFrame(rows).set_index(words("planpage-compare-figure"))


def _figure(figure: str, value: Any, words: Translator) -> str:
    if value is None or pd.isna(value):
        return "–"
    match figure:
        case "cost_vnd":
            return say_money(value, words)
        case "km":
            return say_km(float(value), words)
        case "minority_share" | "gap":
            return words.percent(float(value))
    return words.number(float(value))


def _signed(figure: str, value: Any, words: Translator) -> str:
    if value is None or pd.isna(value):
        return "–"
    if _figure(figure, abs(value), words) == _figure(figure, 0.0, words):
        return "="
    return ("+" if value > 0 else "−") + _figure(figure, abs(value), words)


def _show_villages(found: ScenarioComparison, words: Translator) -> None:
    is_other = [_differs(one) for one in each_row(found.villages)]
    count = sum(is_other)
    st.markdown(f"**{words('planpage-compare-villages', count=count)}**")
    everything = st.toggle(words("planpage-compare-all"), key="plan_compare_all")
    shown = found.villages if everything else found.villages[is_other]
    if shown.empty:
        st.info(words("planpage-compare-same"), icon=":material/equal:")
        return
    table = pd.DataFrame(
        {
            "name": [display_text(name, 80) for name in shown["village"]],
            "district": [display_text(name, 60) for name in shown["district"]],
            "where": [words(f"planpage-compare-{status}") for status in shown["status"]],
            "a": [_how(one, "a", words) for one in each_row(shown)],
            "b": [_how(one, "b", words) for one in each_row(shown)],
            "cost": padded(
                [_signed("cost_vnd", value, words) for value in shown["cost_difference_vnd"]]
            ),
            "id": shown["village_id"],
        }
    )
    st.dataframe(
        table,
        column_config={
            "name": words("field-name"),
            "district": words("field-district"),
            "where": words("planpage-compare-where"),
            "a": "A",
            "b": "B",
            "cost": figures_column(words("planpage-compare-cost")),
            "id": words("field-village_id"),
        },
        hide_index=True,
        height=min(_HEIGHT_PX, 38 + 35 * len(table)),
    )


def _differs(village: Any) -> bool:
    if village.status in {"only_a", "only_b"}:
        return True
    return bool(village.status == "both") and bool(
        village.technology_a != village.technology_b or village.wave_a != village.wave_b
    )


def _how(village: Any, side: str, words: Translator) -> str:
    technology, wave = getattr(village, f"technology_{side}"), getattr(village, f"wave_{side}")
    if not isinstance(technology, str):
        return "–"
    said = words(f"planpage-by-{technology}")
    return f"{said}, {say_wave(wave, words)}" if technology == "fibre" else said

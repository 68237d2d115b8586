"""When the question has no plan: which limits conflict, and one press for each way out."""

from __future__ import annotations

import math
from typing import Any, Final

import streamlit as st

from geo.display import escape_markdown
from i18n import Translator
from services.rollout_values import Conflict, ConflictLine, RolloutQuestion
from ui import state
from ui.components.plan_words import say_conflict

_BILLION: Final = 1e9
_M_A_KM: Final = 1000.0
_HAIR: Final = 1e-6


def show_conflict(conflict: Conflict, question: RolloutQuestion, words: Translator) -> None:
    """Say why there is no plan as asked, and offer the nearest questions that have one."""
    with st.container(border=True, key="plan_conflict"):
        st.markdown(f"**:material/block: {words('planpage-conflict')}**")
        st.markdown(
            words("planpage-conflict-note" if len(conflict.lines) > 1 else "planpage-conflict-one")
        )
        for at, line in enumerate(conflict.lines):
            _show_line(line, question, f"plan_way_{at}", words)
        if conflict.further:
            st.markdown(words("planpage-conflict-further"))
            for at, line in enumerate(conflict.further):
                _show_line(line, question, f"plan_way_further_{at}", words)
        if not any(way_out(line, question) for line in (*conflict.lines, *conflict.further)):
            _offer_lifting(question, words)
        if conflict.given_way:
            given = "; ".join(say_conflict(line, words) for line in conflict.given_way)
            st.caption(f"{words('planpage-conflict-shown')}: {escape_markdown(given, 600)}")


def _show_line(line: ConflictLine, question: RolloutQuestion, key: str, words: Translator) -> None:
    said, button = st.columns([3, 1], vertical_alignment="center")
    said.markdown(f"- {escape_markdown(say_conflict(line, words), 400)}")
    values = way_out(line, question)
    if values and (line.is_enough or line.nearest is not None):
        button.button(
            words("planpage-conflict-take"),
            icon=":material/redo:",
            on_click=_take,
            args=(words.language, values),
            key=key,
            width="stretch",
        )


def _offer_lifting(question: RolloutQuestion, words: Translator) -> None:
    """Offer to take side conditions back, where no limit has a nearest value worth asking for."""
    offers = lifted(question)
    if offers:
        st.markdown(words("planpage-conflict-lift"))
    with st.container(horizontal=True):
        for name, values in offers.items():
            st.button(
                words(f"planpage-lift-{name}"),
                icon=":material/remove_circle:",
                on_click=_take,
                args=(words.language, values),
                key=f"plan_lift_{name}",
            )


def lifted(question: RolloutQuestion) -> dict[str, dict[str, Any]]:
    """Return the side conditions of a question, each with the choices that take it back."""
    nothing: list[str] = []
    offers: dict[str, tuple[bool, dict[str, Any]]] = {
        "minority": (question.min_minority_share is not None, {state.LEAST_MINORITY: 0}),
        "districts": (bool(question.min_per_district), {state.DISTRICTS_ASKED: nothing}),
        "decided": (bool(question.decided), {state.DECIDED: nothing}),
        "excluded": (bool(question.excluded), {state.EXCLUDED: nothing}),
        "reach": (question.reach_m is not None, {state.REACH: 0}),
    }
    return {name: values for name, (is_set, values) in offers.items() if is_set}


def way_out(line: ConflictLine, question: RolloutQuestion) -> dict[str, Any]:
    """Return the choices, by name in the address, that give way where a line says.

    Rounded to the side on which there is a plan; empty where only a person can say what to do.
    """
    kind = line.message.removeprefix("conflict-")
    village = line.values.get("village_id")
    match kind:
        case "locked":
            return {state.DECIDED: [one for one in question.decided if one != village]}
        case "forbidden":
            return {state.EXCLUDED: [one for one in question.excluded if one != village]}
        case "power":
            return {state.POWER_FIRST: "allowed"}
    return {} if line.nearest is None else _nearest(kind, line.nearest, line, question)


def _nearest(
    kind: str, nearest: float, line: ConflictLine, question: RolloutQuestion
) -> dict[str, Any]:
    down = math.floor(nearest + _HAIR)
    match kind:
        case "quota" if down >= 1:
            return {state.CONNECT: down}
        case "budget":
            return {state.BUDGET: math.ceil(nearest / _BILLION * 100 - _HAIR) / 100}
        case "minority_share":
            return {state.LEAST_MINORITY: math.floor(nearest * 100 + _HAIR)}
        case "reach":
            return {state.REACH: math.ceil(nearest / _M_A_KM - _HAIR)}
        case "district":
            return _fewer_of(str(line.values.get("code", "")), down, question)
    return {}


def _fewer_of(code: str, count: int, question: RolloutQuestion) -> dict[str, Any]:
    if count >= 1:
        return {f"{state.LEAST_OF_DISTRICT}.{code}": count}
    return {state.DISTRICTS_ASKED: [one for one in question.min_per_district if one != code]}


def _take(language: str, values: dict[str, Any]) -> None:
    state.set_values(language, values)
    state.remember("plan_start", True)

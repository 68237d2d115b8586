"""Presets and sliders: what the ranking is asked."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import streamlit as st

from i18n import Translator
from planning.vocabulary import (
    DEFAULT_PRESET,
    DEFAULT_ROUTE_FACTOR,
    PRESETS,
    Criterion,
    Direction,
    Gap,
    Weights,
)
from services.prioritise import DEFAULT_TOP, Question
from ui import state
from ui.components.controls import (
    choose_amount,
    choose_one,
    enter_count,
    enter_number,
    whole_number,
)

_DEFAULT_WEIGHTS, _DEFAULT_DIRECTION = PRESETS[DEFAULT_PRESET]
_STEP: Final = 5
_MOST_TOP: Final = 100_000


def choose_gap(words: Translator) -> Gap:
    """Show which gap is ranked."""
    gaps = (Gap.FIBRE, Gap.MOBILE, Gap.NO_SIGNAL)
    chosen = choose_one(
        words("filter-gap"),
        {str(gap): words(f"gap-{gap}") for gap in gaps},
        state.RANKED_GAP,
        str(Gap.FIBRE),
        words.language,
    )
    return Gap(chosen)


def choose_question(gap: Gap, as_of: date, most: int, words: Translator) -> Question:
    """Show presets, sliders, direction, list length and route factor.

    Parameters
    ----------
    gap : Gap
    as_of : date
    most : int
        Villages that have the gap.
    words : Translator
    """
    language = words.language
    presets = st.container(horizontal=True, key="presets")
    chosen = {}
    for criterion, column in zip(Criterion, st.columns(3), strict=True):
        with column:
            chosen[criterion] = choose_amount(
                words(f"criterion-{criterion}"),
                (0, 100),
                _percent(_DEFAULT_WEIGHTS, criterion),
                state.WEIGHTS[criterion],
                language,
                step=_STEP,
                help=words(f"about-{criterion}_score"),
            )
    left, middle, right = st.columns([2, 1, 1], vertical_alignment="bottom")
    with left:
        direction = Direction(
            choose_one(
                words("note-direction"),
                {str(d): words(f"direction-{d}") for d in Direction},
                state.DIRECTION,
                str(_DEFAULT_DIRECTION),
                language,
                help=words("direction-help"),
            )
        )
    with middle:
        top = enter_count(words("top-length"), (1, _MOST_TOP), DEFAULT_TOP, state.TOP, language)
    with right:
        route_factor = enter_number(
            words("note-route-factor"),
            (1.0, 10.0),
            DEFAULT_ROUTE_FACTOR,
            state.ROUTE_FACTOR,
            language,
            step=0.1,
            help=words("route-factor-help"),
        )
    if any(chosen.values()):
        weights = Weights(*(chosen[criterion] / 100 for criterion in Criterion))
    else:
        st.warning(words("weights-all-zero"), icon=":material/balance:")
        weights = _DEFAULT_WEIGHTS
    with presets:
        _show_presets(weights, direction, words)
    return Question(
        gap=gap,
        as_of=as_of,
        weights=weights,
        direction=direction,
        route_factor=route_factor,
        top=min(top, max(most, 1)),
    )


def recall_weighting() -> tuple[Weights, Direction]:
    """Return the weighting chosen on the page of priorities, for pages that only use it."""
    percents = [
        state.recall(state.WEIGHTS[c], _percent(_DEFAULT_WEIGHTS, c), whole_number)
        for c in Criterion
    ]
    name = state.recall(state.DIRECTION, str(_DEFAULT_DIRECTION), str)
    direction = Direction(name) if name in set(Direction) else _DEFAULT_DIRECTION
    weights = Weights(*(min(p, 100) / 100 for p in percents))
    return (weights if any(percents) else _DEFAULT_WEIGHTS), direction


def choose_other_preset(words: Translator) -> tuple[Weights, Direction]:
    """Show a preset to compare with."""
    name = choose_one(
        words("compare-with"),
        {preset: words(f"preset-{preset}") for preset in PRESETS},
        state.COMPARED,
        "equity",
        words.language,
    )
    return PRESETS[name]


def _show_presets(weights: Weights, direction: Direction, words: Translator) -> None:
    for name, preset in PRESETS.items():
        same = _rounded(preset[0]) == _rounded(weights) and preset[1] == direction
        st.button(
            words(f"preset-{name}"),
            type="primary" if same else "secondary",
            on_click=state.set_values,
            args=(words.language, _values_of(*preset)),
            key=f"preset_{name}",
        )


def _values_of(weights: Weights, direction: Direction) -> dict[str, Any]:
    values: dict[str, Any] = {state.WEIGHTS[c]: _percent(weights, c) for c in Criterion}
    return values | {state.DIRECTION: str(direction)}


def _percent(weights: Weights, criterion: Criterion) -> int:
    return round(100 * float(getattr(weights, criterion)))


def _rounded(weights: Weights) -> tuple[float, ...]:
    return tuple(round(share, 6) for share in weights.shares())

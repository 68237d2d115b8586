"""Widgets whose values live in the URL under stable names; see :mod:`ui.state`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from ui import state


def choose_one(
    label: str,
    options: Mapping[str, str],
    name: str,
    default: str,
    language: str,
    *,
    listed: bool = False,
    **looks: Any,
) -> str:
    """Show a choice of one; return its stable value.

    Parameters
    ----------
    label : str
    options : Mapping
        Stable value to what is shown.
    name : str
        Name in the URL.
    default : str
    language : str
    listed : bool
        A drop-down list instead of buttons, for many options.
    **looks
        Passed to the widget.
    """
    values = list(options)

    def among(value: str) -> str:
        return value if value in options else default

    key = state.start(name, language, default, among, among)
    if listed:
        chosen = st.selectbox(label, values, format_func=options.__getitem__, key=key, **looks)
    else:
        chosen = st.segmented_control(
            label, values, required=True, format_func=options.__getitem__, key=key, **looks
        )
    value = chosen or default
    state.keep(name, value, default)
    return value


def choose_some(
    label: str, options: Mapping[str, str], name: str, language: str, **looks: Any
) -> list[str]:
    """Show a choice of any number; return the stable values, none by default."""

    def among(values: list[str]) -> list[str]:
        return [value for value in values if value in options]

    none: list[str] = []
    key = state.start(name, language, none, state.parts_of, among)
    chosen = st.multiselect(label, list(options), format_func=options.__getitem__, key=key, **looks)
    state.keep(name, list(chosen), [])
    return list(chosen)


def choose_range(
    label: str, bounds: tuple[int, int], name: str, language: str, **looks: Any
) -> tuple[int, int]:
    """Show a range slider of whole numbers; return both ends, everything by default."""
    low, high = bounds

    def parsed(text: str) -> tuple[int, int] | None:
        ends = state.parts_of(text)
        if len(ends) != 2 or not all(end.isdecimal() for end in ends):
            return None
        return int(ends[0]), int(ends[1])

    def within(ends: tuple[int, int]) -> tuple[int, int]:
        first, last = (min(max(end, low), high) for end in ends)
        return min(first, last), max(first, last)

    key = state.start(name, language, (low, high), parsed, within)
    chosen = st.slider(label, low, high, key=key, **looks)
    ends = (int(chosen[0]), int(chosen[1]))
    state.keep(name, ends, (low, high))
    return ends


def choose_amount(
    label: str, bounds: tuple[int, int], default: int, name: str, language: str, **looks: Any
) -> int:
    """Show a slider of whole numbers."""
    low, high = bounds
    key = state.start(name, language, default, whole_number, lambda n: min(max(n, low), high))
    chosen = int(st.slider(label, low, high, key=key, **looks))
    state.keep(name, chosen, default)
    return chosen


def enter_count(
    label: str, bounds: tuple[int, int], default: int, name: str, language: str, **looks: Any
) -> int:
    """Show a whole number to type."""
    low, high = bounds
    key = state.start(name, language, default, whole_number, lambda n: min(max(n, low), high))
    chosen = int(st.number_input(label, low, high, key=key, **looks))
    state.keep(name, chosen, default)
    return chosen


def enter_number(
    label: str, bounds: tuple[float, float], default: float, name: str, language: str, **looks: Any
) -> float:
    """Show a number to type."""
    low, high = bounds
    key = state.start(name, language, default, _real, lambda n: min(max(n, low), high))
    chosen = float(st.number_input(label, low, high, key=key, **looks))
    state.keep(name, chosen, default)
    return chosen


def enter_day(label: str, name: str, default: date, language: str, **looks: Any) -> date:
    """Show a day to choose."""
    key = state.start(name, language, default, _day)
    chosen = st.date_input(label, key=key, format="DD/MM/YYYY", **looks)
    value = chosen if isinstance(chosen, date) else default
    state.keep(name, value, default)
    return value


def enter_text(label: str, name: str, language: str, **looks: Any) -> str:
    """Show a line to type, empty by default."""
    key = state.start(name, language, "", str)
    chosen = st.text_input(label, key=key, **looks) or ""
    state.keep(name, chosen, "")
    return chosen


def enter_texts(
    labels: Mapping[str, str], name: str, language: str, **looks: Any
) -> dict[str, str]:
    """Show a line to type for each of several things; return those of all, empty by default.

    Parameters
    ----------
    labels : mapping
        Stable value of each to what stands above its line.
    """
    given = state.recall_pairs(name)
    said = {}
    for part, label in labels.items():
        key = state.local_key(f"{name}.{part}", language, given.get(part, ""))
        said[part] = st.text_input(label, key=key, **looks) or ""
        state.remember(f"{name}.{part}", said[part])
    state.keep_pairs(name, {part: text for part, text in said.items() if text})
    return said


def enter_counts(
    most: Mapping[str, int], labels: Mapping[str, str], name: str, language: str, **looks: Any
) -> dict[str, int]:
    """Show a whole number to type for each of several things, from 1 to the most of each."""
    given = state.recall_pairs(name)
    said = {}
    for part, label in labels.items():
        top = max(most[part], 1)
        first = whole_number(given.get(part, "")) or 1
        key = state.local_key(f"{name}.{part}", language, first, partial(_between, low=1, high=top))
        said[part] = int(st.number_input(label, 1, top, key=key, **looks))
        state.remember(f"{name}.{part}", said[part])
    state.keep_pairs(name, {part: str(count) for part, count in said.items()})
    return said


def whole_number(text: str) -> int | None:
    """Read a whole number of at most nine digits from the URL; ``None`` for anything else."""
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _between(value: int, low: int, high: int) -> int:
    return min(max(value, low), high)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _real(text: str) -> float | None:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return None
    return number if abs(number) < 1e9 else None

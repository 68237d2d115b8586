"""What a user has chosen: in the URL where it should be sendable, else in the session.

The only module that says ``st.session_state``. Streamlit can bind a widget to the URL by itself,
but writes the *label* of a choice there, so that a link would depend on its sender's language; here
the URL holds stable English values. The session is the truth, the URL repeats it: a link opened in
a new tab starts a session from its URL, and moving between pages keeps every choice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final, TypeVar

import streamlit as st

LANGUAGE: Final = "lang"
AS_OF: Final = "as_of"
QUERY: Final = "q"
GAPS: Final = "gap"
DISTRICTS: Final = "district"
COMMUNES: Final = "commune"
LANES: Final = "lane"
MINORITY: Final = "minority"
PEOPLE: Final = "people"
VILLAGE: Final = "village"
AREA: Final = "area"
RANKED_GAP: Final = "rank_gap"
DIRECTION: Final = "direction"
WEIGHTS: Final = {"distance": "w_distance", "population": "w_population", "minority": "w_minority"}
TOP: Final = "top"
ROUTE_FACTOR: Final = "route_factor"
COMPARED: Final = "compare"
TARGET: Final = "target"
ASK: Final = "ask"
CONNECT: Final = "connect"
BUDGET: Final = "budget"
AIM: Final = "aim"
TECHNOLOGY: Final = "technology"
DECIDED: Final = "decided"
EXCLUDED: Final = "excluded"
WHY: Final = "why"
LEAST_MINORITY: Final = "least_minority"
DISTRICTS_ASKED: Final = "least_districts"
LEAST_OF_DISTRICT: Final = "least_of_district"
POWER_FIRST: Final = "power_first"
REACH: Final = "reach"
COST_CASE: Final = "cost_case"
COSTS: Final = "costs"
CREWS: Final = "crews"
KM_PER_CREW: Final = "km_per_crew"
START: Final = "start"
DEADLINE: Final = "deadline"
TIME_LIMIT: Final = "time_limit"
GAP_ALLOWED: Final = "gap_allowed"
PLANNED: Final = "planned"

_ID: Final = re.compile(r"[^\s\"'<>`(){}]{1,64}")
_SEPARATOR: Final = "~"
_PAIR: Final = ":"
_MOST_CORNERS: Final = 60

Value = TypeVar("Value")


def start(
    name: str,
    language: str,
    default: Value,
    parse: Callable[[str], Value | None],
    allowed: Callable[[Value], Value] = lambda value: value,
) -> str:
    """Give a widget its first value and return its key.

    Parameters
    ----------
    name : str
        Name in the URL.
    language : str
        Part of the key: a widget's labels belong to one language, its value does not.
    default : Value
    parse : callable
        Reads the URL's text; ``None`` for what makes no sense, which then is ignored.
    allowed : callable
        Brings a value back among what may be chosen now.
    """
    key = f"{name}_{language}"
    if key not in st.session_state:
        kept = st.session_state.get(_kept(name))
        if kept is None and name in st.query_params:
            kept = parse(st.query_params[name])
        st.session_state[key] = default if kept is None else kept
    st.session_state[key] = allowed(st.session_state[key])
    return key


def recall(name: str, default: Value, parse: Callable[[str], Value | None]) -> Value:
    """Return the value of a widget that stands on another page, and keep it in the URL."""
    kept = st.session_state.get(_kept(name))
    if kept is None:
        kept = parse(st.query_params.get(name, ""))
    value: Value = default if kept is None else kept
    keep(name, value, default)
    return value


def keep(name: str, value: Any, default: Any) -> None:
    """Remember a widget's value and repeat it in the URL; the default stays out of it."""
    st.session_state[_kept(name)] = value
    _write(name, "" if value == default else _written(value))


def set_values(language: str, values: dict[str, Any]) -> None:
    """Set widgets by name; allowed only in a callback, before they are drawn."""
    for name, value in values.items():
        st.session_state[f"{name}_{language}"] = value
        st.session_state[_kept(name)] = value


def forget(names: Iterable[str], languages: Iterable[str]) -> None:
    """Let widgets start from their defaults again; allowed only in a callback."""
    for name in names:
        for key in (_kept(name), *(f"{name}_{language}" for language in languages)):
            if key in st.session_state:
                del st.session_state[key]
        _write(name, "")


def asked_day(first: date) -> date | None:
    """Return the day that is chosen or named in the URL, if it is one from ``first`` on."""
    given = st.session_state.get(_kept(AS_OF)) or st.query_params.get(AS_OF, "")
    try:
        day = date.fromisoformat(str(given))
    except ValueError:
        return None
    return day if first <= day < date(2100, 1, 1) else None


def chosen_village() -> str | None:
    """Return the chosen village, as the URL or a click said it: look it up, never trust it."""
    given = st.session_state.get(_kept(VILLAGE), st.query_params.get(VILLAGE))
    known = given if given and _ID.fullmatch(given) else None
    keep(VILLAGE, known or "", "")
    return known


def choose_village(village_id: str | None) -> None:
    """Choose a village, or none."""
    keep(VILLAGE, village_id or "", "")


def drawn_area() -> tuple[tuple[float, float], ...]:
    """Return the corners of the drawn area as (lon, lat); empty when there is none."""
    corners = st.session_state.get(_kept(AREA))
    if corners is None:
        corners = _corners(st.query_params.get(AREA, ""))
    keep(AREA, corners, ())
    return tuple(corners)


def draw_area(corners: tuple[tuple[float, float], ...]) -> None:
    """Remember an area, to about ten metres, or forget it when empty."""
    thin = corners[:: len(corners) // _MOST_CORNERS + 1]
    keep(AREA, tuple((round(lon, 4), round(lat, 4)) for lon, lat in thin), ())


def remembered(name: str, default: Value) -> Value:
    """Return what was chosen for this session only; it never stands in the URL."""
    value: Value = st.session_state.get(_kept(name), default)
    return value


def remember(name: str, value: Any) -> None:
    """Keep a choice for this session only."""
    st.session_state[_kept(name)] = value


def local_key(
    name: str,
    language: str,
    default: Value,
    allowed: Callable[[Value], Value] = lambda value: value,
) -> str:
    """Give a widget of this session its first value and return its key.

    The value outlives a change of the language, which makes another widget of it.
    """
    key = f"{name}_{language}"
    if key not in st.session_state:
        st.session_state[key] = remembered(name, default)
    st.session_state[key] = allowed(st.session_state[key])
    return key


def said(key: str) -> Any:
    """Return what the widget or component of a key says now, as its callback finds it."""
    return st.session_state.get(key)


def is_news(name: str, value: Any) -> bool:
    """Tell whether a component says something it did not say before, and remember it.

    A component repeats its last value on every run; only the first time is an act of the user.
    """
    key = f"_last_{name}"
    before = st.session_state.get(key)
    st.session_state[key] = value
    return bool(value != before)


def _kept(name: str) -> str:
    return f"_kept_{name}"


def _write(name: str, text: str) -> None:
    if text and st.query_params.get(name) != text:
        st.query_params[name] = text
    elif not text and name in st.query_params:
        del st.query_params[name]


def _written(value: Any) -> str:
    if isinstance(value, tuple | list):
        return _SEPARATOR.join(_written(part) for part in value)
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def parts_of(text: str) -> list[str]:
    """Split the URL's text of a value with several parts."""
    return [part for part in text.split(_SEPARATOR) if part]


def recall_pairs(name: str) -> dict[str, str]:
    """Return a value that says something of several things, as the session or the URL has it."""
    kept = st.session_state.get(_kept(name))
    parts = parts_of(st.query_params.get(name, "")) if kept is None else kept
    pairs = (part.partition(_PAIR) for part in parts)
    return {key: value for key, _, value in pairs if _ID.fullmatch(key)}


def keep_pairs(name: str, pairs: Mapping[str, str]) -> None:
    """Remember what is said of several things, and repeat it in the URL."""
    parts = tuple(f"{key}{_PAIR}{value.replace(_SEPARATOR, ' ')}" for key, value in pairs.items())
    keep(name, parts, ())


def _corners(text: str) -> tuple[tuple[float, float], ...]:
    try:
        numbers = [float(part) for part in parts_of(text)[: 2 * _MOST_CORNERS]]
    except ValueError:
        return ()
    corners = tuple(zip(numbers[::2], numbers[1::2], strict=False))
    inside = all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in corners)
    return corners if len(corners) >= 3 and inside else ()

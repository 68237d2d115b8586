"""What users do on each page, as requests over the websocket: clicks, searches and whole forms."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from typing import Final

import numpy as np
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.app_server import ROOT
from benchmarks.streamlit_client import Run, Tab

Decision = Callable[[Element, WidgetState, np.random.Generator], None]
Doing = Callable[[Tab, str, np.random.Generator], Awaitable[Run]]

_QUERIES: Final = ("", "y ty", "bản", "Sa Pa", "thôn 3", "mường khương", "bat xat")
_MAP: Final = "streamlit_folium.st_folium"
_SUBMIT: Final = "FormSubmitter:"


def possible_acts(page: str, tab: Tab) -> list[str]:
    """Return the names of what a page lets its user do now."""
    return [name for name, (start, _) in ACTS[page].items() if tab.find(start)]


async def do(page: str, act: str, tab: Tab, rng: np.random.Generator) -> Run:
    """Do one thing and wait for the answer."""
    start, doing = ACTS[page][act]
    key = tab.find(start)
    if key is None:
        raise KeyError(start)
    return await doing(tab, key, rng)


def _deciding(decide: Decision) -> Doing:
    async def changed(tab: Tab, key: str, rng: np.random.Generator) -> Run:
        return await tab.change(key, lambda element, state: decide(element, state, rng))

    return changed


async def _press(tab: Tab, key: str, rng: np.random.Generator) -> Run:  # noqa: ARG001
    return await tab.press(key)


async def _record(tab: Tab, key: str, rng: np.random.Generator) -> Run:
    """Fill in a form of the Updates page and submit it, as a person does."""
    form = key.removeprefix(_SUBMIT).rpartition("-")[0]
    for field in ("state", "status", "evidence"):
        if tab.shows(f"{form}_{field}"):
            tab.fill(f"{form}_{field}", lambda element, state: _pick_listed(element, state, rng))
    number = int(rng.integers(1 << 30))
    tab.fill(f"{form}_note", lambda _, state: setattr(state, "string_value", f"lượt {number}"))
    return await tab.press(key)


def _pick_button(element: Element, state: WidgetState, rng: np.random.Generator) -> None:
    now = list(state.string_array_value.data)
    others = [o.content for o in element.button_group.options if [o.content] != now]
    state.string_array_value.data[:] = [str(rng.choice(others))]


def _pick_one(element: Element, state: WidgetState, rng: np.random.Generator) -> None:
    """Choose another of several, shown as buttons or, where there are many, as a list."""
    if element.WhichOneof("type") == "selectbox":
        _pick_listed(element, state, rng)
    else:
        _pick_button(element, state, rng)


def _pick_listed(element: Element, state: WidgetState, rng: np.random.Generator) -> None:
    others = [one for one in element.selectbox.options if one != state.string_value]
    if others:
        state.string_value = str(rng.choice(others))


def _pick_some(element: Element, state: WidgetState, rng: np.random.Generator) -> None:
    options = list(element.multiselect.options)
    count = int(rng.integers(0, min(2, len(options)), endpoint=True))
    state.string_array_value.data[:] = rng.choice(options, count, replace=False).tolist()


def _slide(element: Element, state: WidgetState, rng: np.random.Generator) -> None:
    slider = element.slider
    steps = round((slider.max - slider.min) / slider.step)
    chosen = np.sort(rng.choice(steps + 1, len(slider.default), replace=False))
    state.double_array_value.data[:] = (slider.min + slider.step * chosen).tolist()


def _count(_element: Element, state: WidgetState, rng: np.random.Generator) -> None:
    state.double_value = float(rng.integers(1, 9))


def _search(_element: Element, state: WidgetState, rng: np.random.Generator) -> None:
    state.string_value = str(
        rng.choice([query for query in _QUERIES if query != state.string_value])
    )


def _click_village(_element: Element, state: WidgetState, rng: np.random.Generator) -> None:
    said = {
        "last_object_clicked_tooltip": f"({rng.choice(_village_ids())})",
        "last_object_clicked_count": int(rng.integers(1 << 30)),
        "all_drawings": None,
    }
    state.json_value = json.dumps(said)


def _click_row(_element: Element, state: WidgetState, rng: np.random.Generator) -> None:
    chosen = {"selection": {"rows": [int(rng.integers(20))], "columns": [], "cells": []}}
    state.string_value = json.dumps(chosen)


@cache
def _village_ids() -> list[str]:
    register = json.loads((ROOT / "data" / "villages.geojson").read_text(encoding="utf-8"))
    return [village["properties"]["village_id"] for village in register["features"]]


_DAY: Final = {"as-of day": ("as_of_vi", _deciding(_pick_one))}
_FILTERS: Final = {
    "search": ("q_vi", _deciding(_search)),
    "district filter": ("district_vi", _deciding(_pick_some)),
    "minority filter": ("minority_vi", _deciding(_slide)),
}
_CONFLICT: Final = "conflict_resolve"
ACTS: Final[Mapping[str, Mapping[str, tuple[str, Doing]]]] = {
    "map": {
        **_DAY,
        **_FILTERS,
        "gap filter": ("gap_vi", _deciding(_pick_some)),
        "village on the map": (_MAP, _deciding(_click_village)),
        "village in the list": ("village_list", _deciding(_click_row)),
    },
    "priorities": {
        **_DAY,
        **_FILTERS,
        "gap": ("rank_gap_vi", _deciding(_pick_button)),
        "weight": ("w_distance_vi", _deciding(_slide)),
        "direction": ("direction_vi", _deciding(_pick_button)),
        "village in the list": ("ranked_list", _deciding(_click_row)),
    },
    "plan": {
        **_DAY,
        "target": ("target_vi", _deciding(_pick_one)),
        "crews": ("crews_vi", _deciding(_count)),
        "district": ("least_districts_vi", _deciding(_pick_some)),
    },
    "targets": {**_DAY},
    "updates": {
        **_DAY,
        "gap": ("rank_gap_vi", _deciding(_pick_button)),
        "village in the queue": ("updates_queue_", _deciding(_click_row)),
        "observation recorded": (f"{_SUBMIT}updates_observation_", _record),
        "work recorded": (f"{_SUBMIT}updates_work_", _record),
        "conflict resolved": (_CONFLICT, _press),
    },
    "data": {},
    "import": {},
}
"""By page: what users do, with the beginning of the widget's key and how it is done."""

"""Have everything ready before the first visitor comes, and keep it cheap to have.

Streamlit runs a script only when somebody opens a page, so the first visitor would wait for every
import and for the whole province. The server does nearly all of that work before it answers.

What exists then (modules, the register, what pages share) is hundreds of thousands of objects that
never become garbage. ``gc.freeze()`` takes them out of every later collection: reference counting
still frees them, and only a *cycle* among them that dies later would stay. New objects are
collected as ever. Streamlit would also force a full collection after every script run, which
costs more than the run; ``.streamlit/config.toml`` leaves the moment to Python.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from i18n import LANGUAGES
from planning.errors import PlannerError
from planning.vocabulary import Gap
from services.prioritise import Question
from services.province import Province
from ui import cache


@asynccontextmanager
async def ready(_app: object) -> AsyncIterator[None]:
    """Warm up before the server answers its first request."""
    await asyncio.to_thread(warm_up)
    yield


def warm_up() -> None:
    """Fill the caches with what a first visitor sees, then freeze what exists.

    The pages themselves are left to the first visitor: Streamlit serves a component such as the
    map only if its module is imported while a script runs.
    """
    # A province that cannot be read is said on the page, in the visitor's language.
    with suppress(PlannerError):
        _fill(cache.province())
    freeze_garbage()


def freeze_garbage() -> int:
    """Collect once, then take every living object out of later collections.

    Returns
    -------
    int
        How many objects are frozen.
    """
    gc.collect()
    gc.freeze()
    return gc.get_freeze_count()


def _fill(province: Province) -> None:
    key, first, last = province.data_hash, province.baseline, province.latest
    for language in LANGUAGES:
        cache.map_assets(language)
        cache.village_list(key, last, language, province)
    cache.backdrop_path(key, province)
    cache.site_layer_path(key, province)
    for day in {first, last}:
        cache.assessment(key, day, province)
        cache.targets(key, day, province)
        cache.village_layer_path(key, day, province)
        cache.area_layer_path(key, Gap.FIBRE, day, province)
    cache.nearest(key, last, province)
    for gap in Gap:
        cache.quick_ranking(key, Question(gap=gap, as_of=last), province)
    cache.published(key, province)

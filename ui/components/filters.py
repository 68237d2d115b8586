"""Filters of the map, kept in the URL."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import pandas as pd
import streamlit as st

from i18n import Translator
from planning.vocabulary import Gap, Lane
from services.find import Filter, areas
from services.province import Province
from ui import cache, state
from ui.components.controls import choose_one, choose_range, choose_some, enter_text

_FEW_DAYS = 4


def choose_day(province: Province, words: Translator) -> date:
    """Show the as-of switch, one click a day on which something happened; it opens on the latest.

    States and work change only on these days, so they are all there is to choose from.
    """
    days = {day.isoformat(): words.date(day) for day in province.days}
    chosen = choose_one(
        words("filter-as-of"),
        days,
        state.AS_OF,
        list(days)[-1],
        words.language,
        listed=len(days) > _FEW_DAYS,
    )
    return date.fromisoformat(chosen)


def choose_target_day(province: Province, today: date, words: Translator) -> date:
    """Show the as-of switch of targets: days of observation, deadlines, today, and any day asked.

    What is planned and expected of a target changes every day, so a link may name any of them.
    """
    asked = state.asked_day(province.baseline)
    days = {
        *province.observation_days,
        *(target.deadline for target in province.targets),
        max(today, province.latest),
        *([asked] if asked else []),
    }
    options = {day.isoformat(): words.date(day) for day in sorted(days)}
    chosen = choose_one(
        words("filter-as-of"),
        options,
        state.AS_OF,
        province.latest.isoformat(),
        words.language,
        listed=len(options) > _FEW_DAYS + 1,
    )
    return date.fromisoformat(chosen)


def choose_filter(province: Province, words: Translator, *, with_gaps: bool = True) -> Filter:
    """Show search and filters; return what they ask for.

    ``with_gaps=False`` leaves out the gap, for pages that are about one gap already.
    """
    language = words.language
    search, first, district, more = st.columns([3, 3, 3, 1.4], vertical_alignment="bottom")
    with search:
        query = enter_text(
            words("filter-search"),
            state.QUERY,
            language,
            placeholder=words("filter-search-hint"),
            max_chars=80,
            icon=":material/search:",
        )
    with first:
        gaps = _choose(Gap, "filter-gap", "gap", state.GAPS, words) if with_gaps else []
        lanes = [] if with_gaps else _choose(Lane, "field-lane", "lane", state.LANES, words)
    with district:
        districts = _choose_area("district", state.DISTRICTS, (), province, words)
    with more, st.popover(words("filter-more"), icon=":material/tune:", width="stretch"):
        communes = _choose_area("commune", state.COMMUNES, tuple(districts), province, words)
        if with_gaps:
            lanes = _choose(Lane, "field-lane", "lane", state.LANES, words)
        minority = choose_range(
            words("filter-minority"), (0, 100), state.MINORITY, language, step=5, format="%d %%"
        )
        largest = province.villages["people"].max()
        most = 1 if pd.isna(largest) else max(int(largest), 1)
        people = choose_range(words("filter-people"), (0, most), state.PEOPLE, language)
    return Filter(
        query=query,
        gaps=tuple(Gap(gap) for gap in gaps),
        districts=tuple(districts),
        communes=tuple(communes),
        lanes=tuple(lanes),
        minority_share=(minority[0] / 100, minority[1] / 100),
        people=(people[0], people[1] if people[1] < most else None),
        area=state.drawn_area(),
    )


def describe_filter(wanted: Filter, province: Province, words: Translator) -> str:
    """Say a filter in words, for the files that carry it; empty when nothing is filtered."""
    said = []
    if wanted.query.strip():
        said.append(f"{words('filter-search')}: {wanted.query.strip()}")
    if wanted.gaps:
        said.append(", ".join(words(f"gap-{gap}") for gap in wanted.gaps))
    for kind, codes in (("district", wanted.districts), ("commune", wanted.communes)):
        if codes:
            names = areas(province, kind)
            said.append(", ".join(names[code] for code in codes if code in names))
    if wanted.lanes:
        said.append(", ".join(words(f"lane-{lane}") for lane in wanted.lanes))
    if wanted.minority_share != (0.0, 1.0):
        low, high = (words.percent(share, 0) for share in wanted.minority_share)
        said.append(f"{words('field-minority_share')} {low}–{high}")
    fewest, most = wanted.people
    if fewest or most is not None:
        upper = words.number(most) if most is not None else "…"
        said.append(f"{words('field-people')} {words.number(fewest)}–{upper}")
    if wanted.area:
        said.append(words("filter-area"))
    return "; ".join(said)


def _choose(
    values: type[StrEnum], label: str, prefix: str, name: str, words: Translator
) -> list[str]:
    options = {str(value): words(f"{prefix}-{value}") for value in values}
    return choose_some(words(label), options, name, words.language, placeholder=words("filter-any"))


def _choose_area(
    kind: str, name: str, districts: tuple[str, ...], province: Province, words: Translator
) -> list[str]:
    return choose_some(
        words(f"filter-{kind}"),
        cache.area_names(province.data_hash, kind, districts, province),
        name,
        words.language,
        placeholder=words("filter-any"),
    )

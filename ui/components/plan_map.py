"""The plan on a map: links by wave, villages in and out, masts, and what there is already."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import geopandas as gpd
import pandas as pd
from streamlit_folium import st_folium

from geo.symbology import MapClass, RadioClass, RouteClass
from i18n import Translator
from services.province import Province
from services.rollout_values import RolloutPlan
from ui import cache, state
from ui.components.map_view import new_click
from ui.components.plan_words import say_wave
from ui.map.base import OfflineMap
from ui.map.layers import LegendEntry, PlannerLayers, Villages
from ui.map.plan_layers import bounds_of, wave_classes
from ui.theme import theme_name

NAME: Final = "plan"
_HEIGHT_PX: Final = 560
_RETURNED: Final = ("last_object_clicked_tooltip", "last_object_clicked_count")


def show_plan_map(
    key: str,
    plan: RolloutPlan,
    province: Province,
    words: Translator,
    heard: Callable[[str], None],
) -> None:
    """Draw the plan.

    Parameters
    ----------
    key : str
        Names the plan.
    plan : RolloutPlan
    province : Province
    words : Translator
    heard : callable
        Told the id of a village or mast that is clicked.
    """
    widget = f"map-{NAME}-{words.language}"
    assets = cache.map_assets(words.language)
    west, south, east, north = (float(edge) for edge in province.villages.total_bounds)
    paths = cache.plan_paths(key, words.language, _plan=plan)
    base = OfflineMap(
        assets=assets,
        bounds=bounds_of(plan.villages, plan.links) or (west, south, east, north),
        name=NAME,
        tiles=cache.tiles(),
        language=words.language,
    )
    layers = PlannerLayers(
        base=assets.base,
        villages=Villages(path=paths.villages, selected=state.chosen_village()),
        sites=cache.site_layer_path(province.data_hash, province),
        backdrop=cache.backdrop_path(province.data_hash, province),
        routes=paths.routes,
        legend=plan_legend(plan, province.sites, words),
        theme=theme_name(),
        focus=state.chosen_village(),
    )

    def take(returned: dict[str, Any]) -> None:
        clicked = new_click(NAME, returned)
        if clicked:
            heard(clicked)

    st_folium(
        base,
        key=widget,
        height=_HEIGHT_PX,
        use_container_width=True,
        returned_objects=list(_RETURNED),
        feature_group_to_add=layers,
        on_change=lambda: take(state.said(widget) or {}),
    )


def plan_legend(plan: RolloutPlan, sites: gpd.GeoDataFrame, words: Translator) -> list[LegendEntry]:
    """Return the legend; its counts are those of the figures and tables of the page."""
    is_in = plan.villages["is_connected"].to_numpy(dtype=bool)
    entries = [LegendEntry(MapClass.PLANNED, words("planpage-legend-in"), int(is_in.sum()))]
    if (~is_in).any():
        out = int((~is_in).sum())
        entries.append(LegendEntry(MapClass.LEFT_OUT, words("planpage-legend-out"), out))
    if len(plan.sites):
        entries.append(
            LegendEntry(MapClass.PLANNED_SITE, words("planpage-legend-mast"), len(plan.sites))
        )
    wants_masts = plan.question.technology == "masts"
    for kind in (MapClass.FIBRE_POINT, MapClass.BASE_STATION):
        there = int((sites["kind"] == str(kind)).sum())
        if there:
            is_shown = (kind is MapClass.BASE_STATION) == wants_masts
            entries.append(
                LegendEntry(kind, words(f"planpage-legend-{kind}"), there, shown=is_shown)
            )
    return [*entries, *_link_entries(plan.links, words)]


def _link_entries(links: pd.DataFrame, words: Translator) -> list[LegendEntry]:
    by_radio = (links["technology"] == "microwave").to_numpy(dtype=bool)
    waves = links["wave"][~by_radio]
    classes = wave_classes(waves.tolist())
    entries = []
    for look in dict.fromkeys(classes.values()):
        quarters = [wave for wave, one in classes.items() if one is look]
        label = say_wave(quarters[0], words)
        if len(quarters) > 1:
            label = f"{label} – {say_wave(quarters[-1], words)}"
        count = int(waves.isin(quarters).sum())
        entries.append(LegendEntry(look, words("planpage-legend-wave", wave=label), count))
    never = int(waves.isna().sum())
    if never:
        entries.append(LegendEntry(RouteClass.NEVER, words("planpage-legend-never"), never))
    if by_radio.any():
        radio = words("planpage-legend-microwave")
        entries.append(LegendEntry(RadioClass.MICROWAVE, radio, int(by_radio.sum())))
    return entries

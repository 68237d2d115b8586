"""The map itself: constant base, layers by address, clicks and drawn areas back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
from streamlit_folium import st_folium

from geo.symbology import MapClass
from i18n import Translator
from planning.vocabulary import Gap
from services.assess import Assessment
from services.province import Province
from ui import cache, state
from ui.components.area_legend import centre_legend, shade_legend
from ui.components.area_table import show_area_table
from ui.map.base import OfflineMap
from ui.map.layers import LegendEntry, PlannerLayers, Villages, clicked_id
from ui.theme import theme_name

_HEIGHT_PX = 560
_RETURNED = ("last_object_clicked_tooltip", "last_object_clicked_count", "all_drawings")


def show_map(
    name: str,
    province: Province,
    as_of: date,
    legend: Sequence[LegendEntry],
    words: Translator,
    *,
    heard: Callable[[dict[str, Any]], None],
    visible: npt.NDArray[np.bool_] | None = None,
    selected: str | None = None,
    ranked: Sequence[str] = (),
    fit: str | None = None,
    area: Sequence[tuple[float, float]] = (),
    shaded: Gap = Gap.FIBRE,
) -> None:
    """Draw the map.

    Parameters
    ----------
    name : str
        Tells the maps of different pages apart.
    province : Province
    as_of : date
    legend : sequence of LegendEntry
        Its counts are those of the page's figures. Rows for villages known by their commune only
        and for coloured areas are added where there are such.
    words : Translator
    heard : callable
        Told what the user did, the values of ``st_folium`` named above, before the page runs
        again: one run shows the answer.
    visible : ndarray of bool, shape (n,), optional
        Villages to draw, in register order.
    selected : str, optional
        The village with a ring around it, brought into view when it changes.
    ranked : sequence of str
        Villages numbered on the map in this order.
    fit : str, optional
        When this text changes, the map shows all visible villages.
    area : sequence of (lon, lat)
        Corners of the drawn area in force.
    shaded : Gap
        The gap by whose rate areas are coloured, in a province whose boundaries are known.
    """
    key = f"map-{name}-{words.language}"
    assets = cache.map_assets(words.language)
    west, south, east, north = (float(edge) for edge in province.villages.total_bounds)
    base = OfflineMap(
        assets=assets,
        bounds=(west, south, east, north),
        name=name,
        tiles=cache.tiles(),
        language=words.language,
    )
    known = province.boundaries
    rates = cache.area_rates(province.data_hash, shaded, as_of, province)
    shades = (
        [] if known is None or rates is None else shade_legend(rates, known.level, shaded, words)
    )
    layers = PlannerLayers(
        base=assets.base,
        villages=Villages(
            path=cache.village_layer_path(province.data_hash, as_of, province),
            visible=visible,
            selected=selected,
            ranked=ranked,
        ),
        sites=cache.site_layer_path(province.data_hash, province),
        backdrop=cache.backdrop_path(province.data_hash, province),
        areas=cache.area_layer_path(province.data_hash, shaded, as_of, province),
        legend=[
            *legend,
            *centre_legend(province, visible, words),
            *shades,
        ],
        theme=theme_name(),
        focus=selected,
        fit=fit,
        area=area,
    )
    st_folium(
        base,
        key=key,
        height=_HEIGHT_PX,
        use_container_width=True,
        returned_objects=list(_RETURNED),
        feature_group_to_add=layers,
        on_change=lambda: heard(state.said(key) or {}),
    )
    if known is not None and rates is not None:
        show_area_table(rates, known.level, shaded, name, words)


def new_click(name: str, returned: dict[str, Any]) -> str | None:
    """Return the village or site clicked just now, ``None`` if the click is an old one."""
    if not state.is_news(f"click_{name}", returned.get("last_object_clicked_count")):
        return None
    return clicked_id(returned)


def new_area(name: str, returned: dict[str, Any]) -> tuple[tuple[float, float], ...] | None:
    """Return the area drawn or removed just now; ``None`` if nothing changed."""
    drawings = returned.get("all_drawings")
    if drawings is None or not state.is_news(f"area_{name}", drawings):
        return None
    return _corners(drawings[-1]) if drawings else ()


def _corners(drawing: Any) -> tuple[tuple[float, float], ...]:
    try:
        ring = drawing["geometry"]["coordinates"][0]
        return tuple((float(lon), float(lat)) for lon, lat in ring[:-1])
    except (KeyError, IndexError, TypeError, ValueError):
        return ()


def gap_legend(
    baseline: Assessment,
    now: Assessment,
    visible: npt.NDArray[np.bool_],
    sites: Any,
    words: Translator,
) -> list[LegendEntry]:
    """Return the legend of the gap map; its counts are of the villages shown.

    Without a filter they equal the key figures, since both count the same columns.
    """

    def count(villages: npt.NDArray[np.bool_]) -> int:
        return int((villages & visible).sum())

    since = {gap: baseline.lacking[gap] & now.served[gap] for gap in Gap}
    unknown = now.unknown[Gap.MOBILE] | now.unknown[Gap.FIBRE]
    served = now.served[Gap.MOBILE] & now.served[Gap.FIBRE]
    day = words.date(baseline.as_of)
    entries = [
        LegendEntry(
            MapClass.NO_MOBILE,
            words("gap-mobile"),
            count(now.lacking[Gap.MOBILE]),
            classes=(MapClass.NO_MOBILE, MapClass.NO_SIGNAL),
        ),
        LegendEntry(
            MapClass.NO_SIGNAL,
            words("gap-no_signal"),
            count(now.lacking[Gap.NO_SIGNAL]),
            part=True,
        ),
        LegendEntry(MapClass.NO_FIBRE, words("gap-fibre"), count(now.lacking[Gap.FIBRE])),
    ]
    if baseline.as_of != now.as_of:
        entries += [
            LegendEntry(
                MapClass.MOBILE_SINCE,
                words("class-mobile_since", date=day),
                count(since[Gap.MOBILE]),
            ),
            LegendEntry(
                MapClass.FIBRE_SINCE,
                words("class-fibre_since", date=day),
                count(since[Gap.FIBRE]),
            ),
        ]
    if count(unknown):
        entries.append(LegendEntry(MapClass.UNKNOWN, words("class-unknown"), count(unknown)))
    before = served & ~(since[Gap.MOBILE] | since[Gap.FIBRE])
    entries.append(LegendEntry(MapClass.SERVED, words("class-served"), count(before)))
    for kind in (MapClass.FIBRE_POINT, MapClass.BASE_STATION):
        there = int((sites["kind"] == str(kind)).sum())
        if there:
            entries.append(LegendEntry(kind, words(f"class-{kind}"), there, shown=False))
    return entries

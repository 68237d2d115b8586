"""What the map shows now: addresses of layers and a few bits, a kilobyte or two per rerun.

The browser fetches each layer once per address and keeps it; a rerun only tells which villages to
show, which one is chosen, which are ranked, and what the legend counts.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import folium
import numpy as np
from folium.template import Template
from numpy.typing import NDArray

from geo.symbology import MapClass, MapMark, RadioClass, RouteClass, ShadeClass
from ui.map.inline_json import script_json

Sign: TypeAlias = MapClass | MapMark | RouteClass | RadioClass | ShadeClass
"""What a row of the legend can show and switch: points, a mark on them, links, or areas."""

_CLICKED_ID: Final = re.compile(r"\(([^()\s]{1,64})\)\s*$")


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One row of the legend, which also switches its classes on and off.

    Attributes
    ----------
    symbol : MapClass, MapMark, RouteClass, RadioClass or ShadeClass
        The symbol drawn beside the label.
    label : str
        In the user's language.
    count : int or None
        As counted by the page, so that it equals the figure shown above the map.
    classes : tuple of the same
        What the row switches; by default its own symbol. A row "no mobile broadband" also
        switches "no signal", which is a part of it.
    part : bool
        Whether the row counts a part of the row before it ("of which …").
    shown : bool
        Whether the classes are drawn at first; later the user's choice stays.
    """

    symbol: Sign
    label: str
    count: int | None = None
    classes: tuple[Sign, ...] = ()
    part: bool = False
    shown: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Villages:
    """The village layer and what is shown of it.

    Attributes
    ----------
    path : str
        Published path of :func:`geo.layers.village_layer` or
        :func:`ui.map.plan_layers.plan_layer`.
    visible : ndarray of bool, shape (n,), optional
        Which rows of the layer to draw; all by default.
    selected : str or None
        The village with the ring around it; drawn even where it is not visible.
    ranked : sequence of str
        Villages labelled 1, 2, 3 … in this order; drawn even where they are not visible.
    """

    path: str
    visible: NDArray[np.bool_] | None = None
    selected: str | None = None
    ranked: Sequence[str] = field(default_factory=tuple)


class PlannerLayers(folium.FeatureGroup):
    """Everything that changes on the map, for ``st_folium(feature_group_to_add=...)``.

    Parameters
    ----------
    base : str
        Address of the static folder, :attr:`ui.map.base.MapAssets.base`.
    villages : Villages
    sites : str, optional
        Published path of :func:`geo.layers.site_layer`.
    backdrop : str, optional
        Published path of :func:`geo.backdrop.backdrop` or :func:`geo.outlines.outlines`.
    areas : str, optional
        Published path of :func:`geo.layers.area_layer`, which colours the areas of ``outlines``.
    routes : str, optional
        Published path of :func:`ui.map.plan_layers.route_layer`.
    legend : sequence of LegendEntry
    theme : {"light", "dark"}
    focus : str, optional
        A village to bring into view; acts once, when it changes.
    fit : str, optional
        Any text; when it changes, the map shows all visible villages.
    area : sequence of (lon, lat)
        The drawn area that is in force, drawn again where the browser has forgotten it.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.featureGroup();
            GapPlanner.show(
                {{ this._parent.get_name() }}, {{ this.get_name() }}, {{ this.content }});
        {% endmacro %}
        """
    )

    def __init__(
        self,
        *,
        base: str,
        villages: Villages,
        sites: str | None = None,
        backdrop: str | None = None,
        areas: str | None = None,
        routes: str | None = None,
        legend: Sequence[LegendEntry] = (),
        theme: str = "light",
        focus: str | None = None,
        fit: str | None = None,
        area: Sequence[tuple[float, float]] = (),
    ) -> None:
        super().__init__()
        self.content = script_json(
            {
                "base": base,
                "theme": theme,
                "villages": villages.path,
                "visible": _bits(villages.visible),
                "selected": villages.selected,
                "ranked": list(villages.ranked),
                "sites": sites,
                "backdrop": backdrop,
                "areas": areas,
                "routes": routes,
                "legend": [_legend_row(entry) for entry in legend],
                "focus": focus,
                "fit": fit,
                "area": [list(corner) for corner in area],
            }
        )


def clicked_id(returned: dict[str, Any] | None) -> str | None:
    """Return the village or site the user clicked last.

    Parameters
    ----------
    returned : dict or None
        What ``st_folium`` returned, with ``last_object_clicked_tooltip`` among its
        ``returned_objects``. The tooltip ends in the id in parentheses.

    Returns
    -------
    str or None
        An id as the browser says it: look it up, never trust it.
    """
    tooltip = (returned or {}).get("last_object_clicked_tooltip")
    found = _CLICKED_ID.search(tooltip) if isinstance(tooltip, str) else None
    return found.group(1) if found else None


def _bits(visible: NDArray[np.bool_] | None) -> str | None:
    """Return one bit per village, first village in the lowest bit, in base 64."""
    if visible is None or bool(visible.all()):
        return None
    return base64.b64encode(np.packbits(visible, bitorder="little").tobytes()).decode("ascii")


def _legend_row(entry: LegendEntry) -> list[Any]:
    classes = list(entry.classes) or [entry.symbol]
    return [entry.symbol, entry.label, entry.count, classes, int(entry.part), int(entry.shown)]

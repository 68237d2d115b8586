"""The folium map without the network: every script, style and font from this server.

folium and streamlit-folium point at public CDNs and show a silent blank without them. This map
names its own files instead, and is the same text on every rerun, so that the browser keeps it
(zoom, drawings, open legend) while only the layers change; see :mod:`ui.map.layers`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import folium
from folium.template import Template

from geo.display import display_text
from ui.map.inline_json import script_json

_SCRIPTS: Final = (
    "vendor/leaflet/leaflet.js",
    "vendor/leaflet-draw/leaflet.draw.js",
    "vendor/leaflet-fullscreen/Control.FullScreen.umd.js",
    "vendor/leaflet-measure/Leaflet.PolylineMeasure.js",
)
_STYLES: Final = (
    "vendor/leaflet/leaflet.css",
    "vendor/leaflet-draw/leaflet.draw.css",
    "vendor/leaflet-fullscreen/Control.FullScreen.css",
    "vendor/leaflet-measure/Leaflet.PolylineMeasure.css",
    "vendor/be-vietnam-pro/400.css",
    "vendor/be-vietnam-pro/600.css",
)


@dataclass(frozen=True, slots=True)
class MapAssets:
    """Where the browser finds the map's files.

    Attributes
    ----------
    base : str
        Address of the static folder, without a slash at the end: ``/app/static``, below
        ``server.baseUrlPath`` where one is set.
    version : str
        Changes with the installed libraries, :func:`ui.install_assets.installed_stamp`.
    script, style : str
        Published paths of :func:`ui.map.script.map_script` and
        :func:`ui.map.script.map_style`.
    """

    base: str
    version: str
    script: str
    style: str

    def scripts(self) -> list[str]:
        """Return the addresses of all scripts in loading order."""
        return [*map(self._vendor, _SCRIPTS), f"{self.base}/{self.script}"]

    def styles(self) -> list[str]:
        """Return the addresses of all style sheets in loading order."""
        return [*map(self._vendor, _STYLES), f"{self.base}/{self.style}"]

    def _vendor(self, path: str) -> str:
        return f"{self.base}/{path}?v={self.version}"


@dataclass(frozen=True, slots=True)
class Tiles:
    """Online tiles an administrator may add above the offline background.

    Attributes
    ----------
    url : str
        Template with ``{z}``, ``{x}`` and ``{y}``.
    attribution : str
        Plain text; shown as such.
    max_zoom : int
        Deepest level the tiles have.
    """

    url: str
    attribution: str
    max_zoom: int = 19


class OfflineMap(folium.Map):
    """A map that asks no other server for anything, unless ``tiles`` says so.

    Parameters
    ----------
    assets : MapAssets
    bounds : (west, south, east, north)
        Degrees; shown at first.
    name : str
        Tells apart the maps of an app: the browser keeps the view of each for the session.
    tiles : Tiles or None
        ``None``: not one foreign request.
    language : str
        Part of the map's identity: another language builds the map anew.
    """

    # folium's own template adds viewport and page rules meant for a page of its own, and its
    # ids are random; st_folium renames the map variable to ``map_div``.
    _template = Template(
        """
        {% macro header(this, kwargs) %}
            <style>html, body, #parent, .float-child { height: 100%; margin: 0; }
            #{{ this.get_name() }} { height: 100%; width: 100%; }</style>
        {% endmacro %}
        {% macro html(this, kwargs) %}
            <div class="folium-map" id={{ this.get_name()|tojson }} ></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = GapPlanner.createMap(
                {{ this.get_name()|tojson }}, {{ this.settings }});
            var drawnItems = {{ this.get_name() }}.gapPlanner.drawn;
        {% endmacro %}
        """
    )

    def __init__(
        self,
        *,
        assets: MapAssets,
        bounds: tuple[float, float, float, float],
        name: str,
        tiles: Tiles | None = None,
        language: str = "vi",
        max_zoom: int = 18,
    ) -> None:
        west, south, east, north = bounds
        super().__init__(
            location=[(south + north) / 2, (west + east) / 2], tiles=None, max_zoom=max_zoom
        )
        self.options["maxZoom"] = max_zoom
        self.default_js = [(url, url) for url in assets.scripts()]
        self.default_css = [(url, url) for url in assets.styles()]
        self.settings = script_json(
            {
                "name": name,
                "language": language,
                "bounds": [[south, west], [north, east]],
                "maxZoom": max_zoom,
                "tiles": None
                if tiles is None
                else {
                    "url": tiles.url,
                    "attribution": display_text(tiles.attribution, 200),
                    "maxZoom": tiles.max_zoom,
                },
            }
        )

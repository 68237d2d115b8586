"""Where the rows at fault lie."""

from __future__ import annotations

from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from geo.symbology import MapClass
from i18n import Translator
from planning.errors import Severity
from services.intake import Understanding
from ui import cache
from ui.map.base import OfflineMap
from ui.map.layers import LegendEntry, PlannerLayers, Villages
from ui.theme import theme_name

_HEIGHT_PX: Final = 400
_CLASSES: Final = (MapClass.FAULTY, MapClass.DOUBTFUL, MapClass.SOUND)


def show_fault_map(understood: Understanding, settled: bytes, words: Translator) -> None:
    """Draw the villages of a list, each by the worst fault of its row.

    Villages at the centre of their commune stand on one spot; the table names each of them.
    """
    register = understood.draft.register
    placed = ~(register.geometry.is_empty | register.geometry.isna()).to_numpy()
    if not placed.any():
        st.info(words("import-map-none"), icon=":material/location_off:")
        return
    classes = worst_faults(understood)
    ground = _ground(understood, register[placed])
    paths = cache.draft_layer_paths(
        understood.file_hash, settled, _register=register, _ground=ground, _classes=classes
    )
    assets = cache.map_assets(words.language)
    shown = pd.concat([register.geometry[placed], ground.geometry]).total_bounds
    west, south, east, north = (float(edge) for edge in shown)
    st_folium(
        OfflineMap(
            assets=assets,
            bounds=(west, south, east, north),
            name="import",
            tiles=cache.tiles(),
            language=words.language,
        ),
        key=f"map-import-{understood.file_hash}-{words.language}",
        height=_HEIGHT_PX,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=PlannerLayers(
            base=assets.base,
            villages=Villages(path=paths.nothing),
            sites=paths.draft,
            backdrop=paths.backdrop,
            legend=[
                LegendEntry(one, words(f"class-{one}"), int((classes[placed] == str(one)).sum()))
                for one in _CLASSES
            ],
            theme=theme_name(),
        ),
    )


def _ground(understood: Understanding, villages: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return what the map's background is drawn from: the province, if the list is of it.

    A background of the villages themselves would stretch to wherever a slip has put one.
    """
    places = understood.draft.places
    if not bool(((places.commune_at >= 0) | (places.unit_at >= 0)).any()):
        return villages
    communes = cache.gazetteer().communes.dropna(subset=["lon", "lat"])
    centres = gpd.points_from_xy(communes["lon"], communes["lat"])
    return gpd.GeoDataFrame(communes, geometry=centres, crs="EPSG:4326")


def worst_faults(understood: Understanding) -> npt.NDArray[np.object_]:
    """Return ``faulty``, ``doubtful`` or ``sound`` for each row of a list."""
    draft = understood.draft
    doubtful = [
        fault.row
        for fault in draft.faults
        if fault.row is not None and fault.severity is Severity.WARNING
    ]
    return np.select(
        [draft.faulty, np.isin(draft.raw.rows, doubtful)],
        [str(MapClass.FAULTY), str(MapClass.DOUBTFUL)],
        str(MapClass.SOUND),
    ).astype(object)

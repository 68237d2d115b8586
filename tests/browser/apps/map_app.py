"""A page with nothing but the map, for the browser tests of the map itself.

Served from a folder of its own beside a ``static/`` with the installed libraries.
"""

import json
import os
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from geo.backdrop import backdrop
from geo.layers import PointStatus, fixed_status, mobile_status, site_layer, village_layer
from geo.symbology import MapClass
from i18n import translator
from ui.map.base import MapAssets, OfflineMap
from ui.map.layers import LegendEntry, PlannerLayers, Villages, clicked_id
from ui.map.script import WORDS, map_script, map_style
from ui.publish import Publisher

st.set_page_config(layout="wide")
HOSTILE = json.loads(os.environ["HOSTILE_NAMES"])
publisher = Publisher(Path(__file__).parent / "static", bytes(32))
words = translator("vi")
script = map_script({word: words("mapview-" + word.replace("_", "-")) for word in WORDS}, "vi")
assets = MapAssets(
    base="/app/static",
    version="test",
    script=publisher.publish(script, ".js"),
    style=publisher.publish(map_style(), ".css"),
)

# A grid of villages, far enough apart to be clicked one by one; the first ones are hostile.
count = 40
grid = pd.DataFrame(
    {
        "village_id": [f"T-{i:02d}" for i in range(count)],
        "name": [*HOSTILE, *(f"Bản {i}" for i in range(count))][:count],
        "commune_code": [f"C{i % 8}" for i in range(count)],
        "commune": [HOSTILE[i % 8] for i in range(count)],
        "district_code": [f"D{i % 2}" for i in range(count)],
        "district": [["Huyện Đông", "Huyện Tây"][i % 2] for i in range(count)],
        "people": pd.array([100 + i for i in range(count)], dtype="Int64"),
        "position_basis": "surveyed",
    }
)
east, north = np.arange(count) % 8, np.arange(count) // 8
points = gpd.points_from_xy(104 + 0.1 * east, 22 + 0.1 * north)
villages = gpd.GeoDataFrame(grid, geometry=points, crs=4326)
sites = gpd.GeoDataFrame(
    {"site_id": ["S-1"], "name": [HOSTILE[1]], "kind": ["fibre_point"], "technology": ["fibre"]},
    geometry=gpd.points_from_xy([104.05], [22.05]),
    crs=4326,
)
number = pd.Series(range(count))
mobile = mobile_status(pd.cut(number, [-1, 2, 5, 99], labels=["no_signal", "2g_only", "broadband"]))
fixed = fixed_status(pd.cut(number, [-1, 9, 10, 99], labels=["none", "unknown", "fibre"]))
legend = [
    LegendEntry(
        MapClass.NO_MOBILE,
        "Chưa có di động",
        int(np.isin(mobile, [PointStatus.LACKING, PointStatus.NO_SIGNAL]).sum()),
        classes=(MapClass.NO_MOBILE, MapClass.NO_SIGNAL),
    ),
    LegendEntry(MapClass.NO_SIGNAL, "trắng sóng", 3, part=True),
    LegendEntry(MapClass.NO_FIBRE, "Chưa có cáp quang", 10),
    LegendEntry(MapClass.UNKNOWN, "Chưa rõ", 1),
    LegendEntry(MapClass.SERVED, HOSTILE[0], 29),
    LegendEntry(MapClass.FIBRE_POINT, "Điểm cáp quang", 1, shown=False),
]


@st.fragment
def show() -> None:
    """Draw the map and repeat what the user did on it."""
    west_only = st.checkbox("chỉ Huyện Tây")
    focus = st.text_input("tìm")
    returned = st_folium(
        OfflineMap(
            assets=assets,
            bounds=(104.0, 22.0, 104.7, 22.4),
            name="test",
        ),
        key="map",
        height=520,
        use_container_width=True,
        returned_objects=[
            "last_object_clicked_tooltip",
            "last_object_clicked_count",
            "all_drawings",
        ],
        feature_group_to_add=PlannerLayers(
            base=assets.base,
            villages=Villages(
                path=publisher.publish(village_layer(villages, mobile, fixed), ".json"),
                visible=(villages["district_code"] == "D1").to_numpy() if west_only else None,
                selected=focus or None,
                ranked=["T-05", "T-03"],
            ),
            sites=publisher.publish(site_layer(sites), ".json"),
            backdrop=publisher.publish(backdrop(villages), ".json"),
            legend=legend,
            theme="dark" if st.context.theme.type == "dark" else "light",
            focus=focus or None,
        ),
    )
    st.text(f"chọn: {clicked_id(returned)}")
    st.text(f"lần bấm: {returned['last_object_clicked_count']}")
    st.text(f"vùng: {len(returned['all_drawings'] or [])}")


show()

"""What is computed once and shared: the only module with ``@st.cache_*``.

Results are shared between sessions and must not be changed. Keys are the data hash and the
parameters, never the frames themselves; results are data, never translated text, except where
the language is part of the key.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import pandas as pd
import streamlit as st

from geo.backdrop import backdrop
from geo.display import display_text
from geo.layers import fixed_status, mobile_status, site_layer, village_layer
from i18n import translator
from planning.vocabulary import Direction, Gap, Weights
from services.assess import Assessment, assess
from services.find import areas
from services.prioritise import Measures, Question, Ranking, measure, prioritise
from services.province import DATA_VARIABLE, Province, province_in, shipped_province
from services.serving import nearest_of_all
from services.tip import Tipping, find_tipping
from services.track import TargetReport, reconcile, track
from services.village import VillageCard, describe
from ui.components.village_table import village_table
from ui.install_assets import ROOT, installed_stamp
from ui.map.base import MapAssets, Tiles
from ui.map.script import WORDS, map_script, map_style
from ui.publish import Publisher, read_secret

TILES_VARIABLE: Final = "GAP_PLANNER_TILES"
"""An administrator's tile address, ``none`` for not one foreign request."""
_OPENSTREETMAP: Final = Tiles(
    "https://tile.openstreetmap.org/{z}/{x}/{y}.png", "© OpenStreetMap contributors"
)


@st.cache_resource(show_spinner=False)
def province() -> Province:
    """Return the province the app works on: the administrator's folder, else the shipped one."""
    folder = os.environ.get(DATA_VARIABLE)
    return province_in(Path(folder)) if folder else shipped_province()


@st.cache_resource(show_spinner=False, max_entries=32)
def assessment(data_hash: str, as_of: date, _province: Province) -> Assessment:
    """Return the state of the province at a day."""
    return assess(_province, as_of)


@st.cache_resource(show_spinner=False, max_entries=32)
def measures(data_hash: str, gap: Gap, as_of: date, _province: Province) -> Measures:
    """Return the distances and access scores of a gap at a day."""
    return measure(_province, gap, as_of)


@st.cache_resource(show_spinner=False, max_entries=128)
def ranking(data_hash: str, question: Question, _province: Province) -> Ranking:
    """Return the ranking that answers a question."""
    return prioritise(measures(data_hash, question.gap, question.as_of, _province), question)


def quick_ranking(data_hash: str, question: Question, province: Province) -> Ranking:
    """Return a ranking without rank intervals, for places that only show the order."""
    return ranking(data_hash, replace(question, draws=0), province)


@st.cache_resource(show_spinner=False, max_entries=8)
def nearest(data_hash: str, as_of: date, _province: Province) -> dict[Gap, pd.DataFrame]:
    """Return the nearest point with each service, of every village at a day."""
    return nearest_of_all(_province, as_of)


@st.cache_resource(show_spinner=False, max_entries=512)
def card(
    data_hash: str,
    as_of: date,
    weighting: tuple[Weights, Direction],
    village_id: str,
    _province: Province,
) -> VillageCard:
    """Return everything known of a village at a day, ranked by a weighting."""
    rankings = {
        gap: quick_ranking(data_hash, Question(gap, as_of, *weighting), _province) for gap in Gap
    }
    return describe(
        _province,
        assessment(data_hash, as_of, _province),
        rankings,
        nearest(data_hash, as_of, _province),
        village_id,
    )


@st.cache_resource(show_spinner=False, max_entries=32)
def village_list(data_hash: str, as_of: date, language: str, _province: Province) -> pd.DataFrame:
    """Return the table of all villages at a day, written in a language."""
    return village_table(_province, assessment(data_hash, as_of, _province), translator(language))


@st.cache_resource(show_spinner=False, max_entries=256)
def area_names(
    data_hash: str, kind: str, districts: tuple[str, ...], _province: Province
) -> dict[str, str]:
    """Return the names of districts or communes by code, as the screen shows them."""
    return {
        code: display_text(name, 60) for code, name in areas(_province, kind, districts).items()
    }


@st.cache_resource(show_spinner=False, max_entries=32)
def tipping(data_hash: str, question: Question, _province: Province) -> Tipping:
    """Return what would change the first places of a ranking."""
    return find_tipping(ranking(data_hash, question, _province))


@st.cache_resource(show_spinner=False, max_entries=32)
def targets(data_hash: str, as_of: date, _province: Province) -> tuple[TargetReport, ...]:
    """Return the targets measured at a day."""
    return track(_province, as_of)


@st.cache_resource(show_spinner=False, max_entries=8)
def published(data_hash: str, _province: Province) -> pd.DataFrame:
    """Return the published figures beside the register's own counts."""
    return reconcile(_province)


@st.cache_resource(show_spinner=False)
def publisher() -> Publisher:
    """Return the writer of files for the browser."""
    return Publisher(ROOT / "static", read_secret(state_folder() / "secret"))


@st.cache_resource(show_spinner=False, max_entries=32)
def village_layer_path(data_hash: str, as_of: date, _province: Province) -> str:
    """Publish the villages at a day for the map; return where."""
    now, first = _province.states(as_of), _province.states(_province.baseline)
    content = village_layer(
        _province.villages,
        mobile_status(now["mobile_state"], first["mobile_state"]),
        fixed_status(now["fixed_state"], first["fixed_state"]),
    )
    return publisher().publish(content, ".json")


@st.cache_resource(show_spinner=False, max_entries=8)
def site_layer_path(data_hash: str, _province: Province) -> str:
    """Publish the network points for the map; return where."""
    return publisher().publish(site_layer(_province.sites), ".json")


@st.cache_resource(show_spinner=False, max_entries=8)
def backdrop_path(data_hash: str, _province: Province) -> str:
    """Publish the offline background for the map; return where."""
    return publisher().publish(backdrop(_province.villages), ".json")


@st.cache_resource(show_spinner=False)
def map_assets(language: str) -> MapAssets:
    """Publish the map's script and style; return where the browser finds all it needs."""
    words = translator(language)
    said = {word: words("mapview-" + word.replace("_", "-")) for word in WORDS}
    base_path = st.get_option("server.baseUrlPath").strip("/")
    return MapAssets(
        base=f"/{base_path}/app/static" if base_path else "/app/static",
        version=installed_stamp() or "0",
        script=publisher().publish(map_script(said, language), ".js"),
        style=publisher().publish(map_style(), ".css"),
    )


def tiles() -> Tiles | None:
    """Return the online tiles an administrator set; ``None`` for none."""
    setting = os.environ.get(TILES_VARIABLE, "").strip()
    if not setting:
        return _OPENSTREETMAP
    return None if setting.lower() == "none" else Tiles(setting, "")


def state_folder() -> Path:
    """Return the folder of this installation's own files, never served to a browser."""
    given = os.environ.get("GAP_PLANNER_STATE")
    return Path(given) if given else ROOT / ".gap-planner"

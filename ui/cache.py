"""What is computed once and shared: the only module with ``@st.cache_*``.

Results are shared between sessions and must not be changed. Keys are the data hash and the
parameters, never the frames themselves; results are data, never translated text, except where
the language is part of the key.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import streamlit as st

from geo.backdrop import backdrop
from geo.display import display_text
from geo.intake.table import RawTable
from geo.layers import (
    area_layer,
    draft_layer,
    fixed_status,
    mobile_status,
    site_layer,
    village_layer,
)
from geo.outlines import outlines
from geo.register.choices import Choices
from geo.register.gazetteer import Gazetteer
from i18n import translator
from planning.costs import Case
from planning.errors import PlannerError
from planning.vocabulary import Area, AreaKind, Direction, Gap, Role, Target, Weights
from services import scenarios
from services.assess import Assessment, assess
from services.boundaries import gap_rates
from services.find import areas
from services.forecast import Forecast, starts_of
from services.forecast import forecast as forecast_target
from services.intake import Understanding, acceptable_register, shipped_gazetteer, understand
from services.merge import Merge, lay_over
from services.outline import Outline
from services.prioritise import Measures, Question, Ranking, measure, prioritise
from services.province import DATA_VARIABLE, Province, province_in
from services.record import Record, as_recorded, is_begun, register_key
from services.report import gather_report
from services.report_export import report_bytes
from services.report_forecast import forecasts_of
from services.report_values import Report
from services.rollout_cohort import Cohort, find_cohort, find_target
from services.rollout_costs import cost_book_of
from services.rollout_costs import cost_lines as lines_of_costs
from services.rollout_values import PowerFirst, RolloutPlan, RolloutQuestion, Technology
from services.rollout_worker import Kind
from services.series import breaks_of, series_of
from services.serving import nearest_of_all
from services.shelf import SHIPPED, Shelf, ShelfEntry, shelf_here
from services.tip import Tipping, find_tipping
from services.track import TargetReport, reconcile, track
from services.village import VillageCard, describe
from services.work_queue import Queue
from services.work_queue import open_work as work_waiting
from store.history import head_of
from store.opening import STORE_VARIABLE, Store, open_store
from ui.components.plan_layers import written_layers
from ui.components.target_chart import TargetChart, draw_target_chart
from ui.components.village_table import village_table
from ui.install_assets import ROOT, installed_stamp
from ui.map.base import MapAssets, Tiles
from ui.map.script import WORDS, map_script, map_style
from ui.publish import Publisher, read_secret
from ui.recent_plans import RecentAnswers
from ui.recent_tables import RecentTables
from ui.theme import GAP_CLASS

TILES_VARIABLE: Final = "GAP_PLANNER_TILES"
"""An administrator's tile address, ``none`` for not one foreign request."""
_OPENSTREETMAP: Final = Tiles(
    "https://tile.openstreetmap.org/{z}/{x}/{y}.png", "© OpenStreetMap contributors"
)


def province() -> Province:
    """Return the province the app works on: the administrator's folder, else the one in use."""
    base = base_province()
    record = record_here()
    return base if record is None else recorded_province(base, record)


def base_province() -> Province:
    """Return the province in use as its files have it, nothing recorded laid over it."""
    folder = os.environ.get(DATA_VARIABLE)
    return opened_province(folder or "", "" if folder else shelf().in_use())


def record_here() -> Record | None:
    """Return the record of the register in use; ``None`` while nothing was ever recorded."""
    if not is_begun(shelf()):
        return None
    return Record(store(), register_key(shelf()))


def begun_record() -> Record:
    """Return the record of the register in use, begun if it is not yet."""
    return Record(store(), register_key(shelf()))


def begun_key() -> str:
    """Return the key under which the register in use is, or would be, recorded."""
    return register_key(shelf())


def store() -> Store:
    """Return this installation's store, opened once for each address."""
    return _opened_store(os.environ.get(STORE_VARIABLE, ""), state_folder())


@st.cache_resource(show_spinner=False, max_entries=2)
def _opened_store(url: str, home: Path) -> Store:
    return open_store(url, home)


def recorded_province(base: Province, record: Record) -> Province:
    """Return a province as it is recorded now: one small question, unless something is new."""
    seq, _ = head_of(record.store)
    return _recorded_province(base.data_hash, record.key, seq, base, record)


@st.cache_resource(show_spinner=False, max_entries=4)
def _recorded_province(
    data_hash: str, key: str, seq: int, _base: Province, _record: Record
) -> Province:
    return as_recorded(_base, _record)


@st.cache_resource(show_spinner=False, max_entries=4)
def opened_province(folder: str, key: str) -> Province:
    """Return the province of a folder, else of a key on the shelf."""
    # A register on the shelf never changes: its key names its content.
    return province_in(Path(folder)) if folder else shelf().open(key)


def shelf() -> Shelf:
    """Return this installation's accepted registers."""
    return Shelf(state_folder())


@st.cache_resource(show_spinner=False)
def shipped_entry() -> ShelfEntry:
    """Return what is written of the shipped register, which has to be read to tell."""
    return shelf().entry(SHIPPED)


@st.cache_resource(show_spinner=False)
def gazetteer() -> Gazetteer:
    """Return the units of the shipped province in all their vintages."""
    return shipped_gazetteer()


@st.cache_resource(show_spinner=False)
def foreign_tables() -> RecentTables:
    """Return the tables read last; reading shows its progress, so it is not itself cached."""
    return RecentTables()


@st.cache_resource(show_spinner=False, max_entries=8)
def understanding(
    file_hash: str,
    settled: bytes,
    outline_hash: str,
    today: date,
    *,
    _raw: RawTable,
    _choices: Choices,
    _file: str,
    _outline: Outline | None,
) -> Understanding:
    """Return what is made of a list; ``settled`` is the choices as their file."""
    return understand(
        _raw,
        _choices,
        gazetteer(),
        file=_file,
        file_hash=file_hash,
        today=today,
        boundaries=_outline.boundaries if _outline else None,
    )


@st.cache_resource(show_spinner=False, max_entries=4)
def merged(
    file_hash: str,
    settled: bytes,
    set_aside: bool,
    data_hash: str,
    same: tuple[tuple[int, str], ...],
    *,
    _understood: Understanding,
    _province: Province,
) -> Merge:
    """Return a list laid over the register in use."""
    register = acceptable_register(_understood, set_aside=set_aside)
    return lay_over(register, _province, _understood.file, same=same)


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


@st.cache_resource(show_spinner=False, max_entries=16)
def open_work(data_hash: str, gap: Gap, role: Role, as_of: date, _province: Province) -> Queue:
    """Return what waits for a role at a day, without versions: those are asked for on each run."""
    return work_waiting(_province, gap, role, as_of)


@st.cache_resource(show_spinner=False, max_entries=64)
def cohort_size(data_hash: str, gap: Gap, area: Area | None, on: date, _province: Province) -> int:
    """Return how many villages of an area, or of the province, have a gap on a day."""
    asked = Target("", gap, on, 1, 1, date.max, "", area=area)
    return int(_province.cohort_of(asked).sum())


@st.cache_resource(show_spinner=False, max_entries=4)
def target_areas(data_hash: str, _province: Province) -> tuple[Area, ...]:
    """Return the areas a target can be set for: districts, then communes of today, by name."""
    register = _province.villages
    found = []
    for kind in (AreaKind.DISTRICT, AreaKind.UNIT):
        own = register[[f"{kind}_code", str(kind)]].dropna().drop_duplicates()
        for code, name in own.sort_values(str(kind)).itertuples(index=False):
            found.append(Area(kind, str(code), str(name)))
    return tuple(found)


@st.cache_resource(show_spinner=False, max_entries=4)
def report(data_hash: str, record_head: str, as_of: date, _province: Province) -> Report:
    """Return the figures of the report to the leadership at a day."""
    return gather_report(_province, as_of, forecasts=forecasts_of(_province, as_of))


@st.cache_resource(show_spinner=False, max_entries=24)
def report_file(
    data_hash: str,
    record_head: str,
    as_of: date,
    language: str,
    suffix: str,
    _province: Province,
) -> bytes:
    """Return the report to the leadership as a file, in a language."""
    figures = report(data_hash, record_head, as_of, _province)
    return report_bytes(figures, suffix, translator(language))


@st.cache_resource(show_spinner=False, max_entries=8)
def kept_plan(key: str) -> RolloutPlan:
    """Return a plan that was kept; its key names its content."""
    return scenarios.load(key)


@st.cache_resource(show_spinner=False, max_entries=32)
def forecast(
    data_hash: str, target_id: str, as_of: date, plan_key: str, _province: Province
) -> Forecast:
    """Return what to expect of a target from what is known on a day, by a kept plan if one is."""
    starts = starts_of(kept_plan(plan_key)) if plan_key else None
    target = find_target(_province, target_id)
    return forecast_target(_province, target, as_of, not_before=starts)


@st.cache_resource(show_spinner=False, max_entries=32)
def series(
    data_hash: str, target_id: str, as_of: date, plan_key: str, _province: Province
) -> tuple[pd.DataFrame, list[date]]:
    """Return the series of a target, and the days on which the way of counting changed."""
    target = find_target(_province, target_id)
    expected = forecast(data_hash, target_id, as_of, plan_key, _province)
    plan = kept_plan(plan_key) if plan_key else None
    table = series_of(_province, target, as_of, forecast=expected, plan=plan)
    return table, breaks_of(_province, target, as_of)


@st.cache_resource(show_spinner=False, max_entries=32)
def target_chart(
    data_hash: str,
    target_id: str,
    as_of: date,
    plan_key: str,
    language: str,
    _province: Province,
) -> TargetChart | None:
    """Return the series of a target drawn, in a language."""
    table, breaks = series(data_hash, target_id, as_of, plan_key, _province)
    return draw_target_chart(table, breaks, translator(language))


@st.cache_resource(show_spinner=False, max_entries=8)
def published(data_hash: str, _province: Province) -> pd.DataFrame:
    """Return the published figures beside the register's own counts."""
    return reconcile(_province)


@st.cache_resource(show_spinner=False, max_entries=32)
def plan_cohort(
    data_hash: str, target_id: str | None, gap: Gap, as_of: date, _province: Province
) -> Cohort | None:
    """Return the villages a plan can be made for; ``None`` where nobody lacks the service."""
    if measures(data_hash, gap, as_of, _province).table.empty:
        return None
    asked = RolloutQuestion(target_id, gap, as_of, start=as_of, deadline=as_of)
    try:
        return find_cohort(_province, asked)
    except PlannerError as refusal:
        if refusal.key == "error-plan-nobody":
            return None
        raise


@st.cache_resource(show_spinner=False, max_entries=32)
def cost_lines(
    case: Case, technology: Technology, power_first: PowerFirst, has_heights: bool
) -> pd.DataFrame:
    """Return the unit costs that a plan is made with, before the user's own."""
    day = date.min
    asked = RolloutQuestion(
        None,
        Gap.FIBRE,
        day,
        start=day,
        deadline=day,
        technology=technology,
        cost_case=case,
        power_first=power_first,
        dem=Path() if has_heights else None,
    )
    return lines_of_costs(asked, cost_book_of(asked))


@st.cache_resource(show_spinner=False)
def recent_answers(kind: Kind) -> RecentAnswers[object]:
    """Return the plans, curves or draws worked out last, of all sessions."""
    return RecentAnswers()


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


@dataclass(frozen=True)
class PlanPaths:
    """Where the map of a plan finds its layers."""

    villages: str
    routes: str


@st.cache_resource(show_spinner=False, max_entries=64)
def plan_paths(key: str, language: str, *, _plan: RolloutPlan) -> PlanPaths:
    """Publish a plan, written in a language, for the map; return where."""
    villages, routes = written_layers(_plan, translator(language))
    return PlanPaths(publisher().publish(villages, ".json"), publisher().publish(routes, ".json"))


@dataclass(frozen=True)
class DraftPaths:
    """Where the map of a list in the making finds its layers."""

    draft: str
    backdrop: str
    nothing: str


@st.cache_resource(show_spinner=False, max_entries=8)
def draft_layer_paths(
    file_hash: str,
    settled: bytes,
    *,
    _register: gpd.GeoDataFrame,
    _ground: gpd.GeoDataFrame,
    _classes: npt.NDArray[np.object_],
) -> DraftPaths:
    """Publish a list in the making, and the ground it stands on, for the map; return where."""
    none = _register.iloc[:0]
    no_status = np.empty(0, dtype=np.int8)
    return DraftPaths(
        draft=publisher().publish(draft_layer(_register, _classes.tolist()), ".json"),
        backdrop=publisher().publish(backdrop(_ground), ".json"),
        nothing=publisher().publish(village_layer(none, no_status, no_status), ".json"),
    )


@st.cache_resource(show_spinner=False, max_entries=8)
def backdrop_path(data_hash: str, _province: Province) -> str:
    """Publish the offline background for the map; return where."""
    known, villages = _province.boundaries, _province.villages
    ground = backdrop(villages) if known is None else outlines(known, villages)
    return publisher().publish(ground, ".json")


@st.cache_resource(show_spinner=False, max_entries=64)
def area_rates(data_hash: str, gap: Gap, as_of: date, _province: Province) -> pd.DataFrame | None:
    """Return the share of villages with a gap in each area; ``None`` without boundaries."""
    if _province.boundaries is None:
        return None
    state = assessment(data_hash, as_of, _province)
    return gap_rates(_province, _province.boundaries, state, gap)


@st.cache_resource(show_spinner=False, max_entries=64)
def area_layer_path(data_hash: str, gap: Gap, as_of: date, _province: Province) -> str | None:
    """Publish the colours of the areas for the map; return where, ``None`` without boundaries."""
    rates = area_rates(data_hash, gap, as_of, _province)
    if rates is None:
        return None
    return publisher().publish(area_layer(rates, GAP_CLASS[gap]), ".json")


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
    return shelf_here().home

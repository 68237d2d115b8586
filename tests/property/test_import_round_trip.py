"""What the product exports it imports again: field by field, in every format and both languages."""

from __future__ import annotations

import math
import tempfile
from datetime import date
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from geo.export import SUFFIXES, to_bytes
from geo.export.field_names import field_names
from geo.intake.child import read_source
from geo.intake.table import ReadOptions
from geo.reading import observations_of_register
from geo.register.choices import EVERY_COLUMN, Choices
from geo.register.days import DayOrder
from geo.register.dictionary import fields
from geo.register.recognition import Confidence, field_of
from geo.schema import VILLAGES
from geo.writing import register_geojson
from i18n import LANGUAGES, translator
from planning.folding import fold
from planning.vocabulary import (
    LACKING_STATES,
    FixedState,
    Gap,
    GridPower,
    MobileState,
    PositionBasis,
    VillageKind,
)
from services.assess import assess
from services.export import Selection, priority_list
from services.intake import Understanding, shipped_gazetteer, understand
from services.prioritise import Question, measure, prioritise
from services.province import Province

TODAY: Final = date(2026, 1, 15)
GAZETTEER: Final = shipped_gazetteer()
SYLLABLES: Final = ("Phìn", "Hồ", "Séo", "Mý", "Tỷ", "Lử", "Nậm", "Xây", "Choản", "Thèn", "Giáy")
SAME: Final = (
    "village_id", "name", "kind", "commune_code", "commune", "district", "unit_code", "unit",
    "main_group", "area_class", "grid_power", "position_basis",
)  # fmt: skip
WHOLE: Final = ("households", "people", "poor_households")
FLAGS: Final = ("specially_difficult", "border")
WORDS: Final = {
    "kind": (VillageKind, "kind"),
    "grid_power": (GridPower, "grid_power"),
    "position_basis": (PositionBasis, "position_basis"),
    "mobile_state": (MobileState, "state-mobile"),
    "fixed_state": (FixedState, "state-fixed"),
}

names = st.builds(
    lambda kind, words: f"{kind} {' '.join(words)}",
    st.sampled_from(["Thôn", "Bản", "Tổ dân phố"]),
    st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=3),
)
maybe_count = st.one_of(st.none(), st.integers(0, 99_999))
villages = st.fixed_dictionaries(
    {
        "commune": st.integers(0, len(GAZETTEER) - 1),
        "name": names,
        "kind": st.sampled_from([*VillageKind]),
        "households": maybe_count,
        "people": maybe_count,
        "poor_households": maybe_count,
        "minority_share": st.one_of(st.none(), st.floats(0, 1)),
        "main_group": st.sampled_from([None, "Mông", "Dao", "Hà Nhì"]),
        "area_class": st.sampled_from([None, "I", "II", "III"]),
        "specially_difficult": st.sampled_from([None, True, False]),
        "border": st.sampled_from([None, True, False]),
        "grid_power": st.sampled_from([None, "grid", "planned", "none", "other"]),
        "position_basis": st.sampled_from([*PositionBasis]),
        "offset": st.tuples(st.floats(-0.002, 0.002), st.floats(-0.002, 0.002)),
        "mobile_state": st.sampled_from(
            [s for s in MobileState if s in LACKING_STATES[Gap.MOBILE]]
        ),
        "fixed_state": st.sampled_from([s for s in FixedState if s in LACKING_STATES[Gap.FIBRE]]),
        "observed_on": st.dates(date(2015, 1, 1), TODAY),
    }
)
SPARSE: Final = {
    "commune": 3, "name": "Thôn Phìn Hồ", "kind": "thon", "households": None, "people": None,
    "poor_households": None, "minority_share": 1.0, "main_group": None, "area_class": None,
    "specially_difficult": True, "border": None, "grid_power": None, "position_basis": "surveyed",
    "offset": (0.0, 0.0), "mobile_state": "no_signal", "fixed_state": "none",
    "observed_on": date(2024, 4, 3),
}  # fmt: skip


def province_of(listed: list[dict[str, Any]]) -> Province:
    """A register whose places are those of the gazetteer."""
    rows = []
    for number, village in enumerate(listed, start=1):
        place = GAZETTEER.communes.iloc[village["commune"]]
        rows.append(
            {
                **village,
                "village_id": f"K-{number:03d}",
                "name": f"{village['name']} {number}",
                **{
                    key: place[key]
                    for key in ("commune_code", "commune", "district_code", "district",
                                "unit_code", "unit")
                },
                "mobile_observed_on": pd.Timestamp(village["observed_on"]),
                "fixed_observed_on": pd.Timestamp(village["observed_on"]),
                "lon": round(place["lon"] + village["offset"][0] + number * 1e-4, 6),
                "lat": round(place["lat"] + village["offset"][1], 6),
            }
        )  # fmt: skip
    frame = pd.DataFrame(rows)
    checked = VILLAGES.validate(frame.drop(columns=["offset", "observed_on", "lon", "lat"]))
    register = gpd.GeoDataFrame(
        checked, geometry=gpd.points_from_xy(frame["lon"], frame["lat"]), crs="EPSG:4326"
    )
    sites: dict[str, list[str]] = {
        c: [] for c in ("site_id", "name", "kind", "technology", "commune_code")
    }
    return Province(
        villages=register,
        observations=observations_of_register(register, "x"),
        sites=gpd.GeoDataFrame({**sites, "in_service_on": []}, geometry=[], crs="EPSG:4326"),
        communes=pd.DataFrame(),
        targets=(),
        published=pd.DataFrame(),
        illustrative=False,
        name="Thử",
        source="x",
        data_hash="0" * 12,
    )


def exported(province: Province, gap: Gap, language: str, suffix: str, **how: Any) -> bytes:
    question = Question(gap=gap, as_of=province.latest, draws=0)
    ranking = prioritise(measure(province, gap, question.as_of), question)
    table = priority_list(
        province, assess(province, question.as_of), ranking, Selection(), translator(language)
    )
    return to_bytes(table, suffix, **how)


def imported(content: bytes, suffix: str, **decided: Any) -> Understanding:
    """Import in this process, which is quick; the locked room reads by the same function."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "source"
        path.write_bytes(content)
        raw = read_source(path, suffix, ReadOptions(), lambda _stage, _share: None)
    return understand(
        raw, Choices(**decided), GAZETTEER, file=f"list{suffix}", file_hash="", today=TODAY
    )


def decided_for(suffix: str, language: str) -> dict[str, Any]:
    """What a person has to say of an export: 03/04/2024 in a Vietnamese CSV is the third of April.

    Where another day of the column tells, nothing is asked; every other format dates its days.
    """
    is_open = suffix == ".csv" and language == "vi"
    return {"dates": {EVERY_COLUMN: DayOrder.DAY_FIRST}} if is_open else {}


def plain(value: Any) -> Any:
    return None if pd.isna(value) else value


def cells(frame: pd.DataFrame, key: str) -> list[Any]:
    """The values of a column; KMZ writes a value that no village has nowhere."""
    return [plain(value) for value in frame.get(key, [None] * len(frame))]


def check(made: Understanding, province: Province, gap: Gap) -> None:
    assert made.acceptable, [(f.key, f.row, f.column, f.got) for f in made.draft.errors]
    assert made.draft.has_id.all()
    before = province.villages.set_index("village_id", drop=False)
    after = made.draft.register.set_index("village_id", drop=False).loc[before.index]
    for key in (*SAME, *WHOLE, *FLAGS):
        assert cells(after, key) == cells(before, key), key
    for read_share, share in zip(after["minority_share"], before["minority_share"], strict=True):
        assert math.isnan(share) == math.isnan(read_share)
        assert math.isnan(share) or read_share == pytest.approx(share, abs=5e-5)
    service = "fixed" if gap is Gap.FIBRE else "mobile"
    for key in (f"{service}_state", f"{service}_observed_on"):
        assert after[key].tolist() == before[key].tolist(), key
    assert after.geometry.x.tolist() == pytest.approx(before.geometry.x.tolist(), abs=1e-6)
    assert after.geometry.y.tolist() == pytest.approx(before.geometry.y.tolist(), abs=1e-6)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    listed=st.lists(villages, min_size=1, max_size=6), gap=st.sampled_from([Gap.FIBRE, Gap.MOBILE])
)
@example(listed=[SPARSE], gap=Gap.FIBRE)
@example(listed=[SPARSE, {**SPARSE, "minority_share": 0.853, "people": 1234}], gap=Gap.MOBILE)
def test_whatever_is_exported_is_imported_as_it_was(
    suffix: str, language: str, listed: list[dict[str, Any]], gap: Gap
) -> None:
    province = province_of(listed)
    content = exported(province, gap, language, suffix)
    check(imported(content, suffix, **decided_for(suffix, language)), province, gap)


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(listed=st.lists(villages, min_size=1, max_size=6))
@example(listed=[SPARSE, {**SPARSE, "minority_share": 0.853, "people": 1234}])
@example(listed=[{**SPARSE, "minority_share": 1e-06}, {**SPARSE, "minority_share": 1.5e-05}])
def test_the_semicolon_csv_is_imported_as_it_was(
    language: str, listed: list[dict[str, Any]]
) -> None:
    province = province_of(listed)
    content = exported(province, Gap.FIBRE, language, ".csv", separator=";")
    check(imported(content, ".csv", **decided_for(".csv", language)), province, Gap.FIBRE)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(listed=st.lists(villages, min_size=1, max_size=6))
def test_a_register_file_is_imported_with_both_its_states(listed: list[dict[str, Any]]) -> None:
    province = province_of(listed)
    made = imported(register_geojson(province.villages, {}), ".geojson")
    check(made, province, Gap.FIBRE)
    check(made, province, Gap.MOBILE)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", sorted(fields()))
def test_the_label_of_every_field_is_recognised_as_that_field(language: str, key: str) -> None:
    label = translator(language)(f"field-{key}")
    assert field_of(label) == (key, Confidence.EXACT)


@pytest.mark.parametrize("key", sorted(set(fields()) - {"commune"}))
def test_the_key_of_every_field_is_recognised_even_as_short_as_a_shapefile_has_it(
    key: str,
) -> None:
    # "commune" alone is any office's word for a commune of no stated time.
    assert field_of(key) == (key, Confidence.EXACT)
    short = dict(zip(fields(), field_names([*fields()]), strict=True))[key]
    assert field_of(short) == (key, Confidence.EXACT)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", WORDS)
def test_the_words_of_every_choice_are_read_as_that_choice(language: str, key: str) -> None:
    values, stem = WORDS[key]
    for value in values:
        if value == "unknown":
            continue
        said = translator(language)(f"{stem}-{value}")
        assert fields()[key].words.get(fold(said)) == value, said
        if key.endswith("_state"):
            assert fields()["state"].words.get(fold(said)) == value, said

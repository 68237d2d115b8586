"""Export a ranked list in the forms offices use, with its evidence inside each file."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Final

import geopandas as gpd
import numpy as np

from geo.export import Column, ColumnKind, ExportTable, Wording
from geo.symbology import MapClass
from i18n import Translator
from planning.vocabulary import (
    GAP_SERVICE,
    Criterion,
    FixedState,
    Gap,
    GridPower,
    Lane,
    MobileState,
    PositionBasis,
    Service,
    VillageKind,
)
from services.assess import Assessment
from services.prioritise import Ranking
from services.province import Province

_DISTRIBUTION: Final = "gap-planner"

_KINDS: Final[dict[str, ColumnKind]] = {
    "rank": ColumnKind.INTEGER,
    "map_class": ColumnKind.CHOICE,
    "village_id": ColumnKind.TEXT,
    "name": ColumnKind.TEXT,
    "kind": ColumnKind.CHOICE,
    "commune": ColumnKind.TEXT,
    "commune_code": ColumnKind.TEXT,
    "district": ColumnKind.TEXT,
    "unit": ColumnKind.TEXT,
    "unit_code": ColumnKind.TEXT,
    "state": ColumnKind.CHOICE,
    "observed_on": ColumnKind.DATE,
    "lane": ColumnKind.CHOICE,
    "households": ColumnKind.INTEGER,
    "people": ColumnKind.INTEGER,
    "minority_share": ColumnKind.SHARE,
    "main_group": ColumnKind.TEXT,
    "poor_households": ColumnKind.INTEGER,
    "area_class": ColumnKind.TEXT,
    "specially_difficult": ColumnKind.BOOLEAN,
    "border": ColumnKind.BOOLEAN,
    "grid_power": ColumnKind.CHOICE,
    "position_basis": ColumnKind.CHOICE,
    "nearest_id": ColumnKind.TEXT,
    "nearest_name": ColumnKind.TEXT,
    "distance_km": ColumnKind.KM,
    "route_km": ColumnKind.KM,
    "access": ColumnKind.SHARE,
    "distance_score": ColumnKind.SCORE,
    "population_score": ColumnKind.SCORE,
    "minority_score": ColumnKind.SCORE,
    "distance_points": ColumnKind.SCORE,
    "population_points": ColumnKind.SCORE,
    "minority_points": ColumnKind.SCORE,
    "total": ColumnKind.SCORE,
    "incomplete": ColumnKind.BOOLEAN,
    "rank_low": ColumnKind.INTEGER,
    "rank_high": ColumnKind.INTEGER,
    "top_share": ColumnKind.SHARE,
}
"""Columns of an exported list, in order; their headings are the messages ``field-<key>``."""


@dataclass(frozen=True)
class Selection:
    """Which rows of a ranking go out, and how that was chosen, in words.

    Attributes
    ----------
    ids : sequence of str or None
        Villages to keep; ``None`` keeps all.
    top : int or None
        Then keep only this many from the top.
    described : str
        The filter in words, written into the file.
    """

    ids: Sequence[str] | None = None
    top: int | None = None
    described: str = ""


def priority_list(
    province: Province,
    assessment: Assessment,
    ranking: Ranking,
    selection: Selection,
    words: Translator,
) -> ExportTable:
    """Build the export of a ranking.

    Parameters
    ----------
    province : Province
    assessment : Assessment
        At the ranking's date; gives each village its map class.
    ranking : Ranking
    selection : Selection
    words : Translator
        Language of headings, choices and notes; stored values stay stable English.

    Returns
    -------
    ExportTable
        Rows in rank order; rank and scores are those of the whole gap, whatever the selection.
    """
    keep = np.ones(len(ranking.table), dtype=np.bool_)
    if selection.ids is not None:
        keep &= ranking.table["village_id"].isin(list(selection.ids)).to_numpy()
    kept = np.flatnonzero(keep)[: selection.top]
    rows = ranking.register_rows[kept]
    frame = gpd.GeoDataFrame(
        ranking.table.iloc[kept].assign(map_class=map_classes(assessment)[rows])[list(_KINDS)],
        geometry=province.villages.geometry.iloc[rows].to_numpy(),
        crs=province.villages.crs,
    ).reset_index(drop=True)
    question = ranking.question
    gap = words(f"gap-{question.gap}")
    return ExportTable(
        title=words("export-title", gap=gap, province=province.name),
        subtitle=words("as-of", date=question.as_of),
        frame=frame,
        columns=tuple(_column(key, kind, question.gap, words) for key, kind in _KINDS.items()),
        notes=tuple(_notes(province, ranking, selection, words).items()),
        metadata=_metadata(province, ranking, selection, words),
        class_key="map_class",
        class_labels=_class_labels(words),
        wording=file_wording(words),
        language=words.language,
        illustrative=words("illustrative") if province.illustrative else "",
    )


def map_classes(assessment: Assessment) -> np.ndarray:
    """Return the map class of each village, in register order: the worst thing it lacks."""
    lacking = assessment.lacking
    unknown = assessment.unknown[Gap.MOBILE] | assessment.unknown[Gap.FIBRE]
    return np.select(
        [lacking[Gap.NO_SIGNAL], lacking[Gap.MOBILE], lacking[Gap.FIBRE], unknown],
        [
            str(c)
            for c in (
                MapClass.NO_SIGNAL,
                MapClass.NO_MOBILE,
                MapClass.NO_FIBRE,
                MapClass.UNKNOWN,
            )
        ],
        str(MapClass.SERVED),
    ).astype(object)


def _column(key: str, kind: ColumnKind, gap: Gap, words: Translator) -> Column:
    return Column(
        key=key,
        label=words(f"field-{key}"),
        kind=kind,
        description=words(f"about-{key}"),
        choices=_choices(key, gap, words)
        if kind is ColumnKind.CHOICE
        else {"true": words("yes"), "false": words("no")}
        if kind is ColumnKind.BOOLEAN
        else {},
    )


def _class_labels(words: Translator) -> dict[str, str]:
    return {
        str(c): words(f"class-{c}")
        for c in (MapClass.NO_SIGNAL, MapClass.NO_MOBILE, MapClass.NO_FIBRE)
    }


def file_wording(words: Translator) -> Wording:
    """Return the words every export file needs beside its columns."""
    return Wording(
        **{
            field.name: words("file-" + field.name.replace("_", "-"))
            for field in dataclasses.fields(Wording)
        }
    )


def _choices(key: str, gap: Gap, words: Translator) -> dict[str, str]:
    if key == "state":
        service = GAP_SERVICE[gap]
        states = MobileState if service is Service.MOBILE else FixedState
        return {str(s): words(f"state-{service}-{s}") for s in states}
    if key == "map_class":
        return _class_labels(words)
    values = {
        "kind": VillageKind,
        "lane": Lane,
        "grid_power": GridPower,
        "position_basis": PositionBasis,
    }[key]
    return {str(value): words(f"{key}-{value}") for value in values}


def _notes(
    province: Province, ranking: Ranking, selection: Selection, words: Translator
) -> dict[str, str]:
    question = ranking.question
    notes = {words("note-data"): province.name}
    if province.illustrative:
        notes[words("note-warning")] = words("illustrative-long")
    notes |= {
        words("note-as-of"): words.date(question.as_of),
        words("note-gap"): words(f"gap-{question.gap}"),
        words("note-weights"): described_weights(ranking, words),
        words("note-direction"): words(f"direction-{question.direction}"),
        words("note-route-factor"): words.number(question.route_factor, 2),
        words("note-filter"): selection.described or words("note-no-filter"),
        words("note-formula"): words("note-formula-text"),
        words("note-cap"): words.number(ranking.scale.distance_cap_m / 1000, 3),
        words("note-people-max"): words.number(ranking.scale.people_max),
        words("note-interval"): words("note-interval-text", draws=question.draws),
        words("note-source"): province.source,
        words("note-hash"): province.data_hash,
        words("note-software"): _software(),
    }
    return notes


def described_weights(ranking: Ranking, words: Translator) -> str:
    """Say the weights in a line: ``Khoảng cách 0,40 · Dân số 0,30 · …``."""
    shares = ranking.question.weights.shares()
    parts = [
        f"{words(f'criterion-{criterion}')} {words.number(share, 2)}"
        for criterion, share in zip(Criterion, shares, strict=True)
    ]
    return " · ".join([*parts, words(f"direction-{ranking.question.direction}")])


def _metadata(
    province: Province, ranking: Ranking, selection: Selection, words: Translator
) -> dict[str, str | int | float]:
    question = ranking.question
    distance, population, minority = question.weights.shares()
    return {
        "label": words("illustrative") if province.illustrative else "",
        "illustrative": int(province.illustrative),
        "province": province.name,
        "as_of": question.as_of.isoformat(),
        "gap": str(question.gap),
        "weight_distance": distance,
        "weight_population": population,
        "weight_minority": minority,
        "direction": str(question.direction),
        "route_factor": question.route_factor,
        "filter": selection.described,
        "villages_in_gap": len(ranking.table),
        "source": province.source,
        "data_hash": province.data_hash,
        "software": _software(),
    }


def _software() -> str:
    return f"{_DISTRIBUTION} {version(_DISTRIBUTION)}"

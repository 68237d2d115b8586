"""Export a roll-out plan: for Excel, QGIS and Google Earth, as open fibre data, and its proof."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Final

import numpy as np

from geo.export.ofds import OfdsAbout, encode_ofds
from geo.export.plan_content import PlanContent, clean_plan
from geo.export.plan_writing import PLAN_ENCODERS, canonical_json
from geo.symbology import MapClass
from geo.writing import write_file
from i18n import Translator
from planning.errors import PlannerError
from services.export import file_wording
from services.rollout_export_columns import STATUSES
from services.rollout_export_network import planned_network
from services.rollout_export_summary import plan_metadata, plan_notes, summary_lines
from services.rollout_export_tables import plan_tables, wave_names
from services.rollout_values import RolloutPlan

PLAN_FILES: Final = {
    "geojson": "plan.geojson",
    "gpkg": "plan.gpkg",
    "kmz": "plan.kmz",
    "xlsx": "plan.xlsx",
    "certificate": "certificate.json",
    "ofds": "ofds.json",
}
"""What a plan can be written as, and the name of each file."""


def write_plan(
    plan: RolloutPlan, out: Path, formats: Collection[str], translator: Translator
) -> list[Path]:
    """Write a plan to a folder, each file whole or not at all.

    Everything is made before anything is written: a plan that does not fit one of the forms
    leaves the folder as it was.

    Parameters
    ----------
    plan : RolloutPlan
    out : Path
        Folder; it is made if it is not there.
    formats : collection of str
        Keys of :data:`PLAN_FILES`.
    translator : Translator
        Language of headings, choices and notes; stored values stay stable English.

    Returns
    -------
    list of Path
        What was written, in the order of :data:`PLAN_FILES`.

    Raises
    ------
    PlannerError
        If a form is not known, the plan does not fit into it, or the folder cannot be written to.
    """
    made = {PLAN_FILES[name]: plan_bytes(plan, name, translator) for name in _asked(formats)}
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise PlannerError("error-export-write", path=str(out)) from problem
    for name, content in made.items():
        write_file(out / name, content)
    return [out / name for name in made]


def plan_bytes(plan: RolloutPlan, name: str, translator: Translator) -> bytes:
    """Return one file of a plan.

    Parameters
    ----------
    plan : RolloutPlan
    name : str
        A key of :data:`PLAN_FILES`.
    translator : Translator

    Returns
    -------
    bytes
        The same for the same plan: dates within are those of the plan, not of the clock.

    Raises
    ------
    PlannerError
        If the form is not known, or the plan does not fit into it.
    """
    (name,) = _asked([name])
    if name == "certificate":
        return _certificate(plan, translator)
    if name == "ofds":
        return _ofds(plan, translator)
    return PLAN_ENCODERS[name](plan_content(plan, translator))


def plan_content(plan: RolloutPlan, words: Translator) -> PlanContent:
    """Return a plan as tables, words and looks, from which every form is made."""
    title = _title(plan, words)
    return clean_plan(
        PlanContent(
            title=title,
            subtitle=words("as-of", date=plan.question.as_of),
            illustrative=words("illustrative") if plan.illustrative else "",
            language=words.language,
            written_on=plan.question.as_of,
            summary_title=words("planfile-sheet-summary"),
            notes_title=words("file-notes-sheet"),
            summary=summary_lines(plan, words),
            tables=plan_tables(plan, words),
            waves=wave_names(plan, words),
            no_wave=words("planfile-wave-none"),
            classes={
                MapClass.PLANNED: words("planfile-class-planned"),
                MapClass.LEFT_OUT: words("planfile-class-left-out"),
                MapClass.PLANNED_SITE: words("planfile-class-site"),
            },
            statuses=STATUSES,
            notes=plan_notes(plan, words),
            metadata=plan_metadata(plan, title, words),
            wording=file_wording(words),
        )
    )


def _asked(formats: Collection[str]) -> list[str]:
    for name in formats:
        if name not in PLAN_FILES:
            raise PlannerError("error-export-format", suffix=name, expected=", ".join(PLAN_FILES))
    return [name for name in PLAN_FILES if name in formats]


def _title(plan: RolloutPlan, words: Translator) -> str:
    gap = words(f"gap-short-{plan.question.gap}")
    return words("planfile-title", gap=gap, province=plan.province)


def _certificate(plan: RolloutPlan, words: Translator) -> bytes:
    label = words("illustrative") if plan.illustrative else ""
    return canonical_json({**plan.certificate, "data_status": label})


def _ofds(plan: RolloutPlan, words: Translator) -> bytes:
    waves = wave_names(plan, words)
    planned = planned_network(plan, tuple(waves))
    about = OfdsAbout(
        plan_id=plan.totals.plan_hash,
        name=_title(plan, words),
        description=words("planfile-ofds-description"),
        publisher="",  # who publishes it is for whoever does to say
        published_on=plan.question.as_of,
        phases=dict(enumerate(waves.values())),
        language=words.language,
        illustrative=words("illustrative") if plan.illustrative else "",
        accuracy=words("illustrative-long") if plan.illustrative else "",
    )
    edges = np.arange(len(planned.waves), dtype=np.int64)
    return encode_ofds(planned.network, edges, planned.waves, planned.names, about)

"""Track: targets against the register, published figures beside computed ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

import pandas as pd

from i18n import LANGUAGES, translator
from planning.columns import each_row
from planning.gaps import gap_status
from planning.targets import Progress, assess_target
from planning.vocabulary import Gap, GapStatus
from services.province import Province


@dataclass(frozen=True)
class TargetReport:
    """One target at a date.

    Attributes
    ----------
    progress : Progress
    by_district, by_unit : DataFrame
        One row an area with villages of the cohort: code, name, ``cohort``, ``achieved``,
        ``unknown``, ``remaining`` (villages of the cohort not yet served). The promise itself is
        for the whole province; no source splits it by area.
    """

    progress: Progress
    by_district: pd.DataFrame
    by_unit: pd.DataFrame


def track(province: Province, as_of: date) -> tuple[TargetReport, ...]:
    """Measure every target of a province at the end of a day."""
    register = province.villages
    today = province.states(as_of)
    reports = []
    for target in province.targets:
        status = gap_status(today, target.gap)
        cohort = province.cohort_of(target).to_numpy()
        members = pd.DataFrame(
            {
                "cohort": 1,
                "achieved": (status == GapStatus.SERVED).astype(int),
                "unknown": (status == GapStatus.UNKNOWN).astype(int),
                "remaining": (status == GapStatus.LACKING).astype(int),
                "district_code": register["district_code"],
                "district": register["district"],
                "unit_code": register["unit_code"],
                "unit": register["unit"],
            }
        )[cohort]
        reports.append(
            TargetReport(
                progress=assess_target(target, cohort, status, as_of),
                by_district=_summed(members, "district"),
                by_unit=_summed(members, "unit"),
            )
        )
    return tuple(reports)


def _summed(members: pd.DataFrame, area: str) -> pd.DataFrame:
    keys = [f"{area}_code", area]
    figures = ["cohort", "achieved", "unknown", "remaining"]
    return members.groupby(keys, dropna=False)[figures].sum().reset_index()


COUNTED_MEASURES: Final = "villages_without_"
"""How the names of measures begin that count villages lacking a service."""


class Agreement(StrEnum):
    """How a published figure stands to the register."""

    SAME = "same"
    DIFFERS = "differs"
    BEFORE_REGISTER = "before_register"
    OTHER_MEASURE = "other_measure"
    NOT_PUBLISHED = "not_published"


def reconcile(province: Province) -> pd.DataFrame:
    """Put each published count of a gap beside the register's own count of that day.

    Returns
    -------
    DataFrame
        All published figures in order of date, with ``computed``: the register's count of the
        same gap at the end of the same day, as last observed on ``observed_on``. It is missing for
        figures that count something else and for days before the register's first observation.
        ``state`` is an :class:`Agreement`; ``computed_definition_vi`` and
        ``computed_definition_en`` say what the register counts, ``definition_vi`` and
        ``definition_en`` what the source does. A target whose result nobody has published has a row
        of its own at its deadline, with neither figure.
    """
    published = pd.concat([province.published, _results(province)], ignore_index=True)
    if published.empty:
        return published.assign(computed=pd.Series(dtype="Int64"), state=pd.Series(dtype="str"))
    computed = [
        int(province.cohort(Gap(figure.gap), figure.as_of.date()).sum())
        if _is_comparable(figure, province)
        else pd.NA
        for figure in each_row(published)
    ]
    days = pd.Series(pd.to_datetime(list(province.observation_days)))
    observed = [days[days <= day].max() for day in published["as_of"]]
    table = published.assign(computed=pd.array(computed, dtype="Int64"), observed_on=observed)
    for language in LANGUAGES:
        words = translator(language)
        table[f"computed_definition_{language}"] = [
            words("published-computed-definition", gap=words(f"gap-{figure.gap}"))
            if pd.notna(figure.computed)
            else None
            for figure in each_row(table)
        ]
    table["state"] = [str(_agreement(figure)) for figure in each_row(table)]
    return table.sort_values("as_of", kind="stable", ignore_index=True)


def _results(province: Province) -> pd.DataFrame:
    """Return a row for the result of each target, its value missing where none is published."""
    rows = [
        {
            "figure_id": f"result-{target.target_id}",
            "measure": "target_result",
            "gap": str(target.gap),
            "value": target.result,
            "denominator": target.required,
            "unit": "villages",
            "as_of": pd.Timestamp(target.deadline),
            "as_of_precision": "day",
            "definition_vi": "",
            "definition_en": "",
            "mark": "S",
            "source": target.source,
            "source_url": None,
        }
        for target in province.targets
    ]
    frame = pd.DataFrame(rows)
    return frame.astype({"value": "float64", "denominator": "float64"}) if rows else frame


def _agreement(figure: Any) -> Agreement:
    if pd.isna(figure.value):
        return Agreement.NOT_PUBLISHED
    if pd.notna(figure.computed):
        return Agreement.SAME if int(figure.computed) == figure.value else Agreement.DIFFERS
    counted = str(figure.measure).startswith(COUNTED_MEASURES) and pd.notna(figure.gap)
    return Agreement.BEFORE_REGISTER if counted else Agreement.OTHER_MEASURE


def _is_comparable(figure: Any, province: Province) -> bool:
    return (
        str(figure.measure).startswith(COUNTED_MEASURES)
        and pd.notna(figure.gap)
        and pd.notna(figure.as_of)
        and figure.as_of.date() >= province.baseline
    )

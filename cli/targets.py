"""``gap-planner targets``: promises against the register, published beside computed."""

from typing import Annotated, Any, Final

import pandas as pd
import typer

from cli.options import FORMATS, one_of, parse_date, province_of
from cli.output import print_csv, print_json, print_table, records, say
from i18n import LANGUAGES, Translator
from planning.columns import each_row
from services.forecast import Forecast, forecast, shipped_assumptions
from services.forecast_words import say_forecast
from services.province import Province
from services.track import TargetReport, reconcile, track

_DEFINITIONS: Final = tuple(
    f"{whose}definition_{language}" for whose in ("", "computed_") for language in LANGUAGES
)


def register(command_line: typer.Typer, words: Translator) -> None:
    """Add the command, its help in the translator's language."""

    @command_line.command("targets", help=words("cli-targets-help"))
    def command(
        as_of: Annotated[str | None, typer.Option(help=words("cli-option-as-of"))] = None,
        format_: Annotated[
            str, typer.Option("--format", help=words("cli-option-format"))
        ] = "table",
        lang: Annotated[str, typer.Option(help=words("cli-option-lang"))] = words.language,
    ) -> None:
        one_of(lang, LANGUAGES, "--lang")
        one_of(format_, FORMATS, "--format")
        province = province_of(None)
        day = parse_date(as_of, province.latest)
        reports = track(province, day)
        published = reconcile(province)
        assumed = shipped_assumptions()
        expected = [
            forecast(province, r.progress.target, day, assumptions=assumed, with_remedies=False)
            for r in reports
        ]
        if format_ == "json":
            print_json(as_json(province, reports, expected, published))
        elif format_ == "csv":
            print_csv(
                [_target_row(report, one) for report, one in zip(reports, expected, strict=True)],
                illustrative=province.illustrative,
            )
        else:
            _print(province, list(zip(reports, expected, strict=True)), published, words)


def as_json(
    province: Province,
    reports: tuple[TargetReport, ...],
    expected: list[Forecast],
    published: pd.DataFrame,
) -> dict[str, Any]:
    """Return targets and published figures under stable English keys (docs/reference/cli.md)."""
    return {
        "illustrative": province.illustrative,
        "province": province.name,
        "data_hash": province.data_hash,
        "targets": [
            _target_row(report, one) | {"by_district": records(report.by_district)}
            for report, one in zip(reports, expected, strict=True)
        ],
        "published": [
            {
                "figure_id": row.figure_id,
                "measure": row.measure,
                "as_of": None if pd.isna(row.as_of) else row.as_of.date().isoformat(),
                "as_of_precision": row.as_of_precision,
                "published": None if pd.isna(row.value) else row.value,
                "computed": None if pd.isna(row.computed) else int(row.computed),
                "state": row.state,
                **{
                    name: None if pd.isna(getattr(row, name)) else getattr(row, name)
                    for name in _DEFINITIONS
                },
                "computed_on": None
                if pd.isna(row.observed_on)
                else row.observed_on.date().isoformat(),
                "source": row.source,
            }
            for row in each_row(published)
        ],
    }


def _target_row(report: TargetReport, expected: Forecast) -> dict[str, Any]:
    progress = report.progress
    target = progress.target
    return {
        "target_id": target.target_id,
        "gap": str(target.gap),
        "as_of": progress.as_of.isoformat(),
        "cohort_on": target.cohort_on.isoformat(),
        "cohort_published": target.cohort_size,
        "cohort_computed": progress.cohort_size,
        "required": target.required,
        "achieved": progress.achieved,
        "unknown": progress.unknown,
        "remaining": progress.remaining,
        "share": round(progress.share, 4),
        "planned_to_date": progress.planned_to_date,
        "band": str(progress.band),
        "area_kind": None if target.area is None else str(target.area.kind),
        "area_code": None if target.area is None else target.area.code,
        "stage": str(expected.stage),
        "expected_low": expected.low,
        "expected": expected.middle,
        "expected_high": expected.high,
        "met": None if expected.met is None else round(expected.met, 6),
        "deadline": target.deadline.isoformat(),
        "days_left": progress.days_left,
        "published_result": target.result,
        "source": target.source,
    }


def _print(
    province: Province,
    found: list[tuple[TargetReport, Forecast]],
    published: pd.DataFrame,
    words: Translator,
) -> None:
    if province.illustrative:
        say(words("illustrative-long"))
    if not found:
        say(words("cli-no-targets"))
        return
    print_table(
        words("cli-targets-title", date=found[0][0].progress.as_of),
        [
            words("cli-target"),
            words("cli-achieved"),
            words("cli-cohort"),
            words("cli-remaining"),
            words("cli-deadline"),
            words("cli-days-left"),
            words("cli-band"),
            words("cli-published-result"),
        ],
        [_line(report, words) for report, _ in found],
        numeric=(1, 2, 3, 5),
        whole=(1, 4),
    )
    for report, expected in found:
        say(words(f"figure-target-{report.progress.target.gap}"))
        for sentence in say_forecast(expected, words):
            say(f"  {sentence}")
    say("")
    _print_published(published, words)
    say(words("forecast-assumed"))


def _line(report: TargetReport, words: Translator) -> list[str]:
    p = report.progress
    return [
        words(f"gap-{p.target.gap}") + (f" – {p.target.area.name}" if p.target.area else ""),
        f"{p.achieved}/{p.target.required} ({words.percent(p.share)})",
        words.number(p.cohort_size),
        words.number(p.remaining),
        words.date(p.target.deadline),
        words.number(p.days_left),
        words(f"band-{p.band}"),
        words("result-not-published") if p.target.result is None else words.number(p.target.result),
    ]


def _print_published(published: pd.DataFrame, words: Translator) -> None:
    comparable = published[published["computed"].notna()]
    print_table(
        words("cli-published-title"),
        [
            words("cli-gap"),
            words("cli-date"),
            words("cli-published"),
            words("data-mark"),
            words("cli-computed"),
            words("published-agreement"),
            words("cli-source"),
        ],
        [
            [
                words(f"gap-{row.gap}"),
                words.date(row.as_of.date()),
                words.number(row.value),
                words(f"mark-{row.mark}"),
                words.number(int(row.computed)),
                words(f"published-{row.state}"),
                row.source,
            ]
            for row in each_row(comparable)
        ],
        numeric=(2, 4),
        whole=(1,),
    )
    for row in each_row(comparable):
        say(
            words(
                "published-both-definitions",
                date=row.as_of.date(),
                gap=words(f"gap-{row.gap}"),
                published=getattr(row, f"definition_{words.language}"),
                computed=getattr(row, f"computed_definition_{words.language}"),
                observed=row.observed_on.date(),
            )
        )
    say(words("series-break-note"))

"""``gap-planner targets``: promises against the register, published beside computed."""

from typing import Annotated, Any

import pandas as pd
import typer

from cli.options import FORMATS, one_of, parse_date, province_of
from cli.output import print_csv, print_json, print_table, records, say
from i18n import LANGUAGES, Translator
from planning.columns import each_row
from services.province import Province
from services.track import TargetReport, reconcile, track


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
        if format_ == "json":
            print_json(as_json(province, reports, published))
        elif format_ == "csv":
            print_csv(
                [_target_row(report) for report in reports], illustrative=province.illustrative
            )
        else:
            _print(province, reports, published, words)


def as_json(
    province: Province, reports: tuple[TargetReport, ...], published: pd.DataFrame
) -> dict[str, Any]:
    """Return targets and published figures under stable English keys (docs/reference/cli.md)."""
    return {
        "illustrative": province.illustrative,
        "province": province.name,
        "data_hash": province.data_hash,
        "targets": [
            _target_row(report) | {"by_district": records(report.by_district)} for report in reports
        ],
        "published": [
            {
                "figure_id": row.figure_id,
                "measure": row.measure,
                "as_of": None if pd.isna(row.as_of) else row.as_of.date().isoformat(),
                "as_of_precision": row.as_of_precision,
                "published": None if pd.isna(row.value) else row.value,
                "computed": None if pd.isna(row.computed) else int(row.computed),
                "source": row.source,
            }
            for row in each_row(published)
        ],
    }


def _target_row(report: TargetReport) -> dict[str, Any]:
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
        "band": str(progress.band),
        "deadline": target.deadline.isoformat(),
        "days_left": progress.days_left,
        "published_result": target.result,
        "source": target.source,
    }


def _print(
    province: Province,
    reports: tuple[TargetReport, ...],
    published: pd.DataFrame,
    words: Translator,
) -> None:
    if province.illustrative:
        say(words("illustrative-long"))
    if not reports:
        say(words("cli-no-targets"))
        return
    print_table(
        words("cli-targets-title", date=reports[0].progress.as_of),
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
        [
            [
                words(f"gap-{p.target.gap}"),
                f"{p.achieved}/{p.target.required} ({words.percent(p.share)})",
                words.number(p.cohort_size),
                words.number(p.remaining),
                words.date(p.target.deadline),
                words.number(p.days_left),
                words(f"band-{p.band}"),
                words("result-not-published")
                if p.target.result is None
                else words.number(p.target.result),
            ]
            for p in (report.progress for report in reports)
        ],
        numeric=(1, 2, 3, 5),
        whole=(1, 4),
    )
    comparable = published[published["computed"].notna()]
    print_table(
        words("cli-published-title"),
        [
            words("cli-gap"),
            words("cli-date"),
            words("cli-published"),
            words("data-mark"),
            words("cli-computed"),
            words("cli-source"),
        ],
        [
            [
                words(f"gap-{row.gap}"),
                words.date(row.as_of.date()),
                words.number(row.value),
                words(f"mark-{row.mark}"),
                words.number(int(row.computed)),
                row.source,
            ]
            for row in each_row(comparable)
        ],
        numeric=(2, 4),
    )
    say(words("series-break-note"))

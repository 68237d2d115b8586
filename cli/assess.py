"""``gap-planner assess``: counts of villages by gap, district and lane at a date."""

from pathlib import Path
from typing import Annotated, Any

import typer

from cli.options import FORMATS, one_of, parse_date, province_of
from cli.output import print_csv, print_json, print_table, records, say
from i18n import LANGUAGES, Translator
from planning.errors import PlannerError
from planning.vocabulary import Gap
from services.assess import Assessment, assess
from services.province import Province


def register(command_line: typer.Typer, words: Translator) -> None:
    """Add the command, its help in the translator's language."""

    @command_line.command("assess", help=words("cli-assess-help"))
    def command(
        villages: Annotated[Path | None, typer.Option(help=words("cli-option-villages"))] = None,
        observations: Annotated[
            Path | None, typer.Option(help=words("cli-option-observations"))
        ] = None,
        as_of: Annotated[str | None, typer.Option(help=words("cli-option-as-of"))] = None,
        format_: Annotated[
            str, typer.Option("--format", help=words("cli-option-format"))
        ] = "table",
        lang: Annotated[str, typer.Option(help=words("cli-option-lang"))] = words.language,
    ) -> None:
        one_of(lang, LANGUAGES, "--lang")
        one_of(format_, FORMATS, "--format")
        province = province_of(villages, observations)
        day = parse_date(as_of, province.latest)
        if day < province.baseline:
            raise PlannerError("error-too-early", date=day, first=province.baseline)
        result = assess(province, day)
        if format_ == "json":
            print_json(as_json(province, result))
        elif format_ == "csv":
            print_csv(records(result.by_district), illustrative=province.illustrative)
        else:
            _print(province, result, words)


def as_json(province: Province, result: Assessment) -> dict[str, Any]:
    """Return an assessment under stable English keys (docs/reference/cli.md)."""
    return {
        "as_of": result.as_of.isoformat(),
        "illustrative": province.illustrative,
        "province": province.name,
        "data_hash": province.data_hash,
        "villages": len(province.villages),
        "gaps": {
            str(gap): {
                "lacking": count.lacking,
                "served": count.served,
                "unknown": count.unknown,
                "people_lacking": count.people_lacking,
            }
            for gap, count in result.counts.items()
        },
        "by_district": records(result.by_district),
        "by_unit": records(result.by_unit),
        "by_lane": records(result.by_lane),
    }


def _print(province: Province, result: Assessment, words: Translator) -> None:
    if province.illustrative:
        say(words("illustrative-long"))
    gaps = list(Gap)
    print_table(
        f"{province.name} – {words('as-of', date=result.as_of)}",
        [
            words("cli-gap"),
            *(words(f"status-{s}") for s in ("lacking", "served", "unknown")),
            words("cli-people-lacking"),
        ],
        [
            [
                words(f"gap-{gap}"),
                *(
                    words.number(n)
                    for n in (count.lacking, count.served, count.unknown, count.people_lacking)
                ),
            ]
            for gap, count in result.counts.items()
        ],
        numeric=(1, 2, 3, 4),
    )
    say(words("cli-subset-note"))
    headings = [words(f"gap-{gap}") for gap in gaps]
    print_table(
        words("cli-by-district"),
        [words("field-district"), words("cli-villages"), *headings],
        [
            [
                row["district"] or words("unknown"),
                words.number(row["villages"]),
                *(words.number(row[g]) for g in gaps),
            ]
            for row in records(result.by_district)
        ],
        numeric=(1, 2, 3, 4),
    )
    print_table(
        words("cli-by-lane"),
        [words("field-lane"), *headings],
        [
            [words(f"lane-{row['lane']}"), *(words.number(row[g]) for g in gaps)]
            for row in records(result.by_lane)
        ],
        numeric=(1, 2, 3),
    )

"""``gap-planner forecast``: will the targets be met, and what would make them safe."""

from pathlib import Path
from typing import Annotated, Any

import typer

from cli.options import FORMATS, one_of, parse_date, province_of
from cli.output import plain, print_csv, print_json, print_table, records, say
from i18n import LANGUAGES, Translator
from planning.forecast.securing import SAFE
from services.forecast import Forecast, assumptions_of, forecast
from services.forecast_words import say_chance, say_forecast, say_remedies, say_remedy_villages
from services.province import Province
from services.rollout_cohort import find_target


def register(command_line: typer.Typer, words: Translator) -> None:
    """Add the command, its help in the translator's language."""

    @command_line.command("forecast", help=words("cli-forecast-help"))
    def command(
        target: Annotated[
            str | None, typer.Option(help=words("cli-forecast-option-target"))
        ] = None,
        as_of: Annotated[str | None, typer.Option(help=words("cli-option-as-of"))] = None,
        assumptions: Annotated[
            Path | None, typer.Option(help=words("cli-forecast-option-assumptions"))
        ] = None,
        format_: Annotated[
            str, typer.Option("--format", help=words("cli-option-format"))
        ] = "table",
        lang: Annotated[str, typer.Option(help=words("cli-option-lang"))] = words.language,
    ) -> None:
        one_of(lang, LANGUAGES, "--lang")
        one_of(format_, FORMATS, "--format")
        province = province_of(None)
        day = parse_date(as_of, province.latest)
        assumed = assumptions_of(assumptions)
        chosen = province.targets if target is None else (find_target(province, target),)
        found = [forecast(province, one, day, assumptions=assumed) for one in chosen]
        if format_ == "json":
            print_json(as_json(province, found))
        elif format_ == "csv":
            print_csv([_row(one) for one in found], illustrative=province.illustrative)
        else:
            _print(province, found, words)


def as_json(province: Province, found: list[Forecast]) -> dict[str, Any]:
    """Return forecasts under stable English keys (docs/reference/cli.md)."""
    return {
        "illustrative": province.illustrative,
        "province": province.name,
        "data_hash": province.data_hash,
        "forecasts": [
            _row(one)
            | {
                "law": [round(float(chance), 6) for chance in one.law],
                "path": [row | {"day": row["day"].date().isoformat()} for row in records(one.path)],
                "remedies": [
                    {
                        "lever": str(remedy.lever),
                        "count": remedy.count,
                        "least": remedy.least,
                        "proven": remedy.is_proven,
                        "crews": remedy.crews,
                        "met": round(remedy.met, 6),
                        "villages": list(remedy.villages),
                    }
                    for remedy in one.remedies
                ],
                "villages": [
                    row
                    | {
                        "since": None if row["since"] is None else row["since"].date().isoformat(),
                        "probability": round(row["probability"], 6),
                    }
                    for row in records(one.villages)
                ],
            }
            for one in found
        ],
    }


def _row(found: Forecast) -> dict[str, Any]:
    progress, target = found.progress, found.target
    since = found.at_risk_since
    return {
        "target_id": target.target_id,
        "gap": str(target.gap),
        "as_of": found.as_of.isoformat(),
        "deadline": target.deadline.isoformat(),
        "stage": str(found.stage),
        "required": target.required,
        "achieved": progress.achieved,
        "planned_to_date": progress.planned_to_date,
        "band": str(progress.band),
        "met": None if found.met is None else round(found.met, 6),
        "p10": found.low,
        "p50": found.middle,
        "p90": found.high,
        "at_risk_since": None if since is None else since.isoformat(),
        "pace_met": None if found.pace is None else round(found.pace, 6),
        "has_work": found.has_work,
        "published_result": target.result,
        "assumed": True,
    }


def _print(province: Province, found: list[Forecast], words: Translator) -> None:
    if province.illustrative:
        say(words("illustrative-long"))
    if not found:
        say(words("cli-no-targets"))
        return
    for one in found:
        say("")
        say(words(f"figure-target-{one.target.gap}") + f" ({plain(one.target.target_id)})")
        for sentence in say_forecast(one, words):
            say(f"  {sentence}")
        if one.pace is not None:
            say("  " + words("forecast-naive", met=say_chance(one.pace, words)))
        if one.remedies:
            say("  " + words("forecast-remedies", safe=words.percent(SAFE, 0)))
        names = dict(zip(one.villages["village_id"], one.villages["village"], strict=True))
        for sentence, remedy in zip(say_remedies(one, words), one.remedies, strict=True):
            say(f"  - {sentence}")
            called = say_remedy_villages(remedy, names, words)
            if called:
                say(f"    {called}")
    say("")
    print_table(
        words("cli-forecast-title", date=found[0].as_of),
        [
            words("cli-target"),
            words("cli-achieved"),
            words("cli-forecast-planned"),
            words("cli-forecast-expected"),
            words("cli-forecast-met"),
            words("cli-deadline"),
        ],
        [
            [
                words(f"gap-{one.target.gap}"),
                f"{one.progress.achieved}/{one.target.required}",
                words.number(one.progress.planned_to_date),
                "–" if one.middle is None else f"{one.middle} ({one.low}–{one.high})",
                "–" if one.met is None else say_chance(one.met, words),
                words.date(one.target.deadline),
            ]
            for one in found
        ],
        numeric=(1, 2, 3, 4),
    )
    say(words("forecast-assumed"))

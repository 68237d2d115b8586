"""``gap-planner show``: everything known of one village."""

from pathlib import Path
from typing import Annotated, Any, Final

import pandas as pd
import typer

from cli.options import FORMATS, one_of, parse_date, province_of
from cli.output import print_csv, print_json, print_table, say
from i18n import LANGUAGES, Translator
from planning.columns import each_row
from planning.vocabulary import Gap
from services.assess import assess
from services.prioritise import Question, measure, prioritise
from services.province import Province
from services.serving import nearest_of_all
from services.village import VillageCard, describe

_CHOICES: Final = {
    "kind": "kind",
    "grid_power": "grid_power",
    "position_basis": "position_basis",
    "mobile_state": "state-mobile",
    "fixed_state": "state-fixed",
}
"""Columns whose values are words of a vocabulary, and how their messages begin."""


def register(command_line: typer.Typer, words: Translator) -> None:
    """Add the command, its help in the translator's language."""

    @command_line.command("show", help=words("cli-show-help"))
    def command(
        village_id: Annotated[str, typer.Argument(help=words("cli-argument-village"))],
        villages: Annotated[Path | None, typer.Option(help=words("cli-option-villages"))] = None,
        as_of: Annotated[str | None, typer.Option(help=words("cli-option-as-of"))] = None,
        format_: Annotated[
            str, typer.Option("--format", help=words("cli-option-format"))
        ] = "table",
        lang: Annotated[str, typer.Option(help=words("cli-option-lang"))] = words.language,
    ) -> None:
        one_of(lang, LANGUAGES, "--lang")
        one_of(format_, FORMATS, "--format")
        province = province_of(villages)
        day = parse_date(as_of, province.latest)
        rankings = {
            gap: prioritise(measure(province, gap, day), Question(gap=gap, as_of=day))
            for gap in Gap
        }
        nearest = nearest_of_all(province, day)
        card = describe(province, assess(province, day), rankings, nearest, village_id)
        if format_ == "json":
            print_json(as_json(province, card))
        elif format_ == "csv":
            print_csv([_register(card)], illustrative=province.illustrative)
        else:
            _print(province, card, words)


def as_json(province: Province, card: VillageCard) -> dict[str, Any]:
    """Return a village card under stable English keys (docs/reference/cli.md)."""
    return {
        "illustrative": province.illustrative,
        "data_hash": province.data_hash,
        "village": _register(card),
        "gaps": {str(gap): str(card.state[str(gap)]) for gap in Gap},
        "lane": str(card.state["lane"]),
        "history": [
            {
                "service": o.service,
                "state": o.state,
                "observed_on": o.observed_on.date().isoformat(),
                "evidence": o.evidence,
                "source": o.source,
            }
            for o in each_row(card.history)
        ],
        "ranks": {
            str(place.gap): {
                "rank": int(place.row["rank"]),
                "of": place.of,
                "total": round(float(place.row["total"]), 6),
                "scores": {
                    name: _plain(place.row[f"{name}_score"])
                    for name in ("distance", "population", "minority")
                },
                "rank_low": int(place.row["rank_low"]),
                "rank_high": int(place.row["rank_high"]),
            }
            for place in card.places
        },
        "nearest": [
            {
                "gap": row.gap,
                "id": _plain(row.nearest_id),
                "name": _plain(row.nearest_name),
                "kind": _plain(row.nearest_kind),
                "distance_km": None if pd.isna(row.distance_m) else round(row.distance_m / 1000, 6),
            }
            for row in each_row(card.nearest)
        ],
    }


def _register(card: VillageCard) -> dict[str, Any]:
    columns = card.register.drop(["geometry", "mobile_observed_on", "fixed_observed_on"])
    columns = columns.drop(["mobile_state", "fixed_state"])
    position = card.register["geometry"]
    return {str(k): _plain(v) for k, v in columns.items()} | {
        "lon": position.x,
        "lat": position.y,
        "mobile_state": str(card.state["mobile_state"]),
        "fixed_state": str(card.state["fixed_state"]),
    }


def _plain(value: Any) -> Any:
    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value


def _print(province: Province, card: VillageCard, words: Translator) -> None:
    if province.illustrative:
        say(words("illustrative-long"))
    village = _register(card)
    facts = [
        [words(f"field-{key}"), _fact(key, value, words)]
        for key, value in village.items()
        if words.has(f"field-{key}")
    ]
    facts.append([words("field-lane"), words(f"lane-{card.state['lane']}")])
    print_table(f"{village['name']} ({village['village_id']})", ["", ""], facts, numeric=())
    print_table(
        words("card-history"),
        [words("cli-date"), words("field-state"), words("card-evidence")],
        [
            [
                words.date(o.observed_on.date()),
                words(f"state-{o.service}-{o.state}"),
                words(f"evidence-{o.evidence}"),
            ]
            for o in each_row(card.history)
        ],
        numeric=(),
    )
    for place in card.places:
        rank = words("card-rank", gap=words(f"gap-{place.gap}"), rank=int(place.row["rank"]))
        parts = " + ".join(
            f"{words(f'criterion-{name}')} {words.number(place.row[f'{name}_points'], 3)}"
            for name in ("distance", "population", "minority")
        )
        of = words("card-rank-of", of=place.of)
        say(f"{rank} {of}: {words.number(place.row['total'], 3)} = {parts}")
    if card.no_distance:
        say(words(card.no_distance))
        return
    for row in each_row(card.nearest):
        if pd.notna(row.distance_m):
            say(
                words(
                    "card-nearest",
                    gap=words(f"gap-short-{row.gap}"),
                    name=row.nearest_name,
                    km=words.number(row.distance_m / 1000, 2),
                )
            )


def _fact(key: str, value: Any, words: Translator) -> str:
    if value is None:
        return words("unknown")
    if pd.api.types.is_bool(value):
        return words("yes" if value else "no")
    if key in _CHOICES:
        return words(f"{_CHOICES[key]}-{value}")
    if key == "minority_share":
        return words.percent(value)
    return words.number(value) if isinstance(value, int) else str(value)

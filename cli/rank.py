"""``gap-planner rank``: the priority list of a gap, printed or written to a file."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Final

import pandas as pd
import typer

from cli.options import FORMATS, one_of, parse_date, parse_gap, parse_weights, province_of
from cli.output import print_csv, print_json, print_table, say, terminal_width
from geo.export import Separator, write_table
from i18n import LANGUAGES, Translator
from planning.columns import each_row
from planning.errors import PlannerError
from planning.vocabulary import DEFAULT_ROUTE_FACTOR
from services.assess import assess
from services.export import Selection, described_weights, priority_list
from services.prioritise import DEFAULT_TOP, Question, Ranking, measure, prioritise
from services.province import Province

JSON_COLUMNS: Final = (
    "rank",
    "village_id",
    "name",
    "commune",
    "district",
    "unit",
    "state",
    "lane",
    "households",
    "people",
    "minority_share",
    "grid_power",
    "nearest_id",
    "nearest_name",
    "distance_km",
    "route_km",
    "access",
    "distance_score",
    "population_score",
    "minority_score",
    "distance_points",
    "population_points",
    "minority_points",
    "total",
    "incomplete",
    "rank_low",
    "rank_high",
    "top_share",
)
"""Keys of a ranked village in JSON and CSV (docs/reference/cli.md)."""


def register(command_line: typer.Typer, words: Translator) -> None:
    """Add the command, its help in the translator's language."""

    @command_line.command("rank", help=words("cli-rank-help"))
    def command(
        villages: Annotated[Path | None, typer.Option(help=words("cli-option-villages"))] = None,
        observations: Annotated[
            Path | None, typer.Option(help=words("cli-option-observations"))
        ] = None,
        sites: Annotated[Path | None, typer.Option(help=words("cli-option-sites"))] = None,
        gap: Annotated[str, typer.Option(help=words("cli-option-gap"))] = "fibre",
        as_of: Annotated[str | None, typer.Option(help=words("cli-option-as-of"))] = None,
        weights: Annotated[str | None, typer.Option(help=words("cli-option-weights"))] = None,
        preset: Annotated[str | None, typer.Option(help=words("cli-option-preset"))] = None,
        direction: Annotated[str | None, typer.Option(help=words("cli-option-direction"))] = None,
        route_factor: Annotated[
            float, typer.Option(help=words("cli-option-route-factor"))
        ] = DEFAULT_ROUTE_FACTOR,
        top: Annotated[int | None, typer.Option(help=words("cli-option-top"))] = None,
        out: Annotated[Path | None, typer.Option(help=words("cli-option-out"))] = None,
        separator: Annotated[str, typer.Option(help=words("cli-option-separator"))] = ",",
        format_: Annotated[
            str, typer.Option("--format", help=words("cli-option-format"))
        ] = "table",
        lang: Annotated[str, typer.Option(help=words("cli-option-lang"))] = words.language,
    ) -> None:
        one_of(lang, LANGUAGES, "--lang")
        one_of(format_, FORMATS, "--format")
        if top is not None and top < 1:
            raise PlannerError("error-number", got=str(top), option="--top", expected="≥ 1")
        if not 1.0 <= route_factor <= 10.0:
            raise PlannerError(
                "error-number", got=str(route_factor), option="--route-factor", expected="1–10"
            )
        chosen, towards = parse_weights(weights, preset, direction)
        province = province_of(villages, observations, sites)
        question = Question(
            gap=parse_gap(gap),
            as_of=parse_date(as_of, province.latest),
            weights=chosen,
            direction=towards,
            route_factor=route_factor,
            top=top or DEFAULT_TOP,
        )
        if question.as_of < province.baseline:
            raise PlannerError("error-too-early", date=question.as_of, first=province.baseline)
        ranking = prioritise(measure(province, question.gap, question.as_of), question)
        if out is not None:
            _write(province, ranking, top, out, _separator(separator, out), words)
        else:
            _show(province, _cut(ranking, top), format_, words)


def _separator(got: str, out: Path) -> Separator:
    chosen: Separator = ";" if one_of(got, (",", ";"), "--separator") == ";" else ","
    if chosen == ";" and out.suffix.lower() != ".csv":
        raise PlannerError("error-option-alone", option="--separator", needed="--out *.csv")
    return chosen


def _cut(ranking: Ranking, top: int | None) -> Ranking:
    return ranking if top is None else replace(ranking, table=ranking.table.head(top))


def _write(
    province: Province,
    ranking: Ranking,
    top: int | None,
    out: Path,
    separator: Separator,
    words: Translator,
) -> None:
    described = "" if top is None else words("filter-top", top=top)
    table = priority_list(
        province,
        assess(province, ranking.question.as_of),
        ranking,
        Selection(top=top, described=described),
        words,
    )
    write_table(table, out, separator=separator)
    say(words("cli-written", count=len(table.frame), file=str(out)))


def _show(province: Province, ranking: Ranking, format_: str, words: Translator) -> None:
    if format_ == "json":
        print_json(as_json(province, ranking))
    elif format_ == "csv":
        print_csv(_records(ranking), illustrative=province.illustrative)
    else:
        _print(province, ranking, words)


def as_json(province: Province, ranking: Ranking) -> dict[str, Any]:
    """Return a ranking under stable English keys (docs/reference/cli.md)."""
    question = ranking.question
    distance, population, minority = question.weights.shares()
    fairness = ranking.fairness
    return {
        "as_of": question.as_of.isoformat(),
        "illustrative": province.illustrative,
        "province": province.name,
        "data_hash": province.data_hash,
        "gap": str(question.gap),
        "weights": {"distance": distance, "population": population, "minority": minority},
        "direction": str(question.direction),
        "route_factor": question.route_factor,
        "villages_in_gap": fairness.gap.villages,
        "fairness": {
            "top": question.top,
            "minority_share_selected": _number(fairness.selected.minority_share),
            "minority_share_gap": _number(fairness.gap.minority_share),
        },
        "correlation": {
            str(row): {str(column): _number(value) for column, value in values.items()}
            for row, values in ranking.correlation.to_dict("index").items()
        },
        "villages": _records(ranking),
    }


def _records(ranking: Ranking) -> list[dict[str, Any]]:
    rows = ranking.table[list(JSON_COLUMNS)].to_dict("records")
    return [{str(key): _number(value) for key, value in row.items()} for row in rows]


def _number(value: Any) -> Any:
    if pd.isna(value):
        return None
    return round(value, 6) if isinstance(value, float) else value


@dataclass(frozen=True)
class _Column:
    """A column of the printed list: its heading's message and how a row is written in it."""

    heading: str
    written: Callable[[Any, Translator], str]
    numeric: bool = False
    always: bool = False


def _score(name: str) -> Callable[[Any, Translator], str]:
    return lambda row, words: _written(getattr(row, f"{name}_score"), words, 3)


def _written(value: Any, words: Translator, decimals: int = 0) -> str:
    return "–" if pd.isna(value) else words.number(value, decimals)


_WIDE: Final = 150
"""Characters of a terminal from which the whole list fits; a narrower one shows the ranking."""

_COLUMNS: Final = (
    _Column("field-rank", lambda row, words: words.number(row.rank), numeric=True, always=True),
    _Column("field-village_id", lambda row, _: row.village_id, always=True),
    _Column("field-name", lambda row, _: row.name, always=True),
    _Column("field-district", lambda row, _: "–" if pd.isna(row.district) else row.district),
    _Column("field-people", lambda row, words: _written(row.people, words), numeric=True),
    _Column("cli-km", lambda row, words: _written(row.distance_km, words, 2), True, True),
    _Column("cli-distance", _score("distance"), numeric=True, always=True),
    _Column("cli-population", _score("population"), numeric=True, always=True),
    _Column("cli-minority", _score("minority"), numeric=True, always=True),
    _Column("cli-total", lambda row, words: words.number(row.total, 3), True, True),
    _Column(
        "cli-interval",
        lambda row, words: f"{words.number(row.rank_low)}–{words.number(row.rank_high)}",
        numeric=True,
    ),
    _Column("field-lane", lambda row, words: words(f"lane-{row.lane}")),
)


def _print(province: Province, ranking: Ranking, words: Translator) -> None:
    if province.illustrative:
        say(words("illustrative-long"))
    question = ranking.question
    if ranking.table.empty:
        say(words("rank-empty", gap=words(f"gap-{question.gap}"), date=question.as_of))
        return
    columns = [column for column in _COLUMNS if column.always or terminal_width() >= _WIDE]
    print_table(
        words("cli-rank-title", gap=words(f"gap-{question.gap}"), date=question.as_of),
        [words(column.heading) for column in columns],
        [[column.written(row, words) for column in columns] for row in each_row(ranking.table)],
        numeric=[at for at, column in enumerate(columns) if column.numeric],
        whole=range(len(columns)),
    )
    say(described_weights(ranking, words))
    say(fairness_line(ranking, words))


def fairness_line(ranking: Ranking, words: Translator) -> str:
    """Say the minority share of the selected villages beside that of the gap."""
    fairness = ranking.fairness
    shares = (fairness.selected.minority_share, fairness.gap.minority_share)
    selected, gap = ("–" if pd.isna(s) else words.percent(s) for s in shares)
    return words("fairness-line", top=fairness.selected.villages, selected=selected, gap=gap)

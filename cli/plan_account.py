"""Print a roll-out plan: tables for eyes, JSON and CSV for programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pandas as pd

from cli.output import csv_text, print_csv, print_table, records, say, terminal_width
from cli.plan_words import say_amount, say_conflict, say_reason, summary_line
from geo.writing import write_file
from i18n import Translator
from i18n.refusals import say_fault
from planning.columns import each_row
from services.rollout import Robustness
from services.rollout_values import RolloutPlan

VILLAGE_COLUMNS: Final = (
    "village_id", "village", "commune", "unit", "district", "district_code", "people",
    "households", "minority_share", "score", "rank", "lon", "lat", "lane", "is_connected",
    "technology", "wave", "done_on", "connection_cost_vnd", "equipment_cost_vnd",
    "replacement_cost_vnd", "enters_at_vnd", "needed_budget_vnd", "shortest_cable_km", "reason",
    "alternates",
)  # fmt: skip
"""Keys of a village in JSON and CSV (docs/reference/cli.md)."""

_OF_THE_CERTIFICATE: Final = (
    "illustrative", "province", "data_hash", "plan_hash", "problem_hash", "holds",
    "answers_question", "conflict", "order", "seconds",
)  # fmt: skip
_NARROW: Final = 110


def village_records(plan: RolloutPlan) -> list[dict[str, Any]]:
    """Return the villages under their stable keys, days as text and lists as lists."""
    rows = records(plan.villages[list(VILLAGE_COLUMNS)])
    for row in rows:
        row["done_on"] = None if row["done_on"] is None else row["done_on"].isoformat()
        row["alternates"] = list(row["alternates"])
    return rows


def print_villages_csv(plan: RolloutPlan) -> None:
    """Print the villages as CSV, ids of alternates in one cell."""
    rows = village_records(plan)
    lines = [row | {"alternates": " ".join(row["alternates"])} for row in rows]
    print_csv(lines, illustrative=plan.illustrative)


def as_json(
    plan: RolloutPlan, curve: pd.DataFrame | None, draws: Robustness | None
) -> dict[str, Any]:
    """Return a plan under stable English keys: its proof and its tables."""
    links = pd.DataFrame(plan.links.drop(columns="geometry"))
    proof = plan.certificate
    document: dict[str, Any] = {
        **{key: proof[key] for key in _OF_THE_CERTIFICATE},
        "question": dict(proof["question"]),
        "figures": dict(proof["figures"]),
        "checks": list(proof["checks"]),
        "notes": list(plan.notes),
        "villages": village_records(plan),
        "links": records(links),
        "waves": records(plan.waves),
        "costs": list(proof["costs"]),
        "baselines": list(proof["baselines"]),
        "conditions": list(proof["conditions"]),
        "sites": list(proof["sites"]),
    }
    if curve is not None:
        document["frontier"] = curve_records(curve)
    if draws is not None:
        document["robustness"] = {
            "draws": draws.draws,
            "villages": records(draws.villages),
            "costs": records(draws.costs),
        }
    return document


def curve_records(curve: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the cost curve under its stable keys."""
    rows = records(curve)
    return [row | {"joins": list(row["joins"]), "leaves": list(row["leaves"])} for row in rows]


def write_curve(curve: pd.DataFrame, folder: Path, *, illustrative: bool) -> Path:
    """Write the cost curve beside a plan, as CSV."""
    path = folder / "frontier.csv"
    lines = [
        row | {"joins": " ".join(row["joins"]), "leaves": " ".join(row["leaves"])}
        for row in curve_records(curve)
    ]
    write_file(path, csv_text(lines, illustrative=illustrative).encode())
    return path


def print_plan(plan: RolloutPlan, words: Translator) -> None:
    """Print a plan for eyes: the line first, then what it is made of."""
    if plan.illustrative:
        say(words("illustrative-long"))
    say(summary_line(plan, words))
    if plan.totals.power_later:
        say(words("cli-plan-power-later", count=plan.totals.power_later))
    _print_villages(plan, words)
    if len(plan.waves):
        _print_waves(plan, words)
    _print_conditions(plan, words)
    if len(plan.baselines) > 1:
        _print_beside(plan, words)
    _print_costs(plan, words)
    for fault in plan.faults:
        say(say_fault(fault, words))
    for note in plan.notes:
        if note != "plan-note-illustrative":
            say(words(note))


def print_conflict(plan: RolloutPlan, words: Translator) -> None:
    """Say on standard error which limits conflict and what is nearest."""
    if plan.conflict is None:
        return
    say(words("cli-plan-conflict"), error=True)
    for line in plan.conflict.lines:
        say("  " + say_conflict(line, words), error=True)
    if plan.conflict.further:
        say(words("cli-plan-conflict-further"), error=True)
        for line in plan.conflict.further:
            say("  " + say_conflict(line, words), error=True)
    nearest = words("cli-plan-conflict-nearest", summary=summary_line(plan, words))
    say(nearest, error=True)


def print_curve(curve: pd.DataFrame, connect: int | None, words: Translator) -> None:
    """Print the cost curve, and the price of the village after those of the plan."""
    print_table(
        words("cli-plan-curve-title"),
        [words("cli-villages"), words("cli-plan-cost"), words("cli-plan-price-next"),
         words("cli-plan-people"), words("cli-plan-proof")],
        [
            [
                words.number(row.k),
                say_amount(row.cost_vnd, words),
                say_amount(row.price_next_vnd, words),
                words.number(row.people),
                words("cli-plan-yes" if row.proven else "cli-plan-no"),
            ]
            for row in each_row(curve)
        ],
        numeric=(0, 1, 2, 3),
    )  # fmt: skip
    after = curve[curve["k"] == (connect or 0) + 1]
    if len(after):
        price = say_amount(after["price_vnd"].iloc[0], words)
        say(words("cli-plan-next", k=int(after["k"].iloc[0]), price=price))


def print_draws(draws: Robustness, words: Translator) -> None:
    """Print who stays in at other unit costs, and what the best plan then costs."""
    asked = draws.villages[(draws.villages["share"] > 0) | draws.villages["in_plan"]]
    print_table(
        words("cli-plan-draws-title", draws=words.number(draws.draws)),
        ["Id", words("field-name"), words("cli-plan-share"), words("baseline-plan")],
        [
            [
                row.village_id,
                row.village,
                words.percent(row.share, 0),
                words("cli-plan-yes" if row.in_plan else "cli-plan-no"),
            ]
            for row in each_row(asked)
        ],
        numeric=(2,),
        whole=(0,),
    )
    cost = {row.case: say_amount(row.cost_vnd, words) for row in each_row(draws.costs)}
    say(words("cli-plan-draws-cost", **cost))


def _print_villages(plan: RolloutPlan, words: Translator) -> None:
    rows = plan.villages[plan.villages["is_connected"]]
    is_wide = terminal_width() >= _NARROW
    headings = [
        words("field-rank"), "Id", words("field-name"), words("cli-plan-people"),
        words("cli-plan-technology"), words("cli-plan-wave"),
    ]  # fmt: skip
    if is_wide:
        headings += [words("cli-plan-own-cost"), words("cli-plan-why")]
    table = []
    for row in each_row(rows):
        line = [
            row.rank,
            row.village_id,
            "–" if pd.isna(row.village) else row.village,
            "–" if pd.isna(row.people) else words.number(row.people),
            words(f"planfile-technology-{row.technology}"),
            row.wave or words("cli-plan-never"),
        ]
        if is_wide:
            line += [
                say_amount(row.connection_cost_vnd, words),
                say_reason(row.reason, row.reason_values, words),
            ]
        table.append(line)
    title = words("cli-plan-villages-title", gap=words(f"gap-{plan.question.gap}"))
    print_table(title, headings, table, numeric=(0, 3, 6), whole=(1, 5))


def _print_waves(plan: RolloutPlan, words: Translator) -> None:
    print_table(
        words("cli-plan-waves-title"),
        [words("cli-plan-wave"), words("cli-plan-capacity"), words("cli-km"),
         words("cli-villages"), words("cli-plan-people"), words("cli-plan-cost")],
        [
            [
                row.wave,
                words.number(row.capacity_km, 1),
                words.number(row.km, 1),
                words.number(row.villages),
                words.number(row.people),
                say_amount(row.cost_vnd, words),
            ]
            for row in each_row(plan.waves)
        ],
        numeric=(1, 2, 3, 4, 5),
    )  # fmt: skip


def _print_conditions(plan: RolloutPlan, words: Translator) -> None:
    for row in each_row(plan.conditions):
        is_share = row.key == "minority_share"

        def shown(value: Any, *, is_share: bool = is_share) -> str:
            if value is None or pd.isna(value):
                return "–"
            return words.percent(value) if is_share else words.number(value)

        key = "cli-plan-condition-share" if is_share else "cli-plan-condition-district"
        said = {
            "asked": shown(row.asked),
            "attained": shown(row.attained),
            "without": shown(row.attained_without),
            "price": say_amount(row.price_high_vnd, words),
        }
        say(words(key, **said) if is_share else words(key, name=row.name, **said))


def _print_beside(plan: RolloutPlan, words: Translator) -> None:
    print_table(
        words("cli-plan-beside-title"),
        [words("cli-plan-way"), words("cli-villages"), words("cli-plan-people"), words("cli-km"),
         words("cli-plan-cost")],
        [
            [
                words(row.message)
                if row.keeps_conditions
                else words("cli-plan-beside-ignores", way=words(row.message)),
                words.number(row.villages),
                words.number(row.people),
                words.number(row.km, 1),
                say_amount(row.cost_vnd, words),
            ]
            for row in each_row(plan.baselines)
        ],
        numeric=(1, 2, 3, 4),
    )  # fmt: skip


def _print_costs(plan: RolloutPlan, words: Translator) -> None:
    print_table(
        words("cli-plan-costs-title"),
        [words("cli-plan-unit-cost"), words("cli-plan-value"), words("cli-plan-mark"),
         words("cli-source")],
        [
            [
                words(row.message),
                f"{words.number(row.used, 0 if row.used >= 100 else 3)} "
                + words(f"cost-unit-{row.unit}", currency=row.currency),
                words(f"cost-mark-{row.mark}"),
                row.source or "–",
            ]
            for row in each_row(plan.costs)
        ],
        numeric=(1,),
    )  # fmt: skip

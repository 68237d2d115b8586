"""``gap-planner replan``: a plan from today on, beside the one from before."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.options import FORMATS, one_of, parse_date, province_of
from cli.output import print_csv, print_json, print_table, records, say
from i18n import LANGUAGES, Translator
from i18n.money import say_vnd
from planning.columns import each_row

if TYPE_CHECKING:
    from services.replan import Replan


def register(command_line: typer.Typer, words: Translator) -> None:
    """Add the command, its help in the translator's language."""

    @command_line.command("replan", help=words("cli-replan-help"))
    def command(
        plan: Annotated[str, typer.Argument(help=words("cli-replan-argument-plan"))],
        as_of: Annotated[str | None, typer.Option(help=words("cli-option-as-of"))] = None,
        out: Annotated[Path | None, typer.Option(help=words("cli-plan-option-out"))] = None,
        format_: Annotated[
            str, typer.Option("--format", help=words("cli-option-format"))
        ] = "table",
        lang: Annotated[str, typer.Option(help=words("cli-option-lang"))] = words.language,
    ) -> None:
        one_of(lang, LANGUAGES, "--lang")
        one_of(format_, FORMATS, "--format")
        province = province_of(None)
        day = parse_date(as_of, province.latest)
        # The solvers take a second to load, which no other command should wait for.
        from services.replan import plan_in, replan  # noqa: PLC0415
        from services.rollout_export import PLAN_FILES, write_plan  # noqa: PLC0415

        again = replan(province, plan_in(plan, province), day)
        if out is not None:
            write_plan(again.plan, out, tuple(PLAN_FILES), words)
        if format_ == "json":
            print_json(as_json(again))
        elif format_ == "csv":
            print_csv(records(again.villages), illustrative=again.plan.illustrative)
        else:
            _print(again, words)


def as_json(again: "Replan") -> dict[str, Any]:
    """Return a re-plan under stable English keys (docs/reference/cli.md)."""
    return {
        "illustrative": again.plan.illustrative,
        "province": again.plan.province,
        "data_hash": again.plan.data_hash,
        "as_of": again.as_of.isoformat(),
        "plan_hash_before": again.before.totals.plan_hash,
        "plan_hash": again.plan.totals.plan_hash,
        "built": list(again.built),
        "off_plan": list(again.off_plan),
        "decided": list(again.decided),
        "suspended": list(again.suspended),
        "spent_vnd": round(again.spent_vnd),
        "stay_vnd": round(again.stay_vnd),
        "from_here_vnd": round(again.from_here_vnd),
        "saving_vnd": round(again.saving_vnd),
        "hindsight_vnd": round(again.hindsight_vnd),
        "regret_vnd": round(again.regret_vnd),
        "proven": again.plan.totals.proven,
        "conflict": again.plan.conflict is not None,
        "villages": [
            {"village_id": row.village_id, "status": row.status} for row in each_row(again.villages)
        ],
    }


def _print(again: "Replan", words: Translator) -> None:
    if again.plan.illustrative:
        say(words("illustrative-long"))
    say(words("replan-title", date=again.as_of, first=again.before.question.as_of))
    say(
        words(
            "replan-standing",
            built=len(again.built),
            decided=len(again.decided),
            suspended=len(again.suspended),
        )
    )
    if again.off_plan:
        say(words("replan-off-plan", count=len(again.off_plan)))
    say(words("replan-stay", cost=say_vnd(again.stay_vnd, words)))
    say(words("replan-from-here", cost=say_vnd(again.from_here_vnd, words)))
    if again.saving_vnd >= 1.0:
        say(words("replan-saving", cost=say_vnd(again.saving_vnd, words)))
    elif again.saving_vnd <= -1.0:
        say(words("replan-dearer", cost=say_vnd(-again.saving_vnd, words)))
    else:
        say(words("replan-same"))
    say(
        words(
            "replan-regret",
            spent=say_vnd(again.spent_vnd, words),
            hindsight=say_vnd(again.hindsight_vnd, words),
            cost=say_vnd(again.regret_vnd, words),
        )
    )
    say(words("replan-proven" if again.plan.totals.proven else "replan-not-proven"))
    if again.plan.conflict is not None:
        say(words("replan-conflict"))
    changed = again.villages[again.villages["status"].isin(["only_a", "only_b"])]
    if len(changed):
        print_table(
            words("replan-changes"),
            [words("forecast-village"), words("field-district"), words("replan-change")],
            [
                [row.village, row.district, words(f"replan-{row.status}")]
                for row in each_row(changed)
            ],
            numeric=(),
        )

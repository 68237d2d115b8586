"""``gap-planner plan``: the cheapest roll-out, printed or written to a folder."""

from pathlib import Path
from typing import Annotated, Any

import typer

from cli.options import FORMATS, one_of, province_of
from cli.plan_typed import Typed, Wanted
from i18n import LANGUAGES, Translator
from planning.errors import PlannerError
from planning.optimise.build_calendar import DEFAULT_CREWS, DEFAULT_KM_PER_CREW
from planning.vocabulary import DEFAULT_ROUTE_FACTOR
from services.rollout_values import GPON_REACH_M


def register(command_line: typer.Typer, words: Translator) -> None:
    """Add the command, its help in the translator's language."""

    def option(key: str) -> Any:
        return typer.Option(help=words(f"cli-plan-option-{key}"))

    @command_line.command("plan", help=words("cli-plan-help"))
    def command(
        target: Annotated[str | None, option("target")] = None,
        connect: Annotated[int | None, option("connect")] = None,
        budget: Annotated[str | None, option("budget")] = None,
        aim: Annotated[str, option("aim")] = "score",
        technology: Annotated[str | None, option("technology")] = None,
        out: Annotated[Path | None, option("out")] = None,
        frontier: Annotated[
            bool, typer.Option("--frontier", help=words("cli-plan-option-frontier"))
        ] = False,
        robust: Annotated[
            int, typer.Option("--robustness", help=words("cli-plan-option-robustness"))
        ] = 0,
        lock: Annotated[list[str] | None, option("lock")] = None,
        exclude: Annotated[list[str] | None, option("exclude")] = None,
        min_minority_share: Annotated[float | None, option("min-minority-share")] = None,
        min_per_district: Annotated[list[str] | None, option("min-per-district")] = None,
        power_first: Annotated[str | None, option("power-first")] = None,
        reach_km: Annotated[float, option("reach-km")] = GPON_REACH_M / 1000.0,
        roads: Annotated[Path | None, option("roads")] = None,
        dem: Annotated[Path | None, option("dem")] = None,
        route_factor: Annotated[
            float, typer.Option(help=words("cli-option-route-factor"))
        ] = DEFAULT_ROUTE_FACTOR,
        cost_case: Annotated[str, option("cost-case")] = "base",
        cost_file: Annotated[Path | None, option("cost-file")] = None,
        start: Annotated[str | None, option("start")] = None,
        deadline: Annotated[str | None, option("deadline")] = None,
        crews: Annotated[int, option("crews")] = DEFAULT_CREWS,
        km_per_crew: Annotated[float, option("km-per-crew")] = DEFAULT_KM_PER_CREW,
        time_limit: Annotated[float, option("time-limit")] = 60.0,
        gap: Annotated[float, option("gap")] = 0.0,
        seed: Annotated[int, option("seed")] = 0,
        villages: Annotated[Path | None, typer.Option(help=words("cli-option-villages"))] = None,
        observations: Annotated[
            Path | None, typer.Option(help=words("cli-option-observations"))
        ] = None,
        sites: Annotated[Path | None, typer.Option(help=words("cli-option-sites"))] = None,
        as_of: Annotated[str | None, typer.Option(help=words("cli-option-as-of"))] = None,
        format_: Annotated[
            str, typer.Option("--format", help=words("cli-option-format"))
        ] = "table",
        lang: Annotated[str, typer.Option(help=words("cli-option-lang"))] = words.language,
    ) -> None:
        one_of(lang, LANGUAGES, "--lang")
        one_of(format_, FORMATS, "--format")
        if not 0 <= robust <= 10_000:
            raise PlannerError(
                "error-number", got=str(robust), option="--robustness", expected="0–10000"
            )
        province = province_of(villages, observations, sites)
        typed = Typed(
            target=target, connect=connect, budget=budget, aim=aim, technology=technology,
            roads=roads, dem=dem, route_factor=route_factor, cost_case=cost_case,
            cost_file=cost_file, lock=lock or (), exclude=exclude or (),
            min_minority_share=min_minority_share, min_per_district=min_per_district or (),
            reach_km=reach_km, power_first=power_first, start=start, deadline=deadline,
            crews=crews, km_per_crew=km_per_crew, time_limit=time_limit, gap=gap, seed=seed,
            as_of=as_of,
        )  # fmt: skip
        # The solvers take a second to load, which no other command should wait for.
        from cli.plan_answer import answer  # noqa: PLC0415

        answer(province, typed, Wanted(frontier, robust, out, format_), words)

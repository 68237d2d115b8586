"""``gap-planner report``: one page for the chairman, an annex behind it."""

from pathlib import Path
from typing import Annotated

import typer

from cli.options import one_of, parse_date, parse_gap, province_of
from cli.output import say
from i18n import LANGUAGES, Translator


def register(command_line: typer.Typer, words: Translator) -> None:
    """Add the command, its help in the translator's language."""

    @command_line.command("report", help=words("cli-report-help"))
    def command(
        out: Annotated[Path, typer.Option(help=words("cli-report-option-out"))],
        as_of: Annotated[str | None, typer.Option(help=words("cli-option-as-of"))] = None,
        gap: Annotated[str | None, typer.Option(help=words("cli-report-option-gap"))] = None,
        plan: Annotated[Path | None, typer.Option(help=words("cli-report-option-plan"))] = None,
        superior: Annotated[str, typer.Option(help=words("cli-report-option-superior"))] = "",
        issuer: Annotated[str, typer.Option(help=words("cli-report-option-issuer"))] = "",
        signatory: Annotated[str, typer.Option(help=words("cli-report-option-signatory"))] = "",
        dated: Annotated[str | None, typer.Option(help=words("cli-report-option-dated"))] = None,
        lang: Annotated[str, typer.Option(help=words("cli-option-lang"))] = words.language,
    ) -> None:
        one_of(lang, LANGUAGES, "--lang")
        # The writers take a moment to load, which no other command should wait for.
        from services.report import gather_report  # noqa: PLC0415
        from services.report_content import Office  # noqa: PLC0415
        from services.report_export import check_report_suffix, write_report  # noqa: PLC0415
        from services.report_forecast import forecasts_of  # noqa: PLC0415
        from services.report_plan import read_plan_note  # noqa: PLC0415

        check_report_suffix(out.suffix)
        chosen = None if gap is None else parse_gap(gap)
        province = province_of(None)
        day = parse_date(as_of, province.latest)
        issued = None if dated is None else parse_date(dated, day)
        note = None if plan is None else read_plan_note(plan, province.data_hash)
        expected = forecasts_of(province, day)
        report = gather_report(province, day, gap=chosen, plan=note, forecasts=expected)
        office = Office(superior=superior, issuer=issuer, signatory=signatory, dated=issued)
        write_report(report, out, words, office)
        if province.illustrative:
            say(words("illustrative-long"))
        say(words("cli-report-written", file=str(out)))

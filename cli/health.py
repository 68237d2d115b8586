"""``gap-planner health``: whether this installation is well, for people and for timers."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from cli.options import one_of
from cli.output import print_json, say
from i18n import LANGUAGES, Translator
from services.health import checks_here, examine
from services.record import ask_store

_EXIT_UNWELL = 1
_FORMATS = ("table", "json")


def register(command_line: typer.Typer, words: Translator) -> None:
    """Add the command, its help in the translator's language."""

    @command_line.command("health", help=words("cli-health-help"))
    def command(
        format_: Annotated[
            str, typer.Option("--format", help=words("cli-option-health-format"))
        ] = "table",
        lang: Annotated[str, typer.Option(help=words("cli-option-lang"))] = words.language,
    ) -> None:
        one_of(lang, LANGUAGES, "--lang")
        one_of(format_, _FORMATS, "--format")
        found = examine(checks_here(lambda: datetime.now(UTC), ask_store))
        if format_ == "json":
            print_json(found.as_answer())
        else:
            say(words("health-good" if found.good else "health-bad"))
            for finding in found.findings:
                said = words(f"health-{finding.name}-{'good' if finding.good else 'bad'}")
                say(("  ✔ " if finding.good else "  ✘ ") + said)
        if not found.good:
            raise typer.Exit(_EXIT_UNWELL)

"""The entry point: build the commands in the user's language, turn refusals into sentences."""

import secrets
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from cli import app as app_command
from cli import (
    assess,
    forecast,
    health,
    importing,
    plan,
    rank,
    record,
    registers,
    replan,
    report,
    show,
    store,
    targets,
)
from cli.options import language_of, one_of
from cli.output import say
from i18n import LANGUAGES, Translator, translator
from i18n.refusals import say_faults, say_refusal
from planning.errors import PlannerError

EXIT_REFUSED = 1
EXIT_USAGE = 2
EXIT_UNEXPECTED = 70


def build(words: Translator) -> typer.Typer:
    """Return the command line with its help in one language."""
    command_line = typer.Typer(
        name="gap-planner",
        help=words("cli-help"),
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )

    # Read beforehand by language_of; declared here so that it may also stand before the command.
    @command_line.callback()
    def options(
        lang: Annotated[str, typer.Option(help=words("cli-option-lang"))] = words.language,
    ) -> None:
        one_of(lang, LANGUAGES, "--lang")

    commands = (
        assess, rank, targets, forecast, report, plan, replan, show, importing, registers,
        record, store, health, app_command,
    )  # fmt: skip
    for command in commands:
        command.register(command_line, words)
    return command_line


def main(arguments: Sequence[str] | None = None) -> None:
    """Run ``gap-planner``; every failure is a sentence on stderr and a status other than 0."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    words = translator(language_of(given))
    try:
        status = build(words)(given, standalone_mode=False)
    except PlannerError as error:
        explain(error, words)
        sys.exit(EXIT_REFUSED)
    except typer.Exit as finished:
        sys.exit(finished.exit_code)
    except typer.Abort:
        sys.exit(EXIT_REFUSED)
    except typer.TyperException as error:
        say(words("cli-usage", detail=error.format_message()), error=True)
        sys.exit(EXIT_USAGE)
    except BrokenPipeError:
        # The reader of our output (head, less) has gone: nothing is wrong.
        sys.stderr.close()
        sys.exit(0)
    except Exception:
        incident = secrets.token_hex(4)
        say(words("error-unexpected", incident=incident), error=True)
        say(words("error-details", file=_write_details(incident)), error=True)
        sys.exit(EXIT_UNEXPECTED)
    sys.exit(status if isinstance(status, int) else 0)


def _write_details(incident: str) -> str:
    details = Path(tempfile.gettempdir()) / f"gap-planner-{incident}.log"
    details.write_text(traceback.format_exc(), encoding="utf-8")
    return str(details)


def explain(error: PlannerError, words: Translator) -> None:
    """Say a refusal, with every fault it carries."""
    say(say_refusal(error, words), error=True)
    for sentence in say_faults(error, words):
        say("  " + sentence, error=True)

"""The entry point: build the commands in the user's language, turn refusals into sentences."""

from __future__ import annotations

import logging
import secrets
import sys
from collections.abc import Sequence

import typer

from cli import app as app_command
from cli import assess, rank, show, targets
from cli.options import language_of
from cli.output import say
from i18n import Translator, translator
from planning.errors import DataError, PlannerError

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
    for command in (assess, rank, targets, show, app_command):
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
        logging.getLogger("gap_planner").debug("incident %s", incident, exc_info=True)
        say(words("error-unexpected", incident=incident), error=True)
        sys.exit(EXIT_UNEXPECTED)
    sys.exit(status if isinstance(status, int) else 0)


def explain(error: PlannerError, words: Translator) -> None:
    """Say a refusal, with every fault it carries."""
    say(words(error.key, **error.values), error=True)
    if isinstance(error, DataError):
        for fault in error.faults:
            values = {"row": fault.row or "–", "column": fault.column or "–"}
            values |= {"got": fault.got or "–", "expected": fault.expected or "–"}
            say("  " + words(fault.key, **(values | fault.values)), error=True)

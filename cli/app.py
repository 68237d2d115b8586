"""``gap-planner app``: start the web app on this machine."""

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from cli.options import one_of
from i18n import LANGUAGES, Translator
from planning.errors import PlannerError


def register(command_line: typer.Typer, words: Translator) -> None:
    """Add the command, its help in the translator's language."""

    @command_line.command("app", help=words("cli-app-help"))
    def command(
        port: Annotated[int, typer.Option(help=words("cli-option-port"))] = 8501,
        address: Annotated[str, typer.Option(help=words("cli-option-address"))] = "127.0.0.1",
        lang: Annotated[str, typer.Option(help=words("cli-option-lang"))] = words.language,
    ) -> None:
        one_of(lang, LANGUAGES, "--lang")
        if not 1 <= port <= 65535:
            raise PlannerError("error-number", got=str(port), option="--port", expected="1–65535")
        # A process of its own: neither mouth imports the other.
        home = Path(__file__).resolve().parent.parent
        server = home / "ui" / "server.py"
        if not (home / "app.py").is_file() or not server.is_file():
            raise PlannerError("error-app-missing")
        arguments = [f"--server.port={port}", f"--server.address={address}"]
        started = subprocess.run(
            [sys.executable, "-m", "streamlit", "run", str(server), *arguments],
            cwd=home,
            check=False,
        )
        raise typer.Exit(started.returncode)

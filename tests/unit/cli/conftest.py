"""Commands run in this process, as a person or a script would run them."""

from __future__ import annotations

from typing import Any

import pytest

from cli.main import main
from tests.commands import Ran


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a command; its standard output and error are captured, its end is its status."""
    monkeypatch.delenv("GAP_PLANNER_LANG", raising=False)
    monkeypatch.setenv("COLUMNS", "200")

    def command(*arguments: object) -> Ran:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ran(ended.value.code, captured.out, captured.err)

    return command

"""The linear programming library without a word on the standard output.

HiGHS greets when its first solver of a process is made, whatever its options say, and what the
command line prints must be only what was asked for (a JSON document, for one).
"""

from __future__ import annotations

import os
import sys
import threading
from typing import Any, Final

import highspy

_GREETING: Final = threading.Lock()
_GREETED: Final = threading.Event()


def quiet_solver() -> Any:
    """Return a new solver that prints nothing and works on one thread."""
    if not _GREETED.is_set():
        with _GREETING:
            if not _GREETED.is_set():
                _hear_greeting()
                _GREETED.set()
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    return solver


def _hear_greeting() -> None:
    """Make the first solver while the process's standard output leads nowhere."""
    sys.stdout.flush()
    try:
        kept = os.dup(1)
    except OSError:
        # A process without standard output has nothing to keep clean.
        highspy.Highs()  # type: ignore[no-untyped-call]
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        highspy.Highs()  # type: ignore[no-untyped-call]
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)

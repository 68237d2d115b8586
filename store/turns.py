"""Turns: processes that write to one file go one after the other without sleeping meanwhile."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Final

if sys.platform != "win32":
    import fcntl

_LOOK_AGAIN_S: Final = 0.001


@contextmanager
def turn(folder: Path, at_most_s: float) -> Iterator[None]:
    """Wait for one's turn to write to what lies in a folder, and have it within the block.

    Whom SQLite finds waiting it puts to sleep for longer and longer, up to 100 ms, while its lock
    lies free again after one. Here waiters look again after a millisecond, at next to no cost. A
    turn is a courtesy: SQLite's own lock decides, and who has waited too long for a turn asks for
    that. It ends with the process that has it.

    Parameters
    ----------
    folder : Path
        The turn is a lock on the folder itself: nothing is written, and to open and close the
        record's own file would let go of SQLite's locks.
    at_most_s : float
    """
    opened = _opened(folder)
    if opened is None:
        yield
        return
    try:
        until = monotonic() + at_most_s
        while not _is_mine(opened) and monotonic() < until:
            sleep(_LOOK_AGAIN_S)
        yield
    finally:
        os.close(opened)


def _opened(folder: Path) -> int | None:
    if sys.platform == "win32":
        return None  # folders cannot be locked
    try:
        return os.open(folder, os.O_RDONLY)
    except OSError:
        return None


def _is_mine(opened: int) -> bool:
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True

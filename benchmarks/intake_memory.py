"""The most memory a piece of work took in a fresh process and in its child (Linux: ``/proc``)."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

_MB: Final = 1024.0
_PAUSE_S: Final = 0.01


def peak_memory(work: Callable[[], Any]) -> tuple[float, float]:
    """Run work that starts one child process at a time, in a process of its own.

    Parameters
    ----------
    work : callable
        Can be pickled.

    Returns
    -------
    (float, float)
        Peaks of resident memory of that process and of the largest child, in MB, libraries
        included; NaN where the system does not tell.
    """
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_watch, (work,))


def _watch(work: Callable[[], Any]) -> tuple[float, float]:
    done = threading.Event()
    children: list[float] = [float("nan")]
    watcher = threading.Thread(target=_watch_children, args=(done, children))
    watcher.start()
    try:
        work()
    finally:
        done.set()
        watcher.join()
    return _peak_mb(Path("/proc/self")), max(children[1:], default=children[0])


def _watch_children(done: threading.Event, peaks: list[float]) -> None:
    while not done.wait(_PAUSE_S):
        for listed in Path("/proc/self/task").glob("*/children"):
            try:
                peaks += [_peak_mb(Path("/proc") / pid) for pid in listed.read_text().split()]
            except (OSError, StopIteration):
                # It ended while it was looked at.
                continue


def _peak_mb(process: Path) -> float:
    """Return the high-water mark, which the kernel keeps, so that few looks are enough."""
    lines = (process / "status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / _MB

"""Processes that write to a store all at once, and tell what they were told."""

from __future__ import annotations

import multiprocessing
import random
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.context import BaseContext
from typing import Any, Final

from planning.errors import ConflictError, StoreError
from planning.vocabulary import Service
from store import subjects
from store.history import versions_of
from store.observations import save_observations
from store.opening import Store, open_store
from tests.integration.small_record import KEY, PLANNER, moment, seen

WAIT_S: Final = 300


@dataclass
class Told:
    """What one process was told.

    Attributes
    ----------
    acknowledged : dict of str to str
        Hash of the event of every submission that was acknowledged.
    late : int
        How many edits were refused because somebody had been quicker.
    problems : list of str
        Everything else that went wrong.
    """

    acknowledged: dict[str, str] = field(default_factory=dict)
    late: int = 0
    problems: list[str] = field(default_factory=list)


Work = Callable[[Store, int, int, Told], None]
"""Work on a store: which worker, how much (seconds or edits), and where to note what is told."""


def write_for(store: Store, worker: int, seconds: int, told: Told) -> None:
    """Record observations for some seconds, one after the other."""
    until = time.monotonic() + seconds
    n = 0
    while time.monotonic() < until:
        n += 1
        key = f"{worker}-{n}"
        one = seen(1 + (worker + n) % 4)
        (done,) = save_observations(store, PLANNER, KEY, [one], submission=key, now=moment(n))
        told.acknowledged[key] = done.hash


def contest(store: Store, worker: int, edits: int, told: Told) -> None:
    """Edit few subjects that everybody edits, having looked at each before."""
    draw = random.Random(worker)  # noqa: S311 # reproducible, no secret
    wanted = [(n, service) for n in (1, 2, 3) for service in Service][:5]
    for n in range(edits):
        village, service = draw.choice(wanted)
        subject = subjects.state_of(f"LC-{village}", service)
        version = versions_of(store, KEY, [subject])[subject]
        key = f"{worker}-{n}"
        one = seen(village, state="unknown", service=service, seen=version, note=key)
        try:
            (done,) = save_observations(store, PLANNER, KEY, [one], submission=key, now=moment(n))
        except ConflictError as refused:
            (conflict,) = refused.conflicts
            if not (conflict.version > version and conflict.yours["note"] == key):
                told.problems.append(f"{key}: told {conflict}")
            told.late += 1
        else:
            told.acknowledged[key] = done.hash


def together(url: str, work: Work, workers: int, amount: int) -> list[Told]:
    """Let processes work at once: each starts, opens the store and waits for the others."""
    context = _processes()
    ready = context.Barrier(workers + 1)
    with _pipes(context, workers) as pipes:
        started = []
        for worker, (_, end) in enumerate(pipes):
            process = context.Process(target=_run, args=(work, (url, worker, amount), ready, end))
            process.start()
            end.close()
            started.append(process)
        ready.wait(WAIT_S)
        told = [
            start.recv() if start.poll(WAIT_S) else Told(problems=["silent"]) for start, _ in pipes
        ]
        for process in started:
            process.join(WAIT_S)
    return told


def _processes() -> Any:
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if "forkserver" in methods:
        # One process imports, the others are its copies.
        context.set_forkserver_preload([__name__])
    return context


@contextmanager
def _pipes(context: BaseContext, count: int) -> Iterator[list[tuple[Any, Any]]]:
    pipes = [context.Pipe(duplex=False) for _ in range(count)]
    try:
        yield pipes
    finally:
        for start, _ in pipes:
            start.close()


def _run(work: Work, given: tuple[str, int, int], ready: Any, end: Any) -> None:
    url, worker, amount = given
    told = Told()
    try:
        store = open_store(url)
        try:
            store.engine.connect().close()
            ready.wait(WAIT_S)
            work(store, worker, amount, told)
        finally:
            store.close()
    except StoreError as problem:
        told.problems.append(f"{problem.key} {problem.values} {problem.__cause__}")
    except Exception:  # noqa: BLE001 # whatever it is, the test must hear of it
        told.problems.append(traceback.format_exc())
    end.send(told)
    end.close()

"""Plan in a process of its own, so that a long solve never holds up anybody else.

The child is this module, started anew: what is asked goes to its standard input, what it hears and
finds comes back on its standard output, both as pickles with their length in front, between two
processes of one program. Whatever libraries print goes nowhere. When the parent is gone the child
ends itself.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import struct
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, Final, Literal, TypeAlias

from planning.errors import DataError, PlannerError, PlanningError, StoreError
from services.province import Province
from services.rollout import robustness, roll_out, trace_costs
from services.rollout_values import RolloutQuestion

Kind: TypeAlias = Literal["plan", "curve", "draws"]

MOST_AT_ONCE: Final = 2
"""Jobs worked on at the same time; further ones wait their turn."""

_ROOT: Final = Path(__file__).resolve().parents[1]
_HEAD: Final = struct.Struct("<Q")
_STOP: Final = b"stop\n"
PATIENCE_S: Final = 60.0
"""How long a job that nobody wants any more goes on: a page may be reloaded meanwhile."""
_LOOK_S: Final = 5.0

_SLOTS: Final = threading.BoundedSemaphore(MOST_AT_ONCE)
_ERRORS: Final[Mapping[str, type[PlannerError]]] = {
    error.__name__: error for error in (PlannerError, DataError, PlanningError, StoreError)
}


class WorkerError(RuntimeError):
    """The child ended without an answer: a mistake of the program, or cancelled."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The last a job said of itself.

    Attributes
    ----------
    phase : str
        ``"waiting"`` for its turn, ``"starting"``, or as :data:`services.rollout.Watch` says.
    seconds : float
    value, bound : float or None
    """

    phase: str
    seconds: float = 0.0
    value: float | None = None
    bound: float | None = None


class Job:
    """A question being worked on."""

    def __init__(
        self,
        request: bytes,
        is_wanted: Callable[[], bool] | None = None,
        *,
        patience_s: float = PATIENCE_S,
    ) -> None:
        """Begin; :func:`start` is the way to it."""
        self._lock = threading.Lock()
        self._heard = Heard("waiting")
        self._child: subprocess.Popen[bytes] | None = None
        self._is_cancelled = False
        self._is_stopped = False
        self._is_asked = False
        self._answer: tuple[str, Any] | None = None
        self._done = threading.Event()
        threading.Thread(target=self._work, args=(request,), daemon=True).start()
        if is_wanted is not None:
            watch = threading.Thread(target=self._heed, args=(is_wanted, patience_s), daemon=True)
            watch.start()

    @property
    def heard(self) -> Heard:
        """The last the job said."""
        with self._lock:
            return self._heard

    @property
    def is_done(self) -> bool:
        """Whether there is a result, a refusal or nothing more to come."""
        return self._done.is_set()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until the job is done, at most so long; tell whether it is."""
        return self._done.wait(seconds)

    def stop(self) -> None:
        """Ask the job to end with the best it has."""
        with self._lock:
            self._is_stopped = True
            if self._child is not None and self._is_asked:
                _ask_to_stop(self._child)

    def cancel(self) -> None:
        """End the job without a result."""
        with self._lock:
            self._is_cancelled = True
            if self._child is not None:
                self._child.kill()

    def result(self) -> Any:
        """Return what the job found, waiting for it.

        Returns
        -------
        RolloutPlan, DataFrame or Robustness
            By the kind of job: a plan, a curve, draws.

        Raises
        ------
        PlannerError
            The refusal, as :func:`services.rollout.roll_out` and its neighbours raise it.
        WorkerError
            If the child ended without an answer, with what it wrote of it.
        """
        self._done.wait()
        answer: tuple[str, Any] = self._answer or ("failed", "")
        kind, value = answer
        if kind == "found":
            return value
        if kind == "refused":
            name, key, values, faults = value
            if name == "DataError":
                raise DataError(key, faults, **values)
            raise _ERRORS.get(name, PlannerError)(key, **values)
        raise WorkerError(value)

    def _heed(self, is_wanted: Callable[[], bool], patience_s: float) -> None:
        """Cancel the job when nobody has wanted it for some time."""
        unwanted_s = 0.0
        look_s = min(_LOOK_S, patience_s)
        while not self._done.wait(look_s):
            unwanted_s = 0.0 if is_wanted() else unwanted_s + look_s
            if unwanted_s >= patience_s:
                self.cancel()
                return

    def _work(self, request: bytes) -> None:
        try:
            with _SLOTS:
                self._run(request)
        except OSError as problem:
            self._answer = ("failed", str(problem))
        finally:
            self._done.set()

    def _run(self, request: bytes) -> None:
        with self._lock:
            if self._is_cancelled:
                return
            self._heard = Heard("starting")
            child = subprocess.Popen(
                [sys.executable, "-m", "services.rollout_worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=_ROOT,
            )
            self._child = child
        assert child.stdin is not None and child.stdout is not None  # noqa: S101, PT018  (pipes)
        with child, contextlib.suppress(BrokenPipeError):
            # The child takes seconds to read: whoever looks at the job meanwhile must not wait.
            _send(child.stdin, request)
            with self._lock:
                self._is_asked = True
                if self._is_stopped:
                    _ask_to_stop(child)
            while (frame := _receive(child.stdout)) is not None:
                kind, value = pickle.loads(frame)  # noqa: S301  (our own child)
                if kind == "heard":
                    with self._lock:
                        self._heard = Heard(*value)
                else:
                    self._answer = (kind, value)


def start(
    province: Province,
    question: RolloutQuestion,
    kind: Kind = "plan",
    *,
    draws: int = 200,
    is_wanted: Callable[[], bool] | None = None,
) -> Job:
    """Begin to answer a question in a process of its own.

    Parameters
    ----------
    province : Province
    question : RolloutQuestion
        Its files are read by the child: they must stay until the job is done.
    kind : {"plan", "curve", "draws"}
        :func:`~services.rollout.roll_out`, :func:`~services.rollout.trace_costs` or
        :func:`~services.rollout.robustness`.
    draws : int
        For ``"draws"``.
    is_wanted : callable, optional
        Asked now and then, from another thread, whether anybody still waits for the answer; the
        job is cancelled when nobody has for :data:`PATIENCE_S`.

    Returns
    -------
    Job
    """
    plain = replace(
        question,
        roads=_absolute(question.roads),
        dem=_absolute(question.dem),
        cost_file=_absolute(question.cost_file),
        cost_values=dict(question.cost_values),
        excluded=dict(question.excluded),
        min_per_district=dict(question.min_per_district),
    )
    return Job(pickle.dumps((province, plain, kind, draws)), is_wanted)


def _ask_to_stop(child: subprocess.Popen[bytes]) -> None:
    # A child that has ended needs no asking.
    if child.stdin is not None:
        with contextlib.suppress(OSError):
            child.stdin.write(_STOP)
            child.stdin.flush()


def _absolute(path: Path | None) -> Path | None:
    return None if path is None else path.resolve()


def _send(pipe: IO[bytes], content: bytes) -> None:
    pipe.write(_HEAD.pack(len(content)))
    pipe.write(content)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes | None:
    """Return one frame; ``None`` when the other end is gone."""
    head = pipe.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    (size,) = _HEAD.unpack(head)
    content = pipe.read(size)
    return content if len(content) == size else None


def main() -> None:
    """Answer one question: the child's side."""
    # Only answers may go to the parent, whatever a library prints.
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    request = _receive(sys.stdin.buffer)
    if request is None:
        return
    province, question, kind, draws = pickle.loads(request)  # noqa: S301  (our own parent)
    stopped = threading.Event()
    threading.Thread(target=_listen, args=(stopped,), daemon=True).start()

    def watch(phase: str, seconds: float, value: float | None, bound: float | None) -> bool:
        _send(answers, pickle.dumps(("heard", (phase, seconds, value, bound))))
        return not stopped.is_set()

    try:
        if kind == "curve":
            found: Any = trace_costs(province, question, watch=watch)
        elif kind == "draws":
            found = robustness(province, question, draws, watch=watch)
        else:
            found = roll_out(province, question, watch=watch)
        answer = pickle.dumps(("found", found))
    except PlannerError as error:
        faults = error.faults if isinstance(error, DataError) else ()
        told = (type(error).__name__, error.key, error.values, faults)
        answer = pickle.dumps(("refused", told))
    except Exception:  # noqa: BLE001  (the parent raises it again, for its own frame to catch)
        answer = pickle.dumps(("failed", traceback.format_exc()))
    _send(answers, answer)
    # The listening thread holds the input; an orderly end would wait for it.
    os._exit(0)


def _listen(stopped: threading.Event) -> None:
    """Heed the parent's wish to stop, and end when it is gone."""
    while line := sys.stdin.buffer.readline():
        if line == _STOP:
            stopped.set()
    os._exit(1)


if __name__ == "__main__":
    main()

"""Read a foreign file in a child process that may do nothing else."""

from __future__ import annotations

import json
import logging
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any, Final

from geo.intake.child import SOURCE
from geo.intake.confinement import clean_environment
from geo.intake.limits import MAX_FILE_BYTES, Limits
from geo.intake.packet import PacketError, receive_refusal, receive_table
from geo.intake.table import RawTable, ReadOptions
from planning.errors import DataError

_ROOT: Final = Path(__file__).resolve().parents[2]
_LOG: Final = "child.log"
_TAIL_BYTES: Final = 4000
_ENDED: Final = None
_MEMORY_WORDS: Final = (
    "MemoryError", "memory allocation", "ArrowMemoryError", "Out of memory", "bad_alloc",
    "thread creation failed", "Resource temporarily unavailable",
)  # fmt: skip
"""How Python, Rust, Arrow, C++ and the system (of the stack of a thread) say that there is no more
memory."""

_CHILD: Final = ("-P", "-s", "-B", "-X", "utf8", "-m", "geo.intake.child")
"""What the interpreter is told: no folder of the person's on its path, nothing written back."""

_logger = logging.getLogger(__name__)


def read_foreign(
    path: Path,
    options: ReadOptions = ReadOptions(),  # noqa: B008  (frozen)
    *,
    name: str | None = None,
    progress: Callable[[str, float], None] | None = None,
    limits: Limits = Limits(),  # noqa: B008  (frozen)
) -> RawTable:
    """Read a file of any supported format as a plain table.

    The file is copied under a fixed name into a private directory and read there by a child
    process without network, other files, other processes or more memory and time than ``limits``
    grants. Whatever happens to the child, the caller gets a table or one sentence.

    Parameters
    ----------
    path : Path
        The file. It is only ever copied by the caller's process.
    options : ReadOptions
    name : str or None
        What the person calls the file, if not ``path.name``; only its suffix has a meaning.
    progress : callable of (str, float), optional
        Told a stage (``copy``, ``open``, ``read``, ``send``, ``done``) and the share of the whole
        work done, in [0, 1].
    limits : Limits

    Returns
    -------
    RawTable

    Raises
    ------
    DataError
        If the file is missing, too large, of no supported kind, damaged, or more than the limits
        allow; one sentence about the whole file.
    """
    shown = name or path.name
    tell = progress or _tell_nobody
    tell("copy", 0.0)
    with tempfile.TemporaryDirectory(prefix="intake-", ignore_cleanup_errors=True) as folder:
        room = Path(folder)
        _copy(path, room / SOURCE, shown)
        request = {
            "suffix": Path(shown).suffix.lower(),
            "options": asdict(options),
            "limits": asdict(limits),
        }
        status = _run_child(room, request, tell, limits.wall_s)
        try:
            refusal = receive_refusal(room, shown)
            if refusal is not None:
                raise refusal
            if status != 0:
                raise DataError(_cause(status, _tail(room)), file=shown, **_allowed(limits))
            table = receive_table(room)
        except PacketError as error:
            raise DataError("error-intake-crashed", file=shown) from error
    tell("done", 1.0)
    return table


def _copy(path: Path, target: Path, shown: str) -> None:
    try:
        if not path.is_file():
            raise DataError("error-intake-missing", file=shown)
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise DataError(
                "error-intake-file-size",
                file=shown,
                megabytes=size // 2**20,
                limit=MAX_FILE_BYTES // 2**20,
            )
        if size == 0:
            raise DataError("error-intake-empty", file=shown)
        shutil.copyfile(path, target)
    except OSError as error:
        raise DataError("error-intake-missing", file=shown) from error


def _run_child(
    room: Path,
    request: Mapping[str, Any],
    tell: Callable[[str, float], None],
    wall_s: float,
    command: Sequence[str] = _CHILD,
) -> int | None:
    """Return the exit status, or ``None`` if the wall time ran out."""
    deadline = time.monotonic() + wall_s
    with (
        (room / _LOG).open("wb") as log,
        subprocess.Popen(  # noqa: S603  (this interpreter, and a module of ours)
            [sys.executable, *command],
            cwd=room,
            env=clean_environment(_ROOT, room),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
        ) as child,
    ):
        try:
            _send(child, json.dumps(request).encode("ascii") + b"\n")
            if not _follow(child, tell, deadline):
                return None
            return child.wait(timeout=max(deadline - time.monotonic(), 0))
        except subprocess.TimeoutExpired:
            return None
        finally:
            child.kill()


def _send(child: subprocess.Popen[bytes], request: bytes) -> None:
    assert child.stdin is not None  # noqa: S101  (asked for above)
    try:
        child.stdin.write(request)
        child.stdin.close()
    except BrokenPipeError:
        # It is gone already; its status says why.
        return


def _follow(
    child: subprocess.Popen[bytes], tell: Callable[[str, float], None], deadline: float
) -> bool:
    """Pass progress on until the child closes its output; ``False`` once time is up.

    The pipe is read by a thread of its own, so that a silent child cannot hold the caller; the
    caller's function is called in the caller's thread.
    """
    assert child.stdout is not None  # noqa: S101
    lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    threading.Thread(target=_pump, args=(child.stdout, lines), daemon=True).start()
    while True:
        try:
            line = lines.get(timeout=max(deadline - time.monotonic(), 0))
        except queue.Empty:
            return False
        if line is _ENDED:
            return True
        stage = _stage(line)
        if stage is not None:
            tell(*stage)


def _pump(pipe: IO[bytes], lines: queue.SimpleQueue[bytes | None]) -> None:
    try:
        while line := pipe.readline(200):
            lines.put(line)
    except (OSError, ValueError):
        # Closed under its hands when the child was ended.
        pass
    finally:
        lines.put(_ENDED)


def _stage(line: bytes) -> tuple[str, float] | None:
    try:
        stage, share = json.loads(line)
        return str(stage), min(max(float(share), 0.0), 1.0)
    except (ValueError, TypeError):
        return None


def _cause(status: int | None, log: str) -> str:
    if status is None or _is_signal(status, "SIGXCPU"):
        return "error-intake-too-slow"
    if any(word in log for word in _MEMORY_WORDS) or _is_signal(status, "SIGKILL"):
        return "error-intake-too-large"
    # A reader refuses what it cannot read: whatever else ends it is a mistake of ours.
    _logger.error("reading ended with status %s: %s", status, log.strip().rpartition("\n")[2])
    _logger.info("reading ended so: %s", log)
    return "error-intake-crashed" if status < 0 else "error-intake-damaged"


def _is_signal(status: int, name: str) -> bool:
    import signal  # noqa: PLC0415

    return status == -int(getattr(signal, name, 0)) and status < 0


def _allowed(limits: Limits) -> dict[str, Any]:
    return {"megabytes": limits.memory_bytes // 2**20, "seconds": int(limits.wall_s)}


def _tail(room: Path) -> str:
    try:
        with (room / _LOG).open("rb") as file:
            file.seek(max((room / _LOG).stat().st_size - _TAIL_BYTES, 0))
            return file.read().decode("utf-8", "replace")
    except OSError:
        # The room is the child's, to do with as it likes.
        return ""


def _tell_nobody(_stage: str, _share: float) -> None:
    """Take progress nobody asked for."""

"""The app as a process of its own, and what it costs the machine (Linux: read from ``/proc``)."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_TICKS_PER_S = os.sysconf("SC_CLK_TCK")
_START_S = 60.0
_STOP_S = 10.0


@dataclass(frozen=True, slots=True)
class AppServer:
    """A running app.

    Attributes
    ----------
    pid : int
    port : int
        On 127.0.0.1.
    """

    pid: int
    port: int

    def cpu_seconds(self) -> float:
        """Return the processor time of all its threads since it started."""
        # The second field is the command in parentheses and may hold spaces.
        after_name = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(after_name[11]) + int(after_name[12])) / _TICKS_PER_S

    def memory_mb(self) -> float:
        """Return its resident memory in megabytes."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        raise ProcessLookupError(self.pid)


@contextmanager
def running_app(settings: Mapping[str, str] | None = None) -> Iterator[AppServer]:
    """Start the app on a free port and stop it in every case.

    Parameters
    ----------
    settings : mapping, optional
        Environment variables beside those of this process.

    Yields
    ------
    AppServer
        Answering requests.

    Raises
    ------
    RuntimeError
        If it does not answer within a minute; carries what it printed.
    """
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "ui" / "server.py")]
    options = [f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true"]
    with tempfile.TemporaryFile() as printed:
        process = subprocess.Popen(
            [*command, *options],
            cwd=ROOT,
            env={**os.environ, "GAP_PLANNER_TILES": "none", **(settings or {})},
            stdout=printed,
            stderr=subprocess.STDOUT,
        )
        try:
            if not _answers(port, process):
                printed.seek(0)
                raise RuntimeError(printed.read().decode(errors="replace"))
            yield AppServer(process.pid, port)
        finally:
            process.terminate()
            try:
                process.wait(_STOP_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int, process: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5):
                return True
        except OSError:
            time.sleep(0.1)
    return False

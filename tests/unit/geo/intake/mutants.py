"""Damaged copies of sound files, read by the real readers: a signal or a hang names its seed.

Run ``python -m tests.unit.geo.intake.mutants --count 10000 --format xlsx`` for a long run. Many
mutants are read by one process, which is confined as the product's child is; when one ends it, the
next process goes on behind it.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from geo.intake.child import READERS, SOURCE, read_source
from geo.intake.confinement import clean_environment, guard, limit_resources
from geo.intake.formats import SUFFIXES
from geo.intake.limits import Limits
from geo.intake.table import ReadOptions
from planning.errors import DataError
from tests.unit.geo.intake.sound_files import sound_file

_ROOT = Path(__file__).resolve().parents[4]
_SECONDS_EACH = 10
_BATCH = 250
_ZIPPED = frozenset({"xlsx", "ods", "shp", "tab", "kmz"})
_SAMPLE = "sample"


@dataclass
class Outcome:
    """What became of the mutants of a format."""

    read: int = 0
    refused: int = 0
    broken: Counter[str] = field(default_factory=Counter)
    deaths: list[tuple[int, int]] = field(default_factory=list)
    """Seed and exit status of each mutant that ended its process."""

    def __str__(self) -> str:
        return (
            f"read {self.read}, refused {self.refused}, damaged {self.broken.total()}, "
            f"deaths {self.deaths} {dict(self.broken.most_common(8))}"
        )


def formats_with_readers() -> list[str]:
    """Return the formats whose readers exist."""
    return [kind for kind, (module, _) in READERS.items() if importlib.util.find_spec(module)]


def mutate(content: bytes, seed: int, *, zipped: bool) -> bytes:
    """Return a damaged copy; the same seed gives the same copy.

    An archive is damaged as a whole, or in one of its files before it is packed again: otherwise
    its check sums would keep almost every mutant from the readers.
    """
    chance = random.Random(seed)  # noqa: S311
    if zipped and chance.random() < 0.7:
        return _mutate_inside(content, chance)
    return _mutate_bytes(content, chance)


def run_mutants(kind: str, first: int, count: int) -> Outcome:
    """Read mutants ``first`` to ``first + count - 1`` of a format.

    Parameters
    ----------
    kind : str
        A key of :data:`geo.intake.child.READERS`.
    """
    outcome = Outcome()
    seed, end = first, first + count
    while seed < end:
        seed = _run_batch(kind, seed, min(seed + _BATCH, end), outcome)
    return outcome


def _run_batch(kind: str, first: int, end: int, outcome: Outcome) -> int:
    with tempfile.TemporaryDirectory(prefix="mutants-", ignore_cleanup_errors=True) as folder:
        room = Path(folder)
        (room / _SAMPLE).write_bytes(sound_file(kind))
        command = [sys.executable, "-P", "-s", "-B", "-X", "utf8", "-m", __spec__.name]
        done = subprocess.run(
            [*command, "--child", "--format", kind, "--first", str(first), "--end", str(end)],
            cwd=room,
            env=clean_environment(_ROOT, room),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=False,
        )
    lines = done.stdout.decode("ascii").split()
    for line in lines:
        if line.startswith("="):
            _count(line[1:], outcome)
    started = [int(line) for line in lines if line.isdigit()]
    if done.returncode == 0:
        return end
    last = started[-1] if started else first
    outcome.deaths.append((last, done.returncode))
    return last + 1


def _count(result: str, outcome: Outcome) -> None:
    if result == "read":
        outcome.read += 1
    elif result == "refused":
        outcome.refused += 1
    else:
        outcome.broken[result] += 1


def _read_mutants(kind: str, first: int, end: int) -> None:
    """Be the confined process: say each seed before it is read, and what came of it after."""
    room = Path.cwd()
    content = (room / _SAMPLE).read_bytes()
    limits = Limits(cpu_s=_SECONDS_EACH * _BATCH)
    limit_resources(limits)
    guard(room)
    for seed in range(first, end):
        sys.stdout.write(f"{seed}\n")
        sys.stdout.flush()
        if hasattr(signal, "alarm"):
            signal.alarm(_SECONDS_EACH)
        cell = room / "cell"
        shutil.rmtree(cell, ignore_errors=True)
        cell.mkdir()
        (cell / SOURCE).write_bytes(mutate(content, seed, zipped=kind in _ZIPPED))
        sys.stdout.write(f"={_result(cell / SOURCE, kind)}\n")


def _result(path: Path, kind: str) -> str:
    try:
        read_source(path, SUFFIXES[kind][0], ReadOptions(), _say_nothing)
    except DataError:
        return "refused"
    except Exception as error:  # noqa: BLE001  (the product's child ends, its parent says damaged)
        return type(error).__name__
    return "read"


def _say_nothing(_stage: str, _share: float) -> None:
    """Take progress nobody needs."""


def _mutate_inside(content: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(chance.choice((1, 1, 1, 2))):
        name = chance.choice(sorted(parts))
        parts[name] = _mutate_bytes(parts[name], chance)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def _mutate_bytes(content: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        if damaged:
            chance.choice(_MUTATIONS)(damaged, chance)
    return bytes(damaged)


def _flip_bits(damaged: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 2, 16))):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)


def _truncate(damaged: bytearray, chance: random.Random) -> None:
    del damaged[chance.randrange(len(damaged)) :]


def _splice(damaged: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(damaged))
    del damaged[start : start + chance.randrange(1, 200)]


def _edit_length(damaged: bytearray, chance: random.Random) -> None:
    """Put a number that is often mistaken for a length where one may stand."""
    size = chance.choice((1, 2, 4, 8))
    value = chance.choice((0, 1, 0x7F, 0x7FFF, 0x7FFFFFFF, 2 ** (8 * size) - 1, len(damaged)))
    start = chance.randrange(len(damaged))
    order = chance.choice(("little", "big"))
    number = (value % 2 ** (8 * size)).to_bytes(size, "little" if order == "little" else "big")
    damaged[start : start + size] = number


def _duplicate(damaged: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(damaged))
    block = damaged[start : start + chance.randrange(1, 400)]
    at = chance.randrange(len(damaged))
    damaged[at:at] = block * chance.choice((1, 1, 2, 20))


def _edit_digits(damaged: bytearray, chance: random.Random) -> None:
    """Make a written number large, as a count of repeats or a place on a sheet."""
    places = [at for at, code in enumerate(damaged) if 48 <= code <= 57]
    if places:
        at = chance.choice(places)
        damaged[at : at + 1] = chance.choice((b"99999999", b"-1", b"1e308", b"NaN", b"0"))


_MUTATIONS: Sequence[Callable[[bytearray, random.Random], None]] = (
    _flip_bits,
    _truncate,
    _splice,
    _edit_length,
    _duplicate,
    _edit_digits,
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--end", type=int, default=0)
    parser.add_argument("--format", choices=sorted(READERS), action="append")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        _read_mutants(given.format[0], given.first, given.end)
        return
    failed = False
    for kind in given.format or formats_with_readers():
        outcome = run_mutants(kind, given.first, given.count)
        failed = failed or bool(outcome.deaths)
        sys.stdout.write(f"{kind}: {outcome}\n")
    sys.exit(os.EX_SOFTWARE if failed else 0)


if __name__ == "__main__":
    main()

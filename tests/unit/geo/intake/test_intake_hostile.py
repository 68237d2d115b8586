"""Files are hostile until read: nothing dies, nothing leaks, and one sentence says why."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from tests.unit.geo.intake.hostile_files import Canary, HostileFile, hostile_files
from tests.unit.geo.intake.hostile_maps import hostile_maps
from tests.unit.geo.intake.measured_reading import read_and_measure

_CANARY_TEXT = "canary-7f3a91"
_MOST_SECONDS = 10.0
_MOST_KILOBYTES = 10**9 // 1024


def _corpus(canary: Canary) -> Iterator[HostileFile]:
    yield from hostile_files(canary)
    yield from hostile_maps(canary)


_NAMES = [file.name for file in _corpus(Canary(Path("/nowhere"), 9))]


@pytest.fixture(scope="module")
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


@pytest.fixture(scope="module")
def corpus(
    listener: socket.socket, tmp_path_factory: pytest.TempPathFactory
) -> tuple[HostileFile, ...]:
    secret = tmp_path_factory.mktemp("outside") / "secret.txt"
    secret.write_text(_CANARY_TEXT)
    canary = Canary(secret, listener.getsockname()[1])
    return tuple(_corpus(canary))


@pytest.fixture(scope="module")
def reader() -> Iterator[ProcessPoolExecutor]:
    """A fresh process whose only children are those that read the files."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        pool.submit(int).result()
        yield pool


def test_the_corpus_has_its_size() -> None:
    assert len(_NAMES) >= 80


@pytest.mark.parametrize("number", range(len(_NAMES)), ids=lambda number: _NAMES[number])
def test_a_hostile_file_ends_in_a_table_or_one_sentence(
    number: int,
    corpus: tuple[HostileFile, ...],
    listener: socket.socket,
    reader: ProcessPoolExecutor,
    tmp_path: Path,
) -> None:
    file = corpus[number]
    path = tmp_path / "upload"
    path.write_bytes(file.content)
    start = time.monotonic()
    outcome, said, kilobytes = reader.submit(read_and_measure, path, file.name).result()
    assert time.monotonic() - start < _MOST_SECONDS
    assert outcome in file.expected or _is_of_a_map(outcome, file)
    assert _CANARY_TEXT not in said
    assert kilobytes < _MOST_KILOBYTES
    with pytest.raises(BlockingIOError):
        listener.accept()


def _is_of_a_map(outcome: str, file: HostileFile) -> bool:
    return "map" in file.expected and outcome.startswith("error-intake-map-")

"""Turns to write: one after the other, and nobody waits for ever."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest

from store.turns import turn

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no turns: SQLite's lock alone")


def test_only_one_has_the_turn_and_the_next_has_it_afterwards(tmp_path: Path) -> None:
    inside: list[int] = []
    most: list[int] = []

    def work(worker: int) -> None:
        for _ in range(20):
            with turn(tmp_path, 60):
                inside.append(worker)
                most.append(len(inside))
                inside.remove(worker)

    threads = [threading.Thread(target=work, args=(worker,)) for worker in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 120
    assert list(tmp_path.iterdir()) == []


def test_who_has_waited_too_long_goes_on_and_leaves_the_decision_to_the_lock(
    tmp_path: Path,
) -> None:
    with turn(tmp_path, 60), turn(tmp_path, 0.02):
        pass
    with turn(tmp_path, 60):
        pass


def test_a_turn_ends_with_a_failure(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="x"), turn(tmp_path, 60):
        raise ValueError("x")
    with turn(tmp_path, 60):
        pass


def test_where_there_can_be_no_turn_there_is_none(tmp_path: Path) -> None:
    with turn(tmp_path / "missing", 60):
        pass

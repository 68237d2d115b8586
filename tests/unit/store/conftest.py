"""A record in a file of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from store.opening import Store, open_store

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Give an open record."""
    opened = open_store("", tmp_path / "home")
    yield opened
    opened.close()

"""Order of the whole run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deployment import Deployment, running_deployment


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep tests away from the registers a developer has accepted."""
    monkeypatch.setenv("GAP_PLANNER_STATE", str(tmp_path / "state"))
    monkeypatch.delenv("GAP_PLANNER_DATA", raising=False)
    monkeypatch.delenv("GAP_PLANNER_STORE", raising=False)


@pytest.fixture(scope="session")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """The documented server, once for all tests that ask it something."""
    with running_deployment(tmp_path_factory.mktemp("deployment")) as running:
        yield running


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run what needs a browser last: the quick tests fail first.

    Playwright also keeps an event loop running in this thread until the run ends, in which no test
    could start another.
    """
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)

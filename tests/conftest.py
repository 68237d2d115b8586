"""Order of the whole run."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run what needs a browser last: the quick tests fail first.

    Playwright also keeps an event loop running in this thread until the run ends, in which no test
    could start another.
    """
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)

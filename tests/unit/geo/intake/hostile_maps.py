"""A corpus of map files nobody should have to open, each made by hand.

In the form of :mod:`tests.unit.geo.intake.hostile_files`: the keys of the sentences that would be
right, and ``read`` if the file comes back as a table.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.unit.geo.intake.hostile_files import Canary, HostileFile
from tests.unit.geo.intake.hostile_map_archives import hostile_archives
from tests.unit.geo.intake.hostile_map_databases import hostile_databases
from tests.unit.geo.intake.hostile_map_texts import hostile_texts


def hostile_maps(canary: Canary) -> Iterator[HostileFile]:
    """Make every file of the corpus."""
    yield from hostile_texts(canary)
    yield from hostile_databases(canary)
    yield from hostile_archives(canary)

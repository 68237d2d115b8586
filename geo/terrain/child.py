"""Entry of the child process that reads an elevation file: lock the room, read, leave heights.

Run by :mod:`geo.terrain.reading` as ``python -m geo.terrain.child`` inside the private directory,
with the request as JSON on standard input.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from geo.intake.confinement import guard, limit_resources
from geo.intake.limits import Limits
from planning.errors import DataError

SOURCE: Final = "source.tif"
HEIGHTS: Final = "heights.f32"
FACTS: Final = "facts.json"
"""What the files are called inside, whatever the person calls the source."""


def main() -> None:
    """Read the file the request on standard input speaks of."""
    request: dict[str, Any] = json.loads(sys.stdin.readline())
    room = Path.cwd()
    limit_resources(Limits(**request["limits"]))
    guard(room)
    from geo.terrain.geotiff import read_geotiff  # noqa: PLC0415  (after the locks)

    bounds = request["bounds"]
    try:
        facts = read_geotiff(
            room / SOURCE, room / HEIGHTS, None if bounds is None else tuple(bounds)
        )
        (room / FACTS).write_text(json.dumps(asdict(facts)), encoding="ascii")
    except DataError as error:
        # It brings tables along, which heights do without.
        from geo.intake.packet import send_refusal  # noqa: PLC0415

        send_refusal(error, room)


if __name__ == "__main__":
    main()
    # All is written; GDAL need not tidy up.
    os._exit(0)

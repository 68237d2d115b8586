"""What an elevation file may cost, and which heights there are on earth."""

from __future__ import annotations

from typing import Final

from geo.intake.limits import Limits

MAX_CELLS: Final = 64 * 2**20
"""Cells taken in: 256 MB of heights, a province of 90 by 90 km at 11 m."""

MAX_BLOCK_BYTES: Final = 128 * 2**20
"""Largest piece of the file that must be unpacked as one."""

LOWEST_M: Final = -500.0
HIGHEST_M: Final = 9000.0
"""Beyond the Dead Sea and Mount Everest: what lies outside was never a height in metres."""

TERRAIN_LIMITS: Final = Limits(cpu_s=60, wall_s=120.0)
"""Compressed heights of the largest grid take some seconds; a bomb takes for ever."""

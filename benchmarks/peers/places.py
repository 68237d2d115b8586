"""The nearest site beside the usual trees: the ways and the truth of :mod:`benchmarks.nearest`."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.nearest import OURS, exact, ways
from benchmarks.peers.comparison import Way, compare


def nearest_sites(
    rounds: int, points: int = 1_000_000, sites: int = 100_000
) -> list[tuple[str, ...]]:
    """Exact nearest sites of random points in Vietnam's bounding box."""
    rng = np.random.default_rng(1)
    lon, lat = rng.uniform(102, 110, points), rng.uniform(8, 23, points)
    site_lon, site_lat = rng.uniform(102, 110, sites), rng.uniform(8, 23, sites)
    sample = rng.choice(points, 1000, replace=False)
    truth = exact(lon[sample], lat[sample], site_lon, site_lat)

    def against_truth(ours: Any, theirs: Any) -> str:
        def told(found: Any) -> str:
            wrong = int((found[0][sample] != truth[0]).sum())
            error_mm = np.abs(found[1][sample] - truth[1]).max() * 1e3
            return f"{wrong} wrong, {error_mm:.2g} mm"

        return f"{told(theirs)} (ours {told(ours)})"

    tools = ways(lon, lat, site_lon, site_lat)
    ours = tools.pop(OURS)
    return compare(
        f"nearest of {sites:,} for {points:,}",
        ours,
        {
            name: Way(tool, against_truth, None if name.startswith(OURS) else _bar(name))
            for name, tool in tools.items()
        },
        rounds,
    )


def _bar(name: str) -> float:
    return 10.0 if "sjoin_nearest" in name else 1.0

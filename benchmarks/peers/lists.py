"""A list of 100,000 villages read and validated, beside the plain reader alone."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from benchmarks.intake import take_in
from benchmarks.office_list import office_list, write_list
from benchmarks.peers.comparison import Way, compare
from services.intake import shipped_gazetteer

READERS: Final = {
    "geojson": ("geopandas.read_file", gpd.read_file),
    "gpkg": ("geopandas.read_file", gpd.read_file),
    "parquet": ("geopandas.read_parquet", gpd.read_parquet),
    "xlsx": ("pandas.read_excel", pd.read_excel),
}
ALLOWED: Final = 1.5


def taking_in(rounds: int, suffix: str, n: int = 100_000) -> list[tuple[str, ...]]:
    """One format; ours starts a child process that may do nothing but read, and checks it all."""
    villages, gazetteer = office_list(n), shipped_gazetteer()
    name, read = READERS[suffix]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"villages.{suffix}"
        write_list(villages, path)
        return compare(
            f"read and validate {n:,}, {suffix}",
            partial(take_in, path, gazetteer),
            {name: Way(partial(read, path), _rows, round(1 / ALLOWED, 2))},
            rounds,
        )


def _rows(ours: Any, theirs: Any) -> str:
    return f"{len(theirs):,} rows read, {len(ours.draft.register):,} validated"

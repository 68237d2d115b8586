"""A list of 100,000 villages taken in, beside merely opening the same file with pandas.

Run ``python -m benchmarks.intake`` (a few minutes, most of them spent in writing and reading XLSX
with openpyxl). What is measured is all a person waits for: the child process started, the file
recognised, copied and read there, the table handed over, columns recognised, numbers, days, words,
places and positions read, every check made. The bars: at most twice the plain reader's time for
GeoJSON and GeoPackage, half of it for XLSX.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from benchmarks.intake_memory import peak_memory
from benchmarks.list_variants import FAULTS, next_list
from benchmarks.measure import machine, measure, print_table
from benchmarks.office_list import office_list, write_list
from geo.reading import observations_of_register
from geo.register.choices import Choices
from geo.register.gazetteer import Gazetteer
from services.intake import (
    Understanding,
    acceptable_register,
    read_list,
    shipped_gazetteer,
    understand,
    with_ids,
)
from services.merge import lay_over
from services.province import Province

TODAY: Final = date(2026, 1, 1)
OURS: Final = "read, understood and checked"

Reader = Callable[[Path], pd.DataFrame]


@dataclass(frozen=True, slots=True)
class Rival:
    """What a format is compared with.

    Attributes
    ----------
    suffix : str
    readers : mapping of str to callable
        The first is the one the bar speaks of.
    bar : float or None
        How many times its duration the whole intake may take.
    rounds : int or None
        Fewer rounds for what takes minutes.
    """

    suffix: str
    readers: Mapping[str, Reader]
    bar: float | None = None
    rounds: int | None = None


RIVALS: Final = (
    Rival("csv", {"pandas.read_csv": lambda path: pd.read_csv(path, sep=";")}),
    Rival(
        "geojson",
        {
            "geopandas.read_file": gpd.read_file,
            "geopandas.read_file, Arrow": partial(gpd.read_file, use_arrow=True),
        },
        bar=2.0,
    ),
    Rival(
        "gpkg",
        {
            "geopandas.read_file": gpd.read_file,
            "geopandas.read_file, Arrow": partial(gpd.read_file, use_arrow=True),
        },
        bar=2.0,
    ),
    Rival(
        "xlsx",
        {
            "pandas.read_excel, openpyxl": lambda path: pd.read_excel(path, engine="openpyxl"),
            "pandas.read_excel, calamine": lambda path: pd.read_excel(path, engine="calamine"),
        },
        bar=0.5,
        rounds=2,
    ),
    Rival("parquet", {"geopandas.read_parquet": gpd.read_parquet}),
    Rival("shp.zip", {"geopandas.read_file": gpd.read_file}),
    Rival("kml", {"geopandas.read_file": gpd.read_file}, rounds=2),
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--villages", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", choices=[rival.suffix for rival in RIVALS])
    arguments = parser.parse_args()
    print(machine())
    villages = office_list(arguments.villages)
    gazetteer, seconds = _timed(shipped_gazetteer)
    print(f"gazetteer loaded once: {seconds * 1e3:.0f} ms")
    with tempfile.TemporaryDirectory() as folder:
        chosen = [rival for rival in RIVALS if arguments.only in {None, rival.suffix}]
        compare_readers(Path(folder), villages, gazetteer, chosen, arguments.rounds)
        if arguments.only is None:
            measure_faults(Path(folder), villages, gazetteer)
            measure_merge(Path(folder), villages, gazetteer, arguments.rounds)


def compare_readers(
    folder: Path,
    villages: gpd.GeoDataFrame,
    gazetteer: Gazetteer,
    rivals: list[Rival],
    rounds: int,
) -> None:
    """Time the intake and the plain readers on the same files, in turn."""
    rows: list[tuple[str, ...]] = []
    memory: list[tuple[str, ...]] = []
    for rival in rivals:
        path = folder / f"villages.{rival.suffix}"
        write_list(villages, path)
        parts: list[tuple[float, float]] = []
        ways: dict[str, Callable[[], Any]] = {
            OURS: partial(_noting, path, gazetteer, parts),
            **{name: partial(read, path) for name, read in rival.readers.items()},
        }
        timings = measure(ways, min(rounds, rival.rounds or rounds))
        plain = timings[next(iter(rival.readers))].median_s
        bar = f"≤ {rival.bar:g}" if rival.bar else ""
        for name, timing in timings.items():
            ours = (bar, _median(parts, 0), _median(parts, 1)) if name == OURS else ("", "", "")
            rows.append((rival.suffix, name, str(timing), f"{timing.median_s / plain:.2f}", *ours))
        parent, child = peak_memory(partial(take_in_anew, path))
        size = path.stat().st_size / 1e6
        memory.append((rival.suffix, f"{size:.0f} MB", f"{parent:.0f} MB", f"{child:.0f} MB"))
    print_table(
        f"{len(villages):,} villages, {villages.shape[1]} columns",
        ("format", "way", "median (spread)", "ratio", "bar", "of it reading", "understanding"),
        rows,
    )
    print_table("Memory", ("format", "file", "peak of the caller", "peak of the child"), memory)


def measure_faults(folder: Path, villages: gpd.GeoDataFrame, gazetteer: Gazetteer) -> None:
    """Time lists in which every row is wrong in some way, once each."""
    rows = []
    for name, spoil in FAULTS.items():
        path = folder / "faulty.csv"
        write_list(spoil(villages), path)
        understood, seconds = _timed(partial(take_in, path, gazetteer))
        faults, errors = len(understood.draft.faults), len(understood.draft.errors)
        rows.append((name, f"{seconds:.2f} s", f"{faults:,}", f"{errors:,}"))
    header = ("every row has", "read and understood", "faults", "of them errors")
    print_table(f"{len(villages):,} villages at fault (CSV)", header, rows)


def measure_merge(
    folder: Path, villages: gpd.GeoDataFrame, gazetteer: Gazetteer, rounds: int
) -> None:
    """Time the next quarter's list laid over the register, with and without keys in the list."""
    register = with_ids(_register(folder, villages, gazetteer))
    province = Province(
        villages=register,
        observations=observations_of_register(register, "old"),
        sites=register.iloc[:0],
        communes=pd.DataFrame(),
        targets=(),
        published=pd.DataFrame(),
        illustrative=False,
        name="",
        source="old",
        data_hash="",
    )
    later = next_list(villages)
    lists = {
        "with keys": _register(folder, later, gazetteer),
        "without keys": _register(folder, later.drop(columns="Mã thôn"), gazetteer),
    }
    timings = measure(
        {name: partial(lay_over, new, province, "new") for name, new in lists.items()}, rounds
    )
    rows = []
    for name, timing in timings.items():
        counts = timing.result.counts()
        told = ", ".join(f"{change} {count:,}" for change, count in counts.items() if count)
        rows.append((name, str(timing), told))
    header = ("new list", "median (spread)", "villages")
    print_table(f"{len(later):,} villages laid over {len(villages):,}", header, rows)


def take_in(path: Path, gazetteer: Gazetteer) -> Understanding:
    """Read a file and understand it, as a person who drops it on the app has it done."""
    return _understood(path, gazetteer)[0]


def take_in_anew(path: Path) -> None:
    """Do the same as the first thing of a process."""
    take_in(path, shipped_gazetteer())


def _understood(path: Path, gazetteer: Gazetteer) -> tuple[Understanding, float, float]:
    choices = Choices()
    raw, reading = _timed(partial(read_list, path, choices))
    understood, understanding = _timed(
        partial(understand, raw, choices, gazetteer, file=path.name, file_hash="", today=TODAY)
    )
    return understood, reading, understanding


def _noting(path: Path, gazetteer: Gazetteer, parts: list[tuple[float, float]]) -> None:
    _, reading, understanding = _understood(path, gazetteer)
    parts.append((reading, understanding))


def _register(folder: Path, villages: gpd.GeoDataFrame, gazetteer: Gazetteer) -> gpd.GeoDataFrame:
    path = folder / "register.parquet"
    write_list(villages, path)
    return acceptable_register(take_in(path, gazetteer))


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = perf_counter()
    result = work()
    return result, perf_counter() - start


def _median(parts: list[tuple[float, float]], at: int) -> str:
    return f"{median(part[at] for part in parts[1:]):.2f} s"


if __name__ == "__main__":
    main()

"""A province as the product works on it: its register, history, network and promises."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd

from geo.boundaries import Boundaries
from geo.boundary_file import BOUNDARIES_FILE, read_boundary_file
from geo.neighbours import Neighbours, pairs_within
from geo.reading import (
    hash_files,
    observations_of_register,
    read_communes,
    read_observations,
    read_published_figures,
    read_sites,
    read_villages,
)
from geo.target_file import read_targets
from i18n.search import fold_columns
from planning.access import DEFAULT_CATCHMENT_M
from planning.errors import DataError, PlannerError
from planning.gaps import gap_status, states_at
from planning.target_rules import area_faults
from planning.vocabulary import AreaKind, Gap, GapStatus, Target
from planning.work import no_work

DATA_VARIABLE: Final = "GAP_PLANNER_DATA"
"""Environment variable naming the folder of the province to open instead of the shipped one."""

PROVINCE_FILES: Final = (
    "villages.geojson", "observations.csv", "sites.geojson", "communes.csv", "targets.toml",
    "published_figures.csv", BOUNDARIES_FILE,
)  # fmt: skip
"""Names of the files in the folder of a province."""

SEARCHED: Final = ("name", "commune", "district", "unit", "village_id")
"""Columns of the register that a search looks through."""

_MOST_DAYS_KEPT: Final = 24


@dataclass(frozen=True)
class Province:
    """Everything known of a province; never changed once built.

    Attributes
    ----------
    villages : GeoDataFrame
        The register (:data:`geo.schema.VILLAGES`), EPSG:4326, sorted by ``village_id``.
    observations : DataFrame
        Dated observations (:data:`geo.schema.OBSERVATIONS`).
    sites : GeoDataFrame
        Existing network points (:data:`geo.schema.SITES`), EPSG:4326; may be empty.
    communes : DataFrame
        Communes with codes, successor units and centres; empty when not known.
    targets : tuple of Target
    published : DataFrame
        Published figures, never mixed with computed ones; empty when none.
    illustrative : bool
        True for the shipped province: every screen and file then says so.
    name : str
        Name shown beside figures.
    source : str
        The files it was read from.
    data_hash : str
        Names the exact content of those files.
    boundaries : Boundaries or None
        Outlines of its communes, units or districts; ``None`` when not known.
    works : DataFrame
        Work reported in the register of record (:data:`planning.work.WORK_COLUMNS`).
    record_head : str
        Head of the chain of the register of record when it was read; empty before any record.
    """

    villages: gpd.GeoDataFrame
    observations: pd.DataFrame
    sites: gpd.GeoDataFrame
    communes: pd.DataFrame
    targets: tuple[Target, ...]
    published: pd.DataFrame
    illustrative: bool
    name: str
    source: str
    data_hash: str
    boundaries: Boundaries | None = None
    works: pd.DataFrame = field(default_factory=no_work)
    record_head: str = ""

    @cached_property
    def observation_days(self) -> tuple[date, ...]:
        """Days on which something was observed, first to last."""
        return tuple(day.date() for day in sorted(self.observations["observed_on"].unique()))

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Days on which something was observed or work was reported, first to last."""
        reported = {day.date() for day in self.works["since"].unique()}
        return tuple(sorted({*self.observation_days, *reported}))

    @property
    def baseline(self) -> date:
        """The first day on which the register can answer."""
        return self.observation_days[0]

    @property
    def latest(self) -> date:
        """The day of the last observation."""
        return self.observation_days[-1]

    @cached_property
    def neighbours(self) -> Neighbours:
        """Pairs of villages within the catchment of the access score, measured once."""
        return pairs_within(
            self.villages.geometry.x.to_numpy(),
            self.villages.geometry.y.to_numpy(),
            DEFAULT_CATCHMENT_M,
        )

    @cached_property
    def searchable(self) -> pd.Series:
        """Folded text of each village that a search looks through."""
        return fold_columns([self.villages[name] for name in SEARCHED])

    def states(self, as_of: date) -> pd.DataFrame:
        """Return the villages' states at a day, in register order (:func:`states_at`).

        The days asked for last are kept; what is returned is its asker's own.
        """
        found = self._kept_states.get(as_of)
        if found is None:
            found = states_at(self.observations, pd.Index(self.villages["village_id"]), as_of)
            if len(self._kept_states) >= _MOST_DAYS_KEPT:
                self._kept_states.clear()
            self._kept_states[as_of] = found
        # pandas copies a column of it only when somebody writes there.
        return found.copy(deep=False)

    @cached_property
    def _kept_states(self) -> dict[date, pd.DataFrame]:
        return {}

    def cohort(self, gap: Gap, as_of: date) -> pd.Series:
        """Tell of each village, in register order, whether it has the gap at a day."""
        return pd.Series(gap_status(self.states(as_of), gap) == GapStatus.LACKING)

    def cohort_of(self, target: Target) -> pd.Series:
        """Tell of each village, in register order, whether a target is about it.

        It is if it lacked the service on the target's day and lies in the target's area.
        """
        cohort = self.cohort(target.gap, target.cohort_on)
        if target.area is None:
            return cohort
        codes = self.villages[f"{target.area.kind}_code"].astype("str")
        lies_inside = (codes == target.area.code).fillna(value=False).to_numpy(dtype=bool)
        return pd.Series(cohort.to_numpy() & lies_inside)

    def area_codes(self) -> set[tuple[str, str]]:
        """Return kind and code of every area that has a village."""
        return {
            (str(kind), str(code))
            for kind in AreaKind
            for code in self.villages[f"{kind}_code"].dropna().unique()
        }


def shipped_province() -> Province:
    """Load the illustrative Lào Cai that ships with the product."""
    folder = Path(str(resources.files("data")))
    return province_in(folder, illustrative=True, name="Lào Cai")


def province_in(folder: Path, *, illustrative: bool = False, name: str = "") -> Province:
    """Load a province from a folder that holds files named as the shipped ones are.

    Parameters
    ----------
    folder : Path
        ``villages.geojson`` is needed; ``observations.csv``, ``sites.geojson``, ``communes.csv``,
        ``targets.toml``, ``published_figures.csv`` and ``boundaries.geojson`` are used if they are
        there.
    illustrative, name
        As in :func:`load_province`; the name is the folder's by default.

    Raises
    ------
    DataError, PlannerError
        As :func:`load_province`.
    """
    optional = {
        "observations": "observations.csv",
        "sites": "sites.geojson",
        "communes": "communes.csv",
        "targets": "targets.toml",
        "published": "published_figures.csv",
        "boundaries": BOUNDARIES_FILE,
    }
    there = {key: folder / file for key, file in optional.items() if (folder / file).is_file()}
    return load_province(
        folder / "villages.geojson", **there, illustrative=illustrative, name=name or folder.name
    )


def load_province(
    villages: Path,
    *,
    observations: Path | None = None,
    sites: Path | None = None,
    communes: Path | None = None,
    targets: Path | None = None,
    published: Path | None = None,
    boundaries: Path | None = None,
    illustrative: bool = False,
    name: str = "",
) -> Province:
    """Load a province from files of the product's own form.

    Parameters
    ----------
    villages : Path
        The register; the only file that must be given.
    observations : Path, optional
        Dated observations; without it the register's own dated states are used.
    sites, communes, targets, published, boundaries : Path, optional
        Left out: none are known.
    illustrative : bool
        Whether the figures are invented and must be labelled so.
    name : str
        Defaults to the file's name.

    Raises
    ------
    DataError
        If a file is unusable; every fault is listed.
    PlannerError
        If nothing in the register is dated, so that no state can be placed in time.
    """
    register = read_villages(villages)
    history = (
        read_observations(observations)
        if observations
        else observations_of_register(register, villages.name)
    )
    if history.empty:
        raise PlannerError("error-no-dated-state", file=villages.name)
    optional = (observations, sites, communes, targets, published, boundaries)
    given = [villages, *(path for path in optional if path)]
    province = Province(
        villages=register,
        observations=history,
        sites=read_sites(sites) if sites else _no_sites(),
        communes=read_communes(communes) if communes else pd.DataFrame(),
        targets=read_targets(targets) if targets else (),
        published=read_published_figures(published) if published else pd.DataFrame(),
        illustrative=illustrative,
        name=name or villages.stem,
        source=", ".join(p.name for p in given),
        data_hash=hash_files(given),
        boundaries=read_boundary_file(boundaries) if boundaries else None,
    )
    faults = area_faults(province.targets, province.area_codes())
    if faults and targets:
        raise DataError("error-targets", faults, file=targets.name, count=len(faults))
    return province


def _no_sites() -> gpd.GeoDataFrame:
    columns = ["site_id", "name", "kind", "technology", "commune_code", "in_service_on"]
    return gpd.GeoDataFrame({c: [] for c in columns}, geometry=[], crs="EPSG:4326")

"""How the villages of each area are doing, for maps of areas."""

from __future__ import annotations

from typing import Protocol

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.boundaries import Boundaries
from geo.boundary_membership import areas_at
from geo.symbology import SHARE_BREAKS, ShadeClass
from planning.vocabulary import Gap
from services.assess import Assessment


class HasVillages(Protocol):
    """A province, or anything else with a register."""

    @property
    def villages(self) -> gpd.GeoDataFrame:
        """The register, one row a village."""


def areas_of_villages(province: HasVillages, boundaries: Boundaries) -> npt.NDArray[np.int64]:
    """Return the position of each village's area, in register order; -1 for none.

    A village lies in the area whose code the register gives it (``commune_code``, ``unit_code`` or
    ``district_code``, as the boundaries' level is). Where that is missing or is no code of these
    boundaries, its position decides.
    """
    register = province.villages
    position = pd.Series(np.arange(len(boundaries)), index=pd.Index(boundaries.codes))
    known = position[position.index.notna() & ~position.index.duplicated()]
    by_code = register[f"{boundaries.level}_code"].map(known)
    area: npt.NDArray[np.int64] = by_code.fillna(-1).to_numpy(dtype=np.int64, copy=True)
    left = np.flatnonzero(area < 0)
    points = register.geometry.iloc[left]
    area[left] = areas_at(boundaries, points.x.to_numpy(), points.y.to_numpy())
    return area


def gap_rates(
    province: HasVillages, boundaries: Boundaries, assessment: Assessment, gap: Gap
) -> pd.DataFrame:
    """Count in each area the villages that have a gap.

    Parameters
    ----------
    province : HasVillages
        Its register in the order of the assessment.
    boundaries : Boundaries
    assessment : Assessment
    gap : Gap

    Returns
    -------
    DataFrame
        One row an area, in the order of the boundaries: ``code``, ``name``, ``villages``,
        ``lacking``, ``known`` (villages whose state is known), ``unknown``, ``rate`` (lacking in
        known; missing if none is known) and ``shade`` (:class:`geo.symbology.ShadeClass`).
    """
    area = areas_of_villages(province, boundaries)
    placed = area >= 0

    def count(which: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
        return np.bincount(area[which & placed], minlength=len(boundaries)).astype(np.int64)

    villages, lacking = count(placed), count(assessment.lacking[gap])
    unknown = count(assessment.unknown[gap])
    known = villages - unknown
    rate = np.divide(lacking, known, out=np.full(len(boundaries), np.nan), where=known > 0)
    return pd.DataFrame(
        {
            "code": boundaries.codes,
            "name": pd.Series(boundaries.names).fillna(pd.Series(boundaries.codes)),
            "villages": villages,
            "lacking": lacking,
            "known": known,
            "unknown": unknown,
            "rate": rate,
            "shade": _shade(rate, villages),
        }
    )


def _shade(
    rate: npt.NDArray[np.float64], villages: npt.NDArray[np.int64]
) -> npt.NDArray[np.object_]:
    shades = np.array([str(shade) for shade in ShadeClass], dtype=object)
    step = np.searchsorted(SHARE_BREAKS, np.nan_to_num(rate))
    shade = shades[step]
    shade[np.isnan(rate)] = str(ShadeClass.NOT_KNOWN)
    shade[villages == 0] = str(ShadeClass.NO_VILLAGES)
    return shade

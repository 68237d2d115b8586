"""Find villages: filters that map, list and exports share."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from i18n.search import matches
from planning.vocabulary import Gap
from services.assess import Assessment
from services.province import Province


@dataclass(frozen=True)
class Filter:
    """Which villages to show; an empty field lets all pass.

    Attributes
    ----------
    query : str
        Words of name, commune, district, unit or id; accents do not matter.
    gaps : tuple of Gap
        Villages with at least one of these gaps.
    districts, communes, lanes : tuple of str
        Codes of districts and communes; values of :class:`planning.vocabulary.Lane`.
    minority_share : (float, float)
        Inclusive range. The full range also lets villages with an unknown share pass; any
        narrower one does not, since nothing shows that they belong.
    people : (int, int or None)
        Inclusive range, ``None`` for no upper end; unknown as above.
    area : tuple of (lon, lat)
        Corners of a polygon in EPSG:4326, at least three.
    """

    query: str = ""
    gaps: tuple[Gap, ...] = ()
    districts: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()
    lanes: tuple[str, ...] = ()
    minority_share: tuple[float, float] = (0.0, 1.0)
    people: tuple[int, int | None] = (0, None)
    area: tuple[tuple[float, float], ...] = field(default=())

    @property
    def empty(self) -> bool:
        """Whether every village passes."""
        return self == Filter()


def areas(province: Province, kind: str, districts: tuple[str, ...] = ()) -> dict[str, str]:
    """Return the names of the areas villages lie in, by code, in order of the name.

    Parameters
    ----------
    province : Province
    kind : {"district", "commune", "unit"}
    districts : tuple of str
        Codes of districts; with any, only areas in them.
    """
    register = pd.DataFrame(province.villages)
    if districts:
        register = register[register["district_code"].isin(districts)]
    code = f"{kind}_code"
    named = register[[code, kind]].dropna().drop_duplicates(code)
    ordered = named.sort_values(kind, kind="stable")
    return dict(zip(ordered[code], ordered[kind], strict=True))


def find(province: Province, assessment: Assessment, wanted: Filter) -> npt.NDArray[np.bool_]:
    """Tell of each village, in register order, whether it passes the filter."""
    register = province.villages
    passing = np.ones(len(register), dtype=np.bool_)
    if wanted.query.strip():
        passing &= matches(province.searchable, wanted.query).to_numpy()
    if wanted.gaps:
        passing &= np.any([assessment.lacking[gap] for gap in wanted.gaps], axis=0)
    for column, values in (("district_code", wanted.districts), ("commune_code", wanted.communes)):
        if values:
            passing &= register[column].isin(values).to_numpy()
    if wanted.lanes:
        passing &= assessment.villages["lane"].isin(wanted.lanes).to_numpy()
    low, high = wanted.minority_share
    if (low, high) != (0.0, 1.0):
        passing &= register["minority_share"].between(low, high).to_numpy()
    fewest, most = wanted.people
    if fewest > 0 or most is not None:
        enough = register["people"] >= fewest
        few_enough = register["people"] <= most if most is not None else enough
        passing &= (enough & few_enough).fillna(value=False).to_numpy(dtype=bool)
    if len(wanted.area) >= 3:
        shape = shapely.make_valid(shapely.Polygon(wanted.area))
        passing &= shapely.intersects_xy(shape, register.geometry.x, register.geometry.y)
    return passing

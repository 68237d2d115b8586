"""Ethnic-minority shares and main groups that hold the sourced district figures."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import expit, logit

from data.builder.draws import Theme, noise, stream

MINORITY_AREA_SHARE: Final = 0.5
"""A village with at least this share counts as in an ethnic-minority area: our plain criterion.

The published count does not say its criterion; Decision 33/2020/QĐ-TTg starts at 15 % of
households, which cannot hold together with the sourced district shares and populations without
making nearly every such village wholly minority.
"""

MINORITY_AREA_VILLAGES: Final = 1174
APARTNESS: Final = 0.8
"""How far villages of one district lie apart, in log-odds per unit of leaning; a free choice."""

BLEND: Final = 3.0
"""Log-odds taken off inside minority areas, so that shares there are not all close to one."""

MAJORITY: Final = "Kinh"

_OUTSIDE: Final = (0.005, 0.495)
_INSIDE: Final = (0.505, 1.0)
_SHIFT_BOUND: Final = 40.0


def _leaning(villages: pd.DataFrame, districts: pd.DataFrame) -> NDArray[np.float64]:
    """Return how strongly each village leans to a minority population (log-odds, unitless)."""
    rng = stream(Theme.MINORITY)
    codes, communes = np.unique(villages["commune_code"].to_numpy(), return_inverse=True)
    by_commune = noise(rng, len(codes))[communes]
    by_village = noise(rng, len(villages))
    district = logit(villages["district_code"].map(districts["minority_share"]).to_numpy())
    return np.asarray(
        district
        + 3.0 * (villages["seat_rank"].to_numpy() - 0.5)
        + 1.5 * (villages["centre_rank"].to_numpy() - 0.5)
        - 1.5 * villages["urban"].to_numpy()
        + 0.8 * by_commune
        + 1.1 * by_village
    )


def _shares_with_mean(
    mean: float,
    leaning: NDArray[np.float64],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    people: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Return shares between two bounds, rising with the leaning, with a population-weighted mean.

    One shift is added to every leaning; the mean grows with it, so the root is unique.
    """

    def excess(shift: float) -> float:
        return float(np.average(low + (high - low) * expit(leaning + shift), weights=people) - mean)

    shift = brentq(excess, -_SHIFT_BOUND, _SHIFT_BOUND, xtol=1e-12)
    return np.asarray(low + (high - low) * expit(leaning + shift))


def _shares_by_district(
    villages: pd.DataFrame,
    districts: pd.DataFrame,
    leaning: NDArray[np.float64],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return shares whose population-weighted mean is right in every district."""
    share = np.zeros(len(villages))
    people = villages["people"].to_numpy()
    for code, mean in zip(districts.index, districts["minority_share"], strict=True):
        here = (villages["district_code"] == code).to_numpy()
        share[here] = _shares_with_mean(mean, leaning[here], low[here], high[here], people[here])
    return share


def share_minorities(villages: pd.DataFrame, districts: pd.DataFrame) -> pd.DataFrame:
    """Add ``minority_share`` (0 to 1, three decimals) and ``minority_area`` (bool).

    A first, unbounded pass says which villages have the highest shares; exactly
    ``MINORITY_AREA_VILLAGES`` of them lie in ethnic-minority areas. In the second pass the shares
    keep to their side of the threshold. In both, the population-weighted mean of each district
    is the district's share.
    """
    leaning = APARTNESS * _leaning(villages, districts)
    nothing, everything = np.zeros(len(villages)), np.ones(len(villages))
    first = _shares_by_district(villages, districts, leaning, nothing, everything)
    inside = np.zeros(len(villages), dtype=bool)
    inside[np.argsort(-first, kind="stable")[:MINORITY_AREA_VILLAGES]] = True
    low = np.where(inside, _INSIDE[0], _OUTSIDE[0])
    high = np.where(inside, _INSIDE[1], _OUTSIDE[1])
    share = _shares_by_district(villages, districts, leaning - BLEND * inside, low, high)
    return villages.assign(minority_share=np.round(share, 3), minority_area=inside)


def _choose_by_height(settled: pd.DataFrame, mix: pd.DataFrame) -> pd.Series[str]:
    """Return the group of each village of one district: each its part of the people, by height."""
    part = mix.set_index("main_group")["weight"] / mix["weight"].sum()
    confined = mix.loc[mix["communes"] != ""].set_index("main_group")["communes"]
    chosen = []
    for group, communes in zip(confined.index, confined, strict=True):
        home = settled.loc[settled["commune_code"].isin(communes.split())]
        home = home.sort_values("height", ascending=False)
        middle = home["people"].cumsum() - home["people"] / 2
        taken = home.index[middle <= part[group] * settled["people"].sum()]
        chosen.append(pd.Series(group, index=taken))
    rest = settled.drop(index=[label for taken in chosen for label in taken.index])
    rest = rest.sort_values("height")
    middle = (rest["people"].cumsum() - rest["people"] / 2) / rest["people"].sum()
    upward = part.drop(confined.index)
    tops = (upward.cumsum() / upward.sum()).to_numpy()
    groups = upward.index.to_numpy()[np.searchsorted(tops, middle.to_numpy())]
    everyone: pd.Series[str] = pd.concat([*chosen, pd.Series(groups, index=rest.index)])
    return everyone


def name_main_groups(villages: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """Add ``main_group`` (str): Kinh below a minority share of one half, else a group by height.

    In each district the groups take their part of the people in minority-majority villages in
    order of height, valley floors first (Tày and Giáy low, Dao above, Mông high: the zonation
    published for Sa Pa), with remoteness and noise standing in for the height that the data lack.
    A group confined to some communes is settled first.
    """
    height = villages["remoteness"] + 0.2 * noise(stream(Theme.GROUPS), len(villages))
    minority = villages.assign(height=height).loc[villages["minority_share"] >= 0.5]
    chosen = [
        _choose_by_height(settled, groups.loc[groups["district_code"] == code])
        for code, settled in minority.groupby("district_code")
    ]
    main_group = pd.concat(chosen).reindex(villages.index, fill_value=MAJORITY)
    return villages.assign(main_group=main_group)

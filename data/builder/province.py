"""The steps in order: from the source tables to the province as it is shipped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from data.builder import sources
from data.builder.areas import mark_areas, measure_difficulty
from data.builder.gaps import BASELINE, MID_YEAR, choose_gaps, observe_states, power_villages
from data.builder.minority import name_main_groups, share_minorities
from data.builder.people import settle_people
from data.builder.remoteness import measure_remoteness
from data.builder.sites import place_sites
from planning.vocabulary import FixedState, MobileState, PositionBasis, VillageKind

VILLAGE_COLUMNS: Final = (
    "village_id",
    "name",
    "kind",
    "commune_code",
    "commune",
    "district_code",
    "district",
    "unit_code",
    "unit",
    "households",
    "people",
    "minority_share",
    "main_group",
    "poor_households",
    "area_class",
    "specially_difficult",
    "border",
    "grid_power",
    "position_basis",
    "mobile_state",
    "mobile_observed_on",
    "fixed_state",
    "fixed_observed_on",
    "lon",
    "lat",
)

_KIND_WORDS: Final = {
    VillageKind.THON: "thôn",
    VillageKind.BAN: "bản",
    VillageKind.TO_DAN_PHO: "tổ",
}
_BAN_GROUP: Final = "Tày"


@dataclass(frozen=True, slots=True)
class Province:
    """The built tables; ``villages`` and ``sites`` carry ``lon, lat`` in degrees WGS84."""

    communes: pd.DataFrame
    villages: pd.DataFrame
    observations: pd.DataFrame
    sites: pd.DataFrame


def _name_villages(villages: pd.DataFrame) -> pd.DataFrame:
    """Add ``kind`` and ``name``: tổ in wards and townships, bản where Tày live, else thôn.

    The names are plainly illustrative: the commune and a number ("Y Tý – thôn 3").
    """
    kind = np.select(
        [villages["urban"], villages["main_group"] == _BAN_GROUP],
        [str(VillageKind.TO_DAN_PHO), str(VillageKind.BAN)],
        str(VillageKind.THON),
    )
    place = villages["commune"].str.replace(r"^(Xã|Phường|Thị trấn) ", "", regex=True)
    word = pd.Series(kind, index=villages.index).map(
        {str(kind): word for kind, word in _KIND_WORDS.items()}
    )
    number = villages["village_no"].astype(str)
    return villages.assign(kind=kind, name=place + " – " + word + " " + number)


def _date_states(villages: pd.DataFrame) -> pd.DataFrame:
    """Add the day of the last observation of each state."""
    return villages.assign(
        mobile_observed_on=np.where(
            villages["mobile_baseline"] == MobileState.BROADBAND, BASELINE, MID_YEAR
        ),
        fixed_observed_on=np.where(
            villages["fixed_baseline"] == FixedState.FIBRE, BASELINE, MID_YEAR
        ),
    )


def _describe_communes(communes: pd.DataFrame, villages: pd.DataFrame) -> pd.DataFrame:
    """Return the communes as they are shipped, with the number of villages and the validity."""
    by_commune = villages.groupby("commune_code").agg(
        villages=("village_id", "size"), area_class=("area_class", "first")
    )
    table = communes.merge(by_commune, left_on="commune_code", right_index=True)
    return table.assign(
        valid_from=sources.COMMUNES_VALID_FROM,
        valid_to=sources.COMMUNES_VALID_TO,
        unit_valid_from=sources.UNITS_VALID_FROM,
        area_class_basis="assumed",
        border_basis="assumed",
    )[
        [
            "commune_code",
            "commune",
            "commune_type",
            "valid_from",
            "valid_to",
            "district_code",
            "district",
            "unit_code",
            "unit",
            "unit_valid_from",
            "lon",
            "lat",
            "centre_basis",
            "villages",
            "area_class",
            "area_class_basis",
            "border",
            "border_basis",
        ]
    ]


def build_province() -> Province:
    """Build the whole province from ``data/sources``; the same result every time."""
    communes = sources.read_communes()
    districts = sources.read_districts()
    villages = measure_remoteness(sources.read_villages(communes), communes, districts)
    villages = settle_people(villages, districts)
    villages = share_minorities(villages, districts)
    villages = name_main_groups(villages, sources.read_groups())
    villages = mark_areas(measure_difficulty(villages))
    villages = power_villages(choose_gaps(villages))
    villages = _date_states(_name_villages(villages))
    return Province(
        communes=_describe_communes(communes, villages),
        villages=villages.assign(position_basis=str(PositionBasis.ILLUSTRATIVE))[
            list(VILLAGE_COLUMNS)
        ],
        observations=observe_states(villages),
        sites=place_sites(villages, communes),
    )

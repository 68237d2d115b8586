"""People and households: smaller where remote, summing to the sourced district totals."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from data.builder.apportion import apportion
from data.builder.draws import Theme, noise, stream

SMALLEST_VILLAGE_PEOPLE: Final = 85
URBAN_FACTOR: Final = 1.25
REMOTE_LOSS: Final = 0.8
SIZE_SPREAD: Final = 0.35
HOUSEHOLD_SPREAD: Final = 0.05


def settle_people(villages: pd.DataFrame, districts: pd.DataFrame) -> pd.DataFrame:
    """Add ``people`` and ``households`` (int) to the villages.

    People of a district are shared out by a size weight that falls with remoteness; they add up
    to the sourced district population exactly. Households are people over the district's assumed
    household size, give or take some per cent.
    """
    spread = SIZE_SPREAD * noise(stream(Theme.PEOPLE), len(villages))
    size = (
        np.where(villages["urban"], URBAN_FACTOR, 1.0)
        * (1.35 - REMOTE_LOSS * villages["remoteness"].to_numpy())
        * np.exp(spread)
    )
    people = np.zeros(len(villages), dtype=np.int64)
    for code, total in districts["people"].items():
        inside = (villages["district_code"] == code).to_numpy()
        people[inside] = apportion(int(total), size[inside], SMALLEST_VILLAGE_PEOPLE)
    household_size = villages["district_code"].map(districts["persons_per_household"]).to_numpy()
    uneven = 1.0 + HOUSEHOLD_SPREAD * noise(stream(Theme.HOUSEHOLDS), len(villages))
    households = np.rint(people / (household_size * uneven)).astype(np.int64)
    return villages.assign(people=people, households=households)

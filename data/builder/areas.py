"""Area classes, specially difficult villages and poor households: all assumed, none official.

The official lists are keyed to communes and villages whose annexes were not readable; only the
count of specially difficult villages outside class III communes is published.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from data.builder.draws import Theme, noise, stream

CLASS_III_COMMUNES: Final = 70
CLASS_II_COMMUNES: Final = 8
SPECIALLY_DIFFICULT_OUTSIDE_III: Final = 130
"""Decision 433/QĐ-UBDT lists 130 villages in Lào Cai, very probably outside class III only."""
SPECIALLY_DIFFICULT_INSIDE_III: Final = 0.6


def measure_difficulty(villages: pd.DataFrame) -> pd.DataFrame:
    """Add ``difficulty`` in (0, 1]: how hard a village is to serve. Our measure, not official.

    ``0.40 centre + 0.25 seat + 0.20 minority share + 0.15 smallness``: centre is the percentile
    within the district of the distance to the commune centre, seat the percentile of the distance
    from there to the district seat, smallness one minus the percentile of people.
    """
    smallness = 1.0 - villages["people"].rank(pct=True)
    return villages.assign(
        difficulty=0.40 * villages["centre_rank"]
        + 0.25 * villages["seat_rank"]
        + 0.20 * villages["minority_share"]
        + 0.15 * smallness
    )


def class_communes(villages: pd.DataFrame) -> pd.Series[str]:
    """Return the area class I, II or III of every commune, indexed by commune code.

    The communes with the highest mean difficulty (wards and townships never) are class III, the
    next few class II, the rest class I.
    """
    by_commune = villages.groupby("commune_code").agg(
        urban=("urban", "first"), difficulty=("difficulty", "mean")
    )
    uneven = 0.05 * noise(stream(Theme.AREAS), len(by_commune))
    hard = (by_commune["difficulty"] + uneven).where(~by_commune["urban"], 0.0)
    place = hard.rank(ascending=False, method="first")
    return pd.Series(
        np.select(
            [place <= CLASS_III_COMMUNES, place <= CLASS_III_COMMUNES + CLASS_II_COMMUNES],
            ["III", "II"],
            "I",
        ),
        index=by_commune.index,
    )


def mark_areas(villages: pd.DataFrame) -> pd.DataFrame:
    """Add ``area_class`` (of the commune), ``specially_difficult`` and ``poor_households``.

    The poverty rate rises with remoteness and minority share, with wide noise. The poorest
    villages of class III communes are specially difficult, and the poorest of the others.
    """
    area_class = villages["commune_code"].map(class_communes(villages))
    poverty = (
        0.02
        + 0.25 * villages["minority_share"] * villages["remoteness"]
        + 0.08 * noise(stream(Theme.POVERTY), len(villages))
    ).clip(0.01, 0.8)
    in_class_iii = area_class == "III"
    elsewhere = poverty.where(~in_class_iii & ~villages["urban"])
    poorest_elsewhere = elsewhere.rank(ascending=False, method="first")
    difficult = (poorest_elsewhere <= SPECIALLY_DIFFICULT_OUTSIDE_III) | (
        poverty.where(in_class_iii).rank(pct=True) > 1 - SPECIALLY_DIFFICULT_INSIDE_III
    )
    return villages.assign(
        area_class=area_class,
        specially_difficult=difficult,
        poor_households=np.rint(poverty * villages["households"]).astype(int),
    )

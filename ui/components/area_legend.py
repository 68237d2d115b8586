"""The legend's rows of what is no point: villages known by commune only, and coloured areas."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.boundary_columns import AreaLevel
from geo.symbology import SHARE_BREAKS, MapMark, ShadeClass
from i18n import Translator
from planning.vocabulary import Gap
from services.province import Province
from services.serving import at_commune_centre
from ui.map.layers import LegendEntry
from ui.theme import GAP_CLASS

_STEPS: Final = tuple(ShadeClass)[: len(SHARE_BREAKS)]
_OTHERS: Final = {ShadeClass.NOT_KNOWN: "shade-unknown", ShadeClass.NO_VILLAGES: "shade-empty"}


def centre_legend(
    province: Province, visible: npt.NDArray[np.bool_] | None, words: Translator
) -> list[LegendEntry]:
    """Return the row that explains and switches villages placed at their commune's centre.

    Parameters
    ----------
    province : Province
    visible : ndarray of bool, shape (n,), optional
        Villages shown, in register order; all by default.
    words : Translator

    Returns
    -------
    list of LegendEntry
        Empty if no village is placed so.
    """
    at_centre = at_commune_centre(province)
    if not at_centre.any():
        return []
    count = int(at_centre.sum() if visible is None else (at_centre & visible).sum())
    return [LegendEntry(MapMark.COMMUNE_CENTRE, words("mark-commune-centre"), count)]


def shade_legend(
    rates: pd.DataFrame, level: AreaLevel, gap: Gap, words: Translator
) -> list[LegendEntry]:
    """Return the rows of coloured areas: a title that switches all, and the areas of each class.

    Parameters
    ----------
    rates : DataFrame
        From :func:`services.boundaries.gap_rates`.
    level : AreaLevel
    gap : Gap
    words : Translator

    Returns
    -------
    list of LegendEntry
        The five steps always, so that the scale can be read; the others if there are any.
    """
    counts = rates["shade"].value_counts()
    labels = dict(zip(_STEPS, _step_labels(words), strict=True))
    labels |= {shade: words(key) for shade, key in _OTHERS.items() if shade in counts}
    lack = words(f"mapview-class-{GAP_CLASS[gap].replace('_', '-')}")
    title = words("shade-title", lack=lack, level=words(f"area-level-{level}"))
    return [
        LegendEntry(MapMark.AREAS, title, classes=tuple(labels)),
        *(
            LegendEntry(shade, label, int(counts.get(shade, 0)), part=True)
            for shade, label in labels.items()
        ),
    ]


def _step_labels(words: Translator) -> list[str]:
    ends = [round(100 * share) for share in SHARE_BREAKS]
    middle = [words("shade-range", low=low, high=high) for low, high in pairwise(ends[1:-1])]
    return [
        words("shade-none"),
        words("shade-up-to", high=ends[1]),
        *middle,
        words("shade-above", low=ends[-2]),
    ]

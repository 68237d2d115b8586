"""The legend's rows for coloured areas and for villages known by their commune only."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from geo.boundary_columns import AreaLevel
from geo.symbology import SHADE_COLOURS, SHARE_BREAKS, MapMark, ShadeClass
from i18n import LANGUAGES, translator
from planning.vocabulary import Gap
from ui.components.area_legend import centre_legend, shade_legend
from ui.components.area_table import area_table

VI = translator("vi")


def rates(*shades: str) -> pd.DataFrame:
    return pd.DataFrame({"shade": list(shades)})


def test_every_step_stands_in_the_legend_with_its_number_of_areas() -> None:
    table = rates("share_0", "share_0", "share_3", "share_empty")
    title, *steps = shade_legend(table, AreaLevel.UNIT, Gap.FIBRE, VI)
    assert title.label == "Tỷ lệ thôn chưa có cáp quang theo xã, phường"
    assert title.symbol is MapMark.AREAS
    assert title.classes == tuple(step.symbol for step in steps)
    assert [(step.symbol, step.label, step.count) for step in steps] == [
        ("share_0", "0 %", 2),
        ("share_1", "đến 5 %", 0),
        ("share_2", "trên 5 đến 15 %", 0),
        ("share_3", "trên 15 đến 30 %", 1),
        ("share_4", "trên 30 %", 0),
        ("share_empty", "Không có thôn", 1),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("gap", list(Gap))
@pytest.mark.parametrize("level", list(AreaLevel))
def test_every_title_can_be_said(language: str, gap: Gap, level: AreaLevel) -> None:
    assert shade_legend(rates("share_unknown"), level, gap, translator(language))[0].label


def test_the_table_has_the_highest_rate_first_and_what_is_not_known_last() -> None:
    table = area_table(
        pd.DataFrame(
            {
                "code": ["1", None, "3"],
                "name": ["Một", "Hai", "Ba"],
                "lacking": [1, 0, 3],
                "known": [4, 0, 6],
                "unknown": [0, 2, 0],
                "rate": [0.25, np.nan, 0.5],
            }
        ),
        VI,
    )
    assert table["name"].tolist() == ["Ba", "Một", "Hai"]
    assert [rate.strip() for rate in table["rate"]] == [
        "50,0\N{NO-BREAK SPACE}%",
        "25,0\N{NO-BREAK SPACE}%",
        "–",
    ]
    assert table["code"].tolist() == ["3", "1", ""]


def register(*bases: str | None) -> Any:
    return SimpleNamespace(villages=pd.DataFrame({"position_basis": pd.Series(bases, dtype="str")}))


def test_villages_at_a_communes_centre_are_counted_among_those_shown() -> None:
    province = register("commune_centre", "surveyed", "commune_centre", None)
    (row,) = centre_legend(province, np.array([True, True, False, True]), VI)
    assert (row.symbol, row.label, row.count) == (
        MapMark.COMMUNE_CENTRE,
        "Vị trí là trung tâm xã",
        1,
    )
    assert centre_legend(province, None, VI)[0].count == 2
    assert centre_legend(register("surveyed", None), None, VI) == []


def test_steps_grow_darker_or_lighter_evenly_away_from_the_ground() -> None:
    def lightness(colour: str) -> float:
        red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        return float(0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2)

    steps = list(ShadeClass)[: len(SHARE_BREAKS)]
    light = [lightness(SHADE_COLOURS["light"][step]) for step in steps]
    dark = [lightness(SHADE_COLOURS["dark"][step]) for step in steps]
    assert light == sorted(light, reverse=True)
    assert dark == sorted(dark)
    # Neighbouring steps can be told apart by lightness alone (WCAG contrast of at least 1.2).
    for values in (light, dark[::-1]):
        contrasts = [(a + 0.05) / (b + 0.05) for a, b in pairwise(values)]
        assert min(contrasts) > 1.2


def test_every_class_has_a_colour_in_both_themes() -> None:
    assert set(SHADE_COLOURS["light"]) == set(SHADE_COLOURS["dark"]) == set(ShadeClass)

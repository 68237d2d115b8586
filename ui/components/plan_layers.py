"""What the map of a plan says: of each village, mast and link, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from geo.display import display_text
from geo.symbology import RadioClass, RouteClass
from i18n import Translator
from planning.columns import each_row
from services.rollout_values import RolloutPlan
from ui.components.plan_words import say_km, say_money, say_reason, say_wave
from ui.map.plan_layers import plan_layer, route_layer, wave_classes


def written_layers(plan: RolloutPlan, words: Translator) -> tuple[bytes, bytes]:
    """Write the layers of a plan: its villages and masts, and its links."""
    classes = wave_classes(plan.links["wave"].tolist())
    villages = plan_layer(
        plan.villages,
        [_village_note(village, words) for village in each_row(plan.villages)],
        plan.sites,
        [words("planpage-mast", number=at + 1) for at in range(len(plan.sites))],
        [_site_note(site, words) for site in each_row(plan.sites)],
    )
    links = route_layer(
        plan.links,
        [_look(link, classes) for link in each_row(plan.links)],
        [_link_name(link) for link in each_row(plan.links)],
        [_link_note(link, words) for link in each_row(plan.links)],
    )
    return villages, links


def _look(link: Any, classes: Mapping[str, RouteClass]) -> RouteClass | RadioClass:
    if link.technology == "microwave":
        return RadioClass.MICROWAVE
    return classes.get(link.wave, RouteClass.NEVER)


def _village_note(village: Any, words: Translator) -> str:
    if not village.is_connected:
        if village.reason == "reason-left-out" and pd.notna(village.enters_at_vnd):
            return words("planpage-note-enters", cost=say_money(village.enters_at_vnd, words))
        return say_reason(village, words)
    parts = [words(f"planpage-by-{village.technology}")]
    if village.technology == "fibre":
        parts.insert(0, say_wave(village.wave, words))
    if pd.notna(village.connection_cost_vnd):
        parts.append(say_money(village.connection_cost_vnd, words))
    return " · ".join(parts)


def _site_note(site: Any, words: Translator) -> str:
    serves = words("planpage-serves", count=len(site.serves))
    return f"{serves} · {say_money(site.cost_vnd, words)}"


def _link_name(link: Any) -> str:
    ends = [display_text(end, 60) for end in (link.from_name, link.to_name) if isinstance(end, str)]
    return " → ".join(end for end in ends if end)


def _link_note(link: Any, words: Translator) -> str:
    by_radio = link.technology == "microwave"
    return " · ".join(
        (
            words("planpage-by-microwave") if by_radio else say_wave(link.wave, words),
            say_km(link.length_km, words),
            say_money(link.cost_vnd, words),
            words("planpage-serves", count=int(link.villages)),
        )
    )

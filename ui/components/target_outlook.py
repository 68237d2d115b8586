"""What to expect of a target and what would make it safe, in plain sentences."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from geo.display import display_text, escape_markdown
from i18n import Translator
from planning.forecast.securing import SAFE
from services.forecast import Forecast
from services.forecast_words import (
    say_chance,
    say_forecast,
    say_remedies,
    say_remedy_villages,
)


def show_outlook(forecast: Forecast, words: Translator) -> None:
    """Show a forecast.

    Parameters
    ----------
    forecast : Forecast
    words : Translator
    """
    first, *rest = say_forecast(forecast, words)
    st.markdown(f"**{first}**")
    if forecast.pace is not None:
        rest.append(words("forecast-naive", met=say_chance(forecast.pace, words)))
    if rest:
        st.markdown("\n".join(f"- {sentence}" for sentence in rest))
    if forecast.remedies:
        _show_remedies(forecast, words)


def show_village_chances(forecast: Forecast, words: Translator) -> None:
    """Show each village with its work and its chance, the least likely first."""
    villages = forecast.villages
    if villages.empty:
        return
    villages = villages.sort_values(["probability", "village_id"], kind="stable")
    st.dataframe(
        pd.DataFrame(
            {
                "village": [
                    words("unknown") if pd.isna(name) else display_text(name, 60)
                    for name in villages["village"]
                ],
                "district": [
                    words("unknown") if pd.isna(name) else display_text(name, 60)
                    for name in villages["district"]
                ],
                "lane": [words(f"lane-{lane}") for lane in villages["lane"]],
                "work": [words(f"work-{status}") for status in villages["status"]],
                "since": [
                    "–" if pd.isna(day) else words.date(day.date()) for day in villages["since"]
                ],
                "chance": [say_chance(chance, words) for chance in villages["probability"]],
            }
        ),
        column_config={
            "village": words("forecast-village"),
            "district": words("field-district"),
            "lane": words("field-lane"),
            "work": words("forecast-work"),
            "since": words("forecast-since"),
            "chance": words("forecast-chance"),
        },
        hide_index=True,
    )


def _show_remedies(forecast: Forecast, words: Translator) -> None:
    st.markdown(words("forecast-remedies", safe=words.percent(SAFE, 0)))
    villages = forecast.villages
    names = {
        village: escape_markdown(display_text(village if pd.isna(name) else name, 60), 60)
        for village, name in zip(villages["village_id"], villages["village"], strict=True)
    }
    lines = []
    for remedy, said in zip(forecast.remedies, say_remedies(forecast, words), strict=True):
        called = say_remedy_villages(remedy, names, words)
        lines.append(f"- {said} {called}".rstrip())
    st.markdown("\n".join(lines))

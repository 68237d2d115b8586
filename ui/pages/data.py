"""Data: what is loaded, where it comes from, what is assumed, how complete it is."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from geo.display import display_text, escape_markdown
from i18n import Translator
from services.complete import completeness
from services.province import Province
from ui import cache
from ui.components.village_table import figures_column, numbers, padded
from ui.frame import framed, open_province, show_header


@framed
def show_data_page(words: Translator) -> None:
    """Show the page."""
    province = open_province(words)
    show_header(words("page-data"), province, words)
    if province.illustrative:
        st.warning(words("illustrative-long"), icon=":material/science:")
    _show_contents(province, words)
    _show_provenance(province, words)
    _show_completeness(province, words)
    _show_published(province, words)


def _show_contents(province: Province, words: Translator) -> None:
    st.markdown(f"#### {words('data-contents')}")
    counts = {
        "data-villages": len(province.villages),
        "data-observations": len(province.observations),
        "data-sites": len(province.sites),
        "data-communes": province.villages["commune_code"].nunique(),
        "data-units": province.villages["unit_code"].nunique(),
        "data-published": len(province.published),
    }
    for column, (key, count) in zip(st.columns(len(counts)), counts.items(), strict=True):
        column.metric(words(key), words.number(count))
    first, last = words.date(province.baseline), words.date(province.latest)
    st.markdown(
        f"{words('data-days')}: **{first}** – **{last}**  \n"
        f"{words('note-source')}: {escape_markdown(province.source, 300)}  \n"
        f"{words('note-hash')}: `{province.data_hash}`"
    )


def _show_provenance(province: Province, words: Translator) -> None:
    if not province.illustrative:
        return
    st.markdown(f"#### {words('data-provenance')}")
    sourced, assumed = st.columns(2)
    sourced.markdown(f"**{words('data-sourced')}**\n\n{words('data-sourced-list')}")
    assumed.markdown(f"**{words('data-assumed')}**\n\n{words('data-assumed-list')}")
    st.markdown(f"**{words('data-licence')}**: {words('data-licence-text')}")


def _show_completeness(province: Province, words: Translator) -> None:
    st.markdown(f"#### {words('data-completeness')}")
    table = completeness(province)
    st.dataframe(
        pd.DataFrame(
            {
                "column": [words(f"field-{name}") for name in table["column"]],
                "key": table["column"],
                "about": [words(f"about-{name}") for name in table["column"]],
                "known": numbers(table["known"], words),
                "share": table["share"],
            }
        ),
        column_config={
            "column": words("file-heading"),
            "key": words("file-key"),
            "about": words("file-meaning"),
            "known": figures_column(words("data-known")),
            "share": st.column_config.ProgressColumn(
                words("data-share"), min_value=0, max_value=1, format="percent"
            ),
        },
        hide_index=True,
    )


def _show_published(province: Province, words: Translator) -> None:
    figures = cache.published(province.data_hash, province)
    figures = figures[figures["value"].notna()]
    if figures.empty:
        return
    st.markdown(f"#### {words('data-published-title')}")
    st.caption(words("data-published-note"))
    st.dataframe(
        pd.DataFrame(
            {
                "as_of": [words.date(d.date()) if pd.notna(d) else "–" for d in figures["as_of"]],
                "precision": [words(f"precision-{p}") for p in figures["as_of_precision"]],
                "definition": [
                    display_text(d, 200) for d in figures[f"definition_{words.language}"]
                ],
                "value": padded(
                    [words.number(v, 0 if float(v).is_integer() else 1) for v in figures["value"]]
                ),
                "denominator": numbers(figures["denominator"], words),
                "mark": [words(f"mark-{mark}") for mark in figures["mark"]],
                "source": [display_text(s, 200) for s in figures["source"]],
                "url": figures["source_url"].where(
                    figures["source_url"].str.startswith("https://", na=False)
                ),
            }
        ),
        column_config={
            "as_of": words("cli-date"),
            "precision": words("published-precision"),
            "definition": words("data-definition"),
            "value": figures_column(words("cli-published")),
            "denominator": figures_column(words("data-denominator")),
            "mark": words("data-mark"),
            "source": words("cli-source"),
            "url": st.column_config.LinkColumn(words("data-link")),
        },
        hide_index=True,
    )

"""Download buttons: the list in every form, made only when asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from geo.export import ExportTable, to_bytes
from i18n import Translator

_KINDS = (
    (".xlsx", "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (".csv", "CSV", "text/csv"),
    (".kmz", "Google Earth", "application/vnd.google-earth.kmz"),
    (".gpkg", "QGIS", "application/geopackage+sqlite3"),
    (".geojson", "GeoJSON", "application/geo+json"),
)


def show_downloads(
    build: Callable[[], ExportTable], stem: str, count: int, words: Translator
) -> None:
    """Offer the list for download.

    Parameters
    ----------
    build : callable
        Makes the export; called only when a button is pressed.
    stem : str
        File name without its suffix.
    count : int
        Villages in the list, named beside the buttons; with none there is nothing to offer.
    words : Translator
    """
    if not count:
        return
    st.caption(words("download-caption", count=count))
    with st.container(horizontal=True, key="downloads"):
        for suffix, label, mime in _KINDS:
            st.download_button(
                label,
                data=partial(_bytes, build, suffix),
                file_name=stem + suffix,
                mime=mime,
                icon=":material/download:",
                on_click="ignore",
                key=f"download{suffix}",
            )


def _bytes(build: Callable[[], ExportTable], suffix: str) -> bytes:
    return to_bytes(build(), suffix)

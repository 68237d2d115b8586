"""Download buttons: the list in every form, made only when asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import streamlit as st

from geo.export import ExportTable, Separator, to_bytes
from i18n import Translator


@dataclass(frozen=True, slots=True)
class _Form:
    """A form of the list: its button's name or message, and how its file is made."""

    label: str
    suffix: str
    mime: str
    separator: Separator = ","
    ending: str = ""
    """End of the file's name, where it is not the suffix alone."""

    @property
    def key(self) -> str:
        return f"download{self.ending or self.suffix}"


_USUAL: Final = (
    _Form(
        "Excel",
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    _Form("CSV", ".csv", "text/csv"),
    _Form("Google Earth", ".kmz", "application/vnd.google-earth.kmz"),
    _Form("QGIS", ".gpkg", "application/geopackage+sqlite3"),
    _Form("GeoJSON", ".geojson", "application/geo+json"),
)
_ON_REQUEST: Final = (
    _Form("download-csv-semicolon", ".csv", "text/csv", ";", "-excel-vi.csv"),
    _Form("download-shapefile", ".zip", "application/zip", ending=".shp.zip"),
    _Form("download-geoparquet", ".parquet", "application/vnd.apache.parquet"),
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
        _show_buttons(build, stem, _USUAL)
        with st.popover(words("download-more"), icon=":material/more_horiz:"):
            _show_buttons(build, stem, [_named(form, words) for form in _ON_REQUEST])


def _show_buttons(build: Callable[[], ExportTable], stem: str, forms: Sequence[_Form]) -> None:
    for form in forms:
        st.download_button(
            form.label,
            data=partial(_bytes, build, form),
            file_name=stem + (form.ending or form.suffix),
            mime=form.mime,
            icon=":material/download:",
            on_click="ignore",
            key=form.key,
        )


def _named(form: _Form, words: Translator) -> _Form:
    return replace(form, label=words(form.label))


def _bytes(build: Callable[[], ExportTable], form: _Form) -> bytes:
    return to_bytes(build(), form.suffix, separator=form.separator)

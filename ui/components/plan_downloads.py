"""The files of a plan, each made when it is asked for, and all in one archive."""

from __future__ import annotations

import io
import zipfile
from functools import partial
from typing import Final

import streamlit as st

from i18n import Translator
from services.rollout_export import PLAN_FILES, plan_bytes
from services.rollout_values import RolloutPlan

_LABELS: Final = {
    "xlsx": "Excel",
    "kmz": "Google Earth",
    "gpkg": "QGIS",
    "geojson": "GeoJSON",
    "ofds": "Open Fibre Data",
}
_MIMES: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "kmz": "application/vnd.google-earth.kmz",
    "gpkg": "application/geopackage+sqlite3",
    "geojson": "application/geo+json",
    "ofds": "application/json",
    "certificate": "application/json",
}
_OLDEST: Final = (1980, 1, 1, 0, 0, 0)
"""The first moment an archive can hold: files carry no clock, so that equal plans are equal."""


def show_plan_downloads(plan: RolloutPlan, words: Translator) -> None:
    """Offer the plan in every form."""
    st.markdown(f"**{words('planpage-downloads')}**")
    stem = f"{words('planpage-download-stem')}-{plan.question.target_id or plan.question.gap}"
    with st.container(horizontal=True, key="plan_downloads"):
        for name in (*_LABELS, "certificate"):
            file = PLAN_FILES[name]
            suffix = file.partition(".")[2]
            ending = "" if name in {"xlsx", "kmz", "gpkg", "geojson"} else f"-{name}"
            st.download_button(
                _LABELS.get(name) or words("planpage-download-certificate"),
                data=partial(plan_bytes, plan, name, words),
                file_name=f"{stem}{ending}.{suffix}",
                mime=_MIMES[name],
                icon=":material/download:",
                on_click="ignore",
                key=f"plan_download_{name}",
            )
        st.download_button(
            words("planpage-download-all"),
            data=partial(_archive, plan, words),
            file_name=f"{stem}.zip",
            mime="application/zip",
            icon=":material/folder_zip:",
            on_click="ignore",
            key="plan_download_all",
        )


def _archive(plan: RolloutPlan, words: Translator) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in PLAN_FILES.items():
            entry = zipfile.ZipInfo(file, date_time=_OLDEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, plan_bytes(plan, name, words))
    return content.getvalue()

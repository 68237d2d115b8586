"""Entry of the web app: page config, language, navigation. No logic."""

import functools
from pathlib import Path

import streamlit as st

from ui.components.account import admit, show_account
from ui.frame import choose_language
from ui.pages.data import show_data_page
from ui.pages.importing import show_import_page
from ui.pages.map import show_map_page
from ui.pages.plan import show_plan_page
from ui.pages.priorities import show_priorities_page
from ui.pages.targets import show_targets_page
from ui.pages.updates import show_updates_page

ICON = str(Path(__file__).parent / "ui" / "browser" / "icon.svg")
st.set_page_config(page_title="Khoảng trống kết nối", page_icon=ICON, layout="wide")
with st.container(key="language", horizontal=True, horizontal_alignment="right"):
    words = choose_language()
    show_account(words)
admit(words)

PAGES = (
    (show_map_page, "map", ":material/map:"),
    (show_priorities_page, "priorities", ":material/format_list_numbered:"),
    (show_plan_page, "plan", ":material/route:"),
    (show_targets_page, "targets", ":material/flag:"),
    (show_updates_page, "updates", ":material/edit_note:"),
    (show_data_page, "data", ":material/database:"),
    (show_import_page, "import", ":material/upload_file:"),
)
st.navigation(
    [
        st.Page(
            functools.partial(show, words),
            title=words(f"page-{name}"),
            icon=icon,
            url_path=name,
            default=name == "map",
        )
        for show, name, icon in PAGES
    ],
    position="top",
).run()

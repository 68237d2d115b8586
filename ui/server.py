"""The web server: ``python -m streamlit run ui/server.py``.

Streamlit finds ``app`` here, runs ``app.py`` of the folder above and serves its ``static/``. This
module adds what a page cannot: a warm start, how long browsers may keep a file, and headers that
keep the app out of strangers' frames and its addresses out of their logs.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from ui.response_headers import ResponseHeaders
from ui.warm_up import ready

app = st.App(
    Path(__file__).resolve().parents[1] / "app.py",
    lifespan=ready,
    middleware=[Middleware(ResponseHeaders)],
)

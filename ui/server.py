"""The web server: ``python -m streamlit run ui/server.py``.

Streamlit finds ``app`` here, runs ``app.py`` of the folder above and serves its ``static/``. This
module adds what a page cannot: a warm start, how long browsers may keep a file, headers that keep
the app out of strangers' frames and its addresses out of their logs, a watch over forged identity
headers, and an answer for whatever asks whether the server is well. A server that was told wrongly
who its visitors are does not start.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from i18n import LANGUAGES, translator
from i18n.refusals import say_refusal
from planning.errors import PlannerError
from services.health import checks_here
from services.record import ask_store
from ui.health_route import health_route
from ui.identity import settings_here
from ui.identity_settings import IdentitySettings, Mode
from ui.proxy_guard import ProxyGuard
from ui.response_headers import ResponseHeaders
from ui.warm_up import ready

# The one module besides app.py that acts when it is loaded: loading it is starting the server.
_given = os.environ.get("GAP_PLANNER_LANG", "")
_words = translator(_given if _given in LANGUAGES else LANGUAGES[0])


def _settings_or_stop() -> IdentitySettings:
    try:
        settings = settings_here()
        _check_library(settings)
    except PlannerError as refusal:
        sys.exit(_words("identity-does-not-start", why=say_refusal(refusal, _words)))
    return settings


def _check_library(settings: IdentitySettings) -> None:
    # Streamlit would only notice at the first login, with an error page.
    if settings.mode == Mode.OIDC and importlib.util.find_spec("httpx") is None:
        raise PlannerError("error-identity-library", library="httpx")


app = st.App(
    Path(__file__).resolve().parents[1] / "app.py",
    lifespan=ready,
    routes=[
        health_route(lambda: checks_here(lambda: datetime.now(UTC), ask_store), time.monotonic)
    ],
    middleware=[
        Middleware(ResponseHeaders),
        Middleware(ProxyGuard, settings=_settings_or_stop(), refusal=_words("identity-forged")),
    ],
)

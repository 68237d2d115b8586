"""Whether somebody still looks: the browser tab of a session is open."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.runtime import exists, get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx


def session_watch() -> Callable[[], bool] | None:
    """Return what tells, from any thread, whether the tab of this session is open.

    Returns
    -------
    callable or None
        ``None`` where there is no server, as in tests of a page by itself.
    """
    context = get_script_run_ctx(suppress_warning=True)
    if context is None or not exists():
        return None
    runtime, session = get_instance(), context.session_id
    return lambda: runtime.is_active_session(session)

"""What every HTTP answer carries: how long browsers may keep it, and who may frame it.

Streamlit itself never says how long a file stays good, and never answers "not modified".
"""

from __future__ import annotations

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NEVER_CHANGES: Final = "public, max-age=31536000, immutable"
_A_DAY: Final = "public, max-age=86400"
_SECURITY: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "frame-ancestors 'self'",
}


def cache_control(path: str, query: bytes) -> str | None:
    """Return how long a browser may keep the file at an address, or ``None`` to say nothing.

    Published layers are named after their content and never change. Installed libraries change
    with a release: those asked for with their version (``?v=``) never do, the others are fresh
    enough for a day.

    Parameters
    ----------
    path : str
        Path of the request, with or without ``server.baseUrlPath`` in front.
    query : bytes
        Raw query string.

    Returns
    -------
    str or None
    """
    if "/app/static/layers/" in path:
        return _NEVER_CHANGES
    if "/app/static/vendor/" in path:
        return _NEVER_CHANGES if query.startswith(b"v=") else _A_DAY
    return None


class ResponseHeaders:
    """Adds caching and security headers to every HTTP answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add headers when its answer starts."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _SECURITY.items():
                    headers.setdefault(name, value)
                kept = cache_control(scope["path"], scope["query_string"])
                if kept is not None and message["status"] == 200:
                    headers["Cache-Control"] = kept
            await send(message)

        await self.app(scope, receive, send_with_headers)

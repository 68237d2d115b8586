"""Refuses identity headers that no trusted server set, before the app sees the request.

A server in front that knows its visitors says who they are in headers. Anybody can write headers;
these are believed only from this machine and together with the secret both servers share. Streamlit
takes a session's headers from its websocket, so both kinds of request are looked at. Where no
server in front is configured the headers mean nothing and are passed on unread.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.identity_settings import IdentitySettings, Mode, is_loopback
from ui.visitor import vouched_for

_FORBIDDEN: Final = 403
_POLICY_VIOLATION: Final = 1008
_PASSED_ON: Final = 0
"""Port the web server gives a client whose address it took from a server on this machine."""


class ProxyGuard:
    """Lets identity headers pass from a trusted server only.

    Parameters
    ----------
    app : ASGIApp
    settings : IdentitySettings
    refusal : str
        What a refused request is answered.
    """

    def __init__(self, app: ASGIApp, settings: IdentitySettings, refusal: str) -> None:
        self.app = app
        self.settings = settings
        self.refusal = refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on unless it claims to be somebody without a voucher."""
        asks = scope["type"] in {"http", "websocket"} and self.settings.mode == Mode.PROXY
        if not asks or self._believable(scope):
            await self.app(scope, receive, send)
            return
        # Neither the headers' values nor the secret belong in a log.
        peer = (scope.get("client") or ("?",))[0]
        logging.getLogger("gap_planner").warning("identity headers refused, from %s", peer)
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
            return
        await PlainTextResponse(self.refusal, _FORBIDDEN)(scope, receive, send)

    def _believable(self, scope: Scope) -> bool:
        headers = headers_of(scope)
        if not any(name in headers for name in self.settings.headers.all()):
            return True
        return _from_this_machine(scope) and vouched_for(headers, self.settings)


def headers_of(scope: Scope) -> Mapping[str, list[str]]:
    """Return the headers of a request: lower-case name to its values."""
    headers: dict[str, list[str]] = defaultdict(list)
    for name, value in scope["headers"]:
        headers[name.decode("latin-1").lower()].append(value.decode("latin-1"))
    return dict(headers)


def _from_this_machine(scope: Scope) -> bool:
    client = scope.get("client")
    if not client:
        return False
    host, port = client
    return port == _PASSED_ON or is_loopback(host)

"""``/healthz``: for whatever watches the server, and not a way to keep it busy.

One examination serves everybody who asks within a few seconds. It runs beside the server, and one
that takes too long is a bad answer, not a slow one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from services.health import Check, Finding, Health, examine

PATH: Final = "/healthz"
KEPT_S: Final = 5.0
PATIENCE_S: Final = 4.0


class HealthAnswers:
    """Answers requests from the last examination while it is fresh.

    Parameters
    ----------
    checks : callable
        Returns the checks to run.
    clock : callable
        Seconds that never go back.
    patience_s : float
        How long an examination may take.
    """

    def __init__(
        self,
        checks: Callable[[], Sequence[Check]],
        clock: Callable[[], float],
        patience_s: float = PATIENCE_S,
    ) -> None:
        self._checks = checks
        self._clock = clock
        self._patience_s = patience_s
        self._lock = asyncio.Lock()
        self._running: asyncio.Future[Health] | None = None
        self._last: tuple[float, Health] | None = None

    async def health(self) -> Health:
        """Return what was found at most :data:`KEPT_S` seconds ago."""
        async with self._lock:
            if self._last is None or self._clock() - self._last[0] >= KEPT_S:
                self._last = (self._clock(), await self._examine())
            return self._last[1]

    async def _examine(self) -> Health:
        # A check that hangs keeps its thread; no second one is started behind it.
        if self._running is None or self._running.done():
            self._running = asyncio.ensure_future(asyncio.to_thread(self._look))
        try:
            return await asyncio.wait_for(asyncio.shield(self._running), self._patience_s)
        except TimeoutError:
            return Health((Finding("answer", good=False),))

    def _look(self) -> Health:
        return examine(self._checks())

    async def __call__(self, _request: Request) -> JSONResponse:
        """Answer a request."""
        found = await self.health()
        return JSONResponse(
            found.as_answer(), 200 if found.good else 503, {"Cache-Control": "no-store"}
        )


def health_route(checks: Callable[[], Sequence[Check]], clock: Callable[[], float]) -> Route:
    """Return the route of the health endpoint."""
    return Route(PATH, HealthAnswers(checks, clock).__call__, methods=["GET", "HEAD"])

"""The health endpoint answers truly, soon, and from one examination for all who ask together."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import JSONResponse

from services.health import Check, Finding
from ui.health_route import KEPT_S, HealthAnswers

ASKED = Request({"type": "http", "method": "GET", "path": "/healthz", "headers": []})


class Machine:
    """A machine whose health and time a test sets."""

    def __init__(self) -> None:
        self.now = 0.0
        self.good = True
        self.examined = 0
        self.answers = HealthAnswers(self.checks, lambda: self.now)

    def checks(self) -> Sequence[Check]:
        return [self.look]

    def look(self) -> Finding:
        self.examined += 1
        return Finding("disk", self.good)


def test_good_is_200_and_bad_is_503_and_neither_is_kept_by_anybody() -> None:
    async def story() -> tuple[JSONResponse, JSONResponse]:
        machine = Machine()
        good = await machine.answers(ASKED)
        machine.good, machine.now = False, KEPT_S
        return good, await machine.answers(ASKED)

    good, bad = asyncio.run(story())
    assert (good.status_code, bad.status_code) == (200, 503)
    assert json.loads(bytes(good.body)) == {"status": "ok", "checks": {"disk": "ok"}}
    assert good.headers["Cache-Control"] == "no-store"


def test_a_crowd_is_answered_from_one_examination() -> None:
    async def story() -> int:
        machine = Machine()
        await asyncio.gather(*(machine.answers(ASKED) for _ in range(200)))
        machine.now = KEPT_S - 0.1
        await machine.answers(ASKED)
        return machine.examined

    assert asyncio.run(story()) == 1


def test_a_check_that_hangs_is_a_bad_answer_and_is_not_started_twice() -> None:
    release, started = threading.Event(), 0

    def hang() -> Finding:
        nonlocal started
        started += 1
        release.wait(30)
        return Finding("store", good=True)

    async def story() -> list[int]:
        now = 0.0
        answers = HealthAnswers(lambda: [hang], lambda: now, patience_s=0.02)
        statuses = [(await answers(ASKED)).status_code]
        now = KEPT_S
        statuses.append((await answers(ASKED)).status_code)
        release.set()
        now = 2 * KEPT_S
        await asyncio.sleep(0.05)
        statuses.append((await answers(ASKED)).status_code)
        return statuses

    assert asyncio.run(story())[:2] == [503, 503]
    assert 1 <= started <= 2

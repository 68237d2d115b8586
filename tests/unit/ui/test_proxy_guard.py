"""Forged identity headers do not reach the app, by HTTP or by websocket."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from ui.identity_settings import IdentitySettings, Mode
from ui.proxy_guard import ProxyGuard

SECRET = "0123456789abcdef" * 2
PROXY = IdentitySettings(Mode.PROXY, proxy_secret=SECRET)
HERE, ELSEWHERE, PASSED_ON = ("127.0.0.1", 40000), ("10.0.0.7", 40000), ("10.0.0.7", 0)
USER = (b"x-forwarded-user", b"lan")
GOOD = (b"x-gap-planner-proxy", SECRET.encode())
BAD = (b"x-gap-planner-proxy", b"guess")


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        await PlainTextResponse("in")(scope, receive, send)
    else:
        await send({"type": "websocket.accept"})


def asked(
    settings: IdentitySettings,
    kind: str,
    client: tuple[str, int] | None,
    headers: Sequence[tuple[bytes, bytes]],
) -> Message:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": f"{kind}.connect" if kind == "websocket" else "http.request"}

    scope = {"type": kind, "method": "GET", "path": "/", "headers": headers, "client": client}
    asyncio.run(ProxyGuard(app, settings, "no")(scope, receive, send))
    return sent[0]


def let_in(answer: Message) -> bool:
    return answer.get("status") == 200 or answer["type"] == "websocket.accept"


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    ("client", "headers", "inside"),
    [
        (HERE, (), True),
        (ELSEWHERE, (), True),
        (HERE, (USER, GOOD), True),
        (("::1", 40000), (USER, GOOD), True),
        (PASSED_ON, (USER, GOOD), True),
        (HERE, (USER,), False),
        (HERE, (USER, BAD), False),
        (HERE, (USER, USER, GOOD), False),
        (HERE, (BAD,), False),
        (HERE, ((b"X-Forwarded-Role", b"administrator"),), False),
        (ELSEWHERE, (USER, GOOD), False),
        (ELSEWHERE, (GOOD,), False),
        (None, (USER, GOOD), False),
    ],
)
def test_identity_headers_pass_from_this_machine_with_the_secret_only(
    kind: str,
    client: tuple[str, int] | None,
    headers: Sequence[tuple[bytes, bytes]],
    inside: bool,
) -> None:
    answer = asked(PROXY, kind, client, headers)
    assert let_in(answer) == inside
    if not inside:
        assert answer.get("status", answer.get("code")) in {403, 1008}


def test_where_no_server_in_front_is_configured_the_headers_mean_nothing() -> None:
    for mode in (Mode.LOCAL, Mode.OIDC):
        assert let_in(asked(IdentitySettings(mode), "http", ELSEWHERE, (USER, BAD)))


def test_a_refusal_is_logged_without_what_was_forged(caplog: pytest.LogCaptureFixture) -> None:
    asked(PROXY, "http", ELSEWHERE, ((b"x-forwarded-user", b"forged-name"), BAD))
    (record,) = caplog.records
    assert "10.0.0.7" in record.getMessage()
    assert "forged-name" not in record.getMessage()
    assert "guess" not in record.getMessage()

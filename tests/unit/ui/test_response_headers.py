"""What browsers may keep, and who may frame the app."""

import asyncio

import pytest
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import Message

from ui.response_headers import ResponseHeaders, cache_control

FOR_EVER = "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    ("path", "query", "kept"),
    [
        ("/app/static/layers/ab12.json", b"", FOR_EVER),
        ("/gap/app/static/layers/ab12.json", b"", FOR_EVER),
        ("/app/static/vendor/leaflet/leaflet.js", b"v=ab12", FOR_EVER),
        ("/app/static/vendor/be-vietnam-pro/files/a.woff2", b"", "public, max-age=86400"),
        ("/app/static/other.html", b"", None),
        ("/", b"v=1", None),
    ],
)
def test_files_are_kept_as_long_as_they_stay_the_same(
    path: str, query: bytes, kept: str | None
) -> None:
    assert cache_control(path, query) == kept


def headers_of(path: str, status: int = 200) -> Headers:
    """Ask an app with our headers for a path and return the headers of its answer."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}
    app = ResponseHeaders(PlainTextResponse("ok", status))
    asyncio.run(app(scope, receive, send))
    return Headers(raw=sent[0]["headers"])


def test_every_answer_carries_the_security_headers() -> None:
    headers = headers_of("/")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Content-Security-Policy"] == "frame-ancestors 'self'"
    assert "Cache-Control" not in headers


def test_a_layer_is_cached_but_its_absence_is_not() -> None:
    assert headers_of("/app/static/layers/a.json")["Cache-Control"] == FOR_EVER
    assert "Cache-Control" not in headers_of("/app/static/layers/a.json", 404)

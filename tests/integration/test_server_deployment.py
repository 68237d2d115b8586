"""The server as documented: the very files of docs/deployment, run on this machine."""

from __future__ import annotations

import configparser
import contextlib
import json
import re
import shutil
import ssl
import subprocess
import threading
import tomllib
from collections.abc import Iterator, Mapping
from http.client import RemoteDisconnected
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from streamlit import config as streamlit_config
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from planning.errors import PlannerError
from tests.deployment import FILES, PROXY_SECRET, ROOT, Deployment, Front, in_front
from ui.identity_settings import Mode, read_settings

FORGED = {
    "X-Forwarded-User": "boss",
    "X-Forwarded-Role": "administrator",
    "X-Forwarded-Name": "Boss",
    "X-Gap-Planner-Proxy": PROXY_SECRET,
}
UNITS = sorted(FILES.glob("*.service")) + sorted(FILES.glob("*.timer"))


def trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def shake_hands(
    address: str, host: str, origin: str, headers: Mapping[str, str] | None = None
) -> int:
    """Open the websocket of a page; return 101, or the status of the refusal."""
    secure = trusting() if address.startswith("wss:") else None
    try:
        with connect(
            f"{address}/_stcore/stream",
            ssl=secure,
            origin=Origin(origin),
            subprotocols=[Subprotocol("streamlit")],
            additional_headers={**(headers or {})},
            server_hostname="localhost" if secure else None,
            proxy=None,
        ) as stream:
            assert stream.subprotocol == "streamlit"
            return 101
    except InvalidStatus as refused:
        assert host
        return refused.response.status_code


def test_the_page_comes_through_tls_with_the_security_headers(deployment: Deployment) -> None:
    page = deployment.front.ask("/")
    assert page.status == 200
    assert "<title>" in page.text
    for name, said in {
        "Strict-Transport-Security": "max-age=31536000",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
    }.items():
        assert page.headers.get_all(name) == [said]
    (policy,) = page.headers.get_all("Content-Security-Policy") or []
    for part in ("default-src 'self'", "object-src 'none'", "frame-ancestors 'self'"):
        assert part in policy
    assert "*" not in policy.replace("https://*", "")
    assert "nginx/" not in (page.headers["Server"] or "")
    cookies = page.headers.get_all("Set-Cookie") or []
    assert cookies
    assert all("secure" in cookie.lower() for cookie in cookies)


def test_a_file_is_compressed_and_kept_and_a_layer_for_ever(deployment: Deployment) -> None:
    path = "/app/static/vendor/leaflet/leaflet.js?v=x"
    answer = deployment.front.ask(path, {"Accept-Encoding": "gzip"})
    assert answer.status == 200
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]


def test_without_tls_a_browser_is_sent_to_it(deployment: Deployment) -> None:
    answer = deployment.front.ask("/targets?lang=en", secure=False)
    assert answer.status == 301
    assert answer.headers["Location"] == "https://localhost/targets?lang=en"


def test_the_websocket_opens_through_tls_and_from_the_own_page_only(
    deployment: Deployment,
) -> None:
    front = deployment.front
    address, host = front.address.replace("https:", "wss:"), f"localhost:{front.secure}"
    assert shake_hands(address, host, front.address) == 101
    assert shake_hands(address, host, "https://evil.example") == 403


def test_another_name_gets_no_answer(deployment: Deployment) -> None:
    for secure in (True, False):
        with pytest.raises(RemoteDisconnected):
            deployment.front.ask("/", {"Host": "evil.example"}, secure=secure)
    # Nor does the app believe one, should somebody reach it beside nginx.
    app = f"ws://127.0.0.1:{deployment.ports[0]}"
    assert shake_hands(app, "evil.example", "https://localhost") == 403


def test_a_file_over_25_mb_is_refused_with_a_sentence(deployment: Deployment) -> None:
    sent = {"Content-Length": str(27 * 2**20), "Content-Type": "multipart/form-data; boundary=x"}
    answer = deployment.front.ask("/_stcore/upload_file/s/f", sent, method="PUT")
    assert answer.status == 413
    assert "25 MB" in answer.text
    assert "Tệp lớn hơn" in answer.text


def test_health_is_told_here_and_inner_pages_to_nobody(deployment: Deployment) -> None:
    answer = deployment.front.ask("/healthz")
    assert answer.status == 200
    assert json.loads(answer.text) == {"status": "ok", "checks": {"disk": "ok", "store": "ok"}}
    for path in ("/_stcore/metrics", "/_stcore/agent/openapi.json"):
        assert deployment.front.ask(path).status == 404


def test_forged_headers_are_refused_where_nginx_is_passed_by(deployment: Deployment) -> None:
    direct = f"127.0.0.1:{deployment.ports[0]}"
    guess = {**FORGED, "X-Gap-Planner-Proxy": "guess"}
    page = Front(0, deployment.ports[0])
    refused = page.ask("/", {"Host": "localhost", **guess}, secure=False)
    assert refused.status == 403
    assert "không đến từ máy chủ được tin cậy" in refused.text
    assert page.ask("/", {"Host": "localhost", **FORGED}, secure=False).status == 200
    assert page.ask("/", {"Host": "localhost"}, secure=False).status == 200
    del guess["X-Gap-Planner-Proxy"]
    origin = f"http://{direct}"
    assert shake_hands(f"ws://{direct}", direct, origin, guess) == 403


class Echo(BaseHTTPRequestHandler):
    """Answers with the headers it was sent, and which server it is."""

    def do_GET(self) -> None:
        server = self.server
        assert isinstance(server, ThreadingHTTPServer)
        heard = {"port": server.server_port, "headers": self.headers.items()}
        body = json.dumps(heard).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture(scope="module")
def echo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """The documented nginx in front of two servers that repeat what they hear."""
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), Echo) for _ in range(2)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    with contextlib.ExitStack() as stack:
        for server in servers:
            stack.callback(server.server_close)
            stack.callback(server.shutdown)
        ports = (servers[0].server_port, servers[1].server_port)
        yield stack.enter_context(in_front(tmp_path_factory.mktemp("echo") / "nginx", ports))


@pytest.mark.parametrize("path", ["/", "/_stcore/stream", "/auth/login", "/oauth2callback"])
def test_a_visitor_cannot_say_who_they_are(echo: Front, path: str) -> None:
    sent = {
        **FORGED,
        "x-forwarded-USER": "boss2",
        "X-Forwarded-For": "127.0.0.1",
        "Forwarded": "for=127.0.0.1",
        "X_Forwarded_User": "boss",
    }
    heard = json.loads(echo.ask(path, sent).text)["headers"]
    names = {name.lower() for name, _ in heard}
    assert not names & {*map(str.lower, FORGED), "forwarded", "x_forwarded_user"}
    values = {name.lower(): value for name, value in heard}
    assert values["x-forwarded-for"] == "127.0.0.1"
    assert values["x-forwarded-proto"] == "https"
    assert values["host"] == f"localhost:{echo.secure}"


def test_a_visitor_stays_with_one_process_and_visitors_are_shared_out(echo: Front) -> None:
    seen = set()
    for _ in range(20):
        first = echo.ask("/")
        (cookie,) = first.headers.get_all("Set-Cookie") or []
        visit = re.match(r"gap_planner_visit=[0-9a-f]{32}(?=;)", cookie)
        assert visit, cookie
        again = [echo.ask("/x", {"Cookie": visit.group()}) for _ in range(3)]
        ports = {json.loads(answer.text)["port"] for answer in (first, *again)}
        assert len(ports) == 1
        assert all("Set-Cookie" not in answer.headers for answer in again)
        seen |= ports
    assert len(seen) == 2


def test_a_cookie_of_ones_own_making_is_replaced(echo: Front) -> None:
    answer = echo.ask("/", {"Cookie": "gap_planner_visit=x\tor a very odd one"})
    assert answer.headers["Set-Cookie"].startswith("gap_planner_visit=")


def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    for unit in UNITS:
        # What the units start is installed on the server, not here.
        text = re.sub(r"/opt/gap-planner/\.venv/bin/\S+", "/bin/true", unit.read_text("utf-8"))
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    if analyze:
        paths = [str(tmp_path / unit.name) for unit in UNITS]
        command = [analyze, "verify", "--man=no", *paths]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        assert (done.returncode, done.stderr.strip()) == (0, "")


@pytest.mark.parametrize("unit", [u for u in UNITS if u.suffix == ".service"], ids=lambda u: u.name)
def test_every_service_is_confined_and_may_write_where_it_must(unit: Path) -> None:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(unit)
    service = parser["Service"]
    for option, value in {
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "ProtectHome": "yes",
        "PrivateTmp": "yes",
        "CapabilityBoundingSet": "",
        "User": "gap-planner",
        "UMask": "0077",
    }.items():
        assert service[option] == value
    assert "/var/lib/gap-planner" in service["ReadWritePaths"].split()


def test_streamlits_settings_are_known_and_strict_and_contradict_nothing() -> None:
    server = tomllib.loads((FILES / "config.toml").read_text(encoding="utf-8"))
    program = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    known = streamlit_config.get_config_options()
    for section, options in server.items():
        for option, value in options.items():
            assert f"{section}.{option}" in known
            assert program.get(section, {}).get(option, value) == value
    assert server["server"]["allowedHosts"] == ["planner.example"]
    assert server["server"]["enableXsrfProtection"] is True
    assert server["server"]["enableCORS"] is True
    assert server["server"]["maxUploadSize"] == 25
    assert server["client"]["showErrorDetails"] == "none"


def test_the_sample_of_secrets_does_not_run_until_it_is_filled_in() -> None:
    text = (FILES / "secrets.toml.sample").read_text(encoding="utf-8")
    environment = {"GAP_PLANNER_IDENTITY": "oidc"}
    loopback = {"address": "127.0.0.1"}
    with pytest.raises(PlannerError):
        read_settings(environment, tomllib.loads(text), loopback)
    filled = text.replace('secret = ""', f'secret = "{PROXY_SECRET}"')
    usable = re.sub(r"(?m)^# (?=\w+ += )", "", filled)
    settings = read_settings(environment, tomllib.loads(usable), loopback)
    assert settings.mode == Mode.OIDC
    assert settings.role_claim == "role"

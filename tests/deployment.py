"""The documented server, run on this machine: nginx with our own file, two processes behind it."""

from __future__ import annotations

import contextlib
import http.client
import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.integration.install_nginx import main as install_nginx
from tests.integration.install_nginx import nginx_command

ROOT = Path(__file__).resolve().parents[1]
FILES = ROOT / "docs" / "deployment"
HOST = "localhost"
PROXY_SECRET = "only-for-tests-" * 3
START_LIMIT_S = 60
_MAIN = """
{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/gap-planner.conf;
}}
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered."""

    status: int
    headers: http.client.HTTPMessage
    text: str


@dataclass(frozen=True, slots=True)
class Front:
    """An nginx on this machine."""

    secure: int
    plain: int

    @property
    def address(self) -> str:
        """The address a browser opens."""
        return f"https://{HOST}:{self.secure}"

    def ask(
        self,
        path: str,
        headers: Mapping[str, str] | None = None,
        *,
        method: str = "GET",
        body: bytes | None = None,
        secure: bool = True,
    ) -> Answer:
        """Ask nginx for a path, as a client of its own name would."""
        if secure:
            trusting = ssl._create_unverified_context()  # noqa: S323 - our own certificate
            connection: http.client.HTTPConnection = http.client.HTTPSConnection(
                "127.0.0.1", self.secure, timeout=20, context=trusting
            )
        else:
            connection = http.client.HTTPConnection("127.0.0.1", self.plain, timeout=20)
        with contextlib.closing(connection):
            sent = {"Host": f"{HOST}:{self.secure}", **(headers or {})}
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read().decode(errors="replace"))


@dataclass(frozen=True, slots=True)
class Deployment:
    """Two processes of the app, the nginx in front, and one that names a visitor."""

    front: Front
    knowing: Front
    ports: tuple[int, int]


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def nginx_or_skip() -> str:
    """Return where nginx is, installed if that can be done."""
    if nginx_command() is None:
        install_nginx()
    found = nginx_command()
    if found is None:
        pytest.skip("LOUD: nginx is not installed, so the documented server was NOT tested")
    return found


@contextlib.contextmanager
def in_front(
    folder: Path, upstream: tuple[int, int], other: Mapping[str, str] | None = None
) -> Iterator[Front]:
    """Run nginx with the documented file; only ports, name and certificate differ."""
    nginx = nginx_or_skip()
    folder.mkdir(parents=True)
    certificate, key = _certificate(folder)
    front = Front(free_port(), free_port())
    changes = {
        "listen 443 ": f"listen 127.0.0.1:{front.secure} ",
        "listen 80 ": f"listen 127.0.0.1:{front.plain} ",
        "listen 80;": f"listen 127.0.0.1:{front.plain};",
        "/etc/ssl/gap-planner/fullchain.pem": str(certificate),
        "/etc/ssl/gap-planner/privkey.pem": str(key),
        "planner.example": HOST,
        "127.0.0.1:8501": f"127.0.0.1:{upstream[0]}",
        "127.0.0.1:8502": f"127.0.0.1:{upstream[1]}",
        **(other or {}),
    }
    text = (FILES / "nginx.conf").read_text(encoding="utf-8")
    for documented, here in changes.items():
        assert documented in text, f"nginx.conf no longer says {documented}"
        text = text.replace(documented, here)
    (folder / "gap-planner.conf").write_text(text, encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    main = folder / "nginx.conf"
    main.write_text(_MAIN.format(folder=folder, user=user), encoding="utf-8")
    tested = subprocess.run(
        [nginx, "-t", "-c", str(main)], check=False, capture_output=True, text=True
    )
    assert tested.returncode == 0, tested.stderr
    server = subprocess.Popen([nginx, "-c", str(main)], stderr=subprocess.DEVNULL)
    try:
        _wait_for_port(front.secure)
        yield front
    finally:
        server.terminate()
        server.wait(timeout=20)


@contextlib.contextmanager
def running_deployment(folder: Path) -> Iterator[Deployment]:
    """Run the documented server, with identities from the server in front."""
    nginx_or_skip()
    home = folder / "home"
    (home / ".streamlit").mkdir(parents=True)
    settings = (FILES / "config.toml").read_text(encoding="utf-8")
    (home / ".streamlit" / "config.toml").write_text(
        settings.replace("planner.example", HOST), encoding="utf-8"
    )
    secrets = folder / "secrets.toml"
    secrets.write_text(f'[identity]\nproxy_secret = "{PROXY_SECRET}"\n', encoding="utf-8")
    ports = (free_port(), free_port())
    environment = {
        **os.environ,
        "HOME": str(home),
        "GAP_PLANNER_STATE": str(folder / "state"),
        "GAP_PLANNER_TILES": "none",
        "GAP_PLANNER_IDENTITY": "proxy",
        "GAP_PLANNER_ANONYMOUS": "viewer",
        "STREAMLIT_SECRETS_FILES": str(secrets),
    }
    command = [sys.executable, "-m", "streamlit", "run", "ui/server.py", "--server.headless=true"]
    apps = [
        subprocess.Popen(
            [*command, f"--server.port={port}", "--server.address=127.0.0.1"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for port in ports
    ]
    named = {
        'X-Forwarded-User    "";': 'X-Forwarded-User    "lan";',
        'X-Forwarded-Role    "";': 'X-Forwarded-Role    "planner";',
        'X-Forwarded-Name    "";': 'X-Forwarded-Name    "Nguyễn Thị Lan";',
        'X-Gap-Planner-Proxy "";': f'X-Gap-Planner-Proxy "{PROXY_SECRET}";',
    }
    try:
        for port in ports:
            _wait_for_port(port)
        with (
            in_front(folder / "front", ports) as front,
            in_front(folder / "knowing", ports, named) as knowing,
        ):
            yield Deployment(front, knowing, ports)
    finally:
        for app in apps:
            app.terminate()
        for app in apps:
            app.wait(timeout=20)


def _wait_for_port(port: int) -> None:
    limit = time.monotonic() + START_LIMIT_S
    while time.monotonic() < limit:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise RuntimeError(f"nobody listens on port {port}")


def _certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    certificate, private = folder / "fullchain.pem", folder / "privkey.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return certificate, private

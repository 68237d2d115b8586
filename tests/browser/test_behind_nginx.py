"""The app in a real browser behind the documented nginx: it works under the policy it is given."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import Visit
from playwright.sync_api import expect

from tests.deployment import Deployment

pytestmark = pytest.mark.browser

Visiting = Callable[..., Visit]
HEADINGS = {
    "priorities": "Ưu tiên",
    "plan": "Phương án",
    "targets": "Chỉ tiêu",
    "data": "Dữ liệu",
    "import": "Nhập",
}


def test_the_map_is_drawn_under_the_content_security_policy(
    deployment: Deployment, visit: Visiting
) -> None:
    one = visit(deployment.front.address, ignore_https_errors=True)
    assert one.map.drawn_ids()
    # Every visitor is nobody here: nginx names none, whatever the browser sends.
    expect(one.page.locator(".gp-account")).to_have_text("Khách · chưa đăng nhập")


@pytest.mark.parametrize("page", HEADINGS)
def test_every_page_works_under_the_content_security_policy(
    deployment: Deployment, visit: Visiting, page: str
) -> None:
    one = visit(f"{deployment.front.address}/{page}", ignore_https_errors=True)
    expect(one.page.get_by_role("heading", level=1).first).to_contain_text(HEADINGS[page])
    one.page.locator("[data-testid='stApp'][data-test-script-state='notRunning']").wait_for()
    expect(one.page.locator("[data-testid='stException']")).to_have_count(0)


def test_charts_are_drawn_under_the_content_security_policy(
    deployment: Deployment, visit: Visiting
) -> None:
    address = f"{deployment.front.address}/plan?planned=1&connect=6"
    one = visit(address, ignore_https_errors=True)
    one.page.get_by_role("tab", name="Theo quý").click()
    expect(one.page.locator("[data-testid='stVegaLiteChart'] svg").first).to_be_visible()


def test_a_visitor_named_by_the_server_in_front_is_named_on_the_page(
    deployment: Deployment, visit: Visiting
) -> None:
    one = visit(f"{deployment.knowing.address}/targets", ignore_https_errors=True)
    expect(one.page.locator(".gp-account")).to_have_text("Nguyễn Thị Lan · Cán bộ kế hoạch")


def test_a_download_comes_from_the_process_that_made_it(
    deployment: Deployment, visit: Visiting
) -> None:
    one = visit(f"{deployment.front.address}/priorities", ignore_https_errors=True)
    with one.page.expect_download() as waited:
        one.page.get_by_role("button", name="CSV").first.click()
    assert waited.value.path().stat().st_size > 100


def test_a_browser_that_claims_to_be_somebody_is_nobody(
    deployment: Deployment, visit: Visiting
) -> None:
    claimed = {"X-Forwarded-User": "boss", "X-Forwarded-Role": "administrator"}
    one = visit(
        f"{deployment.front.address}/targets",
        ignore_https_errors=True,
        extra_http_headers=claimed,
    )
    expect(one.page.locator(".gp-account")).to_have_text("Khách · chưa đăng nhập")

"""What an administrator wrote wrongly is said in a sentence, and nothing half-told is run."""

from __future__ import annotations

import copy
from ipaddress import IPv4Address
from typing import Any

import pytest

from i18n import LANGUAGES, translator
from i18n.refusals import say_refusal
from planning.errors import PlannerError
from ui.identity_settings import IdentitySettings, Mode, is_loopback, read_settings

LONG = "0123456789abcdef0123456789abcdef"
EVERYWHERE = str(IPv4Address(0))
LOOPBACK = {"address": "127.0.0.1", "enableCORS": True, "enableXsrfProtection": True}
OIDC = {"GAP_PLANNER_IDENTITY": "oidc"}
PROXY = {"GAP_PLANNER_IDENTITY": "proxy"}
AUTH = {
    "auth": {
        "redirect_uri": "https://planner.example/oauth2callback",
        "cookie_secret": LONG,
        "client_id": "gap-planner",
        "client_secret": "s",
        "server_metadata_url": "https://login.example/.well-known/openid-configuration",
        "client_kwargs": {"prompt": "login"},
    }
}


def auth(**changed: Any) -> dict[str, Any]:
    secrets: dict[str, Any] = copy.deepcopy(AUTH)
    secrets["auth"].update(changed)
    secrets["auth"] = {key: value for key, value in secrets["auth"].items() if value is not ...}
    return secrets


def test_nothing_said_is_ones_own_machine() -> None:
    settings = read_settings({}, {}, LOOPBACK)
    assert settings.mode == Mode.LOCAL
    assert settings.loopback
    assert not read_settings({}, {}, {"address": None}).loopback
    assert not read_settings({}, {}, {"address": EVERYWHERE}).loopback


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        (EVERYWHERE, False),
        ("::", False),
        ("10.0.0.7", False),
        ("localhost.evil.example", False),
        ("", False),
        (None, False),
    ],
)
def test_only_loopback_is_this_machine(address: str | None, own: bool) -> None:
    assert is_loopback(address) == own


def test_a_provider_is_described_in_full() -> None:
    identity = {"role_claim": "realm_access.roles", "session_hours": 8}
    settings = read_settings(
        {**OIDC, "GAP_PLANNER_ANONYMOUS": "viewer"}, {**AUTH, "identity": identity}, LOOPBACK
    )
    assert settings.mode == Mode.OIDC
    assert settings.anonymous_views
    assert settings.role_claim == "realm_access.roles"
    assert settings.session_age.total_seconds() == 8 * 3600


@pytest.mark.parametrize(
    ("environ", "secrets", "server", "said"),
    [
        ({"GAP_PLANNER_IDENTITY": "basic"}, {}, {}, "local, oidc, proxy"),
        ({**OIDC, "GAP_PLANNER_ANONYMOUS": "admin"}, AUTH, {}, "viewer, login"),
        ({}, AUTH, {}, "GAP_PLANNER_IDENTITY"),
        (OIDC, {}, {}, "[auth] redirect_uri"),
        (OIDC, {"auth": "x"}, {}, "[auth]"),
        (OIDC, auth(client_id=...), {}, "[auth] client_id"),
        (OIDC, auth(redirect_uri="https://planner.example/"), {}, "/oauth2callback"),
        (OIDC, auth(redirect_uri="http://planner.example/oauth2callback"), {}, "https://"),
        (OIDC, auth(server_metadata_url="http://login.example/x"), {}, "server_metadata_url"),
        (OIDC, auth(cookie_secret=LONG[:8]), {}, "[auth] cookie_secret"),
        (OIDC, auth(client_kwargs={"prompt": "none"}), {}, 'prompt = "login"'),
        (OIDC, auth(client_kwargs=...), {}, 'prompt = "login"'),
        (OIDC, AUTH, {"enableXsrfProtection": False}, "server.enableXsrfProtection"),
        (OIDC, AUTH, {"enableCORS": False}, "server.enableCORS"),
        (OIDC, {**AUTH, "identity": {"session_hours": 0}}, {}, "session_hours"),
        (OIDC, {**AUTH, "identity": {"session_hours": True}}, {}, "session_hours"),
        (OIDC, {**AUTH, "identity": {"session_hours": float("nan")}}, {}, "session_hours"),
        (OIDC, {**AUTH, "identity": {"role_claim": ""}}, {}, "role_claim"),
        (PROXY, {}, {}, "[identity] proxy_secret"),
        (PROXY, {"identity": {"proxy_secret": LONG}}, {"address": EVERYWHERE}, "127.0.0.1"),
        (
            {**PROXY, "FORWARDED_ALLOW_IPS": "*"},
            {"identity": {"proxy_secret": LONG}},
            {},
            "FORWARDED_ALLOW_IPS",
        ),
        (PROXY, {"identity": {"proxy_secret": LONG, "user_header": "a b"}}, {}, "user_header"),
        (
            PROXY,
            {"identity": {"proxy_secret": LONG, "user_header": "X-Forwarded-Role"}},
            {},
            "_header",
        ),
        (
            PROXY,
            {"identity": {"proxy_secret": LONG, "proxy_logout": "javascript:alert(1)"}},
            {},
            "proxy_logout",
        ),
        (
            PROXY,
            {"identity": {"proxy_secret": LONG, "proxy_logout": "//evil.example"}},
            {},
            "proxy_logout",
        ),
    ],
)
def test_every_fault_is_a_sentence_that_names_what_to_mend(
    environ: dict[str, str], secrets: dict[str, Any], server: dict[str, Any], said: str
) -> None:
    with pytest.raises(PlannerError) as refused:
        read_settings(environ, secrets, {**LOOPBACK, **server})
    for language in LANGUAGES:
        assert said in say_refusal(refused.value, translator(language))


def test_the_secret_is_in_no_text_of_the_settings_or_of_a_refusal() -> None:
    settings = read_settings(PROXY, {"identity": {"proxy_secret": LONG}}, LOOPBACK)
    assert LONG not in repr(settings)
    assert LONG not in str(settings)
    assert "proxy" in repr(settings)
    with pytest.raises(PlannerError) as refused:
        read_settings(PROXY, {"identity": {"proxy_secret": LONG[:20]}}, LOOPBACK)
    assert LONG[:20] not in say_refusal(refused.value, translator("en"))
    assert isinstance(settings, IdentitySettings)

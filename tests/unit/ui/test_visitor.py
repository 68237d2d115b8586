"""Who a visitor is: every missing, late, strange or forged thing makes nobody of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.authority import Act, Actor
from planning.vocabulary import Role
from ui.identity_settings import IdentitySettings, Mode
from ui.visitor import (
    CLOCK_SKEW,
    NOBODY,
    Standing,
    account,
    at_this_machine,
    of_proxy,
    of_token,
    role_among,
)

NOW = datetime(2024, 6, 30, 8, 0, tzinfo=UTC)
SECRET = "0123456789abcdef" * 2
OIDC = IdentitySettings(Mode.OIDC, session_age=timedelta(hours=12))
PROXY = IdentitySettings(Mode.PROXY, proxy_secret=SECRET)
ONE_S = timedelta(seconds=1)


def claims(**changed: Any) -> dict[str, Any]:
    token = {
        "is_logged_in": True,
        "sub": "7",
        "email": "lan@laocai.example",
        "email_verified": True,
        "name": "Nguyễn Thị Lan",
        "role": "planner",
        "iat": (NOW - timedelta(minutes=10)).timestamp(),
        "exp": (NOW + timedelta(minutes=50)).timestamp(),
    }
    return {key: value for key, value in {**token, **changed}.items() if value is not ...}


def headers(**changed: Any) -> dict[str, list[str]]:
    sent = {
        "x-forwarded-user": ["lan"],
        "x-forwarded-role": ["planner"],
        "x-forwarded-name": ["Lan"],
        "x-gap-planner-proxy": [SECRET],
    }
    given = {f"x-{key.replace('_', '-')}": value for key, value in changed.items()}
    return {key: value for key, value in {**sent, **given}.items() if value is not ...}


def test_a_good_token_names_its_person_role_and_end() -> None:
    visitor = of_token(claims(), OIDC, NOW)
    assert visitor.actor == Actor("lan@laocai.example", Role.PLANNER, "Nguyễn Thị Lan")
    assert visitor.standing == Standing.KNOWN
    assert visitor.until == NOW + timedelta(minutes=50)


@pytest.mark.parametrize(
    ("changed", "standing"),
    [
        ({"is_logged_in": False}, Standing.ANONYMOUS),
        ({"is_logged_in": "yes"}, Standing.ANONYMOUS),
        ({"is_logged_in": ...}, Standing.ANONYMOUS),
        ({"exp": (NOW - timedelta(hours=1)).timestamp()}, Standing.ENDED),
        ({"exp": 0}, Standing.ENDED),
        ({"exp": ...}, Standing.UNUSABLE),
        ({"exp": None}, Standing.UNUSABLE),
        ({"exp": True}, Standing.UNUSABLE),
        ({"exp": "4102444800"}, Standing.UNUSABLE),
        ({"exp": float("nan")}, Standing.UNUSABLE),
        ({"exp": float("inf")}, Standing.UNUSABLE),
        ({"exp": 1e300}, Standing.UNUSABLE),
        ({"iat": ...}, Standing.UNUSABLE),
        ({"iat": (NOW + timedelta(hours=1)).timestamp()}, Standing.UNUSABLE),
        ({"email": ..., "sub": ...}, Standing.UNUSABLE),
        ({"email": "a b", "sub": 7}, Standing.UNUSABLE),
    ],
)
def test_a_token_that_is_late_or_strange_makes_nobody(
    changed: dict[str, Any], standing: Standing
) -> None:
    visitor = of_token(claims(**changed), OIDC, NOW)
    assert visitor.standing == standing
    assert visitor.actor == NOBODY
    assert not any(visitor.actor.may(act) for act in Act)


def test_the_providers_clock_may_be_a_minute_ahead_and_no_more() -> None:
    early = claims(iat=(NOW + CLOCK_SKEW).timestamp())
    assert of_token(early, OIDC, NOW).standing == Standing.KNOWN
    assert of_token(early, OIDC, NOW - ONE_S).standing == Standing.UNUSABLE


def test_a_token_ends_at_its_second() -> None:
    last = claims(exp=NOW.timestamp())
    assert of_token(last, OIDC, NOW - ONE_S).standing == Standing.KNOWN
    assert of_token(last, OIDC, NOW).standing == Standing.ENDED


def test_a_login_ends_after_the_longest_age_whatever_the_token_says() -> None:
    month = claims(iat=NOW.timestamp(), exp=(NOW + timedelta(days=30)).timestamp())
    ends = NOW + timedelta(hours=12)
    assert of_token(month, OIDC, NOW).until == ends
    assert of_token(month, OIDC, ends - ONE_S).standing == Standing.KNOWN
    assert of_token(month, OIDC, ends).standing == Standing.ENDED


@pytest.mark.parametrize(
    ("said", "role"),
    [
        *((role.value, role) for role in Role),
        ("PLANNER ", Role.PLANNER),
        (["viewer", "steward", "planner"], Role.STEWARD),
        (["owner", 7, None, "planner"], Role.PLANNER),
        ([], Role.VIEWER),
        ("root", Role.VIEWER),
        ("Role.ADMINISTRATOR", Role.VIEWER),
        ("administrator,planner", Role.VIEWER),
        ("", Role.VIEWER),
        (None, Role.VIEWER),
        ({"administrator": True}, Role.VIEWER),
        (4, Role.VIEWER),
    ],
)
def test_an_unknown_role_is_a_viewer_and_of_several_the_highest_counts(
    said: object, role: Role
) -> None:
    assert role_among(said) == role
    assert of_token(claims(role=said), OIDC, NOW).actor.role == role


def test_a_missing_role_is_a_viewer() -> None:
    visitor = of_token(claims(role=...), OIDC, NOW)
    assert visitor.standing == Standing.KNOWN
    assert visitor.actor.role == Role.VIEWER


def test_the_role_may_stand_inside_another_claim() -> None:
    nested = IdentitySettings(Mode.OIDC, role_claim="realm_access.roles")
    token = claims(role=..., realm_access={"roles": ["offline_access", "steward"]})
    assert of_token(token, nested, NOW).actor.role == Role.STEWARD
    assert of_token(claims(realm_access=["steward"]), nested, NOW).actor.role == Role.VIEWER


@pytest.mark.parametrize("verified", [False, "true", ...])
def test_an_address_nobody_verified_is_not_an_account(verified: object) -> None:
    assert of_token(claims(email_verified=verified), OIDC, NOW).actor.login == "sub:7"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("Lan\u202egnimda", "Langnimda"),
        ("Lan\n\nQuản trị", "Lan Quản trị"),
        ("x" * 500, "x" * 59 + "…"),
        ("\u200b\u2800", "lan@laocai.example"),
        (None, "lan@laocai.example"),
    ],
)
def test_a_hostile_name_is_one_short_line_with_nothing_hidden(name: object, shown: str) -> None:
    assert of_token(claims(name=name), OIDC, NOW).actor.name == shown


@pytest.mark.parametrize(
    "login",
    ["", " lan", "lan\n", "la n", "lan\u200b", "lan\x00", "\u202elan", "x" * 255, None, 7, ["lan"]],
)
def test_a_hostile_account_is_refused_not_repaired(login: object) -> None:
    assert account(login) is None


@given(st.text(max_size=300))
def test_two_different_accounts_never_become_one(text: str) -> None:
    login = account(text)
    assert login is None or account(login) == login


def test_the_machines_user_is_its_administrator() -> None:
    local = IdentitySettings()
    visitor = at_this_machine("lan", local, {"host": ["127.0.0.1:8501"]})
    assert visitor.actor == Actor("lan", Role.ADMINISTRATOR, "lan")
    assert visitor.standing == Standing.OWNER
    assert at_this_machine("", local, {}).actor.login == "local"
    for host in ("localhost", "localhost:8501", "[::1]:8501", "[::1]", "127.0.0.1"):
        assert at_this_machine("lan", local, {"host": [host]}).standing == Standing.OWNER


@pytest.mark.parametrize(
    ("loopback", "sent"),
    [
        (False, {"host": ["127.0.0.1:8501"]}),
        (True, {"host": ["planner.laocai.example"]}),
        (True, {"host": ["127.0.0.1.evil.example:8501"]}),
        (True, {"host": ["localhost", "evil.example"]}),
        (True, {"host": [""]}),
        (True, {"host": ["localhost"], "x-forwarded-for": ["10.0.0.7"]}),
        (True, {"host": ["localhost"], "forwarded": ["for=10.0.0.7"]}),
    ],
)
def test_an_installation_others_can_reach_lets_everybody_only_look(
    loopback: bool, sent: dict[str, list[str]]
) -> None:
    visitor = at_this_machine("lan", IdentitySettings(loopback=loopback), sent)
    assert visitor.standing == Standing.EXPOSED
    assert visitor.actor == NOBODY


def test_a_server_in_front_says_who_it_is() -> None:
    visitor = of_proxy(headers(), PROXY)
    assert visitor.actor == Actor("lan", Role.PLANNER, "Lan")
    assert visitor.standing == Standing.KNOWN
    several = of_proxy(headers(forwarded_role=["viewer, Steward"]), PROXY)
    assert several.actor.role == Role.STEWARD
    utf_8 = "Nguyễn Thị Lan".encode().decode("latin-1")
    assert of_proxy(headers(forwarded_name=[utf_8]), PROXY).actor.name == "Nguyễn Thị Lan"


@pytest.mark.parametrize(
    ("changed", "standing"),
    [
        ({"gap_planner_proxy": ...}, Standing.UNUSABLE),
        ({"gap_planner_proxy": [""]}, Standing.UNUSABLE),
        ({"gap_planner_proxy": [SECRET[:-1]]}, Standing.UNUSABLE),
        ({"gap_planner_proxy": [SECRET, SECRET]}, Standing.UNUSABLE),
        ({"gap_planner_proxy": ["\u00ff" * 32]}, Standing.UNUSABLE),
        ({"forwarded_user": ["lan", "admin"]}, Standing.UNUSABLE),
        ({"forwarded_role": ["viewer", "administrator"]}, Standing.UNUSABLE),
        ({"forwarded_user": ["la n"]}, Standing.UNUSABLE),
        ({"forwarded_user": [""]}, Standing.ANONYMOUS),
        ({"forwarded_user": ...}, Standing.ANONYMOUS),
    ],
)
def test_forged_doubled_or_empty_headers_make_nobody(
    changed: dict[str, Any], standing: Standing
) -> None:
    visitor = of_proxy(headers(**changed), PROXY)
    assert visitor.standing == standing
    assert visitor.actor == NOBODY


def test_without_a_secret_of_our_own_no_header_is_believed() -> None:
    unset = IdentitySettings(Mode.PROXY, proxy_secret="")
    for given_secret in ([""], ...):
        assert of_proxy(headers(gap_planner_proxy=given_secret), unset).actor == NOBODY


def test_whoever_is_not_known_may_do_nothing() -> None:
    nobody = [
        of_token({}, OIDC, NOW),
        of_proxy({}, PROXY),
        at_this_machine("lan", IdentitySettings(loopback=False), {}),
    ]
    assert all(not visitor.actor.may(act) for visitor, act in product(nobody, Act))

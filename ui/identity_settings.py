"""How this installation learns who its visitors are, and what is wrong with how it was told.

Two environment variables say the way and who may look; everything else stands in the section
``[identity]`` of Streamlit's ``secrets.toml``, since some of it is secret. Read once at the start:
a server that was told half of it does not start.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

from planning.errors import PlannerError

IDENTITY_VARIABLE: Final = "GAP_PLANNER_IDENTITY"
"""Environment variable: how visitors are known, one of :class:`Mode`."""
ANONYMOUS_VARIABLE: Final = "GAP_PLANNER_ANONYMOUS"
"""Environment variable: ``viewer`` lets unknown visitors of a server look; else they log in."""

_LEAST_SECRET: Final = 32
_MOST_HOURS: Final = 24 * 7
_HEADER: Final = re.compile(r"[A-Za-z0-9-]{1,64}")
_CLAIM: Final = re.compile(r"[\w.:/-]{1,120}")
_CALLBACK: Final = "/oauth2callback"
_LOCAL_NAMES: Final = frozenset({"localhost"})


class Mode(StrEnum):
    """How visitors are known."""

    LOCAL = "local"
    OIDC = "oidc"
    PROXY = "proxy"


@dataclass(frozen=True, slots=True)
class ProxyHeaders:
    """Names of the headers a trusted server in front sets, in lower case."""

    user: str = "x-forwarded-user"
    role: str = "x-forwarded-role"
    name: str = "x-forwarded-name"
    secret: str = "x-gap-planner-proxy"  # noqa: S105 - the name of a header

    def all(self) -> tuple[str, str, str, str]:
        """Return the four names."""
        return (self.user, self.role, self.name, self.secret)


@dataclass(frozen=True, slots=True)
class IdentitySettings:
    """How visitors are known, checked.

    Attributes
    ----------
    mode : Mode
    loopback : bool
        Whether the server listens on this machine only.
    anonymous_views : bool
        Whether an unknown visitor of a server may look.
    login_claim, role_claim : str
        Claims of the ID token; dots lead into nested ones.
    session_age : timedelta
        Longest time after the login, whatever the token says.
    headers : ProxyHeaders
    proxy_secret : str
        What the server in front must say; never shown.
    proxy_logout : str
        Address that ends the session at the server in front; empty for none.
    """

    mode: Mode = Mode.LOCAL
    loopback: bool = True
    anonymous_views: bool = False
    login_claim: str = "email"
    role_claim: str = "role"
    session_age: timedelta = timedelta(hours=12)
    headers: ProxyHeaders = ProxyHeaders()
    proxy_secret: str = ""
    proxy_logout: str = ""

    def __repr__(self) -> str:
        """Say the way only: a secret must not reach a log by accident."""
        return f"IdentitySettings(mode={self.mode.value!r})"


def is_loopback(address: str | None) -> bool:
    """Tell whether an address means this machine only; no address means every one."""
    if not address:
        return False
    bare = address.strip("[]").lower().rstrip(".")
    if bare in _LOCAL_NAMES:
        return True
    try:
        return ip_address(bare).is_loopback
    except ValueError:
        return False


def read_settings(
    environ: Mapping[str, str], secrets: Mapping[str, Any], server: Mapping[str, Any]
) -> IdentitySettings:
    """Check what an administrator wrote.

    Parameters
    ----------
    environ : Mapping
        The environment.
    secrets : Mapping
        ``secrets.toml`` as read; empty where there is none.
    server : Mapping
        Streamlit's options ``address``, ``enableCORS`` and ``enableXsrfProtection``.

    Raises
    ------
    PlannerError
        The first thing that is wrong, as a sentence for whoever starts the server.
    """
    mode = _one_of(environ, IDENTITY_VARIABLE, [*Mode], Mode.LOCAL)
    anonymous = _one_of(environ, ANONYMOUS_VARIABLE, ["viewer", "login"], "login")
    loopback = is_loopback(server.get("address"))
    if mode == Mode.LOCAL:
        if "auth" in secrets or "identity" in secrets:
            raise PlannerError("error-identity-mode", variable=IDENTITY_VARIABLE)
        return IdentitySettings(loopback=loopback)
    for option in ("enableCORS", "enableXsrfProtection"):
        if not server.get(option, True):
            raise PlannerError("error-identity-protection", option=f"server.{option}")
    section = _section(secrets, "identity")
    settings = IdentitySettings(
        mode=Mode(mode),
        loopback=loopback,
        anonymous_views=anonymous == "viewer",
        login_claim=_text(section, "login_claim", "email", _CLAIM),
        role_claim=_text(section, "role_claim", "role", _CLAIM),
        session_age=_hours(section),
        headers=_headers(section),
        proxy_secret=_text(section, "proxy_secret", ""),
        proxy_logout=_address(section, "proxy_logout"),
    )
    if mode == Mode.OIDC:
        _check_provider(_section(secrets, "auth"))
    else:
        _check_proxy(settings, environ)
    return settings


def _check_provider(auth: Mapping[str, Any]) -> None:
    for key in ("redirect_uri", "cookie_secret", "client_id", "client_secret"):
        _required(auth, "auth", key)
    metadata = _required(auth, "auth", "server_metadata_url")
    callback = str(auth["redirect_uri"])
    for key, address in (("redirect_uri", callback), ("server_metadata_url", metadata)):
        parts = urlsplit(address)
        if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname)):
            raise _fault("auth", key, "https://…")
    if not callback.endswith(_CALLBACK):
        raise _fault("auth", "redirect_uri", f"https://…{_CALLBACK}")
    if len(str(auth["cookie_secret"])) < _LEAST_SECRET:
        raise PlannerError(
            "error-identity-secret", setting="[auth] cookie_secret", least=_LEAST_SECRET
        )
    # Else whoever sits down at the machine after a logout is let in by the provider's own session.
    asked = auth.get("client_kwargs")
    if not isinstance(asked, Mapping) or asked.get("prompt") != "login":
        raise _fault("auth", "client_kwargs", 'client_kwargs = { prompt = "login" }')


def _check_proxy(settings: IdentitySettings, environ: Mapping[str, str]) -> None:
    if not settings.loopback:
        raise PlannerError("error-identity-open")
    if len(settings.proxy_secret) < _LEAST_SECRET:
        setting = "[identity] proxy_secret"
        raise PlannerError("error-identity-secret", setting=setting, least=_LEAST_SECRET)
    if len(set(settings.headers.all())) < len(settings.headers.all()):
        raise _fault("identity", "*_header", "four different names")
    # The web server would take a visitor's word for where he comes from.
    trusted = environ.get("FORWARDED_ALLOW_IPS")
    if trusted is not None and not all(is_loopback(one.strip()) for one in trusted.split(",")):
        raise PlannerError("error-identity-forwarded")


def _one_of(environ: Mapping[str, str], variable: str, allowed: list[str], default: str) -> str:
    given = environ.get(variable, "").strip().lower() or default
    if given not in allowed:
        expected = ", ".join(map(str, allowed))
        raise PlannerError("error-choice", got=given, option=variable, expected=expected)
    return given


def _section(secrets: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    section = secrets.get(name, {})
    if not isinstance(section, Mapping):
        raise _fault(name, "…", f"[{name}]")
    return section


def _required(section: Mapping[str, Any], name: str, key: str) -> str:
    value = section.get(key)
    if not isinstance(value, str) or not value.strip():
        raise _fault(name, key, f'{key} = "…"')
    return value


def _text(
    section: Mapping[str, Any], key: str, default: str, shape: re.Pattern[str] | None = None
) -> str:
    value = section.get(key, default)
    if not isinstance(value, str) or (shape and not shape.fullmatch(value)):
        raise _fault("identity", key, f'{key} = "{default or "…"}"')
    return value


def _headers(section: Mapping[str, Any]) -> ProxyHeaders:
    usual = ProxyHeaders()
    return ProxyHeaders(
        *(
            _text(section, f"{part}_header", getattr(usual, part), _HEADER).lower()
            for part in ("user", "role", "name", "secret")
        )
    )


def _hours(section: Mapping[str, Any]) -> timedelta:
    hours = section.get("session_hours", 12)
    sound = isinstance(hours, int | float) and not isinstance(hours, bool) and math.isfinite(hours)
    if not sound or not 0 < hours <= _MOST_HOURS:
        raise _fault("identity", "session_hours", f"0 < session_hours ≤ {_MOST_HOURS}")
    return timedelta(hours=hours)


def _address(section: Mapping[str, Any], key: str) -> str:
    value = _text(section, key, "")
    parts = urlsplit(value)
    inside = value.startswith("/") and not value.startswith(("//", "/\\"))
    if value and not inside and not (parts.scheme == "https" and parts.hostname):
        raise _fault("identity", key, "https://… /…")
    return value


def _fault(section: str, key: str, expected: str) -> PlannerError:
    return PlannerError("error-identity-value", setting=f"[{section}] {key}", expected=expected)

"""Who a visitor is, from what is known of the request: no widgets, no clock of its own.

Whatever is missing, late or strange makes a visitor nobody, and nobody is at most a viewer. A role
that is not known makes a known person a viewer.
"""

from __future__ import annotations

import hmac
import math
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from geo.display import display_text
from planning.authority import Actor
from planning.vocabulary import Role
from ui.identity_settings import IdentitySettings, is_loopback

CLOCK_SKEW: Final = timedelta(minutes=1)
"""How far ahead of this machine's clock the provider's may be; an end is taken at its word."""

NOBODY: Final = Actor(login="anonymous", role=Role.VIEWER)
"""Whoever is not known."""

_MOST_LETTERS: Final = 254
_NAME_LETTERS: Final = 60
_RANK: Final = {role: rank for rank, role in enumerate(Role)}
_FORWARDED: Final = ("x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded", "via")


class Standing(StrEnum):
    """Why a visitor is who they are."""

    OWNER = "owner"  # at the machine itself
    EXPOSED = "exposed"  # somebody reaches an installation that asks nobody who they are
    KNOWN = "known"
    ENDED = "ended"  # the login was good once
    ANONYMOUS = "anonymous"
    UNUSABLE = "unusable"  # a login or header that cannot be believed


@dataclass(frozen=True, slots=True)
class Visitor:
    """A visitor: what they may do, and why.

    Attributes
    ----------
    actor : Actor
    standing : Standing
    until : datetime or None
        When the login ends or ended; ``None`` if it does not.
    """

    actor: Actor
    standing: Standing
    until: datetime | None = None


def at_this_machine(
    user: str, settings: IdentitySettings, headers: Mapping[str, Sequence[str]]
) -> Visitor:
    """Return the visitor of an installation without a login.

    Only the owner of a machine can come from the machine itself to an address that means it. A
    server in front, or a foreign name in ``Host`` (a page elsewhere whose name was made to point
    here), shows that somebody else may.

    Parameters
    ----------
    user : str
        The machine's user.
    settings : IdentitySettings
    headers : Mapping
        Lower-case name to values; empty where there is no request, as in a test.
    """
    hosts = headers.get("host", ())
    forwarded = any(name in headers for name in _FORWARDED)
    if not settings.loopback or forwarded or not all(map(_is_own_name, hosts)):
        return Visitor(NOBODY, Standing.EXPOSED)
    login = account(user) or "local"
    return Visitor(Actor(login, Role.ADMINISTRATOR, _name(user, login)), Standing.OWNER)


def of_token(claims: Mapping[str, Any], settings: IdentitySettings, now: datetime) -> Visitor:
    """Return the visitor an ID token speaks of; its signature was checked when it came.

    Parameters
    ----------
    claims : Mapping
        Empty while nobody has logged in.
    settings : IdentitySettings
    now : datetime
        With time zone.
    """
    if claims.get("is_logged_in") is not True:
        return Visitor(NOBODY, Standing.ANONYMOUS)
    expires, issued = _moment(claims.get("exp")), _moment(claims.get("iat"))
    login = _login(claims, settings.login_claim)
    if expires is None or issued is None or login is None or issued > now + CLOCK_SKEW:
        return Visitor(NOBODY, Standing.UNUSABLE)
    until = min(expires, issued + settings.session_age)
    if now >= until:
        return Visitor(NOBODY, Standing.ENDED, until)
    role = role_among(_claim(claims, settings.role_claim))
    return Visitor(Actor(login, role, _name(claims.get("name"), login)), Standing.KNOWN, until)


def of_proxy(headers: Mapping[str, Sequence[str]], settings: IdentitySettings) -> Visitor:
    """Return the visitor that a trusted server in front has named.

    Parameters
    ----------
    headers : Mapping
        Lower-case name to values. That they came from this machine is seen to by
        :class:`ui.proxy_guard.ProxyGuard` and by where the server listens.
    settings : IdentitySettings
    """
    names = settings.headers
    said = {name: headers.get(name, ()) for name in names.all()}
    if not any(said.values()):
        return Visitor(NOBODY, Standing.ANONYMOUS)
    if not vouched_for(headers, settings):
        return Visitor(NOBODY, Standing.UNUSABLE)
    user = _header_text(said[names.user])
    if not user:
        return Visitor(NOBODY, Standing.ANONYMOUS)
    login = account(user)
    if login is None:
        return Visitor(NOBODY, Standing.UNUSABLE)
    role = role_among(_header_text(said[names.role]).split(","))
    name = _name(_header_text(said[names.name]), login)
    return Visitor(Actor(login, role, name), Standing.KNOWN)


def vouched_for(headers: Mapping[str, Sequence[str]], settings: IdentitySettings) -> bool:
    """Tell whether identity headers carry the shared secret, and none stands twice."""
    names = settings.headers
    if any(len(headers.get(name, ())) > 1 for name in names.all()):
        return False
    given = "".join(headers.get(names.secret, ()))
    expected = settings.proxy_secret
    same = hmac.compare_digest(given.encode(), expected.encode())
    return same and bool(expected)


def account(text: object) -> str | None:
    """Return the stable name of an account, or ``None`` if it is not one.

    It is refused, not repaired: two accounts must not become one. Nothing hidden, no white space.
    """
    if not isinstance(text, str) or not 0 < len(text) <= _MOST_LETTERS:
        return None
    login = unicodedata.normalize("NFC", text)
    if display_text(login, _MOST_LETTERS) != login or " " in login:
        return None
    return login


def role_among(given: object) -> Role:
    """Return the highest role among what a claim or header says; viewer if it names none."""
    said = [given] if isinstance(given, str) else given
    if not isinstance(said, list | tuple):
        return Role.VIEWER
    known = {str(role): role for role in Role}
    found = [known[word] for one in said if isinstance(one, str) if (word := _word(one)) in known]
    return max(found, key=_RANK.__getitem__, default=Role.VIEWER)


def _word(text: str) -> str:
    return text[:_MOST_LETTERS].strip().lower()


def _claim(claims: Mapping[str, Any], name: str) -> Any:
    """Return a claim by its name, or by a path of names with dots."""
    if name in claims:
        return claims[name]
    found: Any = claims
    for part in name.split("."):
        if not isinstance(found, Mapping):
            return None
        found = found.get(part)
    return found


def _login(claims: Mapping[str, Any], name: str) -> str | None:
    # An address that nobody has verified could be anybody's.
    if name != "email" or claims.get("email_verified") is True:
        login = account(_claim(claims, name))
        if login:
            return login
    return account(f"sub:{claims['sub']}") if isinstance(claims.get("sub"), str) else None


def _name(text: object, login: str) -> str:
    return display_text(text, _NAME_LETTERS) or display_text(login, _NAME_LETTERS)


def _moment(value: object) -> datetime | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def _header_text(values: Sequence[str]) -> str:
    """Return a header's text: servers send UTF-8, the protocol hands it over as Latin-1."""
    text = values[0].strip() if values else ""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _is_own_name(host: str) -> bool:
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    return is_loopback(name)

"""Who looks at this page: the one question a page asks before it lets somebody write.

::

    actor = current_actor(words)
    if actor.may(Act.OBSERVE): ...

Asked anew on every run, since a login ends while a page is open. What counts as known is decided in
:mod:`ui.visitor`; the store asks the actor's role once more on every write.
"""

from __future__ import annotations

import getpass
import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import streamlit as st

from i18n import Translator
from planning.authority import Act, Actor
from planning.errors import PlannerError
from ui import state
from ui.identity_settings import IdentitySettings, Mode, read_settings
from ui.visitor import Standing, Visitor, at_this_machine, of_proxy, of_token

READING_ON: Final = timedelta(minutes=30)
"""How long a page stays readable after its login ended, for what was typed but not saved."""

_SEEN: Final = "identity_seen"
_TOLD: Final = "identity_told"
_OPTIONS: Final = ("address", "enableCORS", "enableXsrfProtection")


def settings_here() -> IdentitySettings:
    """Return how this installation knows its visitors.

    Raises
    ------
    PlannerError
        If it was told wrongly.
    """
    secrets = st.secrets.to_dict() if st.secrets.load_if_toml_exists() else {}
    server = {option: st.get_option(f"server.{option}") for option in _OPTIONS}
    return read_settings(os.environ, secrets, server)


def current_visitor() -> Visitor:
    """Return who looks at the page now, and why we think so."""
    settings = settings_here()
    match settings.mode:
        case Mode.OIDC:
            visitor = of_token(_claims(), settings, datetime.now(UTC))
        case Mode.PROXY:
            visitor = of_proxy(_headers(), settings)
        case Mode.LOCAL:
            visitor = at_this_machine(_machine_user(), settings, _headers())
    if visitor.standing == Standing.KNOWN:
        state.remember(_SEEN, True)
    return visitor


def current_actor(words: Translator) -> Actor:
    """Return what the store needs to know of whoever looks at the page now.

    Nobody known is a viewer with the login ``anonymous``, named in the words of the page.
    """
    return named(current_visitor(), words).actor


def named(visitor: Visitor, words: Translator) -> Visitor:
    """Give a visitor without a name what people call such a one."""
    if visitor.actor.name:
        return visitor
    return replace(visitor, actor=replace(visitor.actor, name=words("identity-nobody")))


def login_ended() -> bool:
    """Tell whether the login ended while the page was open.

    A page keeps what was typed on it then, so that it can be copied, and locks its buttons.
    """
    visitor = current_visitor()
    return visitor.standing == Standing.ENDED and bool(state.remembered(_SEEN, False))


def still_readable(visitor: Visitor, now: datetime) -> bool:
    """Tell whether a page whose login has just ended stays for its reader to copy from."""
    ended = visitor.standing == Standing.ENDED and visitor.until is not None
    if not ended or not state.remembered(_SEEN, False):
        return False
    return now < (visitor.until or now) + READING_ON


def tell_of(visitor: Visitor) -> None:
    """Remember that a page has said what became of this visitor's login."""
    state.remember(_TOLD, (visitor.standing, visitor.until))


def ended_unsaid() -> bool:
    """Tell whether a login has ended since the whole page ran.

    Part of a page reruns without what stands around it, and so without the word about the login.
    """
    visitor = current_visitor()
    if visitor.standing != Standing.ENDED or not state.remembered(_SEEN, False):
        return False
    told = state.remembered(_TOLD, None) == (visitor.standing, visitor.until)
    open_to_all = settings_here().anonymous_views
    return not told or not (open_to_all or still_readable(visitor, datetime.now(UTC)))


def may(act: Act, words: Translator) -> bool:
    """Tell whether the visitor may do something, and say so on the page if not."""
    if current_actor(words).may(act):
        return True
    key = "identity-ended-locked" if login_ended() else "identity-not-permitted"
    st.caption(f":material/lock: {words(key)}")
    return False


def require(act: Act, words: Translator) -> Actor:
    """Return the actor, who may do something; asked again at the moment of writing.

    Raises
    ------
    PlannerError
        If they may not, or may not any more.
    """
    actor = current_actor(words)
    if not actor.may(act):
        raise PlannerError(
            "error-identity-ended" if login_ended() else "error-identity-not-permitted",
            role=words(f"role-{actor.role}"),
        )
    return actor


def _claims() -> Mapping[str, Any]:
    return st.user.to_dict()


def _headers() -> Mapping[str, list[str]]:
    headers = st.context.headers
    return {name.lower(): headers.get_all(name) for name in headers}


def _machine_user() -> str:
    # Raised where the account of the process has no name, as in some containers.
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""

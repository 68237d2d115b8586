"""Who is logged in, beside the language switch; the login page; a word before a login ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

import streamlit as st

from geo.display import escape_markdown
from i18n import Translator
from ui.identity import current_visitor, ended_unsaid, named, settings_here, still_readable, tell_of
from ui.identity_settings import Mode
from ui.theme import show_style, text
from ui.visitor import NOBODY, Standing, Visitor

_WARNED_BEFORE: Final = timedelta(minutes=10)
_LOOK_AGAIN: Final = timedelta(seconds=30)


def show_account(words: Translator) -> None:
    """Show the visitor's name and role, and the way in or out; nothing on one's own machine."""
    settings = settings_here()
    if settings.mode == Mode.LOCAL:
        return
    visitor = named(current_visitor(), words)
    # The whole page runs, and says below what became of the login.
    tell_of(visitor)
    if settings.mode == Mode.OIDC and visitor.until is not None:
        _show_until_it_ends(words)
    else:
        _show_person(visitor, words)
    if settings.mode == Mode.OIDC:
        known = visitor.standing == Standing.KNOWN
        # Whoever holds a login that ended or cannot be used logs in; the old one is overwritten.
        st.button(
            words("identity-logout" if known else "identity-login"),
            key="identity_out" if known else "identity_in",
            icon=":material/logout:" if known else ":material/login:",
            on_click=st.logout if known else st.login,
        )
    elif settings.proxy_logout and visitor.standing == Standing.KNOWN:
        st.link_button(words("identity-logout"), settings.proxy_logout, icon=":material/logout:")


@st.fragment(run_every=_LOOK_AGAIN)
def _show_until_it_ends(words: Translator) -> None:
    visitor = named(current_visitor(), words)
    if ended_unsaid():
        st.rerun()
    _show_person(visitor, words)
    left = (visitor.until or datetime.now(UTC)) - datetime.now(UTC)
    if visitor.standing == Standing.ENDED:
        st.caption(f":material/timer_off: {words('identity-ended-short')}")
    elif left < _WARNED_BEFORE:
        st.caption(f":material/timer: {words('identity-ends', time=_clock(visitor))}")


def _show_person(visitor: Visitor, words: Translator) -> None:
    actor = visitor.actor
    role = words("identity-not-logged-in" if actor.login == NOBODY.login else f"role-{actor.role}")
    st.html(
        f'<div class="gp-account" title="{text(actor.login)}"><b>{text(actor.name)}</b> · '
        f"{text(role)}</div>"
    )


def admit(words: Translator) -> None:
    """Let the visitor in, with a word where one is needed; else show the login page and stop."""
    settings = settings_here()
    visitor = current_visitor()
    if visitor.standing == Standing.EXPOSED:
        st.warning(words("identity-exposed"), icon=":material/lock_open:")
        return
    if visitor.standing == Standing.UNUSABLE:
        st.error(words("identity-unusable"), icon=":material/report:")
    if visitor.standing == Standing.ENDED:
        show_style()
        st.warning(words("identity-ended", time=_clock(visitor)), icon=":material/timer_off:")
        if still_readable(visitor, datetime.now(UTC)):
            return
    known = visitor.standing in {Standing.OWNER, Standing.KNOWN}
    if known or settings.anonymous_views:
        return
    _show_login_page(settings.mode, words)
    st.stop()


def _show_login_page(mode: Mode, words: Translator) -> None:
    show_style()
    st.html(f'<h1 style="font-size:1.7rem;margin:0;padding:0">{text(words("identity-title"))}</h1>')
    if mode == Mode.OIDC:
        st.markdown(words("identity-please"))
        st.button(
            words("identity-login"),
            key="identity_enter",
            type="primary",
            icon=":material/login:",
            on_click=st.login,
        )
    else:
        st.markdown(words("identity-please-proxy"))


def _clock(visitor: Visitor) -> str:
    until = visitor.until or datetime.now(UTC)
    return escape_markdown(until.astimezone().strftime("%H:%M"), 10)

"""What stands around every page: style, title, language, and the net under it."""

from __future__ import annotations

import functools
import logging
import secrets
from collections.abc import Callable
from typing import Concatenate, ParamSpec

import streamlit as st

from geo.display import display_text, escape_markdown
from i18n import LANGUAGES, Translator, translator
from i18n.refusals import say_faults, say_refusal
from planning.errors import PlannerError
from services.province import Province
from ui import cache, state
from ui.components.controls import choose_one
from ui.identity import ended_unsaid
from ui.theme import show_style, text

Rest = ParamSpec("Rest")
_LANGUAGE_NAMES = {"vi": "Tiếng Việt", "en": "English"}
_MOST_FAULTS = 50


def choose_language() -> Translator:
    """Show the language switch and return the chosen language's words."""
    chosen = choose_one(
        "Ngôn ngữ / Language",
        _LANGUAGE_NAMES,
        state.LANGUAGE,
        LANGUAGES[0],
        "any",
        label_visibility="collapsed",
    )
    return translator(chosen)


def framed(
    show: Callable[Concatenate[Translator, Rest], None],
) -> Callable[Concatenate[Translator, Rest], None]:
    """Put the net under a page: a refusal is said, a fault gets an incident id and a log entry.

    It stands inside fragments too, since a fragment reruns without the page around it.
    """

    @functools.wraps(show)
    def netted(words: Translator, /, *rest: Rest.args, **named: Rest.kwargs) -> None:
        if ended_unsaid():
            st.rerun()
        try:
            show(words, *rest, **named)
        except PlannerError as error:
            show_refusal(error, words)
        except Exception:
            incident = secrets.token_hex(4)
            logging.getLogger("gap_planner").exception("incident %s", incident)
            st.error(words("error-unexpected", incident=incident), icon=":material/report:")

    return netted


def show_refusal(error: PlannerError, words: Translator) -> None:
    """Say a refusal with every fault it carries; values may be hostile text from a file."""
    st.error(escape_markdown(say_refusal(error, words), 500), icon=":material/report:")
    for sentence in say_faults(error, words)[:_MOST_FAULTS]:
        st.text(display_text(sentence, 500))


def show_title(title: str) -> None:
    """Show the title of a page that is about no province yet."""
    show_style()
    st.html(f'<h1 style="font-size:1.7rem;margin:0;padding:0">{text(title)}</h1>')


def show_header(title: str, province: Province, words: Translator) -> None:
    """Show the page's title and, for invented data, the label that says so."""
    show_style()
    label = (
        f' <span class="gp-label">▲ {text(words("illustrative"))}</span>'
        if province.illustrative
        else ""
    )
    st.html(
        f'<h1 style="font-size:1.7rem;margin:0;padding:0">{text(title)} · '
        f"{text(display_text(province.name, 60))}{label}</h1>"
    )


def open_province(words: Translator) -> Province:
    """Load the province, with a word while it takes its time."""
    with st.spinner(words("loading"), show_time=False):
        return cache.province()

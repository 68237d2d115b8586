"""Work in progress: begun in a process of its own, watched, stopped, and its answer taken in."""

from __future__ import annotations

import logging
import secrets
import time
from dataclasses import dataclass
from typing import Final

import streamlit as st

from i18n import Translator
from i18n.money import say_vnd
from planning.errors import PlannerError
from services.province import Province
from services.rollout_values import RolloutQuestion
from services.rollout_worker import Heard, Job, Kind, WorkerError, start
from ui import cache, state
from ui.frame import framed, show_refusal
from ui.sessions import session_watch
from ui.theme import text

_EVERY_S: Final = 0.5
_COUNTED: Final = frozenset({"reasons", "curve", "draws"})
"""Phases that tell how many are done, of how many."""


@dataclass(frozen=True, eq=False)
class Work:
    """A question being worked on for this session.

    Attributes
    ----------
    key : str
        Names the question.
    kind : {"plan", "curve", "draws"}
    question : RolloutQuestion
    job : Job
    begun : float
        On :func:`time.monotonic`.
    """

    key: str
    kind: Kind
    question: RolloutQuestion
    job: Job
    begun: float


@dataclass(frozen=True, eq=False)
class Refused:
    """Why a question has no answer: a refusal, or an incident of the program."""

    key: str
    error: PlannerError | None
    incident: str = ""


def begin(kind: Kind, key: str, province: Province, question: RolloutQuestion) -> None:
    """Begin to work on a question, in place of what this session is having worked on."""
    before = working(kind)
    if before is not None:
        before.job.cancel()
    state.remember(f"plan_refused_{kind}", None)
    job = start(province, question, kind, is_wanted=session_watch())
    work = Work(key, kind, question, job, time.monotonic())
    state.remember(f"plan_work_{kind}", work)


def working(kind: Kind) -> Work | None:
    """Return the work of a kind in progress, if there is any."""
    nothing: Work | None = None
    return state.remembered(f"plan_work_{kind}", nothing)


def show_work(kind: Kind, words: Translator) -> bool:
    """Show the work of a kind in progress; tell whether there is any."""
    work = working(kind)
    if work is None:
        return False
    if work.job.is_done:
        _take(work)
        return False
    _show_progress(words, work)
    return True


def show_refused(kind: Kind, key: str, words: Translator) -> bool:
    """Say why a question has no answer; tell whether that is so."""
    nothing: Refused | None = None
    refused = state.remembered(f"plan_refused_{kind}", nothing)
    if refused is None or refused.key != key:
        return False
    if refused.error is not None:
        show_refusal(refused.error, words)
    elif refused.incident:
        st.error(words("error-unexpected", incident=refused.incident), icon=":material/report:")
    else:
        st.info(words("planpage-cancelled"), icon=":material/stop_circle:")
    return True


@st.fragment(run_every=_EVERY_S)
@framed
def _show_progress(words: Translator, work: Work) -> None:
    if work.job.is_done:
        st.rerun()
    heard = work.job.heard
    with st.container(border=True, key=f"plan_work_{work.kind}"):
        title, stop, cancel = st.columns([4, 1.3, 1], vertical_alignment="center")
        title.progress(_share(heard, work.question), _phase(heard, words))
        stop.button(
            words("planpage-take-best"),
            icon=":material/flag:",
            on_click=work.job.stop,
            disabled=heard.value is None or heard.phase not in {"search", "order"},
            key=f"plan_stop_{work.kind}",
            width="stretch",
        )
        cancel.button(
            words("planpage-cancel"),
            icon=":material/stop:",
            on_click=_cancel,
            args=(work,),
            key=f"plan_cancel_{work.kind}",
            width="stretch",
        )
        st.html(_figures(heard, work, words))


def _cancel(work: Work) -> None:
    work.job.cancel()
    state.remember(f"plan_work_{work.kind}", None)
    state.remember(f"plan_refused_{work.kind}", Refused(work.key, None))


def _take(work: Work) -> None:
    """Keep what the work found, for everybody who asks the same."""
    state.remember(f"plan_work_{work.kind}", None)
    try:
        found = work.job.result()
    except PlannerError as error:
        state.remember(f"plan_refused_{work.kind}", Refused(work.key, error))
    except WorkerError:
        incident = secrets.token_hex(4)
        logging.getLogger("gap_planner").exception("incident %s", incident)
        state.remember(f"plan_refused_{work.kind}", Refused(work.key, None, incident))
    else:
        cache.recent_answers(work.kind).put(work.key, found)


def _phase(heard: Heard, words: Translator) -> str:
    if heard.phase in _COUNTED:
        done, total = round(heard.value or 0), round(heard.bound or 0)
        return words(f"planpage-counted-{heard.phase}", done=done, total=total)
    return words(f"planpage-phase-{heard.phase}")


def _share(heard: Heard, question: RolloutQuestion) -> float:
    """Return how far the work is, as far as that can be told, 0 to 1."""
    if heard.phase in _COUNTED and heard.value is not None and heard.bound:
        return min(heard.value / heard.bound, 1.0)
    return min(heard.seconds / max(question.time_limit_s, 1.0), 0.95)


def _figures(heard: Heard, work: Work, words: Translator) -> str:
    is_search = heard.phase == "search"
    is_money = work.question.budget_vnd is None
    seconds = words.number(time.monotonic() - work.begun, 1)

    def said(value: float | None) -> str:
        if not is_search or value is None:
            return "–"
        return say_vnd(value, words) if is_money else words.number(value, 2)

    gap = "–"
    if is_search and heard.value and heard.bound is not None:
        distance = abs(heard.value - heard.bound) / max(abs(heard.value), abs(heard.bound))
        gap = words.percent(distance)
    figures = (
        ("planpage-best", said(heard.value)),
        ("planpage-least", said(heard.bound)),
        ("planpage-distance", gap),
        ("planpage-elapsed", words("planpage-seconds", seconds=seconds)),
    )
    cells = "".join(f"<div>{text(words(key))}<b>{text(value)}</b></div>" for key, value in figures)
    return f'<div class="gp-working" data-testid="plan-working">{cells}</div>'

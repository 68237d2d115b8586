"""The table of columns: what each was taken for, open to correction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import streamlit as st

from geo.display import display_text, escape_markdown
from geo.register.accounts import ColumnAccount
from geo.register.choices import NO_FIELD, Choices
from geo.register.days import DayOrder
from geo.register.dictionary import fields
from geo.register.numbers import NumberStyle
from i18n import Translator
from ui import state

_HEIGHT_PX: Final = 430
_WIDTHS: Final = (2.2, 2.6, 2.2, 3)
_HEADINGS: Final = ("heading", "field", "read-as-column", "samples")
_OPEN: Final = ""
_MOST_NAMED: Final = 12
_SIGN: Final = {"chosen": "✎", "exact": "✓", "likely": "?", "none": "–"}


def with_column_choices(given: Choices, prefix: str) -> Choices:
    """Return choices with what was chosen for columns so far."""
    styles: dict[str, str] = state.remembered(f"{prefix}_numbers", {})
    orders: dict[str, str] = state.remembered(f"{prefix}_dates", {})
    blank = given.blank_means_no | state.remembered(f"{prefix}_blank", frozenset[str]())
    return replace(
        given,
        columns={**given.columns, **state.remembered(f"{prefix}_columns", {})},
        numbers={**given.numbers, **{k: NumberStyle(v) for k, v in styles.items()}},
        dates={**given.dates, **{k: DayOrder(v) for k, v in orders.items()}},
        blank_means_no=blank - state.remembered(f"{prefix}_not_blank", frozenset[str]()),
    )


def show_columns(accounts: Sequence[ColumnAccount], prefix: str, words: Translator) -> None:
    """Show every column with its field, how it is read and a few cells; all can be changed."""
    with st.container(height=_HEIGHT_PX, border=True, key="import_columns"):
        with st.container(key="import_columns_head"):
            for cell, name in zip(st.columns(_WIDTHS), _HEADINGS, strict=True):
                cell.markdown(f"**{words(f'import-{name}')}**")
        for number, account in enumerate(accounts):
            _show_column(account, number, prefix, words)


def show_unused(accounts: Sequence[ColumnAccount], words: Translator) -> None:
    """Name the columns nobody recognised: they may stand below the edge of the table."""
    unused = [account.label for account in accounts if not account.field and account.filled]
    if unused:
        named = ", ".join(escape_markdown(label, 40) for label in unused[:_MOST_NAMED])
        more = " …" if len(unused) > _MOST_NAMED else ""
        st.caption(words("import-unused", count=len(unused), columns=named + more))


def _show_column(account: ColumnAccount, number: int, prefix: str, words: Translator) -> None:
    heading, field, reading, samples = st.columns(_WIDTHS, vertical_alignment="center")
    sign = _SIGN[str(account.confidence)]
    heading.markdown(f"{sign} {escape_markdown(account.label, 60)}")
    with field:
        _choose_field(account, number, prefix, words)
    with reading:
        _choose_reading(account, number, prefix, words)
    shown = " · ".join(display_text(sample, 30) for sample in account.samples)
    samples.caption(escape_markdown(shown or "–", 110))


def _choose_field(account: ColumnAccount, number: int, prefix: str, words: Translator) -> None:
    key = f"{prefix}_field_{number}_{words.language}"
    options = [NO_FIELD, *fields()]
    st.selectbox(
        words("import-field"),
        options,
        index=options.index(account.field),
        key=key,
        format_func=lambda name: words(f"field-{name}") if name else words("import-carried"),
        label_visibility="collapsed",
        on_change=_keep,
        args=(f"{prefix}_columns", account.label, key),
    )


def _choose_reading(account: ColumnAccount, number: int, prefix: str, words: Translator) -> None:
    match account.asks:
        case "numbers":
            values = [str(value) for value in NumberStyle]
            _choose_style(account, f"{prefix}_numbers", number, words, values=values)
        case "dates":
            values = [str(value) for value in DayOrder]
            _choose_style(account, f"{prefix}_dates", number, words, values=values)
        case "blank":
            key = f"{prefix}_blank_{number}_{words.language}"
            st.checkbox(
                words("import-blank-means-no"),
                value=account.label in state.remembered(f"{prefix}_blank", frozenset()),
                key=key,
                on_change=_keep_blank,
                args=(prefix, account.label, key),
            )
        case _:
            st.caption(words(f"read-as-{account.read_as}") if account.read_as else "")


def _choose_style(
    account: ColumnAccount, name: str, number: int, words: Translator, *, values: Sequence[str]
) -> None:
    key = f"{name}_{number}_{words.language}"
    options = [_OPEN, *values]
    st.selectbox(
        words("import-read-as-column"),
        options,
        index=options.index(account.read_as) if account.read_as in options else 0,
        key=key,
        format_func=lambda value: words(f"read-as-{value}") if value else words("import-decide"),
        label_visibility="collapsed",
        on_change=_keep,
        args=(name, account.label, key),
    )


def _keep(name: str, label: str, key: str) -> None:
    kept: dict[str, str] = dict(state.remembered(name, {}))
    value = state.said(key)
    if value == _OPEN and not name.endswith("_columns"):
        kept.pop(label, None)
    else:
        kept[label] = value
    state.remember(name, kept)


def _keep_blank(prefix: str, label: str, key: str) -> None:
    ticked = bool(state.said(key))
    for name, wanted in (("blank", ticked), ("not_blank", not ticked)):
        kept = set(state.remembered(f"{prefix}_{name}", frozenset()))
        kept.add(label) if wanted else kept.discard(label)
        state.remember(f"{prefix}_{name}", frozenset(kept))

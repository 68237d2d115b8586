"""Import: drop an office's own list, see what was understood, mend, accept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import streamlit as st

from geo.boundary_columns import AreaLevel
from geo.display import display_text, escape_markdown
from geo.intake.table import RawTable
from geo.register.choices import Choices, write_choices
from i18n import Translator
from planning.authority import Act
from planning.errors import PlannerError
from services.intake import Understanding
from services.outline import Outline, attach, check_outline, is_outline
from services.province import Province
from services.understood_lines import verdict_line
from ui import cache, state
from ui.components.import_accept import show_acceptance
from ui.components.import_columns import show_columns, show_unused, with_column_choices
from ui.components.import_fault_map import show_fault_map
from ui.components.import_faults import (
    show_fault_table,
    show_outline_downloads,
    show_report_downloads,
)
from ui.components.import_file import (
    Upload,
    choose_boundaries,
    choose_file,
    choose_mapping,
    read_upload,
    reading_options,
    show_positions,
    show_reading,
)
from ui.components.import_registers import show_registers
from ui.frame import framed, open_province, show_title
from ui.identity import may, require


@framed
def show_import_page(words: Translator) -> None:
    """Show the page."""
    try:
        province = open_province(words)
    except PlannerError:
        # Whatever is wrong with the register in use, another one can be taken here.
        show_registers(words)
        raise
    show_title(words("page-import"))
    label = f" · {words('illustrative')}" if province.illustrative else ""
    in_use = escape_markdown(province.name, 80)
    st.caption(
        f"{words('import-in-use')}: {in_use} ({words.number(len(province.villages))}){label}"
    )
    _show_done(words)
    st.markdown(f"#### 1 · {words('import-step-file')}")
    upload = choose_file(words)
    with st.expander(words("import-more-files")):
        given = choose_mapping(words)
        outline = _outline(words)
    if upload is None:
        st.markdown(words("import-how-it-works"))
        show_registers(words)
        return
    raw = read_upload(upload, reading_options(upload, given), words)
    if is_outline(raw):
        _show_outline(_checked(upload, raw, words), words)
    else:
        _show_list(_Task(upload, raw, given, outline), province, words)


@dataclass(frozen=True)
class _Task:
    """A list on the page, and what came with it."""

    upload: Upload
    raw: RawTable
    given: Choices
    outline: Outline | None

    @property
    def prefix(self) -> str:
        return f"import_{self.upload.file_hash}"


def _show_list(task: _Task, province: Province, words: Translator) -> None:
    prefix = task.prefix
    st.markdown(f"#### 2 · {words('import-step-understood')}")
    show_reading(task.upload, task.raw, words)
    choices = _choices(task)
    understood = _understood(task, choices, words)
    show_positions(understood, prefix, words)
    st.markdown(f"#### 3 · {words('import-step-columns')}")
    st.caption(words("import-columns-hint"))
    show_columns(understood.draft.cells.accounts, prefix, words)
    show_unused(understood.draft.cells.accounts, words)
    st.download_button(
        words("import-save-mapping"),
        write_choices(understood.settled),
        "mapping.toml",
        "application/toml",
        icon=":material/save:",
        on_click="ignore",
        key="import_mapping_file",
    )
    st.markdown(f"#### 4 · {words('import-step-faults')}")
    _show_verdict(understood, words)
    show_fault_table((*understood.draft.errors, *understood.draft.warnings), words)
    places, beside = st.columns([2, 1], gap="medium")
    with places:
        show_fault_map(understood, write_choices(choices), words)
    with beside:
        show_report_downloads(understood, words)
        _choose_repairs(prefix, words)
    st.markdown(f"#### 5 · {words('import-step-accept')}")
    show_acceptance(understood, write_choices(choices), task.outline, province, words)


def _understood(task: _Task, choices: Choices, words: Translator) -> Understanding:
    with st.spinner(words("import-checking"), show_time=False):
        return cache.understanding(
            task.upload.file_hash,
            write_choices(choices),
            "" if task.outline is None else task.outline.file,
            datetime.now().astimezone().date(),
            _raw=task.raw,
            _choices=choices,
            _file=task.upload.name,
            _outline=task.outline,
        )


def _show_verdict(understood: Understanding, words: Translator) -> None:
    say = st.success if understood.acceptable else st.error
    say(verdict_line(understood, words))


def _choices(task: _Task) -> Choices:
    reading = reading_options(task.upload, task.given)
    prefix, given = task.prefix, task.given
    whole = replace(
        given,
        layer=reading.layer,
        encoding=reading.encoding,
        header_row=reading.header_row,
        crs=state.remembered(f"{prefix}_crs", "").strip() or given.crs,
        observed_on=state.remembered(f"{prefix}_day", None) or given.observed_on,
        swap=state.remembered(f"{prefix}_swap", given.swap),
        replace_bad_positions=state.remembered(f"{prefix}_centre", given.replace_bad_positions),
    )
    return with_column_choices(whole, prefix)


def _choose_repairs(prefix: str, words: Translator) -> None:
    for repair in ("centre", "swap"):
        name = f"{prefix}_{repair}"
        key = state.local_key(name, words.language, False)
        st.checkbox(words(f"import-use-{repair}"), key=key, on_change=_remember, args=(name, key))


def _remember(name: str, key: str) -> None:
    state.remember(name, state.said(key))


def _outline(words: Translator) -> Outline | None:
    upload = choose_boundaries(words)
    if upload is None:
        return None
    raw = read_upload(upload, Choices().reading, words)
    outline = _checked(upload, raw, words)
    show_fault_table(outline.boundaries.faults, words)
    return outline


def _checked(upload: Upload, raw: RawTable, words: Translator) -> Outline:
    """Check boundaries; where the file does not tell their level, ask for it."""
    name = f"import_{upload.file_hash}_level"
    chosen = state.remembered(name, "")
    level = AreaLevel(chosen) if chosen else None
    try:
        return check_outline(raw, upload.name, level, cache.gazetteer())
    except PlannerError as refusal:
        if refusal.key == "error-boundaries-level":
            key = state.local_key(name, words.language, "")
            st.selectbox(
                words("import-level"),
                ["", *AreaLevel],
                key=key,
                format_func=lambda one: words(f"area-level-{one}") if one else "–",
                on_change=_remember,
                args=(name, key),
            )
        raise


def _show_outline(outline: Outline, words: Translator) -> None:
    boundaries = outline.boundaries
    st.markdown(
        words(
            "cli-outline",
            file=display_text(outline.file, 80),
            count=len(boundaries),
            level=words(f"area-level-{boundaries.level}"),
        )
    )
    show_fault_table(boundaries.faults, words)
    show_outline_downloads(boundaries.faults, outline.file, words)
    pressed = st.button(
        words("import-accept-outline"),
        type="primary",
        icon=":material/check:",
        disabled=not may(Act.SEED_REGISTER, words) or bool(outline.errors),
    )
    if pressed:
        actor = require(Act.SEED_REGISTER, words)
        entry = attach(outline, cache.shelf(), datetime.now().astimezone(), actor)
        state.remember("import_done", (entry.name, entry.villages))
        state.remember("import_round", state.remembered("import_round", 0) + 1)
        st.rerun()


def _show_done(words: Translator) -> None:
    nothing: tuple[str, int] | None = None
    done = state.remembered("import_done", nothing)
    if done is not None:
        name, villages = done
        st.success(
            words("import-done", name=display_text(name, 80), villages=villages),
            icon=":material/check_circle:",
        )
        state.remember("import_done", None)

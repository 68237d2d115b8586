"""Choose a file, read it where it can do no harm, and say what it was read as."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

import streamlit as st

from geo.display import display_text, escape_markdown
from geo.intake.encodings import ENCODINGS
from geo.intake.formats import supported_suffixes
from geo.intake.table import RawTable, ReadOptions
from geo.register.choices import Choices, read_choices
from geo.register.systems import RankedSystem
from i18n import Translator
from services.intake import Understanding, hash_content, read_list
from services.understood_lines import places_line, positions_line
from ui import cache, state
from ui.theme import show_uploader_words

_BY_ITSELF: Final = ""
_MOST_SET_ASIDE: Final = 12
_MOST_SYSTEMS: Final = 6


@dataclass(frozen=True)
class Upload:
    """A file as the browser sent it.

    Attributes
    ----------
    name : str
        As the user calls it; never a path.
    content : bytes
    file_hash : str
    """

    name: str
    content: bytes
    file_hash: str


def choose_file(words: Translator) -> Upload | None:
    """Show the place to drop a list on.

    The list stays open while its user looks at another page, which takes the widget's own copy.
    """
    nothing: Upload | None = None
    upload = _uploaded("list", supported_suffixes(), words)
    if upload is not None:
        state.remember("import_kept", upload)
        return upload
    kept = state.remembered("import_kept", nothing)
    if kept is not None:
        said, button = st.columns([4, 1], vertical_alignment="center")
        said.info(
            words("import-kept-file", file=escape_markdown(kept.name)), icon=":material/draft:"
        )
        button.button(
            words("import-drop-kept"),
            icon=":material/close:",
            on_click=state.remember,
            args=("import_kept", None),
            width="stretch",
        )
    return kept


def choose_mapping(words: Translator) -> Choices:
    """Show the place for a saved mapping; none by default."""
    upload = _uploaded("mapping", (".toml",), words)
    return Choices() if upload is None else read_choices(upload.content, upload.name)


def choose_boundaries(words: Translator) -> Upload | None:
    """Show the place for a file of boundaries."""
    return _uploaded("boundaries", supported_suffixes(), words)


def _uploaded(name: str, suffixes: Sequence[str], words: Translator) -> Upload | None:
    key = f"import_{name}_{state.remembered('import_round', 0)}"
    show_uploader_words(
        key,
        words("import-choose"),
        words(
            "import-limits",
            megabytes=st.get_option("server.maxUploadSize"),
            suffixes=", ".join(suffixes),
        ),
    )
    given = st.file_uploader(
        words(f"import-drop-{name}"),
        type=list(suffixes),
        key=key,
        on_change=_forget_removed,
        args=(name, key),
    )
    if given is None:
        return None
    content = given.getvalue()
    return Upload(display_text(given.name, 120), content, hash_content(content))


def _forget_removed(name: str, key: str) -> None:
    if name == "list" and state.said(key) is None:
        state.remember("import_kept", None)


def read_upload(upload: Upload, options: ReadOptions, words: Translator) -> RawTable:
    """Read an upload, with a bar that tells how far it is.

    Raises
    ------
    DataError
        One sentence, if the file cannot be used.
    """

    def read() -> RawTable:
        bar = st.progress(0.0, words("stage-intake-copy"))

        def progress(step: str, share: float) -> None:
            bar.progress(min(max(share, 0.0), 1.0), words(f"stage-intake-{step}"))

        try:
            with tempfile.TemporaryDirectory() as folder:
                # The name a user gave is for the eye only: it never becomes a path.
                path = Path(folder) / f"upload{_suffix(upload.name)}"
                path.write_bytes(upload.content)
                choices = Choices(options.layer, options.encoding, options.header_row)
                return read_list(path, choices, name=upload.name, progress=progress)
        finally:
            bar.empty()

    return cache.foreign_tables().get(upload.file_hash, options, read)


def reading_options(upload: Upload, given: Choices) -> ReadOptions:
    """Return what was chosen about the reading so far; the widgets stand below the result."""
    prefix = f"import_{upload.file_hash}"
    return ReadOptions(
        layer=state.remembered(f"{prefix}_layer", given.layer or _BY_ITSELF) or None,
        encoding=state.remembered(f"{prefix}_encoding", given.encoding or _BY_ITSELF) or None,
        header_row=state.remembered(f"{prefix}_header", given.header_row or 0) or None,
    )


def show_reading(upload: Upload, raw: RawTable, words: Translator) -> None:
    """Say what a file was read as, and let it be read otherwise."""
    prefix = f"import_{upload.file_hash}"
    st.markdown(
        words("import-read-as", file=escape_markdown(upload.name), format=raw.format, rows=len(raw))
    )
    asked = [
        show
        for wanted, show in (
            (len(raw.layers) > 1, _choose_layer),
            (bool(raw.header_rows), _enter_header),
            (_encoding_is_open(raw), _choose_encoding),
        )
        if wanted
    ]
    for column, show in zip(st.columns(3), asked, strict=False):
        with column:
            show(raw, prefix, words)
    if raw.set_aside:
        with st.expander(words("import-set-aside-rows", count=len(raw.set_aside))):
            for row, why, text in raw.set_aside[:_MOST_SET_ASIDE]:
                st.text(
                    words(
                        "import-row-aside",
                        row=str(row),
                        why=words(f"aside-{why}"),
                        text=display_text(text, 100),
                    )
                )


def _choose_layer(raw: RawTable, prefix: str, words: Translator) -> None:
    names = {layer.name: layer.name for layer in raw.layers}
    chosen = raw.layer or next(iter(names))
    _pick("import-layer", f"{prefix}_layer", words, labels=names, default=chosen)


def _enter_header(raw: RawTable, prefix: str, words: Translator) -> None:
    name = f"{prefix}_header"
    key = state.local_key(name, words.language, raw.header_rows[-1])
    st.number_input(
        words("import-header-row"),
        min_value=1,
        max_value=1000,
        key=key,
        on_change=_remember,
        args=(name, key),
    )


def _choose_encoding(_raw: RawTable, prefix: str, words: Translator) -> None:
    names = {_BY_ITSELF: "", **{name: name for name in ENCODINGS}}
    _pick("import-encoding", f"{prefix}_encoding", words, labels=names)


def _encoding_is_open(raw: RawTable) -> bool:
    return raw.encoding is not None or any(f.key == "fault-legacy-text" for f in raw.faults)


def show_positions(understood: Understanding, prefix: str, words: Translator) -> None:
    """Say where positions and places come from, and let the system be chosen."""
    account = understood.draft.located.account
    st.markdown(escape_markdown(positions_line(account, words), 600))
    st.markdown(escape_markdown(places_line(understood.draft.places.summary, words), 600))
    system, day = st.columns(2, vertical_alignment="bottom")
    with system:
        _choose_system(account.candidates[:_MOST_SYSTEMS], f"{prefix}_crs", words)
    with day:
        _enter_day(f"{prefix}_day", words)


def _choose_system(candidates: Sequence[RankedSystem], name: str, words: Translator) -> None:
    if candidates:
        labels = {f"EPSG:{one.system.code}": one.system.label for one in candidates}
        _pick("import-crs-candidates", name, words, labels={_BY_ITSELF: "", **labels})
        return
    key = state.local_key(f"{name}_typed", words.language, state.remembered(name, _BY_ITSELF))
    st.text_input(
        words("import-crs"),
        key=key,
        placeholder=words("import-crs-hint"),
        max_chars=60,
        on_change=_remember,
        args=(name, key),
    )


def _enter_day(name: str, words: Translator) -> None:
    nothing: date | None = None
    key = state.local_key(name, words.language, nothing)
    st.date_input(
        words("import-observed-on"),
        key=key,
        format="DD/MM/YYYY",
        max_value=datetime.now().astimezone().date(),
        on_change=_remember,
        args=(name, key),
    )


def _pick(
    label: str,
    name: str,
    words: Translator,
    *,
    labels: Mapping[str, str],
    default: str = _BY_ITSELF,
) -> None:
    """Let one of several be chosen; it counts from the next run on."""
    if state.remembered(name, default) not in labels:
        state.remember(name, default)
    key = state.local_key(name, words.language, default)
    st.selectbox(
        words(label),
        list(labels),
        key=key,
        format_func=lambda value: display_text(labels[value], 80) or words("import-by-itself"),
        on_change=_remember,
        args=(name, key),
    )


def _remember(name: str, key: str) -> None:
    state.remember(name, state.said(key))


def _suffix(name: str) -> str:
    suffix = Path(name).suffix.lower()
    return suffix if suffix in supported_suffixes() else ""

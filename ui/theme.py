"""What Streamlit pages look like: styles built on the one table of colours.

The table itself is :mod:`geo.symbology`, below both mouths of the product, because the command
line writes coloured files too. The page's own ground and ink stand in ``.streamlit/config.toml``.
"""

from __future__ import annotations

from html import escape
from typing import Final

import streamlit as st

from geo.symbology import BAND_COLOURS, BAND_SIGNS, SYMBOLS, MapClass
from planning.targets import Band
from planning.vocabulary import Criterion, Gap

GAP_CLASS: Final = {
    Gap.NO_SIGNAL: MapClass.NO_SIGNAL,
    Gap.MOBILE: MapClass.NO_MOBILE,
    Gap.FIBRE: MapClass.NO_FIBRE,
}

BAND_COLOUR: Final = {band: BAND_COLOURS[band] for band in Band}
BAND_SIGN: Final = {band: BAND_SIGNS[band] for band in Band}

CRITERION_COLOUR: Final = {
    Criterion.DISTANCE: "#56B4E9",
    Criterion.POPULATION: "#E69F00",
    Criterion.MINORITY: "#CC79A7",
}

PLAN_COLOUR: Final = {
    "villages": "#009E73",
    "people": "#56B4E9",
    "minority": "#CC79A7",
    "km": "#3B0F70",
    "cost": "#E69F00",
    "proven": "#009E73",
    "open": "#D55E00",
    "plan": "#009E73",
    "way": "#9AA3AC",
    "wait": "#D55E00",
    "mark": "#0072B2",
}
"""Colours of a plan's figures and charts; each stands beside its words or has a shape of its own.
"""

SERIES_COLOUR: Final = {
    "published": "#0072B2",
    "plan": "#737B83",
    "waves": "#CC79A7",
    "verified": "#009E73",
    "forecast": "#D55E00",
}
"""Colours of the series of a target, by :class:`services.series.Series`."""

SERIES_SIGN: Final = {
    "published": "◆",
    "plan": "■",
    "waves": "✚",
    "verified": "●",
    "forecast": "▲",
}

_STYLE: Final = """
<style>
.st-key-language { position: fixed; top: .55rem; right: 3.2rem; z-index: 999991; width: auto; }
.st-key-language { align-items: center; }
.gp-account { font-size: .86rem; white-space: nowrap; max-width: 20rem; overflow: hidden;
  text-overflow: ellipsis; }
.stMainBlockContainer { padding-top: 4rem; padding-bottom: 3rem; max-width: 1500px; }
.gp-label { display: inline-block; padding: .1rem .6rem; border-radius: 1rem; font-size: .8rem;
  font-weight: 600; border: 1px solid #B8860B; color: #7A5900; background: #FFF6DC; }
.gp-dark .gp-label { color: #F2CF7A; background: #3A2F10; border-color: #8A6D1F; }
.gp-tagline { opacity: .75; margin: 0 0 .3rem 0; }
.gp-figure { border: 1px solid rgba(128,140,150,.35); border-left: .35rem solid var(--c);
  border-radius: .4rem; padding: .55rem .9rem; height: 100%; }
.gp-figure .n { font-size: 1.75rem; font-weight: 700; line-height: 1.25;
  font-variant-numeric: tabular-nums; white-space: nowrap; }
.gp-figure .n small { font-size: 1rem; font-weight: 500; opacity: .7; }
.gp-figure .t { font-weight: 600; font-size: .92rem; }
.gp-figure .d { font-size: .8rem; opacity: .75; }
.gp-figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(13.5rem, 1fr));
  gap: .7rem; margin-bottom: .4rem; }
.gp-facts { display: grid; grid-template-columns: minmax(6.5rem, 42%) 1fr; gap: .2rem .7rem;
  font-size: .88rem; margin: 0 0 .5rem 0 !important; padding: 0 !important; }
.gp-facts dt { opacity: .75; font-weight: 400; margin: 0 !important; padding: 0 !important; }
.gp-facts dd { font-weight: 500; overflow-wrap: anywhere; margin: 0 !important; }
.gp-parts { display: flex; height: 1.05rem; border-radius: .25rem; overflow: hidden;
  background: rgba(128,140,150,.18); }
.gp-parts span { display: block; height: 100%; }
.gp-key { display: inline-block; width: .75rem; height: .75rem; border-radius: .15rem;
  margin-right: .3rem; vertical-align: -1px; }

.gp-faults { width: 100%; border-collapse: collapse; font-size: .86rem; line-height: 1.35; }
.gp-faults th { position: sticky; top: -1rem; text-align: left; font-weight: 600; opacity: .8;
  background: var(--gp-ground, inherit); }
.gp-faults th, .gp-faults td { padding: .35rem .6rem .35rem 0; vertical-align: top;
  border-bottom: 1px solid rgba(128,140,150,.25); overflow-wrap: break-word; }
.gp-faults th { white-space: nowrap; }
.gp-faults td:nth-child(1) { white-space: nowrap; font-weight: 600; }
.gp-faults td:nth-child(2) { white-space: nowrap; font-variant-numeric: tabular-nums; }
.gp-faults td:nth-child(4), .gp-faults td:nth-child(7) { min-width: 14rem; }
.gp-faults td:nth-child(3), .gp-faults td:nth-child(6) { min-width: 7rem; }
.gp-faults td:nth-child(5) { min-width: 6.5rem; max-width: 12rem; }
.gp-faults .gp-error td:nth-child(1) { color: #B84300; }
.gp-faults .gp-warning td:nth-child(1) { color: #8A6500; }
.gp-dark .gp-faults .gp-error td:nth-child(1) { color: #FF9A5C; }
.gp-dark .gp-faults .gp-warning td:nth-child(1) { color: #F2CF7A; }
.gp-plan { grid-template-columns: repeat(6, 1fr); }
.gp-plan .gp-figure { padding: .5rem .7rem; }
.gp-plan .n { font-size: 1.3rem; } .gp-plan .n small { font-size: .85rem; }
.gp-plan .n.long { font-size: 1rem; white-space: normal; line-height: 1.25; padding: .1rem 0; }
.gp-plan .t { font-size: .85rem; }
.st-key-plan_question [data-testid="stExpander"] { margin-bottom: -.45rem; }
.gp-ways { display: grid;
  grid-template-columns: minmax(9rem, max-content) 1fr max-content max-content;
  gap: .28rem .8rem; align-items: center; font-size: .9rem; }
.gp-ways .b { height: .7rem; border-radius: .35rem; background: rgba(128,140,150,.15);
  overflow: hidden; min-width: 4rem; }
.gp-ways .b span { display: block; height: 100%; border-radius: .35rem; }
.gp-ways .v { font-variant-numeric: tabular-nums; font-weight: 600; text-align: right; }
.gp-ways .p { opacity: .8; }
.gp-ways .w:first-child, .gp-ways .w:first-child ~ .v:nth-child(3) { font-weight: 700; }
.gp-checks { list-style: none; columns: 2 20rem; margin: 0; padding: 0; font-size: .9rem; }
.gp-checks li { margin: .1rem 0; break-inside: avoid; }
.gp-checks span { color: #00805D; font-weight: 700; }
.gp-dark .gp-checks span { color: #4FD1A5; }
.gp-working { display: grid; grid-template-columns: repeat(4, 1fr); gap: .6rem; }
.gp-working div { font-size: .85rem; opacity: .9; }
.gp-working b { display: block; font-size: 1.1rem; font-variant-numeric: tabular-nums; }
.gp-bar { height: .85rem; border-radius: .45rem; background: rgba(128,140,150,.2);
  overflow: hidden; }
.gp-bar span { display: block; height: 100%; }
/* The tables' own download knows no label; the download buttons do. */
[data-testid="stElementToolbar"] { display: none !important; }
@media print {
  header, .stAppToolbar, [data-testid="stSidebar"], [data-testid="stHeader"], button,
  .st-key-language, .stDownloadButton, .stButtonGroup, [data-testid="stWidgetLabel"]
  { display: none !important; }
  .stMainBlockContainer { padding: 0 !important; max-width: none; }
  [data-testid="stTable"], [data-testid="stVerticalBlockBorderWrapper"] { break-inside: avoid; }
  @page { size: A4; margin: 14mm; }
}
@media (max-width: 1150px) { .gp-plan { grid-template-columns: repeat(3, 1fr); } }
@media (max-width: 640px) {
  .gp-faults, .gp-faults tbody, .gp-faults tr, .gp-faults td { display: block; }
  .gp-faults thead { display: none; }
  .gp-faults tr { border-bottom: 1px solid rgba(128,140,150,.4); padding: .4rem 0; }
  .gp-faults td { border: none; padding: .1rem 0; min-width: 0 !important; max-width: none; }
  .gp-faults td:nth-child(2), .gp-faults td:nth-child(3), .gp-faults td:nth-child(5),
  .gp-faults td:nth-child(6) { display: none; }
  .gp-faults td:nth-child(7) { opacity: .8; }
  .st-key-import_columns_head { display: none; }
  /* In the page, not over the drawer with the page names. */
  .st-key-language { position: static; }
  .stMainBlockContainer { padding-left: .8rem; padding-right: .8rem; }
  .gp-figures { grid-template-columns: 1fr 1fr; gap: .4rem; }
  .gp-figure { padding: .4rem .55rem; } .gp-figure .n { font-size: 1.3rem; }
  .gp-figure .t { font-size: .8rem; } .gp-figure .d { font-size: .72rem; }
  .gp-plan { grid-template-columns: 1fr 1fr; }
  .st-key-plan_panel { height: auto !important; max-height: 560px; }
  .gp-plan .n { font-size: 1.15rem; white-space: normal; } .gp-plan .n.long { font-size: .95rem; }
  .gp-ways { grid-template-columns: 1fr max-content; gap: .1rem .6rem; }
  .gp-ways .b { grid-column: 1 / -1; grid-row: auto; order: 0; }
  .gp-ways .p { text-align: right; }
  .gp-working { grid-template-columns: 1fr 1fr; }
}
</style>
"""


def show_style() -> None:
    """Put the style sheet into the page; one copy a run."""
    st.html(_STYLE)


def show_uploader_words(key: str, choose: str, limits: str) -> None:
    """Put our words on an upload field, whose own are English only and cannot be set.

    Parameters
    ----------
    key : str
        Of the widget.
    choose, limits : str
        On its button, and beside it.
    """
    field = f".st-key-{key} [data-testid=stFileUploaderDropzone"
    st.html(
        f"<style>{field}] > span button [data-testid=stMarkdownContainer],"
        f"{field}Instructions] span {{ display: none; }}"
        f"{field}] > span button::after {{ content: {_css_string(choose)};"
        " font-size: .875rem; margin-left: .4rem; }"
        f"{field}Instructions]::after {{ content: {_css_string(limits)};"
        " font-size: .875rem; opacity: .7; }</style>"
    )


def _css_string(words: str) -> str:
    """Quote text for a style sheet; a backslash and digits stand for what could end it early."""
    return (
        '"' + "".join(c if c.isalnum() or c in " .,:–" else f"\\{ord(c):x} " for c in words) + '"'
    )


def theme_name() -> str:
    """Return ``light`` or ``dark``, as the user's browser shows the page."""
    return "dark" if st.context.theme.type == "dark" else "light"


def colour_of(gap: Gap) -> str:
    """Return the colour of a gap, the same as on the map."""
    return SYMBOLS[GAP_CLASS[gap]].fill


def text(value: object) -> str:
    """Return text that is safe between HTML tags and in a quoted attribute."""
    return escape(str(value), quote=True)

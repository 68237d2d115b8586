"""Parts of the reference that are read off the product, so that they cannot drift.

A page keeps each part between two comments, ``<!-- generated: name -->`` and
``<!-- end: name -->``; :func:`fill` writes what stands between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pandera.pandas as pa
import typer

from cli.main import build
from docs.generated_intake import field_dictionary, field_headings, field_words, intake_limits
from docs.generated_plan import plan_tables
from docs.markdown_table import table
from geo.reading import read_published_figures
from geo.schema import OBSERVATIONS, SITES, VILLAGES
from i18n import translator
from planning.columns import each_row
from planning.vocabulary import (
    Evidence,
    FixedState,
    GridPower,
    MobileState,
    PositionBasis,
    SiteKind,
    VillageKind,
)

DATA: Final = Path(__file__).resolve().parents[1] / "data"
COMMANDS: Final = (
    "assess", "rank", "targets", "forecast", "report", "plan", "replan", "show", "import",
    "registers",
    "record observe", "record work", "record history", "record undo", "record queue",
    "record sheet", "record apply", "record target", "store verify", "store backup",
    "store restore", "store grant", "store people", "health", "app",
)  # fmt: skip
_WIDTH: Final = 88

SCHEMAS: Final = {"villages": VILLAGES, "observations": OBSERVATIONS, "sites": SITES}

_TYPES: Final = {
    "string[pyarrow]": "text",
    "str": "text",
    "Int64": "integer",
    "float64": "number",
    "boolean": "true / false",
    "datetime64[ns]": "date",
}

_VOCABULARIES: Final = {
    "mobile_state": (MobileState, "state-mobile"),
    "fixed_state": (FixedState, "state-fixed"),
    "grid_power": (GridPower, "grid_power"),
    "kind (villages)": (VillageKind, "kind"),
    "position_basis": (PositionBasis, "position_basis"),
    "evidence": (Evidence, "evidence"),
    "kind (sites)": (SiteKind, "site-kind"),
}
"""Closed vocabularies of the dictionary and how the messages of their values begin."""

_MEANINGS: Final = {
    "villages.mobile_observed_on": ("Day of that mobile state.", "Ngày của trạng thái di động đó."),
    "villages.fixed_observed_on": ("Day of that fixed state.", "Ngày của trạng thái cố định đó."),
    "observations.village_id": ("Village that was observed.", "Thôn được quan sát."),
    "observations.service": ("Service that was observed.", "Dịch vụ được quan sát."),
    "observations.state": (
        "A value of `mobile_state` or `fixed_state`, whichever the service asks for.",
        "Một giá trị của `mobile_state` hoặc `fixed_state`, theo dịch vụ.",
    ),
    "observations.observed_on": (
        "Day from which the state holds, until the next observation.",
        "Ngày trạng thái bắt đầu có hiệu lực, đến quan sát sau.",
    ),
    "observations.evidence": ("Why the state is believed.", "Căn cứ của trạng thái."),
    "observations.source": ("Where it is written.", "Nguồn ghi nhận."),
    "sites.site_id": ("Id of the point, never reused.", "Mã điểm, không dùng lại."),
    "sites.name": ("Name of the point.", "Tên điểm."),
    "sites.kind": ("Fibre point or base station.", "Điểm cáp quang hay trạm BTS."),
    "sites.technology": (
        "What it offers: fibre serves fixed; 3g, 4g and 5g mobile broadband; 2g only a signal.",
        "Công nghệ: fibre cho cố định; 3g, 4g, 5g cho băng rộng di động; 2g chỉ có sóng.",
    ),
    "sites.commune_code": (
        "Commune it was built for (code of its time).",
        "Xã được phục vụ (mã của thời kỳ đó).",
    ),
    "sites.in_service_on": (
        "First day in service; empty: it has been there all along.",
        "Ngày đưa vào khai thác; bỏ trống: đã có từ trước.",
    ),
}
"""English and Vietnamese meanings of columns that no message of the product explains."""

_MARKS: Final = {"S": "sourced", "D": "derived"}


def parts() -> dict[str, dict[str, str]]:
    """Return the generated parts: page below ``docs/``, name of the part, its Markdown."""
    return {
        "reference/cli.md": {f"help {name}".strip(): help_text(name) for name in ("", *COMMANDS)},
        "reference/data-dictionary.md": {
            **{name: dictionary(name, schema) for name, schema in SCHEMAS.items()},
            "values": vocabularies(),
        },
        "reference/facts.md": {"published figures": published_figures()},
        "reference/input-files.md": {
            "fields": field_dictionary(),
            "headings": field_headings(),
            "words": field_words(),
            "limits": intake_limits(),
        },
        "reference/plan-files.md": plan_tables(),
    }


def fill(page: str, wanted: Mapping[str, str]) -> str:
    """Return a page with its generated parts written anew.

    Parameters
    ----------
    page : str
        Markdown with a pair of comments for each part.
    wanted : mapping of str to str
        Name of a part and its Markdown.

    Raises
    ------
    ValueError
        If the page lacks the comments of a part, or has them twice.
    """
    for name, text in wanted.items():
        start, end = f"<!-- generated: {name} -->", f"<!-- end: {name} -->"
        if page.count(start) != 1 or page.count(end) != 1:
            raise ValueError(f"the page needs {start} and {end} once each")
        before, rest = page.split(start)
        page = f"{before}{start}\n\n{text}\n\n{end}{rest.split(end)[1]}"
    return page


def command_leaves(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every command below a group with its words, those of groups included."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from command_leaves(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def help_text(command: str) -> str:
    """Return what ``--help`` prints for a command, or for the whole program, in English."""
    program = typer.main.get_command(build(translator("en")))
    context = program.make_context(
        "gap-planner", [], resilient_parsing=True, terminal_width=_WIDTH, max_content_width=_WIDTH
    )
    said = program.get_help(context)
    if command:
        chosen: Any = program
        for name in command.split():
            chosen = chosen.commands[name]
            context = chosen.make_context(name, [], parent=context, resilient_parsing=True)
        said = chosen.get_help(context)
    return f"```text\n{said.strip()}\n```"


def dictionary(name: str, schema: pa.DataFrameSchema) -> str:
    """Return the dictionary of a frame as a Markdown table, one row a column of its schema."""
    rows = [
        (
            f"`{column}`",
            _TYPES[str(rule.dtype)],
            _allowed(rule),
            "" if rule.nullable else "yes",
            *_meaning(name, column),
        )
        for column, rule in schema.columns.items()
    ]
    return table(("column", "type", "values", "needed", "meaning", "nghĩa"), rows)


def vocabularies() -> str:
    """Return every value of the closed vocabularies in both languages."""
    vietnamese, english = translator("vi"), translator("en")
    rows = [
        (f"`{column}`", f"`{value}`", vietnamese(f"{prefix}-{value}"), english(f"{prefix}-{value}"))
        for column, (values, prefix) in _VOCABULARIES.items()
        for value in values
    ]
    return table(("column", "value", "tiếng Việt", "English"), rows)


def published_figures() -> str:
    """Return the quoted figures, each with its definition, day, mark and source."""
    figures = read_published_figures(DATA / "published_figures.csv")
    english = translator("en")
    rows = []
    for figure in each_row(figures.sort_values("as_of", kind="stable")):
        value = english.number(figure.value, 0 if figure.value == round(figure.value) else 1)
        if pd.notna(figure.denominator):
            value += f" of {english.number(figure.denominator)}"
        day = f"{figure.as_of:%Y-%m-%d}"
        if figure.as_of_precision != "day":
            day += f" ({figure.as_of_precision})"
        has_address = isinstance(figure.source_url, str)
        source = f"[{figure.source}]({figure.source_url})" if has_address else figure.source
        rows.append(
            (f"{value} {figure.unit}", figure.definition_en, day, _MARKS[figure.mark], source)
        )
    return table(("figure", "what it counts", "as of", "mark", "source"), rows)


def _allowed(rule: pa.Column) -> str:
    for check in rule.checks:
        given: dict[str, Any] = check.statistics or {}
        if check.name == "isin":
            return ", ".join(f"`{value}`" for value in given["allowed_values"])
        if check.name == "in_range":
            return f"{given['min_value']:g} to {given['max_value']:g}"
        if check.name == "greater_than_or_equal_to":
            return f"{given['min_value']} or more"
    return "unique" if rule.unique else ""


def _meaning(frame: str, column: str) -> tuple[str, str]:
    if f"{frame}.{column}" in _MEANINGS:
        return _MEANINGS[f"{frame}.{column}"]
    return translator("en")(f"about-{column}"), translator("vi")(f"about-{column}")

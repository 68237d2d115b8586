"""The lists of a report: priorities, areas, villages without power, targets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from geo.display import display_text
from geo.export.content import Cell
from geo.export.table import ColumnKind
from geo.report.content import ReportColumn, ReportTable
from i18n import Translator
from planning.columns import each_row
from planning.vocabulary import Target
from services.report_values import Report
from services.report_words import say_band, say_name, target_name

TOP: Final = 10
"""Villages of the priority list on the first page."""
_MOST_ROWS: Final = 400
"""Rows of an annex in print, some ten pages; the workbook has all."""
_MOST_TARGETS: Final = 3
"""Targets with columns of their own in the annex."""
_DECIMALS: Final = {ColumnKind.KM: 1, ColumnKind.SCORE: 3}

_Column = tuple[ReportColumn, Callable[[Any], Cell]]


def priority_table(report: Report, words: Translator, top: int | None = TOP) -> ReportTable:
    """Return the first villages of the ranking, all of them without ``top``."""
    text, whole, km = ColumnKind.TEXT, ColumnKind.INTEGER, ColumnKind.KM
    table = report.priorities.head(top) if top else report.priorities
    columns: list[_Column] = [
        (_named("rank", whole, 0.58, words), lambda row: int(row.rank)),
        (_named("village", text, 2.1, words), lambda row: _text(row.name)),
        (_named("commune", text, 1.65, words), lambda row: _text(row.commune)),
        (_named("district", text, 1.9, words), lambda row: _text(row.district)),
        (_named("people", whole, 0.7, words), lambda row: _count(row.people)),
        (_named("km", km, 1.0, words), lambda row: _number(row.distance_km)),
        (_named("lane", text, 2.1, words), lambda row: words(f"lane-{row.lane}")),
    ]
    if top is None:
        columns += [
            (_named("score", ColumnKind.SCORE, 1.0, words), lambda row: _number(row.total)),
            (_named("id", text, 1.0, words), lambda row: _text(row.village_id)),
        ]
    return _table(
        table, columns, words, title=_priority_title(report, len(table), words, whole=top is None),
        sheet=words("report-sheet-priorities"),
    )  # fmt: skip


def area_table(report: Report, area: str, words: Translator) -> ReportTable:
    """Return the results by ``district``, ``unit`` or ``commune``, whole."""
    frame = {
        "district": report.by_district,
        "unit": report.by_unit,
        "commune": report.by_commune,
    }[area]
    note = "report-annex-note"
    if area == "commune":
        figures = [c for c in frame.columns if c not in {"code", "name", "villages"}]
        frame = frame.iloc[np.flatnonzero(frame[figures].sum(axis=1))]
        note = "report-annex-note-gaps"
    columns: list[_Column] = [
        (
            ReportColumn(words(f"report-column-area-{area}"), ColumnKind.TEXT, 2.6),
            lambda row: words("unknown") if pd.isna(row.name) else _text(row.name),
        )
    ]
    for key in _area_keys(report.targets[:_MOST_TARGETS]):
        label = _area_label(key, report, words)
        columns.append(
            (
                ReportColumn(label, ColumnKind.INTEGER),
                _taker([str(name) for name in frame.columns], key),
            )
        )
    return _table(
        frame, columns, words, title=words(f"report-annex-{area}"),
        sheet=words(f"report-sheet-{area}"), note=words(note, date=report.as_of), is_summed=True,
    )  # fmt: skip


def power_table(report: Report, words: Translator) -> ReportTable:
    """Return the villages with a gap that the grid does not reach."""
    text, choice = ColumnKind.TEXT, ColumnKind.CHOICE
    said = {True: words("yes"), False: ""}
    columns: list[_Column] = [
        (_named("village", text, 2.2, words), lambda row: _text(row.name)),
        (_named("commune", text, 1.5, words), lambda row: _text(row.commune)),
        (_named("district", text, 1.5, words), lambda row: _text(row.district)),
        (_named("people", ColumnKind.INTEGER, 0.7, words), lambda row: _count(row.people)),
        (_named("grid", choice, 1.5, words), lambda row: words(f"grid_power-{row.grid_power}")),
        (_named("mobile", choice, 1.0, words), lambda row: said[bool(row.mobile)]),
        (_named("fibre", choice, 1.0, words), lambda row: said[bool(row.fibre)]),
    ]
    return _table(
        report.without_power, columns, words, title=words("report-annex-power"),
        sheet=words("report-sheet-power"), note=words("report-annex-note", date=report.as_of),
    )  # fmt: skip


def target_table(report: Report, words: Translator) -> ReportTable:
    """Return every target with its figures, for the workbook."""
    whole, share, day = ColumnKind.INTEGER, ColumnKind.SHARE, ColumnKind.DATE
    kinds = {
        "target": ColumnKind.TEXT, "achieved-all": whole, "required": whole, "share": share,
        "planned": whole, "band": ColumnKind.TEXT, "lacking": whole, "without-power": whole,
        "deadline": day, "expected": whole, "probability": share, "result": whole,
        "source": ColumnKind.TEXT,
    }  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for line in report.targets:
        progress, forecast = line.progress, line.forecast
        rows.append(
            (
                target_name(progress.target, words), progress.achieved, progress.target.required,
                progress.share, line.planned, say_band(line, words), line.lacking,
                line.without_power, progress.target.deadline,
                forecast.expected if forecast else None,
                forecast.probability if forecast else None, progress.target.result,
                display_text(progress.target.source, 500),
            )
        )  # fmt: skip
    columns = tuple(
        ReportColumn(words(f"report-column-{name}"), kind) for name, kind in kinds.items()
    )
    return ReportTable(
        title=words("report-sheet-targets"),
        note="",
        sheet=words("report-sheet-targets"),
        columns=columns,
        cells=tuple(rows),
        said=tuple(
            tuple(
                _said(cell, column.kind, words) for cell, column in zip(row, columns, strict=True)
            )
            for row in rows
        ),
    )


def cut_for_print(table: ReportTable, words: Translator) -> ReportTable:
    """Return a table with no more rows than print has patience for, saying so."""
    if len(table.said) <= _MOST_ROWS:
        return table
    note = words("report-annex-note-cut", note=table.note, shown=_MOST_ROWS, all=len(table.said))
    return ReportTable(
        table.title, note, table.sheet, table.columns, table.cells[:_MOST_ROWS],
        table.said[:_MOST_ROWS], table.total,
    )  # fmt: skip


def _priority_title(report: Report, shown: int, words: Translator, *, whole: bool) -> str:
    if not shown:
        return words("report-priorities-none")
    return words(
        "report-priorities-all" if whole else "report-priorities",
        count=shown,
        gap=words(f"gap-short-{report.priority_gap}"),
        all=len(report.priorities),
        weights=words(f"preset-{report.weights}"),
    )


def _area_keys(lines: Sequence[Any]) -> list[str]:
    keys = ["villages", "no_signal", "mobile", "fibre", "without_power"]
    for line in lines:
        target: Target = line.progress.target
        keys += [f"{target.target_id}:cohort", f"{target.target_id}:achieved"]
    return keys


def _area_label(key: str, report: Report, words: Translator) -> str:
    target_id, colon, figure = key.rpartition(":")
    if not colon:
        labels = {"mobile": "no_mobile", "fibre": "no_fibre", "without_power": "without-power"}
        return words(f"report-column-{labels.get(key, key)}")
    targets = (line.progress.target for line in report.targets)
    target = next(one for one in targets if one.target_id == target_id)
    return words(f"report-column-{figure}", target=target_name(target, words))


def _taker(names: list[str], key: str) -> Callable[[Any], Cell]:
    # A target's id may be no name in Python: rows are read by position, after that of the index.
    position = 1 + names.index(key)
    return lambda row: int(row[position])


def _table(
    frame: pd.DataFrame,
    columns: Sequence[_Column],
    words: Translator,
    *,
    title: str,
    sheet: str,
    note: str = "",
    is_summed: bool = False,
) -> ReportTable:
    taken = [(head, [take(row) for row in each_row(frame)]) for head, take in columns]
    # A register without districts needs no column for them.
    kept = [
        (head, values)
        for head, values in taken
        if head.kind is not ColumnKind.TEXT or not values or any(values)
    ]
    heads = tuple(head for head, _ in kept)
    cells = tuple(zip(*(values for _, values in kept), strict=True))
    said = tuple(
        tuple(_said(cell, head.kind, words) for cell, head in zip(row, heads, strict=True))
        for row in cells
    )
    return ReportTable(
        title, note, sheet, heads, cells, said, _total(cells, words) if is_summed and cells else ()
    )


def _total(cells: Iterable[tuple[Cell, ...]], words: Translator) -> tuple[str, ...]:
    _, *figures = zip(*cells, strict=True)
    sums = [sum(value for value in column if isinstance(value, int)) for column in figures]
    return (words("report-total"), *(words.number(one) for one in sums))


def _named(key: str, kind: ColumnKind, width: float, words: Translator) -> ReportColumn:
    return ReportColumn(words(f"report-column-{key}"), kind, width)


def _text(value: object) -> str | None:
    return say_name(value) or None


def _count(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)


def _number(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _said(value: Cell, kind: ColumnKind, words: Translator) -> str:
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return words.date(value)
    if kind is ColumnKind.SHARE:
        return words.percent(float(value))
    return words.number(float(value), _DECIMALS.get(kind, 0))

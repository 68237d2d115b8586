"""The update sheet: written for an office to fill in, read back with every fault at once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from geo.export.update_sheet import SheetColumn, update_sheet
from geo.intake.sandbox import read_foreign
from geo.intake.table import RawColumn, RawTable, ReadOptions
from i18n import LANGUAGES, Translator, translator
from planning.errors import DataError, Fault
from planning.folding import fold
from planning.vocabulary import GAP_SERVICE, Evidence, Gap, Service, WorkStatus
from services.province import Province
from services.recording import Updates
from services.work_queue import Queue
from store.observations import STATES, Observed
from store.registers import plain
from store.works import WorkReport

_KNOWN: Final = ("village_id", "village", "commune", "district", "state", "observed_on", "status",
                 "since")  # fmt: skip
_FILLED: Final = ("new_state", "new_observed_on", "new_evidence", "new_status", "new_since", "note")
_SEEN: Final = "seen"
_DAYS: Final = frozenset({"observed_on", "since", "new_observed_on", "new_since"})
_HEADER_ROW: Final = 2
_DAY: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def write_update_sheet(
    queue: Queue, gap: Gap, province: Province, words: Translator, *, register: str, as_of: date
) -> bytes:
    """Return the queue as a workbook to be filled in.

    Parameters
    ----------
    queue : Queue
    gap : Gap
    province : Province
    words : Translator
        Language of headings and choices; a sheet of either language is read back.
    register : str
        Key of the register in the record.
    as_of : date
    """
    service = GAP_SERVICE[gap]
    table = queue.table
    said = {
        "state": [words(f"state-{service}-{one}") for one in table["state"]],
        "status": [words(f"work-{one}") for one in table["status"]],
    }
    columns = [
        SheetColumn(
            words(f"sheet-{name}"),
            said.get(name) or [_cell(value) for value in table[name]],
            is_day=name in _DAYS,
        )
        for name in _KNOWN
    ]
    choices = _choices(service, words)
    nothing: list[None] = [None] * len(table)
    columns += [
        SheetColumn(
            words(f"sheet-{name}"),
            nothing,
            to_fill=True,
            choices=list(choices.get(name, {})),
            is_day=name in _DAYS,
        )
        for name in _FILLED
    ]
    tokens = [
        f"{register}|{service}|{state}|{work}"
        for state, work in zip(table["version_state"], table["version_work"], strict=True)
    ]
    columns.append(SheetColumn(words(f"sheet-{_SEEN}"), tokens, hidden=True))
    label = f"{words('illustrative')} · " if province.illustrative else ""
    return update_sheet(
        columns,
        title=label
        + words("sheet-title", province=province.name, gap=words(f"gap-{gap}"), date=as_of),
        sheet=words("sheet-name"),
        lists=words("sheet-lists"),
        choose=words("sheet-choose"),
        day=words("sheet-day"),
    )


def _cell(value: Any) -> Any:
    told = plain(value)
    return told.date() if isinstance(told, datetime) else told


def _choices(service: Service, words: Translator) -> dict[str, dict[str, str]]:
    """Return what each column to be chosen in may say, and what it then means."""
    return {
        "new_state": {words(f"state-{service}-{one}"): str(one) for one in STATES[service]},
        "new_evidence": {
            words(f"evidence-{one}"): str(one) for one in Evidence if one != Evidence.REGISTER
        },
        "new_status": {words(f"work-{one}"): str(one) for one in WorkStatus},
    }


def read_update_sheet(path: Path, file: str, register: str, today: date) -> Updates:
    """Read a sheet that was filled in, in a child process like every foreign file.

    Parameters
    ----------
    path : Path
    file : str
        What people call it.
    register : str
        Key of the register in use.
    today : date

    Raises
    ------
    DataError
        If it is no such sheet, belongs to another register, says nothing new, or any cell makes
        no sense (every fault is listed; nothing is half taken).
    """
    raw = read_foreign(path, ReadOptions(header_row=_HEADER_ROW), name=file)
    columns = _columns_of(raw, file)
    rows = [_Row(columns, at, number) for at, number in enumerate(_numbers(raw))]
    faults: list[Fault] = []
    observed: list[Observed] = []
    reports: list[WorkReport] = []
    for row in rows:
        if any(row.text(name) for name in _FILLED):
            _take(row, register, file, today, (observed, reports, faults))
    if faults:
        raise DataError("error-schema", faults, file=file, count=len(faults))
    if not observed and not reports:
        raise DataError("error-sheet-empty", file=file)
    return Updates(tuple(observed), tuple(reports))


def _numbers(raw: RawTable) -> Sequence[int]:
    return [int(number) for number in raw.rows]


def _columns_of(raw: RawTable, file: str) -> dict[str, RawColumn]:
    names = {
        fold(translator(language)(f"sheet-{name}")): name
        for language in LANGUAGES
        for name in (*_KNOWN, *_FILLED, _SEEN)
    }
    found = {
        names[fold(column.name)]: column for column in raw.columns if fold(column.name) in names
    }
    missing = [name for name in ("village_id", *_FILLED, _SEEN) if name not in found]
    if missing:
        words = translator(LANGUAGES[0])
        raise DataError(
            "error-sheet-columns",
            file=file,
            columns=", ".join(words(f"sheet-{name}") for name in missing),
        )
    return found


@dataclass(frozen=True, slots=True)
class _Row:
    columns: Mapping[str, RawColumn]
    at: int
    number: int

    def text(self, name: str) -> str:
        """Return a cell as text; empty for nothing."""
        column = self.columns[name]
        if column.days is not None and not np.isnat(column.days[self.at]):
            return str(column.days[self.at].astype("datetime64[D]"))
        if column.numbers is not None and not np.isnan(column.numbers[self.at]):
            return f"{column.numbers[self.at]:g}"
        value = column.texts.iloc[self.at]
        return "" if pd.isna(value) else str(value).strip()


def _take(
    row: _Row,
    register: str,
    file: str,
    today: date,
    into: tuple[list[Observed], list[WorkReport], list[Fault]],
) -> None:
    observed, reports, faults = into
    token = row.text(_SEEN).split("|")
    if len(token) != 4 or not (token[2].isdecimal() and token[3].isdecimal()):
        faults.append(_fault(row, _SEEN, "expected-seen"))
        return
    if token[0] != register:
        raise DataError("error-sheet-register", file=file, got=token[0], expected=register)
    service = Service(token[1]) if token[1] in set(Service) else None
    if service is None:
        faults.append(_fault(row, _SEEN, "expected-seen"))
        return
    before = len(faults)
    village_id, note = row.text("village_id"), row.text("note") or None
    state = _chosen(row, "new_state", service, faults)
    status = _chosen(row, "new_status", service, faults)
    evidence = _chosen(row, "new_evidence", service, faults)
    seen_on = _day_of(row, "new_observed_on", today, faults)
    since = _day_of(row, "new_since", today, faults)
    if len(faults) > before:
        return
    if state and not seen_on:
        faults.append(_fault(row, "new_observed_on", "expected-date"))
    elif state and not evidence:
        faults.append(_fault(row, "new_evidence", "expected-evidence"))
    elif state and seen_on and evidence:
        observed.append(
            Observed(
                village_id, service, state, seen_on, Evidence(evidence),
                source=file, note=note, seen=int(token[2]),
            )
        )  # fmt: skip
    if status and not since:
        faults.append(_fault(row, "new_since", "expected-date"))
    elif status and since:
        reports.append(
            WorkReport(
                village_id, service, WorkStatus(status), since,
                source=file, note=note, seen=int(token[3]),
            )
        )  # fmt: skip
    if not state and not status:
        faults.append(_fault(row, "new_state", "expected-state-or-status"))


def _fault(row: _Row, name: str, expected: str, **values: Any) -> Fault:
    heading = row.columns[name].name
    return Fault(
        "fault-sheet-value",
        row=row.number,
        column=heading,
        got=row.text(name),
        expected=expected,
        values=values,
    )


def _chosen(row: _Row, name: str, service: Service, faults: list[Fault]) -> str:
    said = row.text(name)
    if not said:
        return ""
    meanings: dict[str, str] = {}
    for language in LANGUAGES:
        choices = _choices(service, translator(language))[name]
        meanings |= {fold(word): value for word, value in choices.items()}
        meanings |= {fold(value): value for value in choices.values()}
    if fold(said) not in meanings:
        own = _choices(service, translator(LANGUAGES[0]))[name]
        faults.append(_fault(row, name, "expected-one-of", choices=", ".join(own)))
        return ""
    return meanings[fold(said)]


def _day_of(row: _Row, name: str, today: date, faults: list[Fault]) -> date | None:
    said = row.text(name)
    if not said:
        return None
    try:
        match = _DAY.fullmatch(said)
        day = (
            date(int(match[3]), int(match[2]), int(match[1])) if match else date.fromisoformat(said)
        )
    except ValueError:
        faults.append(_fault(row, name, "expected-date"))
        return None
    if day > today:
        faults.append(_fault(row, name, "expected-past-day"))
        return None
    return day

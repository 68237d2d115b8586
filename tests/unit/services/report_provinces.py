"""The shipped province, bent to what a report must withstand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, Final

import numpy as np
import pandas as pd

from planning.vocabulary import Area, AreaKind, Milestone, Service, WorkStatus
from services.province import Province, shipped_province

MARCH: Final = date(2024, 3, 14)
JUNE: Final = date(2024, 6, 30)
YEAR_END: Final = date(2024, 12, 31)
HEAD: Final = "ab" * 32
LONG: Final = "Nậm Khao Tả Phời Lùng Phình Sín Chéng Sàng Ma Sáo Trung Lèng Hồ số mười bảy"
HOSTILE: Final = (
    '#panic("typst") *b* $x$ `r`',
    '=HYPERLINK("http://evil.example")',
    "</w:t><w:p>\x00\x0b\u202egnp",
    "<script>alert(1)</script>&\"'",
    '#image("/etc/passwd")',
    "{{x}} \\ [ ] @ref <label> #sys.inputs",
    "<r>rich</r>",
    "+1-2|cmd",
    "]]> & </svg><text>out</text>",
)
PLACES: Final = ("name", "commune", "district", "unit")


@cache
def shipped() -> Province:
    return shipped_province()


def renamed(names: Any) -> Province:
    """Return the province with all its places called by the given names."""
    return replace(
        shipped(), villages=shipped().villages.assign(**dict.fromkeys(PLACES, names)), name=names[0]
    )


def long_names() -> Province:
    return replace(
        shipped(), villages=shipped().villages.assign(**dict.fromkeys(PLACES, LONG)), name=LONG
    )


def hostile_names() -> Province:
    count = len(shipped().villages)
    sources = tuple(replace(t, source=HOSTILE[1]) for t in shipped().targets)
    names = [HOSTILE[n % len(HOSTILE)] for n in range(count)]
    return replace(renamed(names), targets=sources)


def without_targets() -> Province:
    return replace(shipped(), targets=(), illustrative=False)


def everything_missing() -> Province:
    history = shipped().observations
    states = np.where(history["service"] == Service.MOBILE, "no_signal", "none")
    return replace(shipped(), observations=history.assign(state=states))


def without_districts() -> Province:
    nothing = dict.fromkeys(("district", "district_code", "unit", "unit_code"), pd.NA)
    villages = shipped().villages.assign(**nothing)
    return replace(shipped(), villages=villages, name="Tỉnh Khác", illustrative=False)


def more_targets() -> Province:
    """Return the province with milestones and a third target in one district, and a record."""
    signal, fibre = shipped().targets
    half = replace(fibre, milestones=(Milestone(date(2024, 9, 30), 14),))
    district = replace(
        fibre,
        target_id="fibre 2024: Bát Xát",
        area=Area(AreaKind.DISTRICT, "082", "Huyện Bát Xát"),
        required=10,
    )
    return replace(shipped(), targets=(signal, half, district), record_head=HEAD)


def with_works(statuses: dict[str, WorkStatus]) -> Province:
    """Return the province with work on fibre reported on 1 June 2024, by village."""
    rows = {
        "village_id": list(statuses),
        "service": str(Service.FIXED),
        "status": [str(status) for status in statuses.values()],
        "since": pd.Timestamp("2024-06-01"),
    }
    return replace(shipped(), works=pd.DataFrame(rows))


CASES: Final[dict[str, Callable[[], Province]]] = {
    "as shipped": shipped,
    "long names": long_names,
    "hostile names": hostile_names,
    "no targets": without_targets,
    "every village lacking": everything_missing,
    "no districts": without_districts,
    "more targets": more_targets,
}

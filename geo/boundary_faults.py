"""What is wrong with a file of areas, as faults with a row, a value and a remedy.

An error leaves an area out, or leaves open which area it is; everything else is a warning: the
polygons of real registers overlap, leave land out and differ from their own stated areas, and
are still the best there is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.boundary_columns import AreaColumns
from geo.boundary_overlaps import Patch, Slivers
from geo.intake.table import Geometries
from planning.columns import FloatArray, IntArray
from planning.errors import Fault, Severity
from planning.folding import fold

AREA_TYPES: Final = (
    shapely.GeometryType.POLYGON,
    shapely.GeometryType.MULTIPOLYGON,
    shapely.GeometryType.GEOMETRYCOLLECTION,
)
"""Kinds of geometry that may have an area."""
MOST_GAPS: Final = 20
"""Gaps named one by one; a file drawn apart from its neighbour has hundreds."""

_AREA_SHARE: Final = 0.01
_AREA_KM2: Final = 0.1
_UNITS_PER_KM2: Final = (1.0, 100.0, 1e6)
"""Square kilometres, hectares, square metres."""
_PLACE: Final = re.compile(r"\[(\S+) (\S+)\]")


@dataclass(frozen=True, slots=True, eq=False)
class Naming:
    """How the areas are called, for the sentences about them.

    Attributes
    ----------
    rows : ndarray of int, shape (n,)
    codes, names : Series of str, length n
    columns : AreaColumns
    """

    rows: IntArray
    codes: pd.Series
    names: pd.Series
    columns: AreaColumns

    def label(self, area: int | np.integer[Any]) -> str:
        """Return the name of an area, else its code, else its row."""
        for column in (self.names, self.codes):
            if pd.notna(column.iloc[area]):
                return str(column.iloc[area])
        return str(self.rows[area])


def shape_faults(rows: IntArray, shapes: Geometries, kept: IntArray) -> Iterator[Fault]:
    """Tell which rows of a file were left out, having no area or no place on earth."""
    kinds = shapely.get_type_id(shapes)
    for at in np.setdiff1d(np.arange(len(shapes)), kept):
        if kinds[at] not in AREA_TYPES and kinds[at] >= 0:
            yield Fault(
                "fault-boundary-kind",
                row=int(rows[at]),
                got=str(shapes[at].geom_type),
                expected="expected-boundary-polygon",
                remedy="remedy-boundary-kind",
            )
        else:
            yield Fault(
                "fault-boundary-empty",
                row=int(rows[at]),
                expected="expected-boundary-polygon",
                remedy="remedy-boundary-empty",
            )


def outline_faults(
    named: Naming, as_drawn: Geometries, valid: NDArray[np.bool_]
) -> Iterator[Fault]:
    """Tell which outlines cross or touch themselves and were repaired."""
    for area in np.flatnonzero(~valid):
        place = _PLACE.search(shapely.is_valid_reason(as_drawn[area]))
        lon, lat = place.groups() if place else ("", "")
        yield Fault(
            "fault-boundary-invalid",
            row=int(named.rows[area]),
            values={"area": named.label(area), "lon": lon, "lat": lat},
            severity=Severity.WARNING,
            remedy="remedy-boundary-invalid",
        )


def name_faults(named: Naming, codes_as_written: pd.Series) -> Iterator[Fault]:
    """Tell which areas cannot be told from each other, and which codes got their zeros back."""
    nameless = (named.codes.isna() & named.names.isna()).to_numpy()
    for area in np.flatnonzero(nameless):
        yield Fault(
            "fault-boundary-nameless",
            row=int(named.rows[area]),
            remedy="remedy-boundary-nameless",
        )
    if named.columns.code is not None:
        for area in np.flatnonzero(named.codes.isna().to_numpy() & ~nameless):
            yield Fault(
                "fault-boundary-no-code",
                row=int(named.rows[area]),
                column=named.columns.code,
                values={"area": named.label(area)},
                severity=Severity.WARNING,
                remedy="remedy-boundary-no-code",
            )
    yield from _repeated(named, named.codes, named.columns.code, Severity.ERROR)
    folded = named.names.map(fold, na_action="ignore")
    yield from _repeated(named, folded, named.columns.name, Severity.WARNING)
    padded = int((codes_as_written.notna() & (codes_as_written != named.codes)).sum())
    if padded:
        yield Fault(
            "fault-boundary-zeros",
            column=named.columns.code,
            values={"count": padded},
            severity=Severity.WARNING,
            remedy="remedy-boundary-zeros",
        )


def area_faults(named: Naming, area_km2: FloatArray, stated: FloatArray) -> Iterator[Fault]:
    """Tell which areas differ from what the file states, by > 1 % and > 0.1 km²; worst first.

    A column of hectares or square metres is recognised by its size.
    """
    known = np.flatnonzero(np.isfinite(stated) & (stated > 0) & (area_km2 > 0))
    if not len(known):
        return
    ratio = float(np.median(stated[known] / area_km2[known]))
    unit = min(_UNITS_PER_KM2, key=lambda per_km2: abs(np.log(ratio / per_km2)))
    difference = area_km2 - stated / unit
    wrong = known[
        (np.abs(difference[known]) > _AREA_KM2)
        & (np.abs(difference[known]) > _AREA_SHARE * stated[known] / unit)
    ]
    for area in wrong[np.argsort(-np.abs(difference[wrong]), kind="stable")]:
        yield Fault(
            "fault-boundary-area",
            row=int(named.rows[area]),
            column=named.columns.area,
            got=f"{stated[area] / unit:.10g}",
            values={
                "area": named.label(area),
                "computed": round(float(area_km2[area]), 3),
                "difference": round(float(difference[area]), 3),
            },
            severity=Severity.WARNING,
            remedy="remedy-boundary-area",
        )


def overlap_faults(named: Naming, patches: Sequence[Patch], slivers: Slivers) -> Iterator[Fault]:
    """Tell which ground several areas claim at once, each patch once."""
    for patch in patches:
        yield Fault(
            "fault-boundary-overlap",
            row=int(named.rows[patch.areas[0]]),
            values={
                "areas": ", ".join(named.label(area) for area in patch.areas),
                "count": len(patch.areas),
                **_where(patch),
            },
            severity=Severity.WARNING,
            remedy="remedy-boundary-overlap",
        )
    yield from _sliver_fault("fault-boundary-overlap-slivers", slivers)


def gap_faults(patches: Sequence[Patch], slivers: Slivers) -> Iterator[Fault]:
    """Tell which land lies in no area: all of it together, then the largest pieces."""
    if patches:
        yield Fault(
            "fault-boundary-gaps",
            values={
                "count": len(patches),
                **_size(sum(patch.area_km2 for patch in patches)),
            },
            severity=Severity.WARNING,
            remedy="remedy-boundary-gap",
        )
    for patch in patches[:MOST_GAPS]:
        yield Fault(
            "fault-boundary-gap",
            values=_where(patch),
            severity=Severity.WARNING,
            remedy="remedy-boundary-gap",
        )
    yield from _sliver_fault("fault-boundary-gap-slivers", slivers)


def _repeated(
    named: Naming, column: pd.Series, heading: str | None, severity: Severity
) -> Iterator[Fault]:
    values = column.reset_index(drop=True)
    again = np.flatnonzero((values.duplicated() & values.notna()).to_numpy())
    first = pd.Series(values.index, index=values).groupby(level=0).first()
    is_code = severity is Severity.ERROR
    for area in again:
        yield Fault(
            "fault-boundary-code-twice" if is_code else "fault-boundary-name-twice",
            row=int(named.rows[area]),
            column=heading,
            got=str((named.codes if is_code else named.names).iloc[area]),
            values={"first": int(named.rows[first[values[area]]])},
            severity=severity,
            remedy="remedy-boundary-twice" if is_code else "remedy-boundary-name-twice",
        )


def _where(patch: Patch) -> dict[str, float | str]:
    return {
        **_size(patch.area_km2),
        "lon": f"{patch.lon:.5f}",
        "lat": f"{patch.lat:.5f}",
    }


def _size(area_km2: float) -> dict[str, float]:
    """Return an area for the report (km²) and for the sentence (hectares)."""
    return {"km2": round(area_km2, 3), "ha": round(100 * area_km2, 1)}


def _sliver_fault(key: str, slivers: Slivers) -> Iterator[Fault]:
    if slivers.count:
        yield Fault(
            key,
            values={"count": slivers.count, "m2": round(slivers.area_km2 * 1e6)},
            severity=Severity.WARNING,
            remedy="remedy-boundary-slivers",
        )

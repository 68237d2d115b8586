"""A table on its way from the child to the parent: Arrow for the columns, JSON for the facts.

Nothing that could run is sent. The parent trusts none of it: types, lengths and contents are
checked on arrival.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from geo.intake.columns import arrow_texts, text_series
from geo.intake.table import Geometries, LayerInfo, RawColumn, RawTable
from planning.errors import DataError, Fault, Severity

_COLUMNS: Final = "table.arrow"
_FACTS: Final = "facts.json"
_REFUSAL: Final = "refusal.json"
_ROWS: Final = "rows"
_GEOMETRY: Final = "geometry"
_KINDS: Final[Mapping[str, pa.DataType]] = {
    "text": pa.large_string(),
    "number": pa.float64(),
    "day": pa.timestamp("s"),
}
_MAX_FACTS_BYTES: Final = 64 * 2**20


_MALFORMED: Final = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    pa.ArrowException,
)
"""What taking apart values of the wrong kind, size or depth ends in."""

_Received = TypeVar("_Received")


class PacketError(ValueError):
    """What arrived from the child is neither a table nor a refusal."""


def send_table(table: RawTable, room: Path) -> None:
    """Write a table into the private directory.

    Parameters
    ----------
    table : RawTable
    room : Path
        The private directory.
    """
    arrays: dict[str, pa.Array] = {_ROWS: pa.array(np.asarray(table.rows, dtype=np.int64))}
    for number, column in enumerate(table.columns):
        arrays[f"text{number}"] = arrow_texts(column)
        if column.numbers is not None:
            # Not a null but NaN: a cell without a number says the same, without a second mask.
            arrays[f"number{number}"] = pa.array(column.numbers, from_pandas=False)
        if column.days is not None:
            arrays[f"day{number}"] = pa.array(column.days.astype("datetime64[s]"))
    if table.geometry is not None:
        arrays[_GEOMETRY] = _as_wkb(table.geometry)
    batch = pa.record_batch(list(arrays.values()), names=list(arrays))
    with pa.OSFile(str(room / _COLUMNS), "wb") as file, pa.ipc.new_file(file, batch.schema) as out:
        out.write_batch(batch)
    _write_json(room / _FACTS, _facts(table))


def send_refusal(error: DataError, room: Path) -> None:
    """Write an error into the private directory."""
    _write_json(
        room / _REFUSAL,
        {"key": error.key, "values": error.values, "faults": list(map(asdict, error.faults))},
    )


def receive_refusal(room: Path, name: str) -> DataError | None:
    """Return the error the child left, about the file as the person named it, if there is one.

    Raises
    ------
    PacketError
        If it is not what :func:`send_refusal` writes.
    """
    path = room / _REFUSAL
    return _received(lambda: _refusal(path, name)) if path.exists() else None


def receive_table(room: Path) -> RawTable:
    """Read and check the table the child left.

    Raises
    ------
    PacketError
        If there is none, or it is not what :func:`send_table` writes.
    """
    return _received(lambda: _table(room))


def _received(read: Callable[[], _Received]) -> _Received:
    """Read something of the child's; whatever it is instead of a packet ends in one error."""
    try:
        return read()
    except _MALFORMED as error:
        raise PacketError from error


def _refusal(path: Path, name: str) -> DataError:
    sent = _read_json(path)
    faults = tuple(map(_fault, sent["faults"]))
    return DataError(str(sent["key"]), faults, **{**sent["values"], "file": name})


def _table(room: Path) -> RawTable:
    facts = _read_json(room / _FACTS)
    with pa.OSFile(str(room / _COLUMNS), "rb") as file:
        batch = pa.ipc.open_file(pa.py_buffer(file.read())).get_batch(0)
    batch.validate(full=True)
    return RawTable(
        columns=tuple(_column(batch, at, str(name)) for at, name in enumerate(facts["names"])),
        rows=_numpy(batch, _ROWS, pa.int64()),
        geometry=_geometry(batch),
        crs_wkt=_known(facts["crs_wkt"]),
        format=str(facts["format"]),
        layer=_known(facts["layer"]),
        layers=tuple(LayerInfo(str(name), rows) for name, rows in facts["layers"]),
        encoding=_known(facts["encoding"]),
        separator=_known(facts["separator"]),
        header_rows=tuple(map(int, facts["header_rows"])),
        set_aside=tuple((int(row), str(why), str(text)) for row, why, text in facts["set_aside"]),
        faults=tuple(map(_fault, facts["faults"])),
        metadata={str(key): str(value) for key, value in facts["metadata"].items()},
    )


def _known(text: object) -> str | None:
    return None if text is None else str(text)


def _facts(table: RawTable) -> dict[str, Any]:
    return {
        "names": [column.name for column in table.columns],
        "crs_wkt": table.crs_wkt,
        "format": table.format,
        "layer": table.layer,
        "layers": [(layer.name, layer.rows) for layer in table.layers],
        "encoding": table.encoding,
        "separator": table.separator,
        "header_rows": table.header_rows,
        "set_aside": table.set_aside,
        "faults": list(map(asdict, table.faults)),
        "metadata": dict(table.metadata),
    }


def _column(batch: pa.RecordBatch, at: int, name: str) -> RawColumn:
    arrays = {
        kind: _array(batch, f"{kind}{at}", wanted)
        for kind, wanted in _KINDS.items()
        if kind == "text" or f"{kind}{at}" in batch.schema.names
    }
    numbers, days = arrays.get("number"), arrays.get("day")
    return RawColumn(
        name=name,
        texts=text_series(arrays["text"]),
        numbers=None if numbers is None else numbers.to_numpy(zero_copy_only=False),
        days=None if days is None else days.to_numpy(zero_copy_only=False).astype("datetime64[s]"),
    )


def _array(batch: pa.RecordBatch, name: str, wanted: pa.DataType) -> pa.Array:
    array = batch.column(name)
    if array.type != wanted:
        raise PacketError(name)
    return array


def _numpy(batch: pa.RecordBatch, name: str, wanted: pa.DataType) -> NDArray[Any]:
    array: NDArray[Any] = _array(batch, name, wanted).to_numpy(zero_copy_only=False)
    return array


def _geometry(batch: pa.RecordBatch) -> Geometries | None:
    if _GEOMETRY not in batch.schema.names:
        return None
    import shapely  # noqa: PLC0415  (most tables have no geometry)

    wkb = _array(batch, _GEOMETRY, pa.large_binary()).to_numpy(zero_copy_only=False)
    try:
        geometry: Geometries = shapely.from_wkb(wkb)
    except shapely.errors.ShapelyError as error:
        raise PacketError(_GEOMETRY) from error
    return geometry


def _as_wkb(geometry: Geometries) -> pa.Array:
    import shapely  # noqa: PLC0415

    return pa.array(shapely.to_wkb(geometry, include_srid=False), type=pa.large_binary())


def _fault(sent: dict[str, Any]) -> Fault:
    return Fault(**{**sent, "severity": Severity(sent["severity"])})


def _write_json(path: Path, value: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(value, ensure_ascii=True, default=_plain), encoding="ascii")


def _plain(value: object) -> object:
    if isinstance(value, np.generic):
        return value.item()
    return str(value)


def _read_json(path: Path) -> dict[str, Any]:
    if path.stat().st_size > _MAX_FACTS_BYTES:
        raise PacketError(path.name)
    value: dict[str, Any] = json.loads(path.read_text(encoding="ascii"))
    return value

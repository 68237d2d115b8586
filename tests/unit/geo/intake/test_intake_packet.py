"""What the child leaves is checked: no packet, however made, gets past the one error."""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import shapely

from geo.intake.packet import (
    PacketError,
    receive_refusal,
    receive_table,
    send_refusal,
    send_table,
)
from geo.intake.sandbox import _cause, _run_child
from geo.intake.table import LayerInfo, RawColumn, RawTable
from planning.errors import DataError, Fault

TABLE = RawTable(
    columns=(RawColumn("a", pd.Series(["x"], dtype="str"), numbers=np.array([np.nan])),),
    rows=np.array([7]),
    geometry=np.array([shapely.Point(1, 2)], dtype=object),
    layers=(LayerInfo("a", 1),),
    set_aside=((1, "title", "A"),),
    faults=(Fault("fault-x", 1),),
    metadata={"a": "b"},
)


def rewritten(folder: Path, **changes: object) -> None:
    path = folder / "facts.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def with_geometry(folder: Path, wkb: bytes) -> None:
    columns = {"rows": pa.array([7]), "text0": pa.array(["x"], pa.large_string())}
    columns["geometry"] = pa.array([wkb], pa.large_binary())
    batch = pa.record_batch(list(columns.values()), names=list(columns))
    path = str(folder / "table.arrow")
    with pa.OSFile(path, "wb") as file, pa.ipc.new_file(file, batch.schema) as out:
        out.write_batch(batch)


def without_batches(folder: Path) -> None:
    with pa.OSFile(str(folder / "table.arrow"), "wb") as file:
        pa.ipc.new_file(file, pa.schema([("rows", pa.int64())])).close()


def test_a_table_comes_back_as_it_was(tmp_path: Path) -> None:
    send_table(TABLE, tmp_path)
    back = receive_table(tmp_path)
    assert back.geometry is not None
    assert (back.names, back.geometry[0].wkt, back.faults) == (["a"], "POINT (1 2)", TABLE.faults)
    assert (back.layers, back.set_aside, back.metadata) == (
        TABLE.layers,
        TABLE.set_aside,
        TABLE.metadata,
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda room: with_geometry(room, b"\x01\x03junk"),
        lambda room: with_geometry(room, b""),
        without_batches,
        lambda room: rewritten(room, metadata=[1]),
        lambda room: rewritten(room, names=None),
        lambda room: rewritten(room, names=["a", "b"]),
        lambda room: rewritten(room, faults=[1]),
        lambda room: rewritten(room, faults=[{"key": "a", "severity": "grave"}]),
        lambda room: rewritten(room, header_rows=[float("inf")]),
        lambda room: rewritten(room, layers=[[]]),
        lambda room: (room / "facts.json").write_text("[" * 100_000),
        lambda room: (room / "facts.json").write_text("[]"),
        lambda room: (room / "facts.json").write_bytes(b"\xff"),
        lambda room: (room / "table.arrow").write_bytes(b"ARROW1"),
        lambda room: (room / "table.arrow").unlink(),
    ],
)
def test_a_malformed_table_ends_in_the_one_error(
    change: Callable[[Path], object], tmp_path: Path
) -> None:
    send_table(TABLE, tmp_path)
    change(tmp_path)
    with pytest.raises(PacketError):
        receive_table(tmp_path)


def test_texts_that_are_none_arrive_as_texts(tmp_path: Path) -> None:
    send_table(TABLE, tmp_path)
    rewritten(tmp_path, crs_wkt=4326, layer=["a"])
    back = receive_table(tmp_path)
    assert (back.crs_wkt, back.layer, back.encoding) == ("4326", "['a']", None)


def test_a_refusal_comes_back_about_the_file_as_the_person_calls_it(tmp_path: Path) -> None:
    assert receive_refusal(tmp_path, "thôn.csv") is None
    send_refusal(DataError("error-x", [Fault("fault-x", 1)], file="source", row=3), tmp_path)
    back = receive_refusal(tmp_path, "thôn.csv")
    assert back is not None
    assert (back.key, back.values) == ("error-x", {"file": "thôn.csv", "row": 3})
    assert back.faults == (Fault("fault-x", 1),)


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "[]", "1", '{"key": "k", "faults": [], "values": [1]}', '{"key": "k"}', "\xff"],
)
def test_a_malformed_refusal_ends_in_the_one_error(text: str, tmp_path: Path) -> None:
    (tmp_path / "refusal.json").write_text(text, encoding="latin-1")
    with pytest.raises(PacketError):
        receive_refusal(tmp_path, "thôn.csv")


def test_a_child_that_falls_silent_has_the_same_time_as_one_that_talks(tmp_path: Path) -> None:
    # It closes its output shortly before its time is up, and stays.
    code = "import os, time; time.sleep(1.5); os.close(1); time.sleep(30)"
    start = time.monotonic()
    status = _run_child(tmp_path, {}, lambda *_: None, 2.0, ("-c", code))
    assert status is None
    assert time.monotonic() - start < 3.0


def test_a_reader_that_fails_is_an_error_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR)
    assert _cause(1, "Traceback\nKeyError: 'x'\n") == "error-intake-damaged"
    assert [record.getMessage() for record in caplog.records] == [
        "reading ended with status 1: KeyError: 'x'"
    ]
    if os.name == "posix":
        assert _cause(-11, "") == "error-intake-crashed"

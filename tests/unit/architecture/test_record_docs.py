"""The page on the register of record says what the record is, down to the last hash."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from store import subjects
from store.history import head_of
from store.migrating import known
from store.opening import open_store
from store.tables import HISTORY, metadata
from tests.integration.small_record import (
    KEY,
    STEWARD,
    log,
    moment,
    one_of_everything,
    small_register,
)

PAGE = (Path(__file__).resolve().parents[3] / "docs/reference/store.md").read_text(encoding="utf-8")
EVERY_HISTORY = {"event", "row", "row_hash"}


def words(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def section(heading: str) -> str:
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE)
    assert found
    return found.group(1)


def test_every_table_and_column_is_documented_and_no_other() -> None:
    table = section("Tables").partition("| subject |")[0]
    rows = [line.split("|") for line in table.splitlines() if line.startswith("| `")]
    documented = {words(row[1])[0]: words(row[2]) for row in rows}
    history = {one.name for one in HISTORY}
    assert documented == {
        table.name: [
            column.name
            for column in table.columns
            if table.name not in history or column.name not in EVERY_HISTORY
        ]
        for table in metadata.tables.values()
    }
    assert set(known()) <= set(words(section("Tables")))


def test_every_kind_of_event_and_subject_is_documented(tmp_path: Path) -> None:
    store = one_of_everything(open_store("", tmp_path))
    try:
        said = words(section("Tables"))
        recorded = log(store)
        assert {row["kind"] for row in recorded} <= set(said)
        beginnings = {one.partition(":")[0] for one in said if ":<" in one} | {subjects.REGISTER}
        assert {row["subject"].partition(":")[0] for row in recorded} == beginnings
    finally:
        store.close()


def test_a_stranger_with_the_page_computes_the_head(tmp_path: Path) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", section("Hashes"), re.DOTALL)
    script = tmp_path / "recompute.py"
    script.write_text(program, encoding="utf-8")
    store = one_of_everything(open_store("", tmp_path / "home"))
    from store.registers import seed_register  # noqa: PLC0415

    seed_register(store, STEWARD, small_register("next", continues=KEY), moment(40))
    head = head_of(store)[1]
    file = str(store.file)
    told = subprocess.run(
        [sys.executable, "-I", str(script), file], check=True, capture_output=True, text=True
    )
    assert told.stdout.strip() == head
    with store.engine.connect() as connection:
        connection.exec_driver_sql("DROP TRIGGER work_refuses_update")
        connection.exec_driver_sql("UPDATE work SET status = 'accepted'")
        connection.commit()
    store.close()
    wrong = subprocess.run(
        [sys.executable, "-I", str(script), file], check=False, capture_output=True, text=True
    )
    assert wrong.returncode != 0
    assert "('work', 7, 0)" in wrong.stderr

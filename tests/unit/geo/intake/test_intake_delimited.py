"""Text between separators: what a quotation mark opens has to end."""

from __future__ import annotations

import bz2
from pathlib import Path

import pytest

from geo.intake.delimited import read_delimited
from geo.intake.formats import recognise
from geo.intake.table import RawTable, ReadOptions
from planning.errors import DataError


def read(folder: Path, text: str) -> RawTable:
    path = folder / "thon.csv"
    path.write_text(text, encoding="utf-8")
    return read_delimited(path, ReadOptions())


@pytest.mark.parametrize("at", [0, 1, 2])
@pytest.mark.parametrize("row", [1, 2, 3])
def test_a_quotation_that_never_ends_is_refused_wherever_it_begins(
    at: int, row: int, tmp_path: Path
) -> None:
    lines = [["id", "name", "note"], ["1", "A", "x"], ["2", "B", "y"], ["3", "C", "z"]]
    lines[row][at] = f'"{lines[row][at]}'
    with pytest.raises(DataError) as refused:
        read(tmp_path, "\n".join(map(",".join, lines)) + "\n")
    assert refused.value.key == "error-intake-quote"


def test_a_quotation_that_ends_with_the_file_is_read(tmp_path: Path) -> None:
    table = read(tmp_path, 'id,name,note\n1,A,"x\ny"\n2,B,5"\n3,C,"z"')
    assert table.columns[2].texts.tolist() == ["x\ny", '5"', "z"]


@pytest.mark.parametrize("word", ["MZ", "BZh", "Rar!", "GIF8"])
def test_a_heading_may_begin_as_a_program_or_an_archive_does(word: str, tmp_path: Path) -> None:
    path = tmp_path / "thon.csv"
    path.write_text(f"{word},name\n1,Nậm Chảy\n2,Bản Phố\n", encoding="utf-8")
    assert recognise(path, ".csv") == "csv"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"MZ\x90\x00\x03", "program"),
        (bz2.compress(b"1,2\n" * 9), "archive"),
        (b"%PDF-1.7\n1,2\n", "pdf"),
        (b"!table\n!version 300\n", "part"),
    ],
)
def test_what_is_none_is_refused_by_its_first_bytes(
    content: bytes, kind: str, tmp_path: Path
) -> None:
    path = tmp_path / "thon.csv"
    path.write_bytes(content)
    with pytest.raises(DataError) as refused:
        recognise(path, ".csv")
    assert (refused.value.key, refused.value.values["kind"]) == ("error-intake-foreign", kind)

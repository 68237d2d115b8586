"""A list with a thousand columns is read within the memory a list of thirty is read in."""

from pathlib import Path

from geo.intake.sandbox import read_foreign


def test_nine_hundred_columns_do_not_use_up_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    heading = ";".join(["Thôn", *(f"Chỉ tiêu số {number}" for number in range(949))])
    rows = [";".join([f"Bản {number}", *["đang dựng"] * 949]) for number in range(200)]
    path.write_text("\n".join([heading, *rows]) + "\n", encoding="utf-8")
    table = read_foreign(path)
    assert (len(table), len(table.columns)) == (200, 950)
    assert table.columns[-1].texts.unique().tolist() == ["đang dựng"]

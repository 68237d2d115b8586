"""``gap-planner import`` as a stranger with a list of their own meets it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import openpyxl
import pandas as pd
import pytest

from services.shelf import SHIPPED, shelf_here

HEADINGS: Final = (
    "STT", "Thôn", "Xã", "Huyện", "Số hộ", "Số khẩu", "Kinh độ", "Vĩ độ", "Di động", "Cố định",
    "Ngày cập nhật",
)  # fmt: skip
VILLAGES: Final = (
    ("1", "Thôn Choản Thèn", "Xã Y Tý", "Huyện Bát Xát", "56", "312", "103,62", "22,65",
     "Có 3G/4G", "Có cáp quang", "30/06/2024"),
    ("2", "Thôn Lao Chải", "Xã Y Tý", "Huyện Bát Xát", "80", "445", "103,61", "22,66",
     "Trắng sóng", "Chưa có", "30/06/2024"),
    ("3", "Thôn Mò Phú Chải", "Xã Y Tý", "Huyện Bát Xát", "41", "205", "103,63", "22,66", "2G",
     "Không", "30/06/2024"),
    ("4", "Bản Tả Van Giáy", "Xã Tả Van", "Thị xã Sa Pa", "120", "600", "103,89", "22,31", "4G",
     "FTTH", "30/06/2024"),
)  # fmt: skip
PLACED: Final = {
    "Thôn": "Thôn Một",
    "Xã": "Xã Y Tý",
    "Di động": "4G",
    "Ngày cập nhật": "30/06/2024",
}
"""A village with what is least needed."""


def csv_text(*villages: Mapping[str, str], separator: str = ";") -> str:
    headings = list(dict.fromkeys(heading for village in villages for heading in village))
    rows = [[village.get(heading, "") for heading in headings] for village in villages]
    return "\n".join(separator.join(cells) for cells in [headings, *rows]) + "\n"


def villages(**changes: str) -> list[dict[str, str]]:
    """The four villages; ``row3_Số_khẩu="x"`` changes a cell of the third."""
    listed = [dict(zip(HEADINGS, cells, strict=True)) for cells in VILLAGES]
    for where, value in changes.items():
        row, _, heading = where.partition("_")
        listed[int(row[3:]) - 1][heading.replace("_", " ")] = value
    return listed


def written(path: Path, *listed: Mapping[str, str], encoding: str = "utf-8-sig") -> Path:
    path.write_text(csv_text(*listed), encoding=encoding)
    return path


def workbook(path: Path, *rows: list[Any], merges: tuple[str, ...] = (), **how: Any) -> Path:
    book = openpyxl.Workbook()
    if how.get("epoch_1904"):
        book.epoch = datetime(1904, 1, 1)  # noqa: DTZ001 (as the library has it)
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for merge in merges:
        sheet.merge_cells(merge)
    book.save(path)
    return path


def faults_of(report: Path) -> list[tuple[str, int | None, str | None]]:
    found = json.loads(report.read_text(encoding="utf-8"))["faults"]
    return [(fault["key"], fault["row"], fault["column"]) for fault in found]


def values_of(out: Path, key: str) -> list[Any]:
    """What the features of a written list say of one thing, in order of their keys."""
    features = json.loads(out.read_text(encoding="utf-8"))["features"]
    return [feature["properties"].get(key) for feature in features]


def shelf_is_empty() -> bool:
    return shelf_here().all_keys() == (SHIPPED,) and shelf_here().in_use() == SHIPPED


def accepted() -> pd.DataFrame:
    return pd.DataFrame(shelf_here().open().villages)


def test_a_sound_list_is_0_and_nothing_is_written_unless_asked(run: Any, tmp_path: Path) -> None:
    ran = run("import", written(tmp_path / "list.csv", *villages()), "--lang", "en")
    assert (ran.status, ran.err) == (0, "")
    assert "Acceptable: 4 villages, no errors, 0 warnings." in ran.out
    assert shelf_is_empty()
    assert [path.name for path in tmp_path.iterdir()] == ["list.csv"]


def test_a_list_with_faults_is_2_and_leaves_no_list_and_no_register(
    run: Any, tmp_path: Path
) -> None:
    file = written(tmp_path / "list.csv", *villages(row2_Số_hộ="tám mươi"))
    ran = run("import", file, "--out", tmp_path / "out.geojson", "--accept", "--name", "X")
    assert ran.status == 2
    assert "Chưa ghi gì" in ran.out
    assert shelf_is_empty()
    assert not (tmp_path / "state").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["list.csv"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("list.csv", b"", "holds no data"),
        ("list.pdf", b"%PDF-1.7\n%\xe2\xe3", "is a PDF"),
        ("list.xlsx", b"PK\x03\x04 broken", "damaged"),
        ("list.exe", b"MZ\x90\x00", "program"),
        ("list.geojson", b"<OGRVRTDataSource></OGRVRTDataSource>", "VRT"),
    ],
)
def test_an_unusable_file_is_1_and_one_sentence(
    run: Any, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    report = tmp_path / "report.json"
    for language in ("en", "vi"):
        ran = run("import", tmp_path / name, "--lang", language, "--report", report, "--accept")
        assert ran.status == 1
        assert ran.out == ""
        assert ran.err.count("\n") == 1
        assert said in ran.err or language == "vi"
    assert not report.exists()
    assert shelf_is_empty()


def test_a_file_that_is_not_there_is_1(run: Any, tmp_path: Path) -> None:
    ran = run("import", tmp_path / "nothing.csv", "--lang", "en")
    assert (ran.status, ran.out) == (1, "")
    assert "nothing.csv" in ran.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "yaml"], "yaml"),
        (["--out", "out.xlsx"], ".xlsx"),
        (["--numbers", "dots"], "dots"),
        (["--dates", "year"], "year"),
        (["--observed-on", "30/06/2024"], "30/06/2024"),
        (["--encoding", "latin"], "latin"),
        (["--sheet", "Biểu 9"], "Biểu 9"),
        (["--header-row", "99"], "99"),
        (["--crs", "EPSG:1"], "EPSG:1"),
        (["--mapping", "nothing.toml"], "nothing.toml"),
        (["--report", "faults.docx"], ".docx"),
        (["--lang", "fr"], "fr"),
        (["--update"], "--update"),
    ],
)
def test_a_wish_that_cannot_be_met_is_1_and_one_sentence(
    run: Any, tmp_path: Path, arguments: list[str], said: str
) -> None:
    rows: list[list[Any]] = [
        ["Thôn", "Xã", "Di động", "Ngày cập nhật", "Kinh độ", "Vĩ độ"],
        ["Thôn Một", "Xã Y Tý", "4G", "30/06/2024", 103.61, 22.65],
    ]
    file = workbook(tmp_path / "list.xlsx", *rows)
    ran = run("import", file, *arguments)
    assert ran.status == 1, ran.out + ran.err
    assert ran.err.count("\n") == 1
    assert said in ran.err
    assert shelf_is_empty()


FAULTY: Final = {
    "row2_Số_hộ": "tám mươi",
    "row3_Số_khẩu": "-5",
    "row3_Kinh_độ": "0",
    "row3_Vĩ_độ": "0",
    "row4_Di_động": "sóng khoẻ",
    "row4_Ngày_cập_nhật": "31/02/2024",
}


def test_the_json_report_holds_every_fault_in_both_languages(run: Any, tmp_path: Path) -> None:
    report = tmp_path / "faults.json"
    file = written(tmp_path / "list.csv", *villages(**FAULTY))
    assert run("import", file, "--report", report).status == 2
    document = json.loads(report.read_text(encoding="utf-8"))
    assert (document["file"], document["acceptable"], document["villages"]) == (
        "list.csv", False, 4,
    )  # fmt: skip
    by_place = {(f["row"], f["column"]): f for f in document["faults"] if f["severity"] == "error"}
    assert {(row, column) for row, column in by_place if row} >= {
        (3, "Số hộ"), (4, "Số khẩu"), (5, "Di động"), (5, "Ngày cập nhật"),
    }  # fmt: skip
    assert any(
        row == 4 and fault["key"] == "fault-position-zero" for (row, _), fault in by_place.items()
    )
    households = by_place[(3, "Số hộ")]
    assert households["got"] == "tám mươi"
    for part in ("expected", "sentence", "remedy"):
        vietnamese, english = households[part]["vi"], households[part]["en"]
        assert vietnamese
        assert english
        assert vietnamese != english
        assert "{" not in vietnamese + english
    assert "Dòng 3" in households["sentence"]["vi"]
    assert "Row 3" in households["sentence"]["en"]
    assert document["errors"] == len(by_place)


def test_the_workbook_of_faults_says_the_same_as_the_json(run: Any, tmp_path: Path) -> None:
    file = written(tmp_path / "list.csv", *villages(**FAULTY))
    for name in ("faults.json", "faults.xlsx"):
        assert run("import", file, "--report", tmp_path / name).status == 2
    faults = json.loads((tmp_path / "faults.json").read_text(encoding="utf-8"))["faults"]
    sheet = openpyxl.load_workbook(tmp_path / "faults.xlsx").worksheets[0]
    lines = [["" if cell is None else str(cell) for cell in row] for row in sheet.values]
    at = next(i for i, line in enumerate(lines) if any("Severity" in cell for cell in line))
    body = [line for line in lines[at + 1 :] if any(line)]
    assert len(body) == len(faults)
    for fault, line in zip(faults, body, strict=True):
        assert line[1:4] == [str(fault[k] or "") for k in ("row", "column", "got")]
        for part in ("expected", "sentence", "remedy"):
            assert {fault[part]["vi"], fault[part]["en"]} <= {*line, ""}


def test_every_fault_is_found_at_once_and_valid_rows_are_not_lost(run: Any, tmp_path: Path) -> None:
    ran = run(
        "import", written(tmp_path / "list.csv", *villages(**FAULTY)), "--format", "json",
        "--lang", "en",
    )  # fmt: skip
    assert ran.status == 2
    assert (ran.json["villages"], ran.json["rows_at_fault"]) == (4, 3)
    assert ran.json["errors"] >= 5


def test_out_is_the_list_as_understood(run: Any, tmp_path: Path) -> None:
    out = tmp_path / "villages.geojson"
    ran = run("import", written(tmp_path / "list.csv", *villages()), "--out", out, "--lang", "en")
    assert ran.status == 0
    features = json.loads(out.read_text(encoding="utf-8"))["features"]
    first, second = (feature["properties"] for feature in features[:2])
    assert [f["geometry"]["coordinates"] for f in features][:2] == [
        [103.62, 22.65],
        [103.61, 22.66],
    ]
    assert (first["name"], first["commune_code"], first["unit"]) == (
        "Thôn Choản Thèn", "02701", "Xã Y Tý",
    )  # fmt: skip
    assert (first["households"], first["people"]) == (56, 312)
    assert (first["mobile_state"], first["fixed_state"]) == ("broadband", "fibre")
    assert (second["mobile_state"], second["fixed_state"]) == ("no_signal", "none")
    assert {feature["properties"]["mobile_observed_on"] for feature in features} == {"2024-06-30"}
    assert shelf_is_empty()


def test_what_is_accepted_is_what_every_command_works_on(run: Any, tmp_path: Path) -> None:
    file = written(tmp_path / "list.csv", *villages())
    ran = run("import", file, "--accept", "--name", "Thử nghiệm Bát Xát")
    assert ran.status == 0, ran.err
    assert "Thử nghiệm Bát Xát" in ran.out
    assessed = run("assess", "--format", "json").json
    assert assessed["illustrative"] is False
    assert [assessed["gaps"][gap]["lacking"] for gap in ("mobile", "no_signal", "fibre")] == [
        2,
        1,
        2,
    ]
    ranked = run("rank", "--gap", "fibre", "--format", "json").json["villages"]
    assert sorted(village["name"] for village in ranked) == ["Thôn Lao Chải", "Thôn Mò Phú Chải"]
    shown = run("show", ranked[0]["village_id"], "--format", "json").json
    assert shown["village"]["commune"] == "Xã Y Tý"
    assert run("targets", "--format", "json").status == 0


def test_two_registers_stand_beside_each_other_and_one_is_chosen(run: Any, tmp_path: Path) -> None:
    file = written(tmp_path / "list.csv", *villages())
    for name in ("Một", "Hai"):
        assert run("import", file, "--accept", "--name", name).status == 0
    listed = run("registers", "--format", "json").json["registers"]
    assert [(r["name"], r["villages"]) for r in listed if r["in_use"]] == [("Hai", 4)]
    first = next(r["register"] for r in listed if r["name"] == "Một")
    assert run("registers", "--use", first).status == 0
    assert shelf_here().in_use() == first
    assert run("registers", "--use", SHIPPED).status == 0
    assert run("assess", "--format", "json").json["villages"] == 1568
    ran = run("registers", "--use", "../../etc", "--lang", "en")
    assert (ran.status, ran.err.count("\n")) == (1, 1)
    assert shelf_here().in_use() == SHIPPED


def test_the_shelf_stands_where_the_variable_says(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path / "list.csv", *villages())
    monkeypatch.setenv("GAP_PLANNER_STATE", str(tmp_path / "one"))
    assert run("import", file, "--accept").status == 0
    monkeypatch.setenv("GAP_PLANNER_STATE", str(tmp_path / "other"))
    assert shelf_is_empty()
    assert run("assess", "--format", "json").json["illustrative"] is True
    assert (tmp_path / "one" / "registers").is_dir()


def test_the_metres_of_vn_2000_land_where_the_check_point_is(run: Any, tmp_path: Path) -> None:
    out = tmp_path / "out.geojson"
    placed = {**PLACED, "Xã": "Phường Duyên Hải"}
    file = written(tmp_path / "l.csv", {**placed, "X": "2487684.182", "Y": "419543.581"})
    assert run("import", file, "--crs", "EPSG:9208", "--out", out).status == 0
    (feature,) = json.loads(out.read_text(encoding="utf-8"))["features"]
    lon, lat = feature["geometry"]["coordinates"]
    # A millionth of a degree is a tenth of a metre.
    assert (lon, lat) == (pytest.approx(103.97, abs=2e-6), pytest.approx(22.486, abs=2e-6))


def test_metres_without_a_system_are_asked_about_and_the_provinces_zone_comes_first(
    run: Any, tmp_path: Path
) -> None:
    placed = {**PLACED, "Xã": "Phường Duyên Hải"}
    file = written(tmp_path / "l.csv", {**placed, "X": "2487684.182", "Y": "419543.581"})
    report = tmp_path / "r.json"
    ran = run("import", file, "--lang", "en", "--report", report)
    assert ran.status == 2
    sentence = next(line for line in ran.out.splitlines() if "unknown system" in line)
    named = re.findall(r"EPSG:(\d+)", sentence)
    assert named[0] == "9208"
    assert len(set(named)) >= 3
    assert "fault-crs-missing" in {key for key, _, _ in faults_of(report)}


def test_a_saved_mapping_reads_the_next_file_the_same_way(run: Any, tmp_path: Path) -> None:
    strange = [
        {
            "A": v["Thôn"],
            "B": v["Xã"],
            "C": v["Huyện"],
            "D": f"1.{v['Số hộ']:0>3}",
            "E": v["Di động"],
        }
        for v in villages()
    ]
    file, mapping = written(tmp_path / "list.csv", *strange), tmp_path / "mapping.toml"
    mapping.write_text(
        "version = 1\n[file]\nobserved_on = 2024-06-30\n[columns]\nA = 'name'\nB = 'place'\n"
        "C = 'district'\nD = 'people'\nE = 'mobile_state'\n[numbers]\nD = 'comma'\n",
        encoding="utf-8",
    )
    saved, first, second = (tmp_path / name for name in ("saved.toml", "1.geojson", "2.geojson"))
    assert run("import", file).status == 2
    ran = run("import", file, "--mapping", mapping, "--save-mapping", saved, "--out", first)
    assert ran.status == 0, ran.out
    assert run("import", file, "--mapping", saved, "--out", second).status == 0
    assert first.read_bytes() == second.read_bytes()
    features = json.loads(first.read_text(encoding="utf-8"))["features"]
    assert [f["properties"]["people"] for f in features] == [1056, 1080, 1041, 1120]


def test_a_mapping_with_mistakes_names_them_all(run: Any, tmp_path: Path) -> None:
    mapping = tmp_path / "m.toml"
    mapping.write_text(
        "version = 1\n[columns]\nA = 'nmae'\n[numbers]\nA = 'dots'\n[nonsense]\nx = 1\n",
        encoding="utf-8",
    )
    ran = run(
        "import", written(tmp_path / "l.csv", *villages()), "--mapping", mapping, "--lang", "en"
    )
    assert (ran.status, ran.out) == (1, "")
    for wrong in ("nmae", "dots", "nonsense"):
        assert wrong in ran.err


def test_thousands_that_cannot_be_told_from_decimals_are_asked_about(
    run: Any, tmp_path: Path
) -> None:
    file, out = written(tmp_path / "l.csv", *villages(row2_Số_khẩu="1.245")), tmp_path / "o.geojson"
    ran = run("import", file, "--lang", "en")
    assert ran.status == 2
    assert '"1.245" may be 1245 or 1.245' in ran.out
    assert run("import", file, "--numbers", "comma", "--out", out).status == 0
    people = [
        f["properties"]["people"] for f in json.loads(out.read_text(encoding="utf-8"))["features"]
    ]
    assert sorted(people) == [205, 312, 600, 1245]


def test_dates_that_cannot_be_told_apart_are_asked_about(run: Any, tmp_path: Path) -> None:
    listed = [{**v, "Ngày cập nhật": "03/04/2024"} for v in villages()]
    file = written(tmp_path / "l.csv", *listed)
    ran = run("import", file, "--lang", "en")
    assert ran.status == 2
    assert "03/04/2024" in ran.out
    for order, day in (("day", "2024-04-03"), ("month", "2024-03-04")):
        out = tmp_path / f"{order}.geojson"
        assert run("import", file, "--dates", order, "--out", out).status == 0
        features = json.loads(out.read_text(encoding="utf-8"))["features"]
        assert {f["properties"]["mobile_observed_on"] for f in features} == {day}


def test_a_list_without_a_day_needs_one(run: Any, tmp_path: Path) -> None:
    undated = [{k: c for k, c in v.items() if k != "Ngày cập nhật"} for v in villages()]
    file = written(tmp_path / "l.csv", *undated)
    ran = run("import", file, "--lang", "en")
    assert ran.status == 2
    assert "--observed-on" in ran.out
    assert run("import", file, "--observed-on", "2024-06-30", "--accept").status == 0
    assert shelf_here().open().observation_days == (date(2024, 6, 30),)


def test_a_day_that_has_not_come_yet_is_a_fault(run: Any, tmp_path: Path) -> None:
    undated = [{k: c for k, c in v.items() if k != "Ngày cập nhật"} for v in villages()]
    file = written(tmp_path / "l.csv", *undated)
    ran = run("import", file, "--observed-on", "2999-01-01", "--accept", "--lang", "en")
    assert ran.status == 2
    assert "2999-01-01" in ran.out
    assert shelf_is_empty()


def test_a_sheet_is_chosen_by_its_name(run: Any, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for at, name in enumerate(("Biểu 1", "Biểu 2")):
        sheet = book.create_sheet(name, at)
        sheet.append(["Thôn", "Xã", "Di động", "Ngày cập nhật"])
        sheet.append([f"Thôn {name}", "Xã Y Tý", "4G", date(2024, 6, 30)])
        sheet.append([f"Bản {name}", "Xã Y Tý", "4G", date(2024, 6, 30)])
    book.save(tmp_path / "list.xlsx")
    for option in ("--sheet", "--layer"):
        out = tmp_path / f"{option[2:]}.geojson"
        ran = run("import", tmp_path / "list.xlsx", option, "Biểu 2", "--out", out)
        assert ran.status == 0, ran.out + ran.err
        assert "Thôn Biểu 2" in out.read_text(encoding="utf-8")
        assert "Thôn Biểu 1" not in out.read_text(encoding="utf-8")
    ran = run("import", tmp_path / "list.xlsx", "--format", "json")
    assert ran.json["layers"][:2] == ["Biểu 1", "Biểu 2"]


def of_an_office(path: Path, *, epoch_1904: bool = False) -> Path:
    """A workbook as offices make them: titles, a heading in two rows, numbering, a total, notes."""
    day = datetime(2024, 6, 30)  # noqa: DTZ001 (a spreadsheet's dates have no zone)
    return workbook(
        path,
        ["UBND HUYỆN BÁT XÁT"],
        ["BIỂU TỔNG HỢP HIỆN TRẠNG PHỦ SÓNG"],
        [],
        ["STT", "Thôn, bản", "Xã", "Số hộ", None, "Toạ độ", None, "Di động", "Ngày cập nhật"],
        [None, None, None, "Tổng số", "DTTS", "Kinh độ", "Vĩ độ", None, None],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)"],
        [1, "Thôn Choản Thèn", "Xã Y Tý", 56, 50, 103.62, 22.65, "Có 3G/4G", day],
        [2, "Thôn Lao Chải", None, 80, 80, "103,61", "22,66", "Trắng sóng", day],
        [3, "Thôn Tùng Sáng", "Xã Bản Qua", 44, 11, 103.86, 22.55, "2G", day],
        [None, "Tổng cộng", None, 180, 141],
        [None, "Người lập biểu"],
        merges=("A1:I1", "A2:I2", "D4:E4", "F4:G4", "A4:A5", "B4:B5", "C4:C5", "H4:H5", "I4:I5",
                "C7:C8"),
        epoch_1904=epoch_1904,
    )  # fmt: skip


@pytest.mark.parametrize("epoch_1904", [False, True])
def test_a_workbook_as_offices_make_them_is_understood(
    run: Any, tmp_path: Path, *, epoch_1904: bool
) -> None:
    out, report = tmp_path / "o.geojson", tmp_path / "r.json"
    file = of_an_office(tmp_path / "list.xlsx", epoch_1904=epoch_1904)
    ran = run("import", file, "--out", out, "--report", report, "--lang", "en")
    assert ran.status == 0, ran.out + ran.err
    assert values_of(out, "name") == ["Thôn Choản Thèn", "Thôn Lao Chải", "Thôn Tùng Sáng"]
    assert values_of(out, "households") == [56, 80, 44]
    assert values_of(out, "minority_households") == [50, 80, 11]
    assert values_of(out, "commune") == ["Xã Y Tý", "Xã Y Tý", "Xã Bản Qua"]
    assert values_of(out, "mobile_state") == ["broadband", "no_signal", "2g_only"]
    assert set(values_of(out, "mobile_observed_on")) == {"2024-06-30"}
    document = json.loads(report.read_text(encoding="utf-8"))
    assert document["header_rows"] == [4, 5]
    assert [(row["row"], row["why"]) for row in document["set_aside"]] == [
        (1, "title"), (2, "title"), (6, "numbering"), (10, "total"), (11, "note"),
    ]  # fmt: skip


def test_a_total_that_is_not_the_sum_of_its_rows_is_a_warning(run: Any, tmp_path: Path) -> None:
    file = of_an_office(tmp_path / "list.xlsx")
    book = openpyxl.load_workbook(file)
    book.worksheets[0]["D10"] = 181
    book.save(file)
    report = tmp_path / "r.json"
    assert run("import", file, "--report", report).status == 0
    assert ("fault-total-differs", 10, "Số hộ / Tổng số") in faults_of(report)


TCVN3: Final = (
    "Th«n;X·;HuyÖn;Sè hé;Di ®éng;Ngµy cËp nhËt\n"
    "Th«n Cho¶n ThÌn;X· Y Tý;HuyÖn B¸t X¸t;56;Tr¾ng sãng;30/06/2024\n"
    "Th«n M­êng Hoa;X· Y Tý;HuyÖn B¸t X¸t;41;L\xe2m sãng;30/06/2024\n"
).encode("latin-1").replace(b"L\xe2m", b"L\xe2m")  # fmt: skip
VNI: Final = (
    "Thoân;Xaõ;Huyeän;Soá hoä;Di ñoäng;Ngaøy caäp nhaät\n"
    "Thoân Choaûn Theøn;Xaõ Y Tyù;Huyeän Baùt Xaùt;56;Traéng soùng;30/06/2024\n"
    "Thoân Möôøng Hoa;Xaõ Y Tyù;Huyeän Baùt Xaùt;41;Loõm soùng;30/06/2024\n"
).encode("cp1252")  # fmt: skip


@pytest.mark.parametrize(("encoding", "content"), [("tcvn3", TCVN3), ("vni", VNI)])
def test_text_of_an_old_font_is_shown_and_asked_about_and_read_when_confirmed(
    run: Any, tmp_path: Path, encoding: str, content: bytes
) -> None:
    (tmp_path / "list.csv").write_bytes(content)
    ran = run("import", tmp_path / "list.csv", "--lang", "en")
    assert ran.status == 2
    assert f"--encoding {encoding}" in ran.out
    assert "Thôn Choản Thèn" in ran.out
    out = tmp_path / "o.geojson"
    ran = run("import", tmp_path / "list.csv", "--encoding", encoding, "--out", out)
    assert ran.status == 0, ran.out + ran.err
    assert values_of(out, "name") == ["Thôn Choản Thèn", "Thôn Mường Hoa"]
    assert set(values_of(out, "commune")) == {"Xã Y Tý"}
    assert values_of(out, "mobile_state") == ["no_signal", "partial"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_other_encodings_need_no_word(run: Any, tmp_path: Path, encoding: str) -> None:
    out = tmp_path / "o.geojson"
    file = written(tmp_path / "list.csv", *villages(), encoding=encoding)
    assert run("import", file, "--out", out).status == 0
    assert values_of(out, "name")[0] == "Thôn Choản Thèn"


def test_rows_at_fault_are_set_aside_mended_and_taken_in_over_the_others(
    run: Any, tmp_path: Path
) -> None:
    aside, file = tmp_path / "aside.xlsx", written(tmp_path / "list.csv", *villages(**FAULTY))
    ran = run("import", file, "--set-aside", aside, "--accept", "--name", "Một")
    assert ran.status == 0, ran.out + ran.err
    assert sorted(accepted()["name"]) == ["Thôn Choản Thèn"]
    before = dict(zip(accepted()["name"], accepted()["village_id"], strict=True))
    book = openpyxl.load_workbook(aside)
    sheet = book.worksheets[0]
    headings = {str(cell.value): number for number, cell in enumerate(sheet[1], start=1)}
    assert [sheet.cell(row, headings["Thôn"]).value for row in (2, 3, 4)] == [
        village["Thôn"] for village in villages()[1:]
    ]
    right = {"Số hộ": "80", "Số khẩu": "205", "Kinh độ": "103,63", "Vĩ độ": "22,66",
             "Di động": "4G", "Ngày cập nhật": "30/06/2024"}  # fmt: skip
    for row, names in ((2, ["Số hộ"]), (3, ["Số khẩu", "Kinh độ", "Vĩ độ"]),
                       (4, ["Di động", "Ngày cập nhật"])):  # fmt: skip
        assert str(sheet.cell(row, len(headings)).value)
        for name in names:
            sheet.cell(row, headings[name], right[name])
    book.save(aside)
    ran = run("import", aside, "--update", "--accept", "--name", "Hai")
    assert ran.status == 0, ran.out + ran.err
    after = accepted().set_index("name")
    assert sorted(after.index) == sorted(village["Thôn"] for village in villages())
    assert after["village_id"]["Thôn Choản Thèn"] == before["Thôn Choản Thèn"]
    assert after["mobile_state"]["Bản Tả Van Giáy"] == "broadband"


def test_nothing_can_be_set_aside_of_a_list_that_is_wrong_as_a_whole(
    run: Any, tmp_path: Path
) -> None:
    file = written(tmp_path / "l.csv", *villages(row2_Số_khẩu="1.245"))
    aside = tmp_path / "aside.xlsx"
    assert run("import", file, "--set-aside", aside, "--accept").status == 2
    assert not aside.exists()
    assert shelf_is_empty()


def test_next_quarters_list_keeps_the_keys_and_adds_observations(run: Any, tmp_path: Path) -> None:
    assert run("import", written(tmp_path / "q2.csv", *villages()), "--accept").status == 0
    before = accepted().set_index("name")["village_id"]
    next_list = villages(
        row1_Thôn="Thôn Choản Thèn 2", row2_Di_động="4G", row3_Số_khẩu="230", row4_Kinh_độ="103,90"
    )
    added = {**next_list[0], "Thôn": "Thôn Phìn Hồ", "Kinh độ": "103,66", "Vĩ độ": "22,69"}
    later = [{**v, "Ngày cập nhật": "30/09/2024"} for v in [*next_list, added]]
    file = written(tmp_path / "q3.csv", *later)
    preview = run("import", file, "--update", "--format", "json")
    assert preview.status == 0, preview.err
    assert {c: n for c, n in preview.json["change_counts"].items() if n} == {
        "new": 1, "renamed": 1, "state": 1, "changed": 1, "moved": 1,
    }  # fmt: skip
    assert list(accepted()["name"]) == list(before.index)
    assert run("import", file, "--update", "--accept").status == 0
    after = accepted().set_index("village_id")
    assert set(before) < set(after.index)
    assert after["name"][before["Thôn Choản Thèn"]] == "Thôn Choản Thèn 2"
    assert after["aliases"][before["Thôn Choản Thèn"]] == "Thôn Choản Thèn"
    history = shelf_here().open().observations
    mobile = history[
        (history["village_id"] == before["Thôn Lao Chải"]) & (history["service"] == "mobile")
    ]
    assert mobile["state"].tolist() == ["no_signal", "broadband"]
    assert mobile["source"].tolist() == ["q2.csv", "q3.csv"]
    as_of = [
        run("assess", "--as-of", d, "--format", "json").json for d in ("2024-06-30", "2024-09-30")
    ]
    assert [answer["gaps"]["no_signal"]["lacking"] for answer in as_of] == [1, 0]


def test_the_same_list_again_changes_nothing(run: Any, tmp_path: Path) -> None:
    file = written(tmp_path / "l.csv", *villages())
    assert run("import", file, "--accept").status == 0
    again = run("import", file, "--update", "--format", "json")
    assert {c: n for c, n in again.json["change_counts"].items() if n} == {"same": 4}


def test_a_hostile_name_steers_neither_terminal_nor_shelf_nor_workbook(
    run: Any, tmp_path: Path
) -> None:
    evil = "\x1b[31m../../=cmd|' /C calc'!A0"
    file = written(tmp_path / "l.csv", *villages(row1_Thôn=evil, row2_Số_hộ="=1+1"))
    aside, report = tmp_path / "a.xlsx", tmp_path / "r.xlsx"
    ran = run(
        "import", file, "--set-aside", aside, "--report", report, "--accept",
        "--name", "../../\x1b[31mx",
    )  # fmt: skip
    assert ran.status == 0, ran.out + ran.err
    assert "\x1b" not in ran.out + ran.err
    (entry,) = shelf_here().entries()
    assert re.fullmatch(r"[a-z0-9-]+", entry.key)
    assert sorted(path.name for path in (tmp_path / "state").iterdir()) == ["registers"]
    for written_file in (aside, report):
        sheets = openpyxl.load_workbook(written_file).worksheets
        assert not [c for s in sheets for row in s.iter_rows() for c in row if c.data_type == "f"]
    listed = run("registers")
    assert "\x1b" not in listed.out


@pytest.mark.parametrize("language", ["vi", "en"])
def test_help_explains_every_option_in_the_language(run: Any, language: str) -> None:
    ran = run("import", "--help", "--lang", language)
    assert ran.status == 0
    other = {"vi": "Sheet; left out", "en": "Trang tính"}[language]
    own = {"vi": "Trang tính", "en": "Sheet; left out"}[language]
    assert own in ran.out
    assert other not in ran.out
    for option in (
        "--layer", "--sheet", "--crs", "--mapping", "--encoding", "--report", "--out", "--accept",
        "--update", "--set-aside", "--numbers", "--dates", "--observed-on", "--boundaries",
        "--level", "--use-commune-centre", "--name", "--save-mapping", "--swap", "--header-row",
    ):  # fmt: skip
        assert re.search(rf"{option} .*\S{{2}}", ran.out), option
    assert "EPSG:9208" in ran.out


def map_file(path: Path, *listed: Mapping[str, Any]) -> Path:
    """A GeoJSON of villages; ``at`` of each is its longitude and latitude."""
    features = [
        {
            "type": "Feature",
            "properties": {key: value for key, value in village.items() if key != "at"},
            "geometry": {"type": "Point", "coordinates": village["at"]},
        }
        for village in listed
    ]
    path.write_text(
        json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8"
    )
    return path


def test_rows_of_a_map_set_aside_keep_their_positions(run: Any, tmp_path: Path) -> None:
    sound = {**PLACED, "Số hộ": 5, "at": [103.61, 22.65]}
    faulty = {**sound, "Thôn": "Thôn Hai", "Số hộ": "năm", "at": [103.62, 22.66]}
    aside = tmp_path / "aside.xlsx"
    file = map_file(tmp_path / "l.geojson", sound, faulty)
    ran = run("import", file, "--set-aside", aside, "--accept")
    assert ran.status == 0, ran.out + ran.err
    book = openpyxl.load_workbook(aside)
    sheet = book.worksheets[0]
    column = next(cell.column for cell in sheet[1] if cell.value == "Số hộ")
    assert sheet.cell(2, column).value == "năm"
    sheet.cell(2, column, 5)
    book.save(aside)
    ran = run("import", aside, "--update", "--accept")
    assert ran.status == 0, ran.out + ran.err
    mended = accepted().set_index("name").loc["Thôn Hai"]
    assert mended["position_basis"] == "surveyed"
    assert (mended.geometry.x, mended.geometry.y) == (103.62, 22.66)


def test_rows_set_aside_of_a_workbook_of_an_office_come_back(run: Any, tmp_path: Path) -> None:
    file, aside = of_an_office(tmp_path / "list.xlsx"), tmp_path / "aside.xlsx"
    book = openpyxl.load_workbook(file)
    book.worksheets[0]["D8"] = "tám mươi"
    book.save(file)
    assert run("import", file, "--set-aside", aside, "--accept").status == 0
    book = openpyxl.load_workbook(aside)
    sheet = book.worksheets[0]
    column = next(cell.column for cell in sheet[1] if cell.value == "Số hộ / Tổng số")
    sheet.cell(2, column, 80)
    book.save(aside)
    ran = run("import", aside, "--update", "--accept")
    assert ran.status == 0, ran.out + ran.err
    names = accepted().set_index("name")
    assert len(names) == 3
    assert names["unit"]["Thôn Lao Chải"] == "Xã Y Tý"
    assert int(names["households"]["Thôn Lao Chải"]) == 80


def areas_file(path: Path) -> Path:
    """Two squares that were thị trấn Bát Xát and xã Y Tý before July 2025."""
    west, south = 103.6, 22.6
    features = []
    for at, (code, name) in enumerate((("02683", "Thị trấn Bát Xát"), ("02701", "Xã Y Tý"))):
        left = west + 0.2 * (1 - at)
        ring = [[left, south], [left + 0.1, south], [left + 0.1, south + 0.1],
                [left, south + 0.1], [left, south]]  # fmt: skip
        features.append(
            {
                "type": "Feature",
                "properties": {"code": code, "fullName": name},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        )
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def test_boundaries_find_the_village_that_lies_elsewhere_and_come_with_the_register(
    run: Any, tmp_path: Path
) -> None:
    outside = {**PLACED, "Xã": "", "Xã (cũ)": "Xã Y Tý", "Kinh độ": "103.72", "Vĩ độ": "22.65"}
    inside = {**outside, "Thôn": "Thôn Hai", "Kinh độ": "103.65"}
    report = tmp_path / "r.json"
    ran = run(
        "import", written(tmp_path / "l.csv", outside, inside), "--report", report, "--accept",
        "--boundaries", areas_file(tmp_path / "areas.geojson"),
    )  # fmt: skip
    assert ran.status == 0, ran.out + ran.err
    found = [(key, row) for key, row, _ in faults_of(report) if "position" in key]
    assert found == [("fault-position-boundary", 2)]
    boundaries = shelf_here().open().boundaries
    assert boundaries is not None
    assert boundaries.codes.tolist() == ["02683", "02701"]


def test_boundaries_alone_are_put_beside_the_register_in_use(run: Any, tmp_path: Path) -> None:
    file = areas_file(tmp_path / "areas.geojson")
    assert run("import", file).status == 0
    assert shelf_is_empty()
    ran = run("import", file, "--accept", "--level", "unit", "--lang", "en")
    assert ran.status == 0, ran.out + ran.err
    province = shelf_here().open()
    assert province.boundaries is not None
    assert province.boundaries.level == "unit"
    assert (len(province.villages), province.illustrative) == (1568, True)


def test_a_level_that_is_none_is_refused(run: Any, tmp_path: Path) -> None:
    ran = run("import", areas_file(tmp_path / "a.geojson"), "--level", "province", "--lang", "en")
    assert (ran.status, ran.err.count("\n")) == (1, 1)
    assert "commune, unit, district" in ran.err


def test_wrong_coordinates_give_way_to_the_communes_centre_when_asked(
    run: Any, tmp_path: Path
) -> None:
    file, out = (
        written(tmp_path / "l.csv", *villages(row3_Kinh_độ="0", row3_Vĩ_độ="0")),
        tmp_path / "o.geojson",
    )
    assert run("import", file).status == 2
    ran = run("import", file, "--use-commune-centre", "--out", out)
    assert ran.status == 0, ran.out
    assert values_of(out, "position_basis").count("commune_centre") == 1


def test_swapped_coordinates_are_found_and_exchanged_only_when_asked(
    run: Any, tmp_path: Path
) -> None:
    swapped = [{**v, "Kinh độ": v["Vĩ độ"], "Vĩ độ": v["Kinh độ"]} for v in villages()]
    file, out = written(tmp_path / "l.csv", *swapped), tmp_path / "o.geojson"
    ran = run("import", file, "--lang", "en")
    assert ran.status == 2
    assert "seem to be swapped" in ran.out
    assert run("import", file, "--swap", "--out", out).status == 0
    feature = json.loads(out.read_text(encoding="utf-8"))["features"][0]
    assert feature["geometry"]["coordinates"] == [103.62, 22.65]


def test_an_exported_list_of_the_shipped_province_is_taken_in_as_illustrative(
    run: Any, tmp_path: Path
) -> None:
    out = tmp_path / "list.gpkg"
    assert run("rank", "--gap", "fibre", "--top", "5", "--out", out).status == 0
    ran = run("import", out, "--accept", "--name", "Trích")
    assert ran.status == 0, ran.out + ran.err
    assessed = run("assess", "--format", "json").json
    assert (assessed["villages"], assessed["illustrative"]) == (5, True)

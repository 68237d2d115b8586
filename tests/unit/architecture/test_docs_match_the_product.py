"""The documentation cannot lie: what it says of the product is read off the product."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import geopandas
import openpyxl
import pandas as pd
import pytest
import shapely
import typer

from cli.main import build, main
from docs.generated import COMMANDS, SCHEMAS, command_leaves, fill, parts
from docs.generated_intake import DERIVED, POSITION
from geo.boundaries import read_boundaries
from geo.boundary_file import as_table, write_boundaries
from geo.intake.encodings import ENCODINGS
from geo.intake.formats import LABELS, SUFFIXES
from geo.register.choices import Choices, load_choices, write_choices
from geo.register.dictionary import FieldKind, fields
from geo.register.systems import candidate_systems
from i18n import translator
from planning.vocabulary import PRESETS, Criterion, Gap
from services.changes import Change
from services.compare import compare
from services.prioritise import Question, measure, prioritise
from services.province import shipped_province
from services.tip import find_tipping
from ui import state

ROOT = Path(__file__).resolve().parents[3]
DOCS = ROOT / "docs"
MOST_BYTES = 250_000
PAGES = sorted(
    page
    for pattern in ("*.md", "docs/**/*.md", "data/**/*.md", "benchmarks/**/*.md")
    for page in ROOT.glob(pattern)
)
LACKING = "LC-02701-002"


def text(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


def section(page: str, heading: str) -> str:
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", text(page), re.DOTALL | re.MULTILINE)
    assert found, f"{page} has no section {heading}"
    return found.group(1)


def code_words(markdown: str) -> list[str]:
    return re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", markdown, flags=re.DOTALL))


def first_cells(markdown: str) -> list[str]:
    return [line.split("|")[1] for line in markdown.splitlines() if line.startswith("| `")]


@pytest.mark.parametrize("page", list(parts()))
def test_generated_parts_are_up_to_date(page: str) -> None:
    assert fill(text(page), parts()[page]) == text(page), "run: python -m docs.build --no-pictures"


def test_every_command_and_option_is_documented_and_no_other() -> None:
    program = typer.main.get_command(build(translator("en")))
    commands = dict(command_leaves(program))
    assert set(commands) == set(COMMANDS)
    for name, command in commands.items():
        described = re.findall(r"^  (--[a-z-]+)", section("reference/cli.md", name), re.MULTILINE)
        options = {option for parameter in command.params for option in parameter.opts}
        assert set(described) - {"--help"} == {o for o in options if o.startswith("--")}, name


def test_every_option_a_page_mentions_exists() -> None:
    program = typer.main.get_command(build(translator("en")))
    commands = dict(command_leaves(program))
    groups = {name.split()[0] for name in commands}
    known = {
        option
        for command in commands.values()
        for parameter in command.params
        for option in parameter.opts
    } | {"--help"}
    for page in PAGES:
        for line in page.read_text(encoding="utf-8").splitlines():
            said = re.search(r"(?<![\w/-])gap-planner ([a-z]+)(.*)", line)
            if said and said.group(1) in groups:
                options = re.findall(r"(?<=\s)(--[a-z-]+)", said.group(2).split("#")[0])
                assert set(options) <= known, f"{page.name}: {line}"


def normal_key(path: str) -> str:
    of_gap = re.sub(rf"\.({'|'.join(Gap)})(?=\.|$)", ".<gap>", path)
    of_criterion = re.sub(rf"\.({'|'.join(Criterion)})(?=\.|$)", ".<criterion>", of_gap)
    # Two in a row share their dot.
    return re.sub(rf"\.({'|'.join(Criterion)})(?=\.|$)", ".<criterion>", of_criterion)


def leaves(value: Any, path: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        assert value, f"{path} is empty: choose an example that shows its keys"
        for inner in value:
            yield from leaves(inner, f"{path}[]")
    else:
        yield normal_key(path)


def printed_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    with pytest.raises(SystemExit) as ended:
        main([*arguments, "--format", "json"])
    assert ended.value.code == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    "arguments", [("assess",), ("rank", "--top", "3"), ("targets",), ("show", LACKING)]
)
def test_every_json_key_is_documented_and_no_other(
    arguments: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("GAP_PLANNER_DATA", raising=False)
    keys = set(leaves(printed_json(capsys, *arguments)))
    cells = "\n".join(first_cells(section("reference/cli.md", arguments[0])))
    documented = set(code_words(cells)) - {preset.replace("_", "-") for preset in PRESETS}
    if arguments[0] == "show":
        # The village's row is the register's, whose columns have a page of their own.
        row = {key for key in keys if key.startswith("village.")} - {"village.lon", "village.lat"}
        assert {key.removeprefix("village.") for key in row} <= set(SCHEMAS["villages"].columns)
        keys -= row
        documented -= {"village.village_id", "village.fixed_state"}
    assert keys == documented


def test_presets_are_those_of_the_product() -> None:
    rows = first_cells_with_weights(section("reference/cli.md", "rank"))
    assert rows == {
        name.replace("_", "-"): (" / ".join(f"{w:g}" for w in weights.shares()), str(direction))
        for name, (weights, direction) in PRESETS.items()
    }


def first_cells_with_weights(markdown: str) -> dict[str, tuple[str, str]]:
    rows = re.findall(
        r"^\| `([a-z-]+)`[^|]*\| ([\d./ ]+) \| (near|far) first \|", markdown, re.MULTILINE
    )
    return {name: (weights, direction) for name, weights, direction in rows}


@pytest.mark.parametrize(
    ("heading", "name"),
    [("Villages", "villages"), ("Observations", "observations"), ("Sites", "sites")],
)
def test_the_dictionary_has_every_column_and_no_other(heading: str, name: str) -> None:
    cells = first_cells(section("reference/data-dictionary.md", heading))
    assert [cell.strip(" `") for cell in cells] == list(SCHEMAS[name].columns)


LIST = """DANH SÁCH THÔN;;;;;
Thôn;Xã;Huyện;Số hộ;Di động;Ngày cập nhật
Thôn Một;Xã Y Tý;Huyện Bát Xát;45;4G;30/06/2024
Thôn Hai;Xã Y Tý;Huyện Bát Xát;sáu mươi;Trắng sóng;30/06/2024
"""


@pytest.fixture
def office_list(tmp_path: Path) -> Path:
    """A workbook with a title, a second sheet and one faulty number."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in LIST.splitlines():
        sheet.append([int(cell) if cell.isdigit() else cell or None for cell in line.split(";")])
    book.create_sheet("Ghi chú")
    path = tmp_path / "list.xlsx"
    book.save(path)
    return path


@pytest.fixture
def sound_list(office_list: Path) -> Path:
    book = openpyxl.load_workbook(office_list)
    book.worksheets[0]["D4"] = 60
    path = office_list.with_name("sound.xlsx")
    book.save(path)
    return path


def keys_of(page: str, heading: str) -> set[str]:
    return set(code_words("\n".join(first_cells(section(page, heading)))))


def account_keys(document: Any) -> set[str]:
    """Return the keys of an import's account, each change under one name."""
    changes = "|".join(Change)
    kept = rf"^change_counts\.({changes})$"
    return {re.sub(kept, "change_counts.<change>", key) for key in leaves(document)}


def test_every_key_an_import_prints_is_documented_and_no_other(
    sound_list: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    printed_json(capsys, "import", str(sound_list), "--accept")
    account = printed_json(capsys, "import", str(sound_list), "--update")
    assert account_keys(account) == keys_of("reference/cli.md", "import")
    registers = set(leaves(printed_json(capsys, "registers")))
    assert registers == keys_of("reference/cli.md", "registers")


def test_every_key_of_a_report_is_documented_and_no_other(
    office_list: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = office_list.with_name("report.json")
    with pytest.raises(SystemExit) as ended:
        main(["import", str(office_list), "--report", str(report)])
    assert ended.value.code == 2
    capsys.readouterr()
    found = set(leaves(json.loads(report.read_text(encoding="utf-8"))))
    account = keys_of("reference/cli.md", "import")
    of_an_update = {key for key in account if key.startswith("change")} | {"confirmed"}
    head = account - of_an_update
    assert found == head | keys_of("reference/input-files.md", "The report")


def test_every_change_is_documented_and_no_other() -> None:
    assert keys_of("reference/input-files.md", "At acceptance") == set(Change)


def test_every_format_is_documented_under_its_name_with_its_suffixes() -> None:
    rows = re.findall(
        r"^\| `([^|]+)` \| (.+?) \|", section("reference/input-files.md", "Formats"), re.MULTILINE
    )
    assert {name: tuple(code_words(suffixes)) for name, suffixes in rows} == {
        LABELS[kind]: suffixes for kind, suffixes in SUFFIXES.items()
    }


def test_the_dictionary_of_fields_has_every_field_and_no_other() -> None:
    page = section("reference/input-files.md", "Fields")
    tables = re.split(r"^### .*$|<!--.*?-->", page, flags=re.MULTILINE)
    listed = [[cell.strip(" `") for cell in first_cells(part)] for part in tables]
    assert [cells for cells in listed if cells][:2] == [[*fields()], [*fields()]]
    assert {key for cells in listed for key in cells} == set(fields())


def test_every_field_is_a_column_of_the_register_or_goes_into_one() -> None:
    columns = set(SCHEMAS["villages"].columns)
    assert set(fields()) - columns == set(DERIVED)
    assert {column for goes in DERIVED.values() for column in goes} <= columns | set(POSITION)


def test_every_kind_of_field_is_explained() -> None:
    said = code_words(section("reference/input-files.md", "Fields").split("<!--")[0])
    assert set(FieldKind) <= set(said)


def test_every_encoding_and_the_systems_named_in_the_guides_exist() -> None:
    pages = text("reference/input-files.md") + text("how-to/import-a-list.md")
    pages += text("vi/nhap-danh-sach.md")
    assert set(re.findall(r"--encoding ([a-z0-9-]+)", pages)) <= set(ENCODINGS)
    assert {int(code) for code in re.findall(r"EPSG:(\d+)", pages)} <= {
        system.code for system in candidate_systems()
    }


def test_the_mapping_shown_in_the_reference_is_read_and_written_back(tmp_path: Path) -> None:
    (shown,) = re.findall(
        r"```toml\n(.*?)```", section("reference/input-files.md", "mapping.toml"), re.DOTALL
    )
    path = tmp_path / "mapping.toml"
    path.write_text(shown, encoding="utf-8")
    choices = load_choices(path)
    assert choices.crs == "EPSG:9208"
    assert choices.columns == {"Thôn, bản": "name", "Ghi chú": ""}
    file_keys = set(tomllib.loads(shown)["file"])
    everything = {name for name in Choices.__dataclass_fields__ if name not in tomllib.loads(shown)}
    assert file_keys == everything - {"blank_means_no"}
    path.write_bytes(write_choices(choices))
    assert load_choices(path) == choices


def test_the_dictionary_has_every_property_of_boundaries_and_no_other() -> None:
    square = shapely.box(103.0, 22.0, 103.1, 22.1)
    frame = pd.DataFrame({"code": ["02701"], "name": ["Y Tý"], "level": ["unit"]})
    table = as_table(geopandas.GeoDataFrame(frame, geometry=[square], crs="EPSG:4326"), "x")
    written = json.loads(write_boundaries(read_boundaries(table)))
    cells = first_cells(section("reference/data-dictionary.md", "Boundaries"))
    assert [cell.strip(" `") for cell in cells] == list(written["features"][0]["properties"])


def test_every_variable_the_code_reads_is_a_documented_setting() -> None:
    code = "\n".join(
        file.read_text(encoding="utf-8")
        for package in ("cli", "geo", "i18n", "planning", "services", "store", "ui")
        for file in (ROOT / package).rglob("*.py")
    )
    settings = section("reference/settings.md", "Environment variables")
    variables = r"GAP_PLANNER_[A-Z]+"
    documented = {re.findall(variables, cell)[0] for cell in first_cells(settings)}
    assert documented == set(re.findall(rf'"({variables})"', code))


def test_every_parameter_of_the_address_is_documented_and_no_other() -> None:
    given = {
        name: value for name, value in vars(state).items() if name.isupper() and name[0] != "_"
    }
    names = {value for value in given.values() if isinstance(value, str)}
    names |= {
        part for value in given.values() if isinstance(value, dict) for part in value.values()
    }
    cells = first_cells(section("reference/settings.md", "The address"))
    assert {cell.strip(" `") for cell in cells} == names


def test_the_import_law_is_the_one_that_is_checked() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (layers,) = (contract["layers"] for contract in contracts if contract["type"] == "layers")
    assert "\n".join(["```text", *layers, "```"]) in text("explanation/architecture.md")


def anchors(page: Path) -> set[str]:
    """Return the anchors a code host makes of a page's headings."""
    content = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", content, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).strip().replace(" ", "-") for h in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_relative_link_and_picture_is_there(page: Path) -> None:
    content = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = re.findall(r"\]\(([^)\s]+)\)", content) + re.findall(r'src="([^"]+)"', content)
    for target in targets:
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = unquote(target).partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), f"{page.name}: {target}"
        if anchor:
            assert anchor in anchors(file), f"{page.name}: {target}"


def test_every_picture_is_used_and_small() -> None:
    used = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    for picture in (DOCS / "images").iterdir():
        assert picture.name in used, picture.name
        assert picture.stat().st_size < MOST_BYTES, picture.name


def test_every_page_can_be_found_from_the_index() -> None:
    index = text("README.md") + text("decisions/README.md")
    for page in DOCS.rglob("*.md"):
        if page != DOCS / "README.md":
            assert page.name in index, page.name


def test_the_register_shown_in_the_guide_works(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    guide = text("how-to/use-your-own-register.md")
    (register,) = re.findall(r"```json\n(.*?)```", guide, re.DOTALL)
    (history,) = re.findall(r"```csv\n(.*?)```", guide, re.DOTALL)
    villages, observations = tmp_path / "my.geojson", tmp_path / "observations.csv"
    villages.write_text(register, encoding="utf-8")
    observations.write_text(history, encoding="utf-8")
    alone = printed_json(capsys, "assess", "--villages", str(villages))
    assert {gap: count["lacking"] for gap, count in alone["gaps"].items()} == {
        "no_signal": 1,
        "mobile": 1,
        "fibre": 1,
    }
    assert alone["gaps"]["fibre"]["unknown"] == 1
    dated = ("assess", "--villages", str(villages), "--observations", str(observations))
    assert printed_json(capsys, *dated, "--as-of", "2026-03-31")["gaps"]["fibre"]["lacking"] == 1
    assert printed_json(capsys, *dated)["gaps"]["fibre"]["lacking"] == 0


def test_the_figures_of_the_tutorial_are_those_of_the_product(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GAP_PLANNER_DATA", raising=False)
    tutorial = " ".join(text("tutorial.md").split())
    words = translator("en")
    province = shipped_province()
    measured = measure(province, Gap.FIBRE, province.latest)
    question = Question(Gap.FIBRE, province.latest)
    ranking = prioritise(measured, question)
    first = ranking.table.iloc[0]
    assert f"First comes {first['name']}, with {words.number(first['total'], 3)}" in tutorial
    equity = prioritise(measured, Question(Gap.FIBRE, province.latest, *PRESETS["equity"]))
    assert f"*Equity*, {compare(ranking, equity).common} of the 28 stay" in tutorial
    leaves_first = find_tipping(ranking).table.iloc[0]
    then = words.number(leaves_first["weight"], 3)
    assert f"past {then}, {leaves_first['name']} (rank {leaves_first['rank']}) leaves" in tutorial
    wide = ranking.table.iloc[26]
    assert f"{wide['name']}, at rank 27, ranges from {wide['rank_low']} to {wide['rank_high']}" in (
        tutorial
    )
    without_power = int((ranking.table["lane"].head(28) == "power_first").sum())
    assert f"{without_power} of the 28 have no grid power" in tutorial
    for group in (ranking.fairness.selected, ranking.fairness.gap):
        assert words.percent(group.minority_share) in tutorial

    out = tmp_path / "priority.xlsx"
    with pytest.raises(SystemExit):
        main(["rank", "--top", "28", "--out", str(out), "--lang", "en"])
    sheet = openpyxl.load_workbook(out).worksheets[0]
    headings = {sheet[f"{column}4"].value: column for column in ("P", "AB", "Z", "O", "AI")}
    assert list(headings) == [
        "Minority share",
        "Access around",
        "Distance (km)",
        "People",
        "Priority score",
    ]
    points = sum(sheet[f"{column}5"].value for column in ("AF", "AG", "AH"))
    assert points == pytest.approx(sheet["AI5"].value, abs=2e-6)
    assert f"{points:.6f}"[:7] in tutorial
    scores = [sheet[f"{column}5"].value for column in ("AC", "AD", "AE")]
    weights = PRESETS["balanced"][0].shares()
    assert sum(w * s for w, s in zip(weights, scores, strict=True)) == pytest.approx(
        points, abs=2e-6
    )
    assert 1 - sheet["Z5"].value / 4.204 == pytest.approx(scores[0], abs=5e-4)
    assert sheet["P5"].value * (1 - sheet["AB5"].value) == pytest.approx(scores[2], abs=1e-6)
    assert sheet["O5"].value == 336
    assert ranking.scale.distance_cap_m / 1000 == pytest.approx(4.204, abs=5e-4)
    assert ranking.scale.people_max == 378

"""``gap-planner import``: take an office's own list in, or say everything that is wrong with it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from cli.import_account import ProgressLine, print_faults, print_understanding
from cli.options import one_of, parse_date
from cli.output import print_json, records, say
from geo.boundary_columns import AreaLevel
from geo.intake.encodings import ENCODINGS
from geo.intake.table import RawTable
from geo.register.choices import EVERY_COLUMN, Choices, load_choices, write_choices
from geo.register.days import DayOrder
from geo.register.numbers import NumberStyle
from geo.writing import write_file
from i18n import LANGUAGES, Translator
from planning.errors import PlannerError
from services.faults import faults_bytes, report_bytes, summary
from services.intake import (
    Understanding,
    accept,
    acceptable_register,
    hash_content,
    read_list,
    register_file,
    shipped_gazetteer,
    understand,
    with_ids,
)
from services.merge import Merge, lay_over
from services.outline import Outline, attach, check_outline, is_outline, outline_file
from services.province import Province
from services.record import province_here
from services.set_aside import set_aside_workbook
from services.shelf import SHIPPED, shelf_here

EXIT_FAULTS: Final = 2
"""The file can be read, but not accepted as it is; nothing is written."""

_FORMATS: Final = ("table", "json")
_LEVELS: Final = tuple(str(level) for level in AreaLevel)


@dataclass(frozen=True)
class _Areas:
    """Boundaries that come with the list, and of which level areas are."""

    boundaries: Path | None
    level: AreaLevel | None

    def check(self, raw: RawTable, file: str) -> Outline:
        return check_outline(raw, file, self.level, shipped_gazetteer())


@dataclass(frozen=True)
class _Wishes:
    """What the command was asked to do with the list."""

    report: Path | None
    out: Path | None
    save_mapping: Path | None
    set_aside: Path | None
    accept: bool
    update: bool
    name: str
    format: str


def register(command_line: typer.Typer, words: Translator) -> None:
    """Add the command, its help in the translator's language."""

    @command_line.command("import", help=words("cli-import-help"))
    def command(
        file: Annotated[Path, typer.Argument(help=words("cli-argument-file"))],
        layer: Annotated[str | None, typer.Option(help=words("cli-option-layer"))] = None,
        sheet: Annotated[str | None, typer.Option(help=words("cli-option-sheet"))] = None,
        header_row: Annotated[int | None, typer.Option(help=words("cli-option-header-row"))] = None,
        encoding: Annotated[str | None, typer.Option(help=words("cli-option-encoding"))] = None,
        crs: Annotated[str | None, typer.Option(help=words("cli-option-crs"))] = None,
        swap: Annotated[bool, typer.Option("--swap", help=words("cli-option-swap"))] = False,
        numbers: Annotated[str | None, typer.Option(help=words("cli-option-numbers"))] = None,
        dates: Annotated[str | None, typer.Option(help=words("cli-option-dates"))] = None,
        observed_on: Annotated[
            str | None, typer.Option(help=words("cli-option-observed-on"))
        ] = None,
        mapping: Annotated[Path | None, typer.Option(help=words("cli-option-mapping"))] = None,
        level: Annotated[str | None, typer.Option(help=words("cli-option-level"))] = None,
        boundaries: Annotated[
            Path | None, typer.Option(help=words("cli-option-boundaries"))
        ] = None,
        use_commune_centre: Annotated[
            bool, typer.Option("--use-commune-centre", help=words("cli-option-use-commune-centre"))
        ] = False,
        set_aside: Annotated[Path | None, typer.Option(help=words("cli-option-set-aside"))] = None,
        report: Annotated[Path | None, typer.Option(help=words("cli-option-report"))] = None,
        save_mapping: Annotated[
            Path | None, typer.Option(help=words("cli-option-save-mapping"))
        ] = None,
        out: Annotated[Path | None, typer.Option(help=words("cli-option-import-out"))] = None,
        accept_: Annotated[bool, typer.Option("--accept", help=words("cli-option-accept"))] = False,
        update: Annotated[bool, typer.Option("--update", help=words("cli-option-update"))] = False,
        name: Annotated[str, typer.Option(help=words("cli-option-name"))] = "",
        format_: Annotated[
            str, typer.Option("--format", help=words("cli-option-import-format"))
        ] = "table",
        lang: Annotated[str, typer.Option(help=words("cli-option-lang"))] = words.language,
    ) -> None:
        one_of(lang, LANGUAGES, "--lang")
        one_of(format_, _FORMATS, "--format")
        if encoding is not None:
            one_of(encoding, ENCODINGS, "--encoding")
        if out is not None and out.suffix.lower() != ".geojson":
            raise PlannerError("error-export-format", suffix=out.suffix, expected=".geojson")
        given = load_choices(mapping) if mapping else Choices()
        choices = replace(
            given,
            layer=sheet or layer or given.layer,
            header_row=header_row or given.header_row,
            encoding=encoding or given.encoding,
            crs=crs or given.crs,
            swap=swap or given.swap,
            replace_bad_positions=use_commune_centre or given.replace_bad_positions,
            observed_on=_day(observed_on) or given.observed_on,
            numbers={**given.numbers, **_every(numbers, NumberStyle, "--numbers")},
            dates={**given.dates, **_every(dates, DayOrder, "--dates")},
        )
        wishes = _Wishes(
            report=report,
            out=out,
            save_mapping=save_mapping,
            set_aside=set_aside,
            accept=accept_,
            update=update,
            name=name or file.stem,
            format=format_,
        )
        areas = _Areas(boundaries, AreaLevel(one_of(level, _LEVELS, "--level")) if level else None)
        raise typer.Exit(_take_in(file, choices, areas, wishes, words))


def _day(got: str | None) -> date | None:
    return None if got is None else parse_date(got, date.min)


def _every(
    got: str | None, kind: type[NumberStyle] | type[DayOrder], option: str
) -> dict[str, Any]:
    if got is None:
        return {}
    return {EVERY_COLUMN: kind(one_of(got, [str(value) for value in kind], option))}


def _take_in(
    file: Path, choices: Choices, areas: _Areas, wishes: _Wishes, words: Translator
) -> int:
    progress = ProgressLine(words)
    raw = read_list(file, choices, progress=progress)
    if is_outline(raw):
        progress.done()
        return _take_outline(areas.check(raw, file.name), wishes, words)
    outline = None
    if areas.boundaries is not None:
        beside = read_list(areas.boundaries, Choices(), progress=progress)
        outline = areas.check(beside, areas.boundaries.name)
    understood = understand(
        raw,
        choices,
        shipped_gazetteer(),
        file=file.name,
        file_hash=hash_content(file.read_bytes()),
        today=datetime.now().astimezone().date(),
        boundaries=outline.boundaries if outline else None,
    )
    progress.done()
    if wishes.report is not None:
        write_file(wishes.report, report_bytes(understood, wishes.report.suffix))
    if wishes.save_mapping is not None:
        write_file(wishes.save_mapping, write_choices(understood.settled))
    separated = wishes.set_aside is not None and understood.separable
    if not understood.acceptable and not separated:
        _show(understood, None, wishes, words)
        return EXIT_FAULTS
    register = acceptable_register(understood, set_aside=separated)
    shelf = shelf_here()
    over = _register_to_update(wishes)
    merge = lay_over(register, over, understood.file) if over is not None else None
    _show(understood, merge, wishes, words, separated=separated)
    if separated and wishes.set_aside is not None and understood.draft.faulty.any():
        write_file(wishes.set_aside, set_aside_workbook(understood, words))
        _note(
            words(
                "cli-written", count=int(understood.draft.faulty.sum()), file=str(wishes.set_aside)
            ),
            wishes,
        )
    if wishes.out is not None:
        whole = merge.register if merge is not None else with_ids(register)
        write_file(wishes.out, register_file(whole, understood))
        _note(words("cli-written", count=len(whole), file=str(wishes.out)), wishes)
    if wishes.accept:
        entry = accept(
            understood,
            register,
            shelf,
            name=wishes.name,
            moment=datetime.now().astimezone(),
            merge=merge,
            boundaries=outline_file(outline) if outline else None,
        )
        _note(words("cli-accepted", name=entry.name, register=entry.key), wishes)
    else:
        _note(words("cli-not-accepted"), wishes)
    return 0


def _register_to_update(wishes: _Wishes) -> Province | None:
    """Return the register the list is laid over, if it is to be laid over one."""
    if not wishes.update:
        return None
    shelf = shelf_here()
    if shelf.in_use() == SHIPPED:
        raise PlannerError("error-nothing-to-update")
    return province_here(shelf)


def _take_outline(outline: Outline, wishes: _Wishes, words: Translator) -> int:
    """Answer for a file of boundaries: its faults, and with ``--accept`` its place on the shelf."""
    faults = outline.boundaries.faults
    say(
        words(
            "cli-outline",
            file=outline.file,
            count=len(outline.boundaries),
            level=words(f"area-level-{outline.boundaries.level}"),
        )
    )
    print_faults(faults, words)
    if wishes.report is not None:
        write_file(wishes.report, faults_bytes(faults, outline.file, wishes.report.suffix))
    if outline.errors:
        return EXIT_FAULTS
    if wishes.out is not None:
        write_file(wishes.out, outline_file(outline))
    if wishes.accept:
        entry = attach(outline, shelf_here(), datetime.now().astimezone())
        say(words("cli-accepted", name=entry.name, register=entry.key))
    return 0


def _note(text: str, wishes: _Wishes) -> None:
    """Say something beside the result; printed JSON stays JSON."""
    say(text, error=wishes.format == "json")


def _show(
    understood: Understanding,
    merge: Merge | None,
    wishes: _Wishes,
    words: Translator,
    *,
    separated: bool = False,
) -> None:
    if wishes.format == "json":
        changes = [] if merge is None else records(merge.changes)
        counts = {} if merge is None else {str(c): n for c, n in merge.counts().items()}
        counted = {"change_counts": counts, "confirmed": merge.confirmed if merge else 0}
        print_json(summary(understood) | counted | {"changes": changes})
    else:
        print_understanding(understood, merge, words, separated=separated)

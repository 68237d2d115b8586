"""``gap-planner record``: record what was seen and done, read it again, take it back."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.asked_target import asked_target
from cli.options import FORMATS, one_of, parse_date, parse_gap
from cli.output import print_json, print_table, say
from i18n import LANGUAGES, Translator
from planning.authority import Actor
from planning.columns import each_row
from planning.errors import PlannerError
from planning.vocabulary import Evidence, Service, WorkStatus
from services.province import Province
from services.record import (
    Record,
    is_begun,
    now_utc,
    open_here,
    person_here,
    province_here,
    register_key,
)
from services.record_words import about, content_of, what_happened
from services.recording import Updates, apply_updates, set_target
from services.shelf import shelf_here
from services.update_sheet import read_update_sheet, write_update_sheet
from services.work_queue import work_queue
from store.attachments import keep_attachment
from store.days import office_day
from store.history import load_history, undo
from store.ledger import Receipt
from store.observations import STATES, Observed
from store.works import WorkReport


@dataclass(frozen=True, eq=False)
class _Open:
    province: Province
    record: Record
    actor: Actor
    now: datetime

    @property
    def today(self) -> date:
        """The office's day."""
        return office_day(self.now)


@contextmanager
def _opened() -> Iterator[_Open]:
    """Give the register in use and its record; closed at the end."""
    shelf = shelf_here()
    province = province_here(shelf)
    store = open_here(shelf)
    try:
        record = Record(store, register_key(shelf))
        yield _Open(province, record, person_here(store), now_utc())
    finally:
        store.close()


def register(command_line: typer.Typer, words: Translator) -> None:
    """Add the commands, their help in the translator's language."""
    group = typer.Typer(help=words("cli-record-help"), no_args_is_help=True, rich_markup_mode=None)
    command_line.add_typer(group, name="record")
    for add in (
        _add_observe,
        _add_work,
        _add_history,
        _add_undo,
        _add_queue,
        _add_sheets,
        _add_target,
    ):
        add(group, words)


def _say_saved(receipts: tuple[Receipt, ...], words: Translator) -> None:
    key = "updates-saved-before" if receipts[-1].repeated else "record-saved"
    say(words(key, count=len(receipts), seq=str(receipts[-1].seq)))


def _key(act: str, now: datetime) -> str:
    return f"cli:{act}:{now.isoformat()}"


def _add_observe(group: typer.Typer, words: Translator) -> None:
    @group.command("observe", help=words("cli-record-observe-help"))
    def command(
        village: Annotated[str, typer.Argument(help=words("cli-argument-village"))],
        service: Annotated[str, typer.Option(help=words("cli-option-service"))],
        state: Annotated[str, typer.Option(help=words("cli-option-state"))],
        on: Annotated[str | None, typer.Option(help=words("cli-option-on"))] = None,
        evidence: Annotated[str, typer.Option(help=words("cli-option-evidence"))] = "survey",
        source: Annotated[str, typer.Option(help=words("cli-option-source"))] = "",
        note: Annotated[str, typer.Option(help=words("cli-option-note"))] = "",
        attach: Annotated[Path | None, typer.Option(help=words("cli-option-attach"))] = None,
        lang: Annotated[str, typer.Option(help=words("cli-option-lang"))] = words.language,
    ) -> None:
        one_of(lang, LANGUAGES, "--lang")
        one_of(service, [str(one) for one in Service], "--service")
        one_of(state, [str(one) for one in STATES[Service(service)]], "--state")
        one_of(evidence, [str(one) for one in Evidence], "--evidence")
        with _opened() as here:
            one = Observed(
                village,
                Service(service),
                state,
                parse_date(on, here.today),
                Evidence(evidence),
                source=source,
                note=note,
                attachment=_attached(here, attach),
            )
            receipts = apply_updates(
                here.province,
                here.record,
                here.actor,
                Updates(observed=(one,)),
                submission=_key("observe", here.now),
                now=here.now,
            )
        _say_saved(receipts, words)


def _attached(here: _Open, file: Path | None) -> str | None:
    if file is None:
        return None
    try:
        content = file.read_bytes()
    except OSError as problem:
        raise PlannerError("error-file-unreadable", file=str(file)) from problem
    return keep_attachment(here.record.store, here.actor, content, file.name, here.now)


def _add_work(group: typer.Typer, words: Translator) -> None:
    @group.command("work", help=words("cli-record-work-help"))
    def command(
        village: Annotated[str, typer.Argument(help=words("cli-argument-village"))],
        service: Annotated[str, typer.Option(help=words("cli-option-service"))],
        status: Annotated[str, typer.Option(help=words("cli-option-status"))],
        since: Annotated[str | None, typer.Option(help=words("cli-option-since"))] = None,
        source: Annotated[str, typer.Option(help=words("cli-option-source"))] = "",
        note: Annotated[str, typer.Option(help=words("cli-option-note"))] = "",
        attach: Annotated[Path | None, typer.Option(help=words("cli-option-attach"))] = None,
        lang: Annotated[str, typer.Option(help=words("cli-option-lang"))] = words.language,
    ) -> None:
        one_of(lang, LANGUAGES, "--lang")
        one_of(service, [str(one) for one in Service], "--service")
        one_of(status, [str(one) for one in WorkStatus], "--status")
        with _opened() as here:
            one = WorkReport(
                village,
                Service(service),
                WorkStatus(status),
                parse_date(since, here.today),
                source=source,
                note=note,
                attachment=_attached(here, attach),
            )
            receipts = apply_updates(
                here.province,
                here.record,
                here.actor,
                Updates(reports=(one,)),
                submission=_key("work", here.now),
                now=here.now,
            )
        _say_saved(receipts, words)


def _add_history(group: typer.Typer, words: Translator) -> None:
    @group.command("history", help=words("cli-record-history-help"))
    def command(
        village: Annotated[str | None, typer.Option(help=words("cli-option-village"))] = None,
        most: Annotated[int, typer.Option(min=1, help=words("cli-option-most"))] = 50,
        format_: Annotated[
            str, typer.Option("--format", help=words("cli-option-format"))
        ] = "table",
        lang: Annotated[str, typer.Option(help=words("cli-option-lang"))] = words.language,
    ) -> None:
        one_of(lang, LANGUAGES, "--lang")
        one_of(format_, FORMATS[:2], "--format")
        if not is_begun(shelf_here()):
            print_json({"entries": []}) if format_ == "json" else say(words("record-none"))
            return
        with _opened() as here:
            told = load_history(here.record.store, here.record.key, village_id=village, most=most)
            names = _names(here.province)
        if format_ == "json":
            print_json(
                {
                    "entries": [
                        {
                            "seq": one.seq,
                            "kind": one.kind,
                            "subject": one.subject,
                            "version": one.version,
                            "by": one.actor,
                            "role": one.role,
                            "recorded_at": one.recorded_at.isoformat(),
                            "fields": dict(one.fields),
                            "undone": one.undone,
                            "hash": one.hash,
                        }
                        for one in told
                    ]
                }
            )
            return
        headings = ("seq", "when", "by", "what", "subject", "said")
        print_table(
            "",
            [words(f"record-{name}") for name in headings],
            [
                [
                    str(one.seq),
                    f"{one.recorded_at:%d/%m/%Y %H:%M} UTC",
                    one.actor,
                    what_happened(one, words),
                    about(one, names, words),
                    content_of(one, words),
                ]
                for one in told
            ],
            numeric=(0,),
        )


def _names(province: Province) -> dict[str, str]:
    villages = province.villages
    return dict(zip(villages["village_id"], villages["name"], strict=True))


def _add_undo(group: typer.Typer, words: Translator) -> None:
    @group.command("undo", help=words("cli-record-undo-help"))
    def command(
        seq: Annotated[int, typer.Argument(help=words("cli-argument-seq"))],
        lang: Annotated[str, typer.Option(help=words("cli-option-lang"))] = words.language,
    ) -> None:
        one_of(lang, LANGUAGES, "--lang")
        with _opened() as here:
            undo(here.record.store, here.actor, seq, _key(f"undo:{seq}", here.now), here.now)
        say(words("updates-undone", seq=str(seq)))


def _add_queue(group: typer.Typer, words: Translator) -> None:
    @group.command("queue", help=words("cli-record-queue-help"))
    def command(
        gap: Annotated[str, typer.Option(help=words("cli-option-gap"))] = "fibre",
        as_of: Annotated[str | None, typer.Option(help=words("cli-option-as-of"))] = None,
        lang: Annotated[str, typer.Option(help=words("cli-option-lang"))] = words.language,
    ) -> None:
        one_of(lang, LANGUAGES, "--lang")
        asked = parse_gap(gap)
        with _opened() as here:
            day = parse_date(as_of, here.today)
            queue = work_queue(here.province, here.record, asked, here.actor.role, day)
        if here.province.illustrative:
            say(words("illustrative-long"))
        headings = ("village_id", "village", "commune", "district", "state", "status")
        print_table(
            words("updates-queue"),
            [*(words(f"sheet-{name}") for name in headings), words("record-what")],
            [
                [
                    row.village_id,
                    row.village,
                    row.commune,
                    row.district,
                    words(f"state-{_service(asked)}-{row.state}"),
                    words(f"work-{row.status}"),
                    words(f"next-{row.waiting_for}"),
                ]
                for row in each_row(queue.table)
            ],
            numeric=(),
            whole=(0,),
        )


def _service(gap: object) -> str:
    return "fixed" if gap == "fibre" else "mobile"


def _add_sheets(group: typer.Typer, words: Translator) -> None:
    @group.command("sheet", help=words("cli-record-sheet-help"))
    def sheet_command(
        out: Annotated[Path, typer.Option(help=words("cli-option-sheet-out"))],
        gap: Annotated[str, typer.Option(help=words("cli-option-gap"))] = "fibre",
        as_of: Annotated[str | None, typer.Option(help=words("cli-option-as-of"))] = None,
        lang: Annotated[str, typer.Option(help=words("cli-option-lang"))] = words.language,
    ) -> None:
        one_of(lang, LANGUAGES, "--lang")
        asked = parse_gap(gap)
        with _opened() as here:
            day = parse_date(as_of, here.today)
            queue = work_queue(here.province, here.record, asked, here.actor.role, day)
            content = write_update_sheet(
                queue, asked, here.province, words, register=here.record.key, as_of=day
            )
        _write(lambda: out.write_bytes(content), out)
        say(str(out))

    @group.command("apply", help=words("cli-record-apply-help"))
    def apply_command(
        sheet: Annotated[Path, typer.Argument(help=words("cli-argument-sheet"))],
        lang: Annotated[str, typer.Option(help=words("cli-option-lang"))] = words.language,
    ) -> None:
        one_of(lang, LANGUAGES, "--lang")
        with _opened() as here:
            updates = read_update_sheet(sheet, sheet.name, here.record.key, here.today)
            content = hashlib.sha256(sheet.read_bytes()).hexdigest()
            receipts = apply_updates(
                here.province,
                here.record,
                here.actor,
                updates,
                submission=f"sheet:{here.actor.login}:{content}",
                now=here.now,
            )
        _say_saved(receipts, words)


def _write(act: Callable[[], object], path: Path) -> None:
    try:
        act()
    except OSError as problem:
        raise PlannerError("error-export-write", path=str(path)) from problem


def _add_target(group: typer.Typer, words: Translator) -> None:
    @group.command("target", help=words("cli-record-target-help"))
    def command(
        target_id: Annotated[str, typer.Argument(help=words("cli-argument-target"))],
        gap: Annotated[str | None, typer.Option(help=words("cli-option-gap"))] = None,
        cohort_on: Annotated[str | None, typer.Option(help=words("cli-option-cohort-on"))] = None,
        required: Annotated[int | None, typer.Option(help=words("cli-option-required"))] = None,
        deadline: Annotated[str | None, typer.Option(help=words("cli-option-deadline"))] = None,
        source: Annotated[str | None, typer.Option(help=words("cli-option-target-source"))] = None,
        area: Annotated[str | None, typer.Option(help=words("cli-option-area"))] = None,
        milestone: Annotated[
            list[str] | None, typer.Option(help=words("cli-option-milestone"))
        ] = None,
        result: Annotated[int | None, typer.Option(help=words("cli-option-result"))] = None,
        drop: Annotated[bool, typer.Option("--drop", help=words("cli-option-drop"))] = False,
        lang: Annotated[str, typer.Option(help=words("cli-option-lang"))] = words.language,
    ) -> None:
        one_of(lang, LANGUAGES, "--lang")
        with _opened() as here:
            asked = asked_target(
                here.province,
                target_id,
                gap=None if gap is None else parse_gap(gap),
                cohort_on=None if cohort_on is None else parse_date(cohort_on, here.today),
                deadline=None if deadline is None else parse_date(deadline, here.today),
                required=required,
                source=source or words("target-own-source"),
                area=area,
                milestones=milestone or (),
                result=result,
            )
            receipt = set_target(
                here.province,
                here.record,
                here.actor,
                asked,
                known_areas=here.province.area_codes(),
                submission=_key(f"target:{target_id}", here.now),
                now=here.now,
                removed=drop,
            )
        _say_saved((receipt,), words)

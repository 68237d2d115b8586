"""``gap-planner store``: verify the record, back it up, restore it, grant roles."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import typer

from cli.options import FORMATS, one_of
from cli.output import print_json, print_table, say
from i18n import LANGUAGES, Translator
from planning.errors import StoreError
from planning.vocabulary import Role
from services.record import backup_folder, is_begun, now_utc, open_here, person_here
from services.shelf import shelf_here
from store.backup import SUFFIX, back_up, replace_damaged, restore
from store.opening import FILE_NAME, STORE_VARIABLE, Store
from store.people import Person, grant_role, load_people
from store.place import sqlite_is_sound
from store.verification import Breach, verify

_NO_ROLE: Final = "none"
EXIT_BREACH: Final = 3


@contextmanager
def opened() -> Iterator[Store]:
    """Give this installation's store, made if there is none, and close it."""
    store = open_here(shelf_here())
    try:
        yield store
    finally:
        store.close()


def register(command_line: typer.Typer, words: Translator) -> None:
    """Add the commands, their help in the translator's language."""
    group = typer.Typer(help=words("cli-store-help"), no_args_is_help=True, rich_markup_mode=None)
    command_line.add_typer(group, name="store")
    _add_verify(group, words)
    _add_backups(group, words)
    _add_people(group, words)


def _add_verify(group: typer.Typer, words: Translator) -> None:
    @group.command("verify", help=words("cli-store-verify-help"))
    def command(
        head: Annotated[str, typer.Option(help=words("cli-option-head"))] = "",
        format_: Annotated[
            str, typer.Option("--format", help=words("cli-option-format"))
        ] = "table",
        lang: Annotated[str, typer.Option(help=words("cli-option-lang"))] = words.language,
    ) -> None:
        one_of(lang, LANGUAGES, "--lang")
        one_of(format_, FORMATS[:2], "--format")
        if not is_begun(shelf_here()):
            say(words("store-empty"))
            return
        with opened() as store:
            found = verify(store, head)
            is_file = store.is_file
        if format_ == "json":
            print_json(
                {
                    "events": found.events,
                    "rows": found.rows,
                    "head": found.head,
                    "head_known": found.head_known,
                    "breaches": [
                        {"kind": one.kind, "table": one.table, "event": one.event, "row": one.row}
                        for one in found.breaches
                    ],
                }
            )
        else:
            for one in found.breaches:
                say(_sentence(one, words), error=True)
            if not found.breaches:
                say(words("store-sound", events=found.events, rows=found.rows, head=found.head))
            if found.head_known is not None:
                known = "known" if found.head_known else "unknown"
                say(words(f"store-head-{known}", head=head), error=not found.head_known)
            if is_file and not sqlite_is_sound():
                say(words("store-old-sqlite", version=sqlite3.sqlite_version), error=True)
        if found.breaches or found.head_known is False:
            raise typer.Exit(EXIT_BREACH)


def _sentence(one: Breach, words: Translator) -> str:
    return words(
        f"store-breach-{one.kind}", table=one.table, event=str(one.event), row=str(one.row)
    )


def _add_backups(group: typer.Typer, words: Translator) -> None:
    @group.command("backup", help=words("cli-store-backup-help"))
    def backup_command(
        out: Annotated[Path | None, typer.Option(help=words("cli-option-backup-folder"))] = None,
        keep: Annotated[int, typer.Option(min=0, help=words("cli-option-keep"))] = 0,
        lang: Annotated[str, typer.Option(help=words("cli-option-lang"))] = words.language,
    ) -> None:
        one_of(lang, LANGUAGES, "--lang")
        folder = out or backup_folder(shelf_here())
        with opened() as store:
            path = back_up(store, folder, now_utc())
        if keep:
            for old in sorted(folder.glob(f"*{SUFFIX}"))[:-keep]:
                old.unlink(missing_ok=True)
        say(words("store-backed-up", path=str(path)))

    @group.command("restore", help=words("cli-store-restore-help"))
    def restore_command(
        backup: Annotated[Path, typer.Argument(help=words("cli-argument-backup"))],
        lang: Annotated[str, typer.Option(help=words("cli-option-lang"))] = words.language,
    ) -> None:
        one_of(lang, LANGUAGES, "--lang")
        try:
            with opened() as store:
                kept, checked = restore(backup, store, now_utc())
        except StoreError as problem:
            own_file = shelf_here().home / FILE_NAME
            if problem.key != "error-store-damaged" or os.environ.get(STORE_VARIABLE):
                raise
            kept, checked = replace_damaged(backup, own_file, now_utc())
        say(words("store-restored", events=checked.events, path=str(backup), kept=str(kept)))


def _add_people(group: typer.Typer, words: Translator) -> None:
    @group.command("grant", help=words("cli-store-grant-help"))
    def grant_command(
        login: Annotated[str, typer.Argument(help=words("cli-argument-login"))],
        role: Annotated[str, typer.Argument(help=words("cli-argument-role"))],
        name: Annotated[str, typer.Option(help=words("cli-option-person-name"))] = "",
        lang: Annotated[str, typer.Option(help=words("cli-option-lang"))] = words.language,
    ) -> None:
        one_of(lang, LANGUAGES, "--lang")
        one_of(role, [*(str(one) for one in Role), _NO_ROLE], "ROLE")
        active = role != _NO_ROLE
        granted = Person(login, name, Role(role) if active else Role.VIEWER, active)
        now = now_utc()
        with opened() as store:
            grant_role(store, person_here(store), granted, f"grant:{login}:{now.isoformat()}", now)
        said = words(f"role-{role}") if active else words("store-role-none")
        say(words("store-granted", login=login, role=said))

    @group.command("people", help=words("cli-store-people-help"))
    def people_command(
        lang: Annotated[str, typer.Option(help=words("cli-option-lang"))] = words.language,
    ) -> None:
        one_of(lang, LANGUAGES, "--lang")
        people: tuple[Person, ...] = ()
        if is_begun(shelf_here()):
            with opened() as store:
                people = load_people(store)
        if not people:
            say(words("store-no-people"))
            return
        print_table(
            "",
            [words("record-by"), words("record-name"), words("record-role")],
            [
                [
                    one.login,
                    one.name,
                    words(f"role-{one.role}") if one.active else words("store-role-none"),
                ]
                for one in people
            ],
            numeric=(),
        )

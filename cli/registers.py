"""``gap-planner registers``: which registers were accepted, and which one is in use."""

from typing import Annotated

import typer

from cli.options import FORMATS, one_of
from cli.output import print_csv, print_json, print_table, say
from i18n import LANGUAGES, Translator
from services.shelf import Shelf, ShelfEntry, shelf_here


def register(command_line: typer.Typer, words: Translator) -> None:
    """Add the command, its help in the translator's language."""

    @command_line.command("registers", help=words("cli-registers-help"))
    def command(
        use: Annotated[str | None, typer.Option(help=words("cli-option-use"))] = None,
        format_: Annotated[
            str, typer.Option("--format", help=words("cli-option-format"))
        ] = "table",
        lang: Annotated[str, typer.Option(help=words("cli-option-lang"))] = words.language,
    ) -> None:
        one_of(lang, LANGUAGES, "--lang")
        one_of(format_, FORMATS, "--format")
        shelf = shelf_here()
        if use is not None:
            shelf.use(use)
        rows = [_row(shelf, entry) for entry in map(shelf.entry, shelf.all_keys())]
        if format_ == "json":
            print_json({"registers": rows})
        elif format_ == "csv":
            print_csv(rows, illustrative=False)
        else:
            _print(rows, words)


def _row(shelf: Shelf, entry: ShelfEntry) -> dict[str, str | int | bool]:
    return {
        "register": entry.key,
        "in_use": entry.key == shelf.in_use(),
        "name": entry.name,
        "villages": entry.villages,
        "source": entry.source,
        "accepted_at": entry.accepted_at.isoformat() if entry.accepted_at.year > 1 else "",
        "illustrative": entry.illustrative,
    }


def _print(rows: list[dict[str, str | int | bool]], words: Translator) -> None:
    headings = ("in-use", "register", "name", "villages", "source", "accepted")
    print_table(
        words("registers-title"),
        [words(f"registers-{heading}") for heading in headings],
        [
            [
                "●" if row["in_use"] else "",
                row["register"],
                row["name"],
                words.number(int(row["villages"])),
                row["source"],
                str(row["accepted_at"])[:16].replace("T", " "),
            ]
            for row in rows
        ],
        numeric=(3,),
        whole=(1,),
    )
    say(words("registers-hint"))

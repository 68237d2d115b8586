"""Guards of the history tables: the database itself refuses to change or forget a row."""

from __future__ import annotations

from alembic import op


def refuse_changes(*tables: str) -> None:
    """Make tables refuse UPDATE, DELETE and, where it exists, TRUNCATE."""
    if op.get_bind().dialect.name == "postgresql":
        _on_server(tables)
    else:
        _in_file(tables)


def _in_file(tables: tuple[str, ...]) -> None:
    for table in tables:
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f'CREATE TRIGGER "{table}_refuses_{act.lower()}" BEFORE {act} ON "{table}" '
                f"BEGIN SELECT RAISE(ABORT, '{table} is history: it only grows'); END"
            )


def _on_server(tables: tuple[str, ...]) -> None:
    op.execute(
        "CREATE OR REPLACE FUNCTION history_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is history: it only grows', TG_TABLE_NAME; END $$"
    )
    for table in tables:
        for act, each in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            op.execute(
                f'CREATE TRIGGER "{table}_refuses_{act.split()[0].lower()}" BEFORE {act} '
                f'ON "{table}" FOR EACH {each} EXECUTE FUNCTION history_only_grows()'
            )

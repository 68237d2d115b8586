"""Migrations of the store, run by Alembic (:mod:`store.migrating`)."""

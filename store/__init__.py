"""ADAPTER to memory: the register of record and its event log (SQLite, PostGIS by URL)."""

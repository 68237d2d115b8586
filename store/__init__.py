"""ADAPTER to memory: the register of record and its event log (SQLite, PostgreSQL by URL).

Reading and writing go through the functions of this package; each takes a
:class:`store.opening.Store`. Every write is one transaction of events (:mod:`store.ledger`),
authorised there, chained by hash and never changed afterwards.
"""

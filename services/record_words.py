"""Entries of the record in the words of a language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from i18n import Translator
from planning.vocabulary import Service
from store.history import Told


def what_happened(told: Told, words: Translator) -> str:
    """Say what an entry did."""
    said = words(f"record-kind-{told.kind.replace('.', '-')}")
    return f"{said} ({words('record-undone')})" if told.undone else said


def about(told: Told, names: Mapping[str, str], words: Translator) -> str:
    """Say what an entry is about: a village by its name, else its own key."""
    kind, _, rest = told.subject.partition(":")
    key, _, service = rest.rpartition(":") if kind in {"state", "work"} else (rest, "", "")
    name = names.get(key, key) or "–"
    return f"{name} · {words(f'service-{service}')}" if service else name


def content_of(told: Told, words: Translator) -> str:
    """Say the fields of an entry on one line."""
    service = told.subject.rpartition(":")[2]
    parts = [
        f"{words(f'record-field-{name}')}: {field_said(name, value, service, words)}"
        for name, value in told.fields.items()
        if value not in {None, ""} and words.has(f"record-field-{name}")
    ]
    return " · ".join(parts)


def field_said(name: str, value: Any, service: str, words: Translator) -> str:
    """Say one field of an observation or a report on work."""
    said = "–" if value in {None, ""} else str(value)
    match name:
        case "state" if service in set(Service) and value:
            said = words(f"state-{service}-{value}")
        case "status" | "evidence" if value:
            said = words(f"{'work' if name == 'status' else name}-{value}")
        case "observed_on" | "since" if value:
            said = words.date(date.fromisoformat(str(value)))
        case "attachment":
            said = said[:12]
    return said

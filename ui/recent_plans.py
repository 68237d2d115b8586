"""The plans worked out last, so that whoever asks the same again gets the answer at once."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import fields
from threading import Lock
from typing import Any, Final, Generic, TypeVar

from services.rollout_values import RolloutQuestion

_MOST: Final = 24

Answer = TypeVar("Answer")


class RecentAnswers(Generic[Answer]):
    """A few answers by question; the ones used least lately go first."""

    def __init__(self) -> None:
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> Answer | None:
        """Return the answer to a question if it is among the recent ones."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
            return self._answers.get(key)

    def put(self, key: str, answer: Answer) -> None:
        """Keep an answer."""
        with self._lock:
            self._answers[key] = answer
            self._answers.move_to_end(key)
            while len(self._answers) > _MOST:
                self._answers.popitem(last=False)


def question_key(data_hash: str, question: RolloutQuestion) -> str:
    """Name a question on a province: the same question always has the same name.

    Parameters
    ----------
    data_hash : str
        Of the province.
    question : RolloutQuestion

    Returns
    -------
    str
    """
    parts = [(one.name, _ordered(getattr(question, one.name))) for one in fields(question)]
    return hashlib.sha256(repr((data_hash, parts)).encode()).hexdigest()


def _ordered(value: Any) -> Any:
    return sorted(value.items()) if hasattr(value, "items") else value

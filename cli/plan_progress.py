"""Progress of a plan in one line of the terminal, none where nobody looks."""

from __future__ import annotations

import sys
import time
from typing import Final

from i18n import Translator

_EVERY_S: Final = 0.2


class Progress:
    """Told of progress; says it on standard error when that is a terminal."""

    def __init__(self, words: Translator) -> None:
        """Begin with nothing said."""
        self._words = words
        self._is_watched = sys.stderr.isatty()
        self._said_at = 0.0
        self._width = 0

    def __call__(
        self, phase: str, seconds: float, value: float | None, bound: float | None
    ) -> bool:
        """Say where the plan stands; the search always goes on."""
        now = time.monotonic()
        if self._is_watched and now - self._said_at >= _EVERY_S:
            self._said_at = now
            self._say(
                f"{self._words(f'cli-plan-progress-{phase}')} · {seconds:.0f} s", value, bound
            )
        return True

    def clear(self) -> None:
        """Take the line away."""
        if self._width:
            sys.stderr.write("\r" + " " * self._width + "\r")
            sys.stderr.flush()
            self._width = 0

    def _say(self, text: str, value: float | None, bound: float | None) -> None:
        if value is not None and bound is not None:
            text += f" · {self._figure(value)} / {self._figure(bound)}"
        sys.stderr.write("\r" + text.ljust(self._width))
        sys.stderr.flush()
        self._width = len(text)

    def _figure(self, value: float) -> str:
        if abs(value) >= 1e6:
            return self._words.number(value / 1e9, 3) + " bn"
        return self._words.number(value, 0 if value == round(value) else 3)

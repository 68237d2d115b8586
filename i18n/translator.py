"""Messages from Fluent files, numbers and dates as the language writes them."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Final

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from fluent.runtime import FluentBundle, FluentResource

LANGUAGES: Final = ("vi", "en")
"""Languages the product speaks; the first is the default."""

_DATE_PATTERN: Final = {"vi": "dd/MM/yyyy", "en": "d MMM yyyy"}
_PERCENT_SUFFIX: Final = {"vi": " %", "en": "%"}
_NO_BREAK_SPACE: Final = "\N{NO-BREAK SPACE}"


class Translator:
    """Says things in one language.

    Call it with a message key and values; a key without a message raises ``KeyError``, so a
    missing word is found by a test and not by a user.

    Parameters
    ----------
    language : {"vi", "en"}
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._locale = Locale.parse(language)
        self._bundle = FluentBundle([language], use_isolating=False)
        folder = resources.files("i18n") / language
        for file in sorted(folder.iterdir(), key=lambda f: f.name):
            if file.name.endswith(".ftl"):
                self._bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))

    def __call__(self, key: str, **values: Any) -> str:
        """Return the message of ``key`` with ``values`` filled in.

        Numbers are written in the language's own form; dates likewise.

        Raises
        ------
        KeyError
            If no message has this key, or a value it names is missing.
        """
        message = self._bundle.get_message(key)
        if message.value is None:
            raise KeyError(key)
        said = {name: self._prepared(value) for name, value in values.items()}
        text, problems = self._bundle.format_pattern(message.value, said)
        if problems:
            raise KeyError(f"{key}: {problems[0]}")
        return str(text)

    def has(self, key: str) -> bool:
        """Tell whether there is a message with this key."""
        return bool(self._bundle.has_message(key))

    def number(self, value: float, decimals: int = 0) -> str:
        """Write a number: ``1.568`` in Vietnamese, ``1,568`` in English."""
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return format_decimal(value, format=pattern, locale=self._locale)

    def percent(self, share: float, decimals: int = 1) -> str:
        """Write a share of one as per cent: ``99,6 %`` in Vietnamese, ``99.6%`` in English."""
        suffix = _PERCENT_SUFFIX[self.language].replace(" ", _NO_BREAK_SPACE)
        return self.number(share * 100, decimals) + suffix

    def date(self, day: date) -> str:
        """Write a day: ``14/03/2024`` in Vietnamese, ``14 Mar 2024`` in English."""
        return format_date(day, format=_DATE_PATTERN[self.language], locale=self._locale)

    def _prepared(self, value: Any) -> Any:
        if isinstance(value, date):
            return self.date(value)
        if isinstance(value, float):
            return self.number(value, 1)
        return value


@cache
def translator(language: str) -> Translator:
    """Return the translator of a language, built once.

    Raises
    ------
    KeyError
        If the language is not one of :data:`LANGUAGES`.
    """
    if language not in LANGUAGES:
        raise KeyError(language)
    return Translator(language)

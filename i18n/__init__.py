"""Words, numbers and dates in Vietnamese and English."""

from i18n.translator import LANGUAGES, Translator, translator

__all__ = ["LANGUAGES", "Translator", "translator"]

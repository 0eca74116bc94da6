"""Words in the user's language: `_()` and `ngettext()` over gettext catalogues.

The texts in the code are English; `resources/locale/zh_CN/*.po` (a catalogue per room) holds the Chinese.
The language is a context variable, so one report can be English while the window is Chinese.
"""

from __future__ import annotations

import gettext
import locale
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Final, Literal

from crmdesk.paths import resource

Language = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
_language: ContextVar[Language] = ContextVar("language", default="zh")


@cache
def _catalogue(language: Language) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    with resource("locale", "zh_CN", "LC_MESSAGES", "crmdesk.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def current_language() -> Language:
    """The language that `_()` answers in here."""
    return _language.get()


def system_language() -> Language:
    """Chinese where the system speaks it, English elsewhere."""
    named = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    spoken = named or locale.getlocale()[0] or ""
    return "zh" if spoken.lower().startswith(("zh", "chinese")) else "en"


def set_language(language: Language) -> None:
    """Answer in `language` from now on, in this context and those copied from it."""
    _language.set(language)


@contextmanager
def language(wanted: Language) -> Iterator[None]:
    """Answer in `wanted` inside the block."""
    token = _language.set(wanted)
    try:
        yield
    finally:
        _language.reset(token)


def _(text: str) -> str:
    """The text in the current language; the English text itself where no translation exists."""
    return _catalogue(_language.get()).gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """The text for `count` things in the current language, its placeholders still in place."""
    return _catalogue(_language.get()).ngettext(one, many, count)


def translatable(text: str) -> str:
    """Mark a text in a table for the catalogue; whoever shows it calls `_()` on it."""
    return text

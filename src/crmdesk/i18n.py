"""Words in the user's language: `_()` and `ngettext()` over a catalogue as gettext's tools make it.

The texts in the code are English; `resources/locale/zh_CN/*.po` (a catalogue per room) holds the Chinese.
The language is a context variable, so one report can be English while the window is Chinese.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Final, Literal

from crmdesk.paths import resource

Language = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
_language: ContextVar[Language] = ContextVar("language", default="zh")


class _Catalogue:
    """A .mo file, whose texts are sorted: each is searched when it is asked for, so that starting reads none.

    Its format: https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        _magic, _revision, self._count, self._texts, self._translations = struct.unpack_from("<5I", content)

    def find(self, text: str) -> str | None:
        """The translation of a text; None where there is none."""
        wanted = text.encode()
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            found = self._at(self._texts, middle)
            if found == wanted:
                return self._at(self._translations, middle).decode()
            low, high = (middle + 1, high) if found < wanted else (low, middle)
        return None

    def _at(self, table: int, number: int) -> bytes:
        length, place = struct.unpack_from("<2I", self._content, table + 8 * number)
        return self._content[place : place + length]


@cache
def _catalogue() -> _Catalogue:
    return _Catalogue(resource("locale", "zh_CN", "LC_MESSAGES", "crmdesk.mo").read_bytes())


@cache
def _chinese(text: str) -> str | None:
    return _catalogue().find(text)


def current_language() -> Language:
    """The language that `_()` answers in here."""
    return _language.get()


def system_language() -> Language:
    """Chinese where the system speaks it, English elsewhere."""
    named = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    if not named:
        import locale  # Windows keeps it elsewhere

        named = locale.getlocale()[0] or ""
    return "zh" if named.lower().startswith(("zh", "chinese")) else "en"


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
    return (_chinese(text) if _language.get() == "zh" else None) or text


def ngettext(one: str, many: str, count: int) -> str:
    """The text for `count` things in the current language, its placeholders still in place."""
    if _language.get() == "zh":
        # Chinese has one form for every number; the catalogue keeps it under both English ones.
        return _chinese(f"{one}\0{many}") or _chinese(one) or many
    return one if count == 1 else many


def translatable(text: str) -> str:
    """Mark a text in a table for the catalogue; whoever shows it calls `_()` on it."""
    return text

"""The list of imports: what came when, and what each brought. `history.undo_step` takes one back, also days later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmdesk.domain.money import decimal_text, from_money
from crmdesk.domain.phrase import Refused
from crmdesk.storage.imports import ImportedFile, ImportEntry

if TYPE_CHECKING:
    from crmdesk.storage.database import Database

__all__ = ["ImportEntry", "ImportedFile", "Overwritten", "find_import", "list_imports", "overwritten"]

_MONEY: Final = frozenset(
    {"order_total", "receivable", "balance", "order_amount", "order_refund", "order_discount", "order_cost"}
)


def list_imports(db: Database) -> list[ImportEntry]:
    """All imports of the file, the newest first."""
    from crmdesk.storage import imports

    with db.raw_read() as raw:
        return imports.list_imports(raw)


@dataclass(frozen=True)
class Overwritten:
    """A value of a customer that an import changed; "" for nothing."""

    name: str
    field: str
    old: str
    new: str


def overwritten(db: Database, step: int, limit: int = 500) -> list[Overwritten]:
    """What an import changed of what was there before it, at most so many of them: blanks it filled, too."""
    from crmdesk.storage import imports

    with db.raw_read() as raw:
        found = imports.overwritten(raw, step, limit)
    return [Overwritten(name, field, _text(field, old), _text(field, new)) for name, field, old, new in found]


def _text(field: str, value: object) -> str:
    if field in _MONEY and isinstance(value, int):
        return decimal_text(from_money(value))
    return "" if value is None else str(value)


def find_import(db: Database, which: str) -> int:
    """The step of an import that still stands: "last", its step's id, or the last one of a file of this name.

    Raises Refused("no_such_import").
    """
    standing = [entry for entry in list_imports(db) if not entry.undone]
    for entry in standing:
        names = (entry.file, *(one.name for one in entry.files))
        if which in ("last", str(entry.step), *names):
            return entry.step
    raise Refused("no_such_import", which=which)

"""What a workbook for editing asks the file: the words in use, and who may already be there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

MOST_WORDS: Final = 200
_COLUMNS: Final = ("source", "stage_given", "tier_given", "industry", "owner")
_BY_REACH: Final = (
    "SELECT c.name, c.code FROM contact_points p JOIN customers c ON c.id = p.customer_id WHERE p.value = ?"
)


def words_in_use(raw: Raw) -> dict[str, tuple[str, ...]]:
    """The words that stand in each column of words, the commonest first."""
    ask = "SELECT {0} FROM customers WHERE {0} <> '' GROUP BY {0} ORDER BY count(*) DESC, {0} LIMIT ?"
    asked = {key: ask.format(key) for key in _COLUMNS} | {"tags": "SELECT name FROM tags ORDER BY name LIMIT ?"}
    return {
        key: tuple(row[0] for row in raw.execute(statement, (MOST_WORDS,)).fetchall())
        for key, statement in asked.items()
    }


def holds_contacts(raw: Raw) -> bool:
    """Whether any customer has a contact."""
    return raw.execute("SELECT 1 FROM contacts LIMIT 1").fetchone() is not None


def known_as(raw: Raw, code: str, name: str, reach: Iterable[str]) -> str:
    """The name of a customer who has this code, can be reached like this, or is called so; "" where nobody is."""
    questions = [
        ("SELECT name, code FROM customers WHERE code = ?", code),
        *((_BY_REACH, value) for value in reach),
        ("SELECT name, code FROM customers WHERE name = ?", name),
    ]
    for question, value in questions:
        found = raw.execute(question, (value,)).fetchone() if value else None
        if found is not None:
            return str(found[0] or found[1])
    return ""

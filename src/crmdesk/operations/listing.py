"""The customer list: ids first, then the rows in sight. On the way to the first paint, so nothing heavy is loaded."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from crmdesk.domain.query import CustomerQuery, FilterChoices, ListColumn, Match
from crmdesk.storage import listing, listing_content, listing_ids
from crmdesk.storage.database import Database
from crmdesk.storage.listing_columns import SCHEME_PREFIX
from crmdesk.words.labels import field_label

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw


def customer_ids(database: Database, query: CustomerQuery, limit: int | None = None) -> array[int]:
    """The ids of the customers that the query lets through, in its order; `limit` gives the first page at once."""
    with database.raw_read() as raw:
        return listing_ids.customer_ids(raw, query, database.clock.today(), limit)


def customer_rows(database: Database, ids: Sequence[int], columns: Sequence[str]) -> list[tuple[object, ...]]:
    """A row per id that still exists, in the given order: the id, then a value per column key.

    Values are plain: text, int (money as int money), ISO days, None where unknown; "tier" is a code or None.
    """
    with database.raw_read() as raw:
        return listing.customer_rows(raw, ids, columns, database.clock.today())


def list_columns(database: Database, *, quickly: bool = False, asked: bool = False) -> list[ListColumn]:
    """The columns with content: tier, stage and next follow-up first, then the user's own in the order of the sheet.

    `quickly` looks at the newest rows only, for the first paint; with `asked` come those, last, that are shown only
    where somebody switched them on.
    """
    with database.raw_read() as raw:
        found = _named(raw, _told_apart(listing_content.list_columns(raw, quickly=quickly)))
    return found if asked else [column for column in found if not column.asked]


def _told_apart(columns: list[ListColumn]) -> list[ListColumn]:
    """A sheet's own 等级 beside the one that is worked out here is called 表里的等级: no two columns bear one name."""
    ours = {field_label(column.key) for column in columns if not column.header}
    return [
        column._replace(header="") if column.header in ours and field_label(column.key) not in ours else column
        for column in columns
    ]


def _named(raw: Raw, columns: list[ListColumn]) -> list[ListColumn]:
    """The levels of other rules are headed by the name of the rules."""
    if not any(column.key.startswith(SCHEME_PREFIX) for column in columns):
        return columns
    from crmdesk.operations.schemes import scheme_name
    from crmdesk.storage.listing_schemes import kept

    names = {f"{SCHEME_PREFIX}{one.code}": scheme_name(one.code, one.policy) for one in kept(raw)}
    return [column._replace(header=names.get(column.key, column.header)) for column in columns]


def selection_sum(database: Database, ids: Sequence[int]) -> tuple[int, int | None]:
    """How many customers are selected, and what they bought together as int money; None where nothing is known."""
    with database.raw_read() as raw:
        return listing.selection_sum(raw, ids)


def filter_choices(database: Database) -> FilterChoices:
    """What the list can be filtered by, with the customers behind each choice. Looks at everybody: not for a paint."""
    from crmdesk.storage import listing_choices

    with database.raw_read() as raw:
        return listing_choices.filter_choices(raw, database.clock.today())


def region_named(text: str) -> tuple[str, str, str]:
    """Province, city and district of a place in the user's words (江苏徐州), "" for the open end.

    A place that nobody knows is taken word by word: whoever filters by it may keep such regions.
    """
    from crmdesk.excel.reference_data import region_table

    found = region_table().read(text).value
    if found is not None:
        return found
    words = [*text.split(maxsplit=2), "", "", ""]
    return words[0], words[1], words[2]


def customer_count(database: Database) -> int:
    """How many customers the file holds."""
    with database.raw_read() as raw:
        return listing.customer_count(raw)


def anything_due(database: Database) -> bool:
    """Whether the plan of today has anybody on it; asked before the first paint, when the plan would be slow."""
    with database.raw_read() as raw:
        return listing.anything_due(raw, database.clock.today())


def find_customers(database: Database, text: str, limit: int = 50) -> list[Match]:
    """The best matches for what is typed into the box, those whose name begins with it first."""
    with database.raw_read() as raw:
        return listing.find_customers(raw, text, limit)

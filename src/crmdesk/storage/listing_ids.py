"""Which customers a query lets through, and in which order: ids in plain SQL on the raw driver."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from crmdesk.domain.query import CustomerQuery
from crmdesk.domain.stage import Stage
from crmdesk.storage.batches import IN_LIST, text_list
from crmdesk.storage.listing_columns import BLOCKED, STAYING, SqlColumn, columns_of

if TYPE_CHECKING:
    from datetime import date
    from sqlite3 import Connection as Raw

# What an index answers in order: its column, the filled cells, then the empty ones.
_INDEXED: Final = {
    "name": ("f.name_pinyin", "f.name_pinyin > ''", "f.name_pinyin = ''"),
    "tier": ("f.tier_rank", "f.tier_rank < 99", "f.tier_rank = 99"),
    "last_order_on": ("f.last_order_on", "f.last_order_on IS NOT NULL", "f.last_order_on IS NULL"),
    "order_total": ("f.order_total", "f.order_total IS NOT NULL", "f.order_total IS NULL"),
    "next_follow_up_on": ("f.next_follow_up_on", "f.next_follow_up_on IS NOT NULL", "f.next_follow_up_on IS NULL"),
    # The index leaves out empty ones by this very condition; by any other it is not used.
    "code": ("c.code", "c.code != ''", "c.code = ''"),
}
_TAGGED: Final = (
    "f.customer_id IN (SELECT ct.customer_id FROM customer_tags ct JOIN tags t ON t.id = ct.tag_id WHERE t.name"
)


_Keys = list[tuple[SqlColumn, tuple[str, ...]]]


def customer_ids(raw: Raw, query: CustomerQuery, today: date, limit: int | None = None) -> array[int]:
    """The ids that the query lets through, in its order, the first `limit` of them."""
    asked = _question(query.search)
    if query.search.strip() and not asked:
        return array("q")
    conditions, values = _conditions(query, asked)
    if query.rising or query.neglected:
        from crmdesk.storage.listing_attention import unheeded  # reads the rules, which the first page does without

        told = unheeded(raw, query, today)
        conditions += told[0]
        values += told[1]
    keys = columns_of(raw, [key for key, _ in query.sort], today)
    if any(column.pinyin for column, _ in keys):
        return _sorted_as_read(raw, query, keys, conditions, values)[:limit]
    # Few are large and leave little: reading all and sorting those few beats following an index row by row.
    if not asked and not query.unprofitable and query.sort and query.sort[0][0] in _INDEXED:
        return _sorted_by_index(raw, query, keys, conditions, values, limit)
    order, parameters = _order(query.sort, keys)
    return _ids(raw, conditions, order, [*values, *parameters], limit)


def _ids(raw: Raw, conditions: Sequence[str], order: str, values: Sequence[object], limit: int | None) -> array[int]:
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    room = "" if limit is None else f" LIMIT {limit}"
    statement = f"SELECT f.customer_id {_source(where + order)}{where} ORDER BY {order}{room}"
    return array("q", [row[0] for row in raw.execute(statement, values).fetchall()])


def _sorted_by_index(
    raw: Raw, query: CustomerQuery, keys: _Keys, conditions: Sequence[str], values: Sequence[object], limit: int | None
) -> array[int]:
    key, descending = query.sort[0]
    column, filled, empty = _INDEXED[key]
    direction = " DESC" if descending else ""
    more, parameters = _order(query.sort[1:], keys[1:], descending=descending)
    every = [*values, *parameters]
    found = _ids(raw, [*conditions, filled], f"{column}{direction}, {more}", every, limit)
    if limit is None or len(found) < limit:
        room = None if limit is None else limit - len(found)
        found.extend(_ids(raw, [*conditions, empty], more, every, room))
    return found


def _sorted_as_read(
    raw: Raw, query: CustomerQuery, columns: _Keys, conditions: Sequence[str], values: Sequence[object]
) -> array[int]:
    """Chinese by pinyin is beyond SQL where no key is kept: the cells are fetched and sorted here, last key first."""
    from crmdesk.domain.pinyin import sort_key

    keys = ", ".join(column.key for column, _ in columns)
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    parameters = [parameter for _, used in columns for parameter in used]
    rows = raw.execute(
        f"SELECT f.customer_id, {keys} {_source(where + keys)}{where} ORDER BY f.customer_id", [*parameters, *values]
    ).fetchall()
    for at, ((column, _), (_, descending)) in reversed(list(enumerate(zip(columns, query.sort, strict=True), 1))):
        filled = [row for row in rows if row[at] is not None]
        read = {row[at]: sort_key(row[at]) if column.pinyin else row[at] for row in filled}
        filled.sort(key=lambda row: read[row[at]], reverse=descending)
        rows = filled + [row for row in rows if row[at] is None]
    return array("q", [row[0] for row in rows])


def _question(search: str) -> str:
    if not search.strip():
        return ""
    from crmdesk.domain.search_terms import question  # its tables are not loaded for the first page

    return question(search)


def _source(used: str) -> str:
    # The question comes first: what it leaves is less than what any index would walk through.
    searched = "search MATCH" in used
    source = "FROM search s CROSS JOIN figures f ON f.customer_id = s.rowid" if searched else "FROM figures f"
    if "c." in used or "r." in used:
        source += " JOIN customers c ON c.id = f.customer_id"
    if "r." in used:
        source += " LEFT JOIN regions r ON r.id = c.region_id"
    return source


def _conditions(query: CustomerQuery, asked: str) -> tuple[list[str], list[Any]]:
    conditions: list[str] = []
    values: list[Any] = []
    if asked:
        conditions.append("search MATCH ?")
        values.append(asked)
    chosen: Sequence[tuple[str, Sequence[object] | None]] = (
        ("coalesce(f.tier, '')", query.tiers or None),
        ("f.stage", query.stages or None),
        ("f.stage", [Stage.DORMANT, Stage.LOST] if query.quiet else None),
        ("f.contact_count", [0] if query.no_contact else None),
        ("f.key_account", [1] if query.key_accounts else None),
        ("f.confidence", query.confidences or None),
        (STAYING, query.staying or None),
        (BLOCKED, query.blocked or None),
        ("c.intent", query.intents or None),
        ("c.source", query.sources or None),
        (_TAGGED, query.tags or None),
        ("f.customer_id", query.ids),
    )
    for column, wanted in chosen:
        if wanted is not None:
            conditions.append(f"{column} {IN_LIST}" + (")" if column is _TAGGED else ""))
            values.append(text_list(wanted))
    if query.expected:
        conditions.append("f.within <= ?")  # whom one expects within a month, one expects within three as well
        values.append(max(map(int, query.expected)))
    if query.unprofitable:
        conditions.append("f.unprofitable IS NOT NULL")
    if query.regions:
        conditions.append(_regions(query.regions))
        values += [part for region in query.regions for part in region if part]
    return conditions, values


def _regions(regions: Sequence[tuple[str, str, str]]) -> str:
    levels = ("r.province = ?", "r.city = ?", "r.district = ?")
    each = [" AND ".join(level for level, part in zip(levels, region, strict=True) if part) for region in regions]
    return "(" + " OR ".join(condition or "1" for condition in each) + ")"


def _order(sort: Sequence[tuple[str, bool]], keys: _Keys, *, descending: bool | None = None) -> tuple[str, list[Any]]:
    terms: list[str] = []
    values: list[Any] = []
    for (_, downwards), (column, parameters) in zip(sort, keys, strict=True):
        terms.append(f"{column.key} {'DESC' if downwards else 'ASC'} NULLS LAST")
        values.extend(parameters)
    # In the direction of the key before it, so that an index serves both.
    down = sort[0][1] if descending is None and sort else descending
    terms.append("f.customer_id" + (" DESC" if down else ""))
    return ", ".join(terms), values

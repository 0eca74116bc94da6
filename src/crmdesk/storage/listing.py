"""The customer list in plain SQL on the raw driver: ids, the rows in sight, and what there is to filter by.

On the way to the first paint, so SQLAlchemy is not loaded here; a test holds this SQL against `schema`.
"""

# ruff: noqa: S608 - statements are put together from constants of this module; what the user typed is a parameter

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from crmdesk.domain.pinyin import sort_key
from crmdesk.domain.query import Choice, CustomerQuery, FilterChoices, Match
from crmdesk.domain.search_terms import folded, question
from crmdesk.domain.stage import Stage
from crmdesk.storage.listing_columns import column_of

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

# What an index answers in order: the filled cells, then the empty ones.
_INDEXED: Final = {
    "name": ("f.name_pinyin > ''", "f.name_pinyin = ''"),
    "tier": ("f.tier_rank < 99", "f.tier_rank = 99"),
    "last_order_on": ("f.last_order_on IS NOT NULL", "f.last_order_on IS NULL"),
    "order_total": ("f.order_total IS NOT NULL", "f.order_total IS NULL"),
    "next_follow_up_on": ("f.next_follow_up_on IS NOT NULL", "f.next_follow_up_on IS NULL"),
}
_LOOKED_AT: Final = 1000  # candidates that are weighed for the box at the top
_WANTED: Final = "IN (SELECT value FROM json_each(?))"


def customer_ids(raw: Raw, query: CustomerQuery, limit: int | None = None) -> array[int]:
    """The ids that the query lets through, in its order, the first `limit` of them."""
    found = array("q")
    asked = question(query.search)
    if query.search.strip() and not asked:
        return found
    conditions, values = _conditions(query)
    if asked:
        conditions.insert(0, "search MATCH ?")
        values.insert(0, asked)
    first = query.sort[0][0] if query.sort else ""
    parts: Sequence[str] = _INDEXED[first] if first in _INDEXED and not asked else ("",)
    for part in parts:
        every = [*conditions, part] if part else conditions
        order, order_values = _order(query.sort, indexed=bool(part))
        where = f" WHERE {' AND '.join(every)}" if every else ""
        room = "" if limit is None else f" LIMIT {limit - len(found)}"
        rows = raw.execute(
            f"SELECT f.customer_id {_source(where + order, searched=bool(asked))}{where} ORDER BY {order}{room}",
            (*values, *order_values),
        )
        found.extend(row[0] for row in rows.fetchall())
        if limit is not None and len(found) >= limit:
            break
    return found


def _source(used: str, *, searched: bool) -> str:
    # The question comes first: what it leaves is less than what any index would walk through.
    source = "FROM search s CROSS JOIN figures f ON f.customer_id = s.rowid" if searched else "FROM figures f"
    if "c." in used or "r." in used:
        source += " JOIN customers c ON c.id = f.customer_id"
    if "r." in used:
        source += " LEFT JOIN regions r ON r.id = c.region_id"
    return source


def _conditions(query: CustomerQuery) -> tuple[list[str], list[Any]]:
    conditions: list[str] = []
    values: list[Any] = []

    def add(condition: str, *used: object) -> None:
        conditions.append(condition)
        values.extend(used)

    if query.tiers:
        add(f"coalesce(f.tier, '') {_WANTED}", json.dumps(query.tiers))
    if query.stages:
        add(f"f.stage {_WANTED}", json.dumps(query.stages))
    if query.quiet:
        add(f"f.stage {_WANTED}", json.dumps([Stage.DORMANT, Stage.LOST]))
    if query.no_contact:
        add("f.contact_count = 0")
    if query.intents:
        add(f"c.intent {_WANTED}", json.dumps(query.intents))
    if query.regions:
        add(_regions(query.regions), *(part for region in query.regions for part in region if part))
    if query.tags:
        add(
            "f.customer_id IN (SELECT ct.customer_id FROM customer_tags ct JOIN tags t ON t.id = ct.tag_id"
            f" WHERE t.name {_WANTED})",
            json.dumps(query.tags),
        )
    if query.ids is not None:
        add(f"f.customer_id {_WANTED}", json.dumps(query.ids))
    return conditions, values


def _regions(regions: Sequence[tuple[str, str, str]]) -> str:
    levels = ("r.province = ?", "r.city = ?", "r.district = ?")
    each = [" AND ".join(level for level, part in zip(levels, region, strict=True) if part) for region in regions]
    return "(" + " OR ".join(condition or "1" for condition in each) + ")"


def _order(sort: Sequence[tuple[str, bool]], *, indexed: bool) -> tuple[str, list[Any]]:
    terms: list[str] = []
    values: list[Any] = []
    for position, (key, descending) in enumerate(sort):
        column, parameters = column_of(key)
        direction = " DESC" if descending else ""
        if not (indexed and position == 0):
            terms.append(column.is_empty)
            values.extend(parameters)
        terms.append(column.key + direction)
        values.extend(parameters)
    # In the direction of the only key, so that the index serves both.
    terms.append("f.customer_id" + (" DESC" if sort and sort[0][1] else ""))
    return ", ".join(terms), values


def customer_rows(raw: Raw, ids: Sequence[int], columns: Sequence[str]) -> list[tuple[Any, ...]]:
    """A row per id that still exists: the id, then a value per column key. Raises KeyError for an unknown key."""
    chosen = [column_of(key) for key in columns]
    shown = "".join(f", {column.sql}" for column, _ in chosen)
    values = [parameter for _, parameters in chosen for parameter in parameters]
    return raw.execute(
        f"SELECT f.customer_id{shown} FROM json_each(?) j CROSS JOIN figures f ON f.customer_id = j.value"
        " JOIN customers c ON c.id = f.customer_id LEFT JOIN regions r ON r.id = c.region_id ORDER BY j.key",
        (*values, json.dumps(list(ids))),
    ).fetchall()


def selection_sum(raw: Raw, ids: Sequence[int]) -> tuple[int, int | None]:
    """How many of the ids exist, and the sum of what is known of their totals."""
    count, total = raw.execute(
        f"SELECT count(*), sum(order_total) FROM figures WHERE customer_id {_WANTED}",
        (json.dumps(list(ids)),),
    ).fetchone()
    return count, total


def customer_count(raw: Raw) -> int:
    """How many customers there are."""
    count: int = raw.execute("SELECT count(*) FROM customers").fetchone()[0]
    return count


def filter_choices(raw: Raw) -> FilterChoices:
    """What there is to filter by, with counts; tiers best first, stages along the life, regions by pinyin."""
    tiers = raw.execute("SELECT coalesce(tier, ''), count(*) FROM figures GROUP BY tier ORDER BY min(tier_rank)")
    stages = dict(raw.execute("SELECT stage, count(*) FROM figures GROUP BY stage").fetchall())
    intents = dict(raw.execute("SELECT intent, count(*) FROM customers GROUP BY intent").fetchall())
    tags = raw.execute(
        "SELECT t.name, count(*) FROM customer_tags ct JOIN tags t ON t.id = ct.tag_id GROUP BY t.id ORDER BY 2 DESC, 1"
    )
    return FilterChoices(
        _with_meaning([Choice(tier, count) for tier, count in tiers.fetchall()]),
        tuple(Choice(stage.value, stages[stage.value]) for stage in Stage if stage.value in stages),
        _region_choices(raw),
        _with_meaning([Choice(code, intents[code]) for code in ("high", "medium", "low", "") if code in intents]),
        tuple(Choice(tag, count) for tag, count in tags.fetchall()),
    )


def _with_meaning(choices: list[Choice]) -> tuple[Choice, ...]:
    # "has none" is a choice only beside others.
    return tuple(choices) if any(choice.value for choice in choices) else ()


def _region_choices(raw: Raw) -> tuple[Choice, ...]:
    rows = raw.execute(
        "SELECT r.province, r.city, r.district, count(*) FROM customers c JOIN regions r ON r.id = c.region_id"
        " GROUP BY r.id"
    ).fetchall()
    levels: Counter[tuple[str, str, str]] = Counter()
    for province, city, district, count in rows:
        for level in {(province, "", ""), (province, city, ""), (province, city, district)}:
            levels[level] += count
    levels.pop(("", "", ""), None)
    ordered = sorted(levels, key=lambda region: [sort_key(part) for part in region])
    return tuple(Choice(region, levels[region]) for region in ordered)


def find_customers(raw: Raw, text: str, limit: int) -> list[Match]:
    """The best matches for what is typed: the whole name, then names that begin with it, then by its letters."""
    asked = question(text)
    if not asked:
        return []
    plain = folded(text).replace(" ", "")
    named = raw.execute(
        "SELECT s.rowid, f.name_pinyin FROM search s CROSS JOIN figures f ON f.customer_id = s.rowid"
        " WHERE search MATCH ? LIMIT ?",
        (asked, _LOOKED_AT),
    ).fetchall()
    begun = raw.execute(
        "SELECT customer_id, name_pinyin FROM figures WHERE name_pinyin >= ? AND name_pinyin < ?"
        " ORDER BY name_pinyin LIMIT ?",
        (plain, plain + "\U0010ffff", limit),
    ).fetchall()
    best = sorted(dict([*named, *begun]).items(), key=lambda found: (_rank(found[1], plain), found[1]))
    rows = customer_rows(raw, [customer for customer, _ in best[:limit]], ("name", "tier", "stage", "phone"))
    return [Match(customer, name, tier, stage, phone or "") for customer, name, tier, stage, phone in rows]


def _rank(name_pinyin: str, plain: str) -> int:
    """How well a name fits: 0 as a whole, 1 from its beginning, 2 elsewhere; read off the sort key."""
    parts = name_pinyin.split(" ")
    latin = "".join(part.rstrip("".join(char for char in part if not char.isascii())) for part in parts)
    written = "".join(part.lstrip("abcdefghijklmnopqrstuvwxyz") or part for part in parts)
    forms = (latin, "".join(part[:1] for part in parts), written)
    if plain in forms:
        return 0
    return 1 if any(form.startswith(plain) for form in forms) else 2

"""The columns a customer list can show or sort by: the SQL of each, and how its values are shown."""

# ruff: noqa: S608 - statements are put together from constants of this module; what the user typed is a parameter

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from datetime import date
    from sqlite3 import Connection as Raw


class SqlColumn(NamedTuple):
    """A column as SQL over `f` (figures), `c` (customers) and `r` (regions).

    `sort` is what it is sorted by where that differs; `pinyin`: its texts are sorted as they are read.
    """

    sql: str
    kind: str = "text"
    sort: str = ""
    pinyin: bool = False

    @property
    def key(self) -> str:
        """What the list is sorted by; NULL where the cell is empty."""
        if self.sort:
            return self.sort
        return f"nullif({self.sql}, '')" if self.kind in ("text", "region", "phone") else self.sql


def _point(kind: str, owner: str = "IS NULL") -> str:
    return (
        "(SELECT p.value FROM contact_points p WHERE p.customer_id = f.customer_id"
        f" AND p.kind = '{kind}' AND p.contact_id {owner} ORDER BY p.position, p.id LIMIT 1)"
    )


def _any_point(kind: str) -> str:
    return (
        "(SELECT p.value FROM contact_points p WHERE p.customer_id = f.customer_id"
        f" AND p.kind = '{kind}' ORDER BY p.contact_id, p.position, p.value LIMIT 1)"
    )


def _contact(column: str) -> str:
    return f"(SELECT k.{column} FROM contacts k WHERE k.customer_id = f.customer_id ORDER BY k.position, k.id LIMIT 1)"


_TAGS: Final = (
    "(SELECT group_concat(t.name, ', ') FROM customer_tags ct JOIN tags t ON t.id = ct.tag_id"
    " WHERE ct.customer_id = f.customer_id)"
)
_SAID: Final = (
    "(SELECT i.{column} FROM interactions i WHERE i.customer_id = f.customer_id ORDER BY i.at DESC, i.id DESC LIMIT 1)"
)
_DUE: Final = (
    "(SELECT u.summary FROM follow_ups u WHERE u.customer_id = f.customer_id AND u.done_on IS NULL"
    " ORDER BY u.due_on, u.id LIMIT 1)"
)
_INTENT_ORDER: Final = "CASE c.intent WHEN 'high' THEN 0 WHEN 'medium' THEN 1 WHEN 'low' THEN 2 ELSE NULL END"
_CONFIDENCE_ORDER: Final = "CASE f.confidence WHEN 'high' THEN 0 WHEN 'fair' THEN 1 WHEN 'few' THEN 2 ELSE NULL END"
_STAGE_ORDER: Final = (
    "CASE f.stage WHEN 'loyal' THEN 0 WHEN 'active' THEN 1 WHEN 'won_back' THEN 2 WHEN 'new' THEN 3"
    " WHEN 'in_talks' THEN 4 WHEN 'prospect' THEN 5 WHEN 'dormant' THEN 6 ELSE 7 END"
)

# Whether somebody comes again, in words: the chance itself is a number of the model and stands on no screen.
STAYING: Final = (
    "CASE WHEN f.alive >= 70 THEN 'likely' WHEN f.alive < 30 THEN 'unlikely' WHEN f.alive >= 30 THEN 'unsure' END"
)
BLOCKED: Final = "CASE WHEN NOT f.key_account THEN f.blocked END"
# A parameter stands for the ISO day that figures are as of, as in the stages: an old export is not silent for years.
_RATIO: Final = "(julianday(?) - julianday(f.last_order_on)) / f.rhythm_days"
_BROUGHT: Final = "nullif((SELECT count(*) FROM customers b WHERE b.referrer_id = f.customer_id), 0)"

COLUMNS: Final[dict[str, SqlColumn]] = {
    # derived
    "tier": SqlColumn("f.tier", "tier", "nullif(f.tier_rank, 99)"),
    "stage": SqlColumn("f.stage", "stage", _STAGE_ORDER),
    "next_follow_up_on": SqlColumn("f.next_follow_up_on", "ago"),
    "last_order_on": SqlColumn("f.last_order_on", "ago"),
    "first_order_on": SqlColumn("f.first_order_on", "date"),
    "order_total": SqlColumn("f.order_total", "money"),
    "order_count": SqlColumn("f.order_count", "count"),
    "purchase_days": SqlColumn("f.purchase_days", "count"),
    "order_profit_total": SqlColumn("f.profit", "money"),
    "profit": SqlColumn("f.profit", "money"),
    "rhythm_days": SqlColumn("f.rhythm_days", "count"),
    "last_contact_on": SqlColumn("f.last_contact_on", "ago"),
    "contact_count": SqlColumn("f.contact_count", "count", "nullif(f.contact_count, 0)"),
    "completeness": SqlColumn("f.completeness", "of_hundred"),
    "tier_reason": SqlColumn("f.tier_reason"),
    "stage_reason": SqlColumn("f.stage_reason"),
    "confidence": SqlColumn("f.confidence", "confidence", _CONFIDENCE_ORDER),
    "year_money": SqlColumn("f.year_money", "money"),
    "soon_orders": SqlColumn("(f.soon_orders + 50) / 100 * 100", "quantity", "f.soon_orders"),
    "soon_money": SqlColumn("f.soon_money", "money"),
    "staying": SqlColumn(STAYING, "staying", "-f.alive"),
    "rhythm_ratio": SqlColumn(f"round({_RATIO}, 1)", "times", _RATIO),
    "margin": SqlColumn("CASE WHEN f.order_total > 0 THEN round(1.0 * f.profit / f.order_total, 4) END", "percent"),
    "discount_share": SqlColumn("f.discount_share / 1000.0", "percent"),
    "discount_trend": SqlColumn("f.discount_trend / 1000.0", "change"),
    "unprofitable": SqlColumn("f.unprofitable", "unprofitable"),
    "blocked": SqlColumn(BLOCKED, "blocked"),
    "brought": SqlColumn(_BROUGHT, "count"),
    # facts
    "name": SqlColumn("CASE WHEN c.name = '' THEN c.code ELSE c.name END", "text", "nullif(f.name_pinyin, '')"),
    "code": SqlColumn("c.code"),
    "short_name": SqlColumn("c.short_name", pinyin=True),
    "salutation": SqlColumn("c.salutation", pinyin=True),
    "kind": SqlColumn("c.kind"),
    "address": SqlColumn("c.address", pinyin=True),
    "industry": SqlColumn("c.industry", pinyin=True),
    "source": SqlColumn("c.source", pinyin=True),
    "referred_by": SqlColumn("c.referred_by", pinyin=True),
    "intent": SqlColumn("c.intent", "intent", _INTENT_ORDER),
    "owner": SqlColumn("c.owner", pinyin=True),
    "birthday": SqlColumn("c.birthday"),
    "notes": SqlColumn("c.notes", pinyin=True),
    "tier_given": SqlColumn("c.tier_given", pinyin=True),
    "stage_given": SqlColumn("c.stage_given", pinyin=True),
    "receivable": SqlColumn("c.receivable", "money"),
    "balance": SqlColumn("c.balance", "money"),
    "reward_points": SqlColumn("c.reward_points", "count"),
    "region": SqlColumn("trim(r.province || ' ' || r.city || ' ' || r.district)", "region", pinyin=True),
    "province": SqlColumn("r.province", pinyin=True),
    "city": SqlColumn("r.city", pinyin=True),
    "district": SqlColumn("r.district", pinyin=True),
    # what belongs to a customer
    "phone": SqlColumn(_any_point("phone"), "phone"),
    "contact_phone": SqlColumn(_point("phone", "IS NOT NULL"), "phone"),
    "wechat": SqlColumn(_any_point("wechat")),
    "qq": SqlColumn(_any_point("qq")),
    "email": SqlColumn(_any_point("email")),
    "fax": SqlColumn(_any_point("fax")),
    "contact_name": SqlColumn(_contact("name"), pinyin=True),
    "contact_title": SqlColumn(_contact("title"), pinyin=True),
    "tags": SqlColumn(_TAGS, pinyin=True),
    "interaction_on": SqlColumn(_SAID.format(column="at"), "ago"),
    "interaction_kind": SqlColumn(_SAID.format(column="kind")),
    "interaction_summary": SqlColumn(_SAID.format(column="summary"), pinyin=True),
    "follow_up_on": SqlColumn("f.next_follow_up_on", "ago"),
    "follow_up_summary": SqlColumn(_DUE, pinyin=True),
}
# Custom columns: the header is a parameter, never part of the statement.
EXTRA: Final = SqlColumn("(SELECT e.value FROM json_each(c.extra) e WHERE e.key = ?)", pinyin=True)
EXTRA_PREFIX: Final = "extra:"


# The level that other rules give: whose, is a parameter as well.
SCHEME: Final = SqlColumn(
    "(SELECT s.tier FROM scheme_tiers s WHERE s.scheme = ? AND s.customer_id = f.customer_id)",
    "tier",
    "(SELECT s.tier_rank FROM scheme_tiers s WHERE s.scheme = ? AND s.customer_id = f.customer_id)",
)
SCHEME_PREFIX: Final = "scheme:"
SCHEMES: Final = "list.schemes"  # the setting that says which stand beside
# Shown where the user switched them on: two chips and a handful of numbers are enough for every day.
ASKED: Final = (
    *("rhythm_days", "rhythm_ratio", "soon_orders", "soon_money", "staying", "margin", "discount_share"),
    *("discount_trend", "unprofitable", "blocked", "brought"),
)


def column_of(key: str, as_of: str = "") -> tuple[SqlColumn, tuple[str, ...]]:
    """The SQL of a column key, and its parameters each time it is used. Raises KeyError for an unknown key.

    `as_of` is the ISO day that the figures are as of, for the one column that counts days up to it.
    """
    for prefix, column in ((EXTRA_PREFIX, EXTRA), (SCHEME_PREFIX, SCHEME)):
        if key.startswith(prefix):
            return column, (key.removeprefix(prefix),)
    return COLUMNS[key], (as_of,) if key == "rhythm_ratio" else ()


def columns_of(raw: Raw, keys: Sequence[str], today: date | None) -> list[tuple[SqlColumn, tuple[str, ...]]]:
    """What `column_of` gives for each key."""
    as_of = ""
    if today is not None and "rhythm_ratio" in keys:
        from crmdesk.storage.policy import as_of_day  # what reads rules is not loaded for the first page

        as_of = as_of_day(raw, today).isoformat()
    return [column_of(key, as_of) for key in keys]

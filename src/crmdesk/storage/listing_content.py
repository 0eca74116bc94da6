"""Which columns the customer list has: those with content, the user's own in the order of their sheet."""

# ruff: noqa: S608 - statements are put together from constants of this module; what the user typed is a parameter

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from crmdesk.domain.query import ListColumn
from crmdesk.storage.listing_columns import ASKED, COLUMNS, EXTRA_PREFIX, SCHEME_PREFIX, SCHEMES, column_of

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

# Where no sheet has set an order.
_DEFAULT_ORDER: Final = (
    "name",
    "short_name",
    "code",
    "contact_name",
    "phone",
    "wechat",
    "intent",
    "region",
    "last_order_on",
    "order_total",
    "order_count",
    "profit",
    "year_money",
    "confidence",
    "last_contact_on",
    "tags",
    "industry",
    "source",
    "referred_by",
    "address",
    "salutation",
    "contact_title",
    "contact_phone",
    "email",
    "qq",
    "fax",
    "receivable",
    "balance",
    "reward_points",
    "tier_given",
    "stage_given",
    "owner",
    "birthday",
    "notes",
)
_TEXTS: Final = (
    *("short_name", "code", "salutation", "kind", "address", "industry", "source", "intent", "owner"),
    *("referred_by", "birthday", "notes", "tier_given", "stage_given"),
)
_NUMBERS: Final = ("receivable", "balance", "reward_points")
_FIGURES: Final = {
    "tier": "tier_rank < 99",
    "next_follow_up_on": "next_follow_up_on IS NOT NULL",
    "last_order_on": "last_order_on IS NOT NULL",
    "order_total": "order_total IS NOT NULL",
}
_SCANNED_FIGURES: Final = {
    "first_order_on": "first_order_on IS NOT NULL",
    "order_count": "order_count > 0",
    "purchase_days": "purchase_days > 0",
    "profit": "profit IS NOT NULL",
    "rhythm_days": "rhythm_days IS NOT NULL",
    "confidence": "confidence <> ''",
    "year_money": "year_money IS NOT NULL",
    "last_contact_on": "last_contact_on IS NOT NULL",
    "contact_count": "contact_count > 0",
    "soon_orders": "soon_orders IS NOT NULL",
    "soon_money": "soon_money IS NOT NULL",
    "staying": "alive IS NOT NULL",
    "margin": "profit IS NOT NULL AND order_total > 0",
    "discount_share": "discount_share IS NOT NULL",
    "discount_trend": "discount_trend IS NOT NULL",
    "unprofitable": "unprofitable IS NOT NULL",
    "blocked": "blocked IS NOT NULL",
}
_POINTS: Final = {kind: f"kind = '{kind}'" for kind in ("phone", "wechat", "email", "qq", "fax")} | {
    "contact_phone": "kind = 'phone' AND contact_id IS NOT NULL",
    "own_phone": "kind = 'phone' AND contact_id IS NULL",
}
_REGION: Final = ("province", "city", "district")
_NEWEST: Final = 200
_LOOKED_THROUGH: Final = 30_000  # a column that is empty in so many rows is not worth the time of more
_LOOKS: Final = (f"ORDER BY rowid DESC LIMIT {_NEWEST}", f"LIMIT {_LOOKED_THROUGH}")
# One column of the list stands for these of a sheet.
_SAME: Final = {"follow_up_on": "next_follow_up_on", "order_profit_total": "profit"}


def list_columns(raw: Raw, *, quickly: bool = False) -> list[ListColumn]:
    """Tier, stage and next follow-up, then the sheet's columns in its order, then what else has content.

    `quickly` judges by the newest rows alone.
    """
    filled = _filled(raw, partial(_scan, raw, _LOOKS[:1] if quickly else _LOOKS))
    layout = _layout(raw)
    # What other rules say stands beside the tier, which it is read against.
    ours = ("tier", *_schemes(raw), "stage", "next_follow_up_on")
    front = [key for key in ours if key in filled or key.startswith(SCHEME_PREFIX)]
    own = [key for key in layout if key in filled and key not in front]
    named = own if "name" in own else ["name", *own]
    shown = {*front, *named}
    # A part of the region beside the whole, or the phone twice, would say the same again.
    if shown & set(_REGION):
        filled.discard("region")
    rest = [key for key in _DEFAULT_ORDER if key in filled and key not in shown]
    extras = [key for key in sorted(filled) if key.startswith(EXTRA_PREFIX) and key not in shown]
    last = [] if "tier" in filled else ["completeness"]
    keys = dict.fromkeys([*front, *named, *rest, *extras, *last])
    asked = [key for key in ASKED if key in filled and key not in keys]
    return [
        *(ListColumn(key, layout.get(key, ""), column_of(key)[0].kind) for key in keys),
        *(ListColumn(key, "", column_of(key)[0].kind, asked=True) for key in asked),
    ]


def _schemes(raw: Raw) -> list[str]:
    row = raw.execute("SELECT value FROM settings WHERE name = ?", (SCHEMES,)).fetchone()
    if row is None:
        return []
    import json

    return [f"{SCHEME_PREFIX}{one['code']}" for one in json.loads(row[0])]


def _layout(raw: Raw) -> dict[str, str]:
    """The columns of the sheets that were imported and their headers; the sheet that tells most gives the order."""
    rows = raw.execute("SELECT layout FROM imports WHERE layout LIKE '[%' ORDER BY at, id").fetchall()
    if not rows:
        return {}
    import json

    sheets = []
    for (text,) in rows:
        columns = {_SAME.get(column["key"], column["key"]): column["header"] for column in json.loads(text)}
        sheets.append({key: header for key, header in columns.items() if key in COLUMNS or _is_own(key)})
    # The words are those of the first sheet that had them: a later one renames no column that one is used to.
    words: dict[str, str] = {}
    for sheet in reversed(sheets):
        words |= sheet
    order = dict.fromkeys(key for sheet in sorted(sheets, key=len, reverse=True) for key in sheet)
    return {key: words[key] for key in order}


def _is_own(key: str) -> bool:
    return key.startswith(EXTRA_PREFIX)


def _filled(raw: Raw, scan: Callable[[str, dict[str, str]], set[str]]) -> set[str]:
    found = {"name", "stage"}
    for key, condition in _FIGURES.items():
        if raw.execute(f"SELECT EXISTS (SELECT 1 FROM figures WHERE {condition})").fetchone()[0]:
            found.add(key)
    found |= scan("figures", _SCANNED_FIGURES)
    facts = {key: f"{key} <> ''" for key in _TEXTS} | {key: f"{key} IS NOT NULL" for key in _NUMBERS}
    found |= scan("customers", facts)
    if "rhythm_days" in found:
        found.add("rhythm_ratio")
    if raw.execute("SELECT EXISTS (SELECT 1 FROM customers WHERE referrer_id IS NOT NULL)").fetchone()[0]:
        found.add("brought")
    found |= scan("regions", {key: f"{key} <> ''" for key in _REGION})
    if found & set(_REGION):
        found.add("region")
    found |= scan("contact_points", _POINTS)
    if "own_phone" not in found:  # the contacts' phones already stand in the column of phones
        found.discard("contact_phone")
    found |= scan("contacts", {"contact_name": "name <> ''", "contact_title": "title <> ''"})
    found |= scan("interactions", {"interaction_on": "1", "interaction_kind": "1", "interaction_summary": "1"})
    found |= scan("follow_ups", {"follow_up_summary": "summary <> '' AND done_on IS NULL"})
    found |= scan("customer_tags", {"tags": "1"})
    own = raw.execute(
        "SELECT DISTINCT e.key FROM (SELECT extra FROM customers WHERE extra <> '{}' ORDER BY id DESC LIMIT ?) c,"
        " json_each(c.extra) e",
        (_NEWEST,),
    ).fetchall()
    return found | {EXTRA_PREFIX + key for (key,) in own} | {key for key in _layout(raw) if _is_own(key)}


def _scan(raw: Raw, looks: Sequence[str], table: str, conditions: dict[str, str]) -> set[str]:
    """The keys whose condition holds for some row: a look at the newest, then one pass for those still open."""
    found: set[str] = set()
    for order in looks:
        still_open = {key: condition for key, condition in conditions.items() if key not in found}
        if not still_open:
            break
        asked = ", ".join(f"max({condition})" for condition in still_open.values())
        row = raw.execute(f"SELECT {asked} FROM (SELECT * FROM {table} {order})").fetchone()
        found |= {key for key, any_row in zip(still_open, row, strict=True) if any_row}
    return found

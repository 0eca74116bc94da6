"""What an import brought, in one line: 新 2 单,已有 1 单."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from crmdesk.i18n import _, translatable
from crmdesk.words.formats import count
from crmdesk.words.phrases import one_thing

_BROUGHT: Final = {
    "customers": translatable("{count} new customers"),
    "orders": translatable("{count} new orders"),
    "interactions": translatable("{count} log entries"),
    "follow_ups": translatable("{count} new follow-ups"),
}

# What becomes of the rows of a sheet; each of them counts once.
COUNTS: Final = {
    "new": translatable("new"),
    "updated": translatable("updated"),
    "unchanged": translatable("known already"),
    "merged": translatable("the same row twice"),
    "attention": translatable("not taken yet"),
    "skipped": translatable("skipped"),
}


def rows_text(counts: Mapping[str, int]) -> str:
    """What becomes of the rows, in one line: "188 行：新的 187 · 重复的行 1"; `read` is how many there are."""
    parts = [f"{_(text)} {count(counts[name])}" for name, text in COUNTS.items() if counts.get(name)]
    return one_thing(_("{count} rows: {what}").format(count=count(counts["read"]), what=" · ".join(parts)))


def brought_text(created: Mapping[str, int], updated: int) -> str:
    """What an import added, and how many rows filled or changed what was there."""
    parts = [_(text).format(count=count(created[key])) for key, text in _BROUGHT.items() if created.get(key)]
    if updated:
        parts.append(_("{count} rows changed what was there").format(count=count(updated)))
    return one_thing(" · ".join(parts)) if parts else _("nothing new")


def imported_text(customers: int, customers_met: int, orders: int, orders_met: int) -> str:
    """How many are new and how many the file had: of orders where there are any, else of customers."""
    if orders or orders_met:
        return _("{new} new orders, {known} known").format(new=count(orders), known=count(orders_met))
    return _("{new} new customers, {known} known").format(new=count(customers), known=count(customers_met))

"""What there is to filter the customer list by, with how many stand behind each choice. Asked beside the window."""

# ruff: noqa: S608 - statements are put together from constants of this module

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from crmdesk.domain.query import EXPECTED, STAYING, Choice, FilterChoices
from crmdesk.domain.stage import Stage
from crmdesk.storage import listing_attention, listing_columns

if TYPE_CHECKING:
    from datetime import date
    from sqlite3 import Connection as Raw


def filter_choices(raw: Raw, today: date) -> FilterChoices:
    """What there is to filter by, with counts; tiers best first, stages along the life, regions by pinyin."""
    derived = raw.execute(
        "SELECT tier_rank, tier, stage, confidence, key_account, count(*) FROM figures GROUP BY 1, 2, 3, 4, 5"
    ).fetchall()
    tiers: Counter[tuple[int, str]] = Counter()
    stages: Counter[str] = Counter()
    sure: Counter[str] = Counter()
    stars = 0
    for rank, tier, stage, confidence, star, count in derived:
        tiers[rank, tier or ""] += count
        stages[stage] += count
        sure[confidence] += count
        stars += count if star else 0
    intents = dict(raw.execute("SELECT intent, count(*) FROM customers GROUP BY intent").fetchall())
    # From its index alone, which holds no blanks: those are the rest.
    named = "SELECT source, count(*) FROM customers WHERE source <> '' GROUP BY source"
    sources = Counter(dict(raw.execute(named).fetchall()))
    blank = sum(intents.values()) - sources.total()
    if blank:
        sources[""] = blank
    tags = raw.execute(
        "SELECT t.name, count(*) FROM customer_tags ct JOIN tags t ON t.id = ct.tag_id GROUP BY t.id ORDER BY 2 DESC, 1"
    )
    return FilterChoices(
        _with_meaning([Choice(tier, count) for (_, tier), count in sorted(tiers.items())]),
        tuple(Choice(stage.value, stages[stage.value]) for stage in Stage if stage.value in stages),
        _region_choices(raw),
        _with_meaning([Choice(code, intents[code]) for code in ("high", "medium", "low", "") if code in intents]),
        _with_meaning([Choice(source, count) for source, count in sources.most_common()]),
        tuple(Choice(tag, count) for tag, count in tags.fetchall()),
        tuple(Choice(code, sure[code]) for code in ("high", "fair", "few") if sure[code]),
        stars,
        stages[Stage.DORMANT] + stages[Stage.LOST],
        raw.execute("SELECT count(*) FROM figures WHERE contact_count = 0").fetchone()[0],
        *listing_attention.counts(raw, today),
        raw.execute("SELECT count(*) FROM figures WHERE unprofitable IS NOT NULL").fetchone()[0],
        *_foretold(raw),
        _blocked(raw),
    )


def _foretold(raw: Raw) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    """Who is expected within so many days, and whether one comes again at all."""
    within = dict(raw.execute("SELECT within, count(*) FROM figures WHERE within IS NOT NULL GROUP BY 1").fetchall())
    staying = dict(
        raw.execute(
            f"SELECT {listing_columns.STAYING}, count(*) FROM figures f WHERE f.alive IS NOT NULL GROUP BY 1"
        ).fetchall()
    )
    expected = [Choice(days, sum(n for until, n in within.items() if until <= int(days))) for days in EXPECTED]
    return (
        tuple(choice for choice in expected if choice.customers),
        tuple(Choice(code, staying[code]) for code in STAYING if code in staying),
    )


def _blocked(raw: Raw) -> tuple[Choice, ...]:
    blocked = listing_columns.BLOCKED
    found = raw.execute(
        f"SELECT {blocked}, count(*) FROM figures f WHERE {blocked} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    return tuple(Choice(code, count) for code, count in found.fetchall())


def _with_meaning(choices: list[Choice]) -> tuple[Choice, ...]:
    # "has none" is a choice only beside others.
    return tuple(choices) if any(choice.value for choice in choices) else ()


def _region_choices(raw: Raw) -> tuple[Choice, ...]:
    from crmdesk.domain.pinyin import sort_key

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

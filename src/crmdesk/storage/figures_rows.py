"""What is known of every customer beside purchases, and the rows of `figures` that all of it makes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from crmdesk.domain.figures import NO_TIER_RANK
from crmdesk.domain.lifecycle import STAGES, Stages, iso_texts, talks_in_words
from crmdesk.domain.phrase import Phrase
from crmdesk.domain.pinyin import sort_key
from crmdesk.domain.purchases import Flags, Ints, Purchases
from crmdesk.domain.reasons import ReasonColumns
from crmdesk.domain.rhythm import CONFIDENCE
from crmdesk.domain.signs import Signs
from crmdesk.domain.stage import Stage
from crmdesk.domain.tier import Tiers
from crmdesk.domain.tier_policy import TierPolicy
from crmdesk.domain.tier_score import intent_rank
from crmdesk.storage.purchases import limited

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

# Ten facts that make a customer complete; each is worth ten of a hundred.
_PEOPLE: Final = """
    SELECT c.id, c.name, 10 * ((c.name <> '') + (c.region_id IS NOT NULL) + (c.address <> '') + (c.source <> '')
        + (c.industry <> '' OR c.kind <> '') + (c.intent <> '') + (c.birthday <> '' OR c.salutation <> '')
        + EXISTS (SELECT 1 FROM contacts k WHERE k.customer_id = c.id)
        + EXISTS (SELECT 1 FROM contact_points p WHERE p.customer_id = c.id AND p.kind = 'phone')
        + EXISTS (SELECT 1 FROM contact_points p WHERE p.customer_id = c.id AND p.kind <> 'phone'))
    FROM customers c WHERE 1 {only} ORDER BY c.id
"""
_DECIDED: Final = """
    SELECT id, CASE WHEN coalesce(tier_override_until, '9999') >= '{today}' THEN tier_override ELSE '' END,
        tier_override_reason, stage_lock, stage_lock_reason, stage_given FROM customers
    WHERE (tier_override <> '' OR stage_lock <> '' OR stage_given <> '') {only}
"""
# A note for oneself is no contact; a call that nobody answered is one, but no talk.
_CONTACTS: Final = """
    SELECT customer_id, count(*), max(substr(at, 1, 10)),
        max(substr(at, 1, 10)) FILTER (WHERE outcome <> 'not_reached')
    FROM interactions WHERE NOT (kind = 'note' AND outcome = '') {only} GROUP BY customer_id
"""
# What was said of a sale was said in a talk, whether or not it was logged as one.
_TALKS: Final = "SELECT customer_id, max(said_on) FROM talks WHERE 1 {only} GROUP BY customer_id"
_DUE: Final = "SELECT customer_id, min(due_on) FROM follow_ups WHERE done_on IS NULL {only} GROUP BY customer_id"

_Parts = tuple[tuple[Any, ...], tuple[Any, ...]]  # what a buyer stands for, and what it bought
_AFTER_ALL: Final = 1 << 63  # ids are of 63 bits
_BLOCK: Final = 10_000  # buyers whose numbers are Python's at a time: they take four times the room that numpy's do


@dataclass(frozen=True)
class Decided:
    """The user's own word on a customer, and the status word of the sheet."""

    tier: str
    tier_reason: str
    stage: str
    stage_reason: str
    stage_given: str


@dataclass(frozen=True)
class People:
    """Customers by ascending id, and what is known of some of them by id."""

    ids: list[int]
    names: list[str]
    completeness: list[int]
    decided: dict[int, Decided]
    contacts: dict[int, tuple[int, str, str | None]]
    due: dict[int, str]


def read_people(raw: Raw, ids: Collection[int] | None, today: date) -> People:
    """Everything but purchases that the figures of these customers (None: of all) are made from."""
    # Row by row: all of them as tuples would take as much memory again.
    numbers: list[int] = []
    names: list[str] = []
    completeness: list[int] = []
    for number, name, complete in raw.execute(*limited(_PEOPLE, ids, "c.id")):
        numbers.append(number)
        names.append(name)
        completeness.append(complete)
    decided = raw.execute(*limited(_DECIDED.replace("{today}", today.isoformat()), ids, "id")).fetchall()
    contacts = {row[0]: row[1:] for row in raw.execute(*limited(_CONTACTS, ids)).fetchall()}
    for customer, said_on in raw.execute(*limited(_TALKS, ids)).fetchall():
        count, last, talked = contacts.get(customer, (0, None, None))
        contacts[customer] = (count, last, max(talked or "", said_on))
    return People(
        ids=numbers,
        names=names,
        completeness=completeness,
        decided={row[0]: Decided(*row[1:]) for row in decided},
        contacts=contacts,
        due=dict(raw.execute(*limited(_DUE, ids)).fetchall()),
    )


def figure_rows(
    people: People,
    buyers: Purchases,
    stages: Stages,
    tiers: Tiers,
    signs: Signs,
    policy: TierPolicy,
    leads: Mapping[int, str],
) -> Iterator[tuple[Any, ...]]:
    """A tuple per customer in the order of `FIGURE_COLUMNS`, made as it is asked for.

    `leads` are the intents of customers without purchases, where the policy goes by them.
    """
    levels = policy.levels
    key = frozenset(buyers.ids[tiers.key].tolist())
    judged = _side_by_side(people.ids, buyers.ids, _buyer_parts(buyers, stages, tiers, signs, levels))
    nothing: tuple[Any, ...] = ("", *(None,) * (9 + len(signs.numbers) + len(signs.codes)))
    told = zip(people.ids, people.names, people.completeness, judged, strict=True)
    for customer, name, completeness, found in told:
        contacts, last_contact, talked = people.contacts.get(customer, (0, None, None))
        decided = people.decided.get(customer)
        if found is not None:
            standing, bought = found
        else:
            lead = tier_of_lead(policy, leads.get(customer, ""), completeness)
            standing, bought = (*lead, *_stage_without_purchases(talked, decided)), nothing
        if decided is not None and (decided.tier or decided.stage):
            standing = _with_decision(standing, decided, levels)
        due = people.due.get(customer)
        star = int(customer in key and standing[1] == 0)  # the driver takes numbers faster than truths
        yield customer, sort_key(name), *standing, *bought, last_contact, contacts, due, completeness, star


def _side_by_side(people: Sequence[int], buyers: Ints, parts: Iterable[_Parts]) -> Iterator[_Parts | None]:
    """The parts of each of the people, None for those who never bought; both stand by ascending id.

    Hand in hand, for all parts of a large file at once would take more memory than its pages.
    """
    nobody = _AFTER_ALL, None
    coming = zip(buyers.tolist(), parts, strict=True)
    buyer, part = next(coming, nobody)
    for customer in people:
        while buyer < customer:
            buyer, part = next(coming, nobody)
        yield part if buyer == customer else None


def _buyer_parts(
    buyers: Purchases, stages: Stages, tiers: Tiers, signs: Signs, levels: tuple[str, ...]
) -> Iterator[_Parts]:
    """Per buyer what it stands for (tier, rank, why, stage, why) and what it bought (confidence to the last sign)."""
    named = (*levels, None)
    rank = tiers.rank.tolist()
    standing = zip(
        (named[level] for level in rank),
        (level if level >= 0 else NO_TIER_RANK for level in rank),
        _texts(tiers.reasons),
        (STAGES[stage].value for stage in stages.stage.tolist()),
        _texts(stages.reasons),
        strict=True,
    )
    dated = ~buyers.estimated
    bought = zip(
        (CONFIDENCE[sure] for sure in stages.confidence.tolist()),
        _dates(buyers.first),
        _dates(buyers.last),
        _known(buyers.orders, dated | (buyers.orders > 0)),
        _known(buyers.day_count, dated | (buyers.orders > 0)),
        _known(buyers.total, buyers.money_known),
        _known(buyers.profit, buyers.profit_known & buyers.money_known),
        _known(buyers.window_days, dated | (buyers.window_days > 0)),
        _known(buyers.window_total, buyers.money_known),
        _known(stages.rhythm_days, stages.rhythm_days > 0),
        *(_known(values, known) for values, known in signs.numbers),
        *(_coded(names, places) for names, places in signs.codes),
        strict=True,
    )
    # One by one: a list made in one go would hold up the other threads.
    for parts in zip(standing, bought, strict=True):  # noqa: UP028
        yield parts


def tier_of_lead(policy: TierPolicy, intent: str, completeness: int) -> tuple[str | None, int, str]:
    """Tier, rank and reason of a customer without purchases: by intent where the policy goes by it, else none."""
    rank = intent_rank(intent, len(policy.levels)) if policy.scale == "intent" else None
    if rank is not None:
        return policy.levels[rank], rank, Phrase("tier_intent", {"intent": intent}).to_json()
    if policy.scale == "intent":
        return None, NO_TIER_RANK, _plain("tier_none_no_intent")
    if not policy.has_levels:
        return None, NO_TIER_RANK, _plain("tier_none_by_choice")
    return None, NO_TIER_RANK, _plain("tier_none_only_name" if completeness <= 10 else "tier_none_no_purchases")


def _stage_without_purchases(talked: str | None, decided: Decided | None) -> tuple[str, str]:
    given = decided.stage_given if decided is not None else ""
    if talked:
        stage, why = Stage.IN_TALKS, Phrase("stage_talked", {"talked_on": talked}).to_json()
    elif talks_in_words(given):
        stage, why = Stage.IN_TALKS, Phrase("stage_given", {"given": given}).to_json()
    elif given:
        stage, why = Stage.PROSPECT, Phrase("stage_prospect_given", {"given": given}).to_json()
    else:
        stage, why = Stage.PROSPECT, _plain("stage_prospect")
    return stage.value, why


@cache
def _plain(code: str) -> str:
    return Phrase(code).to_json()


def _with_decision(standing: tuple[Any, ...], decided: Decided, levels: tuple[str, ...]) -> tuple[Any, ...]:
    tier, rank, tier_reason, stage, stage_reason = standing
    if decided.tier and levels:  # where the user keeps no tiers, a word on one waits until there are levels again
        tier = decided.tier
        rank = levels.index(tier) if tier in levels else len(levels)
        tier_reason = _own_word("tier_decided", decided.tier_reason)
    if decided.stage:
        stage, stage_reason = decided.stage, _own_word("stage_decided", decided.stage_reason)
    return tier, rank, tier_reason, stage, stage_reason


def _own_word(code: str, reason: str) -> str:
    phrase = Phrase(f"{code}_why", {"why": reason}) if reason else Phrase(code)
    return phrase.to_json()


def _texts(reasons: ReasonColumns) -> Iterator[str]:
    for part in _blocks(reasons.size):
        yield from reasons.texts(part.start, part.stop)


def _dates(days: Ints) -> Iterator[str | None]:
    for part in _blocks(len(days)):
        yield from (day or None for day in iso_texts(days[part]))


def _known(values: Ints, known: Flags) -> Iterator[int | None]:
    for part in _blocks(len(values)):
        told = zip(values[part].tolist(), known[part].tolist(), strict=True)
        yield from (value if has else None for value, has in told)


def _coded(names: Sequence[str | None], places: Ints) -> Iterator[str | None]:
    for part in _blocks(len(places)):
        yield from (names[place] for place in places[part].tolist())


def _blocks(size: int) -> Iterator[slice]:
    return (slice(start, start + _BLOCK) for start in range(0, size, _BLOCK))

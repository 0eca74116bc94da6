"""像是同一家: customers that look like one, made one in a step that undo takes back, or remembered as two."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from crmdesk.domain.changes import Changes
from crmdesk.domain.merging import Choices, Difference, differences, merged
from crmdesk.domain.phrase import Phrase, Refused
from crmdesk.domain.record import CustomerRecord
from crmdesk.progress import Progress
from crmdesk.storage.database import Database

if TYPE_CHECKING:
    from crmdesk.domain.duplicate import Profile
    from crmdesk.storage.duplicates import Facts

_REACH: Final = ("wechat", "email", "qq")
_LOOKED_AT: Final = 50  # customers found by what is typed, of which those with the same name are told
_TOLD: Final = 4
_TURN: Final = 0.001  # seconds in which the window's thread gets its turn while many are compared
_BETWEEN: Final = 500  # customers between two such turns


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two customers that look like one: what speaks for it, what against it, and how sure it is (0 to 100)."""

    first: int
    second: int
    first_name: str
    second_name: str
    score: int
    reasons: tuple[Phrase, ...]
    doubts: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Both customers of a pair, the one with more history as the one to keep, and where they differ."""

    keep: CustomerRecord
    other: CustomerRecord
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Similar:
    """A customer that may be the one just being typed in, and why."""

    customer_id: int
    name: str
    reason: Phrase


def find_duplicates(database: Database, progress: Progress) -> list[DuplicatePair]:
    """The pairs that look like one customer, the surest first; never by name alone. Raises Cancelled."""
    from crmdesk.domain.duplicate_blocks import find_pairs
    from crmdesk.storage import duplicates

    def report(done: int, total: int) -> None:
        progress.report("duplicates", done, total)
        time.sleep(_TURN)

    report(0, 0)
    with database.raw_read() as raw:
        facts = duplicates.facts(raw)
        apart = duplicates.known_apart(raw)
    profiles = _profiles(facts, report)
    names = {fact.id: fact.name or fact.code for fact in facts}
    found = find_pairs(profiles, apart, report)
    return [
        DuplicatePair(
            first,
            second,
            names[first],
            names[second],
            likeness.score,
            tuple(e.phrase for e in likeness.evidence if e.points > 0),
            tuple(e.phrase for e in likeness.evidence if e.points < 0),
        )
        for (first, second), likeness in found
    ]


@cache
def _places() -> frozenset[str]:
    from crmdesk.domain.duplicate_names import place_names
    from crmdesk.paths import resource

    return place_names(resource("data", "regions.txt").read_text(encoding="utf-8").splitlines())


def _profiles(facts: list[Facts], report: Callable[[int, int], None]) -> list[Profile]:
    from crmdesk.domain.duplicate import Profile
    from crmdesk.domain.duplicate_keys import phone_key, street_key
    from crmdesk.domain.duplicate_names import name_form, person_core
    from crmdesk.domain.text import half_width

    places = _places()
    made = []
    for count, fact in enumerate(facts):
        if count % _BETWEEN == 0:
            report(0, 0)
        phones = {phone_key(value) for kind, value in fact.points if kind in ("phone", "fax")}
        made.append(
            Profile(
                fact.id,
                name_form(fact.name or fact.short_name, places),
                fact.name,
                frozenset(phones - {""}),
                frozenset(half_width(value).casefold() for kind, value in fact.points if kind in _REACH and value),
                street_key(fact.address),
                fact.address,
                fact.city,
                frozenset(core for name in fact.contacts if (core := person_core(name))),
                fact.code,
            )
        )
    return made


def side_by_side(database: Database, one: int, other: int) -> SideBySide:
    """Two customers to choose between, field by field. Raises Refused("no_such_customer")."""
    from crmdesk.storage import records

    with database.read() as connection:
        pair = [records.record(connection, customer) for customer in (one, other)]
    keep, gone = sorted(pair, key=_history, reverse=True)
    return SideBySide(keep, gone, differences(keep.customer, gone.customer))


def _history(record: CustomerRecord) -> tuple[int, int, int, int]:
    figures = record.figures
    return (figures.order_count or 0, figures.contact_count, figures.completeness, -record.customer.id)


def merge(database: Database, keep: int, other: int, choices: Choices | None = None) -> Changes:
    """Make two customers one, with everything that belongs to either; one step. A field without a choice is kept.

    Raises Refused: "merge_with_itself", "no_such_customer".
    """
    from crmdesk.storage import customers, merging, plans, records

    if keep == other:
        raise Refused("merge_with_itself")
    with database.read() as connection:
        kept, gone = records.get(connection, keep), records.get(connection, other)
        names = customers.names(connection, (keep, other))
    facts = merged(kept, gone, choices or {})
    with database.write("merge_customers", name=facts.name or names[keep], other=names[other]) as step:
        plans.end_second(step.raw, keep, other, database.clock.today())
        merging.merge(step, keep, other, facts)
    return step.changes


def not_same(database: Database, one: int, other: int) -> Changes:
    """Remember that two customers are not the same. Raises Refused: "merge_with_itself", "no_such_customer"."""
    from crmdesk.storage import customers, duplicates

    if one == other:
        raise Refused("merge_with_itself")
    with database.read() as connection:
        first, second = customers.name(connection, one), customers.name(connection, other)
    with database.write("not_same", name=first, other=second) as step:
        duplicates.keep_apart(step, one, other)
    return step.changes


def similar_customers(database: Database, name: str, phone: str) -> list[Similar]:
    """Who has this phone already, and who has this name but for suffixes, width and script; a few, phones first."""
    from crmdesk.domain.phone import read_phones
    from crmdesk.storage import duplicates

    values = [value for _kind, value, _label in read_phones(phone).value or ()]
    with database.raw_read() as raw:
        owners = duplicates.facts(raw, duplicates.owners_of(raw, values, _TOLD)) if values else []
    found = {fact.id: Similar(fact.id, fact.name or fact.code, Phrase("duplicate_has_phone")) for fact in owners}
    for similar in _called_alike(database, name) if name.strip() else ():
        found.setdefault(similar.customer_id, similar)
    return list(found.values())[:_TOLD]


def _called_alike(database: Database, name: str) -> list[Similar]:
    """Customers whose name is this one, or one of the same sound, of those that searching for it brings up."""
    from crmdesk.domain.duplicate_names import Relation, name_form, relation
    from crmdesk.storage import listing

    places = _places()
    typed = name_form(name, places)
    if len(typed.core) < 2:
        return []
    with database.raw_read() as raw:
        asked = dict.fromkeys((name.strip(), typed.core, typed.stem))
        matches = {
            match.customer_id: match.name for text in asked for match in listing.find_customers(raw, text, _LOOKED_AT)
        }
    alike = []
    for customer, known in matches.items():
        found = relation(typed, name_form(known, places))
        if found in (Relation.SAME, Relation.SIMILAR):
            alike.append((found is not Relation.SAME, Similar(customer, known, Phrase("duplicate_has_name"))))
    return [similar for _rank, similar in sorted(alike, key=lambda entry: (entry[0], entry[1].customer_id))]

"""What a row adds to a customer: blanks are filled, what differs is told and left alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from crmdesk.domain.keys import address_key, name_key
from crmdesk.operations.importing_people import FACT_KEYS, NewContact, People, Person, Point, Values, point_key

_FINDABLE: Final = frozenset({"name", "code"})
_SAME: Final[Mapping[str, Callable[[str], str]]] = {
    "name": name_key,
    "short_name": name_key,
    "address": address_key,
}


class Difference(NamedTuple):
    """A value that the row has and the customer has otherwise; `key` as in the read row, or "extra:<header>"."""

    key: str
    old: str
    new: str


class Filled(NamedTuple):
    """What became of a row: whether it added anything, whether a contact, and what it says otherwise."""

    added: bool
    contact: bool
    differences: list[Difference]


def fill(people: People, person: Person, values: Values, extra: Mapping[str, str], *, notes: bool = True) -> Filled:
    """Add to a customer what it does not have yet. `notes`: whether the row's notes are about the customer."""
    differences: list[Difference] = []
    findable = False
    added = False
    for key, value in values.items():
        column = FACT_KEYS.get(key)
        if column is None or (column == "notes" and not notes):
            continue
        if _fill_fact(person, column, value):
            added = True
            findable = findable or column in _FINDABLE
        elif _differs(column, person.facts[column], value):
            differences.append(Difference(key, str(person.facts[column]), str(value)))
    added |= _fill_region(person, values.get("region"), differences)
    reached = _fill_points(person, values.get("points", ()), differences)
    met = fill_contacts(person, values.get("contacts", ()), differences)
    added |= _fill_tags(person, values.get("tags", ())) | fill_extra(person, extra, differences)
    if findable or reached or met:
        people.index(person)
    return Filled(added or reached or bool(met), met == "new", differences)


def _fill_fact(person: Person, column: str, value: Any) -> bool:  # noqa: ANN401 - text or a whole number
    if person.facts.get(column) is not None:
        return False
    person.facts[column] = value
    if person.filled is not None:
        person.filled[column] = value
    return True


def _differs(column: str, old: Any, new: Any) -> bool:  # noqa: ANN401
    if old == new:
        return False
    same = _SAME.get(column)
    if same is not None:
        return same(old) != same(new)
    return not (column == "notes" and new in old)


def _fill_region(person: Person, region: tuple[str, str, str] | None, differences: list[Difference]) -> bool:
    if region is None or not any(region):
        return False
    new: tuple[str, str, str] = (region[0], region[1], region[2])
    old = person.region or ("", "", "")
    # A finer region fills in; one that contradicts a level is another place, and is only told.
    if any(mine and theirs and mine != theirs for mine, theirs in zip(old, new, strict=True)):
        differences.append(Difference("region", "".join(old), "".join(new)))
        return False
    merged = (old[0] or new[0], old[1] or new[1], old[2] or new[2])
    if merged == old:
        return False
    person.region, person.region_filled = merged, True
    return True


def _fill_points(person: Person, points: list[Point], differences: list[Difference]) -> bool:
    if not points:
        return False
    have = {point_key(kind, value) for kind, value, _label in person.all_points()}
    kinds = {kind for kind, _value, _label in person.points}
    fresh: list[Point] = []
    for kind, value, label in points:
        if point_key(kind, value) in have:
            continue
        # A second phone may be the new one or another person's: the user decides, so it is told, not added.
        if kind in kinds:
            old = "、".join(known for mine, known, _label in person.points if mine == kind)
            differences.append(Difference(kind, old, value))
        else:
            fresh.append((kind, value, label))
    person.points = [*person.points, *fresh]
    return bool(fresh)


def fill_contacts(
    person: Person, contacts: list[tuple[str, str, str, list[Point]]], differences: list[Difference]
) -> str:
    """Add contacts, each once; gives "new" where one is added, "filled" where one gets more, else ""."""
    outcome = ""
    for name, title, salutation, points in contacts:
        contact = _contact_at(person, name, points)
        if contact is None:
            person.contacts = [*person.contacts, NewContact(name, title, salutation, points)]
            outcome = "new"
        elif _fill_contact(contact, name, title, salutation, points, differences):
            outcome = outcome or "filled"
    return outcome


def _contact_at(person: Person, name: str, points: list[Point]) -> NewContact | None:
    keys = {point_key(kind, value) for kind, value, _label in points}
    for contact in person.contacts:
        if name and contact.name:
            if name_key(name) == name_key(contact.name):
                return contact
        elif any(point_key(kind, value) in keys for kind, value, _label in contact.points) or not (name or points):
            return contact
    return None


def _fill_contact(
    contact: NewContact,
    name: str,
    title: str,
    salutation: str,
    points: list[Point],
    differences: list[Difference],
) -> bool:
    added = False
    for column, value in (("name", name), ("title", title), ("salutation", salutation)):
        old = getattr(contact, column)
        if value and not old:
            setattr(contact, column, value)
            if contact.filled is not None:
                contact.filled[column] = value
            added = True
        elif value and old != value and column == "title":
            differences.append(Difference("contact_title", old, value))
    have = {point_key(kind, value) for kind, value, _label in contact.points}
    kinds = {kind for kind, _value, _label in contact.points}
    for kind, value, label in points:
        if point_key(kind, value) in have:
            continue
        if kind in kinds:
            old = "、".join(known for mine, known, _label in contact.points if mine == kind)
            differences.append(Difference("contact_phone" if kind == "phone" else kind, old, value))
        else:
            contact.points.append((kind, value, label))
            added = True
    return added


def _fill_tags(person: Person, tags: list[str]) -> bool:
    fresh = [tag for tag in dict.fromkeys(tags) if tag not in person.tags]
    if fresh:
        person.tags = [*person.tags, *fresh]
    return bool(fresh)


def fill_extra(person: Person, extra: Mapping[str, str], differences: list[Difference]) -> bool:
    """Fill the user's own columns, by header."""
    added = False
    for header, value in extra.items():
        old = person.extra.get(header)
        if not old:
            if not added:
                person.extra = dict(person.extra)  # may be the read row's own
            person.extra[header] = value
            added = person.extra_filled = True
        elif old != value:
            differences.append(Difference(f"extra:{header}", old, value))
    return added


def add_note(person: Person, text: str) -> bool:
    """Add a line to what is noted of a customer, unless it stands there; gives whether it was added."""
    old = person.facts.get("notes", "")
    if text in old:
        return False
    person.facts["notes"] = f"{old}\n{text}" if old else text
    if person.filled is not None:
        person.filled["notes"] = person.facts["notes"]
    return True

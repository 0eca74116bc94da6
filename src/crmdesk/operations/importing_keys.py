"""Finding the customer of a row by the key that the user chose for the sheet, and by nothing else.

A row that does not have what the key needs is left to the automatic way, or a second import could not know it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from crmdesk.domain.existing import MatchKey
from crmdesk.domain.keys import name_key
from crmdesk.operations.importing_people import People
from crmdesk.operations.importing_person import Person, Values, reach

if TYPE_CHECKING:
    from crmdesk.storage.importing import Region


class Match(NamedTuple):
    """Who a row is about: nobody yet, one customer, or more than one could be meant (`several`)."""

    person: Person | None
    several: bool = False


def find_by_key(people: People, key: MatchKey, values: Values) -> Match | None:
    """The customer that a row names by this key; None where the row lacks what the key needs."""
    if key is MatchKey.AUTO:
        return None
    code, name, region = values.get("code"), values.get("name"), values.get("region")
    phones = [phone for phone in reach(values) if phone.isdecimal()]
    if key is MatchKey.CODE and code:
        return Match(people.by_code(code))
    if key is MatchKey.PHONE and phones:
        return _by_phone(people, phones, name or "")
    if key is MatchKey.NAME_PHONE and name and phones:
        return _only([one for one in _reached(people, phones) if name_key(one.name) == name_key(name)])
    if key is MatchKey.NAME_REGION and name and region and any(region):
        return _by_name_and_region(people, name, region)
    return None


def _by_phone(people: People, phones: Sequence[str], name: str) -> Match:
    """Whoever has one of the phones, whatever the name; of several that share it, the one of this name."""
    found = _reached(people, phones)
    alike = [person for person in found if name_key(person.name) == name_key(name)]
    return _only(alike if len(found) > 1 and alike else found)


def _reached(people: People, phones: Sequence[str]) -> list[Person]:
    found: dict[int, Person] = {}
    for phone in phones:
        for person in people.having(phone):
            found.setdefault(id(person), person)
    return list(found.values())


def _by_name_and_region(people: People, name: str, region: Region) -> Match:
    """The customer of this name in just this region, else the one whose region is told more or less finely."""
    namesakes = people.namesakes(name)
    exact = [person for person in namesakes if person.region == tuple(region)]
    return _only(exact or [person for person in namesakes if person.region and _nested(person.region, region)])


def _nested(one: Region, other: Region) -> bool:
    return all(not mine or not theirs or mine == theirs for mine, theirs in zip(one, other, strict=True))


def _only(found: Sequence[Person]) -> Match:
    return Match(found[0] if len(found) == 1 else None, len(found) > 1)

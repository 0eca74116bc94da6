"""Whether two customers look like one: the evidence for and against, and what it adds up to. Never by name alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from crmdesk.domain.duplicate_keys import Where, nearly_the_same, where
from crmdesk.domain.duplicate_names import NameForm, Relation, relation
from crmdesk.domain.phrase import Phrase

LIKELY: Final = 70  # points from which two are shown as 像是同一家
_NAMES: Final = {
    Relation.SAME: 45,
    Relation.SIMILAR: 30,
    Relation.PART: 30,
    Relation.ADDRESS: 25,
    Relation.UNCLEAR: -10,
    Relation.UNLIKE: -25,
    Relation.PEOPLE: -40,
    Relation.BRANCH: -60,
}
_REGISTERED: Final = 65  # the same name with 有限公司 on both: such a name is given once in a city
_NAMELESS: Final = 25  # a number without a name, beside a customer with that number
_PERSON_AND_SHOP: Final = -10
_PHONE: Final = 45
_NEAR_PHONE: Final = 30
_OTHER_PHONE: Final = -10
_REACH: Final = 40
_CODE: Final = 40
_CONTACT: Final = 25
_CITY: Final = 15
_STREETS: Final = {Where.SAME: 40, Where.NEAR: 25, Where.ELSEWHERE: -15}


@dataclass(frozen=True, slots=True)
class Profile:
    """A customer as it is compared; all keys as the key functions make them."""

    id: int
    name: NameForm = field(default_factory=NameForm)
    called: str = ""  # the name as written, for the evidence
    phones: frozenset[str] = frozenset()
    reach: frozenset[str] = frozenset()  # WeChat, mail, QQ
    street: str = ""
    address: str = ""  # as written
    city: str = ""
    contacts: frozenset[str] = frozenset()  # cores of people's names
    code: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that speaks for (`points` above 0) or against two customers being one."""

    phrase: Phrase
    points: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """What speaks for and against, the strongest first, and the sum of it (0 to 100)."""

    evidence: tuple[Evidence, ...] = ()
    score: int = 0
    beside_name: bool = False  # something beside the name speaks for it

    @property
    def likely(self) -> bool:
        """Whether the two look like one customer."""
        return self.beside_name and self.score >= LIKELY


def compare(one: Profile, other: Profile) -> Likeness:
    """All evidence about two customers."""
    known = _known_as(one, other)
    beside = [*_reached(one, other), *_placed(one, other)]
    if one.contacts & other.contacts:
        beside.append(_said(_CONTACT, "same_contact", name=min(one.contacts & other.contacts)))
    if one.code and one.code == other.code:
        beside.append(_said(_CODE, "same_code", code=one.code))
    called = _called(one, other, known)
    evidence = sorted((e for e in (called, *beside) if e is not None), key=lambda e: -e.points)
    score = sum(e.points for e in evidence)
    return Likeness(tuple(evidence), max(0, min(score, 100)), any(e.points > 0 for e in beside))


def _said(points: int, code: str, /, **values: str) -> Evidence:
    return Evidence(Phrase(f"duplicate_{code}", values), points)


def _known_as(one: Profile, other: Profile) -> str:
    """A person who is a customer by name here, and the contact of a shop there."""
    for person, shop in ((one, other), (other, one)):
        if person.name.person and not shop.name.person and person.name.core in shop.contacts:
            return person.name.core
    return ""


def _called(one: Profile, other: Profile, known: str) -> Evidence | None:
    """What the two names say."""
    if known:
        return _said(_NAMES[Relation.PART], "name_contact", name=known)
    names = {"name": one.called, "other": other.called}
    found = relation(one.name, other.name)
    if found is Relation.UNKNOWN:
        shared = bool(one.phones & other.phones or one.reach & other.reach)
        return _said(_NAMELESS, "name_unknown") if shared else None
    points = _NAMES[found]
    if found is Relation.SAME and one.name.legal and other.name.legal and len(one.name.core) > 2:
        points = _REGISTERED
    if found is Relation.UNLIKE and one.name.person != other.name.person:
        points = _PERSON_AND_SHOP
    if found is Relation.UNCLEAR:
        found = Relation.UNLIKE
    if found is Relation.SAME and one.called == other.called:
        return _said(points, "name_equal", **names)
    return _said(points, f"name_{found.value}", **names)


def _reached(one: Profile, other: Profile) -> Iterator[Evidence]:
    """What phones and the other ways to reach them say."""
    if shared := one.phones & other.phones:
        yield _said(_PHONE, "same_phone", phone=min(shared))
    elif near := _near_phones(one, other):
        yield _said(_NEAR_PHONE, "near_phone", phone=near[0], other=near[1])
    elif one.phones and other.phones:
        yield _said(_OTHER_PHONE, "other_phone")
    if reached := one.reach & other.reach:
        yield _said(_REACH, "same_reach", value=min(reached))


def _near_phones(one: Profile, other: Profile) -> tuple[str, str] | None:
    pairs = ((mine, theirs) for mine in sorted(one.phones) for theirs in sorted(other.phones))
    return next((pair for pair in pairs if nearly_the_same(*pair)), None)


def _placed(one: Profile, other: Profile) -> Iterator[Evidence]:
    """What addresses say, or the cities where these are no help."""
    found = where(one.street, other.street)
    if found in _STREETS:
        yield _said(_STREETS[found], f"street_{found.value}", address=one.address, other=other.address)
    if found in (Where.SAME, Where.NEAR) or not (one.city and other.city):
        return
    if one.city == other.city:
        yield _said(_CITY, "same_city", city=one.city)
    else:
        yield _said(-_CITY, "other_city", city=one.city, other=other.city)

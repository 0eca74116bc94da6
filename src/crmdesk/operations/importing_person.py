"""A customer or contact as an import works with it: of the file or new, with what the import adds to it told apart."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any, Final, NamedTuple, cast

from crmdesk.domain.keys import address_key, digest, name_key, row_fingerprint
from crmdesk.storage import importing as kept

Values = Mapping[str, Any]
Point = tuple[str, str, str]
FACT_KEYS: Final = {name.removeprefix("given_") if name.startswith("given_") else name: name for name in kept.FACTS}
"""Keys of a read row and the columns of `customers` they belong to."""
REACH: Final = ("phone", "wechat", "email", "qq")


_NOTHING: Final = cast("dict[str, Any]", MappingProxyType({}))


@cache
def _shared(sizes: tuple[int, int, int]) -> tuple[int, int, int]:
    """The same tuple for all who have as much."""
    return sizes


class Swap(NamedTuple):
    """A way to be reached that another takes the place of, or nothing; `contact` is 0 for the customer's own."""

    contact: int
    kind: str
    old: str
    new: str | None
    label: str = ""


class Folded(NamedTuple):
    """What a new customer at rest says: facts in the order of `kept.FACTS`, None where it says nothing."""

    facts: tuple[Any, ...]
    region: kept.Region | None
    extra: dict[str, str]
    points: Sequence[Point]
    contacts: Sequence[tuple[str, str, str, Sequence[Point]]]  # name, title, form of address, points
    tags: Sequence[str]


class NewContact:
    """A contact at a customer; `id` is 0 until it is kept, `known` counts the points the file already has."""

    __slots__ = ("filled", "id", "known", "name", "points", "said", "salutation", "title")

    def __init__(self, name: str, title: str, salutation: str, points: Iterable[Point], row_id: int = 0) -> None:
        self.id = row_id
        self.name = name
        self.title = title
        self.salutation = salutation
        self.points = list(points)
        self.known = 0  # how many of the points the file has
        self.filled: dict[str, str] | None = None  # what is written to a known contact
        self.said: set[str] | None = None  # as with a person


class Person:
    """A customer of an import: one of the file (`id` is set), or a new one. What the import adds is told apart.

    A new one is folded into bytes while no row is about it, so that 100,000 of them stay small; `People` unfolds those
    it hands out, and `Writer` takes what each says. `place` tells its address apart meanwhile, see `mark_of`.
    """

    # What most new customers never have is kept apart: 100,000 of them are half as large, and made in half the time.
    __slots__ = (
        *("__dict__", "contacts", "extra", "facts", "folded", "id", "import_key", "origin", "place", "points"),
        *("region", "sizes", "tags", "workbook"),
    )
    events: set[Any] | None = None
    former: frozenset[tuple[str, str]] = frozenset()  # keys of names and addresses that it had once
    known_points = known_contacts = known_tags = 0
    filled: dict[str, Any] | None = None  # what is written to a known customer
    region_filled = False
    extra_filled: frozenset[str] = frozenset()  # headers of own columns that get another value
    # What rows of this import have told of a customer of the file: later rows do not replace that, or two rows that
    # contradict each other would change the file with every import.
    said: set[str] | None = None
    swaps: Sequence[Swap] = ()
    tags_gone: Sequence[str] = ()
    told = False  # that it was joined by its name

    def __init__(self, facts: dict[str, Any], origin: int, workbook: int) -> None:
        self.id = 0
        self.facts = facts
        self.region: kept.Region | None = None
        self.extra: dict[str, str] = {}
        self.points: Sequence[Point] = ()
        self.contacts: Sequence[NewContact] = ()
        self.tags: Sequence[str] = ()
        self.import_key = ""
        self.origin = origin  # number of the sheet that made it; -1: the file knew it
        self.workbook = workbook
        self.folded = b""
        self.place = 0
        self.sizes = (0, 0, 0)

    def fold(self) -> None:
        """Put the facts of a new customer into bytes; `sizes` tells its contacts, points and tags meanwhile."""
        contacts = [(c.name, c.title, c.salutation, c.points) for c in self.contacts]
        points = len(self.points) + sum([len(contact[3]) for contact in contacts])
        self.sizes = _shared((len(contacts), points, len(self.tags)))
        self.place = mark_of(address_key(self.facts.get("address", "")))
        # The facts without their names, in the order in which they are written: half the bytes, and half the time.
        facts = tuple(map(self.facts.get, kept.FACTS))
        folded: tuple[Any, ...] = (facts, self.region, self.extra, self.points, contacts, self.tags)
        self.folded = marshal.dumps(folded)
        # One empty mapping for all of them: 100,000 times two of their own are 12 MB.
        self.facts = self.extra = _NOTHING
        self.region, self.points, self.contacts, self.tags = None, (), (), ()

    def unfold(self) -> Person:
        """Have the facts at hand again; gives itself."""
        if self.folded:
            facts, self.region, self.extra, self.points, contacts, self.tags = marshal.loads(self.folded)
            self.facts = {name: fact for name, fact in zip(kept.FACTS, facts, strict=True) if fact is not None}
            self.contacts = [NewContact(*contact) for contact in contacts]
            self.folded = b""
        return self

    def taken(self) -> Folded:
        """What a new customer at rest says, for the last time: afterwards only its id is left."""
        if not self.folded:
            self.fold()
        folded = Folded._make(marshal.loads(self.folded))
        self.folded = b""
        return folded

    @property
    def name(self) -> str:
        """Its name, "" where it is unknown."""
        return str(self.facts.get("name", ""))

    @property
    def is_new(self) -> bool:
        """Whether the import makes it."""
        return self.origin >= 0

    def phones(self) -> list[str]:
        """Its phone numbers."""
        return [value for kind, value, _label in self.points if kind == "phone"]

    def all_points(self) -> Iterable[Point]:
        """Its ways to be reached, those of its contacts too."""
        yield from self.points
        for contact in self.contacts:
            yield from contact.points


def from_kept(customer: kept.KeptCustomer) -> Person:
    """A customer of the file as an import works with it."""
    person = Person(customer.facts, -1, 0)
    person.id = customer.id
    person.region, person.extra, person.import_key = customer.region, customer.extra, customer.import_key
    person.points, person.tags, person.events = customer.points, customer.tags, set(customer.events)
    person.contacts = [_from_kept(contact) for contact in customer.contacts]
    person.known_points, person.known_contacts, person.known_tags = (
        len(customer.points),
        len(customer.contacts),
        len(customer.tags),
    )
    person.filled, person.said = {}, set()
    person.former = frozenset((name_key(one.name), address_key(one.address)) for one in customer.former)
    return person


def _from_kept(contact: kept.KeptContact) -> NewContact:
    known = NewContact(contact.name, contact.title, contact.salutation, contact.points, contact.id)
    known.known, known.filled, known.said = len(contact.points), {}, set()
    return known


def reach(values: Values) -> list[str]:
    """The keys of the ways to be reached that a row names, phones first; contacts' ones too."""
    points = points_of(values)
    return [point_key(kind, value) for wanted in REACH for kind, value, _label in points if kind == wanted]


def points_of(values: Values) -> list[Point]:
    points = list(values.get("points", ()))
    for contact in values.get("contacts", ()):
        points += contact[3]
    return points


def point_key(kind: str, value: str) -> str:
    """A way to be reached as a key: phones are their digits, so the commonest keys cost no memory."""
    return value if kind == "phone" else f"{kind}:{value.casefold()}"


def names_only(values: Values) -> bool:
    """Whether a row says no more about who it is than a name."""
    return not (values.get("code") or values.get("address") or values.get("points") or _contact_points(values))


def _contact_points(values: Values) -> bool:
    return any(contact[3] for contact in values.get("contacts", ()))


def mark_of(address: str) -> int:
    """A small number that tells the key of an address from most others; 0 for none."""
    # Below 2**30 a number takes four bytes less: there are as many as customers.
    return hash(address) & 0x3FFFFFFF or 1 if address else 0


def print_of(values: Values, extra: Mapping[str, str]) -> str:
    """The fingerprint of a row of a customer list."""
    return row_fingerprint(values, extra)


def name_print(name: str) -> str:
    """The import key of a customer known by the name alone in a sheet where customers repeat."""
    return digest("name", name_key(name))

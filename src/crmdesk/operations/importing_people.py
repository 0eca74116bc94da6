"""Who the rows of a sheet are about: known customers found again, new ones made, blanks filled.

How a row finds its customer, in this order: by code; by phone, mail or WeChat where the names agree (a number that
several people share is nobody's key); by name with address. The name alone is never enough in a list of customers: such
a row is known again by the fingerprint of all it says, and two of them are two customers unless they are identical.
In a sheet where the customer repeats by nature (purchases, contacts, visits) equal names are one customer as long as
nothing speaks against it, and a known customer is taken where only one has the name (flagged `joined_by_name`).
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from crmdesk.domain.keys import address_key, codes_agree, digest, name_key, names_agree, phones_agree, row_fingerprint
from crmdesk.storage import importing as kept

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

Values = Mapping[str, Any]
Point = tuple[str, str, str]
FACT_KEYS: Final = {name.removeprefix("given_") if name.startswith("given_") else name: name for name in kept.FACTS}
"""Keys of a read row and the columns of `customers` they belong to."""
_DROPPED: Final = 1000  # objects freed between two turns of other threads
_REACH: Final = ("phone", "wechat", "email", "qq")


class NewContact:
    """A contact at a customer; `id` is 0 until it is kept, `known` counts the points the file already has."""

    __slots__ = ("filled", "id", "known", "name", "points", "salutation", "title")

    def __init__(self, name: str, title: str, salutation: str, points: Sequence[Point], row_id: int = 0) -> None:
        self.id = row_id
        self.name = name
        self.title = title
        self.salutation = salutation
        self.points = list(points)
        self.known = 0  # how many of the points the file has
        self.filled: dict[str, str] | None = None  # what is written to a known contact


class Person:
    """A customer of an import: one of the file (`id` is set), or a new one. What the import adds is told apart.

    A new one is folded into bytes while no row is about it, so that 100,000 of them stay small; `People` unfolds those
    it hands out, and `Writer` each in its turn.
    """

    __slots__ = (
        *("contacts", "events", "extra", "extra_filled", "facts", "filled", "folded", "former", "id"),
        *("import_key", "known_contacts", "known_points", "known_tags", "origin", "points", "region"),
        *("region_filled", "tags"),
        *("sizes", "told", "workbook"),
    )

    def __init__(self, facts: dict[str, Any], origin: int, workbook: int) -> None:
        self.id = 0
        self.facts = facts
        self.region: kept.Region | None = None
        self.extra: dict[str, str] = {}
        self.points: Sequence[Point] = ()
        self.contacts: Sequence[NewContact] = ()
        self.tags: Sequence[str] = ()
        self.events: set[Any] | None = None
        self.import_key = ""
        self.former: frozenset[tuple[str, str]] = frozenset()  # keys of names and addresses that it had once
        self.known_points = self.known_contacts = self.known_tags = 0
        self.filled: dict[str, Any] | None = None  # what is written to a known customer
        self.region_filled = self.extra_filled = False
        self.origin = origin  # number of the sheet that made it; -1: the file knew it
        self.workbook = workbook
        self.told = False  # that it was joined by its name
        self.folded = b""
        self.sizes = (0, 0, 0)

    def fold(self) -> None:
        """Put the facts of a new customer into bytes; `sizes` tells its contacts, points and tags meanwhile."""
        contacts = [(c.name, c.title, c.salutation, c.points, c.id) for c in self.contacts]
        points = len(self.points) + sum(len(contact.points) for contact in self.contacts)
        self.sizes = (len(contacts), points, len(self.tags))
        kept_parts = (self.facts, self.region, self.extra, tuple(self.points), contacts, tuple(self.tags))
        self.rest(marshal.dumps(kept_parts))

    def rest(self, folded: bytes) -> None:
        """Go back to being bytes, unchanged since they were unfolded."""
        self.folded = folded
        self.facts, self.extra, self.points, self.contacts, self.tags = {}, {}, (), (), ()

    def unfold(self) -> Person:
        """Have the facts at hand again; gives itself."""
        if self.folded:
            self.facts, self.region, self.extra, self.points, contacts, self.tags = marshal.loads(self.folded)
            self.contacts = [NewContact(*contact) for contact in contacts]
            self.folded = b""
        return self

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


@contextmanager
def looked_at(people: Sequence[Person]) -> Iterator[Sequence[Person]]:
    """New customers with their facts at hand inside the block; what is changed there is forgotten."""
    folded = [person.folded for person in people]
    for person in people:
        person.unfold()
    yield people
    for person, packed in zip(people, folded, strict=True):
        if packed:
            person.rest(packed)


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
    person.filled = {}
    person.former = frozenset((name_key(one.name), address_key(one.address)) for one in customer.former)
    return person


def _from_kept(contact: kept.KeptContact) -> NewContact:
    known = NewContact(contact.name, contact.title, contact.salutation, contact.points, contact.id)
    known.known, known.filled = len(contact.points), {}
    return known


def reach(values: Values) -> list[str]:
    """The keys of the ways to be reached that a row names, phones first; contacts' ones too."""
    points = _points(values)
    return [point_key(kind, value) for wanted in _REACH for kind, value, _label in points if kind == wanted]


def _points(values: Values) -> list[Point]:
    points = list(values.get("points", ()))
    for contact in values.get("contacts", ()):
        points += contact[3]
    return points


def point_key(kind: str, value: str) -> str:
    """A way to be reached as a key: phones are their digits, so the commonest keys cost no memory."""
    return value if kind == "phone" else f"{kind}:{value.casefold()}"


class People:
    """Everybody an import meets, by every key."""

    def __init__(self, raw: Raw) -> None:
        self._raw = raw
        self._file_holds_any = kept.holds_customers(raw)
        self.named = self._file_holds_any and kept.holds_named_customers(raw)
        self.new: list[Person] = []
        self.known: dict[int, Person] = {}
        self._unfolded: list[Person] = []
        self._codes: dict[str, Person] = {}
        self._former_codes: dict[str, Person] = {}  # a code goes to who has it now, if anybody has
        self._points: dict[str, Person | list[Person]] = {}  # a list only where several share the key
        self._names: dict[str, Person | list[Person]] = {}
        self._rows: dict[str, Person] = {}
        self._asked: dict[str, set[str]] = {"code": set(), "point": set(), "name": set(), "row": set()}

    def forget(self) -> None:
        """Forget everybody, a little at a time."""
        for index in (self._codes, self._points, self._names, self._rows, self.known):
            drop_slowly(index)
        drop_slowly(self.new)

    def fetch(self, rows: Sequence[tuple[int, Values, Mapping[str, str]]]) -> None:
        """Get the customers of the file that these rows may be about, with a few questions for all of them."""
        if not self._file_holds_any:
            return
        codes = {values["code"] for _row, values, _extra in rows if values.get("code")}
        self._take(kept.ids_by_code(self._raw, self._unasked("code", codes)))
        # A row whose code is known is settled; only the others are asked for by what is less sure.
        open_rows = [row for row in rows if row[1].get("code") not in self._codes]
        points = {point[1] for _row, values, _extra in open_rows for point in _points(values) if point[0] in _REACH}
        names = {values["name"] for _row, values, _extra in open_rows if values.get("name")}
        prints = {print_of(values, extra) for _row, values, extra in open_rows if names_only(values)}
        found = kept.ids_by_point(self._raw, self._unasked("point", points))
        found |= kept.ids_by_name(self._raw, self._unasked("name", names))
        found |= kept.ids_by_import_key(self._raw, self._unasked("row", prints))
        self._take(found)

    def _unasked(self, what: str, values: set[str]) -> set[str]:
        fresh = values - self._asked[what]
        self._asked[what] |= fresh
        return fresh

    def _take(self, ids: set[int]) -> None:
        for row_id, customer in kept.load_customers(self._raw, sorted(ids - self.known.keys())).items():
            self.known[row_id] = person = from_kept(customer)
            self.index(person)
            for former in customer.former:
                self._index_former(person, former)

    def _index_former(self, person: Person, former: kept.FormerKeys) -> None:
        """Make a customer findable by what it was known by before a merge."""
        if former.code:
            self._former_codes.setdefault(former.code, person)
        if former.name:
            _put(self._names, name_key(former.name), person)
        if former.import_key:
            self._rows.setdefault(former.import_key, person)

    def add(self, person: Person) -> None:
        """Take in a new customer."""
        self.new.append(person)
        self.named = self.named or bool(person.name)
        self.index(person)

    def index(self, person: Person) -> None:
        """Make a customer findable by all its keys; again after it has got more of them."""
        code = person.facts.get("code")
        if code:
            self._codes.setdefault(code, person)
        for kind, value, _label in person.all_points():
            if kind in _REACH:
                _put(self._points, point_key(kind, value), person)
        if person.name:
            _put(self._names, name_key(person.name), person)
        if person.import_key:
            self._rows.setdefault(person.import_key, person)
        self._unfolded.append(person)

    def rest(self) -> None:
        """Fold the new customers that some rows were about; called after each chunk of rows."""
        for person in self._unfolded:
            if person.is_new and not person.folded:
                person.fold()
        self._unfolded.clear()

    def _at(self, index: Mapping[str, Person | list[Person]], key: str) -> Sequence[Person]:
        found = index.get(key)
        if found is None:
            return ()
        people = found if isinstance(found, list) else [found]
        for person in people:
            self.unfolded(person)
        return people

    def unfolded(self, person: Person) -> Person:
        """The customer with its facts at hand until `rest`."""
        if person.folded:
            self._unfolded.append(person)
        return person.unfold()

    def by_code(self, code: str) -> Person | None:
        """The customer with this code."""
        person = self._codes.get(code) or self._former_codes.get(code)
        return person and self.unfolded(person)

    def by_reach(self, values: Values, keys: Sequence[str]) -> Person | None:
        """The customer that one of the ways to be reached belongs to, if the names and codes agree."""
        name, code = values.get("name", ""), values.get("code", "")
        for key in keys:
            fitting = [
                person
                for person in self._at(self._points, key)
                if _is_called(person, name) and codes_agree(code, person.facts.get("code", ""))
            ]
            # A family or an office shares a number: the same name decides, else there must be only one it could be.
            alike = [person for person in fitting if name_key(person.name) == name_key(name)]
            if alike or len(fitting) == 1:
                return (alike or fitting)[0]
        return None

    def sharing(self, keys: Sequence[str]) -> Person | None:
        """Somebody who can be reached in one of these ways."""
        return next((person for key in keys for person in self._at(self._points, key)), None)

    def by_name_and_address(self, values: Values) -> Person | None:
        """The customer of this name at this address, if phones and codes agree."""
        address = address_key(values["address"])
        return next(
            (
                person
                for person in self.namesakes(values["name"])
                if (
                    (name_key(values["name"]), address) in person.former
                    or address_key(person.facts.get("address", "")) == address
                )
                and _agree(person, values, phones=True)
            ),
            None,
        )

    def by_row(self, fingerprint: str) -> Person | None:
        """The customer that came from a row of this fingerprint."""
        person = self._rows.get(fingerprint)
        return person and self.unfolded(person)

    def namesakes(self, name: str) -> Sequence[Person]:
        """All customers of this name."""
        return self._at(self._names, name_key(name))

    def fitting_namesakes(self, values: Values, *, phones: bool) -> list[Person]:
        """The customers of a row's name that nothing in the row speaks against."""
        address = address_key(values.get("address", ""))
        return [
            person
            for person in self.namesakes(values["name"])
            if _agree(person, values, phones=phones)
            and (not address or address_key(person.facts.get("address", "")) in ("", address))
        ]


def _put(index: dict[str, Person | list[Person]], key: str, person: Person) -> None:
    found = index.setdefault(key, person)
    if found is person:
        return
    if not isinstance(found, list):
        index[key] = [found, person]
    elif person not in found:
        found.append(person)


def _is_called(person: Person, name: str) -> bool:
    """Whether a name is no other than the customer's, or was its name once."""
    return names_agree(name, person.name) or any(name_key(name) == former for former, _address in person.former)


def _agree(person: Person, values: Values, *, phones: bool) -> bool:
    if not codes_agree(values.get("code", ""), person.facts.get("code", "")):
        return False
    theirs = [value for kind, value, _label in values.get("points", ()) if kind == "phone"]
    return not phones or phones_agree(theirs, person.phones())


def drop_slowly(held: list[Any] | dict[Any, Any]) -> None:
    """Empty a list or a dictionary from its end, so that other threads get their turn in between."""
    while held:
        if isinstance(held, list):
            del held[-_DROPPED:]
        else:
            for key in list(islice(reversed(held), _DROPPED)):
                del held[key]


def names_only(values: Values) -> bool:
    """Whether a row says no more about who it is than a name."""
    return not (values.get("code") or values.get("address") or values.get("points") or _contact_points(values))


def _contact_points(values: Values) -> bool:
    return any(contact[3] for contact in values.get("contacts", ()))


def print_of(values: Values, extra: Mapping[str, str]) -> str:
    """The fingerprint of a row of a customer list."""
    return row_fingerprint(values, extra)


def name_print(name: str) -> str:
    """The import key of a customer known by the name alone in a sheet where customers repeat."""
    return digest("name", name_key(name))

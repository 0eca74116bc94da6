"""Who the rows of a sheet are about: known customers found again, new ones made, blanks filled.

How a row finds its customer, in this order: by code; by phone, mail or WeChat where the names agree (a number that
several people share is nobody's key); by name with address. The name alone is never enough in a list of customers: such
a row is known again by the fingerprint of all it says, and two of them are two customers unless they are identical.
In a sheet where the customer repeats by nature (purchases, contacts, visits) equal names are one customer as long as
nothing speaks against it, and a known customer is taken where only one has the name (flagged `joined_by_name`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice
from math import inf
from typing import TYPE_CHECKING, Any, Final

from crmdesk.domain.keys import address_key, codes_agree, name_key, names_agree, phones_agree
from crmdesk.operations.importing_person import (
    REACH,
    Person,
    Values,
    from_kept,
    mark_of,
    names_only,
    point_key,
    points_of,
    print_of,
)
from crmdesk.storage import importing as kept

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

_DROPPED: Final = 1000  # objects freed between two turns of other threads


class People:
    """Everybody an import meets, by every key."""

    def __init__(self, raw: Raw) -> None:
        self._raw = raw
        self.file_holds_any = kept.holds_customers(raw)
        self.named = self.file_holds_any and kept.holds_named_customers(raw)
        self.new: list[Person] = []
        self.known: dict[int, Person] = {}
        self.photos: dict[
            int, dict[int, bytes]
        ] = {}  # that come in: by id() of a person, by place of the contact or -1
        self._pictured: set[tuple[int, int]] = set()  # who has one, likewise
        self._unfolded: list[Person] = []
        self._codes: dict[str, Person] = {}
        self._former_codes: dict[str, Person] = {}  # a code goes to who has it now, if anybody has
        self._points: dict[str, Person | list[Person]] = {}  # a list only where several share the key
        self._names: dict[str, Person | list[Person]] = {}
        self._rows: dict[str, Person] = {}
        self._asked: dict[str, set[str]] = {"code": set(), "point": set(), "name": set(), "row": set()}

    def forget(self) -> None:
        """Forget everybody, a little at a time."""
        self.forget_keys()
        drop_slowly(self.known)
        drop_slowly(self.new)

    def forget_keys(self) -> None:
        """All rows have found their customers: forget by what."""
        for index in (self._codes, self._former_codes, self._points, self._names, self._rows):
            drop_slowly(index)

    def fetch(self, rows: Sequence[tuple[int, Values, Mapping[str, str]]], *, code_settles: bool = True) -> None:
        """Get the customers of the file that these rows may be about, with a few questions for all of them.

        `code_settles`: a row whose code is known is about that customer, whatever else it says.
        """
        if not self.file_holds_any:
            return
        codes = {values["code"] for _row, values, _extra in rows if values.get("code")}
        self._take(kept.ids_by_code(self._raw, self._unasked("code", codes)))
        # A row whose code is known is settled; only the others are asked for by what is less sure.
        open_rows = [row for row in rows if not code_settles or row[1].get("code") not in self._codes]
        points = {point[1] for _row, values, _extra in open_rows for point in points_of(values) if point[0] in REACH}
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
            self._pictured.update((id(person), place) for place in customer.pictured)
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

    def give_photo(self, person: Person, place: int, content: bytes) -> bool:
        """Give a customer (`place` -1) or one of its contacts a photo, unless there is one."""
        if (id(person), place) in self._pictured:
            return False
        self._pictured.add((id(person), place))
        self.photos.setdefault(id(person), {})[place] = content
        return True

    def add(self, person: Person) -> None:
        """Take in a new customer."""
        self.new.append(person)
        self.named = self.named or bool(person.name)
        self.index(person)

    def index(self, person: Person) -> None:
        """Make a customer findable by all its keys; again after it has got more of them."""
        code = person.facts.get("code")
        if code:
            _first_of(self._codes, code, person)
        for kind, value, _label in person.all_points():
            if kind in REACH:
                _put(self._points, point_key(kind, value), person)
        if person.name:
            _put(self._names, name_key(person.name), person)
        if person.import_key:
            _first_of(self._rows, person.import_key, person)
        self._unfolded.append(person)

    def rest(self) -> None:
        """Fold the new customers that some rows were about; called after each chunk of rows."""
        for person in self._unfolded:
            if person.is_new and not person.folded:
                person.fold()
        self._unfolded.clear()

    def _at(
        self, index: Mapping[str, Person | list[Person]], key: str, places: Collection[int] = ()
    ) -> Sequence[Person]:
        """Who has a key; with `places`, without most of those at rest whose address has none of these marks."""
        found = index.get(key)
        if found is None:
            return ()
        people = found if isinstance(found, list) else [found]
        if places:
            # A chain of shops shares its name: to unfold all of them for each of them takes longer than all the rest.
            people = [person for person in people if not person.folded or person.place in places]
        # Oldest first, in whatever order they were met: or a second import would take another one of them.
        people = sorted(people, key=_age)
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
        fitting: dict[int, Person] = {}
        for key in keys:
            if key not in self._points:
                continue
            for person in self._at(self._points, key):
                if not (_is_called(person, name) and codes_agree(code, person.facts.get("code", ""))):
                    continue
                # A family or an office shares a number: the same name decides, else there must be only one it could be.
                if name and name_key(person.name) == name_key(name):
                    return person
                # Of all its numbers: a later row may give the first of them to another customer.
                fitting[id(person)] = person
        return next(iter(fitting.values())) if len(fitting) == 1 else None

    def sharing(self, keys: Sequence[str]) -> Person | None:
        """Somebody who can be reached in one of these ways."""
        return next((person for key in keys if key in self._points for person in self.having(key)), None)

    def having(self, key: str) -> Sequence[Person]:
        """Everybody who can be reached in this way."""
        return self._at(self._points, key)

    def rename(self, person: Person, column: str, old: str) -> None:
        """A name or code was replaced: from now on nobody is found by the old one, as in the next import."""
        if column == "code":
            if self._codes.get(old) is person:
                del self._codes[old]
        elif column == "name" and name_key(old) != name_key(person.name):
            _remove(self._names, name_key(old), person)
        self.index(person)

    def lose_reach(self, person: Person, keys: Iterable[str]) -> None:
        """Ways to be reached were replaced: nobody is found by them any more, unless they stand elsewhere too."""
        left = {point_key(kind, value) for kind, value, _label in person.all_points()}
        for key in keys:
            if key not in left:
                _remove(self._points, key, person)

    def by_name_and_address(self, values: Values) -> Person | None:
        """The customer of this name at this address, if phones and codes agree."""
        if name_key(values["name"]) not in self._names:
            return None  # as for most rows: nobody has the name
        address = address_key(values["address"])
        return next(
            (
                person
                for person in self._at(self._names, name_key(values["name"]), (mark_of(address),))
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
            for person in self._at(self._names, name_key(values["name"]), (0, mark_of(address)) if address else ())
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


def _age(person: Person) -> float:
    return person.id or inf  # ids grow; new customers have none yet and stay in their order


def _first_of(index: dict[str, Person], key: str, person: Person) -> None:
    """Give a key that two customers may have to the older of them."""
    if index.setdefault(key, person) is not person and _age(person) < _age(index[key]):
        index[key] = person


def _remove(index: dict[str, Person | list[Person]], key: str, person: Person) -> None:
    found = index.get(key)
    if found is person:
        del index[key]
    elif isinstance(found, list) and person in found:
        found.remove(person)


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
    held.clear()  # emptied, a dictionary still holds room for as many keys as it ever had

"""What a row adds to a customer: blanks are filled; what differs is told, replaced or added, as was chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from crmdesk.domain.existing import Existing
from crmdesk.domain.keys import address_key, name_key
from crmdesk.domain.money import decimal_text, from_money
from crmdesk.domain.photo import photo_text
from crmdesk.operations.importing_contacts import Holder, contacts_meant, merged
from crmdesk.operations.importing_people import People
from crmdesk.operations.importing_person import FACT_KEYS, NewContact, Person, Point, Values, point_key
from crmdesk.storage.importing import Region

Policy = Mapping[str, Existing]
"""By key of a row, or "extra:<header>", what becomes of a value that is there; blanks are filled without a word."""

USUAL: Final[Policy] = {}
_SAME: Final[Mapping[str, Callable[[str], str]]] = {
    "name": name_key,
    "short_name": name_key,
    "address": address_key,
}
_MONEY: Final = frozenset({"given_order_total", "receivable", "balance"})
_JOINT: Final = "；"  # between several values in a column of the user's own


class Difference(NamedTuple):
    """A value of a row beside what the customer had, "" for nothing; `key` as in the row, or "extra:<header>"."""

    key: str
    old: str
    new: str


class Filled(NamedTuple):
    """What became of a row: whether it added anything, whether a contact, and what it says otherwise.

    `updates` are the values of a customer of the file that change, each with how: "filled", "replaced", "appended".
    """

    added: bool
    contact: bool
    differences: list[Difference]
    updates: list[tuple[str, Difference]]


def fill(
    people: People,
    person: Person,
    values: Values,
    extra: Mapping[str, str],
    policy: Policy = USUAL,
    *,
    notes: bool = True,
) -> Filled:
    """Add to a customer what it does not have yet. `notes`: whether the row's notes are about the customer."""
    row = _Row(people, person, policy)
    for key, value in values.items():
        column = FACT_KEYS.get(key)
        if column is not None and (column != "notes" or notes):
            row.fact(key, column, value)
    row.region(values.get("region"))
    row.points(values.get("points", ()))
    met = row.contacts(values.get("contacts", ()))
    row.tags(values.get("tags", ()))
    row.extra(extra)
    row.photo(values)
    if row.findable:
        people.index(person)
        people.lose_reach(person, row.lost)
    return Filled(row.changes > 0, met == "new", row.differences, row.updates)


def fill_contacts(
    people: People, person: Person, contacts: Sequence[tuple[str, str, str, list[Point]]], policy: Policy = USUAL
) -> list[Difference]:
    """Give a new customer its contacts, each once; gives what a row says twice and differently of one of them."""
    if len(contacts) < 2:  # as in most sheets: nothing to compare with
        person.contacts = [NewContact(*contact[:3], _once(contact[3])) for contact in contacts]
        return []
    row = _Row(people, person, policy)
    row.contacts(contacts)
    return row.differences


def take_photo(people: People, person: Person, values: Values) -> None:
    """Give a new customer, or its first contact, the photo that its row brings."""
    _Row(people, person, USUAL).photo(values)


def fill_extra(people: People, person: Person, extra: Mapping[str, str]) -> None:
    """Fill the user's own columns, by header."""
    _Row(people, person, USUAL).extra(extra)


def add_note(person: Person, text: str) -> bool:
    """Add a line to what is noted of a customer, unless it stands there; gives whether it was added."""
    old = person.facts.get("notes", "")
    if text in old:
        return False
    person.facts["notes"] = f"{old}\n{text}" if old else text
    if person.filled is not None:
        person.filled["notes"] = person.facts["notes"]
    return True


class _Row:
    """One row on its way into one customer."""

    def __init__(self, people: People, person: Person, policy: Policy) -> None:
        self._people, self._person, self._policy = people, person, policy
        self.differences: list[Difference] = []
        self.updates: list[tuple[str, Difference]] = []
        self.lost: list[str] = []  # ways to be reached that were replaced
        self.changes = 0
        self.findable = False  # by something it was not found by before

    def fact(self, key: str, column: str, value: Any) -> None:  # noqa: ANN401 - text or a whole number
        """One field of the customer."""
        old, way = self._person.facts.get(column), self._policy.get(key)
        if old is None:
            self._put(key, column, value, "filled")
        elif way is Existing.APPEND and column == "notes":
            if not _holds(old, value, "\n"):
                self._put(key, column, f"{old}\n{value}", "appended")
        elif way is Existing.REPLACE and self._may_replace(key, column, value):
            if _is_another(column, old, value):
                self._put(key, column, value, "replaced")
        elif _differs(column, old, value):
            self.differences.append(Difference(key, _text(column, old), _text(column, value)))
        _say(self._person.said, key)

    def _may_replace(self, key: str, column: str, value: Any) -> bool:  # noqa: ANN401
        owner = self._people.by_code(value) if column == "code" else None
        return _unsaid(self._person.said, key) and owner in (None, self._person)  # a code is one customer's

    def _put(self, key: str, column: str, value: Any, how: str) -> None:  # noqa: ANN401
        person = self._person
        old = person.facts.get(column)
        person.facts[column] = value
        if person.filled is not None:
            person.filled[column] = value
        if column in ("name", "code"):
            self.findable = True
            if old is not None:
                self._people.rename(person, column, old)
        self._change(how, Difference(key, _text(column, old), _text(column, value)))

    def region(self, region: Sequence[str] | None) -> None:
        """The customer's region: a finer one fills in; one that contradicts a level is another place."""
        if region is None or not any(region):
            return
        person = self._person
        new: Region = (region[0], region[1], region[2])
        old = person.region or ("", "", "")
        told = Difference("region", "".join(old), "".join(new))
        how = "filled"
        if any(mine and theirs and mine != theirs for mine, theirs in zip(old, new, strict=True)):
            replaces = self._policy.get("region") is Existing.REPLACE and _unsaid(person.said, "region")
            how = "replaced" if replaces else ""
        _say(person.said, "region")
        if not how:
            self.differences.append(told)
            return
        wanted = new if how == "replaced" else (old[0] or new[0], old[1] or new[1], old[2] or new[2])
        if wanted != old:
            person.region, person.region_filled = wanted, True
            self._change(how, told)

    def points(self, points: Sequence[Point]) -> None:
        """The customer's own ways to be reached."""
        if points:
            person = self._person
            have = {point_key(kind, value) for kind, value, _label in person.all_points()}
            own = Holder(list(person.points), person.known_points, have, person.said)
            self._reach(own, points, "")
            person.points, person.known_points = own.points, own.known

    def contacts(self, contacts: Iterable[tuple[str, str, str, list[Point]]]) -> str:
        """Add contacts, each once; gives "new" where one is added, "filled" where one gets more, else ""."""
        person, outcome = self._person, ""
        for name, title, salutation, points in contacts:
            meant = contacts_meant(person, name, points)
            if len(meant) > 1:
                self._for_several(meant, title, points)
            elif not meant:
                person.contacts = [*person.contacts, NewContact(name, title, salutation, _once(points))]
                self._change("filled", Difference("contact_name", "", name or title or salutation))
                self.findable, outcome = True, "new"
                _say_points(person.said, points)
            elif self._contact(meant[0], (("name", name), ("title", title), ("salutation", salutation)), points):
                outcome = outcome or "filled"
        return outcome

    def _for_several(self, meant: Sequence[NewContact], title: str, points: Sequence[Point]) -> None:
        """Tell what a row says of somebody who may be any of these and that none of them has."""
        if title and all(contact.title != title for contact in meant):
            self.differences.append(Difference("contact_title", "", title))
        have = {point_key(kind, value) for contact in meant for kind, value, _label in contact.points}
        for kind, value, _label in points:
            if point_key(kind, value) not in have:
                key = f"contact_{kind}" if kind == "phone" else kind
                self.differences.append(Difference(key, "", value))

    def _contact(self, contact: NewContact, told: Sequence[tuple[str, str]], points: Sequence[Point]) -> bool:
        before = self.changes
        for column, value in told:
            old, key = getattr(contact, column), f"contact_{column}"
            if not value or old == value:
                continue
            replaces = self._policy.get(key) is Existing.REPLACE and _unsaid(contact.said, key)
            if not old or replaces:
                setattr(contact, column, value)
                if contact.filled is not None:
                    contact.filled[column] = value
                self._change("replaced" if old else "filled", Difference(key, old, value))
            elif column == "title":
                self.differences.append(Difference(key, old, value))
        for column, value in told:
            if value:
                _say(contact.said, f"contact_{column}")
        have = {point_key(kind, value) for kind, value, _label in contact.points}
        holder = Holder(contact.points, contact.known, have, contact.said, contact.id)
        self._reach(holder, points, "contact_")
        contact.known = holder.known
        return self.changes > before

    def _reach(self, holder: Holder, points: Sequence[Point], prefix: str) -> None:
        """Give a holder (the customer, or a contact) the points of a row, kind by kind."""
        for kind in dict.fromkeys(point[0] for point in points):
            # The other ways to reach a contact have no column of their own.
            key = f"{prefix}{kind}" if kind == "phone" else kind
            told = [point for point in points if point[0] == kind]
            way = self._policy.get(key, Existing.FILL)
            if way is Existing.REPLACE and not _unsaid(holder.said, key):
                way = Existing.FILL
            old = holder.listed(kind)
            refused, swaps = merged(holder, kind, told, way, self._person.said or set())
            self._person.swaps = [*self._person.swaps, *swaps]
            self.lost += [point_key(kind, swap.old) for swap in swaps]
            now = holder.listed(kind)
            if now != old:
                how = "replaced" if swaps else "appended" if old else "filled"
                self._change(how, Difference(key, old, now))
                self.findable = True
            self.differences += [Difference(key, old, value) for _kind, value, _label in refused]
            _say(holder.said, key)
        _say_points(self._person.said, points)

    def tags(self, tags: Sequence[str]) -> None:
        """Tags: more of them take none away, unless they replace what the file has."""
        person = self._person
        if not tags:
            return
        fresh = [tag for tag in dict.fromkeys(tags) if tag not in person.tags]
        replaces = self._policy.get("tags") is Existing.REPLACE
        old = "、".join(person.tags)
        if replaces and person.tags and not _unsaid(person.said, "tags"):
            self.differences += [Difference("tags", old, tag) for tag in fresh]
            return
        gone = [tag for tag in person.tags[: person.known_tags] if replaces and tag not in tags]
        person.tags_gone = [*person.tags_gone, *gone]
        person.known_tags -= len(gone)
        person.tags = [*(tag for tag in person.tags if tag not in gone), *fresh]
        if fresh or gone:
            how = "replaced" if gone else "appended" if old else "filled"
            self._change(how, Difference("tags", old, "、".join(person.tags)))
        _say(person.said, "tags")

    def photo(self, values: Values) -> None:
        """The photo of the row's contact, else of the customer, where there is none yet."""
        content = values.get("photo")
        if content is None:
            return
        told = next(iter(values.get("contacts", ())), None)
        meant = contacts_meant(self._person, told[0], told[3]) if told else []
        if len(meant) > 1:  # nobody's face is given to another
            return
        place = list(self._person.contacts).index(meant[0]) if meant else -1
        if self._people.give_photo(self._person, place, content):
            self._change("filled", Difference("photo", "", photo_text(content)))

    def extra(self, extra: Mapping[str, str]) -> None:
        """The user's own columns, by header."""
        person = self._person
        for header, value in extra.items():
            key, old = f"extra:{header}", person.extra.get(header)
            way = self._policy.get(key)
            if not old:
                self._put_extra(header, "", value, "filled")
            elif way is Existing.APPEND:
                if not _holds(old, value, _JOINT):
                    self._put_extra(header, old, f"{old}{_JOINT}{value}", "appended")
            elif old != value:
                if way is Existing.REPLACE and _unsaid(person.said, key):
                    self._put_extra(header, old, value, "replaced")
                else:
                    self.differences.append(Difference(key, old, value))
            _say(person.said, key)

    def _put_extra(self, header: str, old: str, value: str, how: str) -> None:
        person = self._person
        if not person.extra_filled:
            person.extra = dict(person.extra)  # may be the read row's own
        person.extra[header] = value
        person.extra_filled |= {header}
        self._change(how, Difference(f"extra:{header}", old, value))

    def _change(self, how: str, told: Difference) -> None:
        self.changes += 1
        if self._person.said is not None:  # of a new customer there is nothing that it was before
            self.updates.append((how, told))


def _say(said: set[str] | None, key: str) -> None:
    if said is not None:
        said.add(key)


def _say_points(said: set[str] | None, points: Iterable[Point]) -> None:
    if said is not None:
        said.update(point_key(kind, value) for kind, value, _label in points)


def _unsaid(said: set[str] | None, key: str) -> bool:
    """Whether a value is the file's, and no row of this import has told it."""
    return said is not None and key not in said


def _differs(column: str, old: Any, new: Any) -> bool:  # noqa: ANN401
    if old == new:
        return False
    same = _SAME.get(column)
    if same is not None:
        return same(old) != same(new)
    return not (column == "notes" and new in old)


def _text(column: str, value: Any) -> str:  # noqa: ANN401
    """A value as it is shown: amounts in units of the currency, not as they are kept."""
    if value is None:
        return ""
    return decimal_text(from_money(value)) if column in _MONEY else str(value)


def _is_another(column: str, old: Any, new: Any) -> bool:  # noqa: ANN401
    """Whether replacing changes anything; below what the sheet notes, visits without a day have their lines."""
    return bool(old != new) and not (column == "notes" and old.startswith(f"{new}\n"))


def _holds(text: str, part: str, joint: str) -> bool:
    """Whether a part stands in a text of several, parted by `joint`."""
    return f"{joint}{part}{joint}" in f"{joint}{text}{joint}"


def _once(points: Iterable[Point]) -> list[Point]:
    return list(dict.fromkeys((kind, value, label) for kind, value, label in points))

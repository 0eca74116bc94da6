"""Ways to be reached, and whose they are: a row's points beside those that a customer or a contact has."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from crmdesk.domain.existing import Existing
from crmdesk.domain.keys import name_key
from crmdesk.operations.importing_person import NewContact, Person, Point, Swap, point_key


@dataclass
class Holder:
    """Whoever has points: the customer (`contact` 0) or one of its contacts.

    The first `known` of `points` are the file's; `have` are all keys that are not to be added once more; `said` is what
    rows of this import have told, None for somebody who is new.
    """

    points: list[Point]
    known: int
    have: set[str]
    said: set[str] | None
    contact: int = 0

    def listed(self, kind: str) -> str:
        """All points of a kind, as one text."""
        return "、".join(value for mine, value, _label in self.points if mine == kind)


def merged(
    holder: Holder, kind: str, told: Sequence[Point], way: Existing, protected: Collection[str]
) -> tuple[list[Point], list[Swap]]:
    """Give a holder a row's points of one kind; gives those that were not taken, and what took the place of what.

    `protected`: keys that rows of this import have told, which nothing replaces.
    """
    fresh = [point for point in told if point_key(kind, point[1]) not in holder.have]
    if way is Existing.REPLACE:
        return [], _swapped(holder, kind, told, fresh, protected)
    # A second phone may be the new one or another person's: unasked it is told, not added.
    if way is Existing.FILL and any(point[0] == kind for point in holder.points):
        return fresh, []
    holder.points += fresh
    return [], []


def _swapped(
    holder: Holder, kind: str, told: Sequence[Point], fresh: list[Point], protected: Collection[str]
) -> list[Swap]:
    """Each stale point becomes a new one in its own place: so whoever changes the number later changes the row that an
    undo would bring back, and does not find both numbers afterwards."""
    keep = {point_key(kind, point[1]) for point in told} | set(protected)
    swaps: list[Swap] = []
    if not fresh and not any(point[0] == kind and point_key(kind, point[1]) in keep for point in holder.points):
        return swaps  # all that the row tells stands with somebody else at the customer: nothing to put in its place
    for old in [one for one in holder.points[: holder.known] if one[0] == kind and point_key(kind, one[1]) not in keep]:
        place = holder.points.index(old)
        if fresh:
            _kind, value, label = fresh.pop(0)
            holder.points[place] = (kind, value, label or old[2])
            swaps.append(Swap(holder.contact, kind, old[1], value, label or old[2]))
        else:
            del holder.points[place]
            holder.known -= 1
            swaps.append(Swap(holder.contact, kind, old[1], None))
    holder.points += fresh
    return swaps


def contacts_meant(person: Person, name: str, points: Sequence[Point]) -> list[NewContact]:
    """The contacts that a row may mean, in their order: none for somebody new, several where that cannot be told.

    A name means its bearer, else a nameless contact that shares a number. Without a name all who share one are meant:
    to take the first of them would take another one as soon as a later row gives the number to an earlier contact.
    """
    bearer = next((one for one in person.contacts if name and name_key(name) == name_key(one.name)), None)
    if bearer:
        return [bearer]
    if not (name or points):
        return list(person.contacts[:1])
    keys = {point_key(kind, value) for kind, value, _label in points}
    sharing = [
        contact
        for contact in person.contacts
        if not (name and contact.name) and any(point_key(kind, value) in keys for kind, value, _label in contact.points)
    ]
    return sharing[:1] if name else sharing

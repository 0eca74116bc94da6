"""介绍人 in a sheet: a word that means nobody who is known, or several, is kept as it stands and flagged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from crmdesk.domain.referral import meant, spellings
from crmdesk.operations.importing_people import People
from crmdesk.operations.importing_person import Person
from crmdesk.operations.importing_tally import Tally
from crmdesk.storage.referrals import Namesakes, candidates, namesakes

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

Told = tuple[Tally, int, Person, str]  # the sheet, its row, the customer, who is said to have brought it
_AT_ONCE: Final = 1_000  # customers that are unfolded at a time


def flag_strangers(raw: Raw, people: People, told: Sequence[Told]) -> None:
    """Flag the rows whose referrer is nobody that the file or this import knows, or could be several.

    Asked once all sheets are in: who is named in one may come in the next.
    """
    names = {name for _tally, _row, _person, word in told for name in spellings(word)}
    if not names:
        return
    known = namesakes(raw, names)
    _meet_new(people, known)
    for tally, row, person, word in told:
        found = candidates(word, known, _mark(person))
        if spellings(word) and meant(*found) is None:
            count = len(found.named or found.contacts)
            tally.flag(row, "referred_by", word, "referrer_several" if count else "referrer_unknown", count=count)


def _meet_new(people: People, known: dict[str, Namesakes]) -> None:
    """Take in who comes with this import: not kept yet, they have no ids."""
    for number, new in enumerate(people.new, 1):
        person = people.unfolded(new)
        for name in _called(person):
            if name in known:
                known[name].named.add(_mark(person))
        for contact in person.contacts:
            if contact.name in known:
                known[contact.name].contacts.add(_mark(person))
        if number % _AT_ONCE == 0:
            people.rest()  # all of a large list at hand would take twice the memory


def _called(person: Person) -> Iterable[str]:
    return (person.facts.get(key, "") for key in ("name", "short_name", "code"))


def _mark(person: Person) -> int:
    """What stands for a customer among the others: its id, else a number that no id is."""
    return person.id or -id(person)

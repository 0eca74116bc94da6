"""What an import will do, worked out without writing: preview and import both make this plan, so they count alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from crmdesk.operations.importing_orders import Sales
from crmdesk.operations.importing_people import People, drop_slowly
from crmdesk.operations.importing_person import Person
from crmdesk.operations.importing_values import Created, Proposal, SheetResult
from crmdesk.storage import importing as kept

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

    from crmdesk.domain.appointments import Appointment
    from crmdesk.operations.importing_running import Running

Event = tuple[Person, str, str, str, int]
"""Customer, ISO day, kind, summary, workbook."""


class Plan:
    """Everything that an import would write, and what became of each row."""

    def __init__(self, raw: Raw) -> None:
        self.people = People(raw)
        self.sales = Sales(raw, self.people)
        self.interactions: list[Event] = []
        self.follow_ups: list[Event] = []
        self.refunds: list[tuple[int, int]] = []  # orders of the file that went back: id, amount
        self.proposed: list[tuple[Person, str, Appointment]] = []  # with the customer's name
        self.met: set[int] = set()  # customers of the file that the rows are about
        self.results: dict[int, SheetResult] = {}
        self.everywhere: dict[int, dict[str, str]] = {}  # by workbook: what is the same on all rows of its sheets
        self.running: Mapping[int, Running] = {}  # by number of the sheet
        self.spent = False  # its writing has begun, which takes it apart: another attempt needs another plan

    def spend(self) -> None:
        """Make room before it is written: memory is needed twice otherwise, for the plan and for the file's pages."""
        self.spent = True
        self.people.forget_keys()

    def let_go(self) -> None:
        """Forget what was written, a little at a time: as much freed at once would stop the window for as long."""
        self.spent = True
        self.people.forget()
        self.sales.forget()
        for events in (self.interactions, self.follow_ups):
            drop_slowly(events)
        self.proposed.clear()

    def proposals(self) -> tuple[Proposal, ...]:
        """The follow-ups that notes of new or filled rows ask for, the nearest first, each once."""
        found = dict.fromkeys(
            Proposal(person.id, name, one.due_on, one.sentence) for person, name, one in self.proposed
        )
        return tuple(sorted(found, key=lambda proposal: (proposal.due_on, proposal.name)))

    @property
    def created(self) -> Created:
        """How much the plan adds."""
        sales = [*self.sales.new, *self.sales.known]
        known = self.people.known.values()
        contacts = sum(len(person.contacts) - person.known_contacts for person in known)
        return Created(
            len(self.people.new),
            contacts + sum(person.sizes[0] for person in self.people.new),
            len(self.sales.new),
            sum(len(sale.lines) - sale.known_lines for sale in sales),
            len(self.interactions),
            len(self.follow_ups),
        )

    def touches_most(self, raw: Raw) -> bool:
        """Whether most customers of the file are new afterwards, or get something in their own row."""
        new = len(self.people.new)
        return 2 * (new + len(self.changed)) > new + kept.count_customers(raw)

    @property
    def changed(self) -> list[Person]:
        """Customers of the file that get something in their own row."""
        known = self.people.known.values()
        return [person for person in known if person.filled or person.extra_filled or person.region_filled]

    @property
    def swapping(self) -> list[Person]:
        """Customers of the file that lose a tag or a way to be reached, or get another in its place."""
        return [person for person in self.people.known.values() if person.swaps or person.tags_gone]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to write."""
        people = self.people.known.values()
        return not (
            self.people.new
            or self.sales.new
            or self.sales.known
            or self.interactions
            or self.follow_ups
            or self.refunds
            or self.changed
            or self.swapping
            or self.people.photos
            or any(_reach_added(person) for person in people)
        )


def _reach_added(person: Person) -> bool:
    return (
        len(person.points) > person.known_points
        or len(person.contacts) > person.known_contacts
        or len(person.tags) > person.known_tags
        or any(contact.filled or len(contact.points) > contact.known for contact in person.contacts)
    )

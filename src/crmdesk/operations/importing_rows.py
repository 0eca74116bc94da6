"""The rows of the sheets, taken into a plan one after the other.

Sheets of customers are taken first, then contacts, purchases and visits, whatever their order in the workbooks: so
they are joined by code. A row that cannot be told surely is left out and counted as `attention`; a flagged cell in a
row that can be is an issue of an imported row. Columns that a sheet of customers has for purchases but too little to
make one stay with the customer as columns of the user's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from crmdesk.domain.existing import MatchKey, key_of
from crmdesk.domain.fields import Field
from crmdesk.domain.interaction import InteractionKind
from crmdesk.domain.keys import event_key
from crmdesk.domain.money import decimal_text, from_money, from_quantity
from crmdesk.domain.told_visits import told_visits
from crmdesk.operations.importing_filling import add_note, fill, fill_contacts, take_photo
from crmdesk.operations.importing_keys import Match, find_by_key
from crmdesk.operations.importing_orders import SheetSales
from crmdesk.operations.importing_person import (
    FACT_KEYS,
    Person,
    Values,
    name_print,
    names_only,
    print_of,
    reach,
)
from crmdesk.operations.importing_plan import Event, Plan
from crmdesk.operations.importing_proposals import appointments_of
from crmdesk.operations.importing_referrals import Told, flag_strangers
from crmdesk.operations.importing_returns import is_returns_sheet, take_returns
from crmdesk.operations.importing_sales import AMOUNTS, holds_sale, sale_row
from crmdesk.operations.importing_tally import Tally

if TYPE_CHECKING:
    from datetime import date
    from sqlite3 import Connection as Raw

    from crmdesk.domain.appointments import Appointment
    from crmdesk.excel.draft import SheetDraft
    from crmdesk.operations.importing_running import Running

Row = tuple[int, dict[str, Any], dict[str, str], Sequence[Sequence[object]]]
_ORDER_OF_KINDS: Final = {"customers": 0, "contacts": 1, "orders": 2, "interactions": 3}
_MONEY: Final = frozenset(
    {
        *("order_amount", "order_refund", "order_discount", "order_profit_total", "price"),
        *("line_amount", "line_discount", "line_cost", "line_profit"),
    }
)
PURCHASE: Final = frozenset(
    {
        *("order_number", "ordered_on", "ordered_at", "order_status", "order_amount", "order_refund", "order_discount"),
        *("product", "product_code", "product_group", "quantity", "price", "line_amount", "line_discount", "line_cost"),
        *("line_profit", "line_pay_share", "line_rate_off", "order_pay_share", "order_rate_off"),
    }
)
_ASKED: Final = {"best": "tier_end_unknown", "unit": "amount_unit_asked", "discount": "discount_asked"}
_OWN_COLUMN: Final = frozenset({"size", "order_profit_total"})
_ELSEWHERE: Final = PURCHASE | _OWN_COLUMN  # what a sheet may keep under another key
_WORTH: Final = frozenset({Field.ORDER_AMOUNT, Field.LINE_AMOUNT, Field.PRICE, Field.QUANTITY})


def make_plan(
    raw: Raw,
    sheets: Iterable[tuple[int, int, SheetDraft, Iterable[list[Row]]]],
    today: date,
    running: Mapping[int, Running],
) -> Plan:
    """Work out what these sheets would do: (number, workbook, draft, rows by chunk) each. Raises what `rows` raises."""
    plan = Plan(raw)
    plan.running = running
    returns = []
    tallies: dict[int, Tally] = {}
    referred: list[Told] = []
    for number, workbook, draft, rows in sorted(sheets, key=lambda sheet: _ORDER_OF_KINDS.get(sheet[2].kind, 9)):
        if is_returns_sheet(draft):
            returns.append((number, draft, rows))
            continue
        reader = SheetReader(plan, number, workbook, draft, today)
        for chunk in rows:
            reader.take(chunk)
        tallies[number] = reader.close()
        referred += reader.referred
    flag_strangers(raw, plan.people, referred)
    plan.people.rest()
    plan.results.update((number, tally.result()) for number, tally in tallies.items())
    for number, draft, rows in returns:
        plan.results[number] = take_returns(raw, plan, draft, rows)
    return plan


class SheetReader:
    """Takes the rows of one sheet into a plan."""

    def __init__(self, plan: Plan, number: int, workbook: int, draft: SheetDraft, today: date) -> None:
        self._plan, self._number, self._workbook, self._today = plan, number, workbook, today
        self._asked: list[tuple[int, Person, str, Appointment]] = []  # row, customer, name, what its notes ask for
        self._kind = draft.kind
        self._repeating = draft.kind != "customers"
        self._tally = Tally(draft)
        _flag_asked(self._tally, draft)
        self._sales = SheetSales(workbook)
        self._amounts = [str(column.field) for column in draft.columns if column.field in AMOUNTS]
        self.referred: list[Told] = []
        self._worth = {column.letter for column in draft.columns if column.field in _WORTH}
        self._key = key_of(draft.columns)
        self._running = plan.running[number]

    def take(self, chunk: list[Row]) -> None:
        """Take in some rows."""
        rows = [self._prepared(row) for row in chunk]
        settles = self._key in (MatchKey.AUTO, MatchKey.CODE)
        self._plan.people.fetch([row[:3] for row in rows], code_settles=settles)
        for row in rows:
            self._take_row(*row)
        self._plan.people.rest()

    def _prepared(self, row: Row) -> Row:
        """The row with everything under the key that this kind of sheet keeps it by."""
        number, values, extra, issues = row
        _drop_nobodies(values)
        _name_by_contact(values)
        if _ELSEWHERE.isdisjoint(values):
            return row
        sells = self._sells(values)
        strays = [key for key in values if key in _OWN_COLUMN or (key in PURCHASE and not sells)]
        if strays:
            extra = dict(extra)
        for key in strays:
            field = "line_discount" if key in ("line_pay_share", "line_rate_off") else key
            extra.setdefault(self._tally.header(field), _as_text(key, values.pop(key)))
        return number, values, extra, issues

    def _sells(self, values: Values) -> bool:
        return holds_sale(values, surely=self._kind == "orders")

    def close(self) -> Tally:
        """All rows are in: settle the purchases; gives what became of the rows."""
        everywhere = self._plan.sales.settle(self._sales, self._tally)
        self._plan.everywhere.setdefault(self._workbook, {}).update(everywhere)
        ends = self._tally.watched
        self._plan.proposed += [told[1:] for told in self._asked if ends[told[0]] in ("new", "updated")]
        self._plan.people.rest()
        return self._tally

    def _take_row(
        self, row: int, values: dict[str, Any], extra: dict[str, str], issues: Sequence[Sequence[object]]
    ) -> None:
        tally = self._tally
        if issues:
            tally.read_issues(issues)
            if self._unreadable(values, issues):
                tally.count("attention", row)
                return
        person, outcome = self._customer(row, values, extra, issues)
        if person is None:
            return
        told: tuple[tuple[str, str], ...] = ()
        self.referred += [(tally, row, person, word) for word in (values.get("referred_by"),) if word]
        if person.id:
            self._plan.met.add(person.id)
        for one in appointments_of(values, extra, self._today, own_columns=self._kind != "orders"):
            tally.watched.setdefault(row, "")
            self._asked.append((row, person, person.name, one))
        if outcome == "known":
            outcome, told = self._fill(row, person, values, {} if self._kind == "orders" else extra)
        if self._events(person, values, extra) and outcome in ("unchanged", "merged"):
            outcome = "new" if self._kind == "interactions" else "updated"
        if not self._sells(values):
            tally.count(outcome, row)
            return
        if self._amounts and not any(key in values for key in AMOUNTS) and "quantity" in values and "price" in values:
            tally.flag(row, self._amounts[0], "", "amount_worked_out")
        added = outcome in ("new", "updated")
        kept_extra = extra if self._kind == "orders" else {}
        self._sales.take(person, values, sale_row(row, values, kept_extra, added=added, told=told))

    def _unreadable(self, values: Values, issues: Sequence[Sequence[object]]) -> bool:
        """Whether the row's amount could not be read: it must not come in as nothing."""
        if self._kind != "orders" or any(key in values for key in AMOUNTS):
            return False
        if "quantity" in values and "price" in values:
            return False
        return any(issue[1] in self._worth for issue in issues)

    def _customer(
        self, row: int, values: dict[str, Any], extra: dict[str, str], issues: Sequence[Sequence[object]]
    ) -> tuple[Person | None, str]:
        """The customer of a row and "new", or "known" where it was met before; None where the row is accounted for."""
        people, code, name = self._plan.people, values.get("code", ""), values.get("name", "")
        if not (code or name or values.get("points") or values.get("contacts")):
            self._nobody(row, values, issues)
            return None, ""
        keys = reach(values)
        chosen = find_by_key(people, self._key, values)
        if chosen is not None:
            return self._by_key(row, values, extra, chosen)
        person = (people.by_code(code) if code else None) or (people.by_reach(values, keys) if keys else None)
        if person is None and name and values.get("address"):
            person = people.by_name_and_address(values)
        if person is None and name and not code:
            if self._repeating:
                person = self._namesake(row, values)
                if person is None and len(people.fitting_namesakes(values, phones=True)) > 1 and names_only(values):
                    self._tally.flag(row, "name", name, "ambiguous_name")
                    self._tally.count("attention", row)
                    return None, ""
            elif names_only(values):
                person = people.by_row(print_of(values, extra))
        if person is not None:
            return person, "known"
        if not (name or code) and people.sharing(keys):
            self._tally.flag(row, "phone", keys[0], "ambiguous_phone")
            self._tally.count("attention", row)
            return None, ""
        return self._make(row, values, extra, keys), "new"

    def _by_key(
        self, row: int, values: dict[str, Any], extra: dict[str, str], chosen: Match
    ) -> tuple[Person | None, str]:
        """As the key says: known, new, or for the user to look at where it names several."""
        if chosen.several:
            by_phone = self._key is MatchKey.PHONE
            key, code = ("phone", "ambiguous_phone") if by_phone else ("name", "ambiguous_name")
            self._tally.flag(row, key, reach(values)[0] if by_phone else values["name"], code)
            self._tally.count("attention", row)
            return None, ""
        if chosen.person is not None:
            return chosen.person, "known"
        code = values.get("code", "")
        other = self._plan.people.by_code(code) if code else None
        if other is not None:
            self._tally.flag(row, "code", code, "shared_code", other=other.name or code)
        return self._make(row, values, extra, reach(values)), "new"

    def _nobody(self, row: int, values: Values, issues: Sequence[Sequence[object]]) -> None:
        named = {self._tally.letter(key) for key in ("code", "name", "phone", "contact_name")} - {""}
        if any(issue[1] in named for issue in issues):
            self._tally.count("attention", row)
        else:
            self._tally.skip(row, "no_customer")

    def _namesake(self, row: int, values: Values) -> Person | None:
        people, name = self._plan.people, values["name"]
        fitting = people.fitting_namesakes(values, phones=self._kind != "contacts")
        own = [person for person in fitting if person.origin == self._number or person.import_key == name_print(name)]
        if own:
            return own[0]
        if len(fitting) != 1 or not names_only(values):
            return None
        person = fitting[0]
        if not person.told:
            person.told = True
            self._tally.flag(row, "name", name, "joined_by_name")
        return person

    def _make(self, row: int, values: dict[str, Any], extra: dict[str, str], keys: list[str]) -> Person:
        people, name, code = self._plan.people, values.get("name", ""), values.get("code", "")
        unknown = bool(code) and not name and people.named
        sharer = people.sharing(keys) if keys else None
        facts = {FACT_KEYS[key]: value for key, value in values.items() if key in FACT_KEYS}
        if self._kind == "orders":
            facts.pop("notes", None)
        person = Person(facts, self._number, self._workbook)
        region = values.get("region")
        if region and any(region):
            person.region = (region[0], region[1], region[2])
        person.points = list(dict.fromkeys(map(tuple, values.get("points", ()))))
        for difference in fill_contacts(people, person, values.get("contacts", ()), self._running.base):
            self._tally.differs(row, difference)
        person.tags = list(dict.fromkeys(values.get("tags", ())))
        take_photo(people, person, values)
        person.extra = {} if self._kind == "orders" else extra
        if name and not code and self._repeating:
            person.import_key = name_print(name)
        elif name and names_only(values):
            person.import_key = print_of(values, extra)
            if people.namesakes(name):
                self._tally.flag(row, "name", name, "same_name")
        if unknown:
            self._tally.flag(row, "code", code, "unknown_customer")
        elif sharer is not None:
            other = sharer.name or sharer.facts.get("code", "")
            self._tally.flag(row, "phone", keys[0], "shared_phone", other=other)
        people.add(person)
        return person

    def _fill(
        self, row: int, person: Person, values: Values, extra: Mapping[str, str]
    ) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Fill the blanks of a known customer; gives the row's outcome and, for a purchase, what it tells otherwise."""
        policy = self._running.policy(person, self._plan.people.known.keys)
        filled = fill(self._plan.people, person, values, extra, policy, notes=self._kind != "orders")
        for how, update in filled.updates:
            self._tally.updates(row, how, update)
        told: tuple[tuple[str, str], ...] = ()
        if self._kind in ("orders", "interactions"):
            told = tuple((self._tally.header(one.key), one.new) for one in filled.differences)
        else:
            for difference in filled.differences:
                self._tally.differs(row, difference, self._running.why_kept(person, difference.key))
        if filled.contact and self._kind == "contacts":
            return "new", told
        if filled.added:
            return "updated", told
        if filled.differences and not told:
            return "attention", told
        return ("merged" if person.is_new else "unchanged"), told

    def _events(self, person: Person, values: Values, extra: Mapping[str, str]) -> bool:
        """Take in visits, calls and what is due; gives whether any of it is news."""
        if not extra and "interactions" not in values and "follow_ups" not in values:
            return False
        added = False
        told = list(values.get("interactions", ()))
        for text in extra.values():
            told += [(day.isoformat(), InteractionKind.VISIT, words) for day, words in told_visits(text)]
        for day, kind, summary in told:
            if day:
                added |= self._event(self._plan.interactions, person, day, kind, summary)
            else:
                added |= add_note(person, summary)
        for day, summary in values.get("follow_ups", ()):
            if day:
                added |= self._event(self._plan.follow_ups, person, day, "", summary)
            else:
                added |= add_note(person, summary)
        return added

    def _event(self, events: list[Event], person: Person, day: str, kind: str, summary: str) -> bool:
        what = "interaction" if events is self._plan.interactions else "follow_up"
        kind = kind or InteractionKind.CALL
        key = event_key(what, person.id, day, kind, summary) if person.id else (what, day, kind, summary)
        if person.events is None:
            person.events = set()
        if key in person.events:
            return False
        person.events.add(key)
        events.append((person, day, kind, summary, self._workbook))
        return True


def _flag_asked(tally: Tally, draft: SheetDraft) -> None:
    """What nobody has answered and no cell shows is flagged once: which end of the tiers is the best, yuan or 万元."""
    for column in draft.columns:
        if code := _ASKED.get(str(column.options.get("ask"))):
            tally.flag(draft.header_row, str(column.field), column.header, code)


def _drop_nobodies(values: dict[str, Any]) -> None:
    """A contact is a name, a way of address or a way to be reached; a title alone is nobody."""
    if "contacts" in values:
        values["contacts"] = [contact for contact in values["contacts"] if contact[0] or contact[2] or contact[3]]


def _name_by_contact(values: dict[str, Any]) -> None:
    """A row without a company is about the person it names."""
    contacts = values.get("contacts")
    if contacts and not values.get("name") and contacts[0][0]:
        first, *others = contacts
        values["name"] = first[0]
        if first[2]:
            values.setdefault("salutation", first[2])
        values["points"] = [*values.get("points", ()), *first[3]]
        values["contacts"] = others


def _as_text(key: str, value: Any) -> str:  # noqa: ANN401 - text or a whole number
    if key in _MONEY:
        return decimal_text(from_money(value))
    if key == "quantity":
        return decimal_text(from_quantity(value))
    if key.endswith(("_pay_share", "_rate_off")):
        return str(value / 1_000_000)
    return str(value)

"""Each command of the command line: it opens the file, calls the operation, prints the result."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

from crmdesk.cli import as_json, care
from crmdesk.cli.as_json import Json, print_json
from crmdesk.cli.conversion import print_funnel, print_sources
from crmdesk.cli.duplicates import merge, print_duplicates
from crmdesk.cli.forecast import print_forecast
from crmdesk.cli.importing import import_sheets, print_imports
from crmdesk.cli.insight import print_insight
from crmdesk.cli.listing import list_customers, query_of
from crmdesk.cli.look_alike import print_look_alike
from crmdesk.cli.opened import opened
from crmdesk.cli.passport import print_passport
from crmdesk.cli.plans import run_plan_command
from crmdesk.cli.policy import run_policy_command
from crmdesk.cli.proof import print_proof
from crmdesk.cli.round_trip import apply_edits, export_for_editing
from crmdesk.cli.safekeeping import back_up, check, password, restore
from crmdesk.cli.sheet_templates import export_in_template
from crmdesk.cli.spoken_rows import spoken_row
from crmdesk.cli.tiers import print_tiers
from crmdesk.clock import Clock
from crmdesk.domain.query import CustomerQuery
from crmdesk.i18n import _, current_language, language
from crmdesk.operations import (
    customers,
    exporting,
    files,
    follow_ups,
    history,
    imports,
    interactions,
    listing,
    orders,
    reporting,
    today,
)
from crmdesk.progress import Progress
from crmdesk.words import formats
from crmdesk.words.listing import nobody_sentence
from crmdesk.words.phrases import say

if TYPE_CHECKING:
    from crmdesk.domain.changes import Changes
    from crmdesk.operations.files import Database

ALL: Final = None
Run = Callable[[Namespace, Clock], int]
_List = Callable[[Any, CustomerQuery], Iterator[Json]]


def list_records(options: Namespace, clock: Clock) -> int:
    """`crmdesk list`: the records of a kind, as JSON or a line each."""
    with opened(options.file, clock, read_only=True) as db:
        query = query_of(options)
        customers_asked = options.what == "customers"
        if customers_asked:
            rows = list(list_customers(db, query, options.column, options.scheme))
        else:
            rows = list(LISTS[options.what](db, query))
    if options.json:
        print_json(rows)
        return 0
    for row in rows:
        print(spoken_row(row))
    if not rows and customers_asked and query.filtered:
        print(nobody_sentence(query))
    return 0


def _wanted(db: Database, query: CustomerQuery) -> list[int] | None:
    """The ids that a query asks for; None where it lets everyone through."""
    return list(listing.customer_ids(db, query)) if query.filtered else None


def _list_contacts(db: Database, query: CustomerQuery) -> Iterator[Json]:
    for record in customers.all_customers(db, _wanted(db, query)):
        for contact in record.customer.contacts:
            owner = {"customer": str(record.customer.id), "customer_name": record.customer.name or None}
            yield {**owner, **as_json.contact_json(contact)}


def _list_orders(db: Database, query: CustomerQuery) -> Iterator[Json]:
    called = _names(db)
    for order in orders.list_orders(db, customers=_wanted(db, query)):
        yield as_json.order_json(order, called.get(order.customer_id, ""))


def _names(db: Database) -> dict[int, str]:
    rows = listing.customer_rows(db, listing.customer_ids(db, CustomerQuery()), ("name",))
    return {int(str(customer_id)): str(name) for customer_id, name in rows}


def _list_interactions(db: Database, query: CustomerQuery) -> Iterator[Json]:
    wanted = _kept(db, query)
    rows = interactions.list_interactions(db, limit=ALL)
    return (as_json.interaction_json(row) for row in rows if wanted(row.interaction.customer_id))


def _list_follow_ups(db: Database, query: CustomerQuery) -> Iterator[Json]:
    wanted = _kept(db, query)
    rows = follow_ups.list_follow_ups(db, "all", limit=ALL)
    return (as_json.follow_up_json(row) for row in rows if wanted(row.follow_up.customer_id))


def _kept(db: Database, query: CustomerQuery) -> Callable[[int], bool]:
    ids = _wanted(db, query)
    found = None if ids is None else frozenset(ids)
    return lambda customer_id: found is None or customer_id in found


def _care_list(told: Callable[[Any, Callable[[int], bool], dict[int, str]], Iterator[Json]]) -> _List:
    return lambda db, query: told(db, _kept(db, query), _names(db))


LISTS: Final[dict[str, _List]] = {
    "contacts": _list_contacts,
    "orders": _list_orders,
    "interactions": _list_interactions,
    "follow-ups": _list_follow_ups,
    "win-backs": _care_list(care.win_backs_json),
    "renewals": _care_list(care.renewals_json),
    "satisfaction": _care_list(care.satisfaction_json),
    "gifts": _care_list(care.gifts_json),
    "offers": _care_list(care.offers_json),
    "improvements": _care_list(care.improvements_json),
}


def print_today(options: Namespace, clock: Clock) -> int:
    """`crmdesk today`: whom to contact, and why."""
    with opened(options.file, clock) as db:
        files.daily_run(db, Progress())
        plan = today.today_plan(db)
    items = [*plan.promises, *plan.due]
    if options.json:
        print_json(
            {
                "day": plan.day.isoformat(),
                "items": [
                    {
                        "customer": str(item.customer_id),
                        "customer_name": item.name,
                        "tier": item.tier,
                        "stage": item.stage,
                        "promise": item.promise,
                        "overdue_days": item.overdue_days,
                        "reason": say(item.reason),
                        "phone": item.phone or None,
                    }
                    for item in items
                ],
                "unhurried": plan.unhurried,
            }
        )
        return 0
    for item in items:
        print(f"{'!' if item.promise else ' '} {item.name}\t{say(item.reason)}\t{formats.phone(item.phone)}")
    if not items:
        print(_("Nobody is due today."))
    if plan.unhurried:
        print(_("{count} more are in no hurry").format(count=plan.unhurried))
    return 0


def write_report(options: Namespace, clock: Clock) -> int:
    """`crmdesk report tiers`."""
    # Opened to be written: the file keeps the day, so that the next report tells who moved since.
    with opened(options.file, clock) as db:
        reporting.tier_report(db, options.to, options.language, Progress())
    print(_("Report written to {path}").format(path=options.to))
    return 0


def export_list(options: Namespace, clock: Clock) -> int:
    """`crmdesk export customers|orders`."""
    if options.for_editing:
        return export_for_editing(options, clock)
    if options.template is not None:
        return export_in_template(options, clock)
    export = exporting.export_orders if options.what == "orders" else exporting.export_customers
    with language(options.language or current_language()), opened(options.file, clock, read_only=True) as db:
        count = export(db, options.to, Progress())
    print(_("{count} rows written to {path}").format(count=count, path=options.to))
    return 0


def undo(options: Namespace, clock: Clock) -> int:
    """`crmdesk undo`: the last step, or an import days later; what was changed since stays and is named."""
    with opened(options.file, clock) as db:
        if options.imported is not None:
            changes = history.undo_step(db, imports.find_import(db, options.imported))
            return _tell(changes, _("Nothing to undo"), _("Undone: {step}"))
        return _tell(history.undo(db), _("Nothing to undo"), _("Undone: {step}"))


def redo(options: Namespace, clock: Clock) -> int:
    """`crmdesk redo`."""
    with opened(options.file, clock) as db:
        return _tell(history.redo(db), _("Nothing to redo"), _("Done again: {step}"))


def _tell(changes: Changes, nothing: str, done: str) -> int:
    print(done.format(step=say(changes.name)) if changes else nothing)
    for phrase in changes.kept:
        print(say(phrase))
    return 0


def print_history(options: Namespace, clock: Clock) -> int:
    """`crmdesk history`: the steps, the newest first."""
    with opened(options.file, clock, read_only=True) as db:
        steps = history.own_steps(db, 200)
    if options.json:
        keys = ("undone", "undoable")
        print_json(
            [
                {"id": str(s.id), "at": s.at.isoformat(), "step": say(s.name), **{k: getattr(s, k) for k in keys}}
                for s in steps
            ]
        )
        return 0
    for step in steps:
        state = _("undone") if step.undone else ""
        told = _("take back: {step}").format(step=say(step.name)) if step.undoes else say(step.name)
        print(f"{step.at:%Y-%m-%d %H:%M}\t{told}\t{state}")
    return 0


COMMANDS: Final[dict[str, Run]] = {
    "import": import_sheets,
    "list": list_records,
    "tiers": print_tiers,
    "passport": print_passport,
    "plan": run_plan_command,
    "policy": run_policy_command,
    "today": print_today,
    "insight": print_insight,
    "report": write_report,
    "export": export_list,
    "apply": apply_edits,
    "undo": undo,
    "redo": redo,
    "history": print_history,
    "imports": print_imports,
    "backup": back_up,
    "restore": restore,
    "password": password,
    "check": check,
    "duplicates": print_duplicates,
    "merge": merge,
    "forecast": print_forecast,
    "look-alike": print_look_alike,
    "proof": print_proof,
    "sources": print_sources,
    "funnel": print_funnel,
}

"""What the box at the top answers to a text: customers, saved views, commands. Loaded with the first letter typed."""

from __future__ import annotations

from typing import Final

from crmdesk.domain.query import Match
from crmdesk.domain.search_terms import folded, is_typed
from crmdesk.gui.actions import Actions, matching_commands
from crmdesk.gui.command_entry import Entry
from crmdesk.gui.desk import Desk
from crmdesk.i18n import _
from crmdesk.operations import listing, views
from crmdesk.words import formats
from crmdesk.words.labels import label

_CUSTOMERS: Final = 8
_COMMANDS: Final = 6


def answers(desk: Desk, actions: Actions, typed: str) -> list[Entry]:
    """The entries for what is typed. Refused while the file is busy."""
    return _of_customers(desk, typed) + _of_views(desk, typed) + _of_commands(actions, typed)


def _of_customers(desk: Desk, typed: str) -> list[Entry]:
    if not typed.strip() or desk.database is None:
        return []
    matches = desk.read(listing.find_customers, typed, _CUSTOMERS)
    entries = [_customer(desk, match) for match in matches]
    if len(matches) == _CUSTOMERS:
        entries.append(Entry("all", _("Show all in the list"), "", "customers", typed))
    return entries


def _customer(desk: Desk, match: Match) -> Entry:
    known_by = formats.phone_tail(match.phone) if desk.presenting else formats.phone(match.phone)
    detail = " · ".join(part for part in (label("stage", match.stage), known_by) if part)
    tier = "" if desk.presenting else match.tier or ""
    return Entry("customer", desk.veil(match.name), detail, "customer", match.customer_id, tier)


def _of_views(desk: Desk, typed: str) -> list[Entry]:
    wanted = folded("".join(typed.split()))
    if not wanted or desk.database is None:
        return []
    found = [view for view in desk.read(views.saved_views) if is_typed(view.name, wanted)]
    return [Entry("view", view.name, _("View"), "filter", view.id) for view in found[:_COMMANDS]]


def _of_commands(actions: Actions, typed: str) -> list[Entry]:
    found = [c for c in matching_commands(typed) if c.name != "find" and actions[c.name].isEnabled()]
    shown = found if not typed.strip() else found[:_COMMANDS]
    return [Entry("command", actions[c.name].text(), _keys(actions, c.name), c.icon, c.name) for c in shown]


def _keys(actions: Actions, name: str) -> str:
    return actions[name].shortcut().toString(actions[name].shortcut().SequenceFormat.NativeText)

"""What was taken over from a damaged file, and what was lost, a line a kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from crmdesk.i18n import _, translatable
from crmdesk.words.formats import count

_KINDS: Final[dict[str, str]] = {
    "customers": translatable("Customers"),
    "contacts": translatable("Contacts"),
    "contact_points": translatable("Phones and accounts"),
    "orders": translatable("Orders"),
    "order_lines": translatable("Order lines"),
    "receipts": translatable("Receipts"),
    "interactions": translatable("Log entries"),
    "follow_ups": translatable("Follow-ups"),
    "photos": translatable("Photos"),
}


def salvaged_lines(taken: Mapping[str, int], lost: Mapping[str, int | None]) -> list[str]:
    """A line for each kind that there was anything of, and one for all the rest where something of it is missing."""
    lines = [
        _line(_(text), taken.get(kind, 0), lost.get(kind, 0))
        for kind, text in _KINDS.items()
        if _any(kind, taken, lost)
    ]
    rest = [kind for kind in taken if kind not in _KINDS and lost.get(kind, 0) != 0]
    if rest:
        known = [lost[kind] for kind in rest]
        missing = None if None in known else sum(number or 0 for number in known)
        lines.append(_line(_("Settings and what was worked out"), sum(taken[kind] for kind in rest), missing))
    return lines


def _any(kind: str, taken: Mapping[str, int], lost: Mapping[str, int | None]) -> bool:
    return bool(taken.get(kind)) or lost.get(kind, 0) != 0


def _line(what: str, taken: int, lost: int | None) -> str:
    if lost is None:
        return _("{what}: {taken} taken over, some are lost; how many cannot be told").format(
            what=what, taken=count(taken)
        )
    if not lost:
        return _("{what}: {taken} taken over, none lost").format(what=what, taken=count(taken))
    return _("{what}: {taken} taken over, {lost} lost").format(what=what, taken=count(taken), lost=count(lost))

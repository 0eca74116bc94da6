"""Why customers left, and the states in which one waits for a second order."""

from __future__ import annotations

from typing import Final

from crmdesk.i18n import _, translatable

LOSSES: Final[dict[str, str]] = {
    "price": translatable("Too dear"),
    "quality": translatable("Quality"),
    "service": translatable("Service"),
    "delivery": translatable("Late or wrong delivery"),
    "competitor": translatable("Buys from somebody else"),
    "need": translatable("No need any more"),
    "closed": translatable("Closed or moved away"),
    "other": translatable("Something else"),
    "": translatable("Not asked yet"),
}

WAITING: Final[dict[str, str]] = {
    "early": translatable("Early yet"),
    "due": translatable("It is time"),
    "overdue": translatable("Overdue"),
    "late": translatable("Long past"),
}


def loss_label(reason: str) -> str:
    """A reason for leaving in words; the code itself where a newer version wrote it."""
    return _(LOSSES[reason]) if reason in LOSSES else reason


def waiting_label(state: str, from_day: int, until_day: int | None) -> str:
    """A state with the days it stands for."""
    text = _(WAITING[state])
    if until_day is None:
        return _("{state} (day {day} on)").format(state=text, day=from_day)
    return _("{state} (up to day {day})").format(state=text, day=until_day)

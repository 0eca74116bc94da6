"""What happened with a customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class InteractionKind(StrEnum):
    """How one was in touch."""

    CALL = "call"
    VISIT = "visit"
    WECHAT = "wechat"
    MAIL = "mail"
    MEETING = "meeting"
    NOTE = "note"


class Outcome(StrEnum):
    """What came of it; the five answers under the note box."""

    WON = "won"
    INTERESTED = "interested"
    WAIT = "wait"
    NOT_REACHED = "not_reached"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Interaction:
    """What happened: dated, local time without a zone."""

    customer_id: int
    at: datetime
    kind: str = InteractionKind.CALL
    outcome: str = ""
    summary: str = ""
    contact_id: int | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """An interaction with what follows from it: the follow-up it completes, and the day of the next one.

    `proposed`: nobody chose that day.
    """

    interaction: Interaction
    next_on: date | None = None
    completes: int | None = None
    proposed: bool = False

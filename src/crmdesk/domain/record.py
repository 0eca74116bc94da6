"""A customer with what is known beside the facts: what exports, cards and lists are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from crmdesk.domain.customer import Customer
from crmdesk.domain.figures import Figures
from crmdesk.domain.follow_up import FollowUp
from crmdesk.domain.interaction import Interaction
from crmdesk.domain.phrase import Phrase


@dataclass(frozen=True, slots=True)
class CustomerRecord:
    """A customer and its derived figures."""

    customer: Customer
    figures: Figures


@dataclass(frozen=True, slots=True)
class Standing:
    """What the user has decided about a customer beside the facts, and the version of the row a form edits."""

    tier_override: str = ""
    tier_override_reason: str = ""
    tier_override_until: date | None = None
    stage_lock: str = ""
    stage_lock_reason: str = ""
    stopped_on: date | None = None
    known_since: date | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened, newest first on a card.

    `kind` is order, receipt, interaction, follow_up (a done one), talk, tier or stage; `detail` the code beside it (an
    interaction's kind, an order's status word, the new tier or stage); `text` the user's own words; `reason` only for
    tier and stage.
    """

    on: date
    kind: str
    id: int
    at: time | None = None
    detail: str = ""
    outcome: str = ""
    text: str = ""
    money: int | None = None
    reason: Phrase | None = None


@dataclass(frozen=True, slots=True)
class CustomerCard:
    """Everything a customer's page shows; `purchase_days` ascending, the days of counting orders."""

    customer: Customer
    figures: Figures
    next_follow_up: FollowUp | None = None
    timeline: tuple[TimelineEntry, ...] = ()
    purchase_days: tuple[date, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()  # all open ones, the nearest first
    standing: Standing = Standing()
    photo: bytes = b""  # its own, else that of its first contact with one


@dataclass(frozen=True, slots=True)
class BinEntry:
    """One deletion of the last 30 days: undo its step to get the customers back."""

    step: int
    at: datetime
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """A follow-up as a list shows it."""

    follow_up: FollowUp
    name: str
    tier: str | None
    stage: str


@dataclass(frozen=True, slots=True)
class InteractionRow:
    """An interaction as the log shows it."""

    interaction: Interaction
    name: str

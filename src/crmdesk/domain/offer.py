"""优惠: something a customer was offered until a day, whether it came back for it, and how often each offer did.

An offer that nobody used is nobody's fault: what is still open counts neither for it nor against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from crmdesk.domain.win_back import WAIT_DAYS

OPEN, CAME, LAPSED = "open", "came", "lapsed"
NOTICE_DAYS: Final = 3  # before the last day: time enough to say so once more, and to come
AHEAD_DAYS: Final = 28  # what runs out later is not written into the follow-ups yet


@dataclass(frozen=True, slots=True)
class Offer:
    """What was offered on a day and until when it holds (None: until a season is over).

    `won_back`: it is part of an attempt to win the customer back. `asked_for` is the last day a follow-up was made
    for, `follow_up_id` that follow-up.
    """

    customer_id: int
    text: str
    given_on: date
    until: date | None = None
    id: int = 0
    won_back: bool = False
    asked_for: date | None = None
    follow_up_id: int | None = None

    @property
    def last(self) -> date:
        """The last day on which somebody may come back for it."""
        return self.until or self.given_on + timedelta(days=WAIT_DAYS)


@dataclass(frozen=True, slots=True)
class OfferState:
    """An offer and what came of it: the day of the purchase within its time."""

    offer: Offer
    state: str
    came_on: date | None = None


@dataclass(frozen=True, slots=True)
class OfferRate:
    """How an offer did under its words: how often it is decided, how many came within its time, how many still may."""

    text: str
    decided: int = 0
    came: int = 0
    still: int = 0


def key_of(text: str) -> str:
    """What tells one offer from another: its words, whatever their case and blanks."""
    return " ".join(text.split()).casefold()


def state_of(offer: Offer, bought: Sequence[date], today: date) -> OfferState:
    """What came of it; `bought` are the customer's days of purchase, ascending."""
    came = next((day for day in bought if offer.given_on <= day <= offer.last), None)
    if came is not None:
        return OfferState(offer, CAME, came)
    return OfferState(offer, OPEN if today <= offer.last else LAPSED)


def reminder_on(state: OfferState, today: date) -> date | None:
    """The day to speak of it once more; None where it has no last day, was used, is over, or ends much later."""
    until = state.offer.until
    if until is None or state.state != OPEN or until - today > timedelta(days=AHEAD_DAYS):
        return None
    return max(until - timedelta(days=NOTICE_DAYS), today)


def rates(found: Iterable[OfferState]) -> tuple[OfferRate, ...]:
    """How each offer did, the one that was made most often first; the newest words name it."""
    counts: dict[str, list[int]] = {}
    words: dict[str, tuple[date, str]] = {}
    for one in found:
        key = key_of(one.offer.text)
        tally = counts.setdefault(key, [0, 0, 0])
        tally[0] += one.state != OPEN
        tally[1] += one.state == CAME
        tally[2] += one.state == OPEN
        words[key] = max(words.get(key, (date.min, "")), (one.offer.given_on, one.offer.text))
    made = [OfferRate(words[key][1], *tally) for key, tally in counts.items()]
    return tuple(sorted(made, key=lambda rate: (-rate.decided, -rate.still, rate.text)))


def rate_of(known: Iterable[OfferRate], text: str) -> OfferRate:
    """How the offer of these words did; nothing where it never was made."""
    return next((rate for rate in known if key_of(rate.text) == key_of(text)), OfferRate(text))


def judged(offers: Iterable[Offer], bought: Mapping[int, Sequence[date]], today: date) -> tuple[OfferState, ...]:
    """Each offer with what came of it."""
    return tuple(state_of(one, bought.get(one.customer_id, ()), today) for one in offers)

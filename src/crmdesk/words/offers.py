"""What is said of an offer: until when it holds, whether it was used, how often it brought somebody back."""

from __future__ import annotations

from datetime import date

from crmdesk.domain.offer import CAME, LAPSED, OfferRate, OfferState
from crmdesk.i18n import _
from crmdesk.words import formats


def offer_text(one: OfferState, today: date) -> str:
    """An offer as a line: "50 off from 500 · until 12-10, 18 days left"."""
    return " · ".join((one.offer.text, _what_came(one, today)))


def _what_came(one: OfferState, today: date) -> str:
    if one.state == CAME:
        return _("used on {day}").format(day=formats.short_day(one.came_on, today))
    if one.state == LAPSED:
        return _("ran out on {day}, not used").format(day=formats.short_day(one.offer.last, today))
    if one.offer.until is None:
        return _("no last day")
    left = formats.days((one.offer.until - today).days)
    return _("until {day}, {days} left").format(day=formats.short_day(one.offer.until, today), days=left)


def offer_rate_text(rate: OfferRate) -> str:
    """How it did so far: "made to 8, 3 came back in time"; "" before any of it is decided."""
    if not rate.decided:
        return ""
    return _("decided {count} times, {came} came back in time").format(count=rate.decided, came=rate.came)

"""What a won and a kept customer cost, as a sentence with its parts; gifts."""

from __future__ import annotations

from datetime import date
from typing import Final

from crmdesk.domain.effort import KEPT, VAIN, WON, EffortRow
from crmdesk.domain.gift import Gift
from crmdesk.i18n import _, translatable
from crmdesk.words import formats
from crmdesk.words.phrases import one_thing

_HOUR: Final = 60
GROUPS: Final = {WON: translatable("won"), KEPT: translatable("kept"), VAIN: translatable("in vain")}
_SENTENCES: Final = {
    WON: translatable("Winning a customer took {cost} ({count} customers in a year)"),
    KEPT: translatable("Keeping a customer took {cost} a year ({count} customers)"),
    VAIN: translatable("Trying in vain took {cost} ({count} customers in a year)"),
}


def duration(minutes: float) -> str:
    """A time: "40 min", "3 h 20 min"."""
    whole = round(minutes)
    if whole < _HOUR:
        return _("{minutes} min").format(minutes=whole)
    hours, rest = divmod(whole, _HOUR)
    if not rest:
        return _("{hours} h").format(hours=hours)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=rest)


def effort_sentence(row: EffortRow) -> str:
    """What a customer of the group cost: "Winning a customer took 3 h 20 min and ¥132 (6 customers in a year)"."""
    money = row.gifts + row.discount
    cost = duration(row.minutes)
    if money:
        cost = _("{time} and {money}").format(time=cost, money=formats.short_money(money))
    return one_thing(_(_SENTENCES[row.group]).format(cost=cost, count=row.customers))


def effort_parts(row: EffortRow) -> str:
    """The parts of it: "2.1 visits, 3.0 calls, 1.2 messages · gifts ¥12 · ¥120 off"; what has no price is named."""
    spent = row.spent
    counts = (
        (spent.visits, _("{count} visits")),
        (spent.calls, _("{count} calls")),
        (spent.messages, _("{count} messages")),
    )
    contacts = _(", ").join(text.format(count=f"{row.a_customer(count):.1f}") for count, text in counts if count)
    parts = [contacts or _("no contact")]
    if spent.gifts:
        parts.append(_("gifts {money}").format(money=formats.short_money(row.gifts)))
    if spent.discount:
        parts.append(_("{money} off").format(money=formats.short_money(row.discount)))
    if spent.unpriced:
        parts.append(one_thing(_("{count} gifts without a price").format(count=spent.unpriced)))
    return " · ".join(parts)


def gift_text(gift: Gift, today: date) -> str:
    """A gift as a line: "11-20 · tea · ¥120"; without a price that is said."""
    cost = formats.money(gift.cost) if gift.cost is not None else _("price unknown")
    return " · ".join(part for part in (formats.short_day(gift.given_on, today), gift.text, cost) if part)


def gifts_text(money: int, unpriced: int) -> str:
    """What a year's gifts cost: "¥360 in a year, 1 without a price"."""
    told = _("{money} in a year").format(money=formats.money(money)) if money else ""
    without = _("{count} without a price").format(count=unpriced) if unpriced else ""
    return _(", ").join(part for part in (told, without) if part)

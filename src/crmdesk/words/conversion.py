"""Sources, referrals and the way to the first order, in sentences."""

from __future__ import annotations

from typing import Final

from crmdesk.domain.conversion import Conversion, Underway
from crmdesk.domain.referral import Referrals
from crmdesk.domain.source_yield import BROUGHT, OTHERS, SourceRow, SourceYield
from crmdesk.i18n import _, translatable
from crmdesk.words.formats import money, percent, short_money
from crmdesk.words.phrases import one_thing

LEVELS: Final = {
    "captured": translatable("known"),
    "qualified": translatable("talked with"),
    "bought": translatable("bought"),
    "key": translatable("key accounts"),
}


def level_label(code: str) -> str:
    """The name of a level of the funnel."""
    return _(LEVELS[code])


def source_label(row: SourceRow) -> str:
    """The source as the user writes it."""
    if row.key == OTHERS:
        return one_thing(_("{count} other sources").format(count=row.source))
    return _("brought by somebody") if row.key == BROUGHT else row.source


def source_note(row: SourceRow) -> str:
    """What a source brought: "18 of 32 bought, 11 again · ¥120,000"."""
    told = _("{bought} of {came} bought").format(bought=len(row.bought), came=len(row.came))
    if row.again:
        told = _("{told}, {again} again").format(told=told, again=len(row.again))
    return f"{told} · {short_money(row.money)}" if row.money is not None else told


def sources_sentence(found: SourceYield) -> str:
    """What the sources come to: the one that brings most, and referrals against the rest."""
    best = max(found.rows, key=lambda row: (row.money or 0, len(row.bought)))
    if best.money:
        told = _("{source} brings most: {money}").format(source=source_label(best), money=short_money(best.money))
    else:
        told = _("{source} brings most: {bought} of {came} bought").format(
            source=source_label(best), bought=len(best.bought), came=len(best.came)
        )
    if not found.compares:
        return told
    compared = _("{share} were brought by somebody and {referred} of them bought, of the others {others}").format(
        share=percent(found.referred.came / found.customers),
        referred=percent(found.referred.rate),
        others=percent(found.others.rate),
    )
    return _("{told}. {compared}").format(told=told, compared=compared)


def funnel_sentence(found: Conversion) -> str:
    """The levels in a row."""
    parts = [
        _("{count} {level}").format(count=len(level.customers), level=level_label(level.code)) for level in found.levels
    ]
    return _(", ").join(parts)


def talks_sentence(found: Conversion) -> str:
    """How many of those talked with first bought, and how long it took; "" where nobody was talked with first."""
    if not found.talked:
        return ""
    told = _("Of {talked} customers talked with first {won} bought ({share})").format(
        talked=found.talked, won=found.won, share=percent(found.rate)
    )
    if found.pace is not None:
        told = _("{told}, usually after {days} days and {contacts} contacts").format(
            told=told, days=found.pace.days, contacts=found.pace.contacts
        )
    return one_thing(told)


def talking_sentence(found: Conversion) -> str:
    """How many are still in talks; "" for nobody."""
    return one_thing(_("{count} customers still in talks").format(count=found.talking)) if found.talking else ""


def underway_sentence(found: Underway) -> str:
    """How long one talks with a customer by now, beside what the others took."""
    told = _("{days} days and {contacts} contacts so far").format(days=found.days, contacts=found.contacts)
    if found.usual is not None:
        told = _("{told}; who bought took {days} days and {contacts} contacts").format(
            told=told, days=found.usual.days, contacts=found.usual.contacts
        )
    return one_thing(told)


def brought_sentence(found: Referrals) -> str:
    """What a customer's word was worth: "Brought 3 customers, ¥12,000 in all"."""
    told = _("Brought {count} customers").format(count=len(found.brought))
    if found.money:
        told = _("{told}, {money} in all").format(told=told, money=money(found.money))
    return one_thing(told)


def stranger_sentence(found: Referrals) -> str:
    """A referrer who is nobody that is known, could be several, or was deleted while a namesake is left."""
    if found.namesakes == 1:
        return _('Brought by "{name}"; one customer here is called so').format(name=found.word)
    if found.namesakes:
        return _('Brought by "{name}", which may be {count} customers').format(name=found.word, count=found.namesakes)
    return _('Brought by "{name}", who is no customer here').format(name=found.word)

"""Whether tiers are fair, in sentences: attention against value, floors, losses, complaints, what follows a move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmdesk.i18n import _
from crmdesk.words.formats import money, percent, short_money
from crmdesk.words.labels import label
from crmdesk.words.phrases import one_thing

if TYPE_CHECKING:
    from crmdesk.domain.churn import LevelChurn
    from crmdesk.domain.fairness import AfterMove, LevelAttention, RisingStar


def attention_told(one: LevelAttention) -> str:
    """A level's share of contacts and money, whom it keeps waiting, what it lost, how often it complains."""
    told = _(
        "{tier}: {customers} customers get {contacts} of the contacts and bring {money} of the money; "
        "{broken} wait longer than planned; {lost} are lost, who brought {lost_money}"
    ).format(
        tier=label("tier", one.tier),
        customers=one.customers,
        contacts=percent(one.contact_share),
        money=percent(one.money_share),
        broken=one.floor_broken,
        lost=one.lost,
        lost_money=money(one.lost_money),
    )
    if one.complaints:
        told = _("{told}; {count} complaints in 100 orders").format(told=told, count=f"{one.complaints * 100:.2g}")
    return one_thing(told)


def star_told(star: RisingStar) -> str:
    """Who rises, from what to what in half a year."""
    name = _("{name} ({tier})").format(name=star.name, tier=star.tier) if star.tier else star.name
    told = _("{name} rises unnoticed: {before} → {now} in half a year")
    return told.format(name=name, before=money(star.before), now=money(star.now))


def after_told(one: AfterMove) -> str:
    """What became of those whose tier changed."""
    told = _("{what}: {note}").format(what=after_name(one), note=after_note(one))
    if one.others_lost is None:
        return told
    return _("{told}; of those who stayed {share} are lost").format(told=told, share=percent(one.others_lost))


def after_name(one: AfterMove) -> str:
    """Which way they moved."""
    return _("Moved up") if one.direction == "up" else _("Moved down")


def after_note(one: AfterMove) -> str:
    """How many of them left since, and how many complained."""
    return _with_complaints(
        _("{lost} of {customers} left").format(lost=one.lost, customers=one.customers), one.complained
    )


def left_note(level: LevelChurn) -> str:
    """How many of a level left, what they brought in a year, and how many complained."""
    told = _("{lost} of {customers} left").format(lost=len(level.who), customers=level.customers)
    if level.money:
        told = _("{told} · {money} a year").format(told=told, money=short_money(level.money))
    return _with_complaints(told, level.complained)


def _with_complaints(told: str, count: int) -> str:
    return _("{told} · {count} complained").format(told=told, count=count) if count else told

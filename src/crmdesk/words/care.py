"""Win-backs, renewals, care after a sale: their steps, their reasons in 今天, and the names of their codes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from crmdesk.domain.care_day import ANNIVERSARY, FESTIVAL, CareDay
from crmdesk.domain.follow_up import FollowUp, Origin
from crmdesk.domain.renewal import SUPPLY, Renewal
from crmdesk.domain.win_back import GONE, TOLD_FROM, WON, Outcome, WinBackRate, WinBackRates
from crmdesk.i18n import _, translatable
from crmdesk.words import formats
from crmdesk.words.labels import label

CARE: Final[dict[str, str]] = {
    # steps
    "begin_win_back": translatable("try to win {name} back"),
    "edit_win_back": translatable("edit how {name} is won back"),
    "delete_win_back": translatable("delete an attempt to win {name} back"),
    "add_renewal": translatable("note what ends with {name}"),
    "edit_renewal": translatable("edit what ends with {name}"),
    "delete_renewal": translatable("delete what ends with {name}"),
    "plan_renewals": translatable("plan {count} contacts about what ends soon"),
    "note_satisfaction": translatable("note how satisfied {name} is"),
    "delete_satisfaction": translatable("delete an answer of {name}"),
    # refusals
    "no_such_win_back": translatable("This attempt is no longer there. Nothing was changed."),
    "no_such_renewal": translatable("This contract or supply is no longer there. Nothing was changed."),
    "no_such_satisfaction": translatable("This answer is no longer there. Nothing was changed."),
    # today: why this one
    "today_contract": translatable("Contract ends: {summary}"),
    "today_supply": translatable("Runs out: {summary}"),
    "today_after_sale": translatable("After the sale: {summary}"),
    "today_after_sale_bare": translatable("After the sale: is all well?"),
    "today_win_back": translatable("Win back: {summary}"),
    "ask_after_sale": translatable("Ask: how satisfied are they, from 1 to 5?"),
    "ask_contract": translatable("Ask: do they renew, and is anything to be changed?"),
    "ask_supply": translatable("Ask: how much is left, shall new come?"),
}

METHODS: Final[dict[str, str]] = {
    "call": translatable("By phone"),
    "visit": translatable("In person"),
    "wechat": translatable("By WeChat"),
    "mail": translatable("By mail"),
    "other": translatable("Some other way"),
    "offer": translatable("With an offer"),
    "plain": translatable("Without an offer"),
}
RESULTS: Final[dict[str, str]] = {
    "": translatable("As the orders say"),
    WON: translatable("Came back"),
    GONE: translatable("Did not come back"),
}
SCORES: Final[dict[int, str]] = {
    5: translatable("Very satisfied"),
    4: translatable("Satisfied"),
    3: translatable("So-so"),
    2: translatable("Not satisfied"),
    1: translatable("Angry"),
}


# A follow-up of this origin says what it is about before its own words.
_ABOUT: Final[dict[str, str]] = {
    Origin.CONTRACT: "today_contract",
    Origin.SUPPLY: "today_supply",
    Origin.AFTER_SALE: "today_after_sale",
    Origin.WIN_BACK: "today_win_back",
}


def due_text(due: FollowUp) -> str:
    """What a follow-up is about: "Contract ends: yearly supply 2026-12-11"; without words of its own its origin."""
    if not due.summary:
        return label("origin", due.origin)
    about = _ABOUT.get(due.origin)
    return _(CARE[about]).format(summary=due.summary) if about else due.summary


FESTIVALS: Final[dict[str, str]] = {
    "new_year": translatable("New Year"),
    "national_day": translatable("National Day"),
    "spring": translatable("Spring Festival"),
    "lantern": translatable("Lantern Festival"),
    "dragon_boat": translatable("Dragon Boat Festival"),
    "mid_autumn": translatable("Mid-Autumn Festival"),
}
_FESTIVE: Final[dict[str, str]] = {
    "new_year": translatable("Happy New Year, may it be a good one for all of you"),
    "national_day": translatable("A good National Day to you and your family"),
    "spring": translatable("A happy Spring Festival, health and good business in the new year"),
    "lantern": translatable("A happy Lantern Festival to you and your family"),
    "dragon_boat": translatable("A healthy Dragon Boat Festival to you and your family"),
    "mid_autumn": translatable("A happy Mid-Autumn Festival to you and your family"),
}


def festival_label(festival: str) -> str:
    """A festival's name; the code itself where a newer version wrote it."""
    return _(FESTIVALS[festival]) if festival in FESTIVALS else festival


def greeting(day: CareDay) -> str:
    """A greeting for the day, with the form of address the customer is used to; of a festival for everybody."""
    if day.kind == FESTIVAL:
        return _(_FESTIVE[day.name])
    who = day.salutation or day.name
    if day.kind == ANNIVERSARY:
        told = _("{who}, today it is {years} years that you buy from us. Thank you for that")
        return _one_year(told.format(who=who, years=day.years), day.years)
    return _("Happy birthday, {who}. All the best for the new year of your life").format(who=who)


def care_text(day: CareDay) -> str:
    """What the day is, where it is no birthday: "3 years with us"."""
    return _one_year(_("{years} years with us").format(years=day.years), day.years) if day.kind == ANNIVERSARY else ""


def _one_year(sentence: str, years: int) -> str:
    """English templates are written in the plural."""
    return sentence.replace("1 years", "1 year") if years == 1 else sentence


def method_label(method: str) -> str:
    """A way of winning back; the code itself where a newer version wrote it."""
    return _(METHODS[method]) if method in METHODS else method


def result_label(result: str) -> str:
    """The user's own word on what came of an attempt."""
    return _(RESULTS[result]) if result in RESULTS else result


def score_label(score: int) -> str:
    """A score with its word: "4 Satisfied"."""
    return f"{score} {_(SCORES[score])}" if score in SCORES else str(score)


def rate_text(rate: WinBackRate) -> str:
    """How one way did: "Visit: 3 of 8 came back"."""
    told = _("{way}: {won} of {tried} came back")
    return told.format(way=method_label(rate.method), won=rate.won, tried=rate.tried)


def best_text(rates: WinBackRates) -> str:
    """The ways that were tried, the best first where they were tried often enough; "" before any is decided."""
    tried = [row for row in rates.rows if row.tried]
    if not tried:
        return ""
    tried.sort(key=lambda row: (row.tried < TOLD_FROM, -row.won / row.tried, -row.tried))
    return " · ".join(rate_text(row) for row in tried[:2])


def outcome_text(outcome: Outcome, today: date) -> str:
    """What came of an attempt: "came back on 11-20", "12 days left to come"."""
    if outcome.state == WON:
        if outcome.came_on is None:
            return _("came back")
        return _("came back on {day}").format(day=formats.short_day(outcome.came_on, today))
    if outcome.state == GONE:
        return _("did not come back")
    left = (outcome.until - today).days if outcome.until else 0
    return _("waiting, {days} left").format(days=formats.days(max(left, 0)))


def renewal_name(renewal: Renewal) -> str:
    """What ends, as the user called it."""
    return renewal.name or (_("Supply") if renewal.kind == SUPPLY else _("Contract"))


def end_text(renewal: Renewal, end: date | None, today: date) -> str:
    """When it ends: "ends 12-31 (in 39 days)", "ran out 3 days ago"."""
    if end is None:
        return _("no purchase of it yet")
    left = (end - today).days
    day = formats.short_day(end, today)
    if renewal.kind == SUPPLY:
        if left < 0:
            return _("should have run out {days} ago").format(days=formats.days(-left))
        return _("lasts until {day}, {days} more").format(day=day, days=formats.days(left))
    if left < 0:
        return _("ended on {day}, {days} ago").format(day=day, days=formats.days(-left))
    return _("ends on {day}, in {days}").format(day=day, days=formats.days(left))


def scores_text(scores: Iterable[int]) -> str:
    """Scores in a row, the newest first: "5 · 4 · 2"."""
    return " · ".join(str(score) for score in scores)

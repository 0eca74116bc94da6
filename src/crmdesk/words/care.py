"""Win-backs, what ends, satisfaction: the names of their codes, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from crmdesk.domain.improvement import Effect, Lost
from crmdesk.domain.renewal import SUPPLY, Renewal
from crmdesk.domain.win_back import GONE, TOLD_FROM, WON, Outcome, WinBackRate, WinBackRates
from crmdesk.i18n import _, translatable
from crmdesk.words import formats
from crmdesk.words.phrases import one_thing

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


def effect_text(effect: Effect) -> str:
    """Losses before and since: "4 → 1 in 60 days each"."""
    if not effect.days:
        return _("too soon to tell")
    told = _("{before} → {since} in {days} days each")
    text = told.format(before=effect.before, since=effect.since, days=effect.days)
    if not any(effect.money):
        return text
    before, since = (formats.short_money(money) for money in effect.money)
    return " · ".join((text, _("{before} → {since}").format(before=before, since=since)))


def others_text(effect: Effect) -> str:
    """The losses for all other reasons in the same time: whether those fell as well."""
    before, since = effect.others
    return _("{before} → {since}").format(before=before, since=since) if effect.days else ""


def to_improve_text(worst: Lost, reason: str) -> str:
    """The reason that costs most and about which nothing was changed."""
    told = _("Most left for this within a year and nothing was changed: {reason}, {count} customers, {money}")
    return one_thing(told.format(reason=reason, count=worst.customer, money=formats.short_money(worst.money)))

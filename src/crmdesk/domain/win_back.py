"""挽回: an attempt to win a quiet or lost customer back, and what came of it.

Nobody has to close an attempt: a customer that orders again has come back, and one that does not within
`WAIT_DAYS` has not. The result is worked out from the orders each time, so taking an order back takes the success
back as well. The user's own word stands above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

METHODS: Final = ("call", "visit", "wechat", "mail", "other")
WAITING, WON, GONE = "waiting", "won", "gone"
RESULTS: Final = ("", WON, GONE)  # the user's own word; "": what the orders say
WAIT_DAYS: Final = 90  # a season: an order after that is hardly owed to the attempt
MOST_AHEAD: Final = 60  # days; one that is planned for later would be given up before the customer hears of it
TOLD_FROM: Final = 5  # decided attempts; a rate over fewer is an anecdote


@dataclass(frozen=True, slots=True)
class WinBack:
    """An attempt: how, with what in hand and until when that holds, from which day on; `result` is one's own word."""

    customer_id: int
    begun_on: date
    method: str = "call"
    offer: str = ""
    offer_until: date | None = None
    result: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt: waiting, won or gone; the day of the order that won, the last day one waits for it."""

    state: str
    came_on: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class WinBackRate:
    """How one way did: attempts that are decided, how many of them won, how many are still waited for."""

    method: str
    tried: int = 0
    won: int = 0
    waiting: int = 0


@dataclass(frozen=True)
class WinBackRates:
    """Every way that was tried, the most tried first; the same for attempts with something in hand and without."""

    rows: tuple[WinBackRate, ...]
    with_offer: WinBackRate = WinBackRate("offer")
    without: WinBackRate = WinBackRate("plain")
    who: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def tried(self) -> int:
        """All decided attempts."""
        return sum(row.tried for row in self.rows)

    @property
    def won(self) -> int:
        """All that won."""
        return sum(row.won for row in self.rows)

    @property
    def best(self) -> WinBackRate | None:
        """The way with the largest share of wins among those tried often enough to say so."""
        sure = [row for row in self.rows if row.tried >= TOLD_FROM]
        return max(sure, key=lambda row: (row.won / row.tried, row.tried), default=None)

    def rate(self, method: str) -> WinBackRate:
        """How a way did; nothing tried where it never was."""
        return next((row for row in self.rows if row.method == method), WinBackRate(method))

    def ids(self, method: str) -> tuple[int, ...]:
        """Whom one tried to win back that way."""
        return self.who.get(method, ())


def outcomes(
    attempts: Iterable[WinBack], bought: Mapping[int, Sequence[date]], today: date
) -> dict[int, tuple[WinBack, Outcome]]:
    """By id each attempt with what came of it; `bought` holds customers' days of purchase, ascending.

    An order belongs to the last attempt before it, so no order is counted for two.
    """
    ordered = sorted(attempts, key=lambda one: (one.customer_id, one.begun_on, one.id))
    found = {}
    for place, attempt in enumerate(ordered):
        after = ordered[place + 1] if place + 1 < len(ordered) else None
        followed = after if after is not None and after.customer_id == attempt.customer_id else None
        found[attempt.id] = (attempt, _outcome(attempt, followed, bought.get(attempt.customer_id, ()), today))
    return found


def _outcome(attempt: WinBack, followed: WinBack | None, bought: Sequence[date], today: date) -> Outcome:
    until = attempt.begun_on + timedelta(days=WAIT_DAYS)
    if followed is not None:  # the next attempt says that this one did not do it
        until = min(until, followed.begun_on - timedelta(days=1))
    came = next((day for day in bought if attempt.begun_on <= day <= until), None)
    if attempt.result:
        return Outcome(attempt.result, came if attempt.result == WON else None, until)
    if came is not None:
        return Outcome(WON, came, until)
    return Outcome(WAITING if followed is None and today <= until else GONE, None, until)


def rates(found: Iterable[tuple[WinBack, Outcome]]) -> WinBackRates:
    """How often each way won. What is still waited for counts neither for it nor against it.

    One that another took the place of on its own day was a correction, not an attempt: it counts nowhere.
    """
    counts: dict[str, list[int]] = {}
    who: dict[str, dict[int, None]] = {}
    for attempt, outcome in found:
        if outcome.until is not None and outcome.until < attempt.begun_on and not attempt.result:
            continue
        for key in (attempt.method, "offer" if attempt.offer else "plain"):
            tally = counts.setdefault(key, [0, 0, 0])
            tally[0] += outcome.state != WAITING
            tally[1] += outcome.state == WON
            tally[2] += outcome.state == WAITING
        who.setdefault(attempt.method, {})[attempt.customer_id] = None
    all_rates = {key: WinBackRate(key, *tally) for key, tally in counts.items()}
    rows = [rate for key, rate in all_rates.items() if key in who]
    rows.sort(key=lambda row: (-row.tried, -row.waiting, row.method))
    return WinBackRates(
        tuple(rows),
        all_rates.get("offer", WinBackRate("offer")),
        all_rates.get("plain", WinBackRate("plain")),
        {method: tuple(ids) for method, ids in who.items()},
    )

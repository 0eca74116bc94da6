"""The tier passport: the rule that fired, its numbers and where they come from, what blocks, what would change it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crmdesk.domain.phrase import Phrase


@dataclass(frozen=True, slots=True)
class Number:
    """One indicator of a customer. `value` None is unknown; `unit` days, count, money (int money), share, per_order,
    level; `confidence` high, fair, few or ""; `points` 1 to 5 where the policy scores by it."""

    code: str
    unit: str
    value: float | None
    confidence: str
    points: int | None = None


@dataclass(frozen=True, slots=True)
class ExclusionState:
    """An exclusion that is switched on: passed, unknown (with the question to ask), failed, or waived by the user."""

    code: str
    state: str
    why: Phrase
    question: Phrase | None = None
    reason: str = ""  # the user's own, where it is waived


@dataclass(frozen=True, slots=True)
class Promise:
    """A change that gives another tier, surely: `orders` of `money` each, one a day from today, or `days` without any.

    `tier` is the level it leads to. `money` is int money in whole currency units; one unit less does not do it, nor
    does one order or one day less. 0 where any amount does. `first`: nothing was ever bought so far. `intent` is the
    judgement that leads there where the rules go by it, "" elsewhere.
    """

    tier: str
    rank: int
    orders: int = 0
    money: int = 0
    days: int = 0
    first: bool = False
    intent: str = ""


@dataclass(frozen=True, slots=True)
class TierMove:
    """One change of tier or stage, "" for none; name and int money of the customer where a feed shows it."""

    customer_id: int
    on: date
    old: str
    new: str
    reason: Phrase
    name: str = ""
    money: int = 0


@dataclass(frozen=True, slots=True)
class LastPrice:
    """The price given last for a product: 上次给他的价. `price` is int money, `quantity` 1/1,000."""

    product: str
    on: date
    price: int
    quantity: int | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """The user's own word on the tier, why, and until when it holds (None: until it is taken back)."""

    tier: str
    reason: str
    until: date | None = None


@dataclass(frozen=True)
class Passport:
    """Everything that makes a customer's tier. `tier` None: none, and `reason` says why.

    `rule` are the rules of the policy that apply, `place` of `buyers` the rank among all, `blocked` the exclusion
    that keeps it from being a key account, `questions` what to ask for unknown facts.
    """

    customer_id: int
    name: str
    tier: str | None
    rank: int | None
    key_account: bool
    reason: Phrase
    stage_reason: Phrase
    confidence: str
    as_of: date
    rule: tuple[Phrase, ...]
    policy_version: int
    numbers: tuple[Number, ...] = ()
    source: Phrase | None = None
    exclusions: tuple[ExclusionState, ...] = ()
    questions: tuple[Phrase, ...] = ()
    up: Promise | None = None
    down: Promise | None = None
    history: tuple[TierMove, ...] = ()
    override: Override | None = None
    headroom: tuple[str, ...] = ()
    last_prices: tuple[LastPrice, ...] = ()
    to_do: tuple[Phrase, ...] = ()  # how its level is treated: the least contact, and the user's own line
    worth: Phrase | None = None  # what it brought so far, and what the next twelve months bring
    unprofitable: str | None = None  # a code of `unprofitable.REASONS`: why little is left of much

    @property
    def blocked(self) -> ExclusionState | None:
        """The first exclusion that fails."""
        return next((one for one in self.exclusions if one.state == "failed"), None)

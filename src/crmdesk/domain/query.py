"""What the customer list is asked, and the values that answer beside the ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class CustomerQuery:
    """Which customers, in which order. Empty filters let everyone through; filters of several kinds all apply.

    `regions` are (province, city, district) prefixes with "" for the open end; `tiers`, `intents` and `sources` may
    hold "" for "has none"; `confidences` are high, fair, few; `quiet` keeps dormant and lost ones. `sort` are (column
    key, descending) pairs; whatever the direction, empty cells come last.
    """

    search: str = ""
    tiers: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    regions: tuple[tuple[str, str, str], ...] = ()
    intents: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    confidences: tuple[str, ...] = ()
    key_accounts: bool = False
    quiet: bool = False
    no_contact: bool = False
    ids: tuple[int, ...] | None = None
    sort: tuple[tuple[str, bool], ...] = (("name", False),)

    @property
    def filtered(self) -> bool:
        """Whether anything narrows the list: an empty answer then means "no match", else "no customers yet"."""
        chosen = (self.tiers, self.stages, self.regions, self.intents, self.sources, self.tags, self.confidences)
        flags = self.quiet or self.no_contact or self.key_accounts
        return bool(self.search.strip()) or any(chosen) or flags or self.ids is not None


class ListColumn(NamedTuple):
    """A column of the customer list. `header` is the user's own word from the sheet, "" for ours (`words.labels`).

    `kind` tells how a value is shown: text, date, money, count, tier, stage, intent, region, phone or ago.
    """

    key: str
    header: str
    kind: str


class Choice(NamedTuple):
    """One value to filter by and how many customers have it; a region's value is (province, city, district)."""

    value: str | tuple[str, str, str]
    customers: int


class FilterChoices(NamedTuple):
    """What there is to filter by; only values that some customer has."""

    tiers: tuple[Choice, ...] = ()
    stages: tuple[Choice, ...] = ()
    regions: tuple[Choice, ...] = ()
    intents: tuple[Choice, ...] = ()
    sources: tuple[Choice, ...] = ()  # the most frequent first
    tags: tuple[Choice, ...] = ()
    confidences: tuple[Choice, ...] = ()
    key_accounts: int = 0


class Match(NamedTuple):
    """One customer found by the box at the top."""

    customer_id: int
    name: str
    tier: str | None
    stage: str
    phone: str

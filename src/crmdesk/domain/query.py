"""What the customer list is asked, and the values that answer beside the ids."""

from __future__ import annotations

from typing import Final, NamedTuple

# What stands behind ＋筛选, after the chips of tier, stage, region and intent: questions first, then choices.
QUESTIONS: Final = ("quiet", "no_contact", "neglected", "rising", "key_accounts", "unprofitable")
CHOICES: Final = ("expected", "staying", "confidences", "blocked", "sources", "tags")
FILTERS: Final = ("tiers", "stages", "regions", "intents", *QUESTIONS, *CHOICES)
EXPECTED: Final = ("30", "90")  # days
STAYING: Final = ("likely", "unsure", "unlikely")  # whether somebody comes again at all


class CustomerQuery(NamedTuple):
    """Which customers, in which order. Empty filters let everyone through; filters of several kinds all apply.

    `regions` are (province, city, district) prefixes with "" for the open end; `tiers`, `intents` and `sources` may
    hold "" for "has none"; `confidences` are high, fair, few; `quiet` keeps dormant and lost ones. `rising` are those
    who grow unnoticed, `neglected` who waits longer than the level allows, `unprofitable` who buys much and leaves
    little. `expected` are days (`EXPECTED`) within which a purchase is likelier than none, `staying` of `STAYING`,
    `blocked` exclusions that keep somebody from being a key account. `sort` are (column key, descending) pairs;
    whatever the direction, empty cells come last.
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
    rising: bool = False
    neglected: bool = False
    unprofitable: bool = False
    expected: tuple[str, ...] = ()
    staying: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()
    ids: tuple[int, ...] | None = None
    sort: tuple[tuple[str, bool], ...] = (("name", False),)

    @property
    def filtered(self) -> bool:
        """Whether anything narrows the list: an empty answer then means "no match", else "no customers yet"."""
        usual = CustomerQuery()
        return self._replace(search=self.search.strip(), sort=usual.sort) != usual

    @property
    def narrowed_by(self) -> tuple[str, ...]:
        """The names of the filters that are set, in the order in which they are offered; the search is none."""
        usual = CustomerQuery()
        return tuple(name for name in FILTERS if getattr(self, name) != getattr(usual, name))


class ListColumn(NamedTuple):
    """A column of the customer list. `header` is the user's own word from the sheet, "" for ours (`words.labels`).

    `kind` tells how a value is shown: text, date, money, count, tier, stage, intent, region, phone or ago. One that is
    `asked` for is shown only where the user switched it on.
    """

    key: str
    header: str
    kind: str
    asked: bool = False


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
    quiet: int = 0
    no_contact: int = 0
    rising: int = 0
    neglected: int = 0
    unprofitable: int = 0
    expected: tuple[Choice, ...] = ()  # who is expected within 30 days counts among those of 90, too
    staying: tuple[Choice, ...] = ()
    blocked: tuple[Choice, ...] = ()  # the most frequent first


class Match(NamedTuple):
    """One customer found by the box at the top."""

    customer_id: int
    name: str
    tier: str | None
    stage: str
    phone: str

"""What one step changed: the signal that pages, figures and the undo menu live on."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from crmdesk.domain.phrase import Phrase


class Kind(StrEnum):
    """The kinds of things a step can touch."""

    CUSTOMERS = "customers"
    CONTACTS = "contacts"
    PRODUCTS = "products"
    ORDERS = "orders"
    RECEIPTS = "receipts"
    INTERACTIONS = "interactions"
    FOLLOW_UPS = "follow_ups"
    CASES = "cases"
    CARE = "care"  # win-backs, renewals, satisfaction, plans, gifts, offers
    TAGS = "tags"
    TIERS = "tiers"
    IMPORTS = "imports"
    SETTINGS = "settings"


class Changes(NamedTuple):
    """What a step touched. `step` is 0 where nothing was written; `customers` None means: more than is worth naming."""

    step: int = 0
    name: Phrase = Phrase("nothing")
    kinds: frozenset[Kind] = frozenset()
    customers: frozenset[int] | None = frozenset()
    new_id: int | None = None
    kept: tuple[Phrase, ...] = ()  # what an undo left alone because it was edited since

    def __bool__(self) -> bool:
        return self.step != 0

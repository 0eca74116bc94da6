"""The lifecycle stages of a customer."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """Where a customer stands in its life with us."""

    PROSPECT = "prospect"
    IN_TALKS = "in_talks"
    NEW = "new"
    ACTIVE = "active"
    LOYAL = "loyal"
    DORMANT = "dormant"
    LOST = "lost"
    WON_BACK = "won_back"

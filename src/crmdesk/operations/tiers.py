"""Tiers and stages: recompute them, sum them up, say the policy in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from crmdesk.domain.changes import Changes
from crmdesk.domain.insight import TierSummary
from crmdesk.domain.phrase import Phrase
from crmdesk.progress import Progress

if TYPE_CHECKING:
    from crmdesk.storage.database import Database, Step

__all__ = ["TierSummary", "as_of_day", "policy_in_words", "recompute", "run_policy", "tier_summary"]


def recompute(db: Database, as_of: str | None = None, progress: Progress | None = None) -> Changes:
    """Judge everybody anew in one step. `as_of`: auto, today, last-order or an ISO day; None keeps the file's setting."""
    raise NotImplementedError


def tier_summary(db: Database) -> TierSummary:
    """How many customers and how much money each level and stage holds."""
    raise NotImplementedError


def policy_in_words(db: Database) -> tuple[Phrase, ...]:
    """The rules in force, sentence by sentence."""
    raise NotImplementedError


def run_policy(step: Step, today: date) -> None:
    """Renew the cut-offs as this step closes: an import, an applied policy or the daily run calls it."""
    raise NotImplementedError


def as_of_day(db: Database) -> tuple[date, bool]:
    """The day that figures are as of, and whether it is today."""
    raise NotImplementedError

"""A day told in words, to copy into a chat."""

from __future__ import annotations

from crmdesk.domain.attention import DaySummary


def day_summary_text(summary: DaySummary) -> str:
    """The day's summary as plain text in the current language."""
    raise NotImplementedError

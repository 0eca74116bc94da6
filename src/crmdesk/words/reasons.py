"""Reasons for tiers and stages, rhythm, today's list."""

from __future__ import annotations

from typing import Final

REASONS: Final[dict[str, str]] = {}

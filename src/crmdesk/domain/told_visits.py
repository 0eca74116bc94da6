"""Visits told in one cell of a sheet: 「2025-02-01: 更换灯泡; 2025-04-11: 更换燃油泵」."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_DATED: Final = re.compile(r"\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?\s*[:：]\s*([^;；\n]+)(?:[;；\n]|$)")


def told_visits(text: str) -> list[tuple[date, str]]:
    """Each day and what was done then; [] where any part of the text is something else."""
    if ":" not in text and "：" not in text:
        return []
    found: list[tuple[date, str]] = []
    end = 0
    for match in _DATED.finditer(text):
        if match.start() != end:
            return []
        end = match.end()
        try:
            found.append((date(int(match[1]), int(match[2]), int(match[3])), match[4].strip()))
        except ValueError:
            return []
    return found if end == len(text) else []

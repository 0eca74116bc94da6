"""What could not be read in a sheet, and why a row was skipped."""

from __future__ import annotations

from typing import Final

ISSUES: Final[dict[str, str]] = {}

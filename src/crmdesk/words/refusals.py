"""What cannot be done: what happened, what is safe, what to do. A section per room."""

from __future__ import annotations

from typing import Final

REFUSALS: Final[dict[str, str]] = {}

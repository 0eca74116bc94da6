"""Ids that never collide between two laptops: milliseconds since 2020, then a random start, consecutive in a step."""

from __future__ import annotations

import time
from typing import Final

_EPOCH_MS: Final = 1_577_836_800_000  # 2020-01-01 UTC
_LOW_BITS: Final = 22


class IdSource:
    """Gives ids above every one it gave before, also when the clock runs backwards."""

    def __init__(self, above: int = 0) -> None:
        self._last = above

    def take(self, count: int) -> range:
        """`count` consecutive ids, positive and below 2**63."""
        import secrets  # not needed for the first page

        milliseconds = time.time_ns() // 1_000_000 - _EPOCH_MS
        # Only the lower half is drawn at random, so that a long run rarely reaches into the next millisecond.
        start = (milliseconds << _LOW_BITS) | secrets.randbits(_LOW_BITS - 1)
        start = max(start, self._last + 1)
        self._last = start + count - 1
        return range(start, start + count)

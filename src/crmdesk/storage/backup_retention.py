"""Which backups are kept: many new ones, fewer old ones, and always some that were verified."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from typing import Final

from crmdesk.storage.backup import Backup

NEWEST: Final = 12
_PERIODS: Final[tuple[tuple[int, Callable[[datetime], Hashable]], ...]] = (
    (7, lambda at: at.date()),
    (4, lambda at: at.isocalendar()[:2]),
    (12, lambda at: (at.year, at.month)),
)
VERIFIED: Final = 3


def superfluous(backups: Sequence[Backup], now: datetime) -> list[Backup]:
    """Those to prune of `backups` (newest first): none while the clock runs behind, for then "old" means nothing."""
    if any(backup.at > now for backup in backups):
        return []
    kept = {backup.path for backup in backups[:NEWEST]}
    for count, period in _PERIODS:
        newest: dict[Hashable, Backup] = {}
        for backup in backups:
            newest.setdefault(period(backup.at), backup)
        kept.update(backup.path for backup in list(newest.values())[:count])
    kept.update(backup.path for backup in [b for b in backups if b.verified][:VERIFIED])
    return [backup for backup in backups if backup.path not in kept]

"""Which backups stay."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.storage.backup import Backup
from crmdesk.storage.backup_retention import NEWEST, VERIFIED, superfluous

NOW = datetime(2026, 11, 22, 9)


def backup(hours: float, *, verified: bool = True) -> Backup:
    at = NOW - timedelta(hours=hours)
    return Backup(Path(f"{hours}.crmdesk"), at, verified, {})


def kept(backups: list[Backup]) -> list[Backup]:
    gone = {one.path for one in superfluous(backups, NOW)}
    return [one for one in backups if one.path not in gone]


def test_many_new_ones_and_few_old_ones_stay() -> None:
    every_half_hour = [backup(number / 2) for number in range(48 * 400)]
    stay = kept(every_half_hour)
    assert stay[:NEWEST] == every_half_hour[:NEWEST]
    assert len({one.at.date() for one in stay}) >= 7
    assert len({(one.at.year, one.at.month) for one in stay}) >= 12
    assert len(stay) <= NEWEST + 7 + 4 + 12


def test_verified_ones_stay_however_old() -> None:
    backups = [backup(number / 10, verified=False) for number in range(100)] + [backup(90_000 + n) for n in range(9)]
    assert sum(one.verified for one in kept(backups)) >= VERIFIED


def test_nothing_goes_while_the_clock_runs_behind() -> None:
    assert superfluous([backup(-1), *(backup(number) for number in range(500))], NOW) == []


@given(st.lists(st.tuples(st.floats(0, 20_000), st.booleans()), max_size=60, unique_by=lambda pair: pair[0]))
def test_the_newest_always_stay(made: list[tuple[float, bool]]) -> None:
    backups = [backup(hours, verified=verified) for hours, verified in sorted(made)]
    stay = kept(backups)
    assert stay[:NEWEST] == backups[:NEWEST]
    verified = sum(one.verified for one in backups)
    assert sum(one.verified for one in stay) >= min(VERIFIED, verified)

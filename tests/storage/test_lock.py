"""The lock: one holder, known by name, gone with its process."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from crmdesk.clock import Clock
from crmdesk.storage.lock import FileLock, LockHint, lock_path, take_lock

HOLD = """
import sys, time
from pathlib import Path
from crmdesk.clock import Clock
from crmdesk.storage.lock import take_lock
take_lock(Path(sys.argv[1]), Clock())
print("held", flush=True)
time.sleep(60)
"""


def test_one_holder_at_a_time(path: Path, clock: Clock) -> None:
    lock = take_lock(path, clock)
    assert isinstance(lock, FileLock)
    held = take_lock(path, clock)
    assert isinstance(held, LockHint)
    assert held.at == "2026-11-22 09:00"
    assert held.host
    lock.release()
    again = take_lock(path, clock)
    assert isinstance(again, FileLock)
    again.release()
    assert not lock_path(path).exists()


def test_the_lock_dies_with_its_process(path: Path, clock: Clock) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    holder.stdout.readline()
    assert isinstance(take_lock(path, clock), LockHint)
    holder.kill()
    holder.wait()
    holder.stdout.close()
    deadline = time.monotonic() + 5
    while isinstance(lock := take_lock(path, clock), LockHint):
        assert time.monotonic() < deadline
    assert lock.was_left
    lock.release()


def test_a_hint_that_cannot_be_read_names_nobody(path: Path, clock: Clock) -> None:
    lock = take_lock(path, clock)
    assert isinstance(lock, FileLock)
    lock_path(path).write_text("?")
    assert take_lock(path, clock) == LockHint()
    lock.release()

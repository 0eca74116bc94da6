"""What every test stands on: a fixed day, its own home, both Qt and the log watched."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from pytestqt.qtbot import QtBot

from crmdesk.clock import FIXED_DAY, Clock
from crmdesk.i18n import set_language

TODAY = date(2026, 11, 22)
# Five seconds, its own patience, are short for a machine that does other things as well.
QtBot.waitUntil.__kwdefaults__["timeout"] = 30_000
SHARED_DATA = Path(__file__).parent.parent.parent / "shared" / "data"


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the test's own, so neither settings nor backups of the user are touched."""
    home = tmp_path_factory.mktemp("home")
    for name in (
        "HOME",
        "USERPROFILE",
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "XDG_STATE_HOME",
        "LOCALAPPDATA",
        "APPDATA",
    ):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv(FIXED_DAY, TODAY.isoformat())
    return home


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Every test starts in Chinese, as the program does."""
    set_language("zh")
    yield
    set_language("zh")


@pytest.fixture
def clock() -> Clock:
    """A clock that stands at nine in the morning of 2026-11-22."""
    return Clock(TODAY)


@pytest.fixture
def shared_data() -> Path:
    """The folder of real sheets beside the checkout; a test that needs it is skipped without it."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the real sheets are not beside this checkout")
    return SHARED_DATA


@pytest.fixture(autouse=True)
def quiet_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """An unexpected warning in the log fails the test; one that expects it clears `caplog`."""
    yield
    loud = [r.getMessage() for r in caplog.get_records("call") if r.levelno >= logging.WARNING]
    assert not loud, f"unexpected log lines: {loud}"

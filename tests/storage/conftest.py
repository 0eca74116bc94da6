"""A file on the disk for each test of the storage room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crmdesk.clock import Clock
from crmdesk.storage.database import Database, create_database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "客户.crmdesk"


@pytest.fixture
def database(path: Path, clock: Clock) -> Iterator[Database]:
    database = create_database(path, clock)
    yield database
    database.close()

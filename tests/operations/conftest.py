"""An open file for each test of what one can do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crmdesk.clock import Clock
from crmdesk.storage.database import Database, create_database


@pytest.fixture
def database(tmp_path: Path, clock: Clock) -> Iterator[Database]:
    database = create_database(tmp_path / "客户.crmdesk", clock)
    yield database
    database.close()

"""Records as JSON."""

from __future__ import annotations

from datetime import datetime

import pytest

from crmdesk.cli.as_json import interaction_json
from crmdesk.domain.interaction import Interaction
from crmdesk.domain.record import InteractionRow


@pytest.mark.parametrize(
    ("at", "told"),
    [(datetime(2026, 11, 21), "2026-11-21"), (datetime(2026, 11, 21, 9, 5), "2026-11-21T09:05")],
)
def test_a_whole_day_has_no_hour(at, told):
    assert interaction_json(InteractionRow(Interaction(1, at), "王姐超市"))["at"] == told

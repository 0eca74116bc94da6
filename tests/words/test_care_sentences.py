"""What a follow-up is about, in words."""

from __future__ import annotations

from datetime import date

import pytest

from crmdesk.domain.follow_up import FollowUp, Origin
from crmdesk.words.care_sentences import due_text


@pytest.mark.parametrize("origin", [Origin.PLAN, Origin.OFFER, Origin.WIN_BACK])
def test_while_a_customer_looks_on_nothing_is_said_of_what_was_thought_up_for_it(origin) -> None:
    due = FollowUp(1, date(2026, 11, 22), summary="九折试试", origin=origin)
    assert "九折试试" in due_text(due)
    assert not due_text(due, presenting=True)

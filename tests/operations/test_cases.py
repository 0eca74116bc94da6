"""A complaint is noted, closed, counted for the passport, and taken back by undo."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crmdesk.domain.phrase import Refused
from crmdesk.operations.cases import close_case, open_case
from crmdesk.operations.history import logical_dump
from crmdesk.operations.passports import passport
from crmdesk.storage.database import Database
from crmdesk.words.phrases import say


def test_complaints_are_counted_per_order_and_keep_a_customer_from_being_a_key_account(
    database: Database, fill: Callable[..., list[int]]
) -> None:
    customer, *_ = fill(database, [(f"客户{n}", "", [(9 + 30 * k, 500 - 9 * n) for k in range(5)]) for n in range(30)])
    assert passport(database, customer).key_account
    before = logical_dump(database)
    opened = open_case(database, customer, "少送一袋")
    open_case(database, customer, "又少一袋")
    found = passport(database, customer)
    assert {one.code: one.value for one in found.numbers}["complaints"] == pytest.approx(0.4)
    assert found.blocked is not None
    assert (found.blocked.code, say(found.blocked.why), found.key_account) == ("complaints", "每单投诉 0.4 次", False)
    assert opened.new_id is not None
    assert say(close_case(database, opened.new_id, "补了一袋", satisfied=True).name) == "了结 客户0 的投诉"
    for _ in range(3):
        database.undo()
    assert logical_dump(database) == before


def test_a_case_that_is_gone_is_refused(database: Database) -> None:
    with pytest.raises(Refused):
        close_case(database, 42, "")

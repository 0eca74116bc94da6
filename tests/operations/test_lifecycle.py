"""Why customers left is kept with what it means, in one step, and undone with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crmdesk.domain.phrase import Refused
from crmdesk.operations.customers import customer_card
from crmdesk.operations.history import logical_dump
from crmdesk.operations.insight_more import loss_reasons
from crmdesk.operations.lifecycle import lose, note_estimates, once_bought
from crmdesk.storage.database import Database


@pytest.fixture
def ids(database: Database, fill: Callable[..., list[int]]) -> list[int]:
    """Eight who bought regularly until a year ago, one who never did, one who still does."""
    gone = [(f"客户{n}", "", [(400 + 20 * k, 100 * (n + 1)) for k in range(6)]) for n in range(8)]
    return fill(database, [*gone, ("潜客", "高", []), ("常客", "", [(1, 100), (30, 100)])])


def test_a_reason_sets_lost_and_is_undone_in_one_step(database: Database, ids: list[int]) -> None:
    before = logical_dump(database)
    lose(database, [ids[0]], "price", " 隔壁便宜 ", lock=True, stop=False)
    standing = customer_card(database, ids[0]).standing
    assert (standing.stage_lock, standing.stage_lock_reason) == ("lost", "隔壁便宜")
    database.undo()
    assert logical_dump(database) == before


def test_a_reason_stops_following_several_at_once(database: Database, ids: list[int]) -> None:
    lose(database, ids[:3], "closed", lock=False, stop=True)
    assert all(customer_card(database, one).standing.stopped_on is not None for one in ids[:3])
    database.undo()
    assert customer_card(database, ids[0]).standing.stopped_on is None


def test_a_reason_of_ones_own_making_is_refused(database: Database, ids: list[int]) -> None:
    with pytest.raises(Refused, match="no_such_loss"):
        lose(database, ids[:1], "weather", lock=True, stop=False)


def test_only_who_bought_is_asked_about(database: Database, ids: list[int]) -> None:
    assert once_bought(database, [ids[8], ids[2]]) == (ids[2],)


def test_the_newest_reason_counts_in_the_pareto(database: Database, ids: list[int]) -> None:
    lose(database, ids[:5], "price", lock=True, stop=False)
    lose(database, ids[4:5], "closed", lock=True, stop=False)
    found = loss_reasons(database)
    assert found is not None
    assert {row.reason: row.customers for row in found.rows} == {"price": 4, "closed": 1, "": 3}
    assert found.ids("closed") == (ids[4],)


def test_potentials_of_several_are_one_step(database: Database, ids: list[int]) -> None:
    before = logical_dump(database)
    note_estimates(database, "potential", {ids[0]: "high", ids[1]: "low"})
    database.undo()
    assert logical_dump(database) == before

"""What is accepted with everything else, and what waits for a word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.customer import Customer
from crmdesk.domain.phrase import Phrase
from crmdesk.domain.round_trip import (
    CellDifference,
    CellKind,
    Differences,
    RowDifference,
    RowKind,
    count,
    fingerprint,
    settle,
)


def cell(key, kind):
    return CellDifference(key, key, "B", kind, "a", "b", "a", "b")


ROWS = (
    RowDifference(
        RowKind.CHANGED,
        1,
        "王姐",
        2,
        (cell("notes", CellKind.CHANGED), cell("phone", CellKind.CONFLICT), cell("intent", CellKind.UNREADABLE)),
    ),
    RowDifference(RowKind.NEW, 0, "陈记", 3, customer=Customer("陈记")),
    RowDifference(RowKind.NEW, 0, "五金陈", 4, customer=Customer("五金陈"), note=Phrase("trip_already_there")),
    RowDifference(RowKind.NEW, 0, "", 5, note=Phrase("trip_nameless")),
    RowDifference(RowKind.GONE, 0, "老李", 6, customer=Customer("老李"), note=Phrase("trip_deleted_here")),
    RowDifference(RowKind.DELETED, 7, "小赵", 0),
)
FOUND = Differences("a.xlsx", "zh", ROWS, counts=count(ROWS))


def test_only_plain_edits_and_new_rows_go_with_all():
    assert FOUND.plain() == {(0, "notes"), (1, "")}


def test_everything_readable_can_be_chosen():
    assert set(FOUND.possible()) == {(0, "notes"), (0, "phone"), (1, ""), (2, ""), (4, ""), (5, "")}


def test_the_counts_tell_cells_and_rows_apart():
    cells = {"changed": 1, "conflict": 1, "unreadable": 1, "look_only": 0}
    assert FOUND.counts == {**cells, "new": 3, "gone": 1, "deleted": 1}


@given(st.text())
def test_settling_twice_changes_nothing_more(text):
    assert settle(settle(text)) == settle(text)


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_equal_rows_and_only_those_share_a_fingerprint(one, other):
    assert (fingerprint(one) == fingerprint(other)) == (
        "\x1f".join(one) == "\x1f".join(other) and bool(one) == bool(other)
    )

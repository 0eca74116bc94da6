"""Which edited row is which exported customer."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.row_matching import match_rows, strayed_rows

EXPORTED = {
    1: {"name": "王姐超市", "code": "K1", "phone": "13800138000", "address": "文三路1号"},
    2: {"name": "老李粮油", "code": "", "phone": "13900001111", "address": ""},
    3: {"name": "丰盛邻居", "code": "", "phone": "", "address": "人民路1号"},
    4: {"name": "丰盛邻居", "code": "", "phone": "", "address": "解放路2号"},
}


def matched(*rows, ids=None):
    return match_rows(
        [{"name": "", "code": "", "phone": "", "address": "", **row} for row in rows],
        ids or [0] * len(rows),
        EXPORTED,
    )


def test_the_id_comes_first():
    assert matched({"name": "什么都变了"}, {"name": "老李粮油"}, ids=[1, 2]) == [1, 2]


def test_an_id_that_stayed_behind_when_the_rest_was_sorted_counts_for_nothing():
    edited = {**EXPORTED[4], "phone": "13711112222"}
    sorted_rows = [EXPORTED[2], EXPORTED[3], edited, EXPORTED[1]]
    assert matched(*sorted_rows, ids=[1, 2, 3, 4]) == [2, 3, 4, 1]
    assert strayed_rows(sorted_rows, [1, 2, 3, 4], EXPORTED) == {0, 1, 2, 3}


def test_an_edit_that_makes_one_like_another_who_is_still_there_keeps_its_id():
    assert matched(EXPORTED[2], EXPORTED[2], ids=[1, 2]) == [1, 2]


def test_an_unknown_id_is_none():
    assert matched({"name": "新的"}, ids=[99]) == [0]


def test_without_an_id_code_phone_name_and_address_tell():
    assert matched({"name": "王姐生鲜", "code": "k1".upper()}) == [1]
    assert matched({"name": "老李", "phone": "13900001111"}) == [2]
    assert matched({"name": "丰盛 邻居", "address": "解放路2号", "phone": "13711112222"}) == [4]


def test_a_name_that_stands_twice_names_nobody():
    assert matched({"name": "丰盛邻居", "address": "搬了"}) == [0]


def test_a_name_against_code_and_phone_is_somebody_else():
    assert matched({"name": "王姐超市", "code": "K9", "phone": "13700000000"}) == [0]


def test_a_copied_row_gives_the_id_to_the_one_most_like_it():
    copy = {**EXPORTED[2], "name": "老李二店"}
    assert matched(copy, EXPORTED[2], ids=[2, 2]) == [0, 2]


ROWS = st.lists(
    st.fixed_dictionaries({"name": st.sampled_from("甲乙丙丁"), "phone": st.sampled_from(["", "1", "2"])}), max_size=8
)


@given(ROWS, st.randoms())
def test_untouched_rows_in_any_order_are_all_known_and_say_the_same(rows, random):
    exported = dict(enumerate(rows, 1))
    shuffled = random.sample(rows, len(rows))
    found = match_rows(shuffled, [0] * len(rows), exported)
    assert sorted(found) == sorted(exported)
    assert all(exported[row_id] == row for row_id, row in zip(found, shuffled, strict=True))


@given(ROWS, ROWS)
def test_no_customer_is_named_twice(rows, exported):
    found = [row_id for row_id in match_rows(rows, [0] * len(rows), dict(enumerate(exported, 1))) if row_id]
    assert len(found) == len(set(found))


def test_two_rows_made_one_by_hand_keep_the_id_of_the_row_that_stayed():
    merged = {**EXPORTED[1], "name": "老李粮油", "code": "", "phone": "13900001111"}
    rows, ids = [merged, EXPORTED[3], EXPORTED[4]], [1, 3, 4]
    assert matched(*rows, ids=ids) == [1, 3, 4]
    assert strayed_rows(rows, ids, EXPORTED) == frozenset()


def test_a_row_deleted_after_sorting_makes_nobody_of_the_others_somebody_else():
    # Sorted without the hidden column as 2 3 4 1; the row under the id 3 is gone: 3 itself stands under the id 2.
    rows, ids = [EXPORTED[2], EXPORTED[3], EXPORTED[1]], [1, 2, 4]
    assert matched(*rows, ids=ids) == [2, 3, 1]

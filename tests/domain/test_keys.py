"""What counts as the same customer and the same order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.keys import (
    address_key,
    codes_agree,
    digest,
    name_key,
    names_agree,
    numbered_order_key,
    phones_agree,
    plain_order_key,
    row_fingerprint,
)

# The readers let no control characters through, so none can stand for the border between two parts.
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12)


@pytest.mark.parametrize(
    ("one", "other"),
    [("ＡＢＣ商行", "abc商行"), ("王 姐 超市", "王姐超市"), ("好大家(一中店)", "好大家（一中店）")],
)
def test_names_in_other_spellings_are_one(one, other):
    assert name_key(one) == name_key(other)


def test_a_branch_is_not_its_headquarters():
    assert name_key("好大家（一中店）") != name_key("好大家")


def test_addresses_in_other_spellings_are_one():
    assert address_key("湛江市,赤坎区 寸金路37号") == address_key("湛江市赤坎区寸金路３７号")


def test_an_unknown_name_or_code_speaks_against_nobody():
    assert names_agree("", "甲")
    assert codes_agree("7", "")
    assert not names_agree("甲", "乙")
    assert not codes_agree("7", "8")


def test_phones_agree_where_one_is_shared_or_none_is_known():
    assert phones_agree(["1", "2"], ["2", "3"])
    assert phones_agree([], ["1"])
    assert not phones_agree(["1"], ["2"])


@given(st.lists(TEXT, min_size=1, max_size=4), st.lists(TEXT, min_size=1, max_size=4))
def test_digests_differ_where_the_parts_do(one, other):
    assert (digest(*one) == digest(*other)) == (one == other)


@given(st.dictionaries(TEXT, TEXT, max_size=5), st.dictionaries(TEXT, TEXT, max_size=5))
def test_a_rows_fingerprint_does_not_depend_on_the_order_of_its_columns(values, extra):
    turned = dict(reversed(values.items())), dict(reversed(extra.items()))
    assert row_fingerprint(values, extra) == row_fingerprint(*turned)


def test_a_rows_fingerprint_leaves_out_the_rows_number():
    assert row_fingerprint({"name": "甲", "row_number": "1"}, {}) == row_fingerprint({"name": "甲"}, {})


def test_an_own_column_is_no_field():
    assert row_fingerprint({"name": "甲"}, {}) != row_fingerprint({}, {"name": "甲"})


def test_one_number_of_two_customers_or_days_is_two_orders():
    keys = {
        numbered_order_key(customer, "N1", day) for customer in (1, 2) for day in ("2025-01-01", "2025-01-02", None)
    }
    assert len(keys) == 6


def test_identical_sales_are_told_apart_by_their_occurrence():
    assert plain_order_key(1, "2025-01-01T", 10, "茶", 0) != plain_order_key(1, "2025-01-01T", 10, "茶", 1)
